"""The lists of follow-up as files: the same as on the page, narrowed alike, run by no spreadsheet, and in the log."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from medspiller.access.models import User
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.followup.models import Plan
from medspiller.followup.templatetags.followup_words import due_within_a_sentence
from medspiller.followup.tests.factories import open_file, start_plan
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.tests.factories import involve, make_person, worker
from medspiller.worklist.selectors.words import kind_title
from tests.support.staff import sign_in

LIST, OVERVIEW = "/arbeid/oppfolging/", "/arbeid/oversikt/"
FILE, LOAD, AT_RISK = f"{LIST}liste.csv", f"{OVERVIEW}liste.csv", f"{OVERVIEW}planer.csv"
KINDS = f"{OVERVIEW}oppgaver.csv"


def rows_of(answer):
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def logged(person):
    """What the log says of reading about somebody."""
    entries = AccessEntry.objects.filter(person_id=person.id, kind="read").order_by("id")
    return list(entries.values_list("action", "information", "basis", "actor_id"))


@pytest.fixture
def as_nurse(client, team):
    sign_in(client, User.objects.get(id=team.nurse.id))
    return client


@pytest.fixture
def as_leader(client, team):
    sign_in(client, User.objects.get(id=team.leader.id))
    return client


@pytest.fixture
def file(team):
    return open_file(team, contact_id=team.contact.id)


def another(team, given="Aslaug", **more):
    """The file of another carer of the same unit, without a plan and held by nobody."""
    carer = make_person(given, "Demonybø", **more)
    involve(carer, team.unit_id, basis=InvolvementBasis.SUPPORT)
    return open_file(team, carer=carer)


def test_a_day_within_a_sentence_begins_with_a_small_letter():
    with translation.override("nb"):
        assert due_within_a_sentence(clock.today() + timedelta(days=1)) == "i morgen"
        assert due_within_a_sentence(None) == ""


class TestTheCarers:
    def test_stand_with_a_line_for_each_plan(self, as_nurse, team, file):
        start_plan(team, file=file)
        another(team, protected=ProtectedAddress.CONFIDENTIAL)

        answer = as_nurse.get(FILE, {"vis": "enheten"})

        heading, without, with_plan = rows_of(answer)
        assert heading[:2] == ["Pårørende", "Barn"]
        assert heading[3:7] == ["Enhet", "Kontaktperson", "Plan", "Hvem som har tatt den"]
        assert without[:3] == ["Aslaug Demonybø", "", "Fortrolig adresse"]
        assert without[3:] == ["Hjemmetjenesten vest", "", "Ingen plan ennå.", "", "", ""]
        assert with_plan[:5] == ["Randi Demoli", "", "", "Hjemmetjenesten vest", "Ingrid Demovik"]
        assert with_plan[6] == "Solveig Demomyr"
        assert answer["Content-Disposition"] == f'attachment; filename="parorende-{clock.today()}.csv"'

    def test_are_narrowed_as_on_the_page(self, as_nurse, team, file):
        start_plan(team, file=file)
        another(team)

        def names(**asked):
            return [row[0] for row in rows_of(as_nurse.get(FILE, asked))[1:]]

        assert names() == ["Randi Demoli"]
        assert names(vis="enheten") == ["Aslaug Demonybø", "Randi Demoli"]
        assert names(vis="enheten", q="nybø") == ["Aslaug Demonybø"]
        assert names(vis="avsluttede") == []

    def test_are_all_there_whatever_page_was_looked_at(self, as_nurse, team, monkeypatch):
        monkeypatch.setattr("medspiller.followup.web.files.PER_PAGE", 1)
        for given in ("Ada", "Bodil", "Cecilie"):
            another(team, given)

        page = as_nurse.get(LIST, {"vis": "enheten", "side": "2"}).content.decode()

        assert f'href="{FILE}?vis=enheten&amp;side=2"' in page
        assert len(rows_of(as_nurse.get(FILE, {"vis": "enheten", "side": "2"}))) == 4

    def test_a_list_that_is_too_long_says_so(self, as_nurse, team, file, monkeypatch):
        monkeypatch.setattr("medspiller.followup.web.files.MOST_IN_FILE", 1)
        assert len(rows_of(as_nurse.get(FILE, {"vis": "enheten"}))) == 2

        another(team)

        rows = rows_of(as_nurse.get(FILE, {"vis": "enheten"}))
        assert rows[2] == ["Det er mer enn det er plass til i filen. Avgrens listen først."]
        assert len(rows) == 3

    def test_cost_the_same_for_many(self, as_nurse, team, file):
        start_plan(team, file=file)
        with CaptureQueriesContext(connection) as few:
            as_nurse.get(FILE, {"vis": "enheten"})
        for given in ("Ada", "Bodil", "Cecilie"):
            start_plan(team, file=another(team, given))

        with CaptureQueriesContext(connection) as many:
            as_nurse.get(FILE, {"vis": "enheten"})

        assert len(many) <= len(few)

    def test_run_nothing_in_a_spreadsheet(self, as_nurse, team):
        another(team, "=1+1")

        assert rows_of(as_nurse.get(FILE, {"vis": "enheten"}))[1][0] == "'=1+1 Demonybø"

    def test_read_of_it_in_their_log_as_of_the_page(self, as_nurse, team, file):
        before = logged(team.carer)
        as_nurse.get(LIST, {"vis": "enheten"})
        by_page = logged(team.carer)[len(before) :]
        as_nurse.get(FILE, {"vis": "enheten"})

        by_file = logged(team.carer)[len(before) + len(by_page) :]
        assert by_file == by_page
        assert [entry[0] for entry in by_file] == ["followup.read_file"]

    def test_are_nobody_to_a_unit_that_does_not_follow_them_up(self, client, team, file):
        sign_in(client, User.objects.get(id=worker(team.carer.tenant_id, team.house.night).id))

        assert len(rows_of(client.get(FILE, {"vis": "enheten"}))) == 1


class TestHowWorkIsSpread:
    @pytest.fixture
    def plan(self, team, file):
        plan = start_plan(team, file=file)
        Plan.objects.filter(id=plan.id).update(left_over_at=clock.now())
        return plan

    def test_who_has_how_much(self, as_leader, plan):
        heading, *lines = rows_of(as_leader.get(LOAD))

        assert heading[:4] == ["Hvem", "Borte", "Planer", "Oppgaver"]
        (nurse,) = [line for line in lines if line[0] == "Solveig Demomyr"]
        assert nurse[1:3] == ["", "1"]
        assert all(len(line) == len(heading) for line in lines)

    def test_the_plans_that_need_the_leader_each_in_the_log_as_by_the_page(self, as_leader, team, plan):
        before = len(logged(team.carer))
        page = as_leader.get(OVERVIEW).content.decode()
        by_page = logged(team.carer)[before:]

        (_heading, line) = rows_of(as_leader.get(AT_RISK))

        assert line[1:3] == ["Randi Demoli", "Solveig Demomyr"]
        assert logged(team.carer)[before + len(by_page) :] == by_page
        assert [entry[0] for entry in by_page] == ["followup.view_plans_at_risk"]
        assert (f'href="{AT_RISK}?"' in page, f'href="{LOAD}?"' in page) == (True, True)

    def test_what_waits_by_what_it_is(self, as_leader, plan):
        page = as_leader.get(OVERVIEW)

        heading, *lines = rows_of(as_leader.get(KINDS))

        assert heading == ["Hva", "Venter", "Over fristen"]
        counted = {each.kind: (str(each.open), str(each.overdue)) for each in page.context["kinds"]}
        assert len(lines) == len(counted) > 0
        assert sorted(tuple(line[1:]) for line in lines) == sorted(counted.values())
        assert [line[0] for line in lines] == [kind_title(kind) for kind in counted]
        assert f'href="{KINDS}?"' in page.content.decode()

    def test_what_waits_is_told_of_one_unit_and_to_leaders_only(self, client, here, team, plan):
        sign_in(client, User.objects.get(id=worker(here, team.house.top, "leader", name="Per Demoberg").id))
        for unit_id, is_there in ((team.unit_id, True), (team.house.carers, False)):
            assert (len(rows_of(client.get(KINDS, {"enhet": str(unit_id)}))) > 1) == is_there
        page = client.get(OVERVIEW, {"enhet": str(team.house.carers)}).content.decode()
        assert KINDS not in page

        sign_in(client, User.objects.get(id=team.nurse.id))
        assert client.get(KINDS).status_code == 403

    def test_of_one_unit_as_on_the_page(self, client, here, team, plan):
        leader = worker(here, team.house.top, "leader", name="Per Demoberg")
        sign_in(client, User.objects.get(id=leader.id))

        for unit_id, lines in ((team.unit_id, 1), (team.house.carers, 0)):
            assert len(rows_of(client.get(AT_RISK, {"enhet": str(unit_id)}))) == 1 + lines
            names = [row[0] for row in rows_of(client.get(LOAD, {"enhet": str(unit_id)}))]
            assert ("Solveig Demomyr" in names) == bool(lines)

    def test_what_is_left_out_is_told(self, as_leader, plan, monkeypatch):
        monkeypatch.setattr("medspiller.followup.selectors.holders._AT_MOST", 0)

        assert rows_of(as_leader.get(AT_RISK))[1] == ["1 plan til er ikke vist. Velg en enhet for å se den."]
