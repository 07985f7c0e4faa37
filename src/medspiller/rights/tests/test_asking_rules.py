"""As few questions as possible, none of them for nothing."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from medspiller.cli.rights import SHIPPED
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content.domain import loading
from medspiller.rights.domain.asking import (
    answered_with,
    ask_through,
    is_useful,
    next_question,
    progress,
    starting_from,
)
from medspiller.rights.domain.cases import families
from medspiller.rights.domain.facts import Facts
from medspiller.rights.domain.findings import find, finding_of
from medspiller.rights.tests.families import paths, some_facts, value_of

ON = date(2026, 11, 21)


@pytest.fixture(scope="module")
def demo_families(rulebook):
    """Every made-up family of the situations: where it begins, the day, and all that is true of it."""
    library = loading.load(SHIPPED / "no.medspiller.rights", CONTENT_KINDS)
    return [
        (rulebook.situation(Path(definition.file).stem), on, facts)
        for definition in library.of_kind("situations")
        if definition.file in library.cases
        for _, on, facts in families(library.cases[definition.file], rulebook)
    ]


class TestDemoFamilies:
    def test_nine_of_ten_have_an_answer_of_use_after_eight_questions(self, rulebook, demo_families):
        runs = [ask_through(rulebook, situation, facts, on=on) for situation, on, facts in demo_families]

        soon = sum(is_useful and len(asked) <= 8 for asked, is_useful in runs)
        assert len(runs) >= 30
        assert soon / len(runs) >= 0.9

    def test_each_situation_has_one(self, rulebook, demo_families):
        assert {situation.id for situation, _, _ in demo_families} == {one.id for one in rulebook.situations}

    def test_nobody_is_asked_the_same_twice(self, rulebook, demo_families):
        for situation, on, facts in demo_families:
            asked, _ = ask_through(rulebook, situation, facts, on=on)
            # Of more children there may be more to ask.
            assert len(set(asked)) >= len(asked) - (facts.children or 0)

    def test_whoever_answers_everything_is_asked_no_more(self, rulebook, demo_families):
        for situation, on, everything in demo_families:
            facts, skipped = starting_from(situation), set()
            for _ in range(100):
                question = next_question(rulebook, facts, on=on, skipped=skipped, situation=situation)
                if question is None:
                    break
                answered = answered_with(facts, question, everything)
                if answered == facts:
                    skipped.add(question.fact.name)
                facts = answered
            left = {path for finding in find(rulebook, facts, on=on) for path in finding.open}
            assert {path for path in left if everything.get(path) is not None} == set()


class TestTheNextQuestion:
    def test_is_none_when_all_is_settled(self, rulebook):
        assert next_question(rulebook, Facts(), on=date(1971, 1, 1)) is None

    def test_is_never_one_that_was_skipped(self, rulebook):
        skipped = set()
        while question := next_question(rulebook, Facts(), on=ON, skipped=skipped):
            assert question.fact.name not in skipped
            skipped.add(question.fact.name)
        assert "carer.employed" in skipped

    def test_is_never_one_whose_path_was_skipped(self, rulebook):
        facts = Facts({"carer.employed": True}, children=2)
        skipped = {"children[0].birth_year", "children[0].chronic"}

        for _ in range(200):
            question = next_question(rulebook, facts, on=ON, skipped=skipped)
            if question is None:
                break
            assert skipped.isdisjoint(question.paths)
            skipped |= set(question.paths)

    def test_is_one_about_all_children_of_whom_it_is_not_known(self, rulebook):
        facts = Facts({"carer.employed": True, "children[1].birth_year": 2020}, children=3)
        situation = rulebook.situation("child-ill")
        asked = {}
        skipped = set()
        while question := next_question(rulebook, facts, on=ON, skipped=skipped, situation=situation):
            asked[question.fact.name] = question.paths
            skipped.add(question.fact.name)

        assert asked["children.birth_year"] == ("children[0].birth_year", "children[2].birth_year")

    def test_asks_nothing_about_children_of_whoever_has_none(self, rulebook):
        skipped = set()
        while question := next_question(rulebook, Facts(children=0), on=ON, skipped=skipped):
            skipped.add(question.fact.name)

        assert not any(name.startswith("children") for name in skipped)


class TestNoQuestionIsForNothing:
    @pytest.mark.parametrize("seed", range(60))
    def test_some_answer_to_it_changes_what_is_said_of_a_right(self, rulebook, seed):
        facts = some_facts(rulebook.facts, ON, seed)
        question = next_question(rulebook, facts, on=ON)
        if question is None:
            return
        waiting = [one for one in find(rulebook, facts, on=ON) if set(question.paths) & set(one.missing)]

        # Where no answer waits for it any more, an amount does.
        assert all(not one.open and one.amounts for one in waiting) or any(
            self.differs(rulebook, one.right, facts, question, Random(trial))  # noqa: S311 - a family, not a secret
            for trial in range(150)
            for one in waiting
        )

    @staticmethod
    def differs(rulebook, right, facts, question, dice):
        """Whether two answers to the question lead to two answers about a right, all else being as the dice fall."""
        is_count = question.fact.name == "children"
        children = 2 if is_count else facts.children or 0
        everything = {path: value_of(fact, ON, dice) for path, fact in paths(rulebook.facts, children)}
        others = {path: value for path, value in everything.items() if path not in question.paths} | dict(facts.values)
        if is_count:
            families = [Facts(others, number) for number in (0, 1, 2)]
        else:
            answers = [value_of(question.fact, ON, dice) for _ in range(6)]
            families = [Facts(others | dict.fromkeys(question.paths, one), facts.children) for one in answers]
        return len({finding_of(rulebook, right, family, on=ON).answer for family in families}) > 1


class TestUse:
    def test_grows_as_questions_are_answered(self, rulebook, demo_families):
        situation, on, facts = demo_families[0]
        before = progress(rulebook, find(rulebook, starting_from(situation), on=on), situation)
        after = progress(rulebook, find(rulebook, facts, on=on), situation)

        assert before.rights == after.rights == len(rulebook.rights)
        assert before.settled < after.settled
        assert (before.is_useful, after.is_useful) == (False, True)

    def test_is_as_good_as_it_will_be_when_the_rest_was_skipped(self, rulebook):
        situation = rulebook.situation("child-ill")
        findings = find(rulebook, starting_from(situation), on=ON)
        everything = {path for finding in findings for path in finding.open}

        assert not is_useful(findings, situation)
        assert is_useful(findings, situation, skipped=everything)
