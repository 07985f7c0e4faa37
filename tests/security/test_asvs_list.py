"""`docs/security/asvs.md` is whole and true: every requirement up to level 2 is there, and so are its tests."""

import ast
import csv
import os
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "docs/security/asvs.md"
STANDARD = Path(os.environ["MEDSPILLER_STANDARDS"]) / "security/asvs-5.0.0-en.csv"
MOST = 2

_ROW = re.compile(r"^\| (V\d+\.\d+\.\d+) \| ([123]) \| (.+?) \| (.+) \|$")
_WHOLE = re.compile(r"^\| (V\d+(?:\.\d+)?) \| (.+?) \| (.+) \|$")
_TEST = re.compile(r"`((?:src|tests)/[\w/]+\.py)((?:::\w+)+)`")
REASONS = ("By construction: ", "Not applicable: ", "Not yet: ")
_LEAST_REASON = 7
# As many words in a row as would be the standard's own wording (CC BY-SA), not ours.
_BORROWED = 7


def rows(text: str) -> dict[str, tuple[int, str, str]]:
    """Return each requirement that is listed: its level, our words, and the test or reason."""
    found = [match.groups() for line in text.splitlines() if (match := _ROW.match(line))]
    assert len({row[0] for row in found}) == len(found), "a requirement is listed twice"
    return {number: (int(level), words, answer) for number, level, words, answer in found}


def left_out(text: str) -> dict[str, str]:
    """Return each chapter or section that does not apply as a whole, and why."""
    found = [match.groups() for line in text.splitlines() if (match := _WHOLE.match(line)) and not _ROW.match(line)]
    return {number: why for number, _, why in found}


def problem_of(answer: str) -> str:
    """Return what is wrong with the answer to a requirement; empty if it names a test that exists, or says why none."""
    if match := _TEST.fullmatch(answer):
        return "" if match[2].removeprefix("::") in written_in(match[1]) else f"no such test: {answer}"
    reason = next((answer.removeprefix(start) for start in REASONS if answer.startswith(start)), "")
    return "" if len(reason) >= _LEAST_REASON else f"neither test nor reason: {answer}"


@cache
def written_in(path: str) -> frozenset[str]:
    """Return the tests of a file, those of classes as `Class::test`; none if there is no such file."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    found = set()
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
    return frozenset(name for name in found if name.rpartition("::")[2].startswith("test_"))


@pytest.fixture(scope="module")
def standard() -> dict[str, tuple[int, str]]:
    """Each requirement of the standard: its level and its text."""
    if not STANDARD.is_file():
        pytest.skip("not run: the standard's file, 253 requirements to compare with, is not here")
    with STANDARD.open(newline="", encoding="utf-8-sig") as file:
        return {row["req_id"]: (int(row["L"]), row["req_description"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def text() -> str:
    return LIST.read_text()


def test_every_requirement_is_listed_or_its_chapter_does_not_apply(text, standard):
    wanted = {number for number, (level, _) in standard.items() if level <= MOST}
    listed, whole = set(rows(text)), set(left_out(text))
    covered = {number for number in wanted if any(number.startswith(f"{part}.") for part in whole)}

    assert wanted - listed - covered == set()
    assert listed & covered == set(), "listed although the whole does not apply"


def test_nothing_is_listed_that_the_standard_does_not_have(text, standard):
    listed = {number: level for number, (level, _, _) in rows(text).items()}

    assert {number: level for number, level in listed.items() if standard.get(number, (0,))[0] != level} == {}


def test_no_chapter_is_left_out_that_the_standard_does_not_have(text, standard):
    parts = {part for number in standard for part in (number.split(".")[0], number.rpartition(".")[0])}

    assert set(left_out(text)) - parts == set()


def test_the_words_are_our_own(text, standard):
    borrowed = [number for number, (_, words, _) in rows(text).items() if is_borrowed(words, standard[number][1])]

    assert borrowed == []


def is_borrowed(words: str, theirs: str) -> bool:
    ours, other = re.findall(r"\w+", words.lower()), " ".join(re.findall(r"\w+", theirs.lower()))
    return any(" ".join(ours[at : at + _BORROWED]) in other for at in range(len(ours) - _BORROWED + 1))


def test_every_answer_is_a_test_that_exists_or_a_reason(text):
    listed = rows(text)

    assert len(listed) > 200
    assert {number: problem for number, (_, _, answer) in listed.items() if (problem := problem_of(answer))} == {}


def test_what_is_left_out_says_why(text):
    assert [number for number, why in left_out(text).items() if len(why) < _LEAST_REASON] == []


def test_the_page_about_quality_leads_here():
    assert "(security/asvs.md)" in (ROOT / "docs/quality.md").read_text()


class TestTheChecksThemselves:
    def test_a_test_that_does_not_exist_would_be_caught(self):
        here = "tests/security/test_asvs_list.py"

        assert problem_of(f"`{here}::test_that_nobody_wrote`")
        assert problem_of("`tests/security/test_nowhere.py::test_x`")
        assert not problem_of(f"`{here}::test_what_is_left_out_says_why`")

    def test_a_reason_that_says_nothing_would_be_caught(self):
        assert problem_of("")
        assert problem_of("Not yet: ")
        assert problem_of("It is fine")

    def test_borrowed_words_would_be_caught(self):
        theirs = "Verify that the application generates a new session token on user authentication."

        assert is_borrowed("the application generates a new session token on sign-in", theirs)
        assert not is_borrowed("a new name at every sign-in", theirs)
