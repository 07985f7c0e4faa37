"""*Help me choose*: at most five questions, each of which may be left open, and why an offer fits what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from medspiller.catalogue.domain.vocabulary import Condition, Need, Relation, Situation

MOST_ANSWERS = 10


class Age(StrEnum):
    """How old whoever asks is, as roughly as it matters."""

    CHILD = "under-13"
    TEENAGER = "13-17"
    YOUNG = "18-25"
    GROWN_UP = "26-66"
    OLD = "67"


class When(StrEnum):
    """How somebody can take part."""

    DAYTIME = "daytime"
    EVENING = "evening"
    FROM_HOME = "from-home"
    ANY = "any"


class Haste(StrEnum):
    """How urgent it is."""

    NOW = "now"
    SOON = "soon"
    NO_HASTE = "no-haste"


# A year in the middle of each: ages of offers are judged by it.
YEARS: Mapping[Age, int] = {Age.CHILD: 10, Age.TEENAGER: 15, Age.YOUNG: 21, Age.GROWN_UP: 45, Age.OLD: 75}


@dataclass(frozen=True, slots=True)
class Choice:
    """
    What was answered; whatever was left open makes no difference. Nothing of it is kept.

    The five questions: who are you (`age`, `relation`, `situations`), what is it about (`conditions`), what is hardest
    (`needs`), when and how (`when`), how urgent (`haste`).
    """

    age: Age | None = None
    relation: Relation | None = None
    situations: frozenset[Situation] = frozenset()
    conditions: frozenset[Condition] = frozenset()
    needs: frozenset[Need] = frozenset()
    when: When | None = None
    haste: Haste | None = None

    @property
    def years(self) -> int | None:
        """The age that offers are judged by."""
        return None if self.age is None else YEARS[self.age]


def concepts_of(choice: Choice) -> dict[str, float]:
    """Return what was said as concepts, and how much each weighs: what is hardest weighs most."""
    weighed = {f"need:{need}": 1.0 for need in choice.needs}
    weighed |= {f"condition:{condition}": 0.9 for condition in choice.conditions}
    weighed |= {f"situation:{situation}": 0.4 for situation in choice.situations}
    if choice.relation is not None:
        weighed[f"relation:{choice.relation}"] = 0.6
    if choice.haste is Haste.NOW:
        weighed |= {"kind:line": 0.8, "kind:crisis": 0.6, "way:open": 0.4, "situation:in-crisis": 0.3}
    return weighed


@dataclass(frozen=True, slots=True)
class Traits:
    """What of an offer a reason may name."""

    concepts: frozenset[str]
    is_own: bool
    is_digital: bool
    is_evening: bool
    is_for_age: bool


def reasons_for(choice: Choice, traits: Traits) -> tuple[str, ...]:
    """
    Return why an offer fits, as codes, the weightiest first; only what was said can be a reason.

    `age` where it is made for somebody of that age, `evening`, `digital`, `open` where one can begin at once, and `own`
    where nothing but nearness speaks for it, too.
    """
    weighed = concepts_of(choice)
    said = ("need:", "condition:", "relation:", "situation:")
    shared = [concept for concept in weighed if concept in traits.concepts and concept.startswith(said)]
    reasons = sorted(shared, key=lambda concept: (-weighed[concept], concept))
    if choice.age is not None and traits.is_for_age:
        reasons.append("age")
    if choice.when is When.EVENING and traits.is_evening:
        reasons.append("evening")
    if choice.when is When.FROM_HOME and traits.is_digital:
        reasons.append("digital")
    if choice.haste is Haste.NOW and "way:open" in traits.concepts:
        reasons.append("open")
    if traits.is_own:
        reasons.append("own")
    return tuple(reasons)
