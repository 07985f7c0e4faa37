"""What is too heavy for the web process: drawing figures over time."""

import re
from html import escape
from typing import Any

import altair
import vl_convert

from medspiller.questionnaires.domain.reading_back.drawing import FAINT, GRID, INK, LINE, PAPER, STRIPE, Panel, Picture
from medspiller.ui.documents import NotMade, Problem

_WIDTH, _HEIGHT = 350, 170
# What a dot keeps from the edge, so that its figure is not cut; how wide a letter of a stripe's name is at most.
_EDGE, _LETTER = 22, 8
_FONT = "Inter, system-ui, sans-serif"
_OPENING = re.compile(r"<svg\b[^>]*>")


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
        scale=_beside_names(panel) if panel.stripes else altair.Scale(padding=_EDGE),
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


def _beside_names(panel: Panel) -> altair.Scale:
    """The first dot stands to the right of the stripes' names: its figure would else be written over them."""
    longest = max(len(each.name) for each in panel.stripes)
    return altair.Scale(range=[min(_EDGE + longest * _LETTER, _WIDTH / 2), _WIDTH - _EDGE])


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
