"""
Judging a case of which not everything is known.

A table reads a case through `Facts`. What it reads and is not known is tried with each value it
could have, and only what is read is tried, so the whole stays small. If every way of knowing more
leads to the same answer, that is the answer. If not, the answer is unknown, and exactly those
inputs are missing of which one alone can change it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import Any

from medspiller.people.domain.roles import Role
from medspiller.people.domain.sentences import Sentence
from medspiller.people.domain.telling import laws, words
from medspiller.people.domain.telling.answers import Answer, Outcome, Reach, Row, Scope, Telling
from medspiller.people.domain.telling.cases import Case, Circumstance, Consent, Topic

# The order in which missing inputs are named: as a case is written.
INPUTS = (
    "on",
    "age",
    "dead",
    "competent",
    "emergency",
    "roles",
    "already_knows",
    "topic",
    "consent",
    "circumstances",
)
# One age out of each group that some table treats alike.
AGE_OF_EACH_GROUP = (0, 7, 12, 16, 18)
# One role out of each kind that some table treats alike; carers without rights of their own are one kind.
ROLE_OF_EACH_KIND = tuple(
    frozenset({role})
    for role in (
        Role.NAERMESTE,
        Role.FORELDREANSVAR,
        Role.BARNEVERN_OMSORG,
        Role.SAMVAERSFORELDER,
        Role.VERGE,
        Role.VERGE_FRATATT,
        Role.FULLMEKTIG,
        Role.ETTERLATT,
        Role.BARN_PAARORENDE,
        Role.OMSORGSYTER_TYNGENDE,
        Role.PAARORENDE,
    )
)
BOTH = (True, False)


class NotKnown(Exception):
    """A table read an input that is not known; `possible` are the values it could have."""

    def __init__(self, key: str, possible: Sequence[Any]):
        self.key, self.possible = key, possible
        super().__init__(key)


class Facts:
    """A case as a table reads it, with what is assumed for now of what is not known."""

    def __init__(self, case: Case, assumed: Mapping[str, Any]):
        self._case, self._assumed = case, assumed

    def read(self, key: str, known: Any, possible: Sequence[Any]) -> Any:
        """
        Return what is known, or assumed.

        :raises NotKnown: if neither.
        """
        if known is not None:
            return known
        if key in self._assumed:
            return self._assumed[key]
        raise NotKnown(key, possible)

    @property
    def on(self) -> date:
        day: date = self.read("on", self._case.on, laws.DAYS_OF_EACH_LAW)
        return day

    @property
    def day_if_known(self) -> date | None:
        """The day for numbering and naming only: it is never asked for, since it decides nothing."""
        return self._case.on

    @property
    def before_the_law(self) -> bool:
        """Whether this is before any law we know; a day nobody knows is taken to be after."""
        return self._case.on is not None and self._case.on < laws.FIRST_DAY

    @property
    def topic(self) -> Topic:
        topic: Topic = self.read("topic", self._case.topic, tuple(Topic))
        return topic

    @property
    def dead(self) -> bool:
        return bool(self.read("dead", self._case.patient.dead, BOTH))

    @property
    def competent(self) -> bool:
        return bool(self.read("competent", self._case.patient.competent, BOTH))

    @property
    def emergency(self) -> bool:
        return bool(self.read("emergency", self._case.patient.emergency, BOTH))

    @property
    def already_knows(self) -> bool:
        return bool(self.read("already_knows", self._case.recipient.already_knows, BOTH))

    @property
    def consented(self) -> bool:
        known = None if self._case.consent is Consent.UNKNOWN else self._case.consent is Consent.GIVEN
        return bool(self.read("consent", known, BOTH))

    @property
    def consent_is_known(self) -> bool:
        """Whether a yes has been said; where nothing is known, none has."""
        return self._case.consent is Consent.GIVEN

    @property
    def refusal_is_known(self) -> bool:
        """Whether a no has been said; where nothing is known, none has."""
        return self._case.consent is Consent.REFUSED

    @property
    def consent_by_nearest(self) -> bool:
        return self._case.consent_by_nearest

    @property
    def mandate_covers_health(self) -> bool:
        return self._case.recipient.mandate_covers_health

    def younger_than(self, years: int) -> bool:
        return bool(self.read("age", self._case.patient.age, AGE_OF_EACH_GROUP) < years)

    def has(self, *roles: Role) -> bool:
        """Say whether the recipient has any of these roles."""
        return not frozenset(roles).isdisjoint(self.read("roles", self._case.recipient.roles, ROLE_OF_EACH_KIND))

    def holds(self, circumstance: Circumstance) -> bool:
        judged = self._case.circumstances
        known = None if judged is None else circumstance in judged
        return bool(self.read(circumstance.value, known, BOTH))


@dataclass(frozen=True, slots=True)
class Table:
    """
    Rows in the order they are tried, and the function that finds the first that matches.

    `plainly` says each answer of the table without a reason, for when it does not depend on
    what is not known.
    """

    rows: tuple[Row, ...]
    judge: Callable[[Facts], Outcome]
    plainly: Mapping[tuple[Answer, Scope], Sentence]

    def place(self, row: Row) -> int:
        return self.rows.index(row) if row in self.rows else len(self.rows)


@dataclass(frozen=True, slots=True)
class Completion:
    """A way in which what is not known could be, as far as the table asked, and what then comes of it."""

    assumed: Mapping[str, Any]
    outcome: Outcome

    @property
    def answer(self) -> Answer:
        return self.outcome.row.answer

    @property
    def result(self) -> tuple[Answer, Scope]:
        return self.outcome.row.answer, self.outcome.row.scope


def completions(case: Case, table: Table) -> list[Completion]:
    """Return every way in which the unknown can turn out, as far as it makes the table take another turn."""
    found, untried = [], [dict[str, Any]()]
    while untried:
        assumed = untried.pop()
        try:
            found.append(Completion(assumed, table.judge(Facts(case, assumed))))
        except NotKnown as gap:
            untried += [assumed | {gap.key: value} for value in gap.possible]
    return found


def decide(case: Case, table: Table) -> Telling:
    """Judge a case by a table; total: every case gets an answer."""
    ways = _without_idle_knowledge(completions(case, table))
    ways.sort(key=lambda way: table.place(way.outcome.row))
    deciding = _deciding(ways)
    if len({way.answer for way in ways}) > 1:
        first = ways[0].outcome
        why = words.find_out(_ordered(deciding), day=case.on)
        return Telling(Answer.UNKNOWN, Scope.NONE, first.row.rule, first.law, why, _names(deciding))
    return _agreed(ways, deciding, table, day=case.on)


def _agreed(ways: list[Completion], deciding: set[str], table: Table, *, day: date | None) -> Telling:
    """
    Return the answer all ways lead to, reaching no further than the one that reaches least.

    Of several rows the last in the table is named: the earlier ones stand on more that is not known.
    """
    narrowest = min(reversed(ways), key=_reach)
    decided, row = narrowest.outcome, narrowest.outcome.row
    rows = {way.outcome.row for way in ways}
    law, why = decided.law, decided.why
    if len(rows) > 1:
        law = tuple(dict.fromkeys(reference for way in ways for reference in way.outcome.law))
        plainly = table.plainly[row.answer, row.scope]
        if deciding:
            why = words.perhaps_more(plainly, _ordered(deciding), day=day)
        else:
            why = words.in_any_case(plainly, _ordered({key for way in ways for key in way.assumed}), day=day)
    return Telling(
        answer=row.answer,
        scope=row.scope,
        rule=row.rule or None,
        law=law,
        why=why,
        missing=_names(deciding),
        conditions=frozenset(name for each in rows for name in each.conditions),
        reservation=decided.reservation,
    )


def _without_idle_knowledge(ways: list[Completion]) -> list[Completion]:
    """
    Leave out "they may know it already" where they are told anyway.

    Whoever is told more, whether they know or not, needs no looking into what they know.
    """
    known = [way for way in ways if way.assumed.get("already_knows") is True]
    others = [way for way in ways if way.assumed.get("already_knows") is not True]
    told = {Answer.MUST, Answer.MAY}
    if not known or not all(way.answer in told and _reach(way) >= Reach.NECESSARY_ONLY for way in others):
        return ways
    return others


def _reach(way: Completion) -> Reach:
    return way.outcome.row.scope.reach


def _deciding(ways: list[Completion]) -> set[str]:
    """Return the inputs of which one alone, all else being equal, leads to another result."""
    by_result: dict[tuple[Answer, Scope], list[Completion]] = {}
    for way in ways:
        by_result.setdefault(way.result, []).append(way)
    every = {key for way in ways for key in way.assumed}
    found: set[str] = set()
    for some, others in combinations(by_result.values(), 2):
        for one, other in product(some, others):
            found |= _apart(one.assumed, other.assumed)
            if found == every:
                return found
    return found


def _apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> set[str]:
    """Return the input that alone keeps two ways apart; nothing if there are several."""
    differing = ""
    for key, value in one.items():
        if key in other and other[key] != value:
            if differing:
                return set()
            differing = key
    return {differing} if differing else set()


def _ordered(keys: set[str]) -> list[str]:
    return sorted(keys, key=lambda key: (INPUTS.index(_input(key)), key))


def _names(keys: set[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_input(key) for key in _ordered(keys)))


def _input(key: str) -> str:
    """Return the name a case has for what was read."""
    return key if key in INPUTS else "circumstances"
