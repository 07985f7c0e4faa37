"""The demo as a newcomer gets it: the same people each time, with a story, and never where it does not belong."""

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from medspiller.config.secrets import ROOT
from tests.faults.installation import MEDSPILLER, Installation, free_port

pytestmark = pytest.mark.slow

WHO_LOOKED = """
SELECT entry.actor_name, person.given_name FROM audit_accessentry entry
JOIN people_person person ON person.id = entry.person_id
WHERE entry.kind = 'read' ORDER BY 2, 1
"""
PEOPLE = "SELECT id, given_name, family_name, birth_date FROM people_person ORDER BY id"
ANSWERS = "SELECT id, status, author_name, started_at, answers FROM questionnaires_response ORDER BY id"


def prepared(demo: bool = True) -> Iterator[Installation]:
    folder = Path("/tmp") / f"medspiller-demo-{free_port()}"  # noqa: S108 - short, and open to the database's user
    folder.mkdir(mode=0o755)
    made = Installation(data=folder, port=free_port())
    made.run("database", "up", *(["--demo"] if demo else []))
    made.run("content", "publish", "--quiet")
    yield made
    made.run("reset", "--yes")


@pytest.fixture
def fresh() -> Iterator[Installation]:
    yield from prepared()


@pytest.fixture
def another() -> Iterator[Installation]:
    yield from prepared()


@pytest.fixture
def real() -> Iterator[Installation]:
    yield from prepared(demo=False)


def asked(installation: Installation, question: str) -> list[tuple[object, ...]]:
    kept = json.loads((installation.data / "secrets.json").read_text())
    with psycopg.connect(
        host=kept["socket_dir"], port=kept["port"], user="postgres", password=kept["superuser_password"],
        dbname="medspiller",
    ) as database:  # fmt: skip
        return database.execute(question).fetchall()


def test_the_same_seed_gives_the_same_people_with_files_that_somebody_opened(fresh, another):
    loaded = [json.loads(each.run("demo", "load", "--scale", "20").stdout) for each in (fresh, another)]

    assert [told["loaded"] for told in loaded] == [True, True]
    assert asked(fresh, PEOPLE) == asked(another, PEOPLE)
    assert len(asked(fresh, ANSWERS)) > 10
    assert asked(fresh, ANSWERS) == asked(another, ANSWERS)
    assert ("Ingrid Demovik", "Kari") in asked(fresh, WHO_LOOKED)


def test_a_load_that_is_killed_is_gone_on_with_and_nobody_is_there_twice(fresh, another):
    with subprocess.Popen(
        [*MEDSPILLER, "demo", "load", "--scale", "700"],
        env=fresh.environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as killed:  # fmt: skip
        # Its families stand, and the districts are being filled.
        assert any("with its families" in line for line in killed.stderr)
        killed.send_signal(signal.SIGKILL)
    before = asked(fresh, "SELECT count(*) FROM people_informationgiven")[0][0]

    again = json.loads(fresh.run("demo", "load", "--scale", "700").stdout)
    another.run("demo", "load", "--scale", "700")

    assert (again["loaded"], again["answers"] > 10) == (True, True)
    assert before < 700
    assert asked(fresh, PEOPLE) == asked(another, PEOPLE)
    assert asked(fresh, ANSWERS) == asked(another, ANSWERS)


def test_a_second_load_changes_nothing(fresh):
    fresh.run("demo", "load", "--scale", "20")
    before = asked(fresh, "SELECT count(*) FROM audit_accessentry"), asked(fresh, ANSWERS)

    again = json.loads(fresh.run("demo", "load", "--scale", "20").stdout)

    assert (again["loaded"], again["answers"]) == (False, 0)
    assert (asked(fresh, "SELECT count(*) FROM audit_accessentry"), asked(fresh, ANSWERS)) == before


def test_a_demo_that_was_loaded_before_its_forms_gets_the_answers_by_the_next_load(fresh):
    fresh.run("reset", "--yes")
    fresh.data.mkdir(mode=0o755, exist_ok=True)
    fresh.run("database", "up", "--demo")
    first = json.loads(fresh.run("demo", "load", "--scale", "20").stdout)
    fresh.run("content", "publish", "--quiet")

    second = json.loads(fresh.run("demo", "load", "--scale", "20").stdout)

    assert (first["loaded"], first["answers"]) == (True, 0)
    assert (second["loaded"], second["answers"] > 10) == (True, True)


def test_a_database_that_is_no_demo_is_left_alone(real):
    refused = real.run("demo", "load")

    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert asked(real, "SELECT count(*) FROM people_person") == [(0,)]
