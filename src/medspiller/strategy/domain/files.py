"""Files that the worker makes: what they hold, in which form, and how long they are kept."""

from datetime import timedelta
from enum import StrEnum


class FileOf(StrEnum):
    """What a file holds: a yearly report, or what an evaluation of the guideline can rest on."""

    REPORT = "report"
    EVALUATION = "evaluation"


class FileForm(StrEnum):
    """What kind of file it is."""

    PDF = "pdf"
    DOCX = "docx"


# It can be made again at any time.
KEPT = timedelta(hours=1)
# A job that has not come to anything by now is lost: it is begun again when somebody asks.
LOST_AFTER = timedelta(minutes=10)
# Characters of what it is made of. A report of 500 measures with three messages each fills half of it.
LARGEST = 1_500_000

MEDIA_TYPES = {
    FileForm.PDF: "application/pdf",
    FileForm.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
