"""kill -9 of web workers, job worker and database in the middle of registrations: none is lost, and none is doubled."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest

from tests.faults.installation import Installation, running
from tests.faults.visitor import Sent, typing

FIRST_TALK = "/arbeid/forste-samtale/"
WORKER = "omsorgsarbeider"
# A talk takes a second, and half a minute where everything has to come back first.
EACH_WITHIN_SECONDS = 30

# One line for each talk that is stored: who the patient is, and how much of the family is there.
TALKS = """
SELECT patient.given_name,
    (SELECT count(*) FROM people_person twin WHERE twin.given_name = patient.given_name),
    (SELECT count(*) FROM people_relation WHERE people_relation.person_id = patient.id
        OR people_relation.related_id = patient.id),
    (SELECT string_agg(role, ' ' ORDER BY role) FROM people_carerrole WHERE patient_id = patient.id),
    (SELECT count(*) FROM people_consent WHERE owner_id = patient.id),
    (SELECT count(*) FROM people_childrenanswer WHERE people_childrenanswer.patient_id = patient.id),
    (SELECT count(*) FROM people_statement WHERE owner_id = patient.id)
FROM people_firsttalk talk JOIN people_person patient ON patient.id = talk.patient_id
WHERE patient.given_name LIKE 'Oddny %'
"""
WHOLE = (1, 2, "BARN_PAARORENDE NAERMESTE", 1, 2, 1)
# Of a talk that was not stored, nothing is: neither the patient nor anybody around them.
PERSONS = "SELECT given_name FROM people_person WHERE given_name ~ '^(Oddny|Kari|Per) [0-9a-f]+-'"


@pytest.fixture
def installation(with_demo: Path) -> Iterator[Installation]:
    with running(with_demo) as made:
        yield made


def a_family(mark: str) -> dict[str, str]:
    """What is typed of one talk: a patient, the nearest next of kin and a child."""
    carer = {
        "given_name": f"Kari {mark}", "family_name": "Demolund", "kind": "spouse", "phone": "00 00 00 01",
        "said_to_be": "nearest", "who": "new",
        "wants_contact": "yes", "may_know": "yes", "matters": "Å få sove om natta.",
    }  # fmt: skip
    child = {
        "given_name": f"Per {mark}",
        "born": "2016",
        "kind": "child",
        "looked_after_by": "other_parent",
        "who": "new",
    }
    return {
        # Their names differ by a number only, and nobody is to be asked whether they are one.
        "who": "new", "given_name": f"Oddny {mark}", "family_name": "Demoli", "birth_date": "17.05.1968",
        "minor_children": "yes", "minor_siblings": "no", "imprisonment": "not_asked", "disability": "not_asked",
        "matters": "Å bo hjemme.", "children-TOTAL_FORMS": "1",
        **{f"carers-0-{name}": value for name, value in carer.items()},
    } | {f"children-0-{name}": value for name, value in child.items()}  # fmt: skip


def killed_in_turn(installation: Installation, sent: Sent, *, every: int) -> list[str]:
    """Kill one part after the other, the next when so many more talks are acknowledged; return what was killed."""
    kills: list[tuple[str, Callable[[], object]]] = [
        ("web workers", installation.kill_web_workers),
        ("job worker", installation.kill_worker),
        ("database", installation.kill_database),
    ]
    killed: list[str] = []
    for name, kill in cycle(kills):
        # In between some are stored, so that each kill hits people in the middle of theirs.
        enough = sent.wait_for(every, seconds=every * EACH_WITHIN_SECONDS)
        assert enough or sent.over.is_set(), f"{killed}\n{sent.refused}\n{installation.told()}"
        if sent.over.is_set():
            break
        kill()
        killed.append(name)
    return killed


def survived(installation: Installation, *, talks: int, every: int) -> list[str]:
    """Let three people write down so many talks while everything is killed, and find each of them once and whole."""
    with typing(installation, by=WORKER, at=FIRST_TALK, fields=a_family, limit=talks, again=True) as sent:
        killed = killed_in_turn(installation, sent, every=every)
    assert len(sent.acknowledged) >= talks

    rows = installation.asked(TALKS)
    stored, told = {name: tuple(counts) for name, *counts in rows}, Counter(row[0] for row in rows)
    assert [mark for mark in sent.acknowledged if told[f"Oddny {mark}"] != 1] == []
    assert {name: counts for name, counts in stored.items() if counts != WHOLE} == {}
    persons = Counter(name for (name,) in installation.asked(PERSONS))
    assert [name for name, times in persons.items() if times != 1] == []
    assert {name.split(" ", 1)[1] for name in persons} == {name.split(" ", 1)[1] for name in stored}
    assert installation.serves()
    return killed


@pytest.mark.slow
def test_sixty_first_talks_are_there_once_each_though_everything_was_killed(installation):
    killed = survived(installation, talks=60, every=12)

    assert set(killed) == {"web workers", "job worker", "database"}


@pytest.mark.soak
def test_five_hundred_first_talks_are_there_once_each_though_everything_was_killed(installation):
    killed = survived(installation, talks=500, every=40)

    assert min(Counter(killed).values()) >= len(("early", "halfway", "late"))
