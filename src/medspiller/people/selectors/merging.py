"""Two entries side by side, and the merges that were made."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind, Shown
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.people import policies
from medspiller.people.domain import merging as rules
from medspiller.people.domain.merging import MergeRefused
from medspiller.people.domain.persons import PersonDetails, ProtectedAddress, full_name
from medspiller.people.models import Merge, Person
from medspiller.people.selectors.duplicates import LikelySame, possible_duplicates
from medspiller.people.selectors.persons import _one

_SHOWN = (Information.NAME_AND_BIRTH, Information.REGISTRATION)


@dataclass(frozen=True, slots=True)
class EntryToMerge:
    """One of two entries: `details` by name, and whether it has a number and an account. The number is not shown."""

    id: UUID
    name: str
    protected_address: ProtectedAddress
    details: dict[str, object]
    has_number: bool
    has_account: bool


@dataclass(frozen=True, slots=True)
class MadeMerge:
    """A merge, and what can be done about it."""

    id: UUID
    kept_id: UUID
    kept_name: str
    gone_name: str
    reason: str
    merged_at: datetime
    merged_by: str
    is_undone: bool


def entries_to_merge(*, actor: Actor, kept_id: UUID, gone_id: UUID) -> tuple[EntryToMerge, EntryToMerge]:
    """
    Return two entries side by side. That both were seen is in the log.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know one of them.
    :raises NotAllowed: if the actor may not merge these two.
    :raises MergeRefused: if they are the same entry.
    """
    if kept_id == gone_id:
        raise MergeRefused("same")
    policies.ensure(actor, policies.MERGE_PERSONS, subject_id=kept_id)
    seen, shown, at = [], [], clock.now()
    for person_id in (kept_id, gone_id):
        row = _one(person_id)
        basis = policies.ensure_edit(actor, row, policies.MERGE_PERSONS, at=at)
        seen.append(_entry(row))
        shown.append(Shown(row.id, "people.Person", row.id, basis=basis))
    audit.record_list(
        actor=policies.registered_as(actor), action=policies.MERGE_PERSONS, information=_SHOWN, shown=shown
    )
    return seen[0], seen[1]


def likely_same(*, actor: Actor, person_id: UUID) -> tuple[EntryToMerge, tuple[LikelySame, ...]]:
    """
    Return a person, and who else in the register may be the same, as far as the actor may open them.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if the actor may not merge this person with anybody.
    """
    policies.ensure(actor, policies.MERGE_PERSONS, subject_id=person_id)
    row = _one(person_id)
    basis = policies.ensure_edit(actor, row, policies.MERGE_PERSONS, at=clock.now())
    audit.record(
        actor=policies.registered_as(actor), action=policies.MERGE_PERSONS, kind=Kind.READ, information=_SHOWN,
        subject_type="people.Person", subject_id=row.id, person_id=row.id, basis=basis,
    )  # fmt: skip
    details = PersonDetails(row.given_name, row.family_name, row.birth_date)
    found = possible_duplicates(actor=actor, details=details, other_than=[row.id])
    return _entry(row), found.likely


def merges_of(*, actor: Actor, person_id: UUID) -> list[MadeMerge]:
    """
    Return the merges that made a person what they are, the last first, for a page that has logged the person.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    """
    row = _one(person_id)
    policies.ensure_open(actor, row, action=policies.MERGE_PERSONS, at=clock.now())
    return [_merge(each) for each in _merges(Q(kept=row)).order_by("-merged_at")]


def merge(*, actor: Actor, merge_id: UUID) -> MadeMerge:
    """
    Return one merge. That the person was seen is in the log.

    :raises NotFound: if there is none; `Closed`, if the actor has no need to know the person.
    :raises NotAllowed: if the actor may not merge persons there.
    """
    policies.ensure(actor, policies.MERGE_PERSONS, subject_id=merge_id)
    found = _merges(Q(id=merge_id)).first()
    if found is None:
        raise NotFound(f"merge {merge_id}")
    basis = policies.ensure_edit(actor, found.kept, policies.MERGE_PERSONS, at=clock.now())
    audit.record(
        actor=policies.registered_as(actor), action=policies.MERGE_PERSONS, kind=Kind.READ, information=_SHOWN,
        subject_type="people.Merge", subject_id=found.id, person_id=found.kept_id, basis=basis,
    )  # fmt: skip
    return _merge(found)


def _merges(which: Q) -> QuerySet[Merge]:
    return Merge.objects.filter(which).select_related("kept", "gone")


def _merge(row: Merge) -> MadeMerge:
    return MadeMerge(
        id=row.id,
        kept_id=row.kept_id,
        kept_name=row.kept.name,
        gone_name=row.gone.name,
        reason=row.reason,
        merged_at=row.merged_at,
        merged_by=row.merged_by_name,
        is_undone=row.undone_at is not None,
    )


def _entry(row: Person) -> EntryToMerge:
    return EntryToMerge(
        id=row.id,
        name=full_name(row.given_name, row.family_name),
        protected_address=ProtectedAddress(row.protected_address),
        details={name: getattr(row, name) for name in rules.DETAILS},
        has_number=row.pid_hash is not None,
        has_account=row.user_id is not None,
    )
