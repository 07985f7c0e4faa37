"""The other rules of people, without a database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from medspiller.people.domain import emergency, involvements, persons, questions, snooping
from medspiller.people.domain.emergency import NoteMissing, ReasonTooLong, ReasonTooThin, Verdict
from medspiller.people.domain.involvements import (
    AlreadyClosed,
    EndBeforeStart,
    InvolvementBasis,
    StartsInThePast,
    TooLittleForProtected,
)
from medspiller.people.domain.persons import DetailsInvalid, PersonDetails, ProtectedAddress
from medspiller.people.domain.snooping import Volume

NOON, HOUR = datetime(2026, 9, 1, 12, tzinfo=UTC), timedelta(hours=1)
WARD, NIGHT = UUID(int=1), UUID(int=2)


class TestReason:
    @pytest.mark.parametrize(
        "reason", ["", "haster", "xxxxxxxxxxxxxxxxxxxxxxxxx", "se se se se se se se se", "1 2 3 " * 9]
    )
    def test_that_says_nothing_is_refused(self, reason):
        with pytest.raises(ReasonTooThin):
            emergency.tidy_reason(reason)

    def test_that_tells_a_life_is_refused(self):
        with pytest.raises(ReasonTooLong):
            emergency.tidy_reason("moren falt i trappen " * 60)

    def test_is_kept_without_spaces_nobody_meant(self):
        assert emergency.tidy_reason("  Moren  er falt,\nnaboen ringte ") == "Moren er falt, naboen ringte"


class TestEmergencyLasts:
    def test_four_hours(self):
        assert emergency.ends_at(now=NOON) == NOON + 4 * HOUR

    def test_never_longer_when_asked(self):
        assert emergency.ends_at(now=NOON, lasts=90 * HOUR) == NOON + 4 * HOUR

    def test_less_than_the_database_allows(self):
        assert emergency.LASTS <= emergency.NEVER_LONGER


def test_not_in_order_needs_a_note():
    with pytest.raises(NoteMissing):
        emergency.tidy_note("  ", verdict=Verdict.NOT_OK)
    assert emergency.tidy_note("", verdict=Verdict.OK) == ""


class TestInvolvementBegins:
    def begin(self, **facts):
        usual = {"basis": InvolvementBasis.TREATMENT, "protected_address": ProtectedAddress.NONE, "ends_at": None}
        involvements.ensure_may_begin(**(usual | {"starts_at": NOON, "now": NOON} | facts))

    def test_now_or_later(self):
        self.begin()
        self.begin(starts_at=NOON + HOUR)

    def test_never_in_the_past(self):
        with pytest.raises(StartsInThePast):
            self.begin(starts_at=NOON - timedelta(microseconds=1))

    def test_before_it_ends(self):
        with pytest.raises(EndBeforeStart):
            self.begin(ends_at=NOON)

    def test_not_for_a_telephone_number_where_the_address_is_strictly_protected(self):
        with pytest.raises(TooLittleForProtected):
            self.begin(basis=InvolvementBasis.EMERGENCY_CONTACT, protected_address=ProtectedAddress.STRICT)


class TestInvolvementCloses:
    def close(self, **facts):
        return involvements.close(
            **({"starts_at": NOON, "ends_at": None, "at": NOON + HOUR, "now": NOON + HOUR} | facts)
        )

    def test_at_the_moment_asked_for(self):
        assert self.close() == NOON + HOUR

    def test_never_live_if_it_had_not_begun(self):
        assert self.close(starts_at=NOON + 9 * HOUR) == NOON + 9 * HOUR

    def test_not_in_the_past(self):
        with pytest.raises(EndBeforeStart):
            self.close(at=NOON)

    def test_once(self):
        with pytest.raises(AlreadyClosed):
            self.close(ends_at=NOON + HOUR)


class TestDetails:
    @pytest.mark.parametrize(
        ("details", "problem"),
        [
            (PersonDetails("", ""), {"given_name": "missing"}),
            (PersonDetails("Oddny\x00", "Demoli"), {"given_name": "name"}),
            (PersonDetails("Oddny", "D" * 201), {"family_name": "name"}),
            (PersonDetails("Oddny", "Demoli", date(2027, 1, 1)), {"birth_date": "not_a_birth_date"}),
            (PersonDetails("Oddny", "Demoli", person_number="12"), {"person_number": "not_a_person_number"}),
            (PersonDetails("Oddny", "Demoli", person_number="01815000118"), {"person_number": "not_a_person_number"}),
        ],
    )
    def test_that_cannot_be_stored_are_named(self, details, problem):
        with pytest.raises(DetailsInvalid) as refusal:
            persons.ensure_valid(details, today=date(2026, 9, 1))

        assert refusal.value.problems == problem

    def test_lose_spaces_nobody_meant(self):
        tidied = persons.tidy(PersonDetails(" Oddny  Marie ", "Demoli", person_number="018150 00117"))

        assert (tidied.given_name, tidied.person_number) == ("Oddny Marie", "01815000117")

    def test_one_name_is_enough(self):
        persons.ensure_valid(PersonDetails("Oddny", ""), today=date(2026, 9, 1))


class TestQuestions:
    def test_keep_their_lines(self):
        assert questions.tidy("Hvorfor?  \n\nJeg lurer. ") == "Hvorfor?\n\nJeg lurer."

    def test_need_words(self):
        with pytest.raises(questions.NothingWritten):
            questions.tidy(" \n ")

    def test_have_a_limit(self):
        with pytest.raises(questions.TooLong):
            questions.tidy("x" * 2001)


def volume(number, persons_seen, *, unit=WARD, role="care_worker"):
    return Volume(
        actor_id=UUID(int=number), actor_name=f"Nr. {number}", unit_id=unit, unit_name="", role=role,
        persons=persons_seen, looks=persons_seen,
    )  # fmt: skip


class TestUnusualVolume:
    HONEST = [volume(1, 12), volume(2, 15), volume(3, 18)]

    def names(self, volumes):
        return [each.volume.actor_id.int for each in snooping.unusual(volumes)]

    def test_finds_who_looked_at_far_more_than_colleagues(self):
        assert self.names([*self.HONEST, volume(9, 80)]) == [9]

    def test_finds_two_where_one_could_have_hidden_the_other(self):
        assert self.names([*self.HONEST, volume(8, 90), volume(9, 80)]) == [8, 9]

    def test_leaves_alone_who_did_what_colleagues_do(self):
        assert self.names([volume(1, 200), volume(2, 210), volume(3, 190)]) == []

    def test_leaves_alone_a_few_in_a_quiet_unit(self):
        assert self.names([volume(1, 1), volume(2, 1), volume(3, 20)]) == []

    def test_compares_with_the_same_role_in_the_same_unit_only(self):
        other_role, other_unit = volume(5, 50, role="leader"), volume(6, 50, unit=NIGHT)

        assert self.names([*self.HONEST, other_role, other_unit]) == []

    def test_says_so_of_many_where_there_is_nobody_to_compare_with(self):
        (found,) = snooping.unusual([volume(1, 61)])

        assert (found.colleagues, found.colleagues_median) == (0, None)
