"""The open pages of the catalogue, whoever reads them: finding, reading, choosing, keeping, saying what is wrong."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.access.models import SavedLink
from medspiller.catalogue.domain.finding import PAGE
from medspiller.catalogue.models import Report
from medspiller.catalogue.tests.every_offer import every_offer
from medspiller.core import tenancy

FIND, CHOOSE, COMPARE = "/tilbud/", "/tilbud/velg/", "/tilbud/sammenlign/"
DROP_IN, CHILDRENS = "drop-in-torsdag", "barnegruppe-8-12"


@pytest.fixture(scope="module")
def offers(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), every_offer() as tenant_id:
        yield tenant_id


def main_of(page):
    return page.content.decode().partition("<main")[2].partition("</main>")[0]


def text_of(page):
    words = re.sub(r"<[^>]+>", " ", main_of(page))
    return " ".join(words.split())


def heading(page):
    return " ".join(re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", page.content.decode(), re.S)[1]).split())


def slugs_in(page):
    found = re.findall(r'class="m-door-link" href="/tilbud/([a-z0-9-]+)/"', page.content.decode())
    return [slug for slug in dict.fromkeys(found) if slug != "velg"]


class TestFinding:
    @pytest.mark.parametrize(
        ("language", "title"),
        [("nb", "Hvilken hjelp finnes?"), ("nn", "Kva hjelp finst?"), ("en", "What help is there?")],
    )
    def test_begins_with_a_box_everyday_sentences_and_a_way_to_all_offers(self, client, offers, language, title):
        page = client.get(FIND, {"lang": language})

        assert heading(page) == title
        assert 'name="q"' in page.content.decode()
        assert page.content.decode().count('class="ds-chip"') > 10
        assert len(slugs_in(client.get(FIND, {"alle": "on"}))) == PAGE

    def test_says_of_each_offer_how_where_and_what_it_costs(self, client, offers):
        page = client.get(FIND, {"q": "kom innom på torsdager"})

        assert slugs_in(page)[0] == DROP_IN
        assert "Bare kom eller ta kontakt" in text_of(page)
        assert "Gratis" in text_of(page)

    def test_says_why_an_offer_is_there(self, client, offers):
        assert "Derfor er dette her:" in text_of(client.get(FIND, {"q": "jeg får ikke sove"}))

    def test_is_narrowed_and_says_by_what(self, client, offers):
        page = client.get(FIND, {"behov": "bereavement", "gratis": "on", "alder": "40"})

        assert {"Støtte når noen har dødd", "Gratis", "40 år"} <= set(
            re.findall(r"Fjern: </span>([^<]+)</a>", page.content.decode())
        )
        assert slugs_in(page)

    @pytest.mark.parametrize(("language", "label"), [("nb", "Alderen din"), ("nn", "Alderen din"), ("en", "Your age")])
    def test_has_the_same_filters_whether_one_is_set_or_none(self, client, offers, language, label):
        none, one = (
            client.get(FIND, {"lang": language, "q": "sorg", **chosen}).content.decode().partition('id="flere-valg"')[2]
            for chosen in ({}, {"barn": "on"})
        )
        filters = none.partition("</details>")[0]

        assert label in filters
        assert filters == one.partition("</details>")[0].replace(" open", "").replace(" checked", "")

    def test_has_pages(self, client, offers):
        first, second = client.get(FIND, {"alle": "on"}), client.get(FIND, {"alle": "on", "side": "2"})

        assert not set(slugs_in(first)) & set(slugs_in(second))
        assert client.get(FIND, {"alle": "on", "side": "999999"}).status_code == 200

    @pytest.mark.parametrize(
        "asked", ["x" * 10_000, "'; DROP TABLE catalogue_entry; --", "<script>alert(1)</script>", "\0%_\\", "  "]
    )
    def test_whatever_is_typed_the_page_helps(self, client, offers, asked):
        page = client.get(FIND, {"q": asked})

        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()

    @pytest.mark.parametrize("asked", [{"alder": "tolv"}, {"behov": "everything"}, {"sprak": "xx"}, {"alder": "-3"}])
    def test_what_cannot_be_chosen_is_said_and_the_rest_is_shown(self, client, offers, asked):
        page = client.get(FIND, asked)

        assert page.status_code == 422
        assert slugs_in(page)

    def test_is_never_a_dead_end(self, client, offers):
        page = client.get(FIND, {"q": "sorg", "behov": "technical-aids", "alder": "3", "sprak": "vi", "sted": "Utopia"})

        assert "Vi fant ikke noe som passer" in text_of(page)
        assert {"116 123", "113"} <= set(re.findall(r"\b11\d(?: \d{3})?\b", text_of(page)))
        assert 'href="/kontakt/"' in page.content.decode()
        assert slugs_in(page), "the nearest are shown"

    def test_acute_help_stands_first_where_the_words_ask_for_it(self, client, offers):
        page = client.get(FIND, {"q": "han vil ta livet sitt"}).content.decode()

        assert page.index('id="acute-help"') < page.index('class="c-results"')

    def test_suggests_while_one_types_and_searches_without_script(self, client, offers):
        part = client.get("/tilbud/forslag/", {"q": "demens"}, headers={"HX-Request": "true"}).content.decode()

        assert 'href="/tilbud/' in part
        assert client.get("/tilbud/forslag/", {"q": "demens"})["Location"] == "/tilbud/?q=demens"

    def test_stands_where_there_is_nothing_yet(self, client, here):
        assert "Du er ikke uten hjelp" in text_of(client.get(FIND))


class TestAnOffer:
    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_says_all_there_is_to_know_on_screen_and_on_paper(self, client, offers, language):
        page = client.get(f"/tilbud/{DROP_IN}/", {"lang": language})
        sheet = client.get(f"/tilbud/{DROP_IN}/utskrift/", {"lang": language})

        for each in (page, sheet):
            assert "Eksempelveien 1" in text_of(each)
            assert heading(each) == heading(page)

    def test_shows_as_such_what_is_not_certain(self, client, offers):
        page = client.get("/tilbud/demenslinjen/")

        assert "Ikke alt her er sikkert" in text_of(page) or "certain" in text_of(page)

    @pytest.mark.parametrize("path", ["", "utskrift/", "feil/", "feil/takk/"])
    def test_for_children_has_their_way_out_and_their_numbers_and_no_other_has(self, client, offers, path):
        childrens, anybodys = (client.get(f"/tilbud/{slug}/{path}") for slug in (CHILDRENS, DROP_IN))
        bar = main_of(childrens).partition('class="c-numbers"')[2]

        assert re.findall(r'href="tel:([^"]+)"', bar) == ["116111", "116117", "112"]
        assert main_of(childrens).index('id="quick-exit"') < main_of(childrens).index("<h1")
        assert "catalogue/leave" in childrens.content.decode()
        assert not {"quick-exit", "c-numbers", "catalogue/leave"} & set(
            re.findall(r"quick-exit|c-numbers|catalogue/leave", anybodys.content.decode())
        )

    def test_for_children_leaves_nothing_with_who_only_reads(self, client, offers):
        assert not client.get(f"/tilbud/{CHILDRENS}/").cookies

    def test_that_is_none_is_not_found(self, client, offers):
        for path in ("", "utskrift/", "feil/", "feil/takk/"):
            assert client.get(f"/tilbud/no-such-offer/{path}").status_code == 404


class TestSayingWhatIsWrong:
    PATH = f"/tilbud/{DROP_IN}/feil/"

    def test_asks_what_is_wrong_and_for_nothing_about_the_reader(self, client, offers):
        page = client.get(self.PATH)

        assert set(re.findall(r'name="(\w+)"', main_of(page))) == {"csrfmiddlewaretoken", "feil", "tekst"}

    def test_is_passed_on_and_thanked_for(self, client, offers):
        page = client.post(self.PATH, {"feil": "contact", "tekst": "Nummeret virker ikke."}, follow=True)

        assert heading(page) == "Takk"
        with tenancy.tenant_transaction(tenant_id=offers, actor_id=SYSTEM_ID):
            assert Report.objects.get(slug=DROP_IN).text == "Nummeret virker ikke."

    def test_takes_no_words_from_children(self, client, offers):
        path = f"/tilbud/{CHILDRENS}/feil/"
        client.post(path, {"feil": "contact", "tekst": "Pappa slår meg."})

        assert "tekst" not in re.findall(r'name="(\w+)"', main_of(client.get(path)))
        assert "Ring 116 111." in text_of(client.get(path))
        with tenancy.tenant_transaction(tenant_id=offers, actor_id=SYSTEM_ID):
            assert Report.objects.get(slug=CHILDRENS).text is None

    def test_says_who_reads_it_and_by_when(self, client, offers):
        said = text_of(client.get("/tilbud/demenslinjen/feil/"))

        assert "De i kommunen som passer på at tilbudene her stemmer, leser det innen 7 dager." in said

    def test_needs_a_choice(self, client, offers):
        page = client.post(self.PATH, {"tekst": "Noe"})

        assert page.status_code == 422
        assert "Velg hva som er feil." in text_of(page)


class TestHelpMeChoose:
    def test_asks_five_questions_at_most_and_keeps_nothing(self, client, offers):
        given, asked = {}, []
        with CaptureQueriesContext(connection) as queries:
            page = client.get(CHOOSE)
            while 'class="c-answers"' in main_of(page) and len(asked) < 6:
                asked.append(heading(page))
                button = re.search(r'class="c-answers".*?<button[^>]*>', main_of(page), re.S)[0]
                given[re.search(r' name="(\w+)"', button)[1]] = re.search(r' value="([^"]+)"', button)[1]
                page = client.post(CHOOSE, given)

        assert len(set(asked)) == 5
        assert heading(page) == "Dette kan passe for deg"
        assert page["Cache-Control"] == "no-store"
        assert not [each for each in queries if each["sql"].lstrip().upper().startswith(("INSERT", "UPDATE"))]

    def test_shows_what_fits_with_why_and_what_to_do(self, client, offers):
        page = client.post(CHOOSE, {"rolle": "partner", "om": "dementia", "behov": "peers", "gjor": "vis"})

        assert slugs_in(page)
        assert "Det handler om: demens." in text_of(page)
        assert "Slik får du det" in text_of(page)

    def test_lets_an_answer_be_changed_and_a_question_be_skipped(self, client, offers):
        page = client.post(CHOOSE, {"rolle": "-", "om": "dementia", "endre": "om"})

        assert heading(page) == "Hva gjelder det?"
        assert 'name="rolle" value="-"' in page.content.decode()

    def test_believes_nothing_that_it_has_not_asked(self, client, offers):
        page = client.post(CHOOSE, {"rolle": "<b>", "om": "x" * 5000})

        assert heading(page) == "Hva er du for den du er pårørende til?"

    def test_who_needs_somebody_now_sees_the_numbers_first(self, client, offers):
        page = client.post(CHOOSE, {"hvordan": "now", "gjor": "vis"}).content.decode()

        assert 'id="acute-help"' in page


class TestWhatWasChosen:
    TWO = (DROP_IN, "samtale-med-parorenderadgiver")

    def test_stands_side_by_side(self, client, offers):
        page = client.get(COMPARE, {"tilbud": self.TWO})

        assert "<table" in page.content.decode()
        assert text_of(page).count("Slik får du det") >= 1
        assert client.get(f"{COMPARE}utskrift/", {"tilbud": self.TWO}).status_code == 200

    def test_is_nothing_where_nothing_was_chosen(self, client, offers):
        assert client.get(COMPARE)["Location"] == FIND
        assert client.get(COMPARE, {"tilbud": ["no-such-offer", "\0"]})["Location"] == FIND

    def test_is_kept_behind_a_link_that_shows_nothing_by_itself(self, client, offers):
        saved = client.post("/tilbud/lagre/", {"tilbud": self.TWO})
        link = re.search(r'href="(/tilbud/lagret/[^"]+/)"', saved.content.decode())[1]

        assert DROP_IN not in client.get(link).content.decode()
        assert set(slugs_in(client.post(link, {"gjor": "vis"}))) == set(self.TWO)
        with tenancy.tenant_transaction(tenant_id=offers, actor_id=SYSTEM_ID):
            assert DROP_IN.encode() not in bytes(SavedLink.objects.get().sealed)

        assert heading(client.post(link, {"gjor": "slett"})) == "Det er slettet"
        assert client.post(link, {"gjor": "vis"}).status_code == 404
        # The page that opens cannot know, so it does not say that there is something.
        assert heading(client.get(link)) == "En privat lenke"
        assert "Det kan ligge en lagret liste" in client.get(link).content.decode()
        assert saved["Cache-Control"] == "no-store"
        assert saved["Referrer-Policy"] == "strict-origin"
