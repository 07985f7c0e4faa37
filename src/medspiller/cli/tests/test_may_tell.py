"""The command that says what may be told."""

import io
import json
import subprocess
import sys

import pytest

from medspiller.cli.main import DONE, NEGATIVE, WRONG_USE, main

CASE = {
    "on": "2026-09-01",
    "patient": {"age": 40, "dead": False, "competent": True, "emergency": False},
    "recipient": {"roles": ["NAERMESTE"], "already_knows": False},
    "topic": "health",
    "consent": "unknown",
    "circumstances": ["child_refuses_with_reason"],
}


@pytest.fixture
def ask(tmp_path, capsys):
    """Ask about a case, written as it is, and return exit status, answer and complaint."""

    def ask(written):
        path = tmp_path / "case.json"
        path.write_bytes(written if isinstance(written, bytes) else json.dumps(written).encode())
        status = main(["may-tell", str(path)])
        heard = capsys.readouterr()
        return status, json.loads(heard.out) if heard.out else None, heard.err

    return ask


@pytest.fixture
def ask_lines(monkeypatch, capsys):
    def ask_lines(*lines: bytes):
        stdin = io.TextIOWrapper(io.BytesIO(b"\n".join(lines) + b"\n"), encoding="ascii")
        monkeypatch.setattr(sys, "stdin", stdin)
        assert main(["may-tell", "--lines"]) == DONE
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return ask_lines


def test_the_case_of_the_contract_waits_for_consent(ask):
    status, answer, _ = ask(CASE)

    assert status == DONE
    assert set(answer["why"]) == {"nb", "nn", "en"}
    assert {key: value for key, value in answer.items() if key != "why"} == {
        "answer": "unknown",
        "scope": "none",
        "rule": "I9",
        "law": ["pbrl § 3-3 (1)"],
        "missing": ["consent"],
        "always_allowed": ["general", "listening"],
    }


def test_a_no_is_a_negative_answer(ask):
    status, answer, _ = ask(CASE | {"consent": "refused"})

    assert status == NEGATIVE
    assert (answer["answer"], answer["rule"]) == ("no", "I14")


def test_what_is_left_out_is_not_known(ask):
    absent = ask({"circumstances": None})[1]
    null = ask(dict.fromkeys(CASE))[1]

    assert absent == null
    assert absent["answer"] == "unknown"


def test_circumstances_that_nobody_judged_to_apply_may_be_left_out(ask):
    without = {key: value for key, value in CASE.items() if key != "circumstances"}

    assert ask(without) == ask(CASE | {"circumstances": []})


WRONG = [
    ("circumstance", CASE | {"circumstance": []}),
    ("patient.years", CASE | {"patient": {"years": 40}}),
    ("recipient.role", CASE | {"recipient": {"role": "NAERMESTE"}}),
    ("patient", CASE | {"patient": []}),
    ("case", [CASE]),
    ("case", None),
    ("on", CASE | {"on": "2026-02-30"}),
    ("on", CASE | {"on": "20260901"}),
    ("on", CASE | {"on": 20260901}),
    ("patient.age", CASE | {"patient": {"age": -1}}),
    ("patient.age", CASE | {"patient": {"age": 131}}),
    ("patient.age", CASE | {"patient": {"age": 10**300}}),
    ("patient.age", CASE | {"patient": {"age": 40.5}}),
    ("patient.age", CASE | {"patient": {"age": True}}),
    ("patient.age", CASE | {"patient": {"age": "40"}}),
    ("patient.dead", CASE | {"patient": {"dead": 0}}),
    ("patient.competent", CASE | {"patient": {"competent": "yes"}}),
    ("recipient.roles", CASE | {"recipient": {"roles": "NAERMESTE"}}),
    ("recipient.roles", CASE | {"recipient": {"roles": ["naermeste"]}}),
    ("recipient.roles", CASE | {"recipient": {"roles": [None]}}),
    ("recipient.already_knows", CASE | {"recipient": {"already_knows": "no"}}),
    ("recipient.mandate_covers_health", CASE | {"recipient": {"mandate_covers_health": 1}}),
    ("topic", CASE | {"topic": "diagnosis"}),
    ("consent", CASE | {"consent": True}),
    ("circumstances", CASE | {"circumstances": ["I10"]}),
    ("circumstances", CASE | {"circumstances": {"danger_to_others": True}}),
    ("consent_by_nearest", CASE | {"consent_by_nearest": "yes"}),
]


@pytest.mark.parametrize(("key", "written"), WRONG)
def test_what_cannot_be_read_is_refused_by_name_in_one_line(key, written, ask):
    status, answer, complaint = ask(written)

    assert status == WRONG_USE
    assert answer is None
    assert f"case.json: {key}: " in complaint
    assert complaint.count("\n") == 1


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        (b"", "line 1, column 1"),
        (b"{", "line 1, column 2"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b'{"patient": {"age": NaN}}', "NaN is no number"),
        (b'{"patient": {"age": 1e999}}', "patient.age"),
        (b'{"patient": {"age": ' + b"9" * 5000 + b"}}", "a number is too long"),
        (b'{"on": "2026-09-01", "on": "2020-01-01"}', 'the key "on" is there twice'),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"\\ud800": 1}', "not a key here"),
    ],
)
def test_what_is_no_json_is_refused(written, complaint, ask):
    status, answer, said = ask(written)

    assert (status, answer) == (WRONG_USE, None)
    assert complaint in said
    assert said.count("\n") == 1


def test_a_file_that_is_not_there_is_wrong_use(capsys):
    assert main(["may-tell", "/nowhere/case.json"]) == WRONG_USE
    assert "/nowhere/case.json" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["case.json", "--lines"]])
def test_one_of_file_and_lines_is_asked_for(arguments, capsys):
    assert main(["may-tell", *arguments]) == WRONG_USE
    assert "may-tell: give a file" in capsys.readouterr().err


def test_many_are_answered_in_order_and_a_bad_one_stops_nothing(ask_lines):
    usual = json.dumps(CASE).encode()
    refused = json.dumps(CASE | {"consent": "refused"}).encode()
    lines = [usual, b"{", b"", b'{"topic": "listening"}', b'"\xff"', b"{}", b'{"a": 1}', refused]

    answers = ask_lines(*lines)

    said = [answer.get("answer", "error") for answer in answers]
    assert said == ["unknown", "error", "error", "may", "error", "unknown", "error", "no"]
    assert "line 2" in answers[1]["error"]
    assert "not UTF-8" in answers[4]["error"]


def test_a_letter_of_ours_is_read_whatever_the_machine_speaks(ask_lines):
    (answer,) = ask_lines('{"ærlig": 1}'.encode())

    assert "not a key here" in answer["error"]


def test_neither_django_nor_a_database_is_started():
    look = (
        "import sys; from medspiller.cli.main import main; main(['may-tell', '-']);"
        "sys.exit(any(name.split('.')[0] in {'django', 'psycopg'} for name in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", look], input=b"{}", capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["answer"] == "unknown"
