"""The command that hides small counts."""

import io
import json
import sys

import pytest

from medspiller.cli.main import DONE, WRONG_USE, main

TABLE = {"dimensions": {"service": ["A", "B", "C"]}, "counts": [12, 6, 2], "totals": True}


@pytest.fixture
def protect(tmp_path, capsys):
    """Protect a table as it is written, and return exit status, answer and complaint."""

    def protect(written, *more):
        path = tmp_path / "table.json"
        path.write_text(written if isinstance(written, str) else json.dumps(written), encoding="utf-8")
        status = main(["statistics", "protect", str(path), *more])
        heard = capsys.readouterr()
        return status, json.loads(heard.out) if heard.out else None, heard.err

    return protect


def test_the_table_of_the_contract(protect):
    status, answer, _ = protect(TABLE)

    assert status == DONE
    assert answer == {
        "dimensions": {"service": ["A", "B", "C", "*"]},
        "counts": [12, ":", ":", 20],
        "hidden": {"primary": 1, "secondary": 1},
    }


def test_the_threshold_can_be_raised(protect):
    status, answer, _ = protect(TABLE, "--n-min", "10")

    assert status == DONE
    assert answer["counts"] == [12, ":", ":", 20]
    assert answer["hidden"] == {"primary": 2, "secondary": 0}


@pytest.mark.parametrize(
    ("written", "more"),
    [
        ("{", ()),
        ({}, ()),
        (TABLE | {"counts": [1]}, ()),
        (TABLE, ("--n-min", "4")),
        (TABLE, ("--n-min", "many")),
        (TABLE, ("--lines",)),
    ],
)
def test_bad_input_is_told_of_in_one_line(protect, written, more):
    status, answer, complaint = protect(written, *more)

    assert (status, answer) == (WRONG_USE, None)
    assert complaint.count("\n") == 1


def test_many_tables_in_one_run(monkeypatch, capsys):
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(TABLE).encode() + b"\n{}\n"), encoding="ascii")
    monkeypatch.setattr(sys, "stdin", stdin)

    assert main(["statistics", "protect", "--lines"]) == DONE

    first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert first["counts"] == [12, ":", ":", 20]
    assert "dimensions" in second["error"]
