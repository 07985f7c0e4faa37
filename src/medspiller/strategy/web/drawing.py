"""
Where things stand in the picture of a plan over time, in units of the picture.

The template tag `gantt` writes what is worked out here; the table below the picture says the same in words.
"""

from dataclasses import dataclass

from medspiller.strategy.domain.gantt import Gantt, GanttBar

WIDTH, LABEL, RIGHT, TOP = 960, 330, 12, 34
ROW, GROUP, BAR, GAP, LEAST = 34, 34, 18, 2, 4
BAND_TEXT, BELOW = 20, 8
# So many letters of a measure's text stand beside its bar; the table has all of it.
LETTERS, GROUP_LETTERS = 45, 100


@dataclass(frozen=True, slots=True)
class Year:
    """A line where a year begins; `middle` is where its name stands."""

    x: float
    middle: float
    name: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One measure: its name to the left, and from when to when."""

    y: float
    middle: float
    x: float
    width: float
    name: str
    whole: str
    status: str
    light: str
    sign_x: float
    sign_y: float


@dataclass(frozen=True, slots=True)
class Band:
    """A heading over the bars of one focus area or owner."""

    y: float
    text_y: float
    name: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole picture. `today_x` is None where today lies outside it."""

    width: int
    height: float
    left: int
    right: float
    years: tuple[Year, ...]
    bands: tuple[Band, ...]
    bars: tuple[Bar, ...]
    today_x: float | None


def chart(gantt: Gantt) -> Chart:
    """Return the picture of a plan, whose bars say as shares of its time where they begin and how long they are."""
    room = WIDTH - LABEL - RIGHT
    bands, bars, y = [], [], float(TOP)
    for group in gantt.groups:
        bands.append(Band(y=y, text_y=y + BAND_TEXT, name=short(group.title, GROUP_LETTERS)))
        y += GROUP
        for bar in group.bars:
            bars.append(_bar(bar, y=y, room=room))
            y += ROW
    per_year = room / max(len(gantt.years), 1)
    years = tuple(
        Year(x=round(LABEL + at * per_year, 1), middle=round(LABEL + (at + 0.5) * per_year, 1), name=str(year))
        for at, year in enumerate(gantt.years)
    )
    return Chart(
        width=WIDTH,
        height=round(y + BELOW, 1),
        left=LABEL,
        right=WIDTH - RIGHT,
        years=years,
        bands=tuple(bands),
        bars=tuple(bars),
        today_x=None if gantt.today is None else round(LABEL + gantt.today * room, 1),
    )


def _bar(bar: GanttBar, *, y: float, room: float) -> Bar:
    x, top = LABEL + bar.start * room, y + (ROW - BAR) / 2
    whole = f"{bar.label} {bar.text}"
    return Bar(
        y=round(top, 1),
        middle=round(y + ROW * 0.64, 1),
        x=round(x + GAP, 1),
        width=round(max(bar.width * room - 2 * GAP, LEAST), 1),
        name=short(whole, LETTERS),
        whole=whole,
        status=bar.status.value,
        light=bar.light.value if bar.light else "",
        sign_x=round(x + BAR, 1),
        sign_y=round(top + BAR / 2, 1),
    )


def short(text: str, most: int) -> str:
    """
    Cut a text at a word, with a sign that it goes on.

    >>> short("Etablere kurs for unge", 16)
    'Etablere kurs …'
    """
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut} …"
