"""The open pages about rights, whoever reads them: nothing is known, and every number says where it stands."""

import pytest

from medspiller.rights.domain.known_facts import FactKind
from medspiller.rights.tests.publishing import publish_rules
from medspiller.rights.tests.walking import heading, text_of

ALL = "/rettigheter/alle/"


@pytest.fixture
def rules(here):
    publish_rules(here)


def test_the_first_page_has_a_card_for_every_situation(client, rules, rulebook):
    page = text_of(client.get("/rettigheter/"))

    assert all(situation.title["nb"] in page for situation in rulebook.situations)


def test_without_rules_the_pages_say_so(client, here):
    assert "ikke lagt inn" in text_of(client.get("/rettigheter/"))
    assert "ikke lagt inn" in text_of(client.get(ALL))
    assert client.get("/rettigheter/omsorgspenger/").status_code == 404
    assert client.get("/rettigheter/situasjon/child-ill/").status_code == 404


class TestTheList:
    def test_has_every_right(self, client, rules, rulebook):
        page = text_of(client.get(ALL))

        assert all(right.title["nb"] in page for right in rulebook.rights.values())

    def test_is_laid_out_as_the_other_pages_about_rights(self, client, rules):
        assert "rights/rights" in client.get(ALL).content.decode()

    def test_is_narrowed_by_words_by_who_decides_and_by_situation(self, client, rules, rulebook):
        def shown(**asked):
            page = client.get(ALL, asked).content.decode()
            return {right.id for right in rulebook.rights.values() if f'href="/rettigheter/{right.slug}/"' in page}

        assert shown(q="OMSORGSPENGER") >= {"R-FTRL-9-5"}
        assert shown(avgjor="kommune") == {r.id for r in rulebook.rights.values() if r.decided_by == "kommune"}
        first = rulebook.situations[0]
        assert shown(situasjon=first.id) == set(first.rights)
        assert shown(q="finnes-ikke") == set()

    def test_refuses_a_choice_that_is_not_there(self, client, rules):
        assert client.get(ALL, {"avgjor": "kongen"}).status_code == 422


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_right_has_a_page_of_its_own_and_a_sheet(client, rules, rulebook, language):
    for right in rulebook.rights.values():
        page = client.get(f"/rettigheter/{right.slug}/", {"lang": language})

        assert heading(page) == right.title[language]
        assert heading(client.get(f"/rettigheter/{right.slug}/utskrift/")) == right.title[language]


def test_what_is_not_verified_is_shown_as_such(client, rules, rulebook):
    unverified = [right for right in rulebook.rights.values() if right.verify]
    assert unverified
    for right in unverified:
        page = text_of(client.get(f"/rettigheter/{right.slug}/"))

        assert "Dette er ikke kontrollert" in page
        assert all(" ".join(words["nb"].split()) in page for words in right.verify)


def test_every_kind_of_question_can_be_asked(rulebook):
    assert {fact.kind for fact in rulebook.facts.values()} <= set(FactKind)
