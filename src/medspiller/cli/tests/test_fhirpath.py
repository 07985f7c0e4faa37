"""The command that evaluates expressions."""

import io
import json
import subprocess
import sys

import pytest

from medspiller.cli.main import DONE, WRONG_USE, main

PATIENT = {"resourceType": "Patient", "name": [{"given": ["Kari", "Anne"]}], "birthDate": "1990-02"}


@pytest.fixture
def ask(tmp_path, capsys):
    def ask(expression, resource=PATIENT):
        path = tmp_path / "resource.json"
        path.write_bytes(resource if isinstance(resource, bytes) else json.dumps(resource).encode())
        status = main(["fhirpath", expression, str(path)])
        heard = capsys.readouterr()
        return status, json.loads(heard.out) if heard.out else None, heard.err

    return ask


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("name.given", ["Kari", "Anne"]),
        ("name.given.count() / 4", [0.5]),
        ("birthDate + 1 month", ["1990-03"]),
        ("1 'm' + 5 'cm'", ["1.05 'm'"]),
        ("name", [{"given": ["Kari", "Anne"]}]),
        ("photo", []),
        ("today() > birthDate", [True]),
    ],
)
def test_gives_a_list_of_results(ask, expression, expected):
    assert ask(expression) == (DONE, expected, "")


@pytest.mark.parametrize(
    ("expression", "resource", "said"),
    [
        ("name.", PATIENT, "column 6"),
        ("%nobody", PATIENT, "there is no variable %nobody"),
        ("name", b"{", "line 1, column 2"),
        ("name", [1], "a resource is a JSON object"),
    ],
)
def test_complains_in_one_line(ask, expression, resource, said):
    status, answer, complaint = ask(expression, resource)

    assert (status, answer) == (WRONG_USE, None)
    assert said in complaint
    assert complaint.count("\n") == 1


def test_answers_line_by_line(monkeypatch, capsys):
    cases = [
        {"expression": "name.given.first()", "resource": PATIENT},
        {"expression": "1 +", "resource": PATIENT},
        {"expression": 3},
        {"expression": "%a + 1", "resource": None, "context": {"a": 2}},
    ]
    written = "\n".join(json.dumps(case) for case in cases) + "\nno json\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(written.encode())))

    assert main(["fhirpath", "--lines"]) == DONE

    first, second, third, fourth, fifth = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first, fourth) == (["Kari"], [3])
    assert all(set(answer) == {"error"} for answer in (second, third, fifth))


def test_loads_no_django(tmp_path):
    run = """
import sys
from medspiller.cli.main import main
assert main(["fhirpath", "1", sys.argv[1]]) == 0
assert "django" not in sys.modules
"""
    resource = tmp_path / "resource.json"
    resource.write_text("{}")

    done = subprocess.run([sys.executable, "-c", run, str(resource)], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
