"""Charts of a yearly report: each figure that is followed, year by year, as bars beside its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from medspiller.strategy.domain.documents import Bar, Chart
from medspiller.strategy.domain.reports import Indicator, Value
from medspiller.ui.components.formats import number

# However it is written by hand.
_PER_CENT = ("%", "prosent", "per cent", "percent")
# In the drawing's own units: about as wide as a telephone, so that its words are read there too.
WIDTH, _ROW, _BAR, _LEFT, _ROOM = 360, 28, 18, 46, 132


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar with its place in the drawing."""

    bar: Bar
    top: int
    middle: int
    left: int
    width: int
    height: int
    words_at: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as it is drawn."""

    width: int
    height: int
    bars: tuple[DrawnBar, ...]


def chart_of(each: Indicator, *, hidden: str) -> Chart | None:
    """
    Return a figure's values as bars, per cent on a scale to a hundred; None where there are not two to look at.

    What is hidden is written as `hidden`, and has no bar.
    """
    values = [value.value for value in each.values if value.value is not None]
    if len(values) < 2 or min(values) < 0:
        return None
    most = max([*values, Decimal(100)] if each.unit.strip().casefold() in _PER_CENT else values) or Decimal(1)
    bars = tuple(_bar(value, each.unit, most, hidden) for value in each.values)
    title = f"{each.name} ({each.unit})" if each.unit else each.name
    told = "; ".join(f"{bar.label}: {bar.value}" for bar in bars)
    return Chart(title, _("%(title)s. %(values)s.") % {"title": title, "values": told}, bars)


def drawn(chart: Chart) -> Drawing:
    """Return where the bars of a chart stand."""
    return Drawing(WIDTH, len(chart.bars) * _ROW, tuple(_drawn(chart.bars)))


def _bar(value: Value, unit: str, most: Decimal, hidden: str) -> Bar:
    if value.value is None:
        return Bar(str(value.year), hidden if value.is_hidden else "–", None)
    said = number(Decimal(value.value)) + (" %" if unit == "%" else "")
    if not value.is_whole_year:
        said = _("%(value)s, not a whole year") % {"value": said}
    return Bar(str(value.year), said, float(value.value / most), is_part=not value.is_whole_year)


def _drawn(bars: Sequence[Bar]) -> list[DrawnBar]:
    found = []
    for place, bar in enumerate(bars):
        width = 0 if bar.share is None else max(1, round(bar.share * _ROOM))
        top = place * _ROW + (_ROW - _BAR) // 2
        found.append(DrawnBar(bar, top, top + _BAR // 2 + 5, _LEFT, width, _BAR, _LEFT + width + 8))
    return found
