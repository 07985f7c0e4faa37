"""Figures of the first talk: opening the page, opening it for somebody known, and saving a whole talk."""

from itertools import count

from django.test import Client

from bench.access import PERSONS, _nurse_among_many
from bench.measure import Bench
from medspiller.access.models import User
from medspiller.core import ids
from medspiller.organisations.models import Unit
from tests.support.staff import sign_in

ADDRESS = "/arbeid/forste-samtale/"
_QUESTIONS = ("minor_children", "minor_siblings", "imprisonment", "disability")


def bench_first_talk(bench: Bench) -> None:
    """Over HTTP as the browser asks, log and session included; what is saved stays until the end."""
    with _nurse_among_many() as nurse:
        unit, client, size = Unit.objects.get(name="Hjemmetjenesten vest"), Client(), f"{PERSONS:,} persons"
        sign_in(client, User.objects.get(id=nurse.id))
        bench.measure(
            "first talk: open the page", lambda: _is(200, client.get(ADDRESS)), size=size, aim="≤ 50 ms, ≤ 12 SQL",
            count_sql=True, n=60,
        )  # fmt: skip
        numbers = count()
        bench.measure(
            "first talk: save patient, carer and child",
            lambda: _is(302, client.post(ADDRESS, _typed(next(numbers), str(unit.id)))),
            size=size, count_sql=True, n=40,
        )  # fmt: skip
        talk = client.post(ADDRESS, _typed(next(numbers), str(unit.id))).headers["Location"]
        bench.measure(
            "first talk: what stands after it", lambda: _is(200, client.get(talk)), size=size,
            aim="≤ 50 ms, ≤ 12 SQL", count_sql=True, n=60,
        )  # fmt: skip


def _is(status: int, answer: object) -> None:
    assert answer.status_code == status, answer  # type: ignore[attr-defined]


# Among many somebody is always alike: whoever types has said that these are others.
_SYLLABLES = ("ba", "de", "fi", "gol", "mu", "na", "pri", "ro", "su", "tak")


def _name(number: int) -> str:
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:03}").title()


def _typed(number: int, unit_id: str) -> dict[str, str]:
    carer = {
        "given_name": _name(number), "family_name": "Demolund", "kind": "spouse", "phone": f"00 1{number:05}",
        "safe_to_call": "yes", "said_to_be": "nearest", "wants_contact": "yes", "may_know": "yes",
        "matters": "Å få sove om natta.", "own_phone": "on", "protected_address": "none", "who": "new",
    }  # fmt: skip
    # Not called as the patient is: somebody of whom only the year is known would be taken for the patient, once more.
    child = {"given_name": _name(999 - number), "born": "2016", "kind": "child", "looked_after_by": "other_parent",
             "who": "new"}  # fmt: skip
    return {
        "do": "save", "key": str(ids.new_id()), "unit": unit_id, "who": "new", "given_name": _name(number),
        "family_name": "Demoli", "birth_date": f"{1940 + number % 50}-05-17", "matters": "Å bo hjemme.",
        **dict.fromkeys(_QUESTIONS, "no"), "minor_children": "yes",
        "carers-TOTAL_FORMS": "1", "carers-INITIAL_FORMS": "0", "children-TOTAL_FORMS": "1",
        "children-INITIAL_FORMS": "0",
        **{f"carers-0-{name}": value for name, value in carer.items()},
        **{f"children-0-{name}": value for name, value in child.items()},
    }  # fmt: skip
