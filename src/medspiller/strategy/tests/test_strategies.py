"""Writing strategies: made, changed, adopted, rolled over."""

from datetime import date

import pytest

from medspiller.access.domain import actors
from medspiller.audit.models import AccessEntry
from medspiller.core import ids
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.inputs import IndicatorDetails, MeasureDetails, OwnerChoice
from medspiller.strategy.domain.refusals import PlanKnown, Refusal, StrategyChanged
from medspiller.strategy.domain.vocabulary import Body, Event, Level, LinkKind, MeasureStatus, StrategyStatus
from medspiller.strategy.models import MeasureLink, Strategy
from medspiller.strategy.selectors.reports import year_state
from medspiller.strategy.tests import factories


@pytest.fixture
def owner(house):
    return factories.owner_of(house.tenant_id, house.top)


class TestWriting:
    def test_a_strategy_is_a_draft_with_a_short_name_and_stands_in_the_log(self, house, owner):
        row = factories.draft(owner, title="  Strategi for  pårørende ", unit_id=house.top)

        assert (row.title, row.slug, row.status, row.version) == (
            "Strategi for pårørende",
            "strategi-for-parorende",
            StrategyStatus.DRAFT,
            1,
        )
        assert AccessEntry.objects.filter(action="strategy.create", subject_id=row.id).exists()

    def test_a_second_one_of_the_same_name_and_years_is_refused_and_says_which_is_the_first(self, owner):
        first = factories.draft(owner, owner_name="Bærum")

        with pytest.raises(PlanKnown) as refusal:
            factories.draft(owner, title="STRATEGI for pårørende", owner_name="bærum")

        assert refusal.value.strategy_id == first.id
        assert factories.draft(owner, owner_name="Bærum", from_year=2024).slug == "strategi-for-parorende-2"

    def test_a_national_strategy_has_no_unit(self, house, owner):
        with factories.refused(Refusal.NATIONAL_HAS_NO_UNIT, "unit_id"):
            factories.draft(owner, level=Level.NATIONAL, unit_id=house.top)

    def test_a_unit_must_be_one(self, owner):
        with factories.refused(Refusal.NOT_A_UNIT, "unit_id"):
            factories.draft(owner, unit_id=ids.new_id())

    def test_two_who_change_the_same_meet_and_the_second_is_told_what_the_first_made_of_it(self, owner):
        row = factories.draft(owner)
        services.change_strategy(
            actor=owner, strategy_id=row.id, version=1, details=factories.details(title="En annen tittel", to_year=2029)
        )

        with pytest.raises(StrategyChanged) as conflict:
            services.change_strategy(actor=owner, strategy_id=row.id, version=1, details=factories.details(title="X"))

        assert conflict.value.changed == {"title": "En annen tittel", "to_year": "2029"}
        assert conflict.value.now == 2

    def test_what_changed_nothing_is_no_new_version(self, owner):
        row = factories.draft(owner)

        same = services.change_strategy(actor=owner, strategy_id=row.id, version=1, details=factories.details())

        assert same.version == 1

    def test_earlier_wordings_are_kept_with_who_wrote_them(self, owner):
        row = factories.draft(owner)
        found = factories.area(owner, row)

        services.change_area(actor=owner, area_id=found.id, title="Nytt navn", text="")

        versions = type(found).pgh_event_model.objects.filter(id=found.id).order_by("pgh_id")
        assert [each.title for each in versions] == ["Tidlig hjelp", "Nytt navn"]

    def test_parts_are_numbered_and_an_area_with_measures_stays(self, owner):
        row = factories.draft(owner)
        first, second = factories.area(owner, row), factories.area(owner, row, "Avlastning")
        goals = [services.add_goal(actor=owner, area_id=first.id, text=text) for text in ("En", "To")]
        factories.measure(owner, first)

        services.remove_area(actor=owner, area_id=second.id)
        services.remove_goal(actor=owner, goal_id=goals[0].id)

        assert [goal.number for goal in goals] == [1, 2]
        with factories.refused(Refusal.NOT_EMPTY):
            services.remove_area(actor=owner, area_id=first.id)

    def test_a_measure_of_a_draft_is_removed_with_all_that_hangs_on_it(self, house, owner):
        found = factories.area(owner, factories.draft(owner))
        row = factories.measure(owner, found, owners=[OwnerChoice("Natt", house.night)])
        goal = services.add_goal(actor=owner, area_id=found.id, text="Et mål")
        services.set_goals(actor=owner, measure_id=row.id, goal_ids=[goal.id])
        services.link_measure(actor=owner, measure_id=row.id, kind=LinkKind.OFFER, ref="besok")
        services.add_indicator(actor=owner, measure_id=row.id, details=IndicatorDetails(name="Antall"))

        services.remove_measure(actor=owner, measure_id=row.id)

        services.remove_area(actor=owner, area_id=found.id)
        assert not selectors.strategy(actor=owner, strategy_id=found.strategy_id).areas

    def test_nothing_is_removed_from_what_was_adopted(self, house, owner):
        _row, found = factories.adopted(house.tenant_id, house.top)

        with factories.refused(Refusal.NOT_DRAFT):
            services.remove_measure(actor=owner, measure_id=found.id)

    def test_a_draft_that_is_put_away_is_changed_no_more(self, owner):
        row = factories.draft(owner)
        services.end_strategy(actor=owner, strategy_id=row.id, version=1)

        with factories.refused(Refusal.OVER):
            factories.area(owner, row)
        assert factories.draft(owner).id != row.id


class TestMeasures:
    @pytest.fixture
    def found(self, owner):
        return factories.measure(owner, factories.area(owner, factories.draft(owner)))

    def test_owners_stand_in_their_order_with_the_unit_that_is_meant(self, house, owner, found):
        owners = [OwnerChoice("Natten", house.night), OwnerChoice("", house.home_care), OwnerChoice("Frivillige")]

        row = services.set_owners(actor=owner, measure_id=found.id, version=1, owners=owners)

        names = list(row.owners.order_by("number").values_list("number", "name", "unit_id"))
        assert names == [
            (1, "Natten", house.night),
            (2, "Hjemmetjenesten vest", house.home_care),
            (3, "Frivillige", None),
        ]
        assert row.version == 2

    @pytest.mark.parametrize(
        ("owners", "why"),
        [
            ([OwnerChoice("Natt"), OwnerChoice("natt")], Refusal.TWICE),
            ([OwnerChoice("")], Refusal.MISSING),
            ([OwnerChoice("x", ids.new_id())], Refusal.NOT_A_UNIT),
        ],
    )
    def test_owners_that_are_none_are_refused(self, owner, found, owners, why):
        with factories.refused(why, "owners"):
            services.set_owners(actor=owner, measure_id=found.id, version=1, owners=owners)

    def test_conflicts_of_measures_say_what_the_other_wrote(self, owner, found):
        changed = MeasureDetails(text="Annet", budget=100)
        services.change_measure(actor=owner, measure_id=found.id, version=1, details=changed)

        with pytest.raises(StrategyChanged) as conflict:
            services.change_measure(actor=owner, measure_id=found.id, version=1, details=MeasureDetails(text="x"))

        assert conflict.value.changed == {"text": "Annet", "budget": "100"}

    def test_one_moved_stands_last_in_its_new_area(self, owner, found):
        other = factories.area(owner, found.strategy, "Avlastning")
        factories.measure(owner, other)

        moved = services.move_measure(actor=owner, measure_id=found.id, version=1, area_id=other.id)

        assert (moved.area_id, moved.number) == (other.id, 2)

    def test_one_is_moved_within_its_strategy_only(self, owner, found):
        elsewhere = factories.area(owner, factories.draft(owner, title="En annen"))

        with factories.refused(Refusal.NOT_OF_STRATEGY, "area_id"):
            services.move_measure(actor=owner, measure_id=found.id, version=1, area_id=elsewhere.id)

    def test_it_serves_goals_of_its_own_strategy(self, owner, found):
        goal = services.add_goal(actor=owner, area_id=found.area_id, text="En")
        elsewhere = factories.area(owner, factories.draft(owner, title="En annen"))
        others = services.add_goal(actor=owner, area_id=elsewhere.id, text="To")

        services.set_goals(actor=owner, measure_id=found.id, goal_ids=[goal.id])
        with factories.refused(Refusal.NOT_OF_STRATEGY, "goals"):
            services.set_goals(actor=owner, measure_id=found.id, goal_ids=[others.id])

        assert list(found.goal_links.values_list("goal_id", flat=True)) == [goal.id]

    def test_it_is_linked_upward_to_a_national_one_once(self, house, owner, found):
        _row, target = factories.national(house.tenant_id)

        links = [
            services.link_measure(
                actor=owner, measure_id=found.id, kind=LinkKind.NATIONAL, target_measure_id=target.id
            ).id
            for _time in range(2)
        ]

        assert links[0] == links[1]
        seen = selectors.measure(actor=owner, measure_id=target.id)
        assert [each.measure_id for each in seen.linked_from] == [found.id]

    def test_it_is_not_linked_to_another_of_our_own(self, owner, found):
        other = factories.measure(owner, found.area, "En annen")

        with factories.refused(Refusal.NOT_NATIONAL, "target_measure"):
            services.link_measure(actor=owner, measure_id=found.id, kind=LinkKind.NATIONAL, target_measure_id=other.id)

    def test_it_is_linked_to_a_line_of_the_guideline_and_from_it_again(self, owner, found):
        link = services.link_measure(actor=owner, measure_id=found.id, kind=LinkKind.GUIDELINE, ref="PV-2.1.1")
        assert selectors.is_linked_to(actor=owner, kind=LinkKind.GUIDELINE, ref="PV-2.1.1")[0].measure_id == found.id

        services.unlink_measure(actor=owner, link_id=link.id)

        assert not MeasureLink.objects.filter(id=link.id).exists()
        assert MeasureLink.pgh_event_model.objects.filter(id=link.id, pgh_label="delete").exists()

    @pytest.mark.parametrize(
        ("more", "why", "field"),
        [
            ({"text": " "}, Refusal.MISSING, "text"),
            ({"budget": -1}, Refusal.NEGATIVE, "budget"),
            ({"from_year": 2125, "to_year": 2021}, Refusal.YEARS, "from_year"),
            ({"funding": "x" * 7000}, Refusal.TOO_LONG, "funding"),
        ],
    )
    def test_what_cannot_be_stored_is_refused_with_its_field(self, owner, found, more, why, field):
        with factories.refused(why, field):
            services.change_measure(
                actor=owner, measure_id=found.id, version=1, details=MeasureDetails(**{"text": "x"} | more)
            )


class TestAdopting:
    def test_it_holds_and_stands_in_the_log_of_the_strategy(self, house, owner):
        row = factories.draft(owner)
        factories.measure(owner, factories.area(owner, row))

        made = services.adopt(actor=owner, strategy_id=row.id, version=1, by="Kommunestyret", on=date(2025, 2, 1))

        assert (made.status, made.adopted_by) == (StrategyStatus.ADOPTED, "Kommunestyret")
        assert [(line.what, line.body) for line in selectors.log(actor=owner, strategy_id=row.id)] == [
            (Event.ADOPTED, Body.COUNCIL)
        ]

    def test_an_empty_one_is_not_adopted_nor_on_a_day_ahead(self, owner):
        row = factories.draft(owner)
        with factories.refused(Refusal.EMPTY):
            services.adopt(actor=owner, strategy_id=row.id, version=1, by="x", on=date(2025, 2, 1))
        with factories.refused(Refusal.AHEAD, "on"):
            services.adopt(actor=owner, strategy_id=row.id, version=1, by="x", on=date(2099, 2, 1))

    def test_a_draft_is_shown_to_nobody_outside(self, owner):
        row = factories.draft(owner)
        with factories.refused(Refusal.DRAFT):
            services.publish(actor=owner, strategy_id=row.id)

    def test_what_others_said_is_written_down(self, owner):
        row = factories.draft(owner)
        services.start_hearing(actor=owner, strategy_id=row.id, version=1)
        services.log_event(
            actor=owner,
            strategy_id=row.id,
            on=date(2025, 1, 2),
            body=Body.ELDERLY_COUNCIL,
            what=Event.HEARD,
            text="Bra",
        )
        with factories.refused(Refusal.MISSING, "body_name"):
            services.log_event(actor=owner, strategy_id=row.id, on=date(2025, 1, 2), body=Body.OTHER, what=Event.HEARD)

        assert selectors.log(actor=owner, strategy_id=row.id)[0].text == "Bra"


class TestRollingOver:
    def test_the_next_plan_carries_on_what_is_not_over_and_takes_over_when_adopted(self, house, owner):
        system = actors.system(house.tenant_id)
        old, kept = factories.adopted(house.tenant_id, house.top, title="Plan 2025–2028")
        services.set_owners(actor=owner, measure_id=kept.id, version=1, owners=[OwnerChoice("Natt", house.night)])
        goal = services.add_goal(actor=owner, area_id=kept.area_id, text="Et mål")
        services.set_goals(actor=owner, measure_id=kept.id, goal_ids=[goal.id])
        services.link_measure(actor=owner, measure_id=kept.id, kind=LinkKind.OFFER, ref="besok")
        services.add_indicator(actor=owner, measure_id=kept.id, details=IndicatorDetails(name="Antall"))
        done = factories.measure(owner, kept.area, "Ferdig")
        report = factories.said(status=MeasureStatus.DONE)
        services.report_status(actor=owner, measure_id=done.id, details=report)

        new = services.roll_over(actor=owner, strategy_id=old.id, from_year=2027, to_year=2030)

        seen = selectors.strategy(actor=owner, strategy_id=new.id)
        (measure,) = seen.measures
        assert (seen.line.title, seen.line.status, seen.line.replaces_id) == ("Plan 2027–2030", "draft", old.id)
        assert (measure.copied_from_id, measure.light, len(measure.goal_ids), measure.has_indicator) == (
            kept.id,
            None,
            1,
            True,
        )
        assert [each.name for each in measure.owners] == ["Natt"]
        assert [each.ref for each in measure.links] == ["besok"]
        with factories.refused(Refusal.ROLLED):
            services.roll_over(actor=owner, strategy_id=old.id, from_year=2028, to_year=2031)
        factories.adopt(system.tenant_id, new)
        assert Strategy.objects.get(id=old.id).status == StrategyStatus.REPLACED

    def test_what_a_measure_brought_along_still_shows_it_when_its_first_report_shows_nothing(self, house, owner):
        old, kept = factories.adopted(house.tenant_id, house.top, title="Plan 2025–2028")
        shown = factories.said(evidence="Referat fra utvalget")
        services.report_status(actor=owner, measure_id=kept.id, details=shown)
        new = services.roll_over(actor=owner, strategy_id=old.id, from_year=2027, to_year=2030)
        (measure,) = selectors.strategy(actor=owner, strategy_id=new.id).measures
        before = measure.has_evidence
        factories.adopt(house.tenant_id, new)

        services.report_status(actor=owner, measure_id=measure.id, details=factories.said())
        (measure,) = selectors.strategy(actor=owner, strategy_id=new.id).measures
        state = year_state(actor=owner, strategy_id=new.id, year=2027)

        assert (before, measure.has_evidence, [each.has_evidence for each in state.measures]) == (True, True, [True])

    def test_the_next_plan_is_a_later_one(self, house, owner):
        old, _measure = factories.adopted(house.tenant_id, house.top)

        with factories.refused(Refusal.PERIOD, "from_year"):
            services.roll_over(actor=owner, strategy_id=old.id, from_year=2020, to_year=2024)
