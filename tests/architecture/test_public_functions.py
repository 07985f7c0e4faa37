"""Every function that apps offer each other names its arguments and its actor."""

import pytest

from tests.support.architecture.signatures import badly_signed, public_functions
from tests.support.architecture.sources import PACKAGE, Source, sources, told

# Functions that need no actor, and why.
WITHOUT_ACTOR: dict[str, str] = {}

GOOD = '''
def confirm(*, actor: Actor, booking_id: UUID) -> Booking:
    """Confirm a booking."""
'''


def test_public_functions_name_their_arguments_and_their_actor():
    assert told(badly_signed(sources(".py", under=str(PACKAGE)), excused=WITHOUT_ACTOR)) == ""


def test_no_excuse_is_left_over():
    known = {
        f"{source.app}.{source.place[0].removesuffix('.py')}.{function.name}"
        for source in sources(".py", under=str(PACKAGE))
        for function in public_functions(source)
    }

    assert set(WITHOUT_ACTOR) <= known


def planted(text: str, path: str = "people/services.py") -> list[Source]:
    return [Source(PACKAGE / path, text)]


def test_a_well_signed_function_passes():
    assert told(badly_signed(planted(GOOD))) == ""


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("*, ", ""), "takes arguments by position"),
        (("*, ", "*bookings, "), "takes arguments by position"),
        (("actor: Actor, ", ""), "has no `actor`"),
        (('"""Confirm a booking."""', "..."), "has no docstring"),
        ((" -> Booking", ""), "does not say what it returns"),
        (("booking_id: UUID", "booking_id"), "does not say what `booking_id` is"),
    ],
)
def test_each_fault_is_caught(change, problem):
    assert problem in told(badly_signed(planted(GOOD.replace(*change))))


@pytest.mark.parametrize("path", ["people/selectors.py", "people/services/booking.py", "people/selectors/__init__.py"])
def test_modules_and_packages_of_both_kinds_are_held_to_it(path):
    assert "has no `actor`" in told(badly_signed(planted("def get(): ...", path)))


@pytest.mark.parametrize("path", ["people/models.py", "people/tests/services.py", "people/services/_sql.py"])
def test_what_others_may_not_use_is_not(path):
    assert told(badly_signed(planted("def get(): ...", path))) == ""


def test_private_functions_are_free():
    assert told(badly_signed(planted("def _get(): ..."))) == ""


def test_an_excuse_covers_the_actor_only():
    text = GOOD.replace("actor: Actor, ", "").replace(" -> Booking", "")

    found = told(badly_signed(planted(text), excused={"people.services.confirm": "a reason"}))

    assert "actor" not in found
    assert "returns" in found
