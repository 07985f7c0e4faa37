"""Asking on the open pages: one question at a time, nothing stored, nothing lost."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.core import clock
from medspiller.rights.tests.publishing import publish_rules
from medspiller.rights.tests.walking import ANSWERS, ASK, Walker, heading, hidden, text_of


@pytest.fixture
def rules(here):
    publish_rules(here)


@pytest.fixture
def walker(client, rules):
    return Walker(client, client.get(ASK))


def asked_for(client, question):
    """The page that asks one question, whatever comes before it."""
    walker = Walker(client, client.get(ASK))
    walker.change(question)
    assert walker.question == question
    return walker


class TestTheQuestions:
    def test_begin_from_every_situation_of_life(self, client, rules, rulebook):
        assert len(rulebook.situations) >= 9
        for situation in rulebook.situations:
            page = client.get(f"/rettigheter/situasjon/{situation.id}/")

            assert heading(page) == situation.title["nb"]
            assert hidden(page)
            assert "Hvorfor vi spør:" in text_of(page)

    def test_go_on_until_nothing_is_left_each_asked_once(self, walker):
        for _ in range(80):
            if not walker.question:
                break
            walker.skip()

        assert heading(walker.page) == "Hva du kan ha rett til"
        assert len(walker.asked) == len(set(walker.asked)) > 5

    def test_say_how_far_one_has_come_in_words(self, walker, rulebook):
        assert f"av {len(rulebook.rights)} rettigheter" in text_of(walker.page)

    def test_say_early_what_one_cannot_have_and_what_would_change_it(self, client, rules):
        walker = Walker(client, client.get("/rettigheter/situasjon/parent-needs-help/"))
        walker.change("carer.employed")
        page = walker.say("no")

        assert "Ikke slik det er nå" in text_of(page)
        assert "Permisjon for nødvendig omsorg" in text_of(page)
        assert "Et annet svar på dette ville endret det" in text_of(page)

    def test_can_be_gone_back_with_the_answer_still_there(self, client, rules):
        walker = asked_for(client, "carer.employed")
        walker.say("yes")
        walker.send(gjor="tilbake")

        assert walker.question == "carer.employed"
        assert 'value="yes" checked' in walker.page.content.decode()

    def test_about_children_are_asked_by_number(self, client, rules):
        walker = asked_for(client, "children")
        walker.say("2")
        walker.change("children.birth_year")

        assert walker.inputs == ["v-children-0-birth_year", "v-children-1-birth_year"]
        assert "Barn 1" in text_of(walker.page)
        walker.say("2015", "2020")
        assert "Barn 2: 2020" in text_of(walker.page)

    def test_of_children_that_are_taken_back_are_forgotten(self, client, rules):
        walker = asked_for(client, "children")
        walker.say("2")
        walker.change("children.birth_year")
        walker.say("2015", "2020")
        walker.change("children")
        walker.say("1")

        assert "Barn 2" not in text_of(walker.so_far())

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_are_whole_in_every_language(self, client, rules, language):
        walker = Walker(client, client.get(ASK))
        walker.send(f"{ASK}?lang={language}")
        assert f'<html lang="{language}"' in walker.page.content.decode()
        walker.skip()

        assert f'<html lang="{language}"' in walker.send(ANSWERS).content.decode()


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("question", "typed", "says"),
        [
            ("children", "-1", "uten minus"),
            ("children", "40", "fra 0 til 20"),
            ("children", "mange", "med siffer"),
            ("children", "1,5", "helt tall"),
            ("carer.birth_year", str(clock.today().year + 1), "kan ikke være etter"),
            ("carer.birth_year", "84", "fire siffer"),
            ("carer.employed", "kanskje", "Velg ett av svarene"),
            ("carer.employed", "", "Gi et svar"),
        ],
    )
    def test_is_told_in_one_line_and_stays_to_be_put_right(self, client, rules, question, typed, says):
        walker = asked_for(client, question)
        before = hidden(walker.page)
        walker.say(typed)

        assert walker.page.status_code == 422
        assert says in text_of(walker.page)
        assert walker.question == question
        assert len(hidden(walker.page)) == len(before)
        if typed and typed != "kanskje":
            assert f'value="{typed}"' in walker.page.content.decode()

    @pytest.mark.parametrize(
        ("day", "says"), [("1969-12-31", "1. januar 1970"), ("2099-01-01", "neste år"), ("i går", "21.11.2026")]
    )
    def test_days_that_nobody_knows_are_told(self, walker, day, says):
        walker.so_far()
        page = walker.send(gjor="dato", dag=day)

        assert page.status_code == 422
        assert says in text_of(page)

    @pytest.mark.parametrize("state", ["", "x", "a" * 20_000, "eyJvbiI6IjIwMjYifQ:1abc:def"])
    def test_what_we_have_not_sent_leads_back_to_the_start(self, client, rules, state):
        for address in (ASK, ANSWERS, f"{ANSWERS}utskrift/", f"{ANSWERS}lagre/", f"{ANSWERS}pdf/"):
            assert client.post(address, {"tilstand": state, "gjor": "svar"})["Location"] == "/rettigheter/"

    def test_a_button_nobody_has_changes_nothing(self, walker):
        question = walker.question

        assert walker.send(gjor="noe annet").status_code == 200
        assert walker.question == question


class TestTheAnswers:
    def test_of_a_parent_with_a_chronically_ill_child_say_how_many_days(self, client, rules):
        walker = asked_for(client, "children")
        walker.say("1")
        for question, value in {
            "carer.employed": "yes",
            "children.birth_year": str(clock.today().year - 5),
            "children.lives_with_carer": "yes",
            "children.chronic": "yes",
            "children.sole_care": "no",
        }.items():
            walker.change(question)
            walker.say(value)

        assert "20 dager" in text_of(walker.so_far())

    def test_open_questions_and_lead_to_the_right(self, walker):
        walker.so_far()
        page = walker.send("/rettigheter/svar/rett/omsorgspenger/")

        assert heading(page).startswith("Omsorgspenger")
        assert "Hvorfor" in text_of(page)
        assert "Sist kontrollert" in text_of(page)
        assert heading(walker.so_far()) == "Hva du kan ha rett til"

    def test_can_be_asked_for_another_day(self, walker):
        walker.so_far()
        page = walker.send(gjor="dato", dag="2024-02-29")

        assert "29. februar 2024" in text_of(page)

    def test_of_a_day_whose_rules_nobody_has_read_are_none(self, walker):
        walker.so_far()

        assert "Dette kan vi ikke svare på" in text_of(walker.send(gjor="dato", dag="1971-01-01"))

    def test_are_printed(self, walker):
        assert heading(walker.send("/rettigheter/svar/utskrift/")) == "Hva du kan ha rett til"

    def test_fetched_without_a_form_lead_back(self, client, rules):
        assert client.get(ANSWERS)["Location"] == "/rettigheter/"
        assert client.get(f"{ANSWERS}rett/omsorgspenger/")["Location"] == "/rettigheter/omsorgspenger/"


class TestNobodyIsRecognised:
    def test_and_nothing_is_kept_anywhere(self, client, rules):
        walker = asked_for(client, "carer.employed")
        with CaptureQueriesContext(connection) as asked:
            walker.say("yes")
            walker.so_far()

        statements = [query["sql"] for query in asked]
        assert not [one for one in statements if one.startswith(("INSERT", "UPDATE", "DELETE"))]
        assert not [one for one in statements if "session" in one]
        assert settings.SESSION_COOKIE_NAME not in walker.page.cookies

    def test_by_what_lies_on_the_way(self, walker):
        page = walker.so_far()

        assert page["Cache-Control"] == "no-store"
        assert page["X-Robots-Tag"] == "noindex"
        assert "?" not in page.wsgi_request.get_full_path()

    def test_by_pages_that_only_tell_of_the_law(self, client, rules):
        for address in ("/rettigheter/", "/rettigheter/alle/", "/rettigheter/omsorgspenger/"):
            assert not client.get(address).cookies
