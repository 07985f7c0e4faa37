"""Searching: who is found, who never, and what the log holds of it."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.core.encryption import keyed_hash
from medspiller.people import selectors
from medspiller.people.domain.contacts import CONTACT_VALUE
from medspiller.people.domain.persons import PersonDetails, ProtectedAddress
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import ContactPoint, Person, PersonName, SearchName
from medspiller.people.tests import factories
from tests.support.database import ELSEWHERE, HERE
from tests.support.staff import build_house

PHONE = "+4700112233"


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care)


@pytest.fixture
def known(house):
    """Somebody whom the nurse's unit follows up."""

    def make(*names, **details):
        person = factories.make_person(*names, **details)
        factories.involve(person, house.home_care)
        return person

    return make


def found(nurse, query, **more):
    return [each.id for each in selectors.search_persons(actor=nurse, query=query, **more).persons]


def reached_at(person, phone=PHONE):
    return ContactPoint.objects.create(
        person=person,
        system="phone",
        value=phone,
        value_hash=keyed_hash(f"phone:{phone}", purpose=CONTACT_VALUE),
        valid_from=clock.today(),
    )


class TestByName:
    @pytest.mark.parametrize(
        ("registered", "typed"),
        [
            ("Kristian Demoolsen", "christian demoolssen"),
            ("Bjørn Demoli", "bjorn demoli"),
            ("Åse Demoli", "Aase"),
            ("Mohammed Demoli", "muhamed demoli"),
            ("Liv Skjolddemo", "sjolddemo"),
            ("Oddny Demoli", "Demoli, Oddny"),
            ("Oddny Demoli", "oddn"),
            ("Anne-Lise Demovik", "anne lise"),
            ("Nina Demofjell", "nina demofjel"),
        ],
    )
    def test_finds_names_as_they_are_said_and_with_slips(self, nurse, known, registered, typed):
        given, family = registered.rsplit(" ", 1)
        person = known(given, family)

        assert found(nurse, typed) == [person.id]

    def test_puts_the_exact_name_first(self, nurse, known):
        christian, kristian = known("Christian", "Demoli"), known("Kristian", "Demoli")

        assert found(nurse, "kristian demoli") == [kristian.id, christian.id]

    def test_finds_other_names_and_shows_the_person_once(self, nurse, known):
        person = known("Oddny", "Demoli")
        PersonName.objects.create(person=person, use="old", family_name="Demobakken")

        assert found(nurse, "oddny demobakken") == [person.id]
        PersonName.objects.all().delete()
        assert found(nurse, "demobakken") == []

    def test_follows_a_change_of_name(self, nurse, known):
        person = known("Oddny", "Demoli")
        person.family_name = "Brattdemo"
        person.save()

        assert found(nurse, "brattdemo") == [person.id]
        assert found(nurse, "demoli") == []

    def test_of_one_letter_finds_nobody_and_is_no_search(self, nurse, known):
        known("Oddny", "Demoli")

        assert found(nurse, " o ") == []
        assert not AccessEntry.objects.filter(kind="search").exists()


class TestByNumbers:
    def test_finds_by_person_number_whatever_its_spaces(self, nurse, known):
        person = known(number=factories.NUMBER)

        assert found(nurse, f"{factories.NUMBER[:6]} {factories.NUMBER[6:]}") == [person.id]
        assert found(nurse, factories.ANOTHER_NUMBER) == []

    def test_finds_by_birth_date_with_and_without_a_name(self, nurse, known):
        born, _other = known("Oddny"), known("Gerd", birth_date=date(1950, 1, 1))

        assert found(nurse, "17.05.1948") == [born.id]
        assert found(nurse, "170548") == [born.id]
        assert found(nurse, "oddny 17.5.48") == [born.id]
        assert found(nurse, "gerd 17.5.48") == []

    def test_finds_by_telephone_but_nobody_with_a_protected_address(self, nurse, known):
        person, hidden = known("Oddny"), known("Skjult", protected=ProtectedAddress.CONFIDENTIAL)
        reached_at(person)
        reached_at(hidden)

        assert found(nurse, "00 11 22 33") == [person.id]
        assert found(nurse, "skjult") == [hidden.id]

    def test_does_not_tell_a_telephone_in_an_emergency(self, nurse, house, here):
        person = factories.make_person()
        reached_at(person)
        factories.make_emergency(person, nurse, house.home_care)

        assert found(nurse, "00 11 22 33") == []
        assert found(nurse, "oddny demoli") == [person.id]


class TestWhoIsNotFound:
    def test_in_an_emergency_the_rule_is_asked_of_those_found_and_not_of_the_whole_register(self, nurse, house, here):
        other = factories.make_person("Oddny", "Demoeng")
        factories.make_emergency(other, nurse, house.home_care)

        with CaptureQueriesContext(connection) as asked:
            assert found(nurse, "Oddny Demoeng") == [other.id]

        (search,) = [each["sql"] for each in asked if "medspiller_search_persons" in each["sql"]]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {search}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        # Hashed, it would hold everybody whom the unit has anything to do with.
        assert "hashed SubPlan" not in plan
        assert "SubPlan" in plan

    def test_only_those_are_found_whom_the_actor_may_open(self, nurse, house, known):
        mine = known("Oddny", "Demoli")
        over, family = factories.make_person(), known("Oddny", "Demoli")
        factories.involve(over, house.home_care, ended=True)
        herself = factories.make_person("Solveig", number=factories.NUMBER)
        factories.relate(herself, family, RelationKind.PARENT)
        Person.objects.filter(id=herself.id).update(user=nurse.id)

        assert found(nurse, "oddny demoli") == [mine.id]
        assert found(nurse, "solveig demoli") == []
        assert found(nurse, factories.NUMBER) == []

    def test_a_merged_row_is_found_as_the_one_it_became(self, nurse, known):
        kept, gone = known("Oddny", "Demoli"), known("Oddny", "Demoly", number=factories.NUMBER)
        Person.objects.filter(id=gone.id).update(merged_into=kept)

        assert found(nurse, "oddny demoly") == [kept.id]
        assert found(nurse, factories.NUMBER) == [kept.id]
        assert not SearchName.objects.filter(person=gone).exists()

    def test_somebody_in_a_small_unit_is_not_lost_among_the_many_of_that_name(self, nurse, known):
        stranger, ours = factories.make_person("Oddny", "Demoli"), known("Oddny", "Demoli")
        with connection.cursor() as cursor:
            cursor.execute("SELECT medspiller_search_persons('oddny', %s)", [[ours.id]])
            assert cursor.fetchall() == [(ours.id,)]
            cursor.execute("SELECT medspiller_search_persons('oddny', NULL)")
            assert {found for (found,) in cursor.fetchall()} == {ours.id, stranger.id}

        assert found(nurse, "oddny") == [ours.id]

    def test_nobody_of_another_tenant_is_found_nor_told_by_the_function(self, nurse, known):
        ours = known("Oddny", "Demoli")
        tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID)
        house = build_house(ELSEWHERE)
        theirs = factories.make_person("Oddny", "Demoli")
        factories.involve(theirs, house.home_care)
        tenancy.enter_tenant(tenant_id=HERE, actor_id=nurse.id)

        assert found(nurse, "oddny demoli") == [ours.id]
        with connection.cursor() as cursor:
            cursor.execute("SELECT medspiller_search_persons('oddny demoli', NULL)")
            assert cursor.fetchall() == [(ours.id,)]
            cursor.execute("SELECT set_config('medspiller.tenant', '', true)")
            cursor.execute("SELECT medspiller_search_persons('oddny demoli', NULL)")
            assert cursor.fetchall() == []


class TestLog:
    def test_holds_by_what_was_searched_and_each_one_shown(self, nurse, known):
        shown = {known("Oddny").id, known("Oddny").id}

        found(nurse, "oddny 17.5.1948")

        entries = AccessEntry.objects.filter(kind="search")
        assert set(entries.values_list("person_id", flat=True)) == {None, *shown}
        assert all(set(each.searched_by) == {"name", "birth_date"} for each in entries)

    def test_holds_a_search_that_found_nobody(self, nurse):
        found(nurse, "oddny")

        assert AccessEntry.objects.get(kind="search").person_id is None

    def test_a_page_costs_few_statements(self, nurse, known, django_assert_max_num_queries):
        for _each in range(30):
            known("Oddny", "Demoli")

        with django_assert_max_num_queries(9):
            first = selectors.search_persons(actor=nurse, query="oddny demoli")

        assert (len(first.persons), first.more) == (25, True)
        assert len(found(nurse, "oddny demoli", page=2)) == 5


class TestPossibleDuplicates:
    def ask(self, nurse, given="Oddny", family="Demoli", **more):
        phone = more.pop("phone", "")
        details = PersonDetails(given_name=given, family_name=family, **more)
        return selectors.possible_duplicates(actor=nurse, details=details, phone=phone)

    def test_names_who_may_be_meant_and_why(self, nurse, known):
        person = known("Oddny", "Demoli")

        (likely,) = self.ask(nurse, "Oddnie", birth_date=factories.BORN).likely

        assert likely.person.id == person.id
        assert [str(each) for each in likely.reasons] == ["sounds_alike", "same_birth"]

    def test_does_not_ask_about_twins_and_others_born_on_another_day(self, nurse, known):
        known("Gerd", "Demoli")
        known("Oddny", "Demoli", birth_date=date(1990, 3, 3))

        assert self.ask(nurse, birth_date=factories.BORN).is_empty

    def test_tells_nothing_of_those_the_actor_cannot_open(self, nurse, here):
        factories.make_person("Oddny", "Demoli")

        assert self.ask(nurse, birth_date=factories.BORN).is_empty

    def test_tells_of_a_number_only_that_it_is_taken(self, nurse, here):
        factories.make_person("Gerd", number=factories.NUMBER)

        told = self.ask(nurse, person_number=factories.NUMBER)

        assert (told.likely, told.number_is_taken) == ((), True)

    def test_an_equal_number_of_somebody_open_comes_first(self, nurse, known):
        known("Oddny", "Demoli")
        same = known("Gerd", "Demovik", number=factories.NUMBER)

        told = self.ask(nurse, person_number=factories.NUMBER)

        assert told.likely[0].person.id == same.id
        assert not told.number_is_taken

    def test_an_equal_telephone_counts_unless_it_is_protected(self, nurse, known):
        open_one = known("Oddni", "Demoli", birth_date=None)
        hidden = known("Oddny", "Demoli", birth_date=None, protected=ProtectedAddress.STRICT)
        reached_at(open_one)
        reached_at(hidden)

        reasons = {each.person.id: each.reasons for each in self.ask(nurse, phone="00112233").likely}

        assert "same_phone" in reasons[open_one.id]
        assert "same_phone" not in reasons[hidden.id]

    def test_a_name_may_hold_what_no_database_takes(self, nurse, known):
        """Forms look for whom is meant before they have found what is wrong."""
        person = known("Oddny", "Demoli")
        typed = [PersonDetails("\x00Oddny", "Demoli", birth_date=factories.BORN), PersonDetails("\x00", "\x00")]

        (likely,) = self.ask(nurse, "\x00Oddny", birth_date=factories.BORN).likely
        (alike,), nobody = selectors.alike(actor=nurse, details=typed)

        assert (likely.person.id, alike.person_id, nobody) == (person.id, person.id, [])

    def test_is_in_the_log_as_a_search(self, nurse, known):
        person = known("Oddny", "Demoli")

        self.ask(nurse, birth_date=factories.BORN)

        assert set(AccessEntry.objects.filter(kind="search").values_list("person_id", flat=True)) == {None, person.id}


def test_whoever_was_given_the_function_that_goes_through_an_array_gets_the_one_that_does_not(committed):
    migration = import_module("medspiller.people.migrations.0018_search_among_by_hash")
    unnested, array = "person_id IN (SELECT unnest($2))", "person_id = ANY($2)"

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        about = "SELECT prosrc, prosecdef, proowner::regrole::text, proacl::text FROM pg_proc WHERE proname = %s"
        cursor.execute(about, ["medspiller_search_persons"])
        is_now = cursor.fetchone()
        cursor.execute(migration.REPLACE.replace(unnested, array))
        cursor.execute(about, ["medspiller_search_persons"])
        assert array in cursor.fetchone()[0]

        cursor.execute(migration.REPLACE)

        cursor.execute(about, ["medspiller_search_persons"])
        assert cursor.fetchone() == is_now
        assert unnested in is_now[0]
        transaction.set_rollback(True, using="owner")
