"""The pages of people: who gets in, what they show, what stays typed."""

import csv
import io
import json
import re
from datetime import timedelta
from html import unescape

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.audit import services as audit
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.people import policies, services
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.models import AccessQuestion, EmergencyAccess
from medspiller.people.tests import factories
from medspiller.ui.spreadsheets import harmless
from tests.support.database import HERE
from tests.support.staff import build_house, employ, sign_in

EMERGENCY = "/arbeid/blalys/"
TYPED = {"person_number": factories.NUMBER, "reason": factories.REASON, "sure": "on"}


def text_of(page):
    return " ".join(page.content.decode().split())


@pytest.fixture
def patient(here):
    return factories.make_person(number=factories.NUMBER)


@pytest.fixture
def nurse(staff, house):
    """A nurse in the home care, signed in."""
    return staff(Role.CARE_WORKER, house.home_care)


class TestThePerson:
    def test_shows_name_units_and_why_one_may_see(self, nurse, patient, house):
        factories.involve(patient, house.home_care)

        page = text_of(nurse.get(f"/arbeid/personer/{patient.id}/"))

        assert "Oddny Demoli" in page
        assert "Hjemmetjenesten vest har fulgt opp personen siden" in page
        assert factories.NUMBER not in page

    def test_warns_where_the_address_is_protected(self, nurse, house):
        hidden = factories.make_person(protected=ProtectedAddress.STRICT)
        factories.involve(hidden, house.home_care)

        assert "Fortrolig adresse" in text_of(nurse.get(f"/arbeid/personer/{hidden.id}/"))


class TestRefusals:
    @pytest.fixture
    def built(self, committed):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            return build_house(HERE)

    def enter(self, client, house, *, role=Role.CARE_WORKER, number=""):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            actor = factories.worker(HERE, house.home_care, role, number=number)
            sign_in(client, User.objects.get(id=actor.id))
            return actor

    def refusals(self):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            return list(AccessEntry.objects.filter(kind="refused").values_list("refusal_reason", "person_id"))

    def test_a_person_without_relation_is_as_nobody_and_the_attempt_is_logged(self, client, built):
        self.enter(client, built)
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            stranger = factories.make_person()

        assert client.get(f"/arbeid/personer/{stranger.id}/").status_code == 404
        assert self.refusals() == [("no_relation", stranger.id)]

    def test_ones_own_file_is_refused_and_logged(self, client, built):
        self.enter(client, built, number=factories.NUMBER)
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            herself = factories.make_person(number=factories.NUMBER)
            factories.involve(herself, built.home_care)

        assert client.get(f"/arbeid/personer/{herself.id}/").status_code == 403
        assert client.post(EMERGENCY, {**TYPED, "unit": str(built.home_care)}).status_code == 403
        assert self.refusals() == [("own_file", herself.id)] * 2

    def test_the_strictly_protected_look_like_nobody_to_a_search_and_the_attempt_is_logged(self, client, built):
        self.enter(client, built)
        nobody = client.post(EMERGENCY, {**TYPED, "unit": str(built.home_care)})
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            hidden = factories.make_person(number=factories.NUMBER, protected=ProtectedAddress.STRICT)

        somebody = client.post(EMERGENCY, {**TYPED, "unit": str(built.home_care)})

        def what_is_said(page):
            return re.sub(r'(nonce|value|content|data-draft-number)="[^"]*"', "", text_of(page))

        assert (nobody.status_code, somebody.status_code) == (422, 422)
        assert what_is_said(nobody) == what_is_said(somebody)
        assert self.refusals() == [("protected", hidden.id)]


class TestEmergencyAccess:
    def test_opens_the_person_with_a_banner_and_ends_when_one_is_done(self, nurse, patient, house):
        page = nurse.post(EMERGENCY, {**TYPED, "unit": str(house.home_care)}, follow=True)

        assert page.redirect_chain == [(f"/arbeid/personer/{patient.id}/", 302)]
        assert "Du er her med blålys" in text_of(page)
        assert "om 4 timer" in text_of(page)
        ended = nurse.post(f"/arbeid/blalys/{EmergencyAccess.objects.get().id}/avslutt/", follow=True)
        assert "Du har avsluttet tilgangen." in text_of(ended)

    def test_asks_for_one_whole_way_to_find_somebody(self, nurse, house):
        page = nurse.post(
            EMERGENCY, {**TYPED, "person_number": "", "given_name": "Oddny", "unit": str(house.home_care)}
        )

        assert page.status_code == 422
        assert "Fyll ut navn og fødselsdato, eller nummeret over." in text_of(page)
        assert factories.REASON in text_of(page)

    def test_keeps_what_was_typed_when_the_reason_is_too_thin(self, nurse, patient, house):
        page = nurse.post(EMERGENCY, {**TYPED, "reason": "det haster veldig", "unit": str(house.home_care)})

        assert page.status_code == 422
        assert "det haster veldig" in text_of(page)
        assert not EmergencyAccess.objects.exists()

    def test_finds_nobody_without_saying_more(self, nurse, house):
        page = nurse.post(EMERGENCY, {**TYPED, "unit": str(house.home_care)})

        assert page.status_code == 422
        assert "Vi fant ingen du kan åpne her" in text_of(page)

    def test_is_reviewed_by_the_leader(self, client, patient, house):
        nurse = factories.worker(house.tenant_id, house.home_care, name="Nora Demonatt")
        access = services.open_emergency_access(
            actor=nurse, person_id=patient.id, unit_id=house.home_care, reason=factories.REASON
        )
        sign_in(client, employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.LEADER))
        address = f"/arbeid/blalys/gjennomgang/{access.id}/"

        assert factories.REASON in text_of(client.get("/arbeid/blalys/gjennomgang/"))
        assert "Nora Demonatt" in text_of(client.get(address))
        assert client.post(address, {"verdict": "not_ok", "note": ""}).status_code == 422
        done = client.post(address, {"verdict": "not_ok", "note": "Ingen grunn."}, follow=True)
        assert "Vurderingen er lagret." in text_of(done)
        assert "Ikke i orden" in text_of(client.get("/arbeid/blalys/gjennomgang/?vis=ferdige"))
        assert client.post(address, {"verdict": "ok", "note": "Likevel."}).status_code == 409


class TestTheReport:
    @pytest.fixture
    def leader(self, client, house):
        nurse = factories.worker(house.tenant_id, house.home_care, name="=1+1 Demosnok")
        audit.record(actor=nurse, action="x", kind="read", information="carers", person_id=factories.make_person().id)
        sign_in(client, employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.LEADER))
        return client

    @pytest.mark.parametrize("address", ["/arbeid/innsynslogg/", "/arbeid/innsynslogg/utskrift/"])
    def test_names_who_looked(self, leader, address):
        assert "Demosnok" in text_of(leader.get(address))

    def test_is_narrowed_to_a_period_and_sorted(self, leader):
        yesterday = (clock.today() - timedelta(days=1)).isoformat()

        assert "Demosnok" not in text_of(leader.get("/arbeid/innsynslogg/", {"til": yesterday}))
        assert "Demosnok" in text_of(leader.get("/arbeid/innsynslogg/", {"sorter": "hvem"}))
        assert leader.get("/arbeid/innsynslogg/", {"fra": "2026-02-02", "til": "2026-02-01"}).status_code == 422

    def test_as_a_table_runs_nothing(self, leader):
        answer = leader.get("/arbeid/innsynslogg/liste.csv")
        (_heading, line) = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")

        assert line[1] == "'=1+1 Demosnok"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", " =1", "\N{NO-BREAK SPACE}=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cell):
    assert harmless(cell) == f"'{cell}"


def test_other_cells_are_left_alone():
    assert harmless("Oddny = Demoli") == "Oddny = Demoli"


class TestMyOwnLog:
    LOG = "/min-side/innsyn/"

    @pytest.fixture
    def kari(self, client, here):
        account = factories.citizen_account(here)
        factories.make_person("Kari", user=account)
        sign_in(client, account)
        return client

    @pytest.fixture
    def herself(self, kari):
        account = User.objects.get(kind="citizen")
        return policies.registered_as(factories.as_actor(account)).person_id

    @pytest.fixture
    def looked(self, herself, house):
        nurse = factories.worker(house.tenant_id, house.home_care, name="=Nora Demonatt")
        return audit.record(
            actor=nurse, action="x", kind="read", information="plan", person_id=herself, basis="involvement"
        )

    def test_says_who_what_and_why_in_plain_words(self, kari, looked):
        page = text_of(kari.get(self.LOG))

        assert "=Nora Demonatt i Bærum kommune så på: planen." in page

    def test_never_shows_what_is_withheld_or_somebody_elses(self, kari, herself, house):
        nurse = factories.worker(house.tenant_id, house.home_care, name="Nora Demonatt")
        audit.record(actor=nurse, action="x", kind="read", information="concern_for_child", person_id=herself)
        audit.record(actor=nurse, action="x", kind="read", information="plan", person_id=factories.make_person().id)

        for address in (self.LOG, self.LOG + "kopi.csv", self.LOG + "kopi.json", self.LOG + "utskrift/"):
            assert "Demonatt" not in text_of(kari.get(address))

    def test_goes_on_page_by_page_without_a_gap(self, kari, herself, house):
        nurse = factories.worker(house.tenant_id, house.home_care)
        for minute in range(60):
            with clock.frozen(clock.now() - timedelta(minutes=minute)):
                audit.record(actor=nurse, action="x", kind="read", information="plan", person_id=herself)
        address, seen = self.LOG, 0
        for _ in range(3):
            page = kari.get(address).content.decode()
            seen += page.count('class="p-entry"')
            older = re.search(r'href="(\?etter=[^"&]*)"[^>]*>Vis eldre', page)
            address = self.LOG + older[1] if older else ""

        assert address == ""
        assert seen == 60

    def test_is_narrowed_by_period_and_by_what_was_done(self, kari, looked):
        yesterday = (clock.today() - timedelta(days=1)).isoformat()

        assert "Demonatt" not in text_of(kari.get(self.LOG, {"til": yesterday}))
        assert "Demonatt" not in text_of(kari.get(self.LOG, {"hva": "write"}))
        assert "Demonatt" in text_of(kari.get(self.LOG, {"hva": "read", "fra": yesterday}))
        assert kari.get(self.LOG, {"hva": "alt"}).status_code == 422
        assert kari.get(self.LOG, {"etter": "hit"}).status_code == 404

    def test_is_narrowed_to_what_others_did_on_every_page_and_in_the_copy(self, kari, herself, looked):
        me = factories.as_actor(User.objects.get(kind="citizen"))
        for minute in range(40):
            with clock.frozen(clock.now() + timedelta(minutes=minute)):
                audit.record(actor=me, action="x", kind="read", information="plan", person_id=herself, basis="own")
        assert "Demonatt" not in text_of(kari.get(self.LOG))

        page = text_of(kari.get(self.LOG, {"hvem": "andre"}))
        table = kari.get(self.LOG + "kopi.csv", {"hvem": "andre"}).content.decode("utf-8-sig")

        assert ("=Nora Demonatt i Bærum kommune så på: planen." in page, "Du så på" in page) == (True, False)
        assert [line[1] for line in csv.reader(io.StringIO(table), delimiter=";")][1:] == ["'=Nora Demonatt"]
        assert kari.get(self.LOG, {"hvem": "noen"}).status_code == 422

    def test_keeps_what_it_was_narrowed_to_on_the_way_back_to_the_newest(self, kari, herself, house):
        nurse = factories.worker(house.tenant_id, house.home_care)
        for _ in range(26):
            audit.record(actor=nurse, action="x", kind="read", information="plan", person_id=herself)
        first = kari.get(self.LOG, {"hva": "read"}).content.decode()
        older = re.search(r'href="(\?[^"]*etter=[^"]*)"', first)[1]

        page = kari.get(self.LOG + unescape(older)).content.decode()

        assert re.search(rf'href="{self.LOG}\?hva=read"[^>]*>Tilbake til de nyeste', page)

    def test_can_be_taken_along(self, kari, looked):
        table = kari.get(self.LOG + "kopi.csv").content.decode("utf-8-sig")
        (_heading, line) = csv.reader(io.StringIO(table), delimiter=";")
        told = json.loads(kari.get(self.LOG + "kopi.json").content)

        assert line[1] == "'=Nora Demonatt"
        assert [entry["id"] for entry in told["entries"]] == [str(looked)]

    def test_a_question_is_asked_answered_and_read(self, kari, looked, house, here):
        ask = f"{self.LOG}{looked}/spor/"
        assert "så på: planen." in text_of(kari.get(ask))
        assert kari.post(ask, {"text": " "}).status_code == 422
        asked = text_of(kari.post(ask, {"text": "Hvorfor?"}, follow=True))
        assert "Spørsmålet er sendt." in asked
        # What waits for its answer is told, and not asked once more.
        assert "Venter på svar" in asked
        assert f'href="{ask}"' not in asked
        leader = factories.worker(house.tenant_id, house.home_care, Role.LEADER, name="Leif Demoleder")
        services.answer_access_question(
            actor=leader, question_id=AccessQuestion.objects.get().id, answer="Vi planla besøket."
        )

        answered = text_of(kari.get(self.LOG))
        assert "Vi planla besøket." in answered
        assert "Spør en gang til om dette" in answered
        assert "Venter på svar" not in answered

    def test_nobody_registered_sees_an_empty_page(self, client, here):
        sign_in(client, factories.citizen_account(here))

        assert "Ingenting er registrert om deg her" in text_of(client.get(self.LOG))


class TestQuestionsAtTheUnit:
    def test_are_read_and_answered_once(self, client, house):
        person = factories.make_person("Kari")
        asked = AccessQuestion.objects.create(
            person=person, unit_id=house.home_care, entry_id=person.id, entry_at=clock.now(), entry_kind="read",
            entry_actor_name="Nora Demonatt", entry_information=["plan"], text="Hvorfor?", asked_at=clock.now(),
        )  # fmt: skip
        sign_in(client, employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.CARER_CONTACT))
        address = f"/arbeid/sporsmal-om-innsyn/{asked.id}/"

        assert "Hvorfor?" in text_of(client.get("/arbeid/sporsmal-om-innsyn/"))
        assert "Nora Demonatt, planen" in text_of(client.get(address))
        assert client.post(address, {"answer": ""}).status_code == 422
        assert client.post(address, {"answer": "Vi planla besøket."}).status_code == 302
        late = client.post(address, {"answer": "Noe annet."})
        assert late.status_code == 409
        assert "Noe annet." in text_of(late)
