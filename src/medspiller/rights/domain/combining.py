"""Which of the rights that a carer may have go together, and what to know about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from medspiller.rights.domain.findings import Answer, Finding
from medspiller.rights.domain.parameters import Certainty
from medspiller.rights.domain.rulebook import Rulebook
from medspiller.rights.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Combination:
    """Two rights by id, what to know of having both, and how well that is known."""

    rights: tuple[str, str]
    text: Texts
    certainty: Certainty


def combinations(rulebook: Rulebook, findings: Sequence[Finding]) -> tuple[Combination, ...]:
    """
    Return what there is to say of the rights that may be had, two and two, each pair once.

    A right may be had if its answer is yes, or open only because whoever decides has to weigh it. Where both rights
    say something of the other, it is the first one's words.
    """
    had = [finding.right for finding in findings if finding.answer is Answer.YES or finding.is_weighed]
    found: dict[frozenset[str], Combination] = {}
    for right_id in had:
        for one in rulebook.rights[right_id].combine:
            if one.other in had:
                pair = Combination((right_id, one.other), one.text, one.certainty)
                found.setdefault(frozenset(pair.rights), pair)
    return tuple(found.values())
