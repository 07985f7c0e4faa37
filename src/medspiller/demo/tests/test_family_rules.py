"""Families with a story hang together, whatever the day on which they are told."""

import re
from dataclasses import fields
from datetime import date

import pytest

from medspiller.core import person_numbers
from medspiller.demo.domain import names
from medspiller.demo.domain.families import FAMILIES, stories
from medspiller.demo.domain.families.telling import AddsCarer, Hears, Registers, Relates, aged
from medspiller.demo.domain.personas import CITIZENS, PERSONAS
from medspiller.demo.domain.places import HEALTH_TRUST, MUNICIPALITY, districts
from medspiller.people.domain.contacts import ContactSystem, is_made_up
from medspiller.people.domain.persons import age_on
from medspiller.people.domain.relations import ELDER, YOUNGER

DAYS = [date(2026, 11, 22), date(2028, 2, 29), date(2027, 1, 1), date(2030, 12, 31)]
NOT_NAMES = {"id", "by", "days", "to_other", "note", "text", "matter", "reason", "consent"}


@pytest.fixture(params=DAYS, ids=str)
def day(request):
    return request.param


def test_nobody_is_older_than_a_parent_or_younger_than_a_child(day):
    for story in stories(day):
        for deed in story.deeds:
            if isinstance(deed, AddsCarer):
                person, related = story.members[deed.patient], story.members[deed.carer]
            elif isinstance(deed, Relates):
                person, related = story.members[deed.one], story.members[deed.other]
            else:
                continue
            if deed.kind in ELDER:
                assert related.birth_date < person.birth_date, (story.id, deed)
            if deed.kind in YOUNGER:
                assert person.birth_date < related.birth_date, (story.id, deed)


def test_everybody_is_registered_before_anything_is_told_of_them(day):
    citizens = set()
    for story in sorted(stories(day), key=lambda story: -max(deed.days for deed in story.deeds)):
        known = {key for key, member in story.members.items() if member.citizen in citizens}
        for deed in sorted(story.deeds, key=lambda deed: -deed.days):
            new = deed.who if isinstance(deed, Registers) else deed.carer if isinstance(deed, AddsCarer) else None
            told = [getattr(deed, each.name) for each in fields(deed) if each.name not in NOT_NAMES]
            named = {each for each in told if isinstance(each, str)} & set(story.members)
            assert named - {new} <= known, (story.id, deed)
            known |= {new} - {None}
        citizens |= {member.citizen for member in story.members.values()} - {""}
        assert known == set(story.members), story.id


def test_everything_is_done_by_somebody_who_works_there_at_a_place_that_is_there(day):
    staff = {somebody.id: somebody for somebody in PERSONAS}
    keys = {place.key for place in (*MUNICIPALITY, *HEALTH_TRUST, *districts(1))}
    for story in stories(day):
        assert {staff[deed.by].health_trust for deed in story.deeds if deed.by} == {story.health_trust}
        assert {unit for member in story.members.values() for unit, _basis in member.involved} <= keys
        assert {who for member in story.members.values() for who, _days in member.seen_by} <= set(staff)


def test_every_citizen_one_can_be_is_in_a_family(day):
    members = {member.citizen: member for story in stories(day) for member in story.members.values() if member.citizen}

    assert {key: f"{each.given_name} {each.family_name}" for key, each in members.items()} == {
        citizen.id: citizen.name for citizen in CITIZENS
    }
    assert all(member.numbered or member.person_number for member in members.values())


def test_the_families_that_the_demo_is_for_are_there(day):
    told = {story.id for story in stories(day)}

    assert told >= {
        "dementia", "complex-needs", "sole-carer", "parent-in-care", "siblings", "bereaved", "somali-speaker",
        "protected", "two-daughters", "friend", "turning-sixteen", "not-asked", "withdrawn",
    }  # fmt: skip


def test_somebody_turns_sixteen_within_a_month(day):
    (youth,) = (story.members["youth"] for story in stories(day) if story.id == "turning-sixteen")

    assert age_on(youth.birth_date, day) == 15
    assert 0 < (youth.birth_date.replace(year=day.year + (youth.birth_date.month < day.month)) - day).days <= 31


def test_nobody_has_a_number_or_an_address_of_somebody_else(day):
    for story in stories(day):
        for member in story.members.values():
            if member.person_number:
                checked = person_numbers.check(member.person_number, test=True)
                assert (checked.kind, checked.birth_date) == (person_numbers.Kind.SYNTHETIC, member.birth_date)
            for contact in member.contacts:
                assert contact.system is not ContactSystem.PHONE or is_made_up(contact.value)
                assert contact.system is not ContactSystem.EMAIL or contact.value.endswith("@example.org")
                assert contact.system is not ContactSystem.ADDRESS or contact.value.endswith("\n0000 Demostad")


def test_what_people_say_is_said_as_people_say_it(day):
    for story in stories(day):
        for deed in story.deeds:
            if isinstance(deed, Hears):
                assert re.search(r"[.?!]$", deed.text), deed.text
                assert not re.search(r"\d", deed.text), deed.text


@pytest.mark.parametrize(
    ("today", "born"), [(date(2028, 2, 29), date(2012, 3, 1)), (date(2027, 1, 1), date(2011, 1, 1))]
)
def test_ages_are_counted_from_the_day(today, born):
    assert aged(today, 16, 0) == born


def test_the_three_generations_are_as_of_a_fixed_day():
    assert [member.given_name for member in FAMILIES] == ["Solveig", "Kari", "Noah"]


def test_names_come_from_many_places_in_their_usual_shares():
    assert sum(origin.share for origin in names.ORIGINS) == 1000
    assert len({origin.language for origin in names.ORIGINS}) == len(names.ORIGINS)
