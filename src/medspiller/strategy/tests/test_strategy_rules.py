"""Rules of strategies that need no database."""

from datetime import date

import pytest

from medspiller.core import ids
from medspiller.strategy.domain import board, dates, gantt, naming
from medspiller.strategy.domain.confirming import plan_of
from medspiller.strategy.domain.dates import Lack, Late, Standing
from medspiller.strategy.domain.inputs import ensure_address, ensure_years, tidy
from medspiller.strategy.domain.refusals import Refusal, StrategyRefused
from medspiller.strategy.domain.rolling import years_on
from medspiller.strategy.domain.seen import Progress, progress_of
from medspiller.strategy.domain.vocabulary import LAST_YEAR, MeasureStatus
from medspiller.strategy.tests.factories import READING

TODAY = date(2026, 11, 20)


def standing(**more: object) -> Standing:
    usual = {
        "counts": True,
        "status": MeasureStatus.UNDER_WAY,
        "from_year": 2025,
        "to_year": 2028,
        "status_due_on": None,
        "has_owner": True,
        "has_evidence": True,
        "has_indicator": True,
        "needs_decision": False,
    }
    return Standing(**usual | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, set()),
        ({"to_year": 2026}, set()),
        ({"to_year": 2025}, {Late.PAST_END}),
        ({"to_year": 2025, "status": MeasureStatus.DONE}, set()),
        ({"to_year": 2025, "status": MeasureStatus.STOPPED}, set()),
        ({"status": MeasureStatus.NOT_STARTED}, {Late.NOT_BEGUN}),
        ({"status": MeasureStatus.NOT_STARTED, "from_year": 2026}, set()),
        ({"status_due_on": TODAY}, set()),
        ({"status_due_on": date(2026, 11, 19)}, {Late.STATUS}),
        ({"status_due_on": date(2026, 11, 19), "counts": False}, set()),
        ({"to_year": 2025, "status": MeasureStatus.NOT_STARTED, "counts": False}, set()),
    ],
)
def test_late_is_what_the_calendar_says(more, expected):
    assert dates.lates(standing(**more), today=TODAY) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, set()),
        ({"has_owner": False}, {Lack.OWNER}),
        ({"has_evidence": False}, {Lack.EVIDENCE}),
        ({"has_evidence": False, "status": MeasureStatus.NOT_STARTED, "from_year": 2026}, set()),
        ({"has_evidence": False, "status": MeasureStatus.DONE}, {Lack.EVIDENCE}),
        ({"has_indicator": False}, {Lack.INDICATOR}),
        ({"needs_decision": True}, {Lack.DECISION}),
        ({"to_year": 2025}, {Lack.LATE}),
        ({"status": MeasureStatus.STOPPED, "has_owner": False, "has_indicator": False}, set()),
    ],
)
def test_lacking_is_what_somebody_should_see_to(more, expected):
    assert dates.lacks(standing(**more), today=TODAY) == expected


@pytest.mark.parametrize(
    ("every", "today", "due"), [(2, date(2026, 12, 31), False), (2, date(2027, 1, 1), True), (None, TODAY, False)]
)
def test_rolling_over_is_due_in_its_year(every, today, due):
    assert dates.is_due_to_roll(from_year=2025, to_year=2028, every=every, today=today) is due


@pytest.mark.parametrize(
    ("years", "why", "field"),
    [
        ((2125, 2021), Refusal.YEARS, "from_year"),
        ((2025, 2021), Refusal.ORDER, "to_year"),
        ((1880, 2021), Refusal.YEARS, "from_year"),
        ((2025, LAST_YEAR + 1), Refusal.YEARS, "to_year"),
    ],
)
def test_years_that_are_no_period_are_refused(years, why, field):
    with pytest.raises(StrategyRefused) as refusal:
        ensure_years(*years)

    assert (refusal.value.why, refusal.value.field) == (why, field)


@pytest.mark.parametrize("years", [(2025, 2025), (None, 2025), (2025, None), (None, None)])
def test_one_year_or_none_is_a_period(years):
    ensure_years(*years)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "evidence", "ftp://a.no/x", "https://", "http://[broken"])
def test_evidence_lies_at_an_address_of_a_page(address):
    with pytest.raises(StrategyRefused):
        ensure_address(address, "evidence_url")


def test_an_address_and_no_address_are_taken():
    assert ensure_address(" https://a.no/x ", "x") == "https://a.no/x"
    assert ensure_address("", "x") == ""


def test_a_text_loses_what_no_database_takes():
    assert tidy("\x00 Ja \n", "text") == "Ja"


class TestNames:
    def test_a_short_name_is_one_that_addresses_carry(self):
        assert naming.slug_of("Pårørendestrategi 2025 – 2028!") == "parorendestrategi-2025-2028"
        assert naming.slug_of("Æ ø å", taken=["ae-o-a"]) == "ae-o-a-2"
        assert len(naming.slug_of("x" * 400)) <= 80

    @pytest.mark.parametrize(
        "name", ["hjemmetjenesten", "Hjemmetjenesten, seksjon", "  HJEMMETJENESTEN ", "Enhet Hjemmetjenesten"]
    )
    def test_a_unit_is_known_however_a_plan_writes_it(self, name):
        unit = ids.new_id()

        assert naming.units_named([name], {unit: "Hjemmetjenesten"}) == {name: unit}

    def test_a_name_of_two_units_is_nobodys(self):
        assert naming.units_named(["Natt"], {ids.new_id(): "Natt", ids.new_id(): "natt"}) == {}

    def test_a_plan_is_the_same_however_its_lines_are_spaced(self):
        assert naming.digest_of(["a  b", "", "c"]) == naming.digest_of(["a b", "c "])
        assert naming.digest_of(["a b", "c"]) != naming.digest_of(["a", "b c"])


class TestConfirming:
    def test_the_plan_as_it_was_read(self):
        plan = plan_of(READING)

        assert (plan.title, plan.from_year, plan.to_year) == ("Strategi for pårørende 2025–2028", 2025, 2028)
        assert [area.title for area in plan.areas] == ["Tidlig hjelp", "Avlastning"]
        assert plan.areas[0].goals == ("Alle pårørende blir sett",)
        first, second = plan.areas[0].measures
        assert (first.owners, first.details.from_year, first.details.notes) == (
            ("hjemmetjenesten vest", "Natt"),
            2025,
            ("1) Se veilederen",),
        )
        assert (second.details.from_year, second.details.to_year) == (None, None)

    @pytest.mark.parametrize(
        ("change", "why", "field"),
        [
            ({"title": ""}, Refusal.MISSING, "title"),
            ({"period": [2025]}, Refusal.PERIOD, "period"),
            ({"period": [2028, 2025]}, Refusal.ORDER, "period"),
            ({"focus_areas": []}, Refusal.EMPTY, "focus_areas"),
            ({"focus_areas": "x"}, Refusal.EMPTY, "focus_areas"),
            ({"focus_areas": [{"title": " ", "goals": ["a"]}]}, Refusal.MISSING, "focus_areas.0.title"),
            ({"focus_areas": [{"title": "a", "goals": [""]}]}, Refusal.MISSING, "focus_areas.0.goals.0"),
            (
                {"focus_areas": [{"title": "a", "measures": [{"text": "b", "from": 2125, "to": 2021}]}]},
                Refusal.YEARS,
                "focus_areas.0.measures.0.from",
            ),
            (
                {"focus_areas": [{"title": "a", "measures": [{"text": "b", "from": "soon"}]}]},
                Refusal.YEARS,
                "focus_areas.0.measures.0.from",
            ),
        ],
    )
    def test_what_is_wrong_is_said_with_its_place(self, change, why, field):
        with pytest.raises(StrategyRefused) as refusal:
            plan_of({**READING, **change})

        assert (refusal.value.why, refusal.value.field) == (why, field)

    def test_a_plan_without_years_has_those_of_its_measures(self):
        areas = [{"title": "a", "measures": [{"text": "b", "from": 2022, "to": 2024}, {"text": "c", "from": 2021}]}]

        plan = plan_of({"title": "t", "period": None, "focus_areas": areas})

        assert (plan.from_year, plan.to_year) == (2021, 2024)

    def test_an_owner_who_is_named_twice_is_one(self):
        areas = [{"title": "a", "measures": [{"text": "b", "owners": ["Natt", "natt", " ", "Dag"]}]}]

        plan = plan_of({"title": "t", "period": [2025, 2025], "focus_areas": areas})

        assert plan.areas[0].measures[0].owners == ("Natt", "Dag")


def test_what_was_stopped_is_not_among_what_is_to_be_done():
    progress = progress_of([MeasureStatus.DONE, MeasureStatus.STOPPED, MeasureStatus.UNDER_WAY])

    assert (progress.total, progress.of, progress.share_done) == (3, 2, 0.5)
    assert Progress().share_done == 0


def test_years_of_a_measure_in_the_next_plan():
    assert years_on((2022, 2026), (2025, 2029)) == (2025, 2026)
    assert years_on((2021, 2023), (2025, 2029)) == (None, None)
    assert years_on((2028, 2035), (2025, 2029)) == (2028, 2029)


def test_lanes_stand_in_their_order_and_pages_are_those_of_the_longest():
    lanes = board.lanes_of([], {MeasureStatus.DONE: 30})

    assert [lane.status for lane in lanes] == list(board.LANES)
    assert [lane.count for lane in lanes] == [0, 0, 30, 0]
    assert board.pages_of([0, 0, 30, 0], per_page=25) == 2
    assert board.years_of([(2025, 2026), (2024, 2024)]) == (2024, 2025, 2026)


def test_a_day_lies_within_the_years_or_nowhere():
    assert gantt.share_of(date(2025, 1, 1), 2025, 2028) == 0
    assert gantt.share_of(date(2028, 12, 31), 2025, 2028) == pytest.approx(1, abs=0.001)
    assert gantt.share_of(date(2029, 1, 1), 2025, 2028) is None
