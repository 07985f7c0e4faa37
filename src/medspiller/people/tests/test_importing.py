"""Importing lists of patients: what is read, what is refused, and what is registered once."""

import io
import json
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import RoleGrant
from medspiller.core import clock, tenancy
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import selectors, services, tasks, worker
from medspiller.people.domain import importing as rules
from medspiller.people.domain.importing import ListRefused, Row
from medspiller.people.models import Involvement, PatientImport, Person
from medspiller.people.tests import factories

TODAY = date(2026, 11, 22)
HEAD = "Fornavn;Etternavn;Fødselsdato;Fødselsnummer\n"
# Of the synthetic series, with control digits that hold.
VALID = "17854810073"
LIST = HEAD + "Oddny;Demoli;17.05.1948;\nGerd;Demovik;1950-01-02;\n"


def rows(text, encoding="utf-8"):
    return worker.rows_of(text.encode(encoding))


def problems(**cells):
    told = {"given_name": "Oddny", "family_name": "Demoli", "birth_date": "17.05.1948", **cells}
    return {(each.column, each.code) for each in rules.read(Row(2, told), today=TODAY)[1]}


def book(*lines):
    made, file = openpyxl.Workbook(), io.BytesIO()
    for line in lines:
        made.active.append(line)
    made.save(file)
    return file.getvalue()


class TestReading:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("delimiter", [";", ",", "\t"])
    def test_takes_what_spreadsheets_write(self, encoding, delimiter):
        text = 'Fornavn;Etternavn;Født\r\nÅse;"Demo; ås";17.05.1948\r\n'.replace(";", delimiter)

        (row,) = rows(text, encoding)

        assert row.cells["given_name"] == "Åse"
        assert row.cells["birth_date"] == "17.05.1948"

    def test_takes_excel_with_its_dates_and_numbers(self):
        content = book(
            ["Førenamn", "Etternamn", "Fødselsdato", "Fødselsnummer"],
            ["Åse", "Demoli", datetime(1948, 5, 17), 1815000117],  # noqa: DTZ001 - as spreadsheets have it
        )

        (row,) = worker.rows_of(content)
        details, wrong = rules.read(row, today=TODAY)

        assert (details.birth_date, details.person_number, wrong) == (date(1948, 5, 17), factories.NUMBER, ())

    def test_names_lines_of_the_file_with_empty_ones_counted(self):
        assert [each.line for each in rows("\nfornavn;etternavn\n\nOddny;Demoli\n;\nGerd;Demovik\n")] == [4, 6]

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (b"", "empty"),
            (HEAD.encode(), "empty"),
            (b"a;b\n1;2\n", "no_headers"),
            (b"fornavn;first name\nA;B\n", "twice_the_same_header"),
            (b"\x89PNG\x00\x00", "not_a_table"),
            (b"PK\x03\x04 nothing", "not_a_table"),
            (b"\xff\xfe\x00", "not_a_table"),
        ],
    )
    def test_refuses_what_is_no_list(self, content, problem):
        with pytest.raises(ListRefused) as refusal:
            worker.rows_of(content)

        assert refusal.value.problem == problem

    def test_refuses_too_many_rows(self):
        with pytest.raises(ListRefused, match="too_many_rows"):
            rows(HEAD + "Oddny;Demoli;17.05.1948;\n" * (rules.ROWS_MOST + 1))

    def test_refuses_a_bomb_before_it_is_unpacked(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(4):
                packed.writestr(f"xl/{number}.xml", b"0" * (50 * 1024 * 1024))

        with pytest.raises(ListRefused, match="harmful"):
            worker.rows_of(file.getvalue())

    def test_refuses_a_document_that_defines_what_it_repeats(self):
        file = io.BytesIO(book(["Fornavn", "Etternavn"], ["A", "B"]))
        with zipfile.ZipFile(file, "a") as packed:
            packed.writestr("xl/more.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')

        with pytest.raises(ListRefused, match="harmful"):
            worker.rows_of(file.getvalue())

    @pytest.mark.parametrize(
        ("cells", "problem"),
        [
            ({"given_name": "", "family_name": ""}, ("given_name", "missing")),
            ({"given_name": "=1+1"}, ("given_name", "formula")),
            ({"family_name": "x" * 501}, ("family_name", "too_long")),
            ({"birth_date": "31.02.1948"}, ("birth_date", "not_a_date")),
            ({"birth_date": "17.05.2999"}, ("birth_date", "not_a_birth_date")),
            ({"birth_date": ""}, ("birth_date", "date_or_number")),
            ({"person_number": "123"}, ("person_number", "not_a_person_number")),
            ({"protected_address": "hemmelig"}, ("protected_address", "not_a_grade")),
        ],
    )
    def test_says_what_is_wrong_with_a_row(self, cells, problem):
        assert problem in problems(**cells)


@pytest.fixture
def leader(house):
    return factories.worker(house.tenant_id, house.home_care, Role.LEADER, name="Leif Demoleder")


def start(leader, house, text=LIST, *, dry_run=False):
    content = text if isinstance(text, bytes) else text.encode()
    return services.start_import(
        actor=leader, unit_id=house.home_care, file_name="liste.csv", content=content, dry_run=dry_run
    )


def done(leader, house, text=LIST, **more):
    made = start(leader, house, text, **more)
    tasks.import_patients(tenant_id=str(house.tenant_id), import_id=str(made.id))
    tenancy.enter_tenant(tenant_id=house.tenant_id, actor_id=leader.id)
    return selectors.patient_import(actor=leader, import_id=made.id)


class TestImport:
    @pytest.fixture(autouse=True)
    def _numbers_of_nobody(self, settings):
        settings.TEST_PERSON_NUMBERS = True

    def test_registers_each_for_the_unit_that_follows_them_up(self, leader, house):
        seen = done(leader, house)

        assert (seen.rows, seen.registered, seen.known, seen.bad) == (2, 2, 0, 0)
        assert set(Involvement.objects.values_list("unit_id", "basis")) == {(house.home_care, "treatment")}

    def test_of_the_same_file_twice_registers_nobody_new(self, leader, house):
        done(leader, house)

        seen = done(leader, house)

        assert (seen.registered, seen.known, Person.objects.count()) == (0, 2, 2)

    def test_tried_first_registers_nobody_and_says_the_same(self, leader, house):
        seen = done(leader, house, dry_run=True)

        assert (seen.registered, Person.objects.count()) == (2, 0)
        assert PatientImport.objects.get(id=seen.id).content is None

    def test_keeps_good_rows_and_names_bad_ones_without_what_stands_there(self, leader, house):
        text = LIST + "Rart;Demonavn;99.99.1948;\nOddny;Demoli;17.05.1948;\nTo;Demo;;12345678901\n"

        seen = done(leader, house, text)

        assert seen.registered == 2
        assert [(each.line, each.column, each.code) for each in seen.problems] == [
            (4, "birth_date", "not_a_date"),
            (5, "given_name", "twice"),
            (6, "person_number", "not_a_person_number"),
        ]
        kept = json.dumps(PatientImport.objects.values_list("problems", flat=True)[0])
        assert not {"Rart", "99.99", "12345678901"} & set(kept.replace('"', " ").split())

    def test_is_no_way_to_those_of_other_units(self, leader, house):
        hidden = factories.make_person("Oddny", "Demoli", number=VALID)

        seen = done(leader, house, HEAD + f"Oddny;Demoli;17.05.1948;{VALID}\n")

        assert (seen.closed, seen.registered) == (1, 0)
        assert not Involvement.objects.filter(person=hidden).exists()

    def test_leaves_out_whoever_is_the_actor(self, leader, house):
        Person.objects.filter(id=factories.make_person(number=VALID).id).update(user=leader.id)

        seen = done(leader, house, HEAD + f"Leif;Demo;;{VALID}\n")

        assert [each.code for each in seen.problems] == ["oneself_or_family"]

    def test_lets_a_known_person_of_ones_own_be_followed_up_by_the_unit(self, leader, house):
        known = factories.make_person("Oddny", "Demoli")
        factories.involve(known, house.night)

        seen = done(leader, house)

        assert seen.known == 1
        assert Involvement.objects.filter(person=known, unit_id=house.home_care).exists()

    def test_goes_on_where_it_was(self, leader, house, monkeypatch):
        monkeypatch.setattr("medspiller.people.services.importing.BATCH", 1)
        made, system = start(leader, house), actors.system(house.tenant_id)
        services.accept_rows(actor=system, import_id=made.id, rows=rows(LIST))
        assert services.import_batch(actor=system, import_id=made.id) is True
        assert Person.objects.count() == 1

        tasks.import_patients(tenant_id=str(house.tenant_id), import_id=str(made.id))

        assert list(Person.objects.order_by("family_name").values_list("given_name", flat=True)) == ["Oddny", "Gerd"]
        assert services.import_batch(actor=system, import_id=made.id) is False

    def test_can_be_stopped_and_is_forgotten(self, leader, house):
        made = start(leader, house)

        services.stop_import(actor=leader, import_id=made.id)
        tasks.import_patients(tenant_id=str(house.tenant_id), import_id=str(made.id))

        made.refresh_from_db()
        assert (made.content, made.registered) == (None, 0)
        assert made.stopped_at is not None

    def test_stops_when_whoever_began_it_may_no_more(self, leader, house):
        made = start(leader, house)
        RoleGrant.objects.all().update(ended_at=clock.now())

        tasks.import_patients(tenant_id=str(house.tenant_id), import_id=str(made.id))

        made.refresh_from_db()
        assert (made.refused, Person.objects.count()) == ("not_allowed", 0)

    def test_says_what_was_wrong_with_the_file(self, leader, house):
        seen = done(leader, house, b"PK\x03\x04 nothing")

        assert (seen.refused, seen.finished_at is not None) == ("not_a_table", True)

    def test_is_for_units_of_ones_own_and_seen_there_only(self, leader, house):
        made = start(leader, house)
        elsewhere = factories.worker(house.tenant_id, house.carers, Role.LEADER)
        with pytest.raises(NotAllowed):
            services.start_import(actor=leader, unit_id=house.carers, file_name="x", content=b"x", dry_run=True)
        for look in (selectors.patient_import, services.stop_import):
            with pytest.raises(NotFound):
                look(actor=elsewhere, import_id=made.id)

    def test_keeps_the_list_sealed(self, leader, house):
        made = start(leader, house)

        assert b"Demoli" not in bytes(
            PatientImport.objects.raw("SELECT id, content::bytea AS sealed FROM people_patientimport")[0].sealed
        )
        assert made.content
