"""The person's page as a whole: the sentence beside each relation, the sections below, and what they cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.access.domain.roles import Role as Post
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.people import services
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.circumstances import Circumstance, CircumstanceDetails
from medspiller.people.domain.competence import CompetenceDetails
from medspiller.people.domain.consents import ConsentDecision, ConsentDetails, ConsentTopic
from medspiller.people.domain.contacts import ContactDetails, ContactSystem
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.models import Consent, Relation, Statement
from medspiller.people.tests import factories

WORDS = "Sover lite, og trenger en å snakke med."
YES = "Ja, det er en rett"


def text_of(page):
    return " ".join(page.content.decode().split())


def page_of(person, more=""):
    return f"/arbeid/personer/{person.id}/{more}"


@pytest.fixture
def nurse(staff, house):
    return staff(Post.CARE_WORKER, house.home_care)


@pytest.fixture
def colleague(house):
    return factories.worker(house.tenant_id, house.home_care, name="Nora Demonatt")


@pytest.fixture
def patient(house):
    made = factories.make_person("Oddny")
    factories.involve(made, house.home_care)
    return made


@pytest.fixture
def wife(patient):
    made = factories.make_person("Berit", "Demovoll")
    relation = factories.relate(patient, made, RelationKind.SPOUSE)
    factories.give_role(relation, patient=patient, carer=made, role=Role.NAERMESTE)
    return made


@pytest.fixture
def let(colleague, patient):
    """The patient says yes or no: `let(ConsentTopic.HEALTH, to=wife)`."""

    def said(*topics, to=None, decision=ConsentDecision.GIVEN):
        receiver = {"to_person_id": to.id} if to else {"to_other": "Demoskolen"}
        details = ConsentDetails(topics=frozenset(topics), decision=decision, **receiver)
        return services.give_consent(actor=colleague, owner_id=patient.id, details=details)

    return said


def lets_know(carer, unit_id):
    """A carer lets a unit know how they are."""
    Statement.objects.create(owner=carer, text=WORDS, said_at=clock.now(), recorded_by=SYSTEM_ID)
    now = clock.now()
    return Consent.objects.create(
        owner=carer, to_unit_id=unit_id, topics=["own_situation"], decision="given", obtained="oral",
        starts_at=now - timedelta(days=1), recorded_by=SYSTEM_ID, recorded_at=now,
    )  # fmt: skip


class TestWhatMayBeTold:
    def test_stands_beside_the_relation_with_the_law_and_a_way_on(self, nurse, patient, wife, let):
        assert "Vi vet ikke nok" in text_of(nurse.get(page_of(patient)))
        let(ConsentTopic.HEALTH, to=wife)
        page = text_of(nurse.get(page_of(patient)))

        assert YES in page
        assert "pasient- og brukerrettighetsloven § 3-3 (1)" in page
        assert f'href="{page_of(patient)}parorende/{wife.id}/"' in page

    def test_is_no_more_in_the_second_in_which_it_is_taken_back(self, nurse, colleague, patient, wife, let):
        consent = let(ConsentTopic.HEALTH, to=wife)
        assert YES in text_of(nurse.get(page_of(patient)))
        services.withdraw_consent(actor=colleague, consent_id=consent.id)

        assert YES not in text_of(nurse.get(page_of(patient)))

    def test_is_not_said_to_a_unit_that_only_calls_the_person(self, staff, house, patient, wife, let):
        let(ConsentTopic.HEALTH, to=wife)
        factories.involve(patient, house.carers, basis=InvolvementBasis.EMERGENCY_CONTACT)
        page = text_of(staff(Post.CARER_CONTACT, house.carers).get(page_of(patient)))

        assert "Oddny" in page
        for kept in (YES, "Barn og søsken", "Det ansatte har vurdert", "Det personen har bestemt"):
            assert kept not in page


class TestTheSections:
    def test_say_what_is_not_asked_yet_and_then_what_was_answered(self, nurse, colleague, house, patient):
        assert "Ikke spurt ennå" in text_of(nurse.get(page_of(patient)))
        for topic in ChildrenTopic:
            services.answer_children(
                actor=colleague, patient_id=patient.id, unit_id=house.home_care, topic=topic, reply=ChildrenReply.NO
            )
        page = text_of(nurse.get(page_of(patient)))

        assert "Ikke spurt ennå" not in page
        assert "Nora Demonatt" in page

    def test_say_what_may_be_shared_only_where_there_are_children(self, nurse, colleague, house, patient):
        heading = "Dette kan du dele av hensyn til barna"
        assert heading not in text_of(nurse.get(page_of(patient)))
        child = factories.make_person("Sunniva", birth_date=clock.today() - timedelta(days=3000))
        factories.relate(patient, child, RelationKind.CHILD)

        assert heading in text_of(nurse.get(page_of(patient)))

    @pytest.mark.parametrize(
        ("decision", "told"),
        [
            (ConsentDecision.GIVEN, "Skjul navnet der du kan"),
            (ConsentDecision.REFUSED, "Spør leder eller jurist"),
        ],
    )
    def test_go_by_what_the_patient_says_of_sharing_and_keep_the_reservation(
        self, nurse, colleague, house, patient, let, decision, told
    ):
        services.answer_children(
            actor=colleague, patient_id=patient.id, unit_id=house.home_care, topic=ChildrenTopic.MINOR_CHILDREN,
            reply=ChildrenReply.YES,
        )  # fmt: skip
        let(ConsentTopic.CHILD_FOLLOW_UP, decision=decision)
        page = text_of(nurse.get(page_of(patient)))

        assert told in page
        assert ("Ikke bekreftet av jurist" in page) is (clock.today() >= date(2026, 7, 1))

    def test_show_what_matters_to_the_patient(self, nurse, colleague, patient):
        services.record_statement(actor=colleague, owner_id=patient.id, text="Å få være hjemme.")

        assert "Å få være hjemme." in text_of(nurse.get(page_of(patient)))

    def test_show_what_a_carer_says_only_while_they_let_it(self, nurse, house, patient, wife):
        consent = lets_know(wife, house.home_care)
        page = text_of(nurse.get(page_of(patient)))
        assert WORDS in page
        assert "Det Berit Demovoll har latt dere få vite" in page
        Consent.objects.filter(id=consent.id).update(withdrawn_at=clock.now(), withdrawn_by=SYSTEM_ID)

        assert WORDS not in text_of(nurse.get(page_of(patient)))

    def test_show_what_was_judged_and_what_was_decided(self, nurse, colleague, patient, wife, let):
        let(ConsentTopic.DAILY_LIFE, to=wife)
        services.decide_competence(
            actor=colleague, patient_id=patient.id, details=CompetenceDetails("Korttidsopphold", False, "Husker ikke.")
        )
        page = text_of(nurse.get(page_of(patient)))

        assert "Korttidsopphold" in page
        assert "Hverdagen" in page

    def test_name_nobody_who_is_not_named_above(self, nurse, patient, wife, let):
        let(ConsentTopic.HEALTH, to=wife)
        type(wife).objects.filter(id=wife.id).update(protected_address=ProtectedAddress.STRICT.value)

        assert "Berit" not in text_of(nurse.get(page_of(patient)))


class TestTheLog:
    def test_keeps_what_must_be_withheld_in_an_entry_of_its_own(self, nurse, colleague, patient, wife):
        danger = CircumstanceDetails(Circumstance.DANGER_TO_OTHERS, "Har truet naboen.")
        services.judge_circumstance(actor=colleague, patient_id=patient.id, details=danger)
        before = {each.id for each in AccessEntry.objects.all()}
        nurse.get(page_of(patient))

        about = [e for e in AccessEntry.objects.exclude(id__in=before) if e.person_id == patient.id]
        safety = [each for each in about if "safety" in each.information]
        assert len(about) == 2
        assert [each.information for each in safety] == [["safety"]]
        assert safety[0].withheld != "none"

    @pytest.mark.parametrize("more", ["", "utskrift/"])
    def test_and_the_page_cost_twelve_statements_at_most(self, nurse, colleague, house, patient, wife, let, more):
        let(ConsentTopic.HEALTH, to=wife)
        lets_know(wife, house.home_care)
        danger = CircumstanceDetails(Circumstance.DANGER_TO_OTHERS, "Har truet naboen.")
        services.judge_circumstance(actor=colleague, patient_id=patient.id, details=danger)
        nurse.get(page_of(patient, more))
        with CaptureQueriesContext(connection) as queries:
            nurse.get(page_of(patient, more))

        asked = [each["sql"][:80] for each in queries if "SAVEPOINT" not in each["sql"]]
        assert len(asked) <= 12, asked


class TestOnPaper:
    def test_is_the_same_without_what_the_carer_said(self, nurse, house, patient, wife, let):
        let(ConsentTopic.HEALTH, to=wife)
        lets_know(wife, house.home_care)
        page = text_of(nurse.get(page_of(patient, "utskrift/")))

        assert "Berit Demovoll" in page
        assert YES in page
        assert "Skrevet ut av Solveig Demomyr" in page
        assert "pasient- og brukerrettighetsloven § 3-3 (1)" in page
        assert "pbrl" not in page
        assert WORDS not in page


class TestOnTheCarersPage:
    def test_the_patient_is_not_named_to_whoever_may_not_open_them(self, staff, house, patient, wife):
        factories.involve(wife, house.carers, basis=InvolvementBasis.SUPPORT)
        page = staff(Post.CARER_CONTACT, house.carers).get(f"{page_of(wife)}parorende/{patient.id}/")

        assert page.status_code == 200
        assert "Oddny" not in text_of(page)


class TestConnectingTwo:
    def test_who_are_registered_already(self, nurse, house, patient):
        neighbour = factories.make_person("Gudrun", "Demobakken")
        factories.involve(neighbour, house.home_care)
        found = text_of(nurse.post(page_of(patient, "knytt/"), {"q": "Gudrun"}))
        assert f"{page_of(patient)}knytt/{neighbour.id}/" in found
        page = nurse.post(page_of(patient, f"knytt/{neighbour.id}/"), {"kind": "neighbour"}, follow=True)

        assert "Gudrun Demobakken" in text_of(page)
        assert Relation.objects.get().kind == "neighbour"

    def test_says_what_cannot_be(self, nurse, house, patient, wife):
        factories.involve(wife, house.home_care)
        twice = nurse.post(page_of(patient, f"knytt/{wife.id}/"), {"kind": "spouse"})
        oneself = nurse.post(page_of(patient, f"knytt/{patient.id}/"), {"kind": "friend"})

        assert (twice.status_code, oneself.status_code) == (422, 422)
        assert "allerede" in text_of(twice)
        assert Relation.objects.count() == 1

    def test_finds_nobody_whom_one_cannot_open(self, nurse, patient):
        factories.make_person("Gudrun", "Demobakken")

        assert "Demobakken" not in text_of(nurse.post(page_of(patient, "knytt/"), {"q": "Gudrun"}))


class TestDrafts:
    TYPED = {"given_name": "Aslaug", "family_name": "Demovik", "kind": "friend"}

    def test_of_a_carer_survive_and_are_gone_when_the_carer_is_registered(self, nurse, house, patient):
        assert nurse.post(f"/arbeid/kladd/people.add_carer/?key={patient.id}", self.TYPED).status_code == 204
        assert 'value="Demovik"' in text_of(nurse.get(page_of(patient, "ny-parorende/")))
        sent = {**self.TYPED, "protected_address": "none", "unit": str(house.home_care)}
        assert nurse.post(page_of(patient, "ny-parorende/"), sent).status_code == 302

        assert 'value="Demovik"' not in text_of(nurse.get(page_of(patient, "ny-parorende/")))

    def test_of_a_judgement_survive(self, nurse, patient):
        keep = f"/arbeid/kladd/people.decide_competence/?key={patient.id}"
        assert nurse.post(keep, {"matter": "Korttidsopphold"}).status_code == 204

        assert "Korttidsopphold" in text_of(nurse.get(page_of(patient, "kompetanse/")))

    def test_of_yesterday_overwrite_nobody(self, nurse, patient):
        keep = f"/arbeid/kladd/people.change_person/?key={patient.id}"
        assert nurse.post(keep, {"best_time": "Kveld", "version": "1"}).status_code == 204
        type(patient).objects.filter(id=patient.id).update(version=2)

        assert nurse.get(page_of(patient, "endre/")).context["form"]["version"].value() == "1"


class TestACarersOwnPage:
    @pytest.fixture
    def contact(self, staff, house):
        return staff(Post.CARER_CONTACT, house.home_care)

    def carer(self, house, basis):
        made = factories.make_person("Kari", "Demolund")
        factories.involve(made, house.home_care, basis=basis)
        return made

    def test_asks_for_no_children_and_leads_to_their_follow_up(self, contact, house):
        kari = self.carer(house, InvolvementBasis.SUPPORT)

        page = text_of(contact.get(page_of(kari)))

        assert "Har pasienten barn under 18 år?" not in page
        assert f"/arbeid/oppfolging/person/{kari.id}/" in page

    def test_does_not_lead_there_for_a_unit_that_only_has_the_number(self, contact, house):
        kari = self.carer(house, InvolvementBasis.EMERGENCY_CONTACT)

        page = text_of(contact.get(page_of(kari)))

        assert "Kari Demolund" in page
        assert "/arbeid/oppfolging/person/" not in page

    def test_asks_for_a_carers_children_where_the_carer_is_a_patient_too(self, contact, house):
        kari = self.carer(house, InvolvementBasis.SUPPORT)
        factories.involve(kari, house.carers)

        assert "Har pasienten barn under 18 år?" in text_of(contact.get(page_of(kari)))


def test_what_is_not_asked_yet_was_asked_by_nobody(nurse, colleague, house, patient):
    services.answer_children(
        actor=colleague,
        patient_id=patient.id,
        unit_id=house.home_care,
        topic=ChildrenTopic.MINOR_SIBLINGS,
        reply=ChildrenReply.NOT_ASKED,
    )

    for path in ("", "barn/"):
        page = text_of(nurse.get(page_of(patient, path)))
        assert "Har pasienten søsken under 18 år?" in page
        assert "Spurt av" not in page, path


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (True, ""),
        (False, "Ikke legg igjen beskjed<"),
        (None, "Ikke legg igjen beskjed: ingen har spurt om det er trygt<"),
    ],
)
def test_that_nobody_asked_about_messages_is_not_said_to_be_a_no(nurse, colleague, patient, answer, words):
    details = ContactDetails(ContactSystem.PHONE, "00 00 00 01", safe_to_leave_message=answer)
    services.add_contact_point(actor=colleague, person_id=patient.id, details=details)

    page = text_of(nurse.get(page_of(patient)))

    assert page.count("Ikke legg igjen beskjed") == bool(words)
    assert words in page
