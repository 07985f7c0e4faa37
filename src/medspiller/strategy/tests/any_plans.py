"""Any plan there can be, for the tests of what is read from files and written to them."""

from dataclasses import replace

from hypothesis import strategies as st

from medspiller.strategy.domain.plans.cleaning import clean, without_bullet
from medspiller.strategy.domain.plans.headings import without_heading_number
from medspiller.strategy.domain.plans.merging import text_of
from medspiller.strategy.domain.plans.more import ReadIndicator, ReadLink, ReadMore
from medspiller.strategy.domain.plans.values import ReadArea, ReadMeasure, ReadPlan, ReadText
from medspiller.strategy.domain.vocabulary import LinkKind

_LETTERS = st.characters(codec="utf-8", categories=("Lu", "Ll", "Nd", "Po", "Zs", "Sm"), max_codepoint=0x24F)
_TEXTS = (
    st.text(_LETTERS, min_size=1, max_size=60)
    .map(clean)
    .filter(lambda text: text and clean(text) == text and text[0] != "#")
)
# A name has a letter: «-» or «?» means that there is none. A bullet before it is no part of it.
_NAMES = _TEXTS.filter(lambda text: any(map(str.isalpha, text)) and without_bullet(text) is None)
_YEARS = st.none() | st.integers(2000, 2060)
GENRE = st.sampled_from(
    ["Innsatsområde 2 Barn", "Helse og Omsorg, Skole", "2022–2024", "Delmål 1: X", "Tiltak 3: Y",
     "Ansvarlig: Helse", "4.1 Barn", "Periode: 2021–2022", "Se vedlegg:", "- strek", "• punkt", "1. først", "Bakgrunn"]
)  # fmt: skip


_LINES_OF_TEXT = st.lists(_NAMES | GENRE, min_size=1, max_size=3).map("\n".join)
_LABELS = _NAMES | GENRE.filter(lambda text: text[0].isalnum())
_LINKS = st.builds(
    ReadLink,
    kind=st.sampled_from(LinkKind),
    ref=st.sampled_from(
        ["PV-2.1.1", "vi-de-parorende 2.5", "https://eksempel.no/Questionnaire/a_b", "kurs-i-mestring"]
    ),
    label=st.just("") | _LABELS,
)
_INDICATORS = st.builds(
    ReadIndicator,
    name=_LABELS,
    unit_of_value=st.just("") | _NAMES,
    definition=st.just("") | _LABELS,
    target=st.sampled_from(["", "0", "90", "12.5"]),
    indicator=st.sampled_from(["", "children-asked"]),
)
_MORE = st.builds(
    ReadMore,
    budget=st.none() | st.integers(0, 10**11),
    funding=st.just("") | _LINES_OF_TEXT,
    partners=st.just("") | _LINES_OF_TEXT,
    deliverables=st.just("") | _LINES_OF_TEXT,
    links=st.lists(_LINKS, max_size=3, unique=True).map(tuple),
    indicators=st.lists(_INDICATORS, max_size=3, unique=True).map(tuple),
)


@st.composite
def _measures(draw) -> ReadMeasure:
    years = draw(st.tuples(_YEARS, _YEARS).filter(lambda both: None in both or both[0] <= both[1]))
    return ReadMeasure(
        text=draw(_NAMES | GENRE.filter(lambda text: text[0].isalnum())),
        owners=tuple(draw(st.lists(_NAMES | st.just("Helse og sosial, Skole og SFO"), max_size=3))),
        from_year=years[0],
        to_year=years[1],
        notes=tuple(draw(st.lists(_NAMES | GENRE, max_size=2, unique=True))),
        more=draw(st.just(ReadMore()) | _MORE),
    )


def _read_texts() -> st.SearchStrategy[tuple[ReadText, ...]]:
    texts = _NAMES | GENRE.filter(lambda text: text[0].isalnum())
    return st.lists(texts, max_size=3, unique_by=lambda text: clean(text).casefold()).map(
        lambda found: tuple(ReadText(text) for text in found)
    )


# A plan that says nowhere else which years it is for has them from its text.
_PROSE = GENRE.filter(lambda text: not text.startswith("Periode"))
_AREAS = st.builds(
    ReadArea,
    title=_NAMES.filter(lambda text: text[0].isalpha() and text[-1].isalnum() and not without_heading_number(text)[1]),
    text=st.just("") | st.lists(_NAMES | _PROSE | st.just(""), min_size=1, max_size=4).map(text_of),
    goals=_read_texts(),
    approaches=_read_texts(),
    measures=st.lists(_measures(), max_size=4).map(tuple),
)


def _serving(measure: ReadMeasure, goals: list[str]) -> ReadMeasure:
    return replace(measure, more=replace(measure.more, serves=tuple(goals)))


@st.composite
def _plans(draw) -> ReadPlan:
    """Areas may be called the same, and measures serve goals of any of them."""
    areas = draw(st.lists(_AREAS, min_size=1, max_size=3))
    if draw(st.booleans()):
        areas = [replace(area, title=areas[0].title) for area in areas]
    goals = [f"{at}.{number}" for at, area in enumerate(areas, 1) for number in range(1, len(area.goals) + 1)]
    chosen = st.lists(st.sampled_from(goals), max_size=3, unique=True).map(sorted) if goals else st.just([])
    return ReadPlan(
        title="Plan for pårørende i Fjordby",
        period=draw(st.none() | st.integers(2000, 2050).map(lambda year: (year, year + 4))),
        areas=tuple(
            replace(
                area,
                measures=tuple(
                    replace(measure, more=replace(measure.more, serves=tuple(draw(chosen))))
                    for measure in area.measures
                ),
            )
            for area in areas
        ),
    )


PLANS = _plans()
