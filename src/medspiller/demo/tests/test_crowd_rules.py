"""Families without a story: the same for the same seed, exactly as many as asked for, and each of them possible."""

import random
from collections import Counter
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from medspiller.core import person_numbers
from medspiller.demo.domain import crowd
from medspiller.demo.domain.crowd import Surroundings
from medspiller.demo.domain.made_up import PersonNumbers
from medspiller.people.domain.children import ChildrenReply
from medspiller.people.domain.contacts import is_made_up
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import ProtectedAddress, age_on
from medspiller.people.domain.relations import ELDER, YOUNGER
from medspiller.people.domain.roles import Role

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOME, OFFICE, CARERS = (UUID(int=number) for number in (1, 2, 3))


def drawn(seed, families, now=NOW):
    around = Surroundings(
        home=HOME,
        office=OFFICE,
        carers=CARERS,
        now=now,
        today=now.date(),
        year_begins=date(now.year, 1, 1),
        new_id=lambda chance: UUID(int=chance.randrange(0, 1 << 62)),
        numbers=PersonNumbers(),
    )
    chances = (random.Random(f"{seed} {each}") for each in range(families))  # noqa: S311 - to be foreseen
    return list(crowd.families(around, chances))


@pytest.fixture(scope="module")
def many():
    return drawn(1, 3000)


def test_the_same_seed_gives_the_same_people_and_another_gives_others(many):
    assert drawn(1, 40) == many[:40]
    assert drawn(2, 40) != many[:40]


@pytest.mark.parametrize("carers", [0, 1, 2, 3, 7, 50, 199, 200])
def test_there_are_exactly_as_many_carers_as_asked_for(many, carers):
    chosen = list(crowd.within(iter(many[:150]), carers))

    assert sum(len(family.carers) for family in chosen) == carers


def test_fewer_are_among_those_of_more(many):
    of = {
        carers: {family.persons[0].id for family in crowd.within(iter(many[:150]), carers)} for carers in (2, 51, 200)
    }

    assert of[51] <= of[200]
    assert len(of[200]) == 150


def test_nobody_is_older_than_a_parent_or_younger_than_a_child(many):
    for family in many:
        born = {person.id: person.details.birth_date for person in family.persons}
        for tie in family.carers:
            if tie.relation.kind in ELDER:
                assert born[tie.carer_id] < born[tie.patient_id]
            if tie.relation.kind in YOUNGER:
                assert born[tie.patient_id] < born[tie.carer_id]


def test_no_child_is_more_than_a_child(many):
    for family in many:
        born = {person.id: person.details.birth_date for person in family.persons}
        for tie in family.carers:
            if age_on(born[tie.carer_id], family.since.date()) < crowd.ADULT:
                assert {role.role for role in tie.roles} == {Role.BARN_PAARORENDE}


def test_whoever_is_strictly_protected_is_nobodys_emergency_contact(many):
    strict = [
        person
        for family in many
        for person in family.persons
        if person.details.protected_address is ProtectedAddress.STRICT
    ]

    assert strict
    assert not any(basis is InvolvementBasis.EMERGENCY_CONTACT for person in strict for _unit, basis in person.involved)


def test_numbers_are_synthetic_nobody_has_the_same_and_some_have_none(many):
    numbers = [person.details.person_number for family in many for person in family.persons]
    given = [number for number in numbers if number]

    assert len(set(given)) == len(given)
    assert all(person_numbers.check(number, test=True).kind is person_numbers.Kind.SYNTHETIC for number in given)
    assert 0.15 < 1 - len(given) / len(numbers) < 0.19


def test_telephones_ring_nobody(many):
    reached = [contact.value for family in many for person in family.persons for contact in person.contacts]

    assert all(is_made_up(value) or value.endswith("@example.org") for value in reached)


def test_a_municipality_has_some_of_everything(many):
    kinds = Counter(tie.relation.kind for family in many for tie in family.carers)
    spoken = Counter(person.language for family in many for person in family.persons)
    roles = Counter(role.role for family in many for tie in family.carers for role in tie.roles)
    replies = Counter(answer.reply for family in many for answer in family.answers)

    assert len(kinds) >= 12
    assert kinds.most_common(1)[0][0] == "child"
    assert len(spoken) >= 10
    assert roles.keys() >= {Role.NAERMESTE, Role.NAERMESTE_STATUTORY, Role.FORELDREANSVAR, Role.BARN_PAARORENDE}
    assert replies.keys() == set(ChildrenReply)
    assert any(person.died_on for family in many for person in family.persons)
    assert any(tie.informed is None for family in many for tie in family.carers)


def test_who_they_are_does_not_hang_on_the_day_within_a_year(many):
    in_spring = drawn(1, 60, now=datetime(2026, 3, 1, 12, tzinfo=UTC))

    assert [person.details for family in in_spring for person in family.persons] == [
        person.details for family in many[:60] for person in family.persons
    ]
