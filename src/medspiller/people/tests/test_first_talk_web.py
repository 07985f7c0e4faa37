"""The page of the first talk: what it asks, what it keeps, and what it says when something is wrong."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from medspiller.access.domain.roles import Role
from medspiller.access.models import Draft
from medspiller.core import clock, ids
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.models import CarerRole, ChildrenAnswer, FirstTalk, Person, Statement
from medspiller.people.tests import factories

TALK = "/arbeid/forste-samtale/"
MOST_INPUTS = 25
NOT_ASKED = dict.fromkeys(("minor_children", "minor_siblings", "imprisonment", "disability"), "not_asked")
CARER = {
    "given_name": "Kari",
    "family_name": "Demolund",
    "kind": "child",
    "phone": "00 00 00 01",
    "safe_to_call": "yes",
    "said_to_be": "nearest",
    "wants_contact": "yes",
    "may_know": "yes",
    "matters": "Å få sove om natta.",
    "own_phone": "on",
    "protected_address": "none",
}
CHILD = {"given_name": "Per", "born": "2016", "kind": "child", "looked_after_by": "other_parent"}


def text_of(page):
    return " ".join(page.content.decode().split())


def rows(prefix, *each):
    counted = {f"{prefix}-TOTAL_FORMS": len(each), f"{prefix}-INITIAL_FORMS": 0}
    return counted | {f"{prefix}-{row}-{name}": value for row, one in enumerate(each) for name, value in one.items()}


def typed(*, carers=(CARER,), children=(CHILD,), do="save", **patient):
    whom = {"given_name": "Oddny", "family_name": "Demoli", "birth_date": "17.05.1968", "matters": "Å bo hjemme."}
    return {
        "do": do, "key": str(ids.new_id()), "patient": "", "seen": "", "who": "", "person_number": "",
        **NOT_ASKED, **whom, **patient, **rows("carers", *carers), **rows("children", *children),
    }  # fmt: skip


class Inputs(HTMLParser):
    """What somebody has to fill in: visible, not folded away; the choices of one question are one."""

    def __init__(self, page):
        super().__init__()
        self.folded, self.within, self.names = [], False, set()
        self.feed(page.content.decode())

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.within = self.within or given.get("id") == "talk"
        if tag == "details":
            self.folded.append("open" not in given)
        seen = tag in ("input", "select", "textarea") and given.get("type") != "hidden"
        if seen and self.within and not any(self.folded):
            self.names.add(given["name"])

    def handle_endtag(self, tag):
        if tag == "details":
            self.folded.pop()


@pytest.fixture
def nurse(staff, house):
    return staff(Role.CARE_WORKER, house.night)


@pytest.fixture
def send(nurse, house):
    def sent(data, **given):
        return nurse.post(TALK, {"unit": str(house.night), **data}, **given)

    return sent


@pytest.fixture
def oddny(house):
    known = factories.make_person("Oddny", "Demoli", birth_date=date(1968, 5, 17), number=factories.NUMBER)
    factories.involve(known, house.night)
    return known


class TestThePage:
    def test_asks_for_one_carer_and_one_child_in_at_most_25_inputs(self, nurse):
        asked = Inputs(nurse.get(TALK)).names

        assert len(asked) <= MOST_INPUTS, sorted(asked)
        assert {"minor_children", "minor_siblings", "imprisonment", "disability", "matters"} <= asked
        assert {"carers-0-may_know", "carers-0-said_to_be", "carers-0-matters", "children-0-born"} <= asked

    def test_is_in_the_menu_of_those_who_may(self, nurse):
        assert f'href="{TALK}"' in text_of(nurse.get("/arbeid/"))

    def test_is_not_for_those_who_only_steer(self, staff, house):
        steering = staff(Role.STRATEGY_OWNER, house.night)

        assert f'href="{TALK}"' not in text_of(steering.get("/arbeid/"))
        assert steering.get(TALK).status_code == 403

    def test_begins_with_somebody_registered_and_shows_who_is_around_them(self, nurse, oddny, house):
        son = factories.make_person("Odd", "Demoli", birth_date=None)
        factories.relate(oddny, son, factories.RelationKind.SIBLING)

        page = text_of(nurse.get(f"{TALK}?pasient={oddny.id}"))

        assert "Odd Demoli: Søsken" in page or "Odd Demoli" in page
        assert 'name="carers-TOTAL_FORMS" value="0"' in page
        assert factories.NUMBER not in page

    @pytest.mark.parametrize("whom", ["somebody", "01940000-0000-7000-8000-00000000dead"])
    def test_nobody_is_not_found(self, nurse, whom):
        assert nurse.get(f"{TALK}?pasient={whom}").status_code == 404

    def test_is_asked_for_by_its_own_short_way(self, nurse, oddny):
        stranger = factories.make_person("Liv", "Demodal")

        assert nurse.get(f"{TALK}?pasient={stranger.id}").status_code == 404


class TestSaving:
    def test_leads_to_what_stands_now(self, send, nurse):
        page = send(typed(), follow=True)

        talk = FirstTalk.objects.get()
        assert page.redirect_chain == [(f"{TALK}{talk.id}/", 302)]
        said = text_of(page)
        for words in ("Samtalen er lagret.", "Kari Demolund", "Nærmeste pårørende", "Per Demoli", "Født i 2016",
                      "Den andre forelderen", "Har pasienten søsken under 18 år?"):  # fmt: skip
            assert words in said, words
        # What the carer said is the carer's own.
        assert "Å få sove om natta." not in said
        assert "at Per Demoli kan få vite" not in said

    def test_leads_on_to_follow_up_the_carer_who_wants_it_and_the_child(self, send, staff, house):
        contact = staff(Role.CARER_CONTACT, house.night)
        send(typed(children=(CHILD | {"born": "17.05.2016"},)))
        patient, kari, per = (Person.objects.get(given_name=each) for each in ("Oddny", "Kari", "Per"))

        page = text_of(contact.get(f"{TALK}{FirstTalk.objects.get().id}/"))

        assert f'href="/arbeid/oppfolging/person/{kari.id}/"' in page
        assert f'href="/arbeid/oppfolging/barn/{patient.id}/{per.id}/"' in page
        assert "Følg opp Kari Demolund" in page

    @pytest.mark.parametrize("born", ["year", ""])
    def test_leads_on_from_a_child_whose_day_of_birth_nobody_knew_as_from_any_child(self, send, staff, house, born):
        send(typed(children=(CHILD | {"born": str(clock.today().year - 10) if born else ""},)))
        patient, per = (Person.objects.get(given_name=each) for each in ("Oddny", "Per"))

        page = text_of(staff(Role.CARER_CONTACT, house.night).get(f"{TALK}{FirstTalk.objects.get().id}/"))

        assert f'href="/arbeid/oppfolging/barn/{patient.id}/{per.id}/"' in page
        assert f'href="/arbeid/oppfolging/person/{per.id}/"' not in page

    def test_says_how_a_carer_whose_number_alone_the_unit_has_can_be_followed_up(self, send, nurse):
        send(typed(carers=(CARER | {"wants_contact": "", "matters": ""},), children=()))
        kari = Person.objects.get(given_name="Kari")
        page = text_of(nurse.get(f"{TALK}{FirstTalk.objects.get().id}/"))

        assert "Hvis personen vil ha hjelp selv, kan en enhet følge opp." in page
        assert f'href="/arbeid/personer/{kari.id}/oppfolging/"' in page

    def test_leads_nowhere_on_for_a_carer_whose_number_alone_the_unit_has(self, send, staff, house):
        contact = staff(Role.CARER_CONTACT, house.night)
        send(typed(carers=(CARER | {"wants_contact": "no", "matters": ""},), children=()))

        page = text_of(contact.get(f"{TALK}{FirstTalk.objects.get().id}/"))

        assert "Kari Demolund" in page
        assert "/arbeid/oppfolging/person/" not in page

    def test_sent_again_after_a_lost_answer_it_is_there_once(self, send):
        data = typed()

        first, again = send(data), send(data)

        assert first.headers["Location"] == again.headers["Location"]
        assert (FirstTalk.objects.count(), Person.objects.count(), Statement.objects.count()) == (1, 3, 2)

    def test_changed_after_it_was_saved_nothing_is_lost_in_silence(self, send):
        data = typed()
        send(data)
        more = data | rows("carers", CARER, CARER | {"given_name": "Liv"})

        page = send(more)

        assert page.status_code == 409
        assert "Denne samtalen er lagret fra før" in text_of(page)
        assert 'value="Liv"' in text_of(page)

    def test_the_draft_goes_with_it(self, send, nurse):
        nurse.post("/arbeid/kladd/people.first_talk/", typed(person_number=factories.NUMBER))
        page = text_of(nurse.get(TALK))
        assert "Du har en kladd fra" in page
        assert f'value="{factories.NUMBER}"' in page
        assert 'value="Demolund"' in page
        assert factories.NUMBER not in Draft.objects.values_list("form", flat=True)

        send(typed())
        assert "Du har en kladd fra" not in text_of(nurse.get(TALK))

    def test_a_childs_number_is_kept_unseen_and_folded_away_until_it_is_wrong(self, send, nurse):
        page = text_of(nurse.get(TALK))
        assert 'name="children-0-person_number"' in page
        assert "children-0-person_number" not in Inputs(nurse.get(TALK)).names

        wrong = send(typed(children=(CHILD | {"person_number": "123"},)))
        assert wrong.status_code == 422
        assert "children-0-person_number" in Inputs(wrong).names

        send(typed(children=(CHILD | {"person_number": factories.NUMBER},)))
        assert Person.objects.get(given_name="Per").pid == factories.NUMBER

    def test_an_empty_row_is_nobody(self, send):
        empty = {"own_phone": "on", "protected_address": "none", "kind": ""}

        send(typed(carers=(CARER, empty), children=({"kind": "child"},)))

        assert Person.objects.count() == 2

    def test_somebody_without_a_need_to_know_does_not_see_it(self, send, staff, house):
        send(typed())
        elsewhere = staff(Role.CARE_WORKER, house.carers)

        assert elsewhere.get(f"{TALK}{FirstTalk.objects.get().id}/").status_code == 404

    def test_a_child_nobody_looks_after_is_a_reason_to_talk_to_the_leader(self, send):
        page = send(typed(children=(CHILD | {"looked_after_by": "nobody"},)), follow=True)

        assert "Snakk med lederen din i dag." in text_of(page)


BAD = [
    ({"birth_date": "31.02.1968"}, "Skriv datoen"),
    ({"birth_date": "01.01.1700"}, "Skriv en fødselsdato"),
    (
        {
            "birth_date": "17.05.2016",
            "carers": (CARER | {"may_know": ""},),
            "children": (CHILD | {"born": "01.01.2016"},),
        },
        "eldre enn",
    ),
    ({"given_name": "Kari", "family_name": "Demolund"}, "to ganger"),
    ({"carers": (CARER | {"kind": ""},)}, "Fyll ut"),
    ({"carers": (CARER | {"kind": "parent", "birth_date": "01.01.1999"},)}, "eldre enn"),
    ({"carers": (CARER | {"phone": "x"},)}, "Skriv et telefonnummer"),
    ({"carers": (CARER | {"wants_contact": ""},)}, "den pårørendes eget"),
    ({"carers": (CARER | {"person_number": "12"},)}, "Et siffer er feil eller mangler"),
    ({"children": (CHILD | {"born": "1999"},)}, "bare dem under 18"),
    ({"children": (CHILD | {"born": "i fjor"},)}, "eller bare året"),
    ({"minor_children": "no"}, "svart nei"),
]


class TestWhatCannotBe:
    @pytest.mark.parametrize(("wrong", "said"), BAD)
    def test_is_said_first_and_nothing_typed_is_lost(self, send, wrong, said):
        page = send(typed(**wrong))

        assert page.status_code == 422
        words = text_of(page)
        assert re.search(rf'ds-error-summary.*href="#id_[^"]+">[^<]*{said}', words), said
        assert 'value="00 00 00 01"' in words or 'value="x"' in words
        assert "Å bo hjemme." in words
        assert not FirstTalk.objects.exists()
        assert not Person.objects.exists()

    def test_links_lead_to_fields_that_are_there(self, send):
        words = text_of(send(typed(carers=(CARER | {"phone": "x", "kind": ""},), children=(CHILD | {"born": "1999"},))))

        targets = re.findall(r'class="ds-link" data-color="neutral" href="#(id_[^"]+)"', words)
        assert len(targets) == len(("kind", "phone", "born"))
        assert [target for target in targets if f'id="{target}"' not in words] == []

    def test_nonsense_for_rows_is_refused_without_a_fault(self, send):
        page = send(typed() | {"carers-TOTAL_FORMS": "x", "do": "drop-carers-99"})

        assert page.status_code == 200

    def test_a_number_that_belongs_elsewhere_names_nobody(self, send):
        factories.make_person("Hemmelig", "Demoskjult", number=factories.NUMBER)

        for do in ("find", "save"):
            page = send(typed(do=do, person_number=factories.NUMBER))
            assert page.status_code == 422
            assert "bruker du blålys først" in text_of(page)
            assert "Demoskjult" not in text_of(page)


class TestLookingUp:
    def test_by_number_shows_who_it_is_and_keeps_what_was_typed(self, send, oddny):
        ChildrenAnswer.objects.create(
            patient=oddny, unit_id=oddny.involvements.get().unit_id, topic="minor_siblings", reply="no",
            asked_by=ids.new_id(), asked_at="2026-01-01T12:00Z",
        )  # fmt: skip

        page = text_of(send(typed(do="find", person_number=factories.NUMBER, given_name="", family_name="")))

        assert f'name="patient" value="{oddny.id}"' in page
        assert 'value="Demolund"' in page
        assert re.search(r'name="minor_siblings" value="no"[^>]*checked', page)
        assert not FirstTalk.objects.exists()

    def test_by_name_asks_whether_it_is_one_of_these(self, send, oddny):
        page = text_of(send(typed(do="find")))

        assert "Er det en av disse?" in page
        assert f'value="{oddny.id}"' in page

    def test_is_asked_also_when_it_is_to_be_saved(self, send, oddny):
        data = typed()
        page = send(data)
        assert page.status_code == 422
        assert "Velg om det er en av disse" in text_of(page)

        assert send(data | {"who": str(oddny.id)}).status_code == 302
        assert FirstTalk.objects.get().patient_id == oddny.id

    def test_the_second_of_two_is_shown_what_the_first_wrote(self, send, nurse, oddny):
        seen = re.search(r'name="seen"(?: value="([^"]*)")?', text_of(nurse.get(f"{TALK}?pasient={oddny.id}")))
        both = {"patient": str(oddny.id), "seen": seen[1] or ""}
        assert send(typed(**both)).status_code == 302

        page = send(typed(**both, carers=(CARER | {"given_name": "Liv"},), children=()))

        assert page.status_code == 409
        words = text_of(page)
        assert "Det er registrert mer enn du fikk se" in words
        assert "Kari Demolund" in words
        assert 'value="Liv"' in words
        newest = re.search(r'name="seen" value="([^"]+)"', words)[1]
        again = typed(carers=(CARER | {"given_name": "Liv"},), children=(), patient=str(oddny.id), seen=newest)
        assert send(again).status_code == 302
        assert CarerRole.objects.filter(role="NAERMESTE").count() == 2

    def test_another_patient_gives_the_fields_back(self, send, oddny):
        page = text_of(send(typed(do="other", patient=str(oddny.id))))

        assert "Finn pasienten" in page
        assert 'value="Demolund"' in page


class TestRows:
    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
    def test_one_more_comes_with_the_rest_kept_and_the_focus_in_it(self, send, headers):
        page = send(typed(do="add-carers"), headers=headers)

        words = text_of(page)
        assert page.status_code == 200
        assert 'name="carers-TOTAL_FORMS" value="2"' in words
        assert re.search(r'name="carers-1-given_name"[^>]*autofocus', words)
        assert words.count("autofocus") == 1
        assert 'value="Demolund"' in words
        assert ("<html" in words) is not bool(headers)
        assert "ds-error-summary" not in words

    def test_one_is_taken_away_and_the_others_stay(self, send):
        liv = CARER | {"given_name": "Liv"}
        del liv["own_phone"]

        words = text_of(send(typed(carers=(CARER, liv), do="drop-carers-0")))

        assert 'value="Kari"' not in words
        assert re.search(r'name="carers-0-given_name" value="Liv"', words)
        assert not re.search(r'name="carers-0-own_phone"[^>]*checked', words)

    def test_there_is_an_end_to_it(self, send):
        words = text_of(send(typed(carers=[CARER] * 12, do="add-carers")))

        assert 'name="carers-TOTAL_FORMS" value="12"' in words

    def test_nothing_is_said_to_be_wrong_before_it_is_to_be_saved(self, send):
        words = text_of(send(typed(do="add-children", carers=(CARER | {"phone": "x", "birth_date": "y"},))))

        assert 'aria-invalid="true"' not in words
        assert 'value="y"' in words


def test_a_talk_with_somebody_whose_number_alone_the_unit_has_is_refused_where_others_follow_them_up(send, house):
    known = factories.make_person("Oddny", "Demoli", birth_date=date(1968, 5, 17))
    factories.involve(known, house.night, basis=InvolvementBasis.EMERGENCY_CONTACT)
    factories.involve(known, house.carers)

    page = send(typed(patient=str(known.id), carers=(), children=()))

    assert page.status_code == 422
    assert "Du kan ikke skrive om denne personen." in text_of(page)
    assert not FirstTalk.objects.exists()
