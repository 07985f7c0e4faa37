"""What publishing would do, and what it must not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from medspiller.content.domain.definitions import Definition, Key, Status
from medspiller.content.domain.problems import ContentProblem, Problem


@dataclass(frozen=True, slots=True)
class Published:
    """How a definition stands in the database."""

    digest: str
    status: Status


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What publishing would do. Every wanted definition is in exactly one of the four.

    `changed` are drafts that were edited, and drafts that become active.
    """

    new: tuple[Definition, ...] = ()
    changed: tuple[Definition, ...] = ()
    retired: tuple[Definition, ...] = ()
    unchanged: tuple[Definition, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing would be written."""
        return not (self.new or self.changed or self.retired)


def plan(wanted: Sequence[Definition], published: Mapping[Key, Published]) -> Plan:
    """
    Return what publishing `wanted` would do to what is published.

    A published definition is frozen: answers already given rest on it. The same url and
    version with other content is therefore refused, never overwritten; only drafts may
    change. What is published and not wanted is left as it is: retiring is said, never
    understood from absence.

    :raises ContentProblem: listing every definition that was changed in place, would go
        back in its life, or is wanted twice.
    """
    problems = [*_wanted_twice(wanted)]
    problems += (problem for one in wanted for problem in _refusals(one, published.get(one.key)))
    if problems:
        raise ContentProblem(problems)
    new, changed, retired, unchanged = [], [], [], []
    for definition in wanted:
        before = published.get(definition.key)
        if before is None:
            new.append(definition)
        elif definition.status is before.status and definition.digest == before.digest:
            unchanged.append(definition)
        elif definition.status is Status.RETIRED:
            retired.append(definition)
        else:
            changed.append(definition)
    return Plan(tuple(new), tuple(changed), tuple(retired), tuple(unchanged))


def _refusals(wanted: Definition, before: Published | None) -> Iterator[Problem]:
    if before is None:
        return
    if before.status is not Status.DRAFT and before.digest != wanted.digest:
        yield Problem(wanted.file, "version", f"{wanted.key} is published; raise its version")
    if not before.status.may_become(wanted.status):
        yield Problem(wanted.file, "status", f"{wanted.key} is {before.status} and never becomes {wanted.status} again")


def _wanted_twice(wanted: Sequence[Definition]) -> Iterator[Problem]:
    seen: set[Key] = set()
    for definition in wanted:
        if definition.key in seen:
            yield Problem(definition.file, "version", f"{definition.key} is wanted twice")
        seen.add(definition.key)
