"""The pages on which what may be told is read, entered and changed."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from medspiller.access.domain.roles import Role as Post
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.people import services
from medspiller.people.domain.circumstances import Circumstance
from medspiller.people.domain.consents import ConsentDetails, ConsentTopic
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.models import ChildrenAnswer, CircumstanceJudged, CompetenceDecision, Consent, Person
from medspiller.people.tests import factories

PDF = b"%PDF-1.7\n1 0 obj\nSamtykke\n%%EOF\n"
CONSENT = {"decision": "given", "topics": ["health"], "obtained": "oral", "obtained_note": ""}


def text_of(page):
    return " ".join(page.content.decode().split())


@pytest.fixture
def patient(here, house):
    made = factories.make_person("Oddny")
    factories.involve(made, house.home_care)
    return made


@pytest.fixture
def wife(patient, house):
    made = factories.make_person("Berit", "Demovoll")
    relation = factories.relate(patient, made, RelationKind.SPOUSE)
    factories.give_role(relation, patient=patient, carer=made, role=Role.NAERMESTE)
    return made


@pytest.fixture
def nurse(staff, house):
    return staff(Post.CARE_WORKER, house.home_care)


@pytest.fixture
def colleague(house):
    """Somebody beside the nurse, who writes through the services."""
    return factories.worker(house.tenant_id, house.home_care, name="Nora Demonatt")


@pytest.fixture
def address(patient, wife):
    return f"/arbeid/personer/{patient.id}/parorende/{wife.id}/"


@pytest.fixture
def consent(colleague, patient, wife):
    details = ConsentDetails(topics=frozenset({ConsentTopic.HEALTH, ConsentTopic.PLAN}), to_person_id=wife.id)
    return services.give_consent(actor=colleague, owner_id=patient.id, details=details)


class TestTheCarer:
    def test_is_told_nothing_before_somebody_has_asked_and_the_page_says_where_to_enter_it(self, nurse, address):
        page = text_of(nurse.get(address))

        assert "Berit Demovoll" in page
        assert "Vi vet ikke nok" in page
        assert f'href="{address}samtykke/"' in page

    @pytest.mark.parametrize(
        ("protected", "seen"), [("none", {"name_and_birth", "cared_for"}), ("strengt_fortrolig", {"cared_for"})]
    )
    def test_has_it_in_the_log_that_the_name_was_seen_only_where_it_was(self, nurse, address, wife, protected, seen):
        Person.objects.filter(id=wife.id).update(protected_address=protected)

        page = text_of(nurse.get(address))

        assert ("Berit Demovoll" in page) is ("name_and_birth" in seen)
        assert set(AccessEntry.objects.get(person_id=wife.id).information) == seen

    def test_is_told_when_the_patient_says_yes(self, nurse, address):
        assert nurse.post(f"{address}samtykke/", CONSENT).status_code == 302

        page = text_of(nurse.get(address))
        assert "Ja, det er en rett" in page
        assert "pasient- og brukerrettighetsloven § 3-3 (1)" in page

    def test_told_is_written_into_the_log(self, nurse, address, consent, patient, wife):
        assert nurse.post(f"{address}fortalt/", {"rule": "I9"}).status_code == 302

        entry = AccessEntry.objects.get(action="people.record_told")
        assert (entry.person_id, entry.subject_id) == (patient.id, wife.id)

    def test_a_consent_withdrawn_while_the_page_is_open_stops_what_rests_on_it(
        self, nurse, address, colleague, consent
    ):
        assert "I9" in text_of(nurse.get(address))
        services.withdraw_consent(actor=colleague, consent_id=consent.id)

        page = nurse.post(f"{address}fortalt/", {"rule": "I9"})

        assert page.status_code == 409
        assert "Dette gjelder ikke lenger" in text_of(page)
        assert not AccessEntry.objects.filter(action="people.record_told").exists()

    def test_on_a_day_that_is_past_shows_what_held_then_and_cannot_be_acted_on(self, nurse, address, consent):
        yesterday = clock.today() - timedelta(days=1)

        page = text_of(nurse.get(address, {"dato": yesterday.isoformat()}))

        assert "En gammel sak" in page
        assert "Vi vet ikke nok" in page
        assert "Jeg har fortalt" not in page
        assert nurse.get(address, {"dato": "igår"}).status_code == 422

    def test_of_a_stranger_or_who_is_no_carer_is_as_nobody(self, nurse, house, patient):
        stranger, other = factories.make_person("Fremmed"), factories.make_person("Ukjent")

        assert nurse.get(f"/arbeid/personer/{stranger.id}/parorende/{other.id}/").status_code == 404
        assert nurse.get(f"/arbeid/personer/{patient.id}/parorende/{other.id}/").status_code == 404


class TestConsents:
    def test_keep_what_was_typed_when_refused(self, nurse, address):
        page = nurse.post(f"{address}samtykke/", {**CONSENT, "obtained": "by_parents", "obtained_note": "Moren"})

        assert page.status_code == 422
        assert "Fra 16 år bestemmer personen selv" in text_of(page)
        assert "Moren" in text_of(page)
        assert not Consent.objects.exists()

    def test_that_say_no_have_no_last_day(self, nurse, address, consent):
        no = {**CONSENT, "decision": "refused", "last_day": clock.today() + timedelta(days=7)}

        page = nurse.post(f"{address}samtykke/", no)

        assert page.status_code == 422
        assert "Et nei har ingen siste dag" in text_of(page)
        consent.refresh_from_db()
        assert consent.withdrawn_at is None

    def test_to_a_unit_are_taken_down_and_listed(self, nurse, patient, house):
        base = f"/arbeid/personer/{patient.id}/samtykker/"
        assert nurse.get(f"{base}nytt/").status_code == 200

        nurse.post(f"{base}nytt/", {**CONSENT, "topics": ["own_situation"], "unit": str(house.carers), "other": ""})

        assert "Pårørendesenteret" in text_of(nurse.get(base))

    def test_are_narrowed_and_withdrawn_once(self, nurse, consent):
        base = f"/arbeid/samtykker/{consent.id}/"
        assert nurse.post(f"{base}smalere/", {"topics": ["health", "plan"], "last_day": ""}).status_code == 422
        assert nurse.get(f"{base}smalere/").status_code == 200

        narrowed = nurse.post(f"{base}smalere/", {"topics": ["plan"], "last_day": ""}, follow=True)

        assert "Fra nå av kan det fortelles mindre." in text_of(narrowed)
        assert nurse.post(f"{base}trekk/").status_code == 409
        left = Consent.objects.get(withdrawn_at=None)
        assert nurse.post(f"/arbeid/samtykker/{left.id}/trekk/").status_code == 302
        assert not Consent.objects.filter(withdrawn_at=None).exists()

    def test_take_a_paper_and_give_it_back_as_a_file_no_browser_opens(self, nurse, consent):
        base = f"/arbeid/samtykker/{consent.id}/"
        wrong = nurse.post(f"{base}vedlegg/", {"paper": SimpleUploadedFile("samtykke.pdf", b"<script>")})
        assert wrong.status_code == 422
        assert "PDF, PNG eller JPEG" in text_of(wrong)
        assert "ikke sjekket for virus" in text_of(nurse.get(base))

        nurse.post(f"{base}vedlegg/", {"paper": SimpleUploadedFile("<x>.exe", PDF)})

        paper = nurse.get(f"/arbeid/samtykker/vedlegg/{consent.scans.get().id}/")
        assert paper.content == PDF
        assert paper["Content-Disposition"].startswith('attachment; filename="samtykke-')
        assert paper["X-Content-Type-Options"] == "nosniff"


class TestJudgements:
    def test_competence_is_decided_shown_and_ended(self, nurse, patient, address):
        base = f"/arbeid/personer/{patient.id}/"
        assert nurse.get(f"{base}kompetanse/").status_code == 200
        assert nurse.post(f"{base}kompetanse/", {"matter": "Korttidsopphold"}).status_code == 422
        typed = {"matter": "Korttidsopphold", "competent": "no", "reason": "Husker ikke hva det gjelder."}
        nurse.post(f"{base}kompetanse/", typed)
        decision = CompetenceDecision.objects.get()

        page = text_of(nurse.get(address))
        assert "Korttidsopphold" in page
        assert "pasient- og brukerrettighetsloven § 3-3 (2)" in page
        shown = f"/arbeid/vurderinger/kompetanse/{decision.id}/vist/"
        for typed in ({}, {"whom": "everybody"}):
            refused = nurse.post(shown, typed)
            assert refused.status_code == 422
            assert "Ingenting ble skrevet ned" in text_of(refused)
        assert not AccessEntry.objects.filter(action="people.show_competence").exists()
        nurse.post(shown, {"whom": "patient"})
        decision.refresh_from_db()
        assert decision.shown_to_patient_at
        end = f"/arbeid/vurderinger/kompetanse/{decision.id}/avslutt/"
        assert nurse.get(end).status_code == 200
        assert nurse.post(end, {"reason": "Han er frisk igjen."}).status_code == 302
        assert nurse.post(end, {"reason": "Han er frisk igjen."}).status_code == 409
        assert "Han er frisk igjen." in text_of(nurse.get(f"{base}vurderinger/"))

    def test_an_emergency_is_entered_for_one_carer_and_ended(self, nurse, patient, address):
        assert nurse.get(f"{address}forhold/").status_code == 200
        assert nurse.post(f"{address}forhold/", {"code": "situation_calls_for_it"}).status_code == 422

        nurse.post(f"{address}forhold/", {"code": "situation_calls_for_it", "reason": "Bevisstløs etter fallet."})

        row = CircumstanceJudged.objects.get()
        assert row.review_on == clock.today() + timedelta(days=1)
        assert "Ja, det er en rett" in text_of(nurse.get(address))
        end = f"/arbeid/vurderinger/forhold/{row.id}/avslutt/"
        assert nurse.get(end).status_code == 200
        nurse.post(end, {"reason": "Hun er våken."})
        assert "Vi vet ikke nok" in text_of(nurse.get(address))
        assert "Hun er våken." in text_of(nurse.get(f"/arbeid/personer/{patient.id}/vurderinger/"))

    def test_only_what_can_be_so_at_this_age_is_offered(self, nurse, patient):
        page = text_of(nurse.get(f"/arbeid/personer/{patient.id}/forhold/"))

        assert Circumstance.DANGER_TO_OTHERS.value in page
        assert Circumstance.CHILD_REFUSES_WITH_REASON.value not in page
        assert Circumstance.DEATH_UNEXPECTED.value not in page


class TestChildren:
    def test_are_not_asked_about_until_somebody_has(self, nurse, patient):
        address = f"/arbeid/personer/{patient.id}/barn/"
        assert "ikke det samme som nei" in text_of(nurse.get(address))
        answers = dict.fromkeys(("minor_children", "minor_siblings", "imprisonment", "disability"), "not_asked")

        nurse.post(address, {**answers, "minor_children": "yes", "minor_siblings": "no"})

        assert dict(ChildrenAnswer.objects.values_list("topic", "reply")) == {
            "minor_children": "yes", "minor_siblings": "no"
        }  # fmt: skip
        page = text_of(nurse.get(address))
        assert "Spurt av Solveig Demomyr" in page
        assert "ikke det samme som nei" not in page
        nurse.post(address, {**answers, "minor_children": "yes", "minor_siblings": "no", "again": "on"})
        assert ChildrenAnswer.objects.count() == 4
        assert nurse.post(address, {"minor_children": "kanskje"}).status_code == 422
