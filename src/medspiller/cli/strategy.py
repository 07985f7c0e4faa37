"""
`medspiller strategy …`: reads plans of municipalities and ministries, stores them for a person to confirm, writes them.

`read` needs no database. What is read from text and CSV needs no heavy library either, so that it starts at once.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from medspiller.cli.errors import CommandError, Refused
from medspiller.strategy.domain.plans import sources
from medspiller.strategy.domain.plans.reading import read_plan
from medspiller.strategy.domain.plans.sources import SourceKind
from medspiller.strategy.domain.plans.values import Line, NotReadable, Problem, ReadPlan

_PROBLEMS = {
    Problem.EMPTY: "there is nothing in it",
    Problem.PDF: "a PDF; save the plan as text, Word (.docx), Excel (.xlsx) or CSV and read that",
    Problem.OLD_OFFICE: "the old format of Word or Excel; save it as .docx or .xlsx and read that",
    Problem.OTHER_KIND: "no plan can be read from this kind of file; give text, .docx, .xlsx or CSV",
    Problem.HARMFUL: "it would unpack to far too much, or defines parts of itself; it was not opened",
    Problem.BROKEN: "it is broken and cannot be opened",
    Problem.TOO_BIG: "it is too big for a plan",
    Problem.NOT_TEXT: "it holds no text that could be read",
}
LEVELS = ("municipal", "national", "county", "health_trust")
FORMATS = ("docx", "xlsx")


def add_to(commands: Any) -> None:
    parser = commands.add_parser("strategy", help="read, store and write strategies with their action plans")
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    read = parts.add_parser("read", help="read a plan: focus areas, goals, approaches, measures, and what is doubtful")
    read.add_argument("file", metavar="FILE", help="text, .docx, .xlsx or CSV; - is standard input")
    read.add_argument("--record", action="store_true", help="say of each part from which lines it was read, too")
    read.set_defaults(run=run_read)
    store = parts.add_parser("import", help="store a plan as a draft for a person to confirm")
    store.add_argument("file", metavar="FILE", help="text, .docx, .xlsx or CSV")
    store.add_argument("--municipality", required=True, metavar="NNNN", help="whose plan it becomes")
    store.add_argument("--level", choices=LEVELS, default="municipal", help="whose strategy it is (municipal)")
    store.set_defaults(run=run_import)
    write = parts.add_parser("export", help="write a plan that is stored, to standard output")
    write.add_argument("slug", metavar="SLUG", help="the plan's name in its address")
    write.add_argument("--municipality", required=True, metavar="NNNN", help="whose plan it is")
    write.add_argument("--format", choices=FORMATS, default="docx", help="for Word or Excel (docx)")
    write.set_defaults(run=run_export)


def run_read(arguments: argparse.Namespace) -> object:
    """
    Read a plan.

    :raises Refused: if there is nothing of a plan in it; what was looked for is told with it.
    :raises CommandError: if the file cannot be read.
    """
    plan, _lines, _kind = read_file(arguments.file)
    answer = plan.as_record() if arguments.record else plan.as_json()
    if not plan.is_plan:
        raise Refused(answer)
    return answer


def read_file(path: str) -> tuple[ReadPlan, list[Line], SourceKind]:
    """
    Return what was read from a file, its lines, and its kind.

    :raises CommandError: in one line, with why it cannot be read.
    """
    try:
        content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as fault:
        raise CommandError(f"{path}: {fault.strerror}") from None
    name = "" if path == "-" else Path(path).name
    try:
        kind, lines = _lines(content, name)
    except NotReadable as refusal:
        raise CommandError(f"{path}: {_PROBLEMS[refusal.problem]}") from None
    return read_plan(lines, file_name=name), lines, kind


def _lines(content: bytes, name: str) -> tuple[SourceKind, list[Line]]:
    if sources.kind_of(content, name) in {SourceKind.DOCX, SourceKind.XLSX}:
        from medspiller.strategy.worker import plans  # noqa: PLC0415 - heavy, and for these kinds only

        return plans.lines_of(content, name)
    return sources.plain_lines(content, name)


def run_import(arguments: argparse.Namespace) -> dict[str, Any]:
    """
    Store a plan as a draft that waits for a person to confirm it.

    :raises Refused: if there is nothing of a plan in it, or the same plan is here already; it says where.
    :raises CommandError: if the file cannot be read, or there is no such municipality.
    """
    plan, source, kind = read_file(arguments.file)
    if not plan.is_plan:
        raise Refused(plan.as_json())
    with _as_system(arguments.municipality) as actor:
        from medspiller.core.errors import MedspillerError  # noqa: PLC0415 - only once Django is set up
        from medspiller.strategy import services  # noqa: PLC0415
        from medspiller.strategy.domain.refusals import PlanKnown  # noqa: PLC0415
        from medspiller.strategy.domain.vocabulary import Level  # noqa: PLC0415

        try:
            stored = services.import_plan(
                actor=actor,
                file_name=Path(arguments.file).name,
                reading=plan.as_record(),
                source_lines=[line.text for line in source],
                level=Level(arguments.level),
                kind=kind.value,
            )
        except PlanKnown as known:
            ids = {"strategy": known.strategy_id, "import": known.import_id}
            here = {name: str(found) for name, found in ids.items() if found}
            raise Refused({"refused": "known", "title": known.title, **here}) from None
        except MedspillerError as refusal:
            raise CommandError(f"{arguments.file}: {refusal}") from None
    measures = sum(len(area.measures) for area in plan.areas)
    return {
        "import": str(stored.id),
        "title": plan.title,
        "focus_areas": len(plan.areas),
        "measures": measures,
        "warnings": plan.warnings,
    }


def run_export(arguments: argparse.Namespace) -> None:
    """
    Write a stored plan to standard output.

    :raises CommandError: if there is no such municipality or plan.
    """
    from medspiller.strategy.worker import plans  # noqa: PLC0415 - heavy, and only here

    with _as_system(arguments.municipality) as actor:
        from medspiller.strategy import selectors  # noqa: PLC0415 - only once Django is set up

        found = next((line for line in selectors.strategies(actor=actor) if line.slug == arguments.slug), None)
        if found is None:
            raise CommandError(f"{arguments.slug}: {arguments.municipality} has no such plan")
        plan = selectors.export_plan(actor=actor, strategy_id=found.id)
    sys.stdout.buffer.write(plans.write_docx(plan) if arguments.format == "docx" else plans.write_xlsx(plan))
    sys.stdout.flush()


@contextmanager
def _as_system(number: str) -> Iterator[Any]:
    """Work as the system in a municipality, in one transaction."""
    import django  # noqa: PLC0415 - a plan is read without

    django.setup()
    from medspiller.access.domain import actors  # noqa: PLC0415
    from medspiller.core import tenancy  # noqa: PLC0415
    from medspiller.organisations import selectors as organisations  # noqa: PLC0415

    tenant_id = organisations.tenant_for(actor=actors.anonymous(None), host="", default_number=number)
    if tenant_id is None:
        raise CommandError(f"{number}: no such municipality is set up here")
    actor = actors.system(tenant_id)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id):
        yield actor
