"""What the demo's carers have asked about their rights and kept, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from medspiller.rights.domain.facts import Value
from medspiller.rights.domain.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Kept:
    """
    What one of the demo's citizens keeps on their own page, so many days ago.

    `weeks` is after how long they want to be asked whether they got it, 0 for never.
    """

    who: str
    days: int
    situation: str
    answers: Mapping[str, Value]
    weeks: int = 0
    handed_over: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """How many carers have told what became of a right, so many days ago."""

    days: int
    outcomes: Mapping[str, Outcome]
    times: int


KEPT = (
    Kept(
        who="datter",
        days=58,
        situation="parent-needs-help",
        answers={
            "recipient.relation": "parent",
            "carer.employed": True,
            "care.particularly_heavy": True,
            "recipient.cared_for_at_home": True,
            "recipient.needs_several_services": True,
            "recipient.last_phase_of_life": False,
        },
        weeks=8,
        handed_over=True,
    ),
    Kept(
        who="forelder",
        days=12,
        situation="child-disability",
        answers={
            "recipient.relation": "child",
            "carer.employed": True,
            "children": 2,
            "children[0].birth_year": 2017,
            "children[1].birth_year": 2021,
            "children[0].chronic": True,
            "children[1].chronic": False,
        },
        weeks=12,
    ),
)

TOLD = (
    Told(70, {"R-HOL-3-6": Outcome.GOT, "R-AML-12-10-2": Outcome.GOT}, times=9),
    Told(40, {"R-HOL-3-6": Outcome.REFUSED, "R-FTRL-6-4": Outcome.WAITING}, times=6),
    Told(10, {"R-HOL-3-6": Outcome.WAITING, "R-FTRL-6-4": Outcome.NOT_APPLIED}, times=3),
)
