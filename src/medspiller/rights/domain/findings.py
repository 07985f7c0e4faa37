"""What a carer may be entitled to on a day, as far as is known: one finding for each right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from typing import Any

from medspiller.rights.domain.amounts import Amount
from medspiller.rights.domain.conditions import Line, View
from medspiller.rights.domain.facts import Facts, in_catalogue
from medspiller.rights.domain.formatting import filled, shown_value
from medspiller.rights.domain.known_facts import Catalogue
from medspiller.rights.domain.parameters import Source
from medspiller.rights.domain.rights import Period, Right, State
from medspiller.rights.domain.rulebook import Rulebook
from medspiller.rights.domain.texts import LANGUAGES, Texts
from medspiller.rights.domain.truth import Truth


class Answer(StrEnum):
    """Whether the carer may have the right. `unknown` is never a no, nor is a right that is not law that day."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_IN_FORCE = "not_in_force"
    REPEALED = "repealed"


_OF_TRUTH = {Truth.YES: Answer.YES, Truth.NO: Answer.NO, Truth.UNKNOWN: Answer.UNKNOWN}
_OF_STATE = {
    State.NOT_READ: Answer.UNKNOWN,
    State.NOT_IN_FORCE: Answer.NOT_IN_FORCE,
    State.REPEALED: Answer.REPEALED,
}
_HOLDS = {Truth.YES: True, Truth.NO: False, Truth.UNKNOWN: None}


@dataclass(frozen=True, slots=True)
class Finding:
    """
    What was found of one right.

    `open` are the facts that may still settle the answer; `missing` are these and the ones an amount lacks.
    `would_change` are the facts that speak against, where the answer is no. `period` is the one the reference
    date `on` is in.
    """

    right: str
    answer: Answer
    on: date
    period: Period
    facts: Facts
    lines: tuple[Line, ...] = ()
    amounts: tuple[Amount, ...] = ()
    open: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    would_change: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Say whether no further fact about the carer can change the answer."""
        return self.answer is not Answer.UNKNOWN or not self.open

    @property
    def weighed(self) -> tuple[str, ...]:
        """Return the conditions that whoever decides weighs."""
        return tuple(line.condition for line in self.lines if line.by_judgement)

    @property
    def is_weighed(self) -> bool:
        """Say whether the answer is open only because somebody has to weigh it."""
        return self.answer is Answer.UNKNOWN and not self.open and bool(self.weighed)

    @property
    def without_value(self) -> tuple[str, ...]:
        """Return the figures of the law that nobody knows on that day, and that something here rests on."""
        return tuple(dict.fromkeys(chain.from_iterable(line.without_value for line in self.lines)))


@dataclass(frozen=True, slots=True)
class Because:
    """One condition as it is told: the fact it is about, whether it holds (None: not known), in words, by which law."""

    condition: str
    fact: str | None
    holds: bool | None
    text: Texts
    law: str
    child: int | None
    by_judgement: bool
    parameters: tuple[str, ...]


def find(rulebook: Rulebook, facts: Facts, *, on: date) -> tuple[Finding, ...]:
    """Return one finding for each right, in the order of the rulebook."""
    view = View(facts, on, rulebook.parameters)
    return tuple(_finding(rulebook, right, view) for right in rulebook.rights.values())


def finding_of(rulebook: Rulebook, right_id: str, facts: Facts, *, on: date) -> Finding:
    """Return what is found of one right; KeyError if there is none of that id."""
    return _finding(rulebook, rulebook.rights[right_id], View(facts, on, rulebook.parameters))


def _finding(rulebook: Rulebook, right: Right, view: View) -> Finding:
    period = right.period_on(view.on)
    if period.rule is None:
        return Finding(right.id, _OF_STATE[period.state or State.NOT_READ], view.on, period, view.facts)
    rule = rulebook.rules[period.rule]
    outcome = rule.tree.judge(view)
    amounts = () if outcome.truth is Truth.NO else rule.amounts(View(view.facts, view.on, view.parameters))
    lacking = chain.from_iterable(amount.missing for amount in amounts)
    return Finding(
        right=right.id,
        answer=_OF_TRUTH[outcome.truth],
        on=view.on,
        period=period,
        facts=view.facts,
        lines=outcome.lines,
        amounts=amounts,
        open=outcome.open,
        missing=tuple(dict.fromkeys((*outcome.open, *lacking))),
        would_change=outcome.against,
    )


def because(rulebook: Rulebook, finding: Finding) -> tuple[Because, ...]:
    """Return the reasons of a finding, told in every language."""
    right = rulebook.rights[finding.right]
    return tuple(
        Because(
            condition=line.condition,
            fact=next(
                iter((*line.missing, *line.read) if line.truth is Truth.UNKNOWN else (*line.read, *line.missing)), None
            ),
            holds=_HOLDS[line.truth],
            text=_told(right, line, finding.facts, rulebook.facts),
            law=line.law,
            child=line.child,
            by_judgement=line.by_judgement,
            parameters=(*line.parameters, *line.without_value),
        )
        for line in finding.lines
    )


def calculation(rulebook: Rulebook, finding: Finding, amount: Amount) -> tuple[Texts, ...]:
    """Return the lines of an amount's calculation, with their figures."""
    right = rulebook.rights[finding.right]
    return tuple(filled(right.calculations[line.text], line.figures) for line in amount.calculation)


def sources(rulebook: Rulebook, finding: Finding) -> tuple[tuple[Source, date | None], ...]:
    """Return what the finding rests on, each with the day from which it holds: the rule, then the figures used."""
    rule = [(finding.period.source, finding.period.start)] if finding.period.source else []
    used = chain(
        chain.from_iterable((*line.parameters, *line.without_value) for line in finding.lines),
        chain.from_iterable(line.parameters for amount in finding.amounts for line in amount.calculation),
    )
    steps = [rulebook.parameters[name].step_on(finding.on) for name in dict.fromkeys(used)]
    return tuple(dict.fromkeys([*rule, *((step.source, step.start) for step in steps if step)]))


def as_dict(rulebook: Rulebook, finding: Finding) -> dict[str, Any]:
    """Return a finding as commands and interfaces tell it."""
    right = rulebook.rights[finding.right]
    return {
        "right": right.id,
        "title": dict(right.title),
        "answer": finding.answer.value,
        "decided_by": right.decided_by.value,
        "amounts": {amount.name: as_number(amount.value) for amount in finding.amounts},
        "because": [
            {"condition": one.condition, "fact": one.fact, "holds": one.holds, "text": dict(one.text), "law": one.law}
            for one in because(rulebook, finding)
        ],
        "would_change": list(finding.would_change),
        "missing": list(finding.missing),
        "weighed": list(finding.weighed),
        "how_to": {language: "\n".join(step[language] for step in right.how) for language in LANGUAGES},
        "sources": [
            {
                "ref": source.ref,
                "url": source.url,
                "certainty": source.certainty.value,
                "valid_from": start and start.isoformat(),
            }
            for source, start in sources(rulebook, finding)
        ],
        "checked": right.checked.isoformat(),
    }


def as_number(value: Decimal | int | None) -> int | str | None:
    """Return a figure for JSON: whole ones as numbers, others as text, so that no digit is lost."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else f"{value.normalize():f}"


def _told(right: Right, line: Line, facts: Facts, catalogue: Catalogue) -> Texts:
    text = right.conditions[line.condition][line.truth]
    figures: dict[str, Mapping[str, str] | int | Decimal] = {}
    for path in line.read[:1]:
        known, value = catalogue.get(in_catalogue(path)), facts.children if path == "children" else facts.get(path)
        if known is not None and value is not None:
            figures["value"] = {language: shown_value(known, value, language) for language in LANGUAGES}
    if line.limit is not None:
        figures["limit"] = line.limit
    if line.age is not None:
        figures["age"] = line.age
    return filled(text, figures)
