"""Plans, files and what waits for them are not lost when something goes wrong, somebody leaves, or a consent ends."""

from datetime import timedelta

import pytest

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import PostHolding
from medspiller.core import clock, ids
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import selectors, services, tasks
from medspiller.followup.domain.holding import ConsentGone
from medspiller.followup.models import Absence, CarerFile, Handover, Holding, Plan, Suggestion
from medspiller.followup.tests.factories import ensure_one_holder, holder_of, open_file, start_plan
from medspiller.pathways.models import Run
from medspiller.people.domain.consents import ConsentTopic
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import Consent, Involvement
from medspiller.people.tests.factories import involve, make_person, relate, worker
from medspiller.worklist import services as worklist
from medspiller.worklist.models import OPEN, WorkItem

DAY = timedelta(days=1)
SUPPORT = InvolvementBasis.SUPPORT


@pytest.fixture
def system(team):
    return actors.system(team.house.tenant_id)


@pytest.fixture
def plan(team) -> Plan:
    return start_plan(team)


@pytest.fixture
def elsewhere(team):
    return worker(team.house.tenant_id, team.house.carers, Role.CARER_CONTACT, name="Berit Demoro")


def of_kind(kind: str) -> list[WorkItem]:
    return list(WorkItem.objects.filter(OPEN, kind=f"followup.{kind}"))


def leave(system, user_id) -> None:
    for row in PostHolding.objects.filter(user_id=user_id, ended_at=None):
        access.end_holding(actor=system, holding_id=row.id, at=clock.now())
    services.leave_plans(actor=system, user_id=user_id)


def suggested(file, **more) -> Suggestion:
    return Suggestion.objects.create(
        file=file, kind="offer", target="kveldsgruppe", title=dict.fromkeys(("nb", "nn", "en"), "Kveldsgruppe"),
        reasons=["by_hand"], suggested_at=clock.now(), suggested_by=actors.SYSTEM_ID, **more,
    )  # fmt: skip


class TestTheJob:
    def test_goes_on_after_one_that_cannot_be_seen_to(self, team, plan, system, monkeypatch, caplog):
        row = services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=team.contact.id)

        def fails(**_which):
            raise LookupError("broken")

        monkeypatch.setattr(services, "leave_plans", fails)
        with clock.frozen(clock.now() + 30 * DAY):
            tasks.look_after_tenant(system)

        row.refresh_from_db()
        assert row.bounced_because == "not_answered"
        assert "followup.seen_to.failed" in caplog.text

    def test_goes_on_where_the_unit_begins_to_follow_the_carer_up_again_later(self, team, plan, system):
        Involvement.objects.filter(unit_id=team.unit_id).update(ends_at=clock.now())
        again = involve(team.carer, team.unit_id, basis=SUPPORT, ahead=True)

        for _twice in range(2):
            tasks.look_after_tenant(system)

        opened = Involvement.objects.get(person=team.carer, ends_at=again.starts_at)
        assert opened.unit_id == team.unit_id
        assert [item.subject_id for item in of_kind("left_over")] == [plan.id]

    def test_puts_a_run_aside_that_cannot_be_computed(self, team, plan, system, caplog):
        other = start_plan(team, file=open_file(team, carer=another(team)))
        Run.objects.filter(id=plan.run_id).update(pathway_digest="0" * 64, look_again_on=clock.today() - DAY)
        Run.objects.filter(id=other.run_id).update(look_again_on=clock.today())

        assert tasks.recompute_tenant(system, batch=1) == 2

        assert Run.objects.get(id=plan.run_id).look_again_on == clock.today() + DAY
        assert "pathways.not_recomputed" in caplog.text


def another(team):
    carer = make_person("Liv", "Demoland")
    involve(carer, team.unit_id, basis=SUPPORT)
    return carer


class TestAConsent:
    def given(self, team, topic=ConsentTopic.PLAN) -> Consent:
        return Consent.objects.create(
            owner=team.carer, to_unit_id=team.house.carers, topics=[topic.value], decision="given",
            obtained="oral", starts_at=clock.now() - DAY, recorded_by=actors.SYSTEM_ID, recorded_at=clock.now(),
        )  # fmt: skip

    def withdraw(self, consent) -> None:
        consent.withdrawn_at, consent.withdrawn_by = clock.now(), actors.SYSTEM_ID
        consent.save()

    def accepted(self, team, plan, elsewhere) -> Handover:
        row = services.offer_handover(
            actor=team.nurse, plan_id=plan.id, to_id=elsewhere.id, to_unit_id=team.house.carers
        )
        return services.answer_handover(actor=elsewhere, handover_id=row.id, accept=True)

    def test_about_something_else_lets_no_plan_go(self, team, plan, elsewhere):
        self.given(team, ConsentTopic.OWN_SITUATION)

        assert selectors.holders_elsewhere(actor=team.nurse, plan_id=plan.id) == []
        with pytest.raises(ConsentGone):
            self.accepted(team, plan, elsewhere)

    def test_is_what_other_units_stand_in_the_form_for(self, team, plan, elsewhere):
        self.given(team)

        (one,) = selectors.holders_elsewhere(actor=team.nurse, plan_id=plan.id)

        assert (one.id, one.unit_id) == (elsewhere.id, team.house.carers)

    @pytest.mark.parametrize("by_the_job", [False, True])
    def test_withdrawn_later_brings_the_plan_back_and_closes_what_it_opened(
        self, team, plan, elsewhere, system, by_the_job
    ):
        consent = self.given(team)
        row = self.accepted(team, plan, elsewhere)
        assert row.through.unit_id == team.house.carers
        assert services.note_consent_withdrawn(actor=system, owner_id=team.carer.id) == 0
        self.withdraw(consent)

        if by_the_job:
            tasks.look_after_tenant(system)
        else:
            assert services.note_consent_withdrawn(actor=system, owner_id=team.carer.id) == 1

        plan.refresh_from_db()
        assert (plan.unit_id, holder_of(plan)) == (team.unit_id, team.leader.id)
        assert {item.unit_id for item in (*of_kind("step"), *of_kind("left_over"))} == {team.unit_id}
        assert not Involvement.objects.filter(unit_id=team.house.carers, ends_at=None).exists()
        with pytest.raises((NotFound, NotAllowed)):
            selectors.plan(actor=elsewhere, plan_id=plan.id)
        ensure_one_holder(plan)

    def test_withdrawn_where_nobody_else_follows_up_never_leaves_the_plan_there(self, team, plan, elsewhere, system):
        consent = self.given(team)
        self.accepted(team, plan, elsewhere)
        Involvement.objects.filter(unit_id=team.unit_id).update(ends_at=clock.now())
        services.note_involvement_closed(actor=system, person_id=team.carer.id)
        self.withdraw(consent)

        services.note_consent_withdrawn(actor=system, owner_id=team.carer.id)

        plan.refresh_from_db()
        assert plan.unit_id == team.unit_id
        assert not Involvement.objects.filter(unit_id=team.house.carers, ends_at=None).exists()


class TestNobodyWhoCanHoldIt:
    def test_changes_nothing_however_often_it_is_looked_at(self, team, plan, system):
        leave(system, team.leader.id)
        leave(system, team.nurse.id)
        plan.refresh_from_db()
        before = (plan.version, plan.left_over_at, {item.id for item in WorkItem.objects.filter(OPEN)})

        with clock.frozen(clock.now() + DAY):
            tasks.look_after_tenant(system)

        plan.refresh_from_db()
        assert (plan.version, plan.left_over_at, {item.id for item in WorkItem.objects.filter(OPEN)}) == before

    def test_two_leaders_away_at_once_do_not_hand_it_to_and_fro(self, team, system):
        other = worker(team.house.tenant_id, team.unit_id, Role.LEADER, name="Turid Demotopp")
        plan = start_plan(team, holder=team.leader)
        for who in (team.leader, other):
            services.record_absence(actor=who, starts_on=clock.today(), ends_on=clock.today() + 7 * DAY)
        held = Holding.objects.filter(plan=plan).count()
        assert [item.subject_id for item in of_kind("left_over")] == [plan.id]

        for _thrice in range(3):
            tasks.look_after_tenant(system)

        assert Holding.objects.filter(plan=plan).count() == held
        with clock.frozen(clock.now() + 8 * DAY):
            tasks.look_after_tenant(system)
            assert (holder_of(plan), of_kind("left_over")) == (team.leader.id, [])
            ensure_one_holder(plan)

    def test_a_stand_in_from_another_unit_does_not_take_it_with_them(self, team, plan, elsewhere):
        involve(team.carer, team.house.carers, basis=SUPPORT)
        ahead = services.record_absence(
            actor=team.nurse, starts_on=clock.today() + DAY, ends_on=None, stand_in_id=team.contact.id
        )
        # Who has moved to another unit since it was written down.
        Absence.objects.update(stand_in=elsewhere.id)

        with clock.frozen(clock.now() + DAY):
            services.see_to_absence(actor=actors.system(team.house.tenant_id), absence_id=ahead.id)

        assert holder_of(plan) == team.leader.id

    def test_stand_ins_are_those_of_whoever_is_away(self, team, plan, elsewhere):
        names = {each.name for each in selectors.stand_ins_for_any(actor=team.leader, user_ids=[team.nurse.id])}

        assert names == {team.contact.name, team.leader.name}


class TestAFile:
    def test_goes_with_its_last_plan_and_what_waits_goes_along(self, team, elsewhere):
        file = open_file(team, contact_id=team.contact.id)
        plan, row = start_plan(team, file=file), suggested(file)
        services.answer_suggestion(actor=team.nurse, suggestion_id=row.id, answer="later", on=clock.today() + 9 * DAY)
        involve(team.carer, team.house.carers, basis=SUPPORT)
        offer = services.offer_handover(
            actor=team.nurse, plan_id=plan.id, to_id=elsewhere.id, to_unit_id=team.house.carers
        )
        services.answer_handover(actor=elsewhere, handover_id=offer.id, accept=True)

        file = CarerFile.objects.get(id=file.id)
        assert (file.unit_id, file.contact_id) == (team.house.carers, None)
        assert [(item.unit_id, item.subject_id) for item in of_kind("suggestion_later")] == [(file.unit_id, row.id)]
        assert [(item.unit_id, item.subject_id) for item in of_kind("no_contact")] == [(file.unit_id, file.id)]

    def test_without_a_plan_goes_to_the_unit_that_follows_the_carer_up(self, team, system):
        file = open_file(team)
        involve(team.carer, team.house.carers, basis=SUPPORT)
        Involvement.objects.filter(unit_id=team.unit_id).update(ends_at=clock.now())

        services.note_involvement_closed(actor=system, person_id=team.carer.id)

        assert CarerFile.objects.get(id=file.id).unit_id == team.house.carers

    def test_names_nobody_as_contact_who_has_left_and_the_leader_is_told(self, team, system):
        file = open_file(team, contact_id=team.contact.id)

        leave(system, team.contact.id)

        file.refresh_from_db()
        assert (file.contact_id, file.contact_name) == (None, "")
        assert [item.subject_id for item in of_kind("no_contact")] == [file.id]
        services.appoint_contact(actor=team.nurse, file_id=file.id, version=file.version, user_id=team.nurse.id)
        assert of_kind("no_contact") == []


def test_a_death_told_late_reaches_a_plan_begun_after_it(team, system):
    mother = make_person("Oddny", "Demodal")
    involve(mother, team.unit_id)
    relate(team.carer, mother, RelationKind.PARENT)
    plan = start_plan(team, about_id=mother.id)

    services.note_death(actor=system, person_id=mother.id, died_on=clock.today() - 3 * DAY)

    assert [each.id for each in selectors.plan(actor=team.nurse, plan_id=plan.id).run.progress.reached] == ["died"]


def test_two_rows_of_one_person_leave_nothing_behind_and_nobody_loses_what_is_theirs(team, system):
    kept = make_person("Randi", "Demoli")
    involve(kept, team.unit_id)
    plan = start_plan(team)
    open_file(team, carer=kept)
    row = suggested(CarerFile.objects.get(id=plan.file_id))
    services.answer_suggestion(actor=team.nurse, suggestion_id=row.id, answer="later", on=clock.today() + 9 * DAY)
    services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=team.contact.id)
    merged = {"actor": system, "gone_id": team.carer.id, "kept_id": kept.id}

    services.move_person(merge_id=ids.new_id(), **merged)
    worklist.move_person(**merged)

    assert [item.person_id for item in of_kind("suggestion_later")] == [kept.id]
    assert [(item.taken_by, item.person_id) for item in of_kind("handover")] == [(team.contact.id, kept.id)]
