"""The pages of the work list: what they show, to whom, and what happens when a button is pressed."""

import csv
import io
from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.core import tenancy
from medspiller.core.clock import today
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.worklist import services
from medspiller.worklist.domain.items import Outcome, WithdrawnWhy
from medspiller.worklist.domain.kinds import KINDS, Deadline
from medspiller.worklist.models import WorkItem
from medspiller.worklist.templatetags import work_items
from medspiller.worklist.tests import factories
from tests.support.database import ELSEWHERE
from tests.support.staff import build_house

LIST = "/arbeid/oppgaver/"


def text_of(page):
    return " ".join(page.content.decode().split())


def at(item, do=""):
    return f"{LIST}{item.id}/{do}"


@pytest.fixture
def nurse(staff, house):
    """A nurse in the home care, signed in."""
    return staff(Role.CARE_WORKER, house.home_care)


@pytest.fixture
def patient(house):
    return factories.followed(house.home_care)


@pytest.fixture
def waiting(house, patient):
    return factories.put(house.home_care, patient)


@pytest.fixture
def colleague(house):
    return factories.worker(house.tenant_id, house.home_care, name="Nora Demonatt")


class TestTheList:
    def test_says_what_about_whom_and_by_when(self, nurse, house, patient):
        factories.put(house.home_care, patient, due_in=-1)

        page = text_of(nurse.get(LIST))

        assert "Spør om barn og søsken under 18 år" in page
        assert "Oddny Demoli" in page
        assert "Over fristen" in page
        assert "1 oppgave" in page

    def test_what_is_called_a_sentence_has_no_full_stop_before_the_colon(self, nurse, house):
        item = factories.put(house.home_care, kind="notice", due_in=0)
        texts = {"title": {"nb": "Vi spør hver enhet én gang i året."}, "origin": {"nb": "Pårørendestrategi"}}
        WorkItem.objects.filter(id=item.id).update(**texts)

        assert "Vi spør hver enhet én gang i året: Pårørendestrategi" in text_of(nurse.get("/arbeid/"))

    def test_names_nobody_whom_one_may_not_open(self, nurse, house):
        factories.put(house.home_care, factories.make_person("Hemmelig"))

        page = text_of(nurse.get(LIST))

        assert "Hemmelig" not in page
        assert "En person du ikke har tilgang til" in page
        assert "/ta/" not in page

    def test_marks_the_protected(self, nurse, house):
        factories.put(house.home_care, factories.followed(house.home_care, protected=ProtectedAddress.CONFIDENTIAL))

        assert "Fortrolig adresse" in text_of(nurse.get(LIST))

    def test_is_empty_in_words(self, nurse):
        assert "Ingenting venter her" in text_of(nurse.get(LIST))
        assert "Ingen treff" in text_of(nurse.get(LIST, {"forfalt": "on"}))

    def test_says_the_age_that_somebody_reaches(self, nurse, house):
        young = factories.followed(house.home_care, "Noah", birth_date=today().replace(year=today().year - 16))
        factories.put(house.home_care, young, kind="age_ahead", due_in=0)

        assert "Fyller 16 år" in text_of(nurse.get(LIST))

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_is_read_in_every_language(self, nurse, house, language):
        for kind in KINDS:
            factories.put(house.home_care, kind=kind)

        page = text_of(nurse.get(LIST, {"lang": language}))

        hers = sum(not kind.roles for kind in KINDS.values())
        words = {"nb": "oppgaver", "nn": "oppgåver", "en": "tasks"}[language]
        assert f"{hers} {words}" in page

    def test_is_narrowed_by_words_kind_unit_and_part(self, nurse, house, waiting, colleague):
        factories.put(house.night, factories.followed(house.night, "Kari"), kind="inform_carer", due_in=-1)
        services.finish(actor=colleague, item_id=factories.put(house.home_care, kind="review_consent").id)

        def names(**asked):
            page = text_of(nurse.get(LIST, asked))
            return {name for name in ("Oddny", "Kari") if name in page}

        assert names() == {"Oddny", "Kari"}
        assert names(q="personvernforordningen") == {"Kari"}
        assert names(q="søsken BARN") == {"Oddny"}
        assert names(type="children_question") == {"Oddny"}
        assert names(enhet=str(house.night)) == {"Kari"}
        assert names(forfalt="on") == {"Kari"}
        assert names(vis="mine") == names(vis="senere") == names(vis="ferdige") == set()
        assert "Spør på nytt om et samtykke" in text_of(nurse.get(LIST, {"vis": "ferdige"})).partition('id="items"')[2]

    def test_says_what_cannot_be_narrowed_by(self, nurse, waiting):
        answer = nurse.get(LIST, {"type": "tidy_up"})

        assert answer.status_code == 422
        assert "Oddny" in text_of(answer)

    @pytest.mark.parametrize("column", ["frist", "-frist", "type", "enhet", "-lagt", "person", "'"])
    def test_is_sorted_by_any_column_and_never_by_what_is_none(self, nurse, waiting, column):
        assert "Oddny" in text_of(nurse.get(LIST, {"sorter": column}))

    def test_goes_on_page_by_page(self, nurse, house):
        for _ in range(26):
            factories.put(house.home_care)

        assert text_of(nurse.get(LIST, {"side": "1"})).count("/ta/") == 25
        assert text_of(nurse.get(LIST, {"side": "2"})).count("/ta/") == 1

    def test_says_when_there_is_more_than_it_shows(self, nurse, house, monkeypatch):
        monkeypatch.setattr("medspiller.worklist.selectors.listing.MOST_LISTED", 2)
        monkeypatch.setattr("medspiller.worklist.selectors.counting.MOST_LISTED", 2)
        monkeypatch.setattr("medspiller.worklist.web.lists.MOST_LISTED", 2)
        for _ in range(3):
            factories.put(house.home_care)

        page = text_of(nurse.get(LIST))

        assert "Det er flere enn 2 oppgaver." in page
        assert page.count("/ta/") == 2

    def test_leads_from_a_notice_to_where_it_is_decided(self, nurse, house):
        item = factories.put(house.home_care, kind="notice")

        assert 'href="/arbeid/varsler/"' in text_of(nurse.get(at(item))).partition("<h1")[2]

    def test_comes_as_a_part_of_the_page_with_script(self, nurse, waiting):
        part = nurse.get(LIST, headers={"HX-Request": "true"})

        assert "<html" not in part.content.decode()
        assert "Oddny" in text_of(part)

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.VOLUNTEER_COORDINATOR])
    def test_is_refused_to_whoever_meets_nobody(self, staff, house, waiting, role):
        assert staff(role, house.top).get(LIST).status_code == 403

    def test_shows_whoever_owns_the_strategy_what_names_them_and_nothing_to_take(self, staff, house, waiting):
        named = [Role.STRATEGY_OWNER, Role.LEADER]
        factories.put(house.night, kind="strategy.status_due", roles=named)

        page = text_of(staff(Role.STRATEGY_OWNER, house.top).get(LIST))

        assert "Meld hvordan det går med et tiltak" in page
        assert "Oddny" not in page
        assert "/ta/" not in page

    def test_stands_in_the_menu(self, nurse):
        assert f'href="{LIST}"' in text_of(nurse.get("/arbeid/"))


class TestTakenAlong:
    def test_as_a_table_with_everybody_in_it_in_the_log(self, nurse, waiting, patient):
        answer = nurse.get(f"{LIST}liste.csv")

        (heading, line) = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
        assert heading[:3] == ["Hva", "Hvem det gjelder", "Frist"]
        assert line[:2] == ["Spør om barn og søsken under 18 år", "Oddny Demoli"]
        assert AccessEntry.objects.get(action="worklist.view_items").person_id == patient.id

    def test_is_narrowed_as_the_page_was(self, nurse, waiting):
        assert "Oddny" not in nurse.get(f"{LIST}liste.csv", {"forfalt": "on"}).content.decode()

    def test_on_paper(self, nurse, waiting):
        answer = nurse.get(f"{LIST}utskrift/")

        assert "Oddny Demoli" in text_of(answer)
        # On a small screen each value stands beside the column's header.
        assert 'data-label="Hvem det gjelder">Oddny Demoli<' in answer.content.decode()

    def test_says_when_it_is_cut(self, nurse, waiting, house, monkeypatch):
        monkeypatch.setattr("medspiller.worklist.web.lists.MOST_TAKEN_ALONG", 1)
        factories.put(house.home_care)

        assert "Det er mer enn det er plass til" in text_of(nurse.get(f"{LIST}utskrift/"))
        assert "Det er mer enn det er plass til" in nurse.get(f"{LIST}liste.csv").content.decode()


class TestOneItem:
    def test_says_why_by_which_law_and_where_to_go(self, nurse, waiting, patient):
        page = text_of(nurse.get(at(waiting)))

        assert "helsepersonelloven § 10 a" in page
        assert "Fristen er lokal praksis." in page
        assert f'href="/arbeid/personer/{patient.id}/"' in page

    def test_is_as_nothing_on_another_units_list_and_in_another_tenant(self, nurse, house, here):
        beside = factories.put(house.carers)
        tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID)
        foreign = factories.put(build_house(ELSEWHERE).home_care)
        tenancy.enter_tenant(tenant_id=here, actor_id=actors.SYSTEM_ID)

        for item in (beside, foreign):
            assert nurse.get(at(item)).status_code == 404
            assert nurse.post(at(item, "ta/")).status_code == 404

    def test_is_taken_given_back_and_finished_and_that_is_taken_back(self, nurse, waiting):
        assert "Oppgaven er din nå." in text_of(nurse.post(at(waiting, "ta/"), follow=True))
        assert "Gå til Oddny Demoli" in text_of(nurse.get(at(waiting)))
        assert "Oppgaven er ledig igjen." in text_of(nurse.post(at(waiting, "gi-tilbake/"), follow=True))
        assert "Oppgaven er tatt av listen." in text_of(nurse.post(at(waiting, "ferdig/"), follow=True))
        assert "Gjort av Solveig Demomyr" in text_of(nurse.get(at(waiting)))
        assert "Oppgaven er på listen igjen." in text_of(nurse.post(at(waiting, "angre/"), follow=True))

        assert WorkItem.objects.get().done_at is None

    def test_is_finished_as_not_needed(self, nurse, waiting):
        nurse.post(at(waiting, "ferdig/"), {"utfall": "not_needed"})

        assert "Ikke nødvendig av Solveig Demomyr" in text_of(nurse.get(at(waiting)))
        assert nurse.post(at(waiting, "ferdig/"), {"utfall": "tidied"}).status_code == 404

    def test_the_second_to_take_it_is_told_who_was_first(self, nurse, waiting, colleague):
        services.take(actor=colleague, item_id=waiting.id)

        for do in ("ta/", "gi-tilbake/", "ferdig/"):
            answer = nurse.post(at(waiting, do))
            assert answer.status_code == 409
            assert "Nora Demonatt har tatt oppgaven." in text_of(answer)
        assert "Nora Demonatt har tatt denne oppgaven." in text_of(nurse.get(at(waiting)))

    def test_is_given_to_a_colleague_who_is_told_from_whom(self, nurse, waiting, colleague):
        page = nurse.post(at(waiting, "gi-videre/"), {"til": str(colleague.id)}, follow=True)

        assert "Nora Demonatt har oppgaven nå." in text_of(page)
        assert "Gitt av" in text_of(nurse.get(at(waiting)))

    def test_is_given_to_nobody_who_does_not_do_such_things(self, nurse, waiting):
        page = nurse.post(at(waiting, "gi-videre/"), {"til": str(waiting.id)})

        assert page.status_code == 422
        assert WorkItem.objects.get(id=waiting.id).taken_by is None

    def test_is_put_off_and_called_back(self, nurse, waiting):
        until = today() + timedelta(days=4)
        nurse.post(at(waiting, "utsett/"), {"til_dag": until.isoformat(), "hvorfor": "no_answer"})

        assert "Oddny" not in text_of(nurse.get(LIST))
        assert "Jeg fikk ikke tak i dem" in text_of(nurse.get(at(waiting)))
        assert "Oddny" in text_of(nurse.get(LIST, {"vis": "venter"}))
        nurse.post(at(waiting, "vekk/"))
        assert "Oddny" in text_of(nurse.get(LIST))

    def test_is_not_put_off_to_yesterday_and_keeps_what_was_chosen(self, nurse, waiting):
        yesterday = today() - timedelta(days=1)
        page = nurse.post(at(waiting, "utsett/"), {"til_dag": yesterday.isoformat(), "hvorfor": "other"})

        assert page.status_code == 422
        assert "Velg en dag som ligger fram i tid." in text_of(page)
        assert f'value="{yesterday.isoformat()}"' in text_of(page)

    def test_a_leader_puts_back_what_a_colleague_has(self, staff, house, waiting, colleague):
        services.take(actor=colleague, item_id=waiting.id)
        leader = staff(Role.LEADER, house.home_care)

        assert "Legg oppgaven tilbake så andre kan ta den" in text_of(leader.get(at(waiting)))
        assert leader.post(at(waiting, "gi-tilbake/")).status_code == 302
        assert WorkItem.objects.get().taken_by is None

    def test_says_why_it_went_away(self, nurse, waiting):
        services.withdraw(
            actor=actors.system(waiting.unit.tenant_id),
            kind=waiting.kind,
            subject_type=waiting.subject_type,
            subject_id=waiting.subject_id,
            why=WithdrawnWhy.ANSWERED,
        )

        assert "Spørsmålet er besvart." in text_of(nurse.get(at(waiting)))
        for do in ("ta/", "gi-tilbake/", "ferdig/", "angre/"):
            assert nurse.post(at(waiting, do)).status_code == 409

    def test_what_nobody_has_goes_back_without_a_fuss(self, nurse, waiting):
        assert "Oppgaven var allerede ledig." in text_of(nurse.post(at(waiting, "gi-tilbake/"), follow=True))

    def test_that_has_come_anew_cannot_come_back(self, nurse, waiting, patient, house):
        nurse.post(at(waiting, "ferdig/"))
        factories.put(house.home_care, patient)

        assert nurse.post(at(waiting, "angre/")).status_code == 409

    def test_about_somebody_one_may_not_open_says_so_and_is_not_taken(self, nurse, house):
        item = factories.put(house.home_care, factories.make_person("Hemmelig"))

        page = text_of(nurse.get(at(item)))

        assert "Hemmelig" not in page
        assert "Derfor kan du ikke ta den" in page
        assert "/ta/" not in page
        assert nurse.post(at(item, "ta/")).status_code == 403

    @pytest.mark.parametrize("do", ["ta/", "gi-tilbake/", "ferdig/", "angre/"])
    def test_nothing_changes_by_following_a_link(self, nurse, waiting, do):
        assert nurse.get(at(waiting, do)).status_code == 405


def test_the_day_of_an_agreed_item_is_explained_by_its_kind(nurse, house, patient):
    offer = factories.put(house.home_care, kind="catalogue.review")
    consent = factories.put(house.home_care, patient, kind="review_consent")

    assert "Enheten satte dagen da teksten sist ble sett over." in text_of(nurse.get(at(offer)))
    assert "Fristen ble satt da vurderingen eller samtykket" in text_of(nurse.get(at(consent)))


class TestTheWords:
    @pytest.mark.parametrize(
        ("table", "codes"),
        [
            (work_items.TITLES, KINDS),
            (work_items.EXPLANATIONS, KINDS),
            (work_items.DEADLINES, Deadline),
            (work_items.OUTCOMES, Outcome),
            (work_items.WHY_WITHDRAWN, WithdrawnWhy),
        ],
    )
    def test_are_there_for_every_code(self, table, codes):
        assert set(table) == set(codes)
