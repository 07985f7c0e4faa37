"""Plans as files: any of the kinds they come in to a plan that was read, and a plan back to Word and Excel."""

import hashlib
from dataclasses import dataclass

from medspiller.strategy.domain.plans import sources
from medspiller.strategy.domain.plans.reading import read_plan
from medspiller.strategy.domain.plans.sources import SourceKind
from medspiller.strategy.domain.plans.values import Line, NotReadable, Problem, ReadPlan
from medspiller.strategy.worker.plan_documents import document_lines, write_docx
from medspiller.strategy.worker.plan_sheets import sheet_lines, write_xlsx
from medspiller.ui import packing

__all__ = ["ReadFile", "lines_of", "read_file", "write_docx", "write_xlsx"]
# A plan of a hundred pages takes some three million bytes; all of a document is kept in memory at once.
_WRITTEN_MOST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read. `source_lines` holds the text of each line; that of line n is at n - 1."""

    plan: ReadPlan
    source_lines: list[str]
    kind: SourceKind
    digest: str


def read_file(content: bytes, name: str) -> ReadFile:
    """
    Read a plan from a file of text, Word, Excel or CSV; what it is is seen by what it holds.

    :raises NotReadable: with why nothing can be read.
    """
    kind, lines = lines_of(content, name)
    plan = read_plan(lines, file_name=name)
    return ReadFile(plan, [line.text for line in lines], kind, hashlib.sha256(content).hexdigest())


def lines_of(content: bytes, name: str) -> tuple[SourceKind, list[Line]]:
    """
    Return the kind of a file, and its lines.

    :raises NotReadable: with why nothing can be read.
    """
    kind = sources.kind_of(content, name)
    if kind not in {SourceKind.DOCX, SourceKind.XLSX}:
        return sources.plain_lines(content, name)
    lines = _packed_lines(content, kind)
    if not any(line.text.strip() for line in lines if not line.is_sheet):
        raise NotReadable(Problem.EMPTY)
    return kind, lines


def _packed_lines(content: bytes, kind: SourceKind) -> list[Line]:
    try:
        packing.ensure_harmless(content, written_most=_WRITTEN_MOST)
    except packing.NotWorkbook as refusal:
        raise NotReadable(Problem.HARMFUL if refusal.is_harmful else Problem.BROKEN) from None
    return document_lines(content) if kind is SourceKind.DOCX else sheet_lines(content)
