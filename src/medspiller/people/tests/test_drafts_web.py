"""Drafts on the pages that have them: kept on the way, found again, gone when the form is sent."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.test import RequestFactory

from medspiller.access.domain import actors
from medspiller.access.domain.drafts import LASTS, MOST_BYTES, MOST_DRAFTS, number_at
from medspiller.access.domain.roles import Role
from medspiller.access.models import Draft, User
from medspiller.access.web.drafts import of_form
from medspiller.audit import services as audit
from medspiller.core import clock, tenancy
from medspiller.people import services
from medspiller.people.domain.questions import TEXT_MOST
from medspiller.people.models import AccessQuestion, EmergencyAccess
from medspiller.people.tests import factories
from medspiller.ui.forms import Form
from tests.support.database import ELSEWHERE, HERE
from tests.support.pages import CheckedClient
from tests.support.staff import build_house, employ, sign_in

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
EMERGENCY, KEEP = "/arbeid/blalys/", "/arbeid/kladd/people.emergency/"
TYPED = {"given_name": "Oddny", "family_name": "Demoli", "birth_date": "31.02", "reason": "Hun er falt."}
BUTTON = re.compile(r'formaction="([^"]+)"')


def text_of(page):
    return " ".join(page.content.decode().split())


@pytest.fixture(autouse=True)
def _nine():
    with clock.frozen(NINE):
        yield


@pytest.fixture
def nurse(staff, house):
    return staff(Role.CARE_WORKER, house.home_care)


def later(seconds=1):
    return clock.frozen(NINE + seconds * SECOND)


class TestKeeping:
    def test_what_is_kept_stands_in_the_form_when_it_is_opened_again(self, nurse):
        assert nurse.post(KEEP, TYPED).status_code == 204

        page = text_of(nurse.get(EMERGENCY))
        assert "Du har en kladd fra" in page
        assert 'value="Oddny"' in page
        assert "Hun er falt." in page
        # Also what nobody could make a day of; and nothing is said to be wrong yet
        assert 'value="31.02"' in page
        assert "ds-error-summary" not in page
        assert 'aria-invalid="true"' not in page

    def test_without_one_nothing_is_said_of_it(self, nurse):
        page = text_of(nurse.get(EMERGENCY))

        assert "Du har en kladd" not in page
        assert f'data-draft="{KEEP}" data-draft-number="{number_at(NINE)}"' in page

    def test_person_numbers_confirmations_and_machinery_are_left_out(self, nurse):
        nurse.post(KEEP, {**TYPED, "person_number": factories.NUMBER, "sure": "on", "csrfmiddlewaretoken": "x" * 64})

        stored = Draft.objects.get().body
        assert [word for word in (factories.NUMBER, "sure", "csrf") if word in stored] == []
        page = text_of(nurse.get(EMERGENCY))
        assert factories.NUMBER not in page
        assert " checked" not in page

    def test_what_stands_hidden_in_the_form_stands_there_still(self, staff, house):
        nurse = staff(Role.CARE_WORKER, house.night)
        nurse.post(KEEP, TYPED)

        assert f'name="unit" value="{house.night}"' in text_of(nurse.get(EMERGENCY))

    def test_it_is_kept_by_no_cache(self, nurse):
        assert "no-store" in nurse.post(KEEP, TYPED)["Cache-Control"]


class TestTheNewestCounts:
    def test_an_older_one_is_answered_with_the_number_it_lost_to(self, nurse):
        with later(9):
            nurse.post(KEEP, {**TYPED, "reason": "ny", "_draft_number": number_at(NINE + 5 * SECOND)})
            answer = nurse.post(KEEP, {**TYPED, "reason": "gammel", "_draft_number": number_at(NINE + 2 * SECOND)})

        assert (answer.status_code, answer["X-Draft-Number"]) == (409, str(number_at(NINE + 5 * SECOND)))
        assert ">ny</textarea>" in text_of(nurse.get(EMERGENCY)).replace("> ny", ">ny")

    @pytest.mark.parametrize("number", ["-1", "1e3", "x", "9" * 40, "²"])
    def test_nonsense_is_no_number(self, nurse, number):
        assert nurse.post(KEEP, {**TYPED, "_draft_number": number}).status_code == 204


class TestRefused:
    def test_too_long_in_one_sentence(self, nurse):
        answer = nurse.post(KEEP, {"reason": "x" * MOST_BYTES})

        assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8")
        assert answer.content.decode().startswith("Dette er for langt til å lagres som kladd.")

    def test_too_many_in_one_sentence(self, nurse):
        for number in range(MOST_DRAFTS):
            nurse.post(f"{KEEP}?key={number}", TYPED)

        answer = nurse.post(KEEP, TYPED)

        assert answer.status_code == 422
        assert answer.content.decode().startswith(f"Du har {MOST_DRAFTS} kladder fra før")

    @pytest.mark.parametrize(
        "address",
        ["/arbeid/kladd/people.no_such_form/", f"{KEEP}?key={'x' * 101}", f"{KEEP}?key=%00"],
        ids=["unknown form", "long key", "nul"],
    )
    def test_what_is_no_form_is_not_there(self, nurse, address):
        assert nurse.post(address, TYPED).status_code == 404

    def test_whoever_may_not_use_the_form_has_no_draft_of_it(self, staff, house):
        answer = staff(Role.STRATEGY_OWNER, house.top).post(KEEP, TYPED)

        assert answer.status_code == 404
        assert not Draft.objects.exists()

    def test_nobody_who_is_not_signed_in(self, client, house):
        assert client.post(KEEP, {"reason": ""}).status_code == 302
        assert not Draft.objects.exists()

    def test_nothing_is_kept_without_the_token(self, nurse):
        strict = CheckedClient(enforce_csrf_checks=True)
        strict.cookies = nurse.cookies

        assert strict.post(KEEP, TYPED).status_code == 403
        assert not Draft.objects.exists()

    def test_it_is_not_fetched(self, nurse):
        assert nurse.get(KEEP).status_code == 405


class TestWhose:
    def test_a_colleagues_is_not_shown(self, nurse, client, house):
        nurse.post(KEEP, TYPED)
        sign_in(client, employ(tenant_id=HERE, unit_id=house.home_care, role=Role.CARE_WORKER, name="Nils Demoås"))

        page = text_of(client.get(EMERGENCY))

        assert "Du har en kladd" not in page
        assert "Oddny" not in page

    def test_another_tenants_is_not_shown(self, nurse, client):
        nurse.post(KEEP, TYPED)
        tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID)
        house = build_house(ELSEWHERE)
        sign_in(client, employ(tenant_id=ELSEWHERE, unit_id=house.night, role=Role.CARE_WORKER))

        assert "Du har en kladd" not in text_of(client.get(EMERGENCY))
        assert not Draft.objects.exists()

    def test_after_a_week_it_is_not_shown(self, nurse, client):
        nurse.post(KEEP, TYPED)

        with clock.frozen(NINE + LASTS):
            sign_in(client, User.objects.get())
            assert "Oddny" not in text_of(client.get(EMERGENCY))


class TestSending:
    @pytest.fixture
    def patient(self, here):
        return factories.make_person(number=factories.NUMBER)

    @pytest.fixture
    def sent(self, patient, house):
        return {
            "person_number": factories.NUMBER, "reason": factories.REASON, "sure": "on", "unit": str(house.home_care),
        }  # fmt: skip

    def test_a_form_that_is_accepted_has_no_draft_any_more(self, nurse, sent):
        nurse.post(KEEP, TYPED)
        with later():
            answer = nurse.post(EMERGENCY, sent)
            assert answer.status_code == 302
            assert EmergencyAccess.objects.count() == 1

            assert "Du har en kladd" not in text_of(nurse.get(EMERGENCY))
        assert Draft.objects.get().body is None

    def test_one_that_was_under_way_meanwhile_does_not_bring_it_back(self, nurse, sent):
        with later(2):
            nurse.post(EMERGENCY, sent)
            answer = nurse.post(KEEP, {**TYPED, "_draft_number": number_at(NINE + SECOND)})

        assert answer.status_code == 409
        assert "Du har en kladd" not in text_of(nurse.get(EMERGENCY))

    def test_one_that_is_rejected_keeps_it(self, nurse):
        nurse.post(KEEP, TYPED)

        rejected = nurse.post(EMERGENCY, {"reason": "Hun er falt."})

        assert rejected.status_code == 422
        # What was sent stands there, not the draft
        assert "Oddny" not in text_of(rejected)
        assert 'value="Oddny"' in text_of(nurse.get(EMERGENCY))


class TestWithoutScript:
    def address(self, page):
        return BUTTON.search(page.content.decode())[1].replace("&amp;", "&")

    def test_a_button_keeps_it_and_leads_back(self, nurse):
        address = self.address(nurse.get(EMERGENCY))

        page = nurse.post(address, {**TYPED, "_draft": "save"}, follow=True)

        assert page.redirect_chain == [(EMERGENCY, 302)]
        assert "Kladden er lagret." in text_of(page)
        assert 'value="Oddny"' in text_of(page)

    def test_a_button_throws_it_away(self, nurse):
        nurse.post(KEEP, TYPED)
        page = nurse.get(EMERGENCY)
        assert "Kast kladden" in text_of(page)

        with later():
            page = nurse.post(self.address(page), {"_draft": "forget"}, follow=True)

        assert "Kladden er kastet." in text_of(page)
        assert "Oddny" not in text_of(page)

    def test_what_cannot_be_kept_is_shown_to_be_copied(self, nurse):
        answer = nurse.post(KEEP, {"reason": "x" * MOST_BYTES, "_draft": "save"})

        assert answer.status_code == 422
        assert "Kladden er ikke lagret" in text_of(answer)
        assert "x" * MOST_BYTES in text_of(answer)

    @pytest.mark.parametrize("back", ["https://evil.invalid/", "//evil.invalid/", "evil", "/\\evil.invalid", ""])
    def test_it_leads_nowhere_else(self, nurse, back):
        answer = nurse.post(f"{KEEP}?next={back}", {**TYPED, "_draft": "save"})

        assert answer["Location"] == "/arbeid/"

    @pytest.mark.parametrize(("language", "words"), [("nn", "Du har ein kladd frå"), ("en", "You have a draft from")])
    def test_it_speaks_the_readers_language(self, nurse, language, words):
        nurse.post(KEEP, TYPED)

        assert words in text_of(nurse.get(f"{EMERGENCY}?lang={language}"))


class TestOfOneThingOfSeveral:
    @pytest.fixture
    def asked(self, client, house):
        """Kari, signed in, and an entry that she can ask about."""
        account = factories.citizen_account(HERE)
        person = factories.make_person(user=account)
        factories.involve(person, house.home_care)
        reader = factories.worker(HERE, house.home_care)
        entry_id = audit.record(
            actor=reader, action="people.view_person", kind="read", information="carers", person_id=person.id
        )
        sign_in(client, account)
        return account, entry_id

    def test_a_citizens_question_is_kept_and_forgotten_when_sent(self, client, asked):
        _account, entry_id = asked
        keep = f"/min-side/kladd/people.ask_about_access/?key={entry_id}"

        assert client.post(keep, {"text": "Hvorfor så dere på dette?"}).status_code == 204
        page = f"/min-side/innsyn/{entry_id}/spor/"
        assert "Hvorfor så dere på dette?" in text_of(client.get(page))

        with later():
            assert client.post(page, {"text": "Hvorfor?"}).status_code == 302
        assert AccessQuestion.objects.count() == 1
        assert Draft.objects.get().body is None

    def test_a_text_longer_than_the_form_takes_is_kept_all_the_same(self, client, asked):
        long = "å" * (TEXT_MOST + 1)
        client.post(f"/min-side/kladd/people.ask_about_access/?key={asked[1]}", {"text": long})

        assert long in text_of(client.get(f"/min-side/innsyn/{asked[1]}/spor/"))

    def test_the_answer_to_one_question_is_not_shown_at_another(self, client, asked, house):
        account, entry_id = asked
        first = services.ask_about_access(actor=factories.as_actor(account), entry_id=entry_id, text="Hvorfor?")
        sign_in(client, employ(tenant_id=HERE, unit_id=house.home_care, role=Role.LEADER, name="Gunnar Demodalen"))

        client.post(f"/arbeid/kladd/people.access_answer/?key={account.id}", {"answer": "til en annen"})
        page = f"/arbeid/sporsmal-om-innsyn/{first.id}/"
        assert "til en annen" not in text_of(client.get(page))

        client.post(f"/arbeid/kladd/people.access_answer/?key={first.id}", {"answer": "Fordi du ringte."})
        assert "Fordi du ringte." in text_of(client.get(page))


class CarerForm(Form):
    name = forms.CharField()
    topics = forms.MultipleChoiceField(choices=[("a", "Avlastning"), ("b", "Barn")])
    nearest = forms.BooleanField()


CARERS = forms.formset_factory(CarerForm, extra=1)
FIRST_TALK = of_form("people.talk_of_tests", action="people.register_person", fields_of=[CarerForm])


class TestFormsOfManyParts:
    def opened(self, account, path="/arbeid/forste-samtale/"):
        request = RequestFactory().get(path)
        request.actor = account
        return FIRST_TALK.open(request)

    def test_a_set_of_forms_comes_back_with_all_its_rows(self, nurse, house):
        rows = {
            "carers-TOTAL_FORMS": "3", "carers-INITIAL_FORMS": "0",
            "carers-0-name": "Kari", "carers-0-topics": ["a", "b"], "carers-0-nearest": "on",
            "carers-2-name": "Ola",
        }  # fmt: skip
        nurse.post("/arbeid/kladd/people.talk_of_tests/", rows)

        filled = self.opened(factories.as_actor(User.objects.get())).fill_set(CARERS, prefix="carers")

        assert [each["name"].value() for each in filled] == ["Kari", None, "Ola"]
        assert filled[0]["topics"].value() == ["a", "b"]
        assert [each["nearest"].value() for each in filled] == [True, False, False]
        assert [dict(each.errors) for each in filled] == [{}, {}, {}]
        assert filled.errors == []
        assert not filled.non_form_errors()

    def test_one_form_comes_back_with_repeated_values(self, nurse):
        nurse.post("/arbeid/kladd/people.talk_of_tests/", {"name": "Kari", "topics": ["a", "b"]})

        draft = self.opened(factories.as_actor(User.objects.get()))

        form = draft.fill(CarerForm, initial={"name": "Ola", "nearest": True})
        assert (form["name"].value(), form["topics"].value(), form["nearest"].value()) == ("Kari", ["a", "b"], False)
        assert draft.typed.getlist("topics") == ["a", "b"]

    def test_without_a_draft_they_are_as_new(self, nurse):
        draft = self.opened(factories.as_actor(User.objects.get()))

        assert len(draft.fill_set(CARERS, prefix="carers")) == 1
        assert draft.fill(CarerForm, initial={"name": "Ola"})["name"].value() == "Ola"
        assert (draft.typed, draft.saved_at) == (None, None)
