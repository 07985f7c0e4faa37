"""The command that checks person numbers."""

import io
import json
import sys

import pytest

from medspiller.cli.main import DONE, NEGATIVE, WRONG_USE, main
from medspiller.core.person_numbers import check

SYNTHETIC = "10915596784"
# Made here, so that none stands in the file.
HOSPITAL_NUMBER = next(number for end in range(100) if check(number := f"135272480{end:02}").valid)


def test_a_valid_number_is_told_with_its_kind(capsys):
    assert main(["person-number", SYNTHETIC, "--test"]) == DONE

    answer = json.loads(capsys.readouterr().out)
    assert answer == {"valid": True, "kind": "synthetic", "birth_date": "1955-11-10", "reasons": []}


def test_a_synthetic_number_is_a_negative_answer_outside_test_mode(capsys):
    assert main(["person-number", SYNTHETIC]) == NEGATIVE

    assert json.loads(capsys.readouterr().out)["reasons"] == ["synthetic"]


def test_neither_sex_nor_age_is_told(capsys):
    main(["person-number", SYNTHETIC, "--test"])

    assert set(json.loads(capsys.readouterr().out)) == {"valid", "kind", "birth_date", "reasons"}


def test_no_number_is_wrong_use(capsys):
    assert main(["person-number"]) == WRONG_USE

    assert "give a number" in capsys.readouterr().err


@pytest.mark.parametrize("asked", [[], ["--test"]])
def test_many_are_answered_in_one_process_a_line_each(asked, monkeypatch, capsys):
    typed = [f'"{SYNTHETIC}"', f'{{"value": "{SYNTHETIC}", "test": true}}', "5", "{", f'"{HOSPITAL_NUMBER}"']
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(typed) + "\n"))

    assert main(["person-number", "--lines", *asked]) == DONE

    first, second, third, fourth, fifth = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["valid"] is bool(asked)
    assert second["valid"] is True
    assert "error" in third
    assert "line 4" in fourth["error"]
    assert fifth["kind"] == "hnr"
