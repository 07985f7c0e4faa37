"""What holds of the shipped rules whatever somebody answers, and whatever day it is."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from medspiller.rights.domain.asking import next_question
from medspiller.rights.domain.conditions import View
from medspiller.rights.domain.facts import Facts, in_catalogue
from medspiller.rights.domain.findings import Answer, as_dict, because, find, finding_of
from medspiller.rights.domain.parameters import Dated
from medspiller.rights.domain.rights import Right
from medspiller.rights.domain.rulebook import Rulebook
from medspiller.rights.domain.rules import (
    benefits,
    care_benefits,
    every,
    municipal,
    neighbouring,
    transitional,
    travel,
    working_environment,
)
from medspiller.rights.domain.truth import Truth
from medspiller.rights.tests.families import DAYS, SEEDS, fewer, shipped_rulebook, some_facts

MODULES = (benefits, care_benefits, municipal, neighbouring, transitional, travel, working_environment)
# A condition is judged hundreds of times for each family; the machine may have other things to do.
quick = settings(deadline=None, max_examples=150)


class Leaves:
    """What conditions come to by themselves; what is weighed as somebody may have weighed it."""

    def __init__(self, rulebook, facts, on, weighed_as=Truth.UNKNOWN):
        self.rulebook, self.facts, self.on, self.weighed_as = rulebook, facts, on, weighed_as
        self.children = facts.children

    def verdict(self, condition, child):
        found = condition.judge(View(self.facts, self.on, self.rulebook.parameters, child))
        truth = self.weighed_as if condition.by_judgement and found.truth is Truth.UNKNOWN else found.truth
        return frozenset(map(in_catalogue, found.open)) if truth is Truth.UNKNOWN else truth


def answers(rulebook: Rulebook, facts: Facts, on: date) -> dict[str, Answer]:
    return {finding.right: finding.answer for finding in find(rulebook, facts, on=on)}


@quick
@given(seed=SEEDS, on=DAYS)
def test_one_more_fact_never_turns_an_answer_round(seed, on):
    rulebook = shipped_rulebook()
    facts = some_facts(rulebook.facts, on, seed)

    before, after = answers(rulebook, fewer(facts, seed), on), answers(rulebook, facts, on)

    turned = [right for right in before if before[right] is not Answer.UNKNOWN and before[right] is not after[right]]
    assert turned == []


@quick
@given(seed=SEEDS, on=DAYS)
def test_learning_how_many_children_there_are_never_turns_an_answer_round(seed, on):
    rulebook = shipped_rulebook()
    facts = some_facts(rulebook.facts, on, seed)

    before, after = answers(rulebook, replace(facts, children=None), on), answers(rulebook, facts, on)

    turned = [right for right in before if before[right] is not Answer.UNKNOWN and before[right] is not after[right]]
    assert turned == []


@quick
@given(seed=SEEDS, on=DAYS)
def test_the_answer_does_not_depend_on_rules_from_later(seed, on):
    rulebook = shipped_rulebook()
    facts = some_facts(rulebook.facts, on, seed)

    then = as_they_were(rulebook, on)

    assert [as_dict(rulebook, one) for one in find(rulebook, facts, on=on)] == [
        as_dict(then, one) for one in find(then, facts, on=on)
    ]


def as_they_were(rulebook: Rulebook, on: date) -> Rulebook:
    """The rulebook without anything that begins after a day."""

    def right_then(right: Right) -> Right:
        return replace(right, periods=[one for one in right.periods if one.start is None or one.start <= on])

    def parameter_then(parameter: Dated) -> Dated:
        return replace(parameter, steps=[step for step in parameter.steps if step.start <= on])

    return replace(
        rulebook,
        rights={key: right_then(right) for key, right in rulebook.rights.items()},
        parameters={key: parameter_then(parameter) for key, parameter in rulebook.parameters.items()},
    )


@quick
@given(seed=SEEDS, on=DAYS)
def test_a_no_names_what_speaks_against_it_and_all_of_that_is_known(seed, on):
    rulebook = shipped_rulebook()
    facts = some_facts(rulebook.facts, on, seed)

    for finding in find(rulebook, facts, on=on):
        if finding.answer is Answer.NO:
            assert finding.would_change, finding.right
            assert all(path == "children" or facts.get(path) is not None for path in finding.would_change)


@given(on=DAYS)
def test_whoever_has_answered_nothing_is_refused_nothing(on):
    rulebook = shipped_rulebook()
    assert Answer.NO not in answers(rulebook, Facts(), on).values()


@quick
@given(seed=SEEDS, on=DAYS)
def test_what_is_missing_is_not_known_and_what_is_settled_misses_nothing(seed, on):
    rulebook = shipped_rulebook()
    facts = some_facts(rulebook.facts, on, seed)

    for finding in find(rulebook, facts, on=on):
        assert all(facts.get(path) is None and in_catalogue(path) in rulebook.facts for path in finding.missing)
        assert finding.answer is Answer.UNKNOWN or not finding.open


@quick
@given(seed=SEEDS, on=DAYS)
def test_support_from_the_municipality_is_never_promised(seed, on):
    rulebook = shipped_rulebook()
    facts = some_facts(rulebook.facts, on, seed)

    assert finding_of(rulebook, "R-HOL-3-6", facts, on=on).answer is not Answer.YES


@pytest.mark.parametrize("weighed_as", [Truth.YES, Truth.NO])
@quick
@given(seed=SEEDS, on=DAYS)
def test_an_answer_holds_whatever_somebody_weighs(weighed_as, seed, on):
    rulebook = shipped_rulebook()
    facts = some_facts(rulebook.facts, on, seed)

    for name, rule in rulebook.rules.items():
        answer = rule.tree.judge(View(facts, on, rulebook.parameters)).truth
        if answer is not Truth.UNKNOWN:
            assert rule.tree.verdict(Leaves(rulebook, facts, on, weighed_as)) is answer, name


@quick
@given(seed=SEEDS, on=DAYS)
def test_every_reason_has_its_words_in_every_language(seed, on):
    rulebook = shipped_rulebook()
    facts = some_facts(rulebook.facts, on, seed)

    for finding in find(rulebook, facts, on=on):
        for reason in because(rulebook, finding):
            assert all(reason.text[language].strip() for language in ("nb", "nn", "en"))
            assert not any("{" in text for text in reason.text.values())


@quick
@given(seed=SEEDS, on=DAYS)
def test_what_is_settled_stays_so_whatever_else_is_answered(seed, on):
    rulebook = shipped_rulebook()
    facts = some_facts(rulebook.facts, on, seed)
    settled = {one.right: one.answer for one in find(rulebook, fewer(facts, seed), on=on) if one.is_settled}

    after = answers(rulebook, facts, on)

    assert {right: after[right] for right in settled} == settled


@quick
@given(seed=SEEDS, on=DAYS)
def test_the_quick_judgement_is_the_full_one(seed, on):
    rulebook = shipped_rulebook()
    facts = some_facts(rulebook.facts, on, seed)

    for name, rule in rulebook.rules.items():
        verdict = rule.tree.verdict(Leaves(rulebook, facts, on))
        judged = rule.tree.judge(View(facts, on, rulebook.parameters)).truth
        assert (verdict if isinstance(verdict, Truth) else Truth.UNKNOWN) is judged, name


@quick
@given(seed=SEEDS, on=DAYS)
def test_a_question_is_asked_only_where_a_right_waits_for_it(seed, on):
    rulebook = shipped_rulebook()
    facts = some_facts(rulebook.facts, on, seed)

    question = next_question(rulebook, facts, on=on)

    waited_for = {path for finding in find(rulebook, facts, on=on) for path in finding.missing}
    assert set(question.paths) <= waited_for if question else waited_for == set()


def test_no_two_modules_have_a_rule_of_one_name():
    assert sum(len(module.RULES) for module in MODULES) == len(every.RULES)


def test_every_rule_is_used_by_a_right(rulebook):
    used = {period.rule for right in rulebook.rights.values() for period in right.periods}

    assert set(every.RULES) - used == set()


@pytest.mark.parametrize(
    "path",
    [
        *(f"carer.{key}" for key in ("birth_year", "employed", "weeks_employed", "income_year", "sole_parent")),
        "carer.lives_with_recipient",
        *(f"children.{key}" for key in ("birth_year", "lives_with_carer", "chronic", "sole_care")),
        *(f"recipient.{key}" for key in ("relation", "birth_year", "last_phase_of_life", "cared_for_at_home")),
        "recipient.lasting_illness",
        *(f"care.{key}" for key in ("hours_per_week", "particularly_heavy", "night")),
    ],
)
def test_the_facts_of_the_contract_are_in_the_catalogue(rulebook, path):
    assert path in rulebook.facts
