"""A plan stands in the carer's file, and asks about the patient too: neither is shown or told what is the other's."""

from datetime import timedelta
from typing import Any

import pytest

from medspiller.access.models import User
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.followup import selectors, services
from medspiller.followup.domain.plans import KeptBack
from medspiller.followup.models import Plan
from medspiller.followup.tests.factories import open_file
from medspiller.pathways.domain.happenings import Kind
from medspiller.pathways.tests.factories import body, publish, step, texts
from medspiller.people.domain.relations import RelationKind
from medspiller.people.tests.factories import as_actor, citizen_account, involve, make_person, relate
from tests.support.staff import sign_in

SLUG = "for-both"
COMPETENT = "Does she lack competence?"
STEPS = [
    step("call", title=texts("Ring om innleggelsen"), for_carer=texts("Vi ringer deg.")),
    step("decide", title=texts("Avgjør uten henne"), when={"fact": "competent", "is": False}),
    step("notice", repeats={"each": "admitted"}, due={"after": "event:admitted", "days": 1}),
    step("evaluate", repeats={"rhythm": [{"months": 1}]}, for_carer=texts("Vi spør hvordan det går.")),
]


def for_both(**more: Any) -> dict[str, Any]:
    """A pathway that asks about the patient and about the carer."""
    return body(
        slug=SLUG,
        url=f"https://medspiller.no/pathways/{SLUG}",
        title=texts("Når mor har demens"),
        facts={
            "competent": {"label": texts(COMPETENT), "owner": "patient"},
            "tired": {"label": texts("Is the carer tired?")},
        },
        events=["admitted", "carer-withdraws"],
        phases=[{"id": "all", "title": texts("Hele veien"), "steps": STEPS}],
        exit=[
            {"id": "enough", "text": texts("It is enough."), "fact": "tired"},
            {"id": "admitted", "text": texts("She was admitted."), "event": "admitted"},
        ],
        **more,
    )


@pytest.fixture
def mother(team):
    found = make_person("Oddny", "Demodal")
    relate(team.carer, found, RelationKind.PARENT)
    return found


@pytest.fixture
def plan(team, mother, here) -> Plan:
    publish(here, for_both())
    return begun(team, about_id=mother.id)


def begun(team, **more: Any) -> Plan:
    return services.start_plan(actor=team.nurse, file_id=open_file(team).id, slug=SLUG, holder_id=team.nurse.id, **more)


def may_open(team, mother) -> None:
    involve(mother, team.unit_id)


def told_of(person) -> list[tuple[str, str, list[str]]]:
    found = AccessEntry.objects.filter(person_id=person.id, action__startswith="followup.").order_by("id")
    return [(each.action, each.kind, each.information) for each in found if each.action != "followup.read_file"]


class TestWhoeverMayNotOpenThePatient:
    @pytest.fixture
    def seen(self, team, mother, plan):
        """What stood there when her unit had to do with the mother: it has no more."""
        involvement = involve(mother, team.unit_id)
        services.tell_fact(actor=team.nurse, plan_id=plan.id, fact="competent", value=False)
        services.tell_fact(actor=team.nurse, plan_id=plan.id, fact="tired", value=True)
        services.tell_event(actor=team.nurse, plan_id=plan.id, event="admitted")
        involvement.ends_at = clock.now() - timedelta(hours=1)
        involvement.save(update_fields=["ends_at"])
        return selectors.plan(actor=team.nurse, plan_id=plan.id)

    def test_reads_nothing_of_the_patient_and_keeps_what_is_the_carers(self, seen):
        assert seen.keeps_back
        assert seen.run.progress.facts == (("tired", True),)
        assert [each.line.fact for each in seen.run.history if each.line.kind is Kind.FACT] == ["tired"]
        assert not [each for each in seen.run.history if each.line.event == "admitted"]
        assert [each.id for each in seen.run.progress.reached] == ["enough"]
        assert seen.run.progress.step("decide").step.title["nb"] == "Avgjør uten henne"

    def test_reads_so_on_the_page(self, client, team, plan, seen):
        sign_in(client, User.objects.get(id=team.nurse.id))

        page = client.get(f"/arbeid/oppfolging/plan/{plan.id}/").content.decode()

        assert "holdes tilbake" in page
        assert COMPETENT not in page
        assert "Is the carer tired?" in page
        asked = f"/arbeid/oppfolging/plan/{plan.id}/vet/competent/"
        assert client.get(asked).status_code == 302
        client.post(asked, {"svar": "ja"})
        assert selectors.plan(actor=team.nurse, plan_id=plan.id).run.version == seen.run.version
        assert b'value="admitted"' not in client.get(f"/arbeid/oppfolging/plan/{plan.id}/hendelse/").content

    def test_tells_nothing_of_the_patient(self, team, plan):
        assert selectors.plan(actor=team.nurse, plan_id=plan.id).run.progress.missing_facts == ()
        with pytest.raises(KeptBack):
            services.tell_fact(actor=team.nurse, plan_id=plan.id, fact="competent", value=False)
        with pytest.raises(KeptBack):
            services.tell_event(actor=team.nurse, plan_id=plan.id, event="admitted")
        services.tell_event(actor=team.nurse, plan_id=plan.id, event="carer-withdraws")

    def test_nor_in_a_plan_that_is_about_nobody(self, team, here):
        publish(here, for_both())
        with pytest.raises(KeptBack):
            begun(team, facts={"competent": False})

    def test_leaves_nothing_in_the_patients_log(self, mother, plan, team):
        selectors.plan(actor=team.nurse, plan_id=plan.id)

        assert told_of(mother) == []


class TestWhoeverMayOpenThePatient:
    def test_reads_and_tells_it_and_both_read_so_in_their_logs(self, team, mother, plan):
        may_open(team, mother)
        assert selectors.plan(actor=team.nurse, plan_id=plan.id).run.progress.missing_facts == ("competent",)
        services.tell_fact(actor=team.nurse, plan_id=plan.id, fact="competent", value=False)
        services.undo(actor=team.nurse, plan_id=plan.id)
        services.tell_fact(actor=team.nurse, plan_id=plan.id, fact="tired", value=True)

        assert told_of(mother) == [
            ("followup.read_plan", "read", ["name_and_birth", "carers", "plan"]),
            ("followup.tell_fact", "write", ["plan"]),
            ("followup.undo", "write", ["plan"]),
        ]
        assert [action for action, *_ in told_of(team.carer)][-3:] == [
            "followup.tell_fact",
            "followup.undo",
            "followup.tell_fact",
        ]

    def test_tells_it_when_the_plan_begins(self, team, mother, here):
        publish(here, for_both())
        may_open(team, mother)

        begun(team, about_id=mother.id, facts={"competent": False})

        assert told_of(mother) == [("followup.start_plan", "write", ["plan"])]


class TestTheCarer:
    @pytest.fixture
    def carer(self, team, here):
        account = citizen_account(here)
        team.carer.user_id = account.id
        team.carer.save(update_fields=["user"])
        return account

    def test_reads_the_words_that_are_theirs_and_nothing_of_the_patient(self, client, team, mother, plan, carer):
        may_open(team, mother)
        services.tell_fact(actor=team.nurse, plan_id=plan.id, fact="competent", value=False)
        services.tell_event(actor=team.nurse, plan_id=plan.id, event="admitted")

        words = [each.words["nb"] for each in selectors.own_steps(actor=as_actor(carer))]
        assert words == ["Vi ringer deg.", "Vi spør hvordan det går."]
        assert [each.title["nb"] for each in selectors.own_file(actor=as_actor(carer)).plans] == ["Oppfølging"]
        sign_in(client, carer)
        page = client.get("/min-side/oppfolging/").content.decode()
        assert "Vi ringer deg." in page
        assert not [title for title in ("innleggelsen", "uten henne", "notice", "demens") if title in page]

    def test_reads_the_name_that_a_plan_has_for_them(self, team, mother, here, carer):
        publish(here, for_both(own_title=texts("Støtte til deg")))
        begun(team, about_id=mother.id)

        (plan,) = selectors.own_file(actor=as_actor(carer)).plans
        assert (plan.title["nb"], plan.holder) == ("Støtte til deg", team.nurse.name)
