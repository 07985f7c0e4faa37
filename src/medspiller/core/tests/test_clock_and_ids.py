from datetime import UTC, date, datetime

import pytest

from medspiller.core import clock, ids

JUST_AFTER_MIDNIGHT_IN_NORWAY = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)


def test_today_is_the_day_it_is_in_norway():
    with clock.frozen(JUST_AFTER_MIDNIGHT_IN_NORWAY):
        assert clock.today() == date(2026, 7, 1)
        assert clock.now() == JUST_AFTER_MIDNIGHT_IN_NORWAY


def test_the_clock_goes_on_after_the_block():
    with clock.frozen(JUST_AFTER_MIDNIGHT_IN_NORWAY):
        pass

    assert clock.now() > JUST_AFTER_MIDNIGHT_IN_NORWAY


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"), clock.frozen(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_the_day_turns_at_midnight_when_summer_time_begins_and_ends(moment, day):
    with clock.frozen(moment):
        assert clock.today() == day


def test_ids_are_different_and_later_ones_sort_after():
    made = [ids.new_id() for _ in range(1000)]

    assert len(set(made)) == 1000
    assert made == sorted(made)
    assert {made_id.version for made_id in made} == {7}


def test_the_same_seed_and_clock_give_the_same_ids():
    def some() -> list[object]:
        with clock.frozen(JUST_AFTER_MIDNIGHT_IN_NORWAY), ids.repeatable(7):
            return [ids.new_id() for _ in range(20)]

    assert some() == some()
    assert len(set(some())) == 20
    assert {made_id.version for made_id in some()} == {7}
    assert {made_id.variant for made_id in some()} == {ids.new_id().variant}
