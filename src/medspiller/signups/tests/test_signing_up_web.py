"""Signing up on the open pages, on one's own page and behind a private link; and what the organiser sees."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.catalogue.models import PublishedOffer, PublishedProvider
from medspiller.core import clock
from medspiller.people.tests.factories import make_person
from medspiller.signups.domain.who import Wish
from medspiller.signups.models import Attendance, SignUp
from medspiller.signups.tests.factories import (
    IN_A_WEEK,
    citizen,
    make_course,
    make_meeting,
    make_series,
    sign_up,
    somebody,
)
from tests.support.database import HERE
from tests.support.staff import sign_in

STATEMENTS_MOST = 13
OWN = "/min-side/pameldinger/"
PRESS = re.compile(r'name="press" value="([^"]+)"')
PATH = re.compile(r"/tilbud/plass/[^/\s\"<]+/")


@pytest.fixture
def course(house):
    return make_course(house.carers)


@pytest.fixture
def kari(course):
    return citizen(HERE)


@pytest.fixture
def as_kari(client, kari):
    sign_in(client, kari)
    return client


def address(course, meeting):
    return f"/tilbud/{course.slug}/pamelding/{meeting.id}/"


def send(client, course, meeting, **fields):
    page = client.get(address(course, meeting))
    press = PRESS.search(page.content.decode())
    return client.post(address(course, meeting), {"press": press[1] if press else "", **fields})


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


class TestOpenPage:
    def test_gives_a_place_and_a_link_once(self, client, course):
        meeting = make_meeting(course, capacity=3)
        page = client.get(address(course, meeting))
        fields = {"press": PRESS.search(page.content.decode())[1], "name": "Kari Demoli", "contact": "kari@example.org"}

        first, again = (client.post(address(course, meeting), fields) for _press in range(2))

        assert "Du har plass" in text_of(first)
        assert not SignUp.objects.get().may_message
        assert PATH.search(first.content.decode())[0] == PATH.search(again.content.decode())[0]
        assert SignUp.objects.count() == 1

    @pytest.mark.parametrize("more", [{"status": "cancelled"}, {"capacity": 0, "has_waiting_list": False}])
    def test_offers_for_the_same_need_come_instead_the_likest_first(self, client, course, house, more):
        concepts = {"need:peers", "need:night-rest", "condition:dementia"}
        for slug, shared in (("en", {"need:peers"}), ("to", concepts), ("barn", concepts), ("annet", {"need:money"})):
            make_course(house.carers, slug=slug)
            PublishedOffer.objects.filter(slug=slug).update(
                concepts=sorted(shared),
                is_for_children=slug == "barn",
                card={"title": {"nb": f"Tilbud {slug}"}, "summary": {"nb": "Kort"}, "provider": {"nb": "Senteret"}},
            )
        PublishedOffer.objects.filter(slug=course.slug).update(concepts=sorted(concepts))

        page = text_of(client.get(address(course, make_meeting(course, **more))))

        _before, heading, after = page.partition("Andre tilbud om det samme")
        assert heading
        assert 0 < after.index("Tilbud to") < after.index("Tilbud en")
        assert "Tilbud barn" not in after
        assert "Tilbud annet" not in after

    def test_childrens_offers_have_their_way_out_and_their_numbers(self, client, course):
        meeting = make_meeting(course, capacity=5)
        PublishedOffer.objects.filter(slug=course.slug).update(is_for_children=True)

        begun = client.get(address(course, meeting))
        placed = send(client, course, meeting, name="Kim", contact="kim@example.org")
        behind = client.post(PATH.search(placed.content.decode())[0], {"gjor": "vis"})

        for page in (begun, placed, behind):
            content = page.content.decode()
            assert 'id="quick-exit"' in content
            assert 'href="https://www.yr.no/"' in content
            assert "116 111" in content
            # What it cannot do is said too, and what to do without script.
            assert "sletter ikke det du har sendt" in text_of(page)
            assert "<noscript>" in content

    def test_so_has_ones_own_page_of_one(self, as_kari, course, kari):
        page = f"{OWN}{sign_up(make_meeting(course), by=kari).id}/"
        assert 'id="quick-exit"' not in as_kari.get(page).content.decode()

        PublishedOffer.objects.filter(slug=course.slug).update(is_for_children=True)

        content = as_kari.get(page).content.decode()
        assert content.index('id="quick-exit"') < content.index("<h1")
        assert "catalogue/leave" in content
        assert "116 111" in content

    def test_others_have_none(self, client, course):
        assert 'id="quick-exit"' not in client.get(address(course, make_meeting(course))).content.decode()

    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"status": "cancelled", "reason": {"nb": "Kursholderen er syk."}}, "avlyst"),
            ({"deadline": "yesterday"}, "Fristen for å melde seg på er ute"),
            ({"starts_at": "yesterday"}, "har begynt eller er over"),
            ({"capacity": 0, "has_waiting_list": False}, "ingen venteliste"),
        ],
    )
    def test_says_why_not_and_what_else_there_is(self, client, course, more, words):
        yesterday = clock.now() - timedelta(days=1)
        more = {key: yesterday if value == "yesterday" else value for key, value in more.items()}
        meeting, other = make_meeting(course, **more), make_meeting(course, starts_at=clock.now() + 2 * IN_A_WEEK)

        page = client.get(address(course, meeting))

        assert words in text_of(page)
        assert address(course, other) in page.content.decode()
        assert PRESS.search(page.content.decode()) is None

    def test_offers_no_series_that_has_begun(self, client, course):
        full, begun = make_meeting(course, capacity=0), make_series(course)
        begun[0].starts_at = clock.now() - timedelta(minutes=5)
        begun[0].save()

        page = client.get(address(course, full)).content.decode()
        assert not any(address(course, each) in page for each in begun)

    def test_names_all_who_read_it_and_asks_children_for_no_needs(self, client, course):
        meeting = make_meeting(course)
        PublishedProvider.objects.update(body={"name": {"nb": "Foreningen Demo"}})
        asked = text_of(client.get(address(course, meeting)))
        PublishedOffer.objects.update(is_for_children=True)

        assert f"ses av Foreningen Demo og {course.unit.name} i kommunen" in asked
        assert "rullestol" in asked
        assert "rullestol" not in text_of(client.get(address(course, meeting)))

    def test_says_when_the_last_seat_went_meanwhile(self, client, course):
        meeting = make_meeting(course, capacity=1, has_waiting_list=False)
        press = PRESS.search(client.get(address(course, meeting)).content.decode())[1]
        sign_up(meeting, somebody())

        page = client.post(address(course, meeting), {"press": press, "name": "Kari", "contact": "22334455"})

        assert page.status_code == 422
        assert "ingen venteliste" in text_of(page)

    def test_says_what_is_missing(self, client, course):
        page = send(client, course, make_meeting(course), name="Kari", contact="hei", needs="n" * 301)

        assert page.status_code == 422
        assert "Skriv et telefonnummer eller en e-postadresse" in text_of(page)
        assert "Skriv høyst 300 tegn" in text_of(page)

    def test_refuses_a_form_that_is_not_ours(self, client, course):
        meeting = make_meeting(course)
        page = client.post(address(course, meeting), {"press": "mine", "name": "Kari", "contact": "22334455"})

        assert page.status_code == 422
        assert not SignUp.objects.exists()

    def test_asks_nobody_who_they_are_where_that_is_not_needed(self, client, course):
        meeting = make_meeting(course, allows_anonymous=True)
        page = send(client, course, meeting, anonym="1")

        assert "Nummeret ditt er 1" in text_of(page)

    def test_is_not_kept(self, client, course):
        page = client.get(address(course, make_meeting(course)))

        assert page["Cache-Control"] == "no-store"


class TestPrivateLink:
    @pytest.fixture
    def meeting(self, course):
        return make_meeting(course, capacity=1, place={"name": "Kulturhuset", "city": "Sandvika"})

    @pytest.fixture
    def link(self, client, course, meeting):
        page = send(client, course, meeting, name="Kari Demoli", contact="kari@example.org")
        return PATH.search(page.content.decode())[0]

    def test_shows_nothing_before_the_button(self, client, link):
        assert "Kurs i å stå nær" not in text_of(client.get(link))
        assert "Har plass" in text_of(client.post(link, {"gjor": "vis"}))

    def test_signs_off(self, client, link, meeting):
        assert "Du er meldt av" in text_of(client.post(link, {"gjor": "avmeld"}))
        meeting.refresh_from_db()
        assert meeting.taken == 0

    def test_gives_a_calendar_file_that_tells_nothing(self, client, link):
        file = client.post(link, {"gjor": "kalender"}).content
        (event,) = Calendar.from_ical(file).walk("VEVENT")

        assert event["SUMMARY"] == "Avtale"
        assert event["LOCATION"] == "Kulturhuset, Sandvika"
        assert "Kurs" not in file.decode()

    def test_that_is_none_is_said_to_be(self, client, link):
        assert client.post("/tilbud/plass/finnes-ikke/", {"gjor": "vis"}).status_code == 404

    def test_takes_a_place_that_is_offered(self, client, course, meeting, link):
        page = send(Client(), course, meeting, name="Ola Demoli", contact="ola@example.org")
        olas = PATH.search(page.content.decode())[0]
        client.post(link, {"gjor": "avmeld"})

        assert "Det er holdt av en plass til deg" in text_of(client.post(olas, {"gjor": "vis"}))
        assert "Plassen er din" in text_of(client.post(olas, {"gjor": "ja"}))

    def test_asks_whether_a_message_is_safe_and_takes_nothing_but_a_yes_for_one(self, client, course):
        meeting = make_meeting(course)
        for number, answer in enumerate(("ja", "nei", ""), start=1):
            fields = {"name": f"Demo Person {number}", "contact": f"p{number}@example.org", "may_message": answer}
            assert "Du har plass" in text_of(send(client, course, meeting, **fields))

        rows = SignUp.objects.order_by("number").values_list("may_message", "language")
        assert list(rows) == [(True, "nb"), (False, "nb"), (False, "nb")]


class TestOwnPage:
    def test_shows_what_one_is_signed_up_for(self, as_kari, course):
        meeting = make_meeting(course)
        answer = send(as_kari, course, meeting, for_name="Mor Demoli")
        page = as_kari.get(answer["Location"])

        assert "For Mor Demoli" in text_of(page)
        assert "Kurs i å stå nær" in text_of(as_kari.get("/min-side/pameldinger/"))
        assert b"SUMMARY:Avtale" in as_kari.get(f"{answer['Location']}kalender.ics").content

    @pytest.mark.parametrize(("changes", "is_told"), [({}, True), ({"status": "cancelled"}, False)])
    def test_tells_the_address_on_the_web_to_whoever_has_a_place(self, as_kari, course, kari, changes, is_told):
        meeting = make_meeting(course, capacity=1, online_address="https://mote.example/kurs")
        held, waiting = sign_up(meeting, by=kari), sign_up(meeting, Wish(for_name="Mor Demoli"), by=kari)
        for name, value in changes.items():
            setattr(meeting, name, value)
            meeting.save(update_fields=[name])

        def told(row, more=""):
            return "https://mote.example/kurs" in as_kari.get(f"{OWN}{row.id}/{more}").content.decode()

        assert (told(held), told(held, "kalender.ics")) == (is_told, is_told)
        assert not told(waiting)
        assert not told(waiting, "kalender.ics")

    def test_gives_a_calendar_file_that_leads_to_no_meeting(self, as_kari, course, kari):
        row = sign_up(make_series(course)[0], by=kari)
        events = Calendar.from_ical(as_kari.get(f"{OWN}{row.id}/kalender.ics").content).walk("VEVENT")

        assert {str(each["UID"]) for each in events} == {f"{row.id}-{number}@medspiller" for number in (1, 2, 3)}

    def test_can_be_deleted_only_once_it_is_over(self, as_kari, course, kari):
        meeting = make_meeting(course)
        row = sign_up(meeting, by=kari)
        found = []
        for hours_ago in (1, 3):
            meeting.starts_at = clock.now() - timedelta(hours=hours_ago)
            meeting.ends_at = meeting.starts_at + timedelta(hours=2)
            meeting.save()
            found.append(b'value="slett"' in as_kari.get(f"{OWN}{row.id}/").content)

        assert found == [False, True]

    def test_signs_off_and_deletes(self, as_kari, course, kari):
        row = sign_up(make_meeting(course), by=kari)
        path = f"/min-side/pameldinger/{row.id}/"

        assert "Du er meldt av" in text_of(as_kari.post(path, {"gjor": "avmeld"}, follow=True))
        as_kari.post(path, {"gjor": "slett"})
        row.refresh_from_db()
        assert (row.owner_id, row.who_hash) == (None, None)
        assert as_kari.get(path).status_code == 404

    def test_is_ones_own(self, as_kari, course):
        other = sign_up(make_meeting(course), by=citizen(HERE, "Ola Demoli"))

        assert as_kari.get(f"/min-side/pameldinger/{other.id}/").status_code == 404
        assert as_kari.post(f"/min-side/pameldinger/{other.id}/", {"gjor": "avmeld"}).status_code == 404


class TestOrganiser:
    @pytest.fixture
    def meeting(self, course, kari):
        meeting = make_meeting(course, capacity=2)
        sign_up(meeting, by=kari)
        sign_up(meeting, somebody(needs="Sitter i rullestol"))
        sign_up(meeting, Wish(name="Ola Demoli", contact="22334455", for_name="Far Demoli"))
        return meeting

    @pytest.fixture
    def organiser(self, staff, house, meeting):
        return staff(Role.CARER_CONTACT, house.carers)

    def list_of(self, course, meeting, more=""):
        return f"/arbeid/tilbud/{course.id}/samlinger/{meeting.id}/deltakere/{more}"

    def test_sees_who_comes_and_that_is_in_the_log(self, organiser, course, meeting, kari):
        person = make_person("Kari", "Demoli", user=kari)
        page = text_of(organiser.get(self.list_of(course, meeting)))

        assert all(words in page for words in ("Kari Demoli", "Sitter i rullestol", "Far Demoli", "meldt på av Ola"))
        assert AccessEntry.objects.filter(person_id=person.id, action="signups.see_participants").exists()

    def test_list_takes_no_more_statements_with_twenty_than_with_two(self, staff, house, course):
        client = staff(Role.CARER_CONTACT, house.carers)

        def seen(count):
            meeting = make_meeting(course)
            persons = []
            for number in range(count):
                account = citizen(HERE, f"Demo Person {number}")
                persons.append(make_person("Demo", f"Person {number}", user=account).id)
                sign_up(meeting, by=account)
            client.get(self.list_of(course, meeting))
            with CaptureQueriesContext(connection) as asked:
                client.get(self.list_of(course, meeting))
            shown = AccessEntry.objects.filter(action="signups.see_participants", person_id__in=persons)
            assert shown.values("person_id").distinct().count() == count
            # What begins and ends the transaction of a request is none of its own.
            return len([each for each in asked if "SAVEPOINT" not in each["sql"]])

        few, many = seen(2), seen(20)
        assert few == many <= STATEMENTS_MOST

    def test_prints_and_takes_a_list_along_without_needs(self, organiser, course, meeting):
        assert "Sitter i rullestol" in text_of(organiser.get(self.list_of(course, meeting, "utskrift/")))
        table = organiser.get(self.list_of(course, meeting, "liste.csv")).content.decode()
        assert "Demo Person" in table
        assert "rullestol" not in table

    def test_writes_down_who_called(self, organiser, course, meeting):
        page = self.list_of(course, meeting, "ny/")
        assert organiser.get(page).status_code == 200
        assert organiser.post(page).status_code == organiser.post(page, {"name": "Eva"}).status_code == 422
        assert organiser.post(page, {"name": "Eva Demoås", "contact": "22334466"}).status_code == 302
        assert SignUp.objects.filter(made_by__isnull=False).count() == 1

    def test_strikes_off_gives_places_and_notes_calls(self, organiser, course, meeting):
        first, waiting = SignUp.objects.order_by("number").first(), SignUp.objects.order_by("number").last()
        path = self.list_of(course, meeting)

        organiser.post(path, {"gjor": f"stryk:{first.id}"})
        assert "Må ringes" in text_of(organiser.get(path))
        organiser.post(path, {"gjor": f"ringt:{waiting.id}"})
        assert "Må ringes" not in text_of(organiser.get(path))
        organiser.post(path, {"gjor": f"gi:{waiting.id}"})

        waiting.refresh_from_db()
        assert waiting.state == "held"

    def test_notes_who_came(self, organiser, course, meeting):
        rows = list(SignUp.objects.filter(state="held").order_by("number"))
        meeting.starts_at = clock.now() - timedelta(minutes=5)
        meeting.save()
        answers = {f"kom-{rows[0].id}": "ja", f"kom-{rows[1].id}": "nei", "kom-x": "ja"}
        organiser.post(self.list_of(course, meeting), {"gjor": "oppmote", **answers})
        page = organiser.get(self.list_of(course, meeting))

        assert dict(Attendance.objects.values_list("sign_up__number", "came")) == {1: True, 2: False}
        assert page.content.decode().count("checked") == 2

    @pytest.mark.parametrize("unit", ["night", "home_care"])
    def test_of_another_unit_finds_nothing(self, staff, house, course, meeting, unit):
        stranger = staff(Role.CARER_CONTACT, getattr(house, unit))

        assert stranger.get(self.list_of(course, meeting)).status_code == 404
        assert stranger.post(self.list_of(course, meeting), {"gjor": "oppmote"}).status_code == 404
