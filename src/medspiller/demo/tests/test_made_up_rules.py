"""Numbers and addresses of made-up people are of the kind that nobody has."""

from datetime import date

import pytest

from medspiller.core import person_numbers
from medspiller.core.person_numbers import Kind
from medspiller.demo.domain import made_up
from medspiller.demo.domain.made_up import NoNumberLeft, PersonNumbers
from medspiller.messages.domain import addresses
from medspiller.messages.domain.notices import Channel
from medspiller.people.domain.contacts import is_made_up

BORN = [date(1932, 2, 29), date(1999, 12, 31), date(2000, 1, 1), date(2016, 6, 15)]


class TestPersonNumbers:
    @pytest.mark.parametrize("born", BORN)
    def test_are_synthetic_and_tell_the_day_they_were_made_from(self, born):
        checked = person_numbers.check(PersonNumbers().number(born), test=True)

        assert (checked.valid, checked.kind, checked.birth_date) == (True, Kind.SYNTHETIC, born)

    @pytest.mark.parametrize("born", BORN)
    def test_are_given_once_until_there_are_none(self, born):
        numbers, given = PersonNumbers(), []

        with pytest.raises(NoNumberLeft):
            for _each in range(501):
                given.append(numbers.number(born))

        assert len(given) == len(set(given)) > 380

    def test_are_not_those_that_somebody_has(self):
        first = PersonNumbers().number(BORN[0])

        assert PersonNumbers(taken=[first]).number(BORN[0]) != first

    def test_of_two_ranges_never_meet(self):
        low, high = PersonNumbers(end=400), PersonNumbers(first=400)

        assert not {low.number(BORN[2]) for _each in range(300)} & {high.number(BORN[2]) for _each in range(70)}


@pytest.mark.parametrize("number", [0, 1, 999_999, 1_000_000])
def test_telephone_numbers_ring_nobody(number):
    assert is_made_up(made_up.telephone(number))


@pytest.mark.parametrize(("given", "family"), [("Åse", "Sæther"), ("Stanisław", "Wiśniewska"), ("Ánte", "Hætta")])
def test_mail_goes_to_a_name_that_is_kept_for_examples(given, family):
    address = made_up.mail(given, family, 7)

    assert address.isascii()
    assert addresses.is_made_up(address, channel=Channel.EMAIL)
