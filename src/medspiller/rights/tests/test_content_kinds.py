"""`content check` finds what is wrong with rights, figures, facts and situations before anybody is answered by them."""

import shutil
from pathlib import Path

import pytest

from medspiller.cli.rights import SHIPPED
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content.domain import checking, loading

PACKAGE = "no.medspiller.rights"


@pytest.fixture
def package(tmp_path) -> Path:
    """A copy of what is shipped, to spoil."""
    return Path(shutil.copytree(SHIPPED / PACKAGE, tmp_path / PACKAGE))


@pytest.fixture
def found(package):
    """What is said of one file of the package, now."""

    def found(file: str) -> list[str]:
        problems = checking.check(loading.load(package, CONTENT_KINDS), CONTENT_KINDS)
        return [f"{one.element}: {one.message}" for one in problems if one.file == f"{PACKAGE}/{file}"]

    return found


@pytest.fixture
def spoil(package):
    """Write something else into a file, once."""

    def spoil(file: str, before: str, after: str) -> None:
        path = package / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")

    return spoil


@pytest.fixture
def write(package):
    def write(file: str, text: str) -> None:
        (package / file).write_text(text, encoding="utf-8")

    return write


def test_what_is_shipped_is_in_order():
    assert checking.check(loading.load(SHIPPED / PACKAGE, CONTENT_KINDS), CONTENT_KINDS) == ()


PARAMETER = """
url: https://example.no/parameters/hours
version: "1"
status: active
id: hours
label: {nb: Timer, nn: Timar, en: Hours}
unit: hours
steps:
"""
SOURCE = "source: {ref: lov § 1, url: null, certainty: law}"


class TestParameters:
    @pytest.mark.parametrize(
        ("steps", "message"),
        [
            ([f"from: 2025-01-01, value: 1, {SOURCE}", f"from: 2024-01-01, value: 2, {SOURCE}"], "no later than"),
            ([f"from: 2024-01-01, value: 1, {SOURCE}", f"from: 2024-01-01, value: 2, {SOURCE}"], "no later than"),
            (
                [f"from: 2024-01-01, to: 2025-06-01, value: 1, {SOURCE}", f"from: 2025-01-01, value: 2, {SOURCE}"],
                "overlaps",
            ),
            (
                [f"from: 2024-01-01, to: 2024-06-01, value: 1, {SOURCE}", f"from: 2025-01-01, value: 2, {SOURCE}"],
                "leaves a gap",
            ),
            ([f"from: 2024-01-01, to: 2023-01-01, value: 1, {SOURCE}"], "is not after its own from"),
            (["from: 2024-01-01, value: 1"], "source is missing"),
            (["from: 2024-01-01, value: 1, source: {ref: lov § 1, certainty: sure}"], "'sure'", ),
            ([f"from: 2024-01-01, value: much, {SOURCE}"], "is not like a whole number"),
            ([f"from: 2024-01-01, value: 0.5, {SOURCE}"], "0.5 is not"),
            ([f"from: 2024-02-30, value: 1, {SOURCE}"], "is no day of the calendar"),
            ([], "is not array"),
        ],
    )  # fmt: skip
    def test_steps_that_do_not_hold_together_are_caught(self, write, found, steps, message):
        listed = "\n".join(f"  - {{{step}}}" for step in steps)
        write("parameters/hours.yaml", f"{PARAMETER}{listed}\n")

        said = found("parameters/hours.yaml")

        assert [one for one in said if message.strip("'") in one], said

    def test_an_unknown_value_and_an_abolished_one_are_in_order(self, write, found):
        steps = [
            f"from: 2020-01-01, value: 10, {SOURCE}",
            f"from: 2024-01-01, value: unknown, {SOURCE}",
            f"from: 2025-01-01, to: 2026-01-01, value: '0.45', {SOURCE}",
            f"from: 2026-01-01, value: null, {SOURCE}",
        ]
        write("parameters/hours.yaml", PARAMETER + "\n".join(f"  - {{{step}}}" for step in steps) + "\n")

        assert found("parameters/hours.yaml") == []

    def test_one_of_another_name_than_its_file_is_caught(self, write, found):
        write("parameters/days.yaml", f"{PARAMETER}  - {{from: 2020-01-01, value: 10, {SOURCE}}}\n")

        assert found("parameters/days.yaml") == ["id: is hours, and the file is called days"]


RIGHT = "rights/R-FTRL-9-13.yaml"


class TestRights:
    def test_a_rule_nobody_knows_is_caught(self, spoil, found):
        spoil(RIGHT, "rule: ", "rule: no-such-")

        assert any("there is no rule no-such-" in one for one in found(RIGHT))

    def test_a_condition_nobody_knows_and_one_without_words_are_caught(self, spoil, found):
        spoil(RIGHT, "last_phase_of_life:\n", "last_phase:\n")

        said = found(RIGHT)

        assert "conditions.last_phase: none of its rules has this condition" in said
        assert "conditions.last_phase_of_life: is missing: its rules have this condition" in said

    def test_a_place_in_a_text_that_nothing_fills_is_caught(self, spoil, found):
        spoil(RIGHT, "short:\n  nb: ", "short:\n  nb: Dette er {noe}. ")

        assert any("{noe} is not known" in one for one in found(RIGHT))

    def test_a_missing_language_is_caught(self, package, found):
        path = package / RIGHT
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        at = next(number for number, line in enumerate(lines) if line.startswith("  nn: "))
        path.write_text("".join(lines[:at] + lines[at + 1 :]), encoding="utf-8")

        assert any("nn is missing" in one for one in found(RIGHT))

    def test_a_period_without_source_is_caught(self, package, found):
        path = package / RIGHT
        text = path.read_text(encoding="utf-8")
        head, _, rest = text.partition("    source:\n")
        after = rest.splitlines(keepends=True)
        while after[0].startswith("      "):
            after.pop(0)
        path.write_text(head + "".join(after), encoding="utf-8")

        assert any("source is missing" in one for one in found(RIGHT))

    def test_a_promise_where_somebody_weighs_is_caught(self, spoil, found):
        spoil("rights/R-HOL-3-6.yaml", "discretionary: true", "discretionary: false")

        said = found("rights/R-HOL-3-6.yaml")

        assert "discretionary: a condition of its rules is weighed by whoever decides" in said

    def test_a_case_that_does_not_hold_is_caught(self, write, found):
        case = '- {case: Nobody knows anything, "on": 2026-11-21, facts: {}, expect: {answer: "yes"}}\n'
        write("cases/R-FTRL-9-13.yaml", case)

        (said,) = found("cases/R-FTRL-9-13.yaml")

        assert said.startswith("[0] Nobody knows anything: the answer is unknown, not yes; open are ")

    def test_a_case_of_strange_facts_is_caught(self, write, found):
        case = '- {case: Odd, "on": 2026-11-21, facts: {carer: {shoe_size: 43}}, expect: {answer: "yes"}}\n'
        write("cases/R-FTRL-9-13.yaml", case)

        assert any("carer.shoe_size: not a fact here" in one for one in found("cases/R-FTRL-9-13.yaml"))

    def test_a_rule_without_its_figure_is_caught(self, package, found):
        (package / "parameters/end-of-life-benefit-days.yaml").unlink()

        said = found("cases/R-FTRL-9-13.yaml")

        assert any("asks for the parameter end-of-life-benefit-days, which no content has" in one for one in said)


class TestFacts:
    @pytest.mark.parametrize(
        ("before", "after", "message"),
        [
            ("  employed:\n    kind: yes_no\n", "  employed:\n    kind: maybe\n", "is none of yes_no"),
            ("  employed:\n    kind: yes_no\n", "  employed:\n    kind: yes_no\n    least: 1\n", "neither least nor"),
            ("  employed:\n    kind: yes_no\n", "  employed:\n    kind: choice\n", "a choice needs them"),
            ("    usual: true\n", "    usual: 7\n", "facts.employed.usual: must be true, false or null, not 7"),
            ("head: carer", "head: children", "head: is not the name of the file"),
        ],
    )
    def test_what_nobody_could_answer_is_caught(self, spoil, found, before, after, message):
        spoil("facts/carer.yaml", before, after)

        said = found("facts/carer.yaml")

        assert any(message in one for one in said), said


class TestSituations:
    def test_a_right_and_a_fact_that_are_not_there_are_caught(self, spoil, found):
        spoil("situations/child-ill.yaml", "R-FTRL-9-10", "R-FTRL-99")
        spoil("situations/child-ill.yaml", "recipient.relation: child", "recipient.relation: unicorn")

        said = found("situations/child-ill.yaml")

        assert any("there is no right R-FTRL-99" in one for one in said)
        assert any(one.startswith("presets.recipient.relation: 'unicorn' is none of ") for one in said)

    def test_too_many_questions_are_caught(self, write, found):
        case = '- {case: In a hurry, "on": 2026-11-21, facts: {}, expect: {questions: 0}}\n'
        write("cases/child-ill.yaml", case)

        assert any("questions (" in one and "at most 0 were expected" in one for one in found("cases/child-ill.yaml"))
