"""
What to ask next: the question that can settle most, and never one that cannot change an answer.

A question is tried out: each right that is still open is judged again with values that could be answered, and what
would be settled is weighed by how much the right has to do with the carer's situation.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain

from medspiller.rights.domain.conditions import Condition, Line, Outcome, Verdict, View
from medspiller.rights.domain.facts import Facts, Value, child_of, in_catalogue
from medspiller.rights.domain.findings import Finding, finding_of
from medspiller.rights.domain.known_facts import CHILDREN, MOST_CHILDREN, FactKind, KnownFact
from medspiller.rights.domain.rights import Right
from medspiller.rights.domain.rulebook import Rulebook
from medspiller.rights.domain.rules import Rule
from medspiller.rights.domain.situations import Situation
from medspiller.rights.domain.truth import Truth

# So many of a situation's rights, the first ones, must be answered before the answer is of use.
FOREMOST = 3

_AGES = (0, 1, 2, 7, 8, 12, 13, 14, 17, 18, 19, 40, 66, 67, 70, 90)
_WEIGHT_FOREMOST = 20.0
_WEIGHT_OF_AMOUNT = 0.25
# Of what a right is worth that is settled: for coming nearer, for a step on the way, and for one on a longer way.
_SHARE_OF_NEARER = 0.7
_SHARE_OF_STEP = 0.35
_SHARE_OF_DETOUR = 0.1
_CHANCE_OF_USUAL = 0.85


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the fact, and its paths, of a fact about children one for each child of whom it is needed."""

    fact: KnownFact
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the carer has come: rights settled out of all, and whether the answer is of use already."""

    settled: int
    rights: int
    is_useful: bool


def next_question(
    rulebook: Rulebook,
    facts: Facts,
    *,
    on: date,
    skipped: Collection[str] = (),
    situation: Situation | None = None,
) -> Question | None:
    """
    Return what to ask next, None if nothing that is left can change an answer or an amount.

    `skipped` is what the carer did not want to answer: paths, or facts by their names in the catalogue. Rights that
    are not of the `situation` wait until nothing is left to ask about those that are.
    """
    view = View(facts, on, rulebook.parameters)
    for weights in _in_turn(rulebook, situation):
        open_rights = list(_open_rights(rulebook, view, weights))
        found = _Trying(view, open_rights).best(_questions(rulebook, open_rights, skipped))
        if found is not None:
            return found
    return None


def _questions(rulebook: Rulebook, rights: Iterable["_OpenRight"], skipped: Collection[str]) -> list[Question]:
    paths_by_name: dict[str, dict[str, None]] = {}
    for path in chain.from_iterable(right.paths for right in rights):
        name = in_catalogue(path)
        if path not in skipped and name not in skipped and name in rulebook.facts:
            paths_by_name.setdefault(name, {})[path] = None
    return [Question(rulebook.facts[name], tuple(paths)) for name, paths in paths_by_name.items()]


def progress(
    rulebook: Rulebook,
    findings: Sequence[Finding],
    situation: Situation | None = None,
    *,
    skipped: Collection[str] = (),
) -> Progress:
    """Return how far the findings have come."""
    settled = sum(finding.is_settled for finding in findings)
    useful = situation is not None and is_useful(findings, situation, skipped=skipped)
    return Progress(settled, len(findings), useful)


def is_useful(findings: Iterable[Finding], situation: Situation, *, skipped: Collection[str] = ()) -> bool:
    """
    Say whether a carer in a situation has an answer of use.

    It is when the foremost rights of the situation are settled: the carer may have them, somebody has to weigh them,
    or not, and why not. What is open only for questions that were `skipped` is as settled as it will be.
    """
    by_right = {finding.right: finding for finding in findings}
    own = [by_right[right] for right in situation.rights if right in by_right]
    return all(
        finding.is_settled or all(path in skipped or in_catalogue(path) in skipped for path in finding.open)
        for finding in own[:FOREMOST]
    )


def ask_through(
    rulebook: Rulebook, situation: Situation, everything: Facts, *, on: date, at_most: int = 60
) -> tuple[tuple[str, ...], bool]:
    """
    Ask as a carer would be asked, each answer taken from `everything`, until the answer is of use.

    Return the names of the facts that were asked for, and whether it came to an answer of use. What `everything`
    does not know is skipped.
    """
    facts, skipped, asked = starting_from(situation), set[str](), list[str]()
    foremost = [right for right in situation.rights if right in rulebook.rights][:FOREMOST]
    while not is_useful(_of(rulebook, foremost, facts, on), situation, skipped=skipped):
        question = next_question(rulebook, facts, on=on, skipped=skipped, situation=situation)
        if question is None or len(asked) >= at_most:
            return tuple(asked), False
        asked.append(question.fact.name)
        answered = answered_with(facts, question, everything)
        if answered == facts:
            skipped.add(question.fact.name)
        facts = answered
    return tuple(asked), True


def _of(rulebook: Rulebook, rights: Iterable[str], facts: Facts, on: date) -> list[Finding]:
    return [finding_of(rulebook, right, facts, on=on) for right in rights]


def starting_from(situation: Situation) -> Facts:
    """Return what is known by choosing a situation."""
    children = situation.presets.get(CHILDREN)
    values = {path: value for path, value in situation.presets.items() if path != CHILDREN}
    return Facts(values, None if children is None else int(children))


def answered_with(facts: Facts, question: Question, everything: Facts) -> Facts:
    """Return facts with what `everything` says to a question."""
    if question.fact.name == CHILDREN:
        return replace(facts, children=everything.children)
    for path in question.paths:
        value = everything.get(path)
        if value is not None:
            facts = facts.having(path, value)
    return facts


# --- What is open -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _OpenRight:
    """A right that facts can still settle, or give an amount: `paths` are those facts, `least` of them make a yes."""

    rule: Rule
    outcome: Outcome
    weight: float
    paths: tuple[str, ...]
    names: frozenset[str]
    least: frozenset[str]


def _in_turn(rulebook: Rulebook, situation: Situation | None) -> Iterable[dict[str, float]]:
    """Return the rights that are asked about first, and then, each with what it weighs among them."""
    if situation is None:
        return [dict.fromkeys(rulebook.rights, 1.0)]
    own = {
        right: _WEIGHT_FOREMOST if place < FOREMOST else 1.0
        for place, right in enumerate(situation.rights)
        if right in rulebook.rights
    }
    return [own, {right: 1.0 for right in rulebook.rights if right not in own}]


def _open_rights(rulebook: Rulebook, view: View, weights: dict[str, float]) -> Iterable[_OpenRight]:
    for right_id, worth in weights.items():
        rule = _rule_of(rulebook, rulebook.rights[right_id], view.on)
        if rule is None:
            continue
        outcome = rule.tree.judge(view)
        paths, weight = outcome.open, worth
        if not paths and outcome.truth is not Truth.NO:
            amounts = rule.amounts(View(view.facts, view.on, view.parameters))
            paths = tuple(dict.fromkeys(path for one in amounts for path in one.missing))
            weight = worth * _WEIGHT_OF_AMOUNT
        if paths:
            verdict = rule.tree.verdict(_Judged(view))
            least = verdict if isinstance(verdict, frozenset) else frozenset[str]()
            yield _OpenRight(rule, outcome, weight, paths, frozenset(map(in_catalogue, paths)), least)


def _rule_of(rulebook: Rulebook, right: Right, on: date) -> Rule | None:
    name = right.period_on(on).rule
    return None if name is None else rulebook.rules[name]


# --- Trying -------------------------------------------------------------------------------


class _Trying:
    """Says what a question is worth, from what its answers would settle."""

    def __init__(self, view: View, rights: Sequence[_OpenRight]):
        self._view, self._rights, self._kinds = view, rights, _kinds_of_children(view.facts)

    def best(self, questions: Iterable[Question]) -> Question | None:
        """Return the question that is worth most; of equals the first."""
        best, worth = None, -1.0
        # None can be worth more than if every answer settled all: most need not be tried.
        for most, question in sorted(((self._at_most(one), one) for one in questions), key=lambda one: -one[0]):
            if most <= worth:
                break
            if (found := self.worth(question)) > worth:
                best, worth = question, found
        return best

    def worth(self, question: Question) -> float:
        """Return the weight of the rights that an answer settles on average, and of those it brings nearer."""
        name = question.fact.name
        reading = [right for right in self._rights if name in right.names]
        judged = [right for right in reading if right.outcome.open]
        # Of an amount, an answer brings one of the facts that it lacks.
        worth = sum(right.weight / len(right.names) for right in reading if not right.outcome.open)
        if not judged:
            return worth
        lines = [line for right in judged for line in right.outcome.lines if name in map(in_catalogue, line.missing)]
        for value, chance in _chances(question.fact, _values(question.fact, lines, self._view.on)):
            trial = _Trial(self._view, question, value, self._kinds)
            worth += chance * sum(right.weight * _gain(right, name, right.rule.tree.verdict(trial)) for right in judged)
        return worth

    def _at_most(self, question: Question) -> float:
        return sum(right.weight for right in self._rights if question.fact.name in right.names)


def _gain(right: _OpenRight, name: str, verdict: Verdict) -> float:
    """All if the right is settled, else a part of it, for each question that need not be asked any more."""
    if isinstance(verdict, Truth) or not verdict:
        return 1.0
    if name not in right.least:
        return _SHARE_OF_DETOUR
    return max(_SHARE_OF_STEP, _SHARE_OF_NEARER * (1 - len(verdict) / len(right.least)))


class _Judged:
    """What conditions have come to already."""

    def __init__(self, view: View):
        self._view, self.children = view, view.facts.children

    def verdict(self, condition: Condition, child: int | None) -> Verdict:
        found = condition.judge(replace(self._view, child=child))
        return _verdict(found.truth, found.open)


class _Trial:
    """
    What conditions come to with one more answer: those that read it are judged again, the others are known.

    Of children of whom the same is known (`kinds`), one is looked at.
    """

    def __init__(self, view: View, question: Question, value: Value, kinds: Sequence[int]):
        if question.fact.name == CHILDREN:
            facts = replace(view.facts, children=int(value))
        else:
            facts = Facts({**view.facts.values, **dict.fromkeys(question.paths, value)}, view.facts.children)
        self._before, self._view, self._paths = view.judged, replace(view, facts=facts), frozenset(question.paths)
        self._verdicts: dict[tuple[int, int | None], Verdict] = {}
        self.children = facts.children
        asked, first = {child_of(path) for path in question.paths}, dict[tuple[int, bool], int]()
        numbers = range(facts.children or 0)
        kind = dict(enumerate(kinds))
        self._alike = [first.setdefault((kind.get(number, 0), number in asked), number) for number in numbers]

    def verdict(self, condition: Condition, child: int | None) -> Verdict:
        if child is not None and self._alike:
            child = self._alike[child]
        key = (id(condition), child)
        known = self._verdicts.get(key)
        if known is None:
            known = self._verdicts[key] = self._judge(condition, child, self._before.get(key))
        return known

    def _judge(self, condition: Condition, child: int | None, before: Outcome | None) -> Verdict:
        if before is not None and self._paths.isdisjoint(before.lines[0].missing):
            return _verdict(before.truth, before.open)
        view = View(self._view.facts, self._view.on, self._view.parameters, child)
        truth = condition.test(view)
        return _verdict(truth, () if condition.by_judgement else view.missing)


def _verdict(truth: Truth, missing: Iterable[str]) -> Verdict:
    return frozenset(map(in_catalogue, missing)) if truth is Truth.UNKNOWN else truth


def _kinds_of_children(facts: Facts) -> Sequence[int]:
    """Return a number for each child, the same for children of whom the same is known; 0 if that is nothing."""
    known: dict[int, set[tuple[str, Value]]] = {}
    for path, value in facts.values.items():
        child = child_of(path)
        if child is not None:
            known.setdefault(child, set()).add((in_catalogue(path), value))
    kinds: dict[frozenset[tuple[str, Value]], int] = {frozenset(): 0}
    told = (frozenset(known.get(number, ())) for number in range(facts.children or 0))
    return [kinds.setdefault(one, len(kinds)) for one in told]


def _chances(fact: KnownFact, values: Iterable[Value]) -> Iterable[tuple[Value, float]]:
    """Return each value with how often it may be answered: the usual one mostly, the others alike."""
    each = list(dict.fromkeys((*values, *([] if fact.usual is None else [fact.usual]))))
    if fact.usual is None or len(each) == 1:
        return [(value, 1 / len(each)) for value in each]
    others = (1 - _CHANCE_OF_USUAL) / (len(each) - 1)
    return [(value, _CHANCE_OF_USUAL if value == fact.usual else others) for value in each]


def _values(fact: KnownFact, lines: Iterable[Line], on: date) -> Iterable[Value]:
    """Return values on either side of what conditions look at."""
    if fact.name == CHILDREN:
        return (0, 1, min(3, MOST_CHILDREN))
    if fact.kind is FactKind.YES_NO:
        return (True, False)
    if fact.kind is FactKind.CHOICE:
        return tuple(fact.choices)
    if fact.kind is FactKind.MONTH:
        return tuple(f"{on.year - years}-{on.month:02}" for years in (0, 1, 2, 18))
    least, most = fact.bounds(on)
    if fact.kind is FactKind.YEAR:
        found: Iterable[int | Decimal] = (on.year - age for age in _AGES)
    else:
        limits = {line.limit for line in lines if line.limit is not None}
        found = {least, most, *limits, *(limit - 1 for limit in limits)}
    return tuple(value for value in found if least <= value <= most)
