"""The open pages of plans: plain words, how far it has come, and nothing before it is shown to the public."""

import re

import pytest

from medspiller.access.domain import actors
from medspiller.portal.tests.test_reading_level import EVERYBODYS, lix, words_of
from medspiller.strategy.domain.written_in import language_of
from medspiller.strategy.services import strategies
from medspiller.strategy.tests.plans import build_plan
from tests.support.database import HERE
from tests.support.staff import build_house


@pytest.fixture
def system(here):
    return actors.system(HERE)


@pytest.fixture
def plan(system):
    return build_plan(system, unit_id=build_house(HERE).top)


@pytest.fixture
def shown(plan, system):
    strategies.publish(actor=system, strategy_id=plan.strategy_id)
    return plan


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


class TestBeforeAnythingIsShown:
    def test_the_page_says_so(self, client, plan):
        assert "Her er det ingen plan ennå" in text_of(client.get("/plan/"))

    def test_a_plan_is_not_to_be_found(self, client, plan):
        assert client.get(f"/plan/{plan.slug}/").status_code == 404


class TestAPlan:
    def test_stands_at_the_short_address_when_it_is_the_only_one(self, client, shown):
        page = client.get("/plan/")

        assert "Vi ser pårørende" in text_of(page)
        assert f'rel="canonical" href="/plan/{shown.slug}/"' in page.content.decode()

    def test_says_what_we_want_what_we_do_and_how_far_it_is(self, client, shown):
        page = text_of(client.get(f"/plan/{shown.slug}/"))

        assert "1 av 3 er ferdig" in page
        assert "1 er i gang 1 er ikke startet" in page
        assert "Dette vil vi Alle blir spurt om hvem som er nærmest." in page
        assert (
            "Spør alle nye brukere om pårørende Hvor langt: Ferdig Hvem gjør det: Helse, Oppvekst Når: 2021–2025"
            in page
        )
        assert "Spør kommunen" in page

    def test_says_nothing_of_what_is_said_inside(self, client, shown):
        page = text_of(client.get(f"/plan/{shown.slug}/"))

        assert "To stillinger er tomme" not in page
        assert "Må gjøres noe med" not in page

    def test_has_a_bar_that_says_no_more_than_the_words(self, client, shown):
        page = client.get(f"/plan/{shown.slug}/").content.decode()
        bar = re.search(r'<svg class="s-bar".*?</svg>', page)[0]

        assert 'aria-hidden="true"' in bar
        assert re.findall(r'data-status="(\w+)" x="([\d.]+)"', bar) == [
            ("done", "0.00"), ("under_way", "33.33"), ("not_started", "66.67"),
        ]  # fmt: skip

    @pytest.mark.parametrize(("language", "said"), [("nn", "Dette gjer vi"), ("en", "What we are doing")])
    def test_keeps_its_own_language_within_the_readers(self, client, shown, language, said):
        page = client.get(f"/plan/{shown.slug}/", {"lang": language})

        assert said in text_of(page)
        assert '<span lang="nb">Vi ser pårørende</span>' in page.content.decode()

    @pytest.mark.parametrize("language", ["nb", "nn"])
    def test_is_easy_to_read(self, client, shown, language):
        assert lix(words_of(client.get("/plan/", {"lang": language}))) < EVERYBODYS

    def test_is_named_in_the_list_of_open_pages_and_at_the_foot(self, client, shown):
        assert f"/plan/{shown.slug}/</loc>" in client.get("/sitemap.xml").content.decode()
        assert 'href="/plan/"' in client.get("/").content.decode()

    def test_is_one_of_several(self, client, shown, system):
        other = build_plan(system, unit_id=None, title="Dei nære skal ikkje stå åleine")
        strategies.publish(actor=system, strategy_id=other.strategy_id)

        page = client.get("/plan/")

        assert '<span lang="nn">Dei nære skal ikkje stå åleine</span>' in page.content.decode()
        assert "Vi ser pårørende" in text_of(page)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_empty_page_is_easy_to_read(client, here, language):
    assert lix(words_of(client.get("/plan/", {"lang": language}))) < EVERYBODYS


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Vi vil ikke at noen skal stå alene.", "nb"),
        ("Dei skal ikkje vere åleine, og dei får hjelp frå ein kontakt.", "nn"),
        ("The carers are to be seen and heard by the services.", "en"),
        ("2021–2025", "nb"),
    ],
)
def test_the_language_is_told_by_small_words(text, language):
    assert language_of([text]) == language
