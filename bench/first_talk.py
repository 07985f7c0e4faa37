"""Figures of the first talk: opening the page, opening it for somebody known, and saving a whole talk."""

from collections.abc import Iterator
from itertools import count

from django.test import Client

from bench.measure import Bench
from bench.people import AIM, FEW, MANY, Register, register_of, visits
from medspiller.core import ids

ADDRESS = "/arbeid/forste-samtale/"
_LOOKED_FOR = {"do": "find", "given_name": "Oddny", "family_name": "Brattsen"}
_QUESTIONS = ("minor_children", "minor_siblings", "imprisonment", "disability")


def bench_first_talk(bench: Bench) -> None:
    """Whole requests as a browser sends them, each a transaction that is kept; what is saved stays until the end."""
    for relations in (FEW, MANY):
        with register_of(relations) as register:
            client, size, numbers = register.signed_in(), f"{relations:,} relations", count()

            def save(client: Client = client, register: Register = register, numbers: Iterator[int] = numbers) -> str:
                answer = client.post(ADDRESS, _typed(next(numbers), str(register.unit_id)))
                assert answer.status_code == 302, answer
                return answer.headers["Location"]

            known = [f"{ADDRESS}?pasient={each}" for each in register.patients]
            for name, call, times in (
                ("open the page", visits(client, [ADDRESS]), 100),
                ("open it for a patient", visits(client, known), 100),
                ("find the patient by name", lambda client=client: _ok(client.post(ADDRESS, _LOOKED_FOR)), 60),
                ("save patient, carer and child", save, 40),
                ("what stands after it", visits(client, [save()]), 100),
            ):
                bench.measure(f"first talk: {name}", call, size=size, aim=AIM, count_sql=True, n=times)


def _ok(answer: object) -> None:
    assert answer.status_code == 200, answer  # type: ignore[attr-defined]


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
