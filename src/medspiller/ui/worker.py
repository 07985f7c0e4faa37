"""What is too heavy for the web process: setting pages as PDF."""

import logging
import mimetypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join

from medspiller.ui.documents import NotMade, Problem

try:
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except OSError:
    # It needs Pango on the machine, which not every machine has.
    weasyprint, URLFetcher = None, object

logger = logging.getLogger(__name__)
# It tells of every line of style that only browsers know; what could not be read is an error.
logging.getLogger("weasyprint").setLevel(logging.ERROR)

# No address of anybody's: what is asked for below it is looked up among our own files.
HERE = "http://page.invalid"
_SHEET = "ui/pdf.css"


class Refused(ValueError):
    """A page asked for something that is no file of ours."""


class _StaticFiles(URLFetcher):  # type: ignore[misc]
    """Fetches for a page: our own static files, and nothing else, from anywhere."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Return the file; whatever else is asked for is left out of the page."""
        path = static_file(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        # Browsers know numbers without an end in style sheets; the library falls over them.
        content = path.read_bytes().replace(b"calc(infinity)", b"2147483647")
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def pdf_of(page: str, *, sheets: Sequence[str] = ()) -> bytes:
    """
    Return a printed page as PDF/UA-1: tagged, with the language and the title of the page.

    `sheets` are static files with styles that only paper needs, besides those of every page. Nothing is fetched from
    anywhere: only our own static files are read.

    :raises NotMade: where the library that sets pages is missing on this machine.
    """
    if weasyprint is None:
        logger.warning("ui.pango_missing")
        raise NotMade(Problem.MISSING)
    fetcher = _StaticFiles()
    read = [
        weasyprint.CSS(url=f"{HERE}{settings.STATIC_URL}{sheet}", url_fetcher=fetcher) for sheet in (_SHEET, *sheets)
    ]
    document = weasyprint.HTML(string=page, base_url=f"{HERE}/", url_fetcher=fetcher, media_type="print")
    made: bytes = document.write_pdf(stylesheets=read, pdf_variant="pdf/ua-1", presentational_hints=False)
    return made


def static_file(url: str) -> Path:
    """
    Return the static file that an address on one of our pages means.

    :raises Refused: for any other address.
    """
    start = f"{HERE}{settings.STATIC_URL}"
    name = unquote(url.removeprefix(start).partition("?")[0].partition("#")[0])
    if not url.startswith(start) or not name:
        raise Refused(url.partition(":")[0])
    try:
        collected = Path(safe_join(settings.STATIC_ROOT, name))
        found = str(collected) if collected.is_file() else finders.find(name)
    except SuspiciousFileOperation:
        found = None
    if not isinstance(found, str):
        raise Refused(name)
    return Path(found)
