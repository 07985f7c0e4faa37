"""*Help me choose*: at most five questions, each of which may be left open, and why an offer fits what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from medspiller.catalogue.domain.vocabulary import Condition, Need, OfferKind, Relation, Situation

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

# What a need that was named tells of how life is, and which conditions it may be about.
_SITUATIONS_OF: Mapping[Need, frozenset[Situation]] = {
    Need.BEREAVEMENT: frozenset({Situation.BEREAVED}),
    Need.CRISIS_PLAN: frozenset({Situation.IN_CRISIS}),
    Need.INTERPRETER: frozenset({Situation.ANOTHER_LANGUAGE}),
}
_MAY_BE_ABOUT: Mapping[Need, frozenset[Condition]] = {
    Need.BEREAVEMENT: frozenset({Condition.DEATH, Condition.DYING}),
    Need.CRISIS_PLAN: frozenset({Condition.MENTAL_ILLNESS, Condition.ADDICTION}),
}
# Whoever has not named one of these is hurt, or wronged, by a suggestion that takes it for granted.
_NEVER_GUESSED = frozenset(
    {
        Condition.VIOLENCE,
        Condition.IMPRISONMENT,
        Condition.ADDICTION,
        Condition.MENTAL_ILLNESS,
        Condition.DYING,
        Condition.DEATH,
    }
)


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


@dataclass(frozen=True, slots=True)
class Known(Choice):
    """
    What is known of somebody who has not asked: `years` exactly, None where not known, and all they are to others.

    `relations` are what they are to those they care for, where that is more than one thing; `relation` is then None.
    """

    exactly: int | None = None
    relations: frozenset[Relation] = frozenset()

    @property
    def years(self) -> int | None:
        """The age that offers are judged by."""
        return self.exactly

    @property
    def told(self) -> frozenset[Situation]:
        """How their life is, as it is known or follows from what they need."""
        return self.situations.union(*(_SITUATIONS_OF.get(need, frozenset()) for need in self.needs))


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


def for_others(known: Known) -> frozenset[str]:
    """
    Return the concepts of which one is enough for an offer never to be suggested unasked.

    A crisis centre, an emergency line or help after a death is for whoever has said that it is so; an interpreter for
    whoever speaks another language.
    """
    found = set()
    if Situation.BEREAVED not in known.told:
        found.add(f"situation:{Situation.BEREAVED}")
    if known.told.isdisjoint({Situation.BEREAVED, Situation.IN_CRISIS}):
        found |= {f"situation:{Situation.IN_CRISIS}", f"kind:{OfferKind.CRISIS}"}
    if Situation.ANOTHER_LANGUAGE not in known.told:
        found.add(f"kind:{OfferKind.INTERPRETER}")
    return frozenset(found)


def never_guessed(known: Known) -> frozenset[str]:
    """Return the conditions that an offer may not be for alone, where they have not been named."""
    may_be = known.conditions.union(*(_MAY_BE_ABOUT.get(need, frozenset()) for need in known.needs))
    return frozenset(f"condition:{each}" for each in _NEVER_GUESSED - may_be)


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
    if choice.years is not None and traits.is_for_age:
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
