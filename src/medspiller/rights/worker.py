"""What is too heavy for the web process: setting pages as PDF."""

from medspiller.rights.domain.documents import NotMade, Problem
from medspiller.ui import worker as pages

_SHEET = "rights/pdf.css"


def pdf_of(page: str) -> bytes:
    """
    Return printed answers as PDF/UA-1.

    :raises NotMade: where the library that sets pages is missing on this machine.
    """
    try:
        return pages.pdf_of(page, sheets=(_SHEET,))
    except pages.NoSetter:
        raise NotMade(Problem.MISSING) from None
