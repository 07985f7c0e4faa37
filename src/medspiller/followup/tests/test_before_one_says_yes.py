"""What somebody is told before they answer: of a plan that is offered, and of plans that a stand-in cannot have."""

from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import selectors, services
from medspiller.followup.models import Absence, Holding, Plan
from medspiller.followup.tests.factories import open_file, start_plan
from medspiller.pathways.models import OpenStep
from medspiller.people import services as register
from medspiller.people.domain.consents import ConsentDetails, ConsentTopic
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import Consent, Involvement
from medspiller.people.tests.factories import involve, make_person, relate, worker
from tests.support.staff import sign_in

AWAY = "/arbeid/fravar/"


def text_of(page):
    return " ".join(page.content.decode().split())


def signed_in(client, actor):
    sign_in(client, User.objects.get(id=actor.id))
    return client


@pytest.fixture
def plan(team) -> Plan:
    return start_plan(team)


class TestAPlanThatIsOffered:
    def offer(self, team, plan, to=None, **more):
        to = to or team.contact
        return services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=to.id, **more)

    def test_says_where_it_is_held_how_much_waits_and_when(self, client, team, plan):
        row, waits = self.offer(team, plan), OpenStep.objects.filter(run_id=plan.run_id)
        (seen,) = selectors.handovers_to_me(actor=team.contact)

        assert (seen.outline.unit_name, seen.outline.open_steps) == ("Hjemmetjenesten vest", waits.count())
        assert seen.outline.next_due == min(waits.exclude(due_on=None).values_list("due_on", flat=True))
        page = text_of(signed_in(client, team.contact).get(f"/arbeid/oppfolging/overlevering/{row.id}/"))
        assert "Hjemmetjenesten vest" in page
        assert "Venter på å bli gjort" in page
        assert 'name="svar" value="ja"' in page

    def test_keeps_its_phase_back_where_that_may_tell_of_a_patient_whom_one_may_not_open(self, team, plan):
        patient = make_person("Oddny", "Demoli")
        Plan.objects.filter(id=plan.id).update(about=patient)
        row = self.offer(team, plan)
        assert selectors.handover(actor=team.contact, handover_id=row.id).outline.phase is None

        involve(patient, team.unit_id)

        assert selectors.handover(actor=team.contact, handover_id=row.id).outline.phase["nb"] == "Clarify"

    def test_to_another_unit_shows_no_name_stands_in_her_log_and_ends_with_the_consent(self, team, plan):
        elsewhere = worker(team.house.tenant_id, team.house.carers, Role.CARER_CONTACT, name="Berit Demoro")
        consent = Consent.objects.create(
            owner=team.carer, to_unit_id=team.house.carers, topics=[ConsentTopic.PLAN.value], decision="given",
            obtained="oral", starts_at=clock.now() - timedelta(days=1), recorded_by=actors.SYSTEM_ID,
            recorded_at=clock.now(),
        )  # fmt: skip
        row = self.offer(team, plan, elsewhere, to_unit_id=team.house.carers)

        seen = selectors.handover(actor=elsewhere, handover_id=row.id)

        assert (seen.carer, seen.outline.unit_name) == ("", "Hjemmetjenesten vest")
        entries = AccessEntry.objects.filter(action="followup.read_handover", person_id=team.carer.id)
        assert {each.actor_id for each in entries} == {elsewhere.id}
        consent.withdrawn_at, consent.withdrawn_by = clock.now(), actors.SYSTEM_ID
        consent.save()
        assert selectors.handover(actor=elsewhere, handover_id=row.id).outline is None

    def test_is_not_said_to_be_read_by_whoever_has_come_too_close_to_see_it(self, team, plan):
        elsewhere = worker(team.house.tenant_id, team.house.carers, Role.CARER_CONTACT, name="Berit Demoro")
        details = ConsentDetails(topics=frozenset({ConsentTopic.PLAN}), to_unit_id=team.house.carers)
        register.give_consent(actor=team.nurse, owner_id=team.carer.id, details=details)
        row = self.offer(team, plan, elsewhere, to_unit_id=team.house.carers)
        sister = make_person("Berit", "Demoro", user=User.objects.get(id=elsewhere.id))
        relate(team.carer, sister, RelationKind.SIBLING)

        assert selectors.handovers_to_me(actor=elsewhere) == []
        with pytest.raises(NotFound):
            selectors.handover(actor=elsewhere, handover_id=row.id)
        assert not AccessEntry.objects.filter(action="followup.read_handover").exists()

    def test_shows_nothing_to_whoever_may_open_her_no_more(self, team, plan):
        row = self.offer(team, plan)
        Involvement.objects.filter(person=team.carer).update(ends_at=clock.now())

        seen = selectors.handover(actor=team.contact, handover_id=row.id)

        assert (seen.carer, seen.why, seen.outline) == ("", "", None)


class TestPlansThatAStandInCannotHave:
    @pytest.fixture
    def elsewhere(self, team) -> Plan:
        """A plan of the nurse's in a unit where the stand-in does not work."""
        carer = make_person("Liv", "Demoland")
        involve(carer, team.unit_id, basis=InvolvementBasis.SUPPORT)
        involve(carer, team.house.carers, basis=InvolvementBasis.SUPPORT)
        made = start_plan(team, file=open_file(team, carer=carer))
        Plan.objects.filter(id=made.id).update(unit_id=team.house.carers)
        return made

    def sent(self, team, **more):
        who = {"hvem": str(team.nurse.id), "vikar": str(team.contact.id)}
        return {**who, "fra": clock.today().isoformat(), "til": "", **more}

    def test_are_named_before_anything_is_stored(self, client, team, plan, elsewhere):
        pages = signed_in(client, team.nurse)
        told = pages.post(AWAY, self.sent(team))

        page = text_of(told)
        assert told.status_code == 200
        assert "Ingenting er lagret ennå" in page
        assert "Liv Demoland (Pårørendesenteret)" in page
        assert "Randi Demoli" not in page
        assert not Absence.objects.exists()
        assert set(Holding.objects.filter(ends_at=None).values_list("holder_id", flat=True)) == {team.nurse.id}

        pages.post(AWAY, self.sent(team, sett="ja"))

        assert Absence.objects.count() == 1
        held = dict(Holding.objects.filter(ends_at=None).values_list("plan_id", "holder_id"))
        assert held[plan.id] == team.contact.id
        assert held[elsewhere.id] != team.contact.id

    def test_are_none_where_nobody_stands_in_or_they_work_everywhere(self, team, plan, elsewhere):
        everywhere = worker(team.house.tenant_id, team.house.top, Role.CARER_CONTACT, name="Tone Demohaug")

        assert selectors.plans_left_to_leader(actor=team.nurse) == ()
        assert selectors.plans_left_to_leader(actor=team.nurse, stand_in_id=everywhere.id) == ()
        (left,) = selectors.plans_left_to_leader(actor=team.nurse, stand_in_id=team.contact.id)
        assert left.plan_id == elsewhere.id

    def test_of_somebody_else_are_for_their_leader_alone_without_names_kept_back(self, team, plan, elsewhere):
        asked = {"user_id": team.nurse.id, "stand_in_id": team.contact.id}

        with pytest.raises((NotAllowed, NotFound)):
            selectors.plans_left_to_leader(actor=team.contact, **asked)
        Involvement.objects.filter(person__given_name="Liv").update(ends_at=clock.now())
        (left,) = selectors.plans_left_to_leader(actor=team.leader, **asked)
        assert (left.plan_id, left.carer) == (elsewhere.id, "")
