"""ASVS 5.0 V16.3.1: that somebody has to wait stands in the access log, once for each count and window."""

from datetime import timedelta

import pytest

from medspiller.access.domain.throttling import RULES, What, rule
from medspiller.access.models import Throttle
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from tests.support.local_accounts import NAME, NOON, PASSWORD

UNKNOWN = "ingen@kommune.example"
WINDOW = rule(What.SIGN_IN_ACCOUNT).window

pytestmark = pytest.mark.usefixtures("at_noon")


def refused() -> list[tuple[str, object]]:
    logged = AccessEntry.objects.filter(kind="refused", refusal_reason="too_many_tries").order_by("id")
    return list(logged.values_list("action", "subject_id"))


def guess(person, times=6, name=NAME):
    return [person.show_password("feil passord her", name=name).status_code for _ in range(times)]


class TestTheLog:
    def test_tells_that_somebody_had_to_wait_and_whose_account_it_was(self, person, solveig):
        person.enrol().sign_out()

        assert guess(person)[-1] == 429
        assert refused() == [("access.sign_in", solveig.id)]

    def test_is_not_filled_by_who_goes_on_trying(self, person, solveig):
        person.enrol().sign_out()

        guess(person, times=40)

        assert len(refused()) == 1

    def test_tells_of_a_name_that_nobody_has_too_and_does_not_keep_it(self, person):
        guess(person, name=UNKNOWN)

        assert refused() == [("access.sign_in", None)]
        assert not AccessEntry.objects.filter(actor_name__icontains="ingen").exists()

    def test_tells_again_when_the_window_has_passed(self, person, solveig):
        person.enrol().sign_out()
        guess(person)
        for minutes in range(5, 61, 5):
            with clock.frozen(NOON + timedelta(minutes=minutes)):
                guess(person, times=2)

        with clock.frozen(NOON + WINDOW + timedelta(minutes=1)):
            guess(person, times=2)

        assert len(refused()) == 2

    def test_tells_of_wrong_codes(self, person, solveig):
        person.enrol().sign_out()
        person.show_password()

        for _ in range(8):
            person.show_code("000000")

        assert refused() == [("access.sign_in", solveig.id)]

    def test_names_what_was_to_be_confirmed(self, person, solveig):
        person.enrol()
        for _ in range(8):
            person.post(
                "/arbeid/konto/passord/", old="feil", password="ny lang setning her", again="ny lang setning her"
            )

        assert refused() == [("access.confirm_identity", solveig.id)]

    def test_tells_nothing_of_a_right_password(self, person, solveig):
        person.enrol().sign_out()

        assert person.show_password(PASSWORD).status_code == 302
        assert refused() == []


def test_an_account_costs_at_most_one_line_an_hour_and_an_address_four():
    # What the module says of itself.
    assert {RULES[what].window for what in (What.SIGN_IN_ACCOUNT, What.SECOND_FACTOR, What.STEP_UP)} == {
        timedelta(hours=1)
    }
    assert rule(What.SIGN_IN_ADDRESS).window == timedelta(minutes=15)


def test_the_count_remembers_when_it_was_told_of(person, solveig):
    person.enrol().sign_out()
    guess(person)

    assert Throttle.objects.get(what=What.SIGN_IN_ACCOUNT).logged_at == NOON
