"""What can be taken of what somebody fills in, and by when they have an answer."""

from datetime import date

import pytest

from medspiller.core.errors import InvalidInput
from medspiller.enquiries.domain.deadlines import due_after, is_working_day
from medspiller.enquiries.domain.enquiries import NoSuchOutcome, Outcome, PartOfDay, Purpose, ensure_outcome
from medspiller.enquiries.domain.wishes import Feedback, read_call, read_feedback
from medspiller.enquiries.tests.factories import call_wish

# What the library would refuse, made here so that it stands nowhere.
TOO_SHORT = "12" * 2


class TestACall:
    @pytest.mark.parametrize("typed", ["00 10 02 00", "+47 00100200", "00100200"])
    def test_takes_a_number_as_people_write_it(self, typed):
        assert read_call(call_wish(phone=typed)).phone == "+4700100200"

    def test_puts_blanks_days_and_parts_in_order(self):
        wish = call_wish(name=" Kari\0  Demo ", weekdays=(5, 1, 7, 1), parts=(PartOfDay.EVENING, PartOfDay.MORNING))

        read = read_call(wish)

        assert (read.name, read.weekdays) == ("Kari Demo", (1, 5))
        assert read.parts == (PartOfDay.MORNING, PartOfDay.EVENING)

    @pytest.mark.parametrize(
        ("changes", "problems"),
        [
            ({"phone": ""}, {"phone": "required"}),
            ({"phone": TOO_SHORT}, {"phone": "no-phone"}),
            ({"phone": "ring meg"}, {"phone": "no-phone"}),
            ({"phone": "1" * 121}, {"phone": "too-long"}),
            ({"email": "kari"}, {"email": "no-email"}),
            ({"email": f"{'k' * 120}@example.org"}, {"email": "too-long"}),
            ({"name": "K" * 101}, {"name": "too-long"}),
            ({"language": "xx"}, {"language": "unknown"}),
            ({"phone": "", "email": "kari", "name": "K" * 101}, {"phone": None, "email": "no-email", "name": None}),
        ],
    )
    def test_says_all_that_is_wrong_at_once(self, changes, problems):
        with pytest.raises(InvalidInput) as refusal:
            read_call(call_wish(**changes))

        found = refusal.value.problems
        assert {field: code for field, code in problems.items() if code} == {
            field: found[field] for field, code in problems.items() if code
        }
        assert set(found) <= set(problems)

    def test_needs_one_way_only(self):
        assert read_call(call_wish(phone="", email=" Kari@Example.org ")).email == "kari@example.org"


class TestFeedback:
    @pytest.mark.parametrize(
        ("text", "email", "problems"),
        [
            (" \0 ", "", {"text": "required"}),
            ("x" * 2001, "", {"text": "too-long"}),
            ("Hei", "ikke en adresse", {"email": "no-email"}),
        ],
    )
    def test_says_what_is_wrong(self, text, email, problems):
        with pytest.raises(InvalidInput) as refusal:
            read_feedback(Feedback(text=text, email=email))

        assert refusal.value.problems == problems

    def test_takes_two_thousand_letters(self):
        assert len(read_feedback(Feedback(text=f" {'æ' * 2000} ")).text) == 2000


class TestDueAfter:
    @pytest.mark.parametrize(
        ("received", "days", "due"),
        [
            (date(2026, 11, 16), 2, date(2026, 11, 18)),
            # Over a weekend, and received in one.
            (date(2026, 11, 20), 1, date(2026, 11, 23)),
            (date(2026, 11, 21), 1, date(2026, 11, 23)),
            # Maundy Thursday, Good Friday and Easter Monday.
            (date(2026, 4, 1), 1, date(2026, 4, 7)),
            # Over New Year: the days of two years are looked up.
            (date(2026, 12, 31), 1, date(2027, 1, 4)),
        ],
    )
    def test_counts_the_days_on_which_people_work(self, received, days, due):
        assert due_after(received, working_days=days) == due
        assert is_working_day(due)

    def test_none_is_a_fault(self):
        with pytest.raises(ValueError, match="at least one"):
            due_after(date(2026, 11, 20), working_days=0)


def test_a_call_does_not_come_to_something_mended():
    ensure_outcome(Purpose.PRIVACY, Outcome.MENDED)
    with pytest.raises(NoSuchOutcome):
        ensure_outcome(Purpose.CALL, Outcome.MENDED)
