"""The demo as a newcomer gets it: the same people each time, with a story, and never where it does not belong."""

import json
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from medspiller.config.secrets import ROOT
from tests.faults.installation import MEDSPILLER, Installation, copied, folder_for_data, free_port

pytestmark = pytest.mark.slow

SEVERAL_DISTRICTS = "401"

WHO_LOOKED = """
SELECT entry.actor_name, person.given_name FROM audit_accessentry entry
JOIN people_person person ON person.id = entry.person_id
WHERE entry.kind = 'read' ORDER BY 2, 1
"""
PEOPLE = "SELECT id, given_name, family_name, birth_date FROM people_person ORDER BY id"
ANSWERS = "SELECT id, status, author_name, started_at, answers FROM questionnaires_response ORDER BY id"


@contextmanager
def installation() -> Iterator[Installation]:
    made = Installation(data=folder_for_data(), port=free_port())
    try:
        yield made
    finally:
        made.run("reset", "--yes")
        shutil.rmtree(made.data, ignore_errors=True)


@pytest.fixture
def fresh(with_forms: Path) -> Iterator[Installation]:
    with installation() as made:
        copied(with_forms, made)
        yield made


@pytest.fixture
def undisturbed(with_forms: Path) -> Iterator[Installation]:
    with installation() as made:
        copied(with_forms, made)
        yield made


@pytest.fixture
def loaded(with_demo: Path) -> Iterator[Installation]:
    with installation() as made:
        copied(with_demo, made)
        yield made


@pytest.fixture
def another() -> Iterator[Installation]:
    """One that shares nothing with the others, neither keys nor anything made by chance."""
    with installation() as made:
        made.succeeds("database", "up", "--demo")
        made.succeeds("content", "publish", "--quiet")
        yield made


@pytest.fixture
def without_forms(with_tables: Path) -> Iterator[Installation]:
    with installation() as made:
        copied(with_tables, made)
        yield made


@pytest.fixture
def real(with_tables: Path) -> Iterator[Installation]:
    with installation() as made:
        copied(with_tables, made)
        made.asked("UPDATE core_installation SET demo = false RETURNING id")
        yield made


def asked(installation: Installation, question: str) -> list[tuple[object, ...]]:
    kept = json.loads((installation.data / "secrets.json").read_text())
    with psycopg.connect(
        host=kept["socket_dir"], port=kept["port"], user="postgres", password=kept["superuser_password"],
        dbname="medspiller",
    ) as database:  # fmt: skip
        return database.execute(question).fetchall()


@pytest.mark.soak
def test_the_same_seed_gives_the_same_people_with_files_that_somebody_opened(fresh, loaded):
    told = json.loads(fresh.run("demo", "load", "--scale", "20").stdout)

    assert told["loaded"] is True
    assert asked(fresh, PEOPLE) == asked(loaded, PEOPLE)
    assert len(asked(fresh, ANSWERS)) > 10
    assert asked(fresh, ANSWERS) == asked(loaded, ANSWERS)
    assert ("Ingrid Demovik", "Kari") in asked(fresh, WHO_LOOKED)


@pytest.mark.soak
def test_the_same_seed_gives_the_same_people_where_nothing_else_is_the_same(fresh, another):
    for each in (fresh, another):
        each.run("demo", "load", "--scale", "20")

    assert asked(fresh, PEOPLE) == asked(another, PEOPLE)
    assert asked(fresh, ANSWERS) == asked(another, ANSWERS)


def test_a_load_that_is_killed_is_gone_on_with_and_nobody_is_there_twice(fresh, undisturbed):
    with subprocess.Popen(
        [*MEDSPILLER, "demo", "load", "--scale", SEVERAL_DISTRICTS],
        env=fresh.environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as killed:  # fmt: skip
        # Its families stand, and the districts are being filled.
        assert any("with its families" in line for line in killed.stderr)
        killed.send_signal(signal.SIGKILL)
    before = asked(fresh, "SELECT count(*) FROM people_informationgiven")[0][0]

    again = json.loads(fresh.run("demo", "load", "--scale", SEVERAL_DISTRICTS).stdout)
    undisturbed.run("demo", "load", "--scale", SEVERAL_DISTRICTS)

    assert (again["loaded"], again["answers"] > 10) == (True, True)
    assert before < int(SEVERAL_DISTRICTS)
    assert asked(fresh, PEOPLE) == asked(undisturbed, PEOPLE)
    assert asked(fresh, ANSWERS) == asked(undisturbed, ANSWERS)


def test_a_second_load_changes_nothing(loaded):
    before = asked(loaded, "SELECT count(*) FROM audit_accessentry"), asked(loaded, ANSWERS)
    assert len(before[1]) > 10

    again = json.loads(loaded.succeeds("demo", "load", "--scale", "20"))

    assert (again["loaded"], again["answers"]) == (False, 0)
    assert (asked(loaded, "SELECT count(*) FROM audit_accessentry"), asked(loaded, ANSWERS)) == before


@pytest.mark.soak
def test_a_demo_that_was_loaded_before_its_forms_gets_the_answers_by_the_next_load(without_forms):
    first = json.loads(without_forms.run("demo", "load", "--scale", "20").stdout)
    without_forms.run("content", "publish", "--quiet")

    second = json.loads(without_forms.run("demo", "load", "--scale", "20").stdout)

    assert (first["loaded"], first["answers"]) == (True, 0)
    assert (second["loaded"], second["answers"] > 10) == (True, True)


def test_a_database_that_is_no_demo_is_left_alone(real):
    refused = real.run("demo", "load")

    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert asked(real, "SELECT count(*) FROM people_person") == [(0,)]
