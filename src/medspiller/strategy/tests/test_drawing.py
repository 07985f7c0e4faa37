"""The picture of a plan over time: where bars, years and today stand."""

from datetime import date
from itertools import pairwise

from medspiller.core import ids
from medspiller.strategy.domain.gantt import Gantt, GanttBar, GanttGroup, share_of
from medspiller.strategy.domain.vocabulary import Light, MeasureStatus
from medspiller.strategy.web.drawing import LABEL, LETTERS, RIGHT, WIDTH, chart

ROOM = WIDTH - LABEL - RIGHT


def bar(text="Etablere kurs", *, start=0.0, width=1.0, light=None):
    return GanttBar(
        measure_id=ids.new_id(), label="1.1", text=text, from_year=2025, to_year=2028, start=start, width=width,
        starts_before=False, ends_after=False, status=MeasureStatus.UNDER_WAY, light=light, is_late=False,
        owners=("Velferd",),
    )  # fmt: skip


def drawn(*bars, today=None):
    return chart(Gantt("area", 2025, 2028, (GanttGroup("1. Støtte", bars),), today))


def test_a_bar_begins_and_ends_where_its_years_do():
    whole, last = drawn(bar(), bar(start=0.75, width=0.25)).bars

    assert (whole.x, whole.x + whole.width) == (LABEL + 2, WIDTH - RIGHT - 2)
    assert last.x == LABEL + 0.75 * ROOM + 2


def test_bars_do_not_lie_upon_each_other():
    ys = [each.y for each in drawn(bar(), bar(), bar()).bars]

    assert ys == sorted(ys)
    assert min(later - earlier for earlier, later in pairwise(ys)) > 18


def test_today_stands_at_its_share_of_the_years_and_nowhere_outside_them():
    today = share_of(date(2027, 1, 1), 2025, 2028)

    assert abs(drawn(bar(), today=today).today_x - (LABEL + ROOM / 2)) < 1
    assert drawn(bar(), today=share_of(date(2029, 1, 1), 2025, 2028)).today_x is None


def test_a_long_name_is_cut_in_the_picture_and_whole_where_it_is_read_aloud():
    text = "Videreutvikle samarbeidet med frivillige organisasjoner om tilbud til pårørende"
    [drawn_bar] = drawn(bar(text, light=Light.RED)).bars

    assert len(drawn_bar.name) <= LETTERS + 1
    assert drawn_bar.name.endswith("…")
    assert text in drawn_bar.whole
    assert drawn_bar.light == "red"
