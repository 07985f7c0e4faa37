"""The board, what needs attention, what is covered, and what everybody sees."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from medspiller.access.domain import actors
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.board import BoardFilters
from medspiller.strategy.domain.dates import Lack, Late
from medspiller.strategy.domain.inputs import IndicatorDetails, OwnerChoice
from medspiller.strategy.domain.vocabulary import Level, Light, LinkKind, MeasureStatus
from medspiller.strategy.models import Measure
from medspiller.strategy.selectors._rows import lacking, with_standing
from medspiller.strategy.tests import factories


@pytest.fixture
def owner(house):
    return factories.owner_of(house.tenant_id, house.top)


@pytest.fixture
def plan(house, owner):
    """A strategy that holds, of the top unit."""
    return factories.adopted(house.tenant_id, house.top)[0]


@pytest.fixture
def measure(plan):
    """Its measure, which nobody owns."""
    return Measure.objects.get(strategy=plan)


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


@pytest.fixture
def mixed(house, owner, plan, measure):
    """Measures in every state that the board tells apart."""
    area = measure.area
    rows = [measure]
    for number, (status, years) in enumerate(
        [
            (MeasureStatus.UNDER_WAY, (None, None)),
            (MeasureStatus.UNDER_WAY, (2020, 2021)),
            (MeasureStatus.NOT_STARTED, (2020, 2099)),
            (MeasureStatus.DONE, (2020, 2021)),
            (MeasureStatus.STOPPED, (2020, 2021)),
        ]
    ):
        owners = [OwnerChoice("Natt", house.night)] if number % 2 else []
        rows.append(
            factories.measure(owner, area, f"Tiltak {number}", owners=owners, from_year=years[0], to_year=years[1])
        )
        Measure.objects.filter(id=rows[-1].id).update(
            status=status, has_evidence=number == 3, needs_decision=number == 0, light=Light.RED if number == 1 else ""
        )
    Measure.objects.filter(id=rows[1].id).update(status_due_on=in_days(-1))
    services.add_indicator(actor=owner, measure_id=rows[1].id, details=IndicatorDetails(name="x"))
    services.link_measure(actor=owner, measure_id=rows[2].id, kind=LinkKind.INDICATOR, ref="y")
    return rows


class TestTheBoard:
    def test_lanes_hold_what_has_come_equally_far(self, owner, plan, mixed):
        seen = selectors.board(actor=owner, strategy_id=plan.id)

        assert [(lane.status, lane.count, len(lane.cards)) for lane in seen.lanes] == [
            (MeasureStatus.NOT_STARTED, 2, 2),
            (MeasureStatus.UNDER_WAY, 2, 2),
            (MeasureStatus.DONE, 1, 1),
            (MeasureStatus.STOPPED, 1, 1),
        ]
        assert (seen.count, seen.pages, seen.owners) == (6, 1, ("Natt",))

    @pytest.mark.parametrize("lack", list(Lack))
    def test_the_filter_and_the_rule_agree(self, owner, plan, mixed, lack):
        today = clock.today()
        listed = set(
            with_standing(Measure.objects.filter(strategy=plan))
            .filter(lacking(lack, today=today))
            .values_list("id", flat=True)
        )
        seen = selectors.strategy(actor=owner, strategy_id=plan.id)
        board = selectors.board(actor=owner, strategy_id=plan.id, filters=BoardFilters(lack=lack))
        shown = {card.measure_id for lane in board.lanes for card in lane.cards}

        assert listed == {each.id for each in seen.measures if lack in each.lacks} == shown
        assert listed
        assert board.lacks[lack] == len(listed) == board.count

    def test_late_is_told_apart(self, owner, plan, mixed):
        seen = {each.id: each.lates for each in selectors.strategy(actor=owner, strategy_id=plan.id).measures}

        assert seen[mixed[1].id] == {Late.STATUS}
        assert seen[mixed[2].id] == {Late.PAST_END}
        assert seen[mixed[3].id] == {Late.NOT_BEGUN}
        assert not seen[mixed[4].id]

    @pytest.mark.parametrize(
        ("filters", "texts"),
        [
            (BoardFilters(text="tiltak 3"), ["Tiltak 3"]),
            (BoardFilters(owner="natt"), ["Tiltak 1", "Tiltak 3"]),
            (BoardFilters(status=MeasureStatus.STOPPED), ["Tiltak 4"]),
            (BoardFilters(light=Light.RED), ["Tiltak 1"]),
            (BoardFilters(year=2021), ["Tiltak 1", "Tiltak 2", "Tiltak 3", "Tiltak 4"]),
            (BoardFilters(year=2025), ["Spør alle", "Tiltak 0", "Tiltak 2"]),
        ],
    )
    def test_it_is_narrowed(self, owner, plan, mixed, filters, texts):
        rows = selectors.board_rows(actor=owner, strategy_id=plan.id, filters=filters)

        assert [card.text for card in rows] == texts

    def test_it_is_narrowed_by_unit_and_area(self, house, owner, plan, mixed):
        assert selectors.board(actor=owner, filters=BoardFilters(unit_id=house.night)).count == 2
        assert selectors.board(actor=owner, filters=BoardFilters(area_id=mixed[0].area_id)).count == 6
        assert selectors.board(actor=owner, filters=BoardFilters(area_id=UUID(int=3))).count == 0

    def test_it_is_turned_page_by_page_and_beyond_the_last_is_the_last(self, owner, plan, mixed):
        first = selectors.board(actor=owner, strategy_id=plan.id, per_page=1)
        beyond = selectors.board(actor=owner, strategy_id=plan.id, per_page=1, page=99)

        assert (first.pages, beyond.page) == (2, 2)
        assert [len(lane.cards) for lane in beyond.lanes] == [1, 1, 0, 0]
        assert first.lanes[0].cards[0].measure_id != beyond.lanes[0].cards[0].measure_id

    def test_all_current_plans_of_our_own_stand_on_it_and_no_national_one(self, house, owner, mixed):
        factories.national(house.tenant_id)
        factories.measure(owner, factories.area(owner, factories.draft(owner, title="En annen")))

        assert selectors.board(actor=owner).count == 7

    def test_attention_names_the_first_of_each_and_counts_all(self, owner, plan, mixed):
        (found,) = selectors.attention(actor=owner).strategies

        assert found.strategy.id == plan.id
        assert found.lacks[Lack.LATE] == 4
        assert {card.measure_id for card in found.first[Lack.DECISION]} == {mixed[1].id}

    def test_attention_takes_as_many_statements_however_many_plans(
        self, house, owner, mixed, django_assert_max_num_queries
    ):
        for number in range(6):
            factories.adopted(house.tenant_id, house.top, title=f"Plan {number}")

        with django_assert_max_num_queries(8):
            found = selectors.attention(actor=owner)

        assert len(found.strategies) == 7
        assert sum(bool(each.first) for each in found.strategies) <= 4
        assert {line.id for line in found.lines} >= {each.strategy.id for each in found.strategies}

    def test_a_plan_whose_year_has_come_is_to_be_rolled_over(self, house, owner):
        factories.adopted(house.tenant_id, house.top, title="Gammel", from_year=2020, to_year=2021)

        assert [line.title for line in selectors.attention(actor=owner).rolling] == ["Gammel"]

    def test_the_time_line_has_each_measure_at_each_of_its_owners(self, owner, plan, mixed):
        by_owner = selectors.gantt(actor=owner, strategy_id=plan.id, by="owner")
        by_area = selectors.gantt(actor=owner, strategy_id=plan.id)

        assert [(group.title, len(group.bars)) for group in by_owner.groups] == [("Natt", 2), ("", 4)]
        assert sum(len(group.bars) for group in by_area.groups) == 6
        assert all(0 <= bar.start <= 1 and 0 <= bar.width <= 1 for group in by_area.groups for bar in group.bars)
        assert any(bar.ends_after for group in by_area.groups for bar in group.bars)
        by_year = selectors.gantt(actor=owner, strategy_id=plan.id, by="year")
        assert all({str(bar.from_year) for bar in group.bars} == {group.title} for group in by_year.groups)
        assert sum(len(group.bars) for group in by_year.groups) == 6


class TestCoverage:
    def test_it_names_each_national_measure_with_ours_that_carry_it_out(self, house, owner, plan, measure):
        row, target = factories.national(house.tenant_id)
        other = factories.measure(actors.system(house.tenant_id), target.area, "Ingen gjør dette")
        services.link_measure(actor=owner, measure_id=measure.id, kind=LinkKind.NATIONAL, target_measure_id=target.id)
        services.link_measure(actor=owner, measure_id=measure.id, kind=LinkKind.GUIDELINE, ref="PV-2.1.1", label="Krav")

        seen = selectors.coverage(actor=owner, strategy_id=plan.id)

        assert (seen.national.id, seen.touched, seen.of) == (row.id, 1, 2)
        rows = {each.measure_id: [ours.measure_id for ours in each.ours] for each in seen.areas[0].rows}
        assert rows == {target.id: [measure.id], other.id: []}
        assert [(each.ref, each.label, len(each.ours)) for each in seen.guideline] == [("PV-2.1.1", "Krav", 1)]

    def test_without_a_national_strategy_there_is_nothing_to_cover(self, owner, plan):
        seen = selectors.coverage(actor=owner, strategy_id=plan.id)

        assert (seen.national, seen.of) == (None, 0)

    def test_national_measures_are_found_by_words(self, house, owner, plan):
        factories.national(house.tenant_id)

        assert [each.label for each in selectors.link_choices(actor=owner, strategy_id=plan.id, words="spør ALLE")]
        assert not selectors.link_choices(actor=owner, strategy_id=plan.id, words="finnes ikke")


class TestWhatEverybodySees:
    @pytest.fixture
    def anybody(self, here):
        return actors.anonymous(here)

    def test_what_is_published_and_nothing_else(self, owner, plan, anybody):
        factories.draft(owner, title="Hemmelig")
        assert selectors.public_plans(actor=anybody) == ()
        services.publish(actor=owner, strategy_id=plan.id)

        (listed,) = selectors.public_plans(actor=anybody)
        seen = selectors.public_plan(actor=anybody, slug=listed.slug)

        assert (listed.title, listed.areas, seen.areas[0].measures[0].text) == (
            "Strategi for pårørende",
            (),
            "Spør alle",
        )
        services.unpublish(actor=owner, strategy_id=plan.id)
        with pytest.raises(NotFound):
            selectors.public_plan(actor=anybody, slug=listed.slug)

    def test_the_plans_of_the_municipality_alone_are_its_own(self, owner, plan):
        assert [line.id for line in selectors.strategies(actor=owner, level=Level.MUNICIPAL)] == [plan.id]
        assert selectors.strategies(actor=owner, level=Level.NATIONAL) == ()
