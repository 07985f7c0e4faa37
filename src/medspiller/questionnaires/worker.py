"""What is too heavy for the web process: setting pages as PDF, and drawing figures over time."""

import logging
import mimetypes
import re
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import altair
import vl_convert
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join

from medspiller.questionnaires.domain.definition.documents import NotMade, Problem
from medspiller.questionnaires.domain.reading_back.drawing import FAINT, GRID, INK, LINE, PAPER, STRIPE, Panel, Picture

try:
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except OSError:
    # It needs Pango on the machine, which not every machine has. Drawings are made all the same.
    weasyprint, URLFetcher = None, object

logger = logging.getLogger(__name__)
# It tells of every line of style that only browsers know; what could not be read is an error.
logging.getLogger("weasyprint").setLevel(logging.ERROR)

# No address of anybody's: what is asked for below it is looked up among our own files.
HERE = "http://page.invalid"
_SHEET = "questionnaires/pdf.css"
_WIDTH, _HEIGHT = 350, 170
_FONT = "Inter, system-ui, sans-serif"
_OPENING = re.compile(r"<svg\b[^>]*>")


class Refused(ValueError):
    """A page asked for something that is no file of ours."""


class _StaticFiles(URLFetcher):  # type: ignore[misc]
    """Fetches for a page: our own static files, and nothing else, from anywhere."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Return the file; whatever else is asked for is left out of the page."""
        path = static_file(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, _without_endless(path.read_bytes()), {"Content-Type": kind})


def _without_endless(content: bytes) -> bytes:
    """Browsers know numbers without an end in style sheets; the library falls over them."""
    return content.replace(b"calc(infinity)", b"2147483647")


def pdf_of(page: str) -> bytes:
    """
    Return a printed page as PDF/UA-1: tagged, with the language and the title of the page.

    Nothing is fetched from anywhere: only our own static files are read.

    :raises NotMade: where the library that sets pages is missing on this machine.
    """
    if weasyprint is None:
        logger.warning("questionnaires.pango_missing")
        raise NotMade(Problem.MISSING)
    fetcher = _StaticFiles()
    sheet = weasyprint.CSS(url=f"{HERE}{settings.STATIC_URL}{_SHEET}", url_fetcher=fetcher)
    document = weasyprint.HTML(string=page, base_url=f"{HERE}/", url_fetcher=fetcher, media_type="print")
    made: bytes = document.write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1", presentational_hints=False)
    return made


def svg_of(picture: Picture) -> str:
    """Return a picture as SVG without script, with its title and description for who listens to it."""
    drawn = altair.vconcat(*(_panel(panel) for panel in picture.panels), spacing=28)
    drawn = drawn.configure(
        background="transparent",
        font=_FONT,
        padding=4,
        view=altair.ViewConfig(stroke=None),
        axis=altair.AxisConfig(
            labelColor=FAINT, titleColor=FAINT, gridColor=GRID, domainColor=GRID, tickColor=GRID,
            labelFontSize=14, titleFontSize=14, labelFont=_FONT,
        ),
        title=altair.TitleConfig(color=INK, fontSize=16, anchor="start", font=_FONT, offset=12),
    )  # fmt: skip
    svg: str = vl_convert.vegalite_to_svg(drawn.to_dict())
    return _named(svg, picture)


def _panel(panel: Panel) -> Any:
    dots = [
        # At noon, so that no time zone makes it the day before.
        {"on": f"{dot.on}T12:00:00", "value": dot.value, "shown": dot.shown, "row": dot.row}
        for dot in panel.dots
    ]
    across = altair.X(
        "on:T",
        title=None,
        scale=altair.Scale(padding=22),
        axis=altair.Axis(format="%d.%m.%y", tickCount=3, labelOverlap=True, grid=False),
    )
    span = altair.Scale(domain=[panel.least, panel.most]) if panel.most is not None else altair.Scale(zero=True)
    up = altair.Y("value:Q", title=None, scale=span, axis=altair.Axis(tickCount=5))
    base = altair.Chart(altair.Data(values=dots)).encode(x=across, y=up)
    layers = [
        *_stripes(panel),
        base.mark_line(color=LINE, strokeWidth=2.5).encode(detail="row:N"),
        base.mark_point(color=LINE, fill=PAPER, filled=True, size=90, stroke=LINE, strokeWidth=2.5, opacity=1),
        base.mark_text(dy=-14, fontSize=14, color=INK, font=_FONT).encode(text="shown:N"),
    ]
    return altair.layer(*layers).properties(width=_WIDTH, height=_HEIGHT, title=panel.name)


def _stripes(panel: Panel) -> list[Any]:
    """The stretches that have a name, with the name at their upper left corner."""
    if not panel.stripes:
        return []
    values = [{"least": each.least, "most": each.most, "name": each.name} for each in panel.stripes]
    base = altair.Chart(altair.Data(values=values))
    return [
        base.mark_rect(color=STRIPE, opacity=1, stroke=PAPER).encode(y="least:Q", y2="most:Q"),
        base.mark_text(align="left", baseline="top", dx=6, dy=5, fontSize=13, color=FAINT, font=_FONT).encode(
            x=altair.value(0), y="most:Q", text="name:N"
        ),
    ]


def _named(svg: str, picture: Picture) -> str:
    """Give a drawing its title and description; what the library says of each part is in English and left out."""
    plain = re.sub(r' (?:aria-[a-z]+|role)="[^"]*"', "", svg)
    words = f'<title id="t">{escape(picture.title)}</title><desc id="d">{escape(picture.description)}</desc>'
    found = _OPENING.search(plain)
    if found is None:
        raise NotMade(Problem.FAULT)
    opening = f'{found[0][:-1]} role="img" aria-labelledby="t d" xml:lang="{escape(picture.language)}">'
    return plain[: found.start()] + opening + words + plain[found.end() :]


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
