"""One way to make every file of a report."""

import json
from collections.abc import Callable, Mapping

from medspiller.strategy.domain.files import FileForm, FileOf
from medspiller.strategy.worker.reports import docx_of
from medspiller.ui import worker

_SHEET = "strategy/report_pdf.css"

_MAKERS: Mapping[tuple[FileOf, FileForm], Callable[[str], bytes]] = {
    (FileOf.REPORT, FileForm.PDF): lambda page: worker.pdf_of(page, sheets=(_SHEET,)),
    (FileOf.REPORT, FileForm.DOCX): lambda content: docx_of(json.loads(content)),
    (FileOf.EVALUATION, FileForm.PDF): lambda page: worker.pdf_of(page, sheets=(_SHEET,)),
    (FileOf.EVALUATION, FileForm.DOCX): lambda content: docx_of(json.loads(content)),
}


def made(of: FileOf, form: FileForm, content: str) -> bytes:
    """
    Return a file, made of a page (PDF) or of JSON.

    :raises NotMade: where this machine lacks what it takes.
    """
    return _MAKERS[of, form](content)
