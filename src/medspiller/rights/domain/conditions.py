"""
Conditions, and how they are put together.

A condition is a small pure function with a name and its law. A finding is made of what they say, so that the
explanation cannot differ from the answer; what a condition reads is noted while it reads, so that what is
missing is told by the same code that judges.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Protocol, TypeAlias

from medspiller.rights.domain.facts import Facts, Value
from medspiller.rights.domain.parameters import Absent, Dated
from medspiller.rights.domain.truth import Truth, all_hold, some_hold, truth_of


class NoSuchParameter(LookupError):
    """A rule asks for a figure that no content has: a fault in the rule or the content."""


@dataclass(slots=True)
class View:
    """
    What one condition is shown: facts, the reference date and the parameters, with a note of all that it looked at.

    `judged` is what conditions have come to already: several rights share one, and it is judged once.
    Within `SomeChild`, `child` is the number of the child, and paths that begin with `child.` are about that one.
    """

    facts: Facts
    on: date
    parameters: Mapping[str, Dated]
    child: int | None = None
    judged: "dict[tuple[int, int | None], Outcome]" = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    without_value: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    limits: list[int | Decimal] = field(default_factory=list)
    ages: list[int] = field(default_factory=list)

    def fact(self, path: str) -> Value | None:
        """Return what is known at a path, or None; either way it is noted."""
        full = f"children[{self.child}].{path.removeprefix('child.')}" if path.startswith("child.") else path
        value = self.facts.get(full)
        (self.missing if value is None else self.read).append(full)
        return value

    def truth(self, path: str) -> Truth:
        """Return whether a fact holds."""
        value = self.fact(path)
        return truth_of(None if value is None else bool(value))

    def number(self, path: str) -> Decimal | None:
        """Return a number that is known, or None."""
        value = self.fact(path)
        return None if value is None else Decimal(value)

    def age_reached(self, path: str) -> int | None:
        """Return the age somebody reaches in the calendar year of the reference date, from their year of birth."""
        born = self.fact(path)
        if born is None:
            return None
        age = self.on.year - int(born)
        self.ages.append(age)
        return age

    def parameter(self, name: str) -> Decimal | None:
        """
        Return the figure in force on the reference date; None, noted, if none is known.

        :raises NoSuchParameter: if content has none of that name.
        """
        try:
            value = self.parameters[name].on(self.on)
        except KeyError:
            raise NoSuchParameter(name) from None
        if isinstance(value, Absent):
            self.without_value.append(name)
            return None
        self.used.append(name)
        self.limits.append(value)
        return value

    def at_least(self, path: str, limit: int | Decimal | None) -> Truth:
        """Say whether a number reaches a limit."""
        number = self.number(path)
        if limit is not None:
            # Stands before the figures that it was made of.
            self.limits.insert(0, limit)
        return truth_of(None if number is None or limit is None else number >= limit)


@dataclass(frozen=True, slots=True)
class Line:
    """
    What one condition came to, and on what.

    `by_judgement`: whoever decides weighs it, and no fact settles it. `limit` is what a number was held
    against, `age` what somebody reaches that calendar year, `parameters` the figures of the law that were used.
    """

    condition: str
    law: str
    truth: Truth
    read: tuple[str, ...]
    missing: tuple[str, ...]
    without_value: tuple[str, ...] = ()
    child: int | None = None
    by_judgement: bool = False
    limit: int | Decimal | None = None
    age: int | None = None
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What a tree of conditions came to.

    `open` are the facts that may still settle it, none once it is settled; `against` are the facts that speak
    against it: what would have to be otherwise.
    """

    truth: Truth
    lines: tuple[Line, ...]
    open: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


# Yes or no; or the fewest facts, by their names in the catalogue, that could make it a yes: none if no fact can.
Verdict: TypeAlias = Truth | frozenset[str]
_BY_NUMBER_OF_CHILDREN = frozenset({"children"})


class Leaves(Protocol):
    """What each condition comes to, and how many children there are: None while that is not known."""

    @property
    def children(self) -> int | None: ...
    def verdict(self, condition: "Condition", child: int | None) -> Verdict: ...


class Tree(Protocol):
    """
    A condition, or several put together.

    `verdict` is what `judge` says, without the reasons: for whoever tries many answers.
    """

    def judge(self, view: View) -> Outcome: ...
    def verdict(self, leaves: Leaves, child: int | None = None) -> Verdict: ...
    def conditions(self) -> "Iterable[Condition]": ...


class UnknownWithoutCause(AssertionError):
    """A condition said unknown though all it asked for was known: a fault in its code."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One named condition with its law. `by_judgement`: unknown however much is known."""

    name: str
    law: str
    test: Callable[[View], Truth]
    by_judgement: bool = False

    def judge(self, view: View) -> Outcome:
        """
        Judge, and say on what.

        :raises UnknownWithoutCause: if nothing explains why it is unknown.
        """
        key = (id(self), view.child)
        found = view.judged.get(key)
        if found is None:
            found = view.judged[key] = self._judged(View(view.facts, view.on, view.parameters, view.child))
        return found

    def verdict(self, leaves: Leaves, child: int | None = None) -> Verdict:
        """Return what it comes to."""
        return leaves.verdict(self, child)

    def _judged(self, own: View) -> Outcome:
        truth = self.test(own)
        missing = _once(own.missing)
        if truth is Truth.UNKNOWN and not (missing or own.without_value or self.by_judgement):
            raise UnknownWithoutCause(self.name)
        read = _once(own.read)
        line = Line(
            condition=self.name,
            law=self.law,
            truth=truth,
            read=read,
            missing=missing,
            without_value=_once(own.without_value),
            child=own.child,
            by_judgement=self.by_judgement,
            limit=own.limits[0] if own.limits else None,
            age=own.ages[0] if own.ages else None,
            parameters=_once(own.used),
        )
        is_open = truth is Truth.UNKNOWN and not self.by_judgement
        return Outcome(truth, (line,), missing if is_open else (), read if truth is Truth.NO else ())

    def conditions(self) -> "Iterable[Condition]":
        """Yield itself."""
        yield self


def condition(name: str, *, law: str, by_judgement: bool = False) -> Callable[[Callable[[View], Truth]], Condition]:
    """Make a function a condition. Its name is the key of its texts in the content of each right that uses it."""
    return lambda test: Condition(name, law, test, by_judgement)


def weighed(name: str, *, law: str) -> Condition:
    """Return what the one who decides weighs: the law gives no answer, and neither do we."""
    return Condition(name, law, lambda view: Truth.UNKNOWN, by_judgement=True)


class All:
    """Holds if every part does."""

    def __init__(self, *parts: Tree):
        self.parts = parts

    def judge(self, view: View) -> Outcome:
        """Judge every part, also when one has failed already: the reader sees them all."""
        found = [part.judge(view) for part in self.parts]
        return _joined(all_hold(one.truth for one in found), found)

    def verdict(self, leaves: Leaves, child: int | None = None) -> Verdict:
        """Return what its parts come to together."""
        return _together((part.verdict(leaves, child) for part in self.parts), Truth.NO)

    def conditions(self) -> Iterable[Condition]:
        """Yield those of its parts."""
        return chain.from_iterable(part.conditions() for part in self.parts)


class Some:
    """Holds if at least one part does."""

    def __init__(self, *parts: Tree):
        self.parts = parts

    def judge(self, view: View) -> Outcome:
        """Judge every part."""
        found = [part.judge(view) for part in self.parts]
        return _joined(some_hold(one.truth for one in found), found)

    def verdict(self, leaves: Leaves, child: int | None = None) -> Verdict:
        """Return what its parts come to together."""
        return _together((part.verdict(leaves, child) for part in self.parts), Truth.YES)

    def conditions(self) -> Iterable[Condition]:
        """Yield those of its parts."""
        return chain.from_iterable(part.conditions() for part in self.parts)


class Not:
    """Holds if its part does not."""

    def __init__(self, part: Tree):
        self.part = part

    def judge(self, view: View) -> Outcome:
        """Turn the answer round; the line says what the part itself came to."""
        found = self.part.judge(view)
        truth = ~found.truth
        read = _once(chain.from_iterable(line.read for line in found.lines))
        return Outcome(truth, found.lines, found.open, read if truth is Truth.NO else ())

    def verdict(self, leaves: Leaves, child: int | None = None) -> Verdict:
        """Return the opposite of its part."""
        found = self.part.verdict(leaves, child)
        return ~found if isinstance(found, Truth) else found

    def conditions(self) -> Iterable[Condition]:
        """Yield those of its part."""
        return self.part.conditions()


class SomeChild:
    """Holds if there is a child of whom its part holds. Whether there are children is a fact of its own: `children`."""

    def __init__(self, part: Tree):
        self.part = part

    def judge(self, view: View) -> Outcome:
        """Judge for each child, also when one fulfils it already: the reader sees them all."""
        if view.facts.children is None:
            unknown = [Line(one.name, one.law, Truth.UNKNOWN, (), ("children",)) for one in self.part.conditions()]
            return Outcome(Truth.UNKNOWN, tuple(unknown), ("children",))
        if not view.facts.children:
            none = [Line(one.name, one.law, Truth.NO, ("children",), ()) for one in self.part.conditions()]
            return Outcome(Truth.NO, tuple(none), (), ("children",))
        found = [
            self.part.judge(View(view.facts, view.on, view.parameters, number, view.judged))
            for number in range(view.facts.children)
        ]
        return _joined(some_hold(one.truth for one in found), found)

    def verdict(self, leaves: Leaves, child: int | None = None) -> Verdict:
        """Return whether it holds of a child."""
        if leaves.children is None:
            # Once they are known to be there, something is asked about them.
            blank = self.part.verdict(leaves, 0)
            return _BY_NUMBER_OF_CHILDREN if isinstance(blank, Truth) else _BY_NUMBER_OF_CHILDREN | blank
        return _together((self.part.verdict(leaves, number) for number in range(leaves.children)), Truth.YES)

    def conditions(self) -> Iterable[Condition]:
        """Yield those of its part."""
        return self.part.conditions()


def _together(verdicts: Iterable[Verdict], decisive: Truth) -> Verdict:
    """One that is decisive decides. Without it all that is open is needed, or the least of it where one is enough."""
    still_open: list[frozenset[str]] = []
    for one in verdicts:
        if one is decisive:
            return decisive
        if isinstance(one, frozenset):
            still_open.append(one)
    if not still_open:
        return ~decisive
    return min(still_open, key=len) if decisive is Truth.YES else frozenset().union(*still_open)


def _joined(truth: Truth, found: list[Outcome]) -> Outcome:
    lines = tuple(chain.from_iterable(one.lines for one in found))
    is_open = truth is Truth.UNKNOWN
    against = [one.against for one in found if one.truth is Truth.NO] if truth is Truth.NO else []
    return Outcome(
        truth,
        lines,
        _once(chain.from_iterable(one.open for one in found if one.truth is Truth.UNKNOWN)) if is_open else (),
        _once(chain.from_iterable(against)),
    )


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
