"""The commands that say what a carer may be entitled to."""

import io
import json
import subprocess
import sys

import pytest

from medspiller.cli.main import DONE, WRONG_USE, main

FACTS = {
    "on": "2026-11-21",
    "carer": {
        "birth_year": 1984,
        "employed": True,
        "weeks_employed": 200,
        "income_year": 480000,
        "sole_parent": False,
        "lives_with_recipient": True,
    },
    "children": [{"birth_year": 2020, "lives_with_carer": True, "chronic": False, "sole_care": False}],
    "recipient": {
        "relation": "parent",
        "birth_year": 1944,
        "last_phase_of_life": False,
        "cared_for_at_home": True,
        "lasting_illness": True,
    },
    "care": {"hours_per_week": 14, "particularly_heavy": None, "night": False},
}


@pytest.fixture
def ask(tmp_path, capsys):
    """Ask about a case, written as it is, and return exit status, answer and complaint."""

    def ask(what, written, *more):
        path = tmp_path / "case.json"
        path.write_text(written if isinstance(written, str) else json.dumps(written), encoding="utf-8")
        status = main(["rights", what, str(path), *more])
        heard = capsys.readouterr()
        return status, json.loads(heard.out) if heard.out else None, heard.err

    return ask


class TestFind:
    def test_answers_for_every_right(self, ask):
        status, answer, _ = ask("find", FACTS)

        by_right = {finding["right"]: finding for finding in answer["findings"]}
        assert status == DONE
        assert answer["on"] == "2026-11-21"
        assert len(by_right) == 22
        assert (by_right["R-FTRL-9-5"]["answer"], by_right["R-FTRL-9-5"]["amounts"]) == ("yes", {"days_per_year": 10})
        assert by_right["R-FTRL-9-13"]["answer"] == "no"
        assert "recipient.last_phase_of_life" in by_right["R-FTRL-9-13"]["would_change"]
        assert by_right["R-HOL-3-6"]["answer"] == "unknown"

    def test_tells_of_each_what_the_contract_says(self, ask):
        _, answer, _ = ask("find", FACTS)

        for finding in answer["findings"]:
            assert finding["decided_by"] in {"arbeidsgiver", "nav", "kommune", "helseforetak"}
            assert finding["answer"] in {"yes", "no", "unknown", "not_in_force", "repealed"}
            assert set(finding["title"]) == set(finding["how_to"]) == {"nb", "nn", "en"}
            assert all({"fact", "holds", "text", "law"} <= set(reason) for reason in finding["because"])
            assert all({"ref", "valid_from"} <= set(source) for source in finding["sources"])

    def test_asks_next_what_is_not_known(self, ask):
        _, answer, _ = ask("find", {"on": "2026-11-21"})

        assert answer["ask_next"].split(".")[0] in {"carer", "children", "recipient", "care"}

    def test_knows_nothing_of_whoever_says_nothing(self, ask):
        _, answer, _ = ask("find", {"on": "2026-11-21"})

        assert not any(finding["answer"] == "no" for finding in answer["findings"])

    def test_answers_for_another_day(self, ask):
        _, before, _ = ask("find", FACTS, "--on", "2026-06-30")
        _, after, _ = ask("find", FACTS, "--on", "2026-07-01")

        assert (before["on"], after["on"]) == ("2026-06-30", "2026-07-01")
        assert self.rule_of(before, "R-FTRL-15")["valid_from"] != self.rule_of(after, "R-FTRL-15")["valid_from"]

    @staticmethod
    def rule_of(answer, right):
        return next(finding["sources"][0] for finding in answer["findings"] if finding["right"] == right)

    @pytest.mark.parametrize(
        ("written", "complaint"),
        [
            ({**FACTS, "on": "1969-12-31"}, "on: 1969-12-31 is before 1970-01-01"),
            ({**FACTS, "carer": {"income_year": "much"}}, "carer.income_year: must be a number, not 'much'"),
            ({**FACTS, "children": [{}] * 40}, "children: must be at most 20 children, not 40"),
            ({**FACTS, "income": 3}, "income: not a key here"),
            ([], "case: must be an object"),
            ("{", "line 1"),
        ],
    )
    def test_refuses_what_cannot_be_in_one_line(self, ask, written, complaint):
        status, answer, said = ask("find", written)

        assert (status, answer) == (WRONG_USE, None)
        assert complaint in said
        assert said.count("\n") == 1

    @pytest.mark.parametrize("day", ["1969-12-31", "tomorrow", "2126-01-01"])
    def test_refuses_a_day_that_cannot_be(self, ask, day):
        status, _, said = ask("find", FACTS, "--on", day)

        assert status == WRONG_USE
        assert said.startswith("medspiller: --on: ")


class TestCalculators:
    def test_count_care_days(self, ask):
        family = {"on": "2026-11-21", "children": [{"birth_year": 2021, "chronic": True, "sole_care": True}]}

        assert ask("care-days", {**family, "received": [6, 6], "given": [8]})[1] == {
            "basic": 10,
            "chronic": 0,
            "sole": 10,
            "sole_chronic": 20,
            "transfer": -6,
            "total": 40,
        }

    def test_share_the_pool_at_the_end_of_a_life(self, ask):
        case = {
            "applicant": {"from": "2020-03-16", "to": "2020-03-27", "grade": 100},
            "others": [{"from": "2020-01-06", "to": "2020-03-20", "grade": 100}],
        }

        assert ask("end-of-life", case)[1] == {
            "granted": [["2020-03-16", "2020-03-20", 100]],
            "refused": [["2020-03-23", "2020-03-27"]],
            "days_used_by_others": "55",
            "days_left": "0",
        }

    def test_compute_the_transitional_benefit(self, ask):
        case = {"on": "2026-05-01", "income_year": 200000}

        assert ask("transitional-benefit", case)[1] == {"G": 136549, "full": 25603, "cut": 4940, "monthly": 20663}
        assert ask("transitional-benefit", case, "--on", "2019-05-01")[1]["G"] == 99858

    def test_answer_line_by_line(self, monkeypatch, capsys):
        lines = b'{"on": "2026-05-01", "income_year": 60000}\n\n{"income_year": "x"}\n'
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="ascii"))

        assert main(["rights", "transitional-benefit", "--lines"]) == DONE

        first, blank, bad = map(json.loads, capsys.readouterr().out.splitlines())
        assert first["monthly"] == 25603
        assert "error" in blank
        assert bad["error"].startswith("income_year: must be a number")

    def test_want_a_file_or_lines(self, capsys):
        assert main(["rights", "care-days"]) == WRONG_USE
        assert main(["rights", "care-days", "case.json", "--lines"]) == WRONG_USE
        assert capsys.readouterr().err.count("\n") == 2


def test_no_database_and_no_django_are_needed(tmp_path):
    case = tmp_path / "facts.json"
    case.write_text(json.dumps(FACTS), encoding="utf-8")
    program = (
        "import sys; from medspiller.cli.main import main; "
        f"status = main(['rights', 'find', {str(case)!r}]); assert 'django.db' not in sys.modules; sys.exit(status)"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert done.returncode == DONE, done.stderr.decode()
    assert len(json.loads(done.stdout)["findings"]) == 22
