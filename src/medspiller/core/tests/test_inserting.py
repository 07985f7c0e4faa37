from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from medspiller.access.domain.actors import system
from medspiller.core import inserting
from medspiller.core.inserting import ROWS_AT_ONCE, NotInserted
from medspiller.organisations import services as organisations
from medspiller.organisations.domain.details import UnitDetails
from medspiller.organisations.domain.kinds import UnitKind
from medspiller.people.models import Consent, ContactPoint, Involvement, Person
from tests.support.database import ELSEWHERE, HERE

UNIT = UnitDetails(name="Hjemmetjenesten", kind=UnitKind.HOME_CARE)
SEALED = "Ålesund 'gate' \"2\"\n\\x41 {a,b}, NULL \U0001f600"
HOSTILE = [
    "O'Brien",
    'a"b',
    "back\\slash",
    "{a,b}",
    "NULL",
    "",
    "x); DROP TABLE people_person; --",
    "%s %(a)s",
    "Čáhppe 😀\n",
]


def person(**said):
    return Person(**{"tenant_id": HERE, "given_name": "Kari", "family_name": "Demo", **said})


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_what_is_inserted_is_what_one_by_one_stores(here):
    told = {"birth_date": date(1950, 2, 28), "pid": "01815000117", "pid_hash": b"\x00\xff\\x", "wants_notices": None}
    many, one = person(**told), person(**(told | {"pid_hash": b"\x00"}))

    inserting.insert([many])
    one.save(force_insert=True)

    stored, alone = (columns(Person.objects.get(id=each.id)) for each in (many, one))
    assert stored["pid"] == "01815000117"
    assert bytes(stored.pop("pid_hash")) == b"\x00\xff\\x"
    assert stored | {"id": one.id, "pid_hash": alone["pid_hash"]} == alone


@pytest.mark.parametrize("name", HOSTILE)
def test_texts_stay_as_they_are(here, name):
    row = person(family_name=name)

    inserting.insert([row])

    assert Person.objects.get(id=row.id).family_name == name


def test_moments_lists_and_sealed_texts_stay_as_they_are(here):
    unit = organisations.open_unit(actor=system(HERE), details=UNIT, parent_id=None, opened_on=date(2020, 1, 1)).id
    whose = person()
    way = ContactPoint(
        tenant_id=HERE, person_id=whose.id, system="address", value=SEALED, own=True, valid_from=date(2026, 1, 1)
    )
    begun = datetime(2026, 10, 25, 1, 30, 0, 123456, tzinfo=UTC)
    met = Involvement(
        tenant_id=HERE, person_id=whose.id, unit_id=unit, basis="support",
        starts_at=begun, opened_by=uuid4(), opened_by_name="Ida", opened_at=begun,
    )  # fmt: skip
    said = Consent(
        tenant_id=HERE, owner_id=whose.id, to_unit_id=unit, unit_id=unit, topics=["health", "services"],
        decision="given", obtained="oral", starts_at=begun, recorded_by=uuid4(), recorded_by_name="Ida",
        recorded_at=begun,
    )  # fmt: skip

    for row in (whose, way, met, said):
        inserting.insert([row])

    assert ContactPoint.objects.get(id=way.id).value == SEALED
    assert Involvement.objects.get(id=met.id).starts_at == begun
    assert Consent.objects.get(id=said.id).topics == ["health", "services"]


def test_what_is_left_to_the_database_is_said_by_it(here):
    row = Person(given_name="Kari", family_name="Demo")

    inserting.insert([row])

    assert Person.objects.get(id=row.id).tenant_id == HERE


def test_many_are_added_in_several_statements_and_each_is_kept_a_version_of(here):
    rows = [person(given_name=f"Kari{number}") for number in range(ROWS_AT_ONCE + 1)]

    inserting.insert(rows)

    assert Person.objects.count() == ROWS_AT_ONCE + 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_personhistoryrow")
        assert cursor.fetchone() == (ROWS_AT_ONCE + 1,)


def test_nothing_is_added_of_nothing(here, django_assert_num_queries):
    with django_assert_num_queries(0):
        inserting.insert([])


def test_one_that_is_refused_refuses_all_of_its_statement(here):
    first, again = person(), person()
    again.id = first.id

    with pytest.raises(IntegrityError), transaction.atomic():
        inserting.insert([person(), first, again])

    assert not Person.objects.exists()


def test_rows_of_another_tenant_are_refused(here):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        inserting.insert([person(tenant_id=ELSEWHERE)])


def test_what_cannot_be_written_is_not_guessed_at(here):
    with pytest.raises(NotInserted, match="object"):
        inserting.insert([person(family_name=object())])
