"""The rule, without a database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from medspiller.core.periods import Period
from medspiller.people.domain.emergency import LiveEmergency
from medspiller.people.domain.involvements import InvolvementBasis, LiveInvolvement
from medspiller.people.domain.need_to_know import ActorFacts, PersonFacts, Refusal, may_ask_for_emergency, may_open
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import BARRING, RelationKind, bars

HOME_CARE, ELSEWHERE, PERSON = UUID(int=10), UUID(int=11), UUID(int=20)
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def actor(**facts):
    usual = {"own": (), "barred": (), "units": {HOME_CARE}, "emergency_units": {HOME_CARE}}
    return ActorFacts(**(usual | facts))


def involvement(unit_id=HOME_CARE, *, number=1, since=NOON):
    return LiveInvolvement(
        id=UUID(int=number), unit_id=unit_id, unit_name="", basis=InvolvementBasis.TREATMENT, since=since
    )


EMERGENCY = LiveEmergency(id=UUID(int=2), unit_id=HOME_CARE, since=NOON, ends_at=NOON + timedelta(hours=4))
EVERYTHING = {"involvements": [involvement()], "emergencies": [EMERGENCY]}
NOTHING = {"involvements": [], "emergencies": []}


def answered(who, *, protected=ProtectedAddress.NONE, **grounds):
    return may_open(actor=who, person=PersonFacts(PERSON, protected), **(NOTHING | grounds))


class TestClosed:
    def test_ones_own_file_whatever_the_ground(self):
        assert answered(actor(own={PERSON}), **EVERYTHING).refused is Refusal.OWN_FILE

    def test_a_relatives_file_whatever_the_ground(self):
        assert answered(actor(barred={PERSON}), **EVERYTHING).refused is Refusal.RELATIVE

    def test_without_any_relation(self):
        assert answered(actor()).refused is Refusal.NO_RELATION

    def test_by_another_units_involvement(self):
        assert answered(actor(), involvements=[involvement(ELSEWHERE)]).refused is Refusal.NO_RELATION

    def test_by_an_emergency_access_in_a_unit_one_has_left(self):
        assert answered(actor(emergency_units=()), emergencies=[EMERGENCY]).refused is Refusal.NO_RELATION

    def test_by_emergency_access_where_the_address_is_strictly_protected(self):
        strict = answered(actor(), protected=ProtectedAddress.STRICT, emergencies=[EMERGENCY])

        assert strict.refused is Refusal.PROTECTED

    def test_nobody_in_no_unit_sees_anybody(self):
        assert not answered(actor(units=(), emergency_units=()), **EVERYTHING).allowed


class TestOpen:
    def test_through_the_unit(self):
        assert answered(actor(), **EVERYTHING).involvement == involvement()

    def test_through_the_unit_also_where_the_address_is_strictly_protected(self):
        assert answered(actor(), protected=ProtectedAddress.STRICT, **EVERYTHING).allowed

    @pytest.mark.parametrize("grade", [ProtectedAddress.NONE, ProtectedAddress.CONFIDENTIAL])
    def test_by_emergency_access(self, grade):
        assert answered(actor(), protected=grade, emergencies=[EMERGENCY]).emergency == EMERGENCY

    def test_on_the_ground_of_the_unit_one_works_in(self):
        longest, own = involvement(ELSEWHERE, since=NOON - timedelta(days=9)), involvement(number=3)
        who = actor(units={HOME_CARE, ELSEWHERE}, works_in=HOME_CARE)

        assert answered(who, involvements=[longest, own]).involvement == own


class TestAskingForEmergencyAccess:
    @pytest.mark.parametrize(
        ("who", "protected", "reason"),
        [
            (actor(own={PERSON}), ProtectedAddress.NONE, Refusal.OWN_FILE),
            (actor(barred={PERSON}), ProtectedAddress.NONE, Refusal.RELATIVE),
            (actor(), ProtectedAddress.STRICT, Refusal.PROTECTED),
            (actor(), ProtectedAddress.CONFIDENTIAL, None),
        ],
    )
    def test_is_refused_where_it_would_open_nothing(self, who, protected, reason):
        assert may_ask_for_emergency(actor=who, person=PersonFacts(PERSON, protected)) is reason


class TestRelationsThatBar:
    LASTING, ENDED = Period(date(2020, 1, 1)), Period(date(2020, 1, 1), date(2021, 1, 1))
    TODAY = date(2026, 9, 1)

    def test_every_kind_is_decided_on(self):
        assert set(BARRING) == set(RelationKind)

    @pytest.mark.parametrize(
        ("kind", "while_it_lasts", "afterwards"),
        [
            (RelationKind.SIBLING, True, True),
            (RelationKind.SPOUSE, True, True),
            (RelationKind.FORMER_SPOUSE, True, True),
            (RelationKind.FOSTER_CHILD, True, False),
            (RelationKind.FRIEND, True, False),
            (RelationKind.NEIGHBOUR, False, False),
        ],
    )
    def test_bar_as_the_law_says(self, kind, while_it_lasts, afterwards):
        assert bars(kind=kind, period=self.LASTING, on=self.TODAY) is while_it_lasts
        assert bars(kind=kind, period=self.ENDED, on=self.TODAY) is afterwards
