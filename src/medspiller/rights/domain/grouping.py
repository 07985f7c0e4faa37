"""Findings as a carer reads them: what they may have, what is not known yet, what somebody weighs, and what not."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from medspiller.rights.domain.findings import Answer, Finding


class Group(StrEnum):
    """In the order they are read. `not_read`: whoever keeps the rules has not read those of that day."""

    YES = "yes"
    MAYBE = "maybe"
    WEIGHED = "weighed"
    NOT_READ = "not_read"
    NO = "no"
    NOT_LAW = "not_law"


def group_of(finding: Finding) -> Group:
    """Return where a finding is read."""
    if finding.answer is Answer.YES:
        return Group.YES
    if finding.answer is Answer.NO:
        return Group.NO
    if finding.answer in (Answer.NOT_IN_FORCE, Answer.REPEALED):
        return Group.NOT_LAW
    if finding.is_weighed:
        return Group.WEIGHED
    return Group.MAYBE if finding.open else Group.NOT_READ


def grouped(findings: Iterable[Finding], *, first: Sequence[str] = ()) -> Mapping[Group, tuple[Finding, ...]]:
    """Return the findings by group; within each, the rights named in `first` come first, in that order."""
    place = {right: at for at, right in enumerate(first)}
    ordered = sorted(findings, key=lambda finding: place.get(finding.right, len(place)))
    groups: dict[Group, list[Finding]] = {group: [] for group in Group}
    for finding in ordered:
        groups[group_of(finding)].append(finding)
    return {group: tuple(members) for group, members in groups.items()}


def settled(findings: Iterable[Finding]) -> int:
    """Return of how many rights no further answer can change what is said."""
    return sum(finding.is_settled for finding in findings)
