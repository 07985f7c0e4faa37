"""
How a plan is laid out in a file, whichever kind it is: the columns that it needs, under words that plans use.

What nobody has said has no column. Figures and links stand in tables of their own, each with the number of its measure.
"""

from collections.abc import Callable, Iterator, Sequence

from medspiller.strategy.domain.plans.columns import ONE_A_LINE
from medspiller.strategy.domain.plans.fields import LINK_WORDS
from medspiller.strategy.domain.plans.values import ReadArea, ReadMeasure, ReadPlan
from medspiller.strategy.domain.self_assessment import SERVICE_TEXTS

Columns = Sequence[tuple[str, Callable[[ReadMeasure], str]]]

MEASURE, MEASURE_NUMBER = "Tiltak", "Tiltak nr"
TEXT, GOALS, APPROACHES = "Omtale", "Mål", "Framgangsmåte"
INDICATORS, LINKS = "Indikatorer", "Sammenhenger"
INDICATOR_HEADERS = (MEASURE_NUMBER, "Indikator", "Måles i", "Måltall", "Definisjon", "Kode")
LINK_HEADERS = (MEASURE_NUMBER, "Slag", "Henger sammen med", "Kode")

# How broad columns are, each beside the others.
WIDTHS = {"Nr": 2, MEASURE_NUMBER: 3, MEASURE: 10, "Mål nr": 3, "Fra": 3, "Til": 3, "Budsjett (kroner)": 5, "Kode": 5,
          "Definisjon": 10, "Henger sammen med": 10, GOALS: 10, APPROACHES: 10, TEXT: 10}  # fmt: skip
USUAL_WIDTH = 6

_ALWAYS: Columns = (
    (MEASURE, lambda measure: measure.text),
    (f"Ansvarlig {ONE_A_LINE}", lambda measure: "\n".join(measure.owners)),
    ("Fra", lambda measure: str(measure.from_year or "")),
    ("Til", lambda measure: str(measure.to_year or "")),
)
_WHERE_SAID: Columns = (
    ("Mål nr", lambda measure: ", ".join(measure.more.serves)),
    ("Budsjett (kroner)", lambda measure: "" if measure.more.budget is None else str(measure.more.budget)),
    ("Finansiering", lambda measure: measure.more.funding),
    ("Samarbeidspartnere", lambda measure: measure.more.partners),
    ("Leveranser", lambda measure: measure.more.deliverables),
    ("Berørte tjenester", lambda measure: "\n".join(SERVICE_TEXTS[each]["nb"] for each in measure.more.services)),
    ("Hva vi har lært", lambda measure: measure.more.learnt),
)
_NOTES: Columns = ((f"Merknader {ONE_A_LINE}", lambda measure: "\n".join(measure.notes)),)


def columns_of(plan: ReadPlan) -> Columns:
    """Return the columns of a plan's measures, besides their number: each with its header and what stands in it."""
    measures = [measure for area in plan.areas for measure in area.measures]
    said = [each for each in _WHERE_SAID if any(each[1](measure) for measure in measures)]
    return (*_ALWAYS, *said, *_NOTES)


def rows_of(area: ReadArea, columns: Columns) -> Iterator[tuple[str, ...]]:
    """Return the measures of an area, each with its number from 1."""
    for number, measure in enumerate(area.measures, start=1):
        yield (str(number), *(cell(measure) for _header, cell in columns))


def indicator_rows(area: ReadArea) -> list[tuple[str, ...]]:
    """Return the figures that are followed for the measures of an area."""
    return [
        (str(number), each.name, each.unit_of_value, each.target, each.definition, each.indicator)
        for number, measure in enumerate(area.measures, start=1)
        for each in measure.more.indicators
    ]


def link_rows(area: ReadArea) -> list[tuple[str, ...]]:
    """Return what the measures of an area are linked to."""
    return [
        (str(number), LINK_WORDS[each.kind][0], each.label or each.ref, each.ref if each.label else "")
        for number, measure in enumerate(area.measures, start=1)
        for each in measure.more.links
    ]
