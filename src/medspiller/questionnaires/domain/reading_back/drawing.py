"""
A drawing of figures over time, before it is drawn: words and numbers, and nobody's name.

What is drawn is light; `in_dark` gives the same drawing for a dark page.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

INK, FAINT, GRID, LINE, STRIPE, PAPER = "#21302b", "#50605a", "#d3dcd8", "#1f6d57", "#f6e7c6", "#fefefe"
_IN_DARK: Mapping[str, str] = MappingProxyType(
    {INK: "#e9f0ed", FAINT: "#b4c3bd", GRID: "#3b4a44", LINE: "#7cceb1", STRIPE: "#4c4022", PAPER: "#202a27"}
)


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure on a day (ISO). Dots of the same `row` are joined; `shown` is the figure as it is read."""

    on: str
    value: float
    shown: str
    row: int


@dataclass(frozen=True, slots=True)
class Stripe:
    """A stretch of figures that has a name, both ends included."""

    least: float
    most: float
    name: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure: its dots, between what they can lie if that is known, and the stretches that have a name."""

    name: str
    dots: tuple[Dot, ...]
    least: float | None = None
    most: float | None = None
    stripes: tuple[Stripe, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be drawn, in one language, with the title and the description that are read aloud."""

    language: str
    title: str
    description: str
    panels: tuple[Panel, ...]

    def as_text(self) -> str:
        """Return the picture as text: the same for the same picture."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @property
    def digest(self) -> str:
        """What stands for exactly this picture."""
        return hashlib.sha256(self.as_text().encode()).hexdigest()


def picture_from(text: str) -> Picture:
    """Return the picture that `as_text` gave."""
    said = json.loads(text)
    return Picture(said["language"], said["title"], said["description"], tuple(map(_panel, said["panels"])))


def in_dark(svg: str) -> str:
    """Return a drawing in the colours of a dark page."""
    for light, dark in _IN_DARK.items():
        svg = svg.replace(light, dark)
    return svg


def _panel(said: Mapping[str, Any]) -> Panel:
    dots = tuple(Dot(**each) for each in said["dots"])
    return Panel(said["name"], dots, said["least"], said["most"], tuple(Stripe(**each) for each in said["stripes"]))
