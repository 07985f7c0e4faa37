"""What two write at once, what a page does not show, and what cannot be found by those it is not for."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.strategy import policies, selectors, services
from medspiller.strategy.domain.guideline import AssessmentDetails, EvidenceKind, LineState
from medspiller.strategy.domain.inputs import IndicatorDetails, MeasureDetails, OwnerChoice, answering_as, seen_as
from medspiller.strategy.domain.refusals import Refusal, StrategyChanged
from medspiller.strategy.domain.self_assessment import SheetAnswer, said_as
from medspiller.strategy.domain.vocabulary import Level, LinkKind, Service
from medspiller.strategy.models import LineAssessment, Measure
from medspiller.strategy.services import guideline
from medspiller.strategy.tests import factories
from medspiller.strategy.tests.guideline_content import form_version, publish_guideline
from medspiller.worklist.models import OPEN, WorkItem

MEASURES = "/arbeid/strategi/tiltak/"


@pytest.fixture
def owner(house):
    return factories.owner_of(house.tenant_id, house.top)


@pytest.fixture
def as_owner(staff, house):
    return staff(Role.STRATEGY_OWNER, house.top)


@pytest.fixture
def plan(owner):
    return factories.draft(owner)


@pytest.fixture
def measure(owner, plan):
    return factories.measure(owner, factories.area(owner, plan), owners=[OwnerChoice("Helse")])


def text_of(page):
    return " ".join(page.content.decode().split())


def owners_of(measure):
    return list(measure.owners.order_by("number").values_list("name", flat=True))


class TestAMeasureThatTwoWrite:
    def sent(self, measure, **more):
        seen = answering_as([(name, None) for name in owners_of(measure)], [])
        usual = {"text": measure.text, "owners": "3", "owner0-name": "Mine", "version": measure.version, "seen": seen}
        return usual | more

    def test_owners_that_somebody_else_set_are_shown_and_not_overwritten(self, as_owner, owner, measure):
        sent = self.sent(measure)
        services.set_owners(actor=owner, measure_id=measure.id, version=1, owners=[OwnerChoice("Deres")])

        page = as_owner.post(f"{MEASURES}{measure.id}/endre/", sent)

        assert page.status_code == 409
        assert "Deres" in text_of(page)
        assert owners_of(measure) == ["Deres"]
        mark = answering_as([("Deres", None)], [])
        assert mark in text_of(page)
        assert as_owner.post(f"{MEASURES}{measure.id}/endre/", sent | {"seen": mark}).status_code == 302
        assert owners_of(measure) == ["Mine"]

    def test_nothing_is_stored_where_an_owner_is_refused(self, owner, measure):
        with factories.refused(Refusal.TWICE, "owners"):
            services.rewrite_measure(
                actor=owner, measure_id=measure.id, version=1, seen="", details=MeasureDetails("Nytt"),
                owners=[OwnerChoice("a"), OwnerChoice("A")], goal_ids=[],
            )  # fmt: skip

        measure.refresh_from_db()
        assert (measure.text, measure.version) == ("Spør alle", 1)

    def test_more_owners_than_usual_stay(self, as_owner, owner, measure):
        many = [OwnerChoice(f"Enhet {at}") for at in range(70)]
        services.set_owners(actor=owner, measure_id=measure.id, version=1, owners=many)
        measure.refresh_from_db()

        page = as_owner.get(f"{MEASURES}{measure.id}/endre/").content.decode()
        written = {f"owner{at}-name": each.name for at, each in enumerate(many)}
        assert all(f'name="{name}"' in page for name in written)
        as_owner.post(f"{MEASURES}{measure.id}/endre/", self.sent(measure, owners="72", **written))

        assert owners_of(measure) == [each.name for each in many]

    def test_goals_of_other_areas_can_be_chosen_and_stay(self, as_owner, owner, plan, measure):
        elsewhere = factories.area(owner, plan, "Barn")
        goal = services.add_goal(actor=owner, area_id=elsewhere.id, text="Ingen står alene")
        services.set_goals(actor=owner, measure_id=measure.id, goal_ids=[goal.id])

        page = text_of(as_owner.get(f"{MEASURES}{measure.id}/endre/"))
        assert "Barn: Ingen står alene" in page
        assert "Ingen står alene" in text_of(as_owner.get(f"{MEASURES}{measure.id}/"))
        seen = answering_as([("Helse", None)], [goal.id])
        as_owner.post(f"{MEASURES}{measure.id}/endre/", self.sent(measure, goals=[str(goal.id)], seen=seen))

        assert list(measure.goal_links.values_list("goal_id", flat=True)) == [goal.id]

    def test_names_of_persons_are_warned_against(self, as_owner, measure):
        assert "ikke navn på personer" in text_of(as_owner.get(f"{MEASURES}{measure.id}/endre/"))


class TestPartsThatTwoWrite:
    def test_the_second_sees_the_text_of_the_first(self, as_owner, owner, plan, measure):
        goal = services.add_goal(actor=owner, area_id=measure.area_id, text="Først")
        services.change_goal(actor=owner, goal_id=goal.id, text="Deres")

        address = f"/arbeid/strategi/{plan.id}/rediger/mal/{goal.id}/"
        page = as_owner.post(address, {"text": "Mitt", "seen": seen_as("Først")})

        goal.refresh_from_db()
        assert (page.status_code, goal.text) == (409, "Deres")
        assert "Mitt" in text_of(page)
        assert "Deres" in text_of(page)
        assert as_owner.post(address, {"text": "Mitt", "seen": seen_as("Deres")}).status_code == 302

    def test_so_it_is_with_areas_approaches_and_indicators(self, owner, measure):
        approach = services.add_approach(actor=owner, area_id=measure.area_id, text="Vi spør")
        figure = services.add_indicator(actor=owner, measure_id=measure.id, details=IndicatorDetails("Kurs"))
        old = seen_as("noe annet")
        for change in (
            lambda: services.change_area(actor=owner, area_id=measure.area_id, title="Ny", text="", seen=old),
            lambda: services.change_approach(actor=owner, approach_id=approach.id, text="Ny", seen=old),
            lambda: services.change_indicator(
                actor=owner, indicator_id=figure.id, details=IndicatorDetails("Ny"), seen=old
            ),
        ):
            with pytest.raises(StrategyChanged):
                change()


class TestIndicators:
    def test_a_computed_one_is_chosen_on_the_page(self, house, as_owner, measure):
        publish_guideline(house.tenant_id)
        address = f"{MEASURES}{measure.id}/indikator/"
        assert 'value="children-asked"' in as_owner.get(address).content.decode()

        as_owner.post(address, {"indicator": "children-asked", "target": "90"})

        followed = measure.indicators.get()
        assert (followed.indicator, bool(followed.name), followed.target) == ("children-asked", True, 90)
        change = f"{MEASURES}{measure.id}/indikator/{followed.id}/"
        assert as_owner.post(change, {"name": "Barn spurt"}).status_code == 302
        followed.refresh_from_db()
        assert (followed.indicator, followed.name) == ("children-asked", "Barn spurt")

    def test_one_by_hand_needs_a_name(self, house, as_owner, measure):
        publish_guideline(house.tenant_id)

        assert as_owner.post(f"{MEASURES}{measure.id}/indikator/", {"indicator": ""}).status_code == 422
        assert as_owner.post(f"{MEASURES}{measure.id}/indikator/", {"indicator": "weather"}).status_code == 422


def test_every_national_measure_can_be_linked_and_is_found_by_its_number(house, as_owner, measure):
    system = actors.system(house.tenant_id)
    row, first = factories.national(house.tenant_id)
    targets = [first, *(factories.measure(system, first.area, f"Nasjonalt {at}") for at in range(2, 34))]
    address = f"{MEASURES}{measure.id}/lenker/?slag=national"

    for each in targets:
        assert as_owner.post(address, {"ref": str(each.id)}).status_code == 302

    assert measure.links.count() == len(targets) == 33
    assert "Nasjonalt 33" in text_of(as_owner.get(f"{address}&q=1.33"))
    assert as_owner.post(address, {"ref": str(measure.id)}).status_code == 422
    assert row.level == Level.NATIONAL == LinkKind.NATIONAL.value


class TestWhoMayWrite:
    def test_leaders_write_neither_national_strategies_nor_those_of_no_unit(self, house, owner):
        leader = factories.leader_of(house.tenant_id, house.top)
        national, _measure = factories.national(house.tenant_id)

        for row in (national, factories.draft(owner)):
            assert not selectors.strategy(actor=leader, strategy_id=row.id).may.edit
            with pytest.raises(NotAllowed):
                factories.area(leader, row)
            factories.area(owner, row)
        with pytest.raises(NotAllowed):
            factories.draft(leader, title="Uten enhet")

    def test_leaders_choose_among_their_own_units(self, house, staff):
        page = staff(Role.LEADER, house.night).get("/arbeid/strategi/ny/").content.decode()

        assert f'value="{house.night}"' in page
        assert f'value="{house.carers}"' not in page
        assert "Ingen enhet" not in page

    def test_areas_to_write_in_are_read_at_once(self, house, owner):
        leader = factories.leader_of(house.tenant_id, house.home_care)
        own = factories.area(owner, factories.draft(owner, unit_id=house.home_care))
        for title in ("En", "To"):
            factories.area(owner, factories.draft(owner, title=title))
        factories.national(house.tenant_id)

        assert [area_id for area_id, _name in selectors.areas_to_edit(actor=leader)] == [own.id]
        with CaptureQueriesContext(connection) as queries:
            assert len(selectors.areas_to_edit(actor=owner)) == 3
        assert len(queries) == 1
        assert not policies.may_edit(leader, unit_id=None)


class TestPublishing:
    def test_a_draft_that_was_put_away_is_shown_to_nobody(self, owner, measure):
        row = services.start_hearing(actor=owner, strategy_id=measure.strategy_id, version=1)
        services.publish(actor=owner, strategy_id=row.id)

        row = services.end_strategy(actor=owner, strategy_id=row.id, version=row.version)

        assert not row.is_public
        with factories.refused(Refusal.OVER):
            services.publish(actor=owner, strategy_id=row.id)

    def test_one_that_held_can_be_shown_after_it_is_over(self, house, owner):
        row, _measure = factories.adopted(house.tenant_id, house.top)
        row = services.end_strategy(actor=owner, strategy_id=row.id, version=row.version)

        assert services.publish(actor=owner, strategy_id=row.id).is_public


class TestAnOpenRequest:
    @pytest.fixture
    def asked(self, house, owner):
        row, found = factories.adopted(house.tenant_id, house.top)
        old = factories.said(on=clock.today() - timedelta(days=40))
        found.report = services.report_status(actor=owner, measure_id=found.id, details=old)
        services.ask_for_status(actor=owner, strategy_id=row.id, due_on=clock.today() + timedelta(days=14))
        return found

    def is_open(self, asked):
        assert WorkItem.objects.filter(OPEN, subject_id=asked.id).exists() is (
            Measure.objects.get(id=asked.id).status_due_on is not None
        )
        return WorkItem.objects.filter(OPEN, subject_id=asked.id).exists()

    def test_is_not_answered_by_what_held_before_it(self, owner, asked):
        before = clock.today() - timedelta(days=1)
        for more in ({}, {"corrects": asked.report.id}):
            services.report_status(actor=owner, measure_id=asked.id, details=factories.said(on=before, **more))
            assert self.is_open(asked)

        services.report_status(actor=owner, measure_id=asked.id, details=factories.said())
        assert not self.is_open(asked)

    def test_goes_when_the_measure_is_over(self, owner, asked):
        done = factories.said(on=clock.today() - timedelta(days=1), status="done")
        services.report_status(actor=owner, measure_id=asked.id, details=done)

        assert not self.is_open(asked)


class TestASheetOfAChapter:
    @pytest.fixture
    def system(self, house):
        publish_guideline(house.tenant_id)
        return actors.system(house.tenant_id)

    def say(self, system, state, evidence="", *, days=0):
        guideline.assess_line(
            actor=system,
            details=AssessmentDetails(
                line="PV-2.1.1", service=Service.HOME_CARE, state=state, on=clock.today() - timedelta(days=days),
                evidence_kind=EvidenceKind.STATEMENT, evidence=evidence,
            ),
        )  # fmt: skip

    def test_dates_nothing_anew_that_was_not_changed(self, system, house, staff):
        self.say(system, LineState.NOT_MET, "Vet ikke", days=9)
        address = "/arbeid/strategi/veileder/egenvurdering/home_care/2/"
        mark = said_as("not_met", "Vet ikke")
        as_leader = staff(Role.LEADER, house.top)
        assert f"pv-2-1-1:{mark}" in as_leader.get(address).content.decode()
        sent = {"form_version": form_version(), "pv-2-1-1": "not_met", "pv-2-1-1-comment": "Vet ikke"}

        for seen in ("", f"pv-2-1-1:{mark}"):
            as_leader.post(address, sent | {"seen": seen, "pv-2-1-7": "in_place"})

        row = LineAssessment.objects.get(line="PV-2.1.1")
        assert (row.version, row.on) == (1, clock.today() - timedelta(days=9))
        assert LineAssessment.objects.filter(line="PV-2.1.7", version=1).exists()

    def test_overwrites_nothing_that_somebody_else_has_said_meanwhile(self, system, house, staff):
        self.say(system, LineState.MET, "Rutine 4")
        opened = said_as("not_met", "Vet ikke")
        kept = SheetAnswer("PV-2.1.1", LineState.NOT_MET, "Vet ikke", opened)
        changed = SheetAnswer("PV-2.1.1", LineState.NOT_MET, "Annet", opened)

        said = {"actor": system, "service": Service.HOME_CARE, "version": form_version()}
        assert not guideline.assess_sheet(answers=[kept], **said)
        with pytest.raises(StrategyChanged):
            guideline.assess_sheet(answers=[changed], **said)
        page = staff(Role.LEADER, house.top).post(
            "/arbeid/strategi/veileder/egenvurdering/home_care/2/",
            {"form_version": form_version(), "pv-2-1-1": "not_met", "seen": "pv-2-1-1:none"},
        )

        assert page.status_code == 409
        assert LineAssessment.objects.get().state == "met"
        assert f"pv-2-1-1:{said_as('met', 'Rutine 4')}" in page.content.decode()
