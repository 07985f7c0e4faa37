"""Trying whether a condition can hold at all, by going through what can be known and happen."""

from collections.abc import Iterator
from itertools import islice, product

from medspiller.pathways.domain.conditions import (
    Condition,
    FactIs,
    Guess,
    Happened,
    Outcome,
    StepCameTo,
    parts_of,
)
from medspiller.pathways.domain.definition import Pathway

# Beyond so many guesses we believe it: a wrong warning would be worse than none.
_MOST_GUESSES = 20_000


def can_hold(condition: Condition, pathway: Pathway) -> bool:
    """Say whether there is anything that could be known and happen, with which a condition holds."""
    tried = 0
    for guess in islice(_guesses(condition, pathway), _MOST_GUESSES):
        tried += 1
        if condition.hold(guess).holds:
            return True
    return tried == _MOST_GUESSES


def _guesses(condition: Condition, pathway: Pathway) -> Iterator[Guess]:
    asked = tuple(parts_of(condition))
    facts = sorted({part.fact for part in asked if isinstance(part, FactIs)})
    events = sorted({part.event for part in asked if isinstance(part, Happened)} - {pathway.trigger.value})
    steps = sorted({part.step for part in asked if isinstance(part, StepCameTo)})
    outcomes = [_outcomes(pathway, step) for step in steps]
    for truths in product((True, False), repeat=len(facts)):
        for happened in product((True, False), repeat=len(events)):
            for settled in product(*outcomes):
                yield Guess(
                    facts=dict(zip(facts, truths, strict=True)),
                    happened=frozenset({event for event, has in zip(events, happened, strict=True) if has})
                    | {pathway.trigger.value},
                    outcomes=dict(zip(steps, settled, strict=True)),
                )


def _outcomes(pathway: Pathway, step: str) -> list[Outcome]:
    declared = pathway.steps.get(step)
    results = sorted(declared.result_codes) if declared and declared.results else [""]
    return [Outcome(was_done=False, result=""), *(Outcome(was_done=True, result=result) for result in results)]
