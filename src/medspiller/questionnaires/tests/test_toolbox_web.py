"""The toolbox: what is found, what a tool's page says, and beginning its form for somebody."""

from datetime import date

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.content import services as content
from medspiller.people.tests import factories as people
from medspiller.questionnaires.domain.library.content_tools import tool_in
from medspiller.questionnaires.domain.library.tools import Situation, found_in
from medspiller.questionnaires.selectors import toolbox
from medspiller.questionnaires.tests import content as made

LIST = "/arbeid/verktoy/"


def text_of(page):
    return " ".join(page.content.decode().split())


def tool(name, **changes):
    return made.described("tools", name, made.tool(url=f"https://example.no/tools/{name}", **changes))


TALK = tool(
    "talk", title=made.said("Samtale"), steps=[{"title": made.said("Lytt"), "text": made.said("Spør om natta")}]
)
GRIEF = tool("grief", title=made.said("Sorg"), situations=["bereavement"], summary=made.said("Når natta er lang"))
SLEEP = tool("night", title=made.said("Natta"), situations=["own-health", "respite"])


class TestSearch:
    TOOLS = [tool_in(each) for each in (TALK, GRIEF, SLEEP)]

    def found(self, **narrowed):
        return [each.slug for each in found_in(self.TOOLS, **narrowed)]

    def test_everything_is_there_by_title(self):
        assert self.found() == ["night", "talk", "grief"]

    def test_words_are_found_in_steps_too_and_those_in_titles_come_first(self):
        assert self.found(words="NATT") == ["night", "talk", "grief"]
        assert self.found(words="spør natta") == ["talk"]

    def test_a_situation_narrows(self):
        assert self.found(situation=Situation.BEREAVEMENT) == ["grief"]
        assert self.found(situation=Situation.RESPITE, words="sorg") == []

    def test_words_of_another_language_are_found(self):
        assert self.found(words="English") == ["night", "talk", "grief"]


@pytest.fixture
def published(here):
    form = made.form()
    opens = tool("nights", title=made.said("Nettene"), form=made.URL, law=[{"ref": "pbrl § 3-3"}])
    content.publish(actor=actors.system(here), definitions=[form, TALK, GRIEF, opens])


@pytest.fixture
def nurse(staff, house, published):
    return staff(Role.CARE_WORKER, house.home_care)


class TestThePages:
    def test_everybody_at_work_finds_tools_by_situation(self, nurse):
        page = text_of(nurse.get(f"{LIST}?situasjon=bereavement"))

        assert "Sorg på bokmål" in page
        assert "Samtale på bokmål" not in page

    def test_nothing_found_leads_back_to_all(self, nurse):
        assert "Vis alle verktøy" in text_of(nurse.get(f"{LIST}?q=finnes-ikke"))

    def test_an_unknown_situation_is_told(self, nurse):
        assert nurse.get(f"{LIST}?situasjon=fest").status_code == 422

    def test_a_tool_has_steps_sources_law_and_when_it_was_gone_through(self, nurse):
        page = text_of(nurse.get(f"{LIST}nights/"))

        law = "pasient- og brukerrettighetsloven § 3-3"
        for words in ("Ask what matters på bokmål", "Veileder", law, "1. november 2026"):
            assert words in page

    def test_an_unknown_tool_is_not_found(self, nurse):
        assert nurse.get(f"{LIST}finnes-ikke/").status_code == 404

    def test_its_form_is_begun_for_somebody_one_follows_up(self, nurse, house):
        person = people.make_person("Oddny", "Demoli")
        people.involve(person, house.home_care)

        page = nurse.post(f"{LIST}nights/", {"name": "Oddny"})

        assert f"/arbeid/personer/{person.id}/skjema/" in page.content.decode()
        assert page["Cache-Control"] == "no-store"

    def test_nobody_else_is_found(self, nurse):
        people.make_person("Oddny", "Demoli")

        assert "Demoli" not in text_of(nurse.post(f"{LIST}nights/", {"name": "Oddny"}))

    def test_whoever_meets_nobody_reads_and_begins_nothing(self, staff, house, published):
        planner = staff(Role.STRATEGY_OWNER, house.top)

        page = text_of(planner.get(f"{LIST}nights/"))

        assert "For hvem?" not in page
        assert "Demoli" not in text_of(planner.post(f"{LIST}nights/", {"name": "Oddny"}))


def test_tools_are_linked_to_from_where_they_are_needed(here, house, published):
    nurse = people.worker(here, house.home_care)

    assert [each.slug for each in toolbox.tools_for(actor=nurse, situation=Situation.BEREAVEMENT)] == ["grief"]
    assert toolbox.tools_for(actor=actors.anonymous(here), situation=Situation.BEREAVEMENT) == ()


def test_a_tool_says_when_it_was_last_gone_through():
    assert tool_in(TALK).reviewed == date(2026, 11, 1)
