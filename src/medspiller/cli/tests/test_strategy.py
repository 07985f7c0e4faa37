"""`medspiller strategy read`: JSON on standard output, and one clear line where nothing can be read."""

import json
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

import medspiller.demo
from medspiller.access.domain import actors
from medspiller.cli import strategy
from medspiller.cli.main import main

DEMO = Path(next(iter(medspiller.demo.__path__))) / "plans"


def run(capsys, *arguments: str) -> tuple[int, object, str]:
    status = main(["strategy", *arguments])
    said = capsys.readouterr()
    return status, json.loads(said.out) if said.out else None, said.err


def test_reads_a_plan_in_the_agreed_shape(capsys):
    status, answer, _ = run(capsys, "read", str(DEMO / "kommunal-parorendestrategi.txt"))

    assert status == 0
    assert set(answer) == {"title", "period", "focus_areas", "warnings"}
    assert answer["period"] == [2021, 2025]
    assert [len(area["measures"]) for area in answer["focus_areas"]] == [4, 11, 9, 7]
    assert set(answer["focus_areas"][0]) == {"title", "goals", "approaches", "measures"}
    assert answer["focus_areas"][0]["measures"][0] == {
        "text": "Kartleggingsverktøy for pårørende benyttes i tjenester der hvor dette er aktuelt",
        "owners": ["Velferdstjenestene"],
        "from": 2021,
        "to": 2025,
        "notes": [],
    }
    assert all(warning.startswith("Linje ") for warning in answer["warnings"])


def test_with_a_record_says_the_lines_too(capsys):
    _, answer, _ = run(capsys, "read", "--record", str(DEMO / "nasjonal-parorendestrategi.txt"))

    assert all(measure["lines"] for area in answer["focus_areas"] for measure in area["measures"])


def test_a_table_that_is_no_plan_is_a_negative_answer(capsys, tmp_path):
    file = tmp_path / "ansatte.csv"
    file.write_text("Navn;Telefon\nKari;1\n")
    status, answer, _ = run(capsys, "read", str(file))

    assert status == 1
    assert answer["focus_areas"] == []
    assert "Overskriftene er: Navn, Telefon." in " ".join(answer["warnings"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "there is nothing in it"),
        (b"%PDF-1.4\n", "a PDF; save the plan as text"),
        (bytes(range(32)) * 9, "no text"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(capsys, tmp_path, content, said):
    file = tmp_path / "plan.txt"
    file.write_bytes(content)
    status, answer, error = run(capsys, "read", str(file))

    assert (status, answer) == (2, None)
    assert said in error
    assert error.count("\n") == 1


def test_a_file_that_is_not_there_is_said_so(capsys):
    status, _, error = run(capsys, "read", "/no/such/plan.txt")

    assert status == 2
    assert "No such file" in error


def test_starts_without_django_and_heavy_libraries():
    plan = DEMO / "kommunal-parorendestrategi.txt"
    code = f"import sys; from medspiller.cli.main import main; main(['strategy', 'read', {str(plan)!r}]); "
    code += "assert not {'django.db', 'docx', 'openpyxl', 'lxml'} & set(sys.modules)"
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
    assert time.perf_counter() - began < 5


@pytest.mark.django_db
class TestStoring:
    @pytest.fixture(autouse=True)
    def in_this_transaction(self, house, monkeypatch):
        """The command opens a transaction of its own; the test is in one already, which is undone."""
        monkeypatch.setattr(strategy, "_as_system", lambda number: nullcontext(actors.system(house.tenant_id)))

    def test_a_plan_waits_for_a_person_and_the_same_is_refused_with_where_it_is(self, capsys):
        file = str(DEMO / "nasjonal-parorendestrategi.txt")
        arguments = ["import", file, "--municipality", "3201", "--level", "national"]
        status, stored, _ = run(capsys, *arguments)
        again, refused, _ = run(capsys, *arguments)

        assert (status, stored["focus_areas"], stored["measures"]) == (0, 6, 32)
        assert again == 1
        assert (refused["refused"], refused["import"]) == ("known", stored["import"])

    def test_a_plan_that_is_not_there_cannot_be_written(self, capsys):
        status, _, error = run(capsys, "export", "ingen-plan", "--municipality", "3201")

        assert status == 2
        assert "no such plan" in error
