"""Asking on the open pages, answering at work, and deciding who reads."""

import csv
import io
import re

import pytest
from django.utils import translation

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.enquiries.domain.enquiries import Purpose
from medspiller.enquiries.models import Attempt, Enquiry, Recipient
from medspiller.enquiries.tests.factories import asked, call_wish, contact_of, let_read, said
from medspiller.people import services as register
from medspiller.people.domain.contacts import ContactDetails, ContactSystem
from medspiller.people.models import Person
from medspiller.people.tests.factories import citizen_account, involve, make_person, worker
from medspiller.portal.tests.test_reading_level import EVERYBODYS, lix, words_of
from tests.support.database import HERE
from tests.support.staff import sign_in

CALL, LIST, RECIPIENTS = "/kontakt/ring-meg/", "/arbeid/henvendelser/", "/arbeid/henvendelser/mottakere/"
FILE = f"{LIST}liste.csv"
PRESS = re.compile(r'name="press" value="([^"]+)"')
FEEDBACK = {Purpose.ACCESSIBILITY: "/tilgjengelighet/tilbakemelding/", Purpose.PRIVACY: "/personvern/tilbakemelding/"}


@pytest.fixture
def read(house):
    contact_of(house.tenant_id, house.carers)
    for purpose in Purpose:
        let_read(house.tenant_id, house.carers, purpose=purpose)


def press_of(client, path):
    return PRESS.search(client.get(path).content.decode())[1]


def send(client, path=CALL, **fields):
    return client.post(path, {"press": press_of(client, path), **fields})


def stored():
    """What has been asked, as a job sees it: whoever made the last request may not."""
    tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)
    return Enquiry.objects.all()


def contact(value, **more):
    return ContactDetails(system=ContactSystem.PHONE, value=value, **more)


def registered(client, house, details, **more):
    """Let a carer who is in the register with a telephone number sign in."""
    account = citizen_account(house.tenant_id, name="Kari Demoli")
    kari = make_person("Kari", "Demoli", user=account)
    involve(kari, house.carers)
    register.add_contact_point(actor=worker(house.tenant_id, house.carers), person_id=kari.id, details=details)
    Person.objects.filter(id=kari.id).update(**more)
    sign_in(client, account)


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def reads_of(row):
    """What the log says of reading an enquiry, as a job sees it."""
    tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)
    found = AccessEntry.objects.exclude(kind="write").filter(subject_id=row.id).order_by("id")
    return list(found.values_list("action", "kind", "information", "basis", "actor_id"))


@pytest.mark.usefixtures("read")
class TestAskingToBeCalled:
    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_the_pages_name_who_reads_and_by_when(self, client, language):
        words = {"nb": "innen 2 virkedager", "nn": "innan 2 yrkedagar", "en": "within 2 working days"}[language]

        for path in ("/kontakt/", CALL, "/tilgjengelighet/", "/personvern/", *FEEDBACK.values()):
            page = text_of(client.get(path, {"lang": language}))
            assert "Pårørendesenteret" in page, path
            assert words in page, path
        assert "113" in text_of(client.get(CALL))

    def test_keeps_it_and_says_by_when(self, client):
        answer = send(
            client, about="entitled", phone="00 10 02 00", parts=["evening"], weekdays=["2"], language="so",
            needs_interpreter="on", may_leave_message="ja",
        )  # fmt: skip

        assert answer.url == f"{CALL}takk/"
        receipt = text_of(client.get(answer.url))
        assert "Pårørendesenteret tar kontakt senest" in receipt
        assert "Hva skjer nå" in receipt
        assert "Det blir ikke opprettet noen mappe om deg" in receipt
        row = stored().get()
        assert (row.about, row.phone, row.parts, row.weekdays) == ("entitled", "+4700100200", ["evening"], [2])
        assert (row.language, row.needs_interpreter, row.may_leave_message) == ("so", True, True)

    def test_what_is_not_said_is_the_safe_answer(self, client):
        send(client, about="other", email="kari@example.org")

        row = stored().get()
        assert (row.may_leave_message, row.name, row.phone, row.language) == (False, None, None, "nb")

    def test_another_language_is_named_and_told_to_staff(self, client, here, house, staff):
        send(client, about="other", phone="00 10 02 00", language="nb", other_language="Dari (Afghanistan)")

        row = stored().get()
        assert (row.language, row.other_language) == ("other", "Dari (Afghanistan)")
        page = text_of(staff(Role.CARER_CONTACT, house.carers).get(f"{LIST}{row.id}/"))
        assert "Et annet språk: Dari (Afghanistan)" in page

    @pytest.mark.parametrize(
        "words", ["ring 00100200", "kari@example.org", "x" * 41, "Han er syk og jeg orker ikke mer"]
    )
    def test_a_language_is_a_name_and_nothing_else(self, client, words):
        answer = send(client, about="other", phone="00 10 02 00", other_language=words)

        assert (answer.status_code, stored().count()) == (422, 0)

    def test_the_number_is_said_back_once_and_stands_in_no_address(self, client):
        answer = send(client, about="other", phone="+4700100200")

        assert "00100200" not in answer.url
        assert "Vi ringer til: 00 10 02 00" in text_of(client.get(answer.url))
        again = client.get(answer.url)
        assert "00 10 02 00" not in text_of(again)
        assert again["Cache-Control"] == "no-store"

    def test_who_gave_an_address_is_told_that_one(self, client):
        answer = send(client, about="other", email="kari@example.org")

        assert "Vi skriver til: kari@example.org" in text_of(client.get(answer.url))

    def test_the_number_is_sealed_while_it_waits_for_the_next_page(self, client):
        send(client, about="other", phone="00 10 02 00")

        assert "00100200" not in str(dict(client.session.items()))

    def test_a_carer_who_is_known_writes_nothing_anew(self, client, house):
        registered(client, house, contact("+4700100211"), language="ur", needs_interpreter=True)

        page = client.get(CALL)

        fields = page.context["form"]
        assert fields["name"].value() == "Kari Demoli"
        assert fields["phone"].value() == "00 10 02 11"
        assert (fields["language"].value(), fields["other_language"].value()) == ("other", "urdu")
        assert fields["needs_interpreter"].value() is True
        assert "Vi har fylt ut det som er registrert om deg" in text_of(page)

    @pytest.mark.parametrize(
        "more",
        [contact("+4700100211", safe_to_call=False), contact("+4700100211", own=False)],
        ids=["unsafe", "another's"],
    )
    def test_a_number_that_is_not_safe_or_not_theirs_is_not_filled_in(self, client, house, more):
        registered(client, house, more)

        assert not client.get(CALL).context["form"]["phone"].value()

    def test_nobody_else_finds_anything_filled_in(self, client):
        page = client.get(CALL)

        assert not page.context["form"]["name"].value()
        assert "registrert om deg" not in text_of(page)

    def test_two_presses_are_one(self, client):
        fields = {"press": press_of(client, CALL), "about": "myself", "phone": "00 10 02 00"}

        answers = [client.post(CALL, fields).status_code for _press in range(2)]

        assert answers == [302, 302]
        assert stored().count() == 1

    def test_says_all_that_is_wrong_and_keeps_what_was_typed(self, client):
        answer = send(client, phone="12", email="kari", name="Kari Demo")

        assert answer.status_code == 422
        page = text_of(answer)
        for words in ("Velg hva du vil snakke om.", "ikke et slikt telefonnummer", "ikke en e-postadresse"):
            assert words in page
        assert 'value="Kari Demo"' in answer.content.decode()
        assert not stored().exists()

    def test_a_page_that_has_lain_open_asks_for_one_more_press(self, client):
        answer = client.post(CALL, {"press": "not ours", "about": "myself", "phone": "00 10 02 00"})

        assert (answer.status_code, stored().count()) == (422, 0)
        assert "Trykk en gang til" in text_of(answer)

    def test_there_is_nowhere_to_write_of_health(self, client):
        assert "<textarea" not in client.get(CALL).content.decode()


@pytest.mark.parametrize("path", [CALL, *FEEDBACK.values()])
class TestWithoutAnybodyWhoReads:
    def test_there_is_no_form_and_the_page_says_what_to_do(self, client, house, path):
        page = client.get(path)

        assert 'name="press"' not in page.content.decode()
        assert "Ring sentralbordet" in text_of(page)
        assert "113" in text_of(page)

    def test_nothing_is_taken_in(self, client, house, path):
        contact_of(house.tenant_id, house.carers)
        let_read(house.tenant_id, house.carers, purpose=Purpose.CALL)
        press = press_of(client, CALL)
        Recipient.objects.all().delete()

        client.post(path, {"press": press, "about": "myself", "phone": "00 10 02 00", "text": "Hei"})

        assert not stored().exists()


@pytest.mark.usefixtures("here")
def test_the_open_pages_show_no_way_to_a_form_that_is_not_there(client):
    for page, path in (("/kontakt/", CALL), ("/tilgjengelighet/", FEEDBACK[Purpose.ACCESSIBILITY])):
        assert path not in client.get(page).content.decode()


@pytest.mark.usefixtures("read")
@pytest.mark.parametrize(("purpose", "path"), FEEDBACK.items())
class TestFeedback:
    def test_is_kept_with_a_plea_to_leave_out_what_is_personal(self, client, purpose, path):
        assert "andres helse, og ikke skriv navn" in text_of(client.get(path))

        answer = send(client, path, text="Skjemaet kan ikke leses opp.", email="leser@example.org")

        assert answer.url == f"{path}takk/"
        row = stored().get()
        assert (row.purpose, row.text, row.email) == (
            purpose.value, "Skjemaet kan ikke leses opp.", "leser@example.org",
        )  # fmt: skip

    def test_too_long_comes_back_whole(self, client, purpose, path):
        answer = send(client, path, text="x" * 2001)

        assert (answer.status_code, stored().count()) == (422, 0)
        assert "x" * 2001 in answer.content.decode()


@pytest.mark.usefixtures("read")
class TestAnswering:
    def test_the_list_and_one_of_it(self, here, house, staff):
        row = asked(here, call_wish(weekdays=(1, 2)))
        client = staff(Role.CARER_CONTACT, house.carers)

        page = text_of(client.get(LIST))
        assert "Kari" in page
        one = text_of(client.get(f"{LIST}{row.id}/"))
        assert "00 10 02 00" in one
        assert "Legg ikke igjen beskjed" in one

    def test_from_the_first_try_to_done(self, here, house, staff):
        row = asked(here)
        client, path = staff(Role.CARER_CONTACT, house.carers), f"{LIST}{row.id}/"

        for what in ("ta", "gi-tilbake", "ikke-svar", "ringt"):
            assert client.post(path, {"gjor": what}).url == path
        assert list(Attempt.objects.order_by("made_at").values_list("reached", flat=True)) == [False, True]

        assert client.post(path, {"gjor": "ferdig"}).status_code == 422
        assert client.post(path, {"gjor": "ferdig", "utfall": "talked"}).url == LIST
        assert "Ingen venter på svar" in text_of(client.get(LIST))
        assert "Vi snakket sammen" in text_of(client.get(LIST, {"vis": "ferdige"}))

    def test_whoever_is_slower_is_told(self, here, house, staff):
        row = asked(here)
        other = contact_of(here, house.carers, name="Jonas Demostad")
        Enquiry.objects.update(taken_by_id=other.id)

        answer = staff(Role.CARER_CONTACT, house.carers).post(f"{LIST}{row.id}/", {"gjor": "ta"})

        assert answer.status_code == 409
        assert "Jonas Demostad" in text_of(answer)

    @pytest.mark.parametrize("vis", ["", "ferdige"])
    def test_words_that_nobody_has_said(self, house, staff, vis):
        page = staff(Role.LEADER, house.top).get(LIST, {"q": "<script>'\0 %", "vis": vis})

        assert "Det er ingen slike her" in text_of(page)

    def test_the_same_as_a_file_in_the_log_as_by_the_page(self, here, house, staff):
        row = asked(here)
        said(here, text="Står ikke i filen.")
        client = staff(Role.CARER_CONTACT, house.carers)
        assert f'href="{FILE}?"' in client.get(LIST).content.decode()
        by_page = reads_of(row)

        answer = client.get(FILE)

        heading, *lines = rows_of(answer)
        assert heading == ["Svar innen", "Hvem", "Hva det gjelder", "Status", "Enhet", "Over fristen"]
        assert {line[1] for line in lines} == {"Kari", "Ingen er nevnt"}
        assert "Står ikke i filen" not in answer.content.decode()
        assert answer["Content-Disposition"] == f'attachment; filename="henvendelser-{clock.today()}.csv"'
        assert len(by_page) == 1
        assert reads_of(row) == by_page * 2

    def test_the_file_is_narrowed_as_the_page_was(self, here, house, staff):
        row = asked(here)
        client = staff(Role.CARER_CONTACT, house.carers)

        assert [len(rows_of(client.get(FILE, {"q": words}))) for words in ("kari", "odd")] == [2, 1]
        assert len(rows_of(client.get(FILE, {"vis": "ferdige"}))) == 1
        assert [entry[1] for entry in reads_of(row)] == ["search"]

    def test_the_file_is_of_those_to_the_actors_units(self, here, house, staff):
        asked(here)

        assert len(rows_of(staff(Role.CARER_CONTACT, house.home_care).get(FILE))) == 1

    def test_the_file_runs_nothing_in_a_spreadsheet_and_says_when_it_is_cut(self, here, house, staff, monkeypatch):
        monkeypatch.setattr("medspiller.enquiries.web.staff.MOST_IN_FILE", 1)
        asked(here, call_wish(name="=1+1"))
        client = staff(Role.CARER_CONTACT, house.carers)
        assert [row[1] for row in rows_of(client.get(FILE))[1:]] == ["'=1+1"]

        asked(here, call_wish(name="=1+1"))

        (_heading, line, cut) = rows_of(client.get(FILE))
        assert (line[1], cut) == ("'=1+1", ["Det er mer enn det er plass til i filen. Avgrens listen først."])

    def test_feedback_is_shown_as_it_was_written(self, here, house, staff):
        row = said(here, text="Første linje\n<b>andre</b>")

        page = staff(Role.CARER_CONTACT, house.carers).get(f"{LIST}{row.id}/").content.decode()

        assert "Første linje<br>&lt;b&gt;andre&lt;/b&gt;" in page


class TestDeciding:
    def test_a_leader_lets_a_unit_read_and_takes_it_back(self, client, house, staff):
        contact_of(house.tenant_id, house.carers)
        leader = staff(Role.LEADER, house.top)

        leader.post(RECIPIENTS, {"gjelder": "call", "call-enhet": str(house.carers), "call-dager": "3"})
        assert Recipient.objects.values_list("purpose", "within_days").get() == ("call", 3)
        assert "Skjemaet vises" in text_of(leader.get(RECIPIENTS))

        leader.post(RECIPIENTS, {"gjelder": "call", "call-enhet": "", "call-dager": "3"})
        assert not Recipient.objects.exists()

    def test_says_where_nobody_works(self, house, staff):
        let_read(house.tenant_id, house.home_care)

        page = text_of(staff(Role.LEADER, house.top).get(RECIPIENTS))

        assert "Ingen i Hjemmetjenesten vest er pårørendekontakt eller leder" in page

    @pytest.mark.parametrize("fields", [{"call-dager": "0"}, {"call-dager": "tre"}, {"call-enhet": "nowhere"}])
    def test_refuses_what_makes_no_sense(self, house, staff, fields):
        sent = {"gjelder": "call", "call-enhet": str(house.carers), "call-dager": "2"} | fields

        assert staff(Role.LEADER, house.top).post(RECIPIENTS, sent).status_code == 422
        assert not Recipient.objects.exists()

    def test_a_leader_of_another_unit_sees_and_does_not_change(self, house, staff):
        let_read(house.tenant_id, house.carers)
        leader = staff(Role.LEADER, house.home_care)

        with translation.override("nb"):
            assert "En leder der bestemmer det." in text_of(leader.get(RECIPIENTS))
        sent = {"gjelder": "call", "call-enhet": str(house.night), "call-dager": "2"}
        assert leader.post(RECIPIENTS, sent).status_code == 403
        assert Recipient.objects.get().unit_id == house.carers


@pytest.mark.usefixtures("read")
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_forms_are_easy_to_read(client, language):
    for path in (CALL, f"{CALL}takk/", *FEEDBACK.values()):
        assert lix(words_of(client.get(path, {"lang": language}))) < EVERYBODYS, path
