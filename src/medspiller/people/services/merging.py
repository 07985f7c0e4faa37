"""Making two entries of the register one, and two again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis, Information
from medspiller.core import clock, events
from medspiller.core.errors import NotFound
from medspiller.people import policies, selectors
from medspiller.people.domain import merging as rules
from medspiller.people.domain.contacts import NameUse
from medspiller.people.domain.events import MergeUndone, PersonsMerged
from medspiller.people.domain.merging import MergeRefused, Side, UndoRefused
from medspiller.people.domain.persons import same_name
from medspiller.people.models import Involvement, Merge, Person, PersonName
from medspiller.people.services import _moving
from medspiller.people.services._storing import record
from medspiller.people.services._while_let import follow_consents

_MOVED, _SWAPPED = "moved", "swapped"


@transaction.atomic
def merge_persons(
    *, actor: Actor, kept_id: UUID, gone_id: UUID, reason: str, choices: Mapping[str, Side] | None = None
) -> Merge:
    """
    Say that two entries are one person: from now on `gone` is looked up as `kept`.

    All that was about the one is about the other, history included; entries of the access log
    stay as they were written. `choices` says which entry a detail (`domain.merging.DETAILS`)
    or the `person_number` is taken from. Another name stays findable.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know one of them.
    :raises NotAllowed: if the actor may not merge these two, or is one of them.
    :raises MergeRefused: if they cannot be one person.
    """
    policies.ensure(actor, policies.MERGE_PERSONS, subject_id=kept_id)
    if kept_id == gone_id:
        raise MergeRefused("same")
    kept, gone, basis = _both_for_update(actor, kept_id, gone_id)
    reason = " ".join(reason.split())
    rules.ensure_reason(reason)
    if kept.user_id is not None and gone.user_id is not None:
        raise MergeRefused("accounts")

    now, chosen = clock.now(), choices or {}
    try:
        with transaction.atomic():
            details = _take_details(kept, gone, chosen)
            steps = _moving.move_all(gone, kept, actor=actor, now=now)
            steps += _keep_names(kept, gone, was=details["was_named"])
            gone.merged_into = kept
            gone.version += 1
            gone.save(update_fields=["merged_into", "version"])
    except IntegrityError as fault:
        raise _moving.refusal(fault).with_traceback(None) from None
    del details["was_named"]
    made = Merge.objects.create(
        kept=kept,
        gone=gone,
        reason=reason,
        moved={"steps": steps, "details": details},
        merged_by=actor.id,
        merged_by_name=actor.name,
        merged_at=now,
    )
    _record(actor, made, basis)
    events.publish(PersonsMerged(merge_id=made.id, kept_id=kept_id, gone_id=gone_id))
    return made


@transaction.atomic
def undo_merge(*, actor: Actor, merge_id: UUID) -> Merge:
    """
    Make two entries of one again, each with what it had.

    What was changed in the meantime goes with the row it was changed in; what was added, and
    details changed since, stay with the kept entry.

    :raises NotFound: if there is no such merge; `Closed`, if the actor has no need to know the person.
    :raises NotAllowed: if the actor may not merge persons, or is one of them.
    :raises UndoRefused: if it was undone, the kept entry was merged into another, or a period that
        had become one was changed.
    """
    policies.ensure(actor, policies.MERGE_PERSONS, subject_id=merge_id)
    made = Merge.objects.select_for_update().filter(id=merge_id).first()
    if made is None:
        raise NotFound(f"merge {merge_id}")
    if made.undone_at is not None:
        raise UndoRefused("undone")
    locked = {each: selectors.person_for_update(actor=actor, person_id=each) for each in _in_order(made)}
    kept, gone = locked[made.kept_id], locked[made.gone_id]
    if kept.merged_into_id is not None:
        raise UndoRefused("merged_further")
    policies.ensure_not_close(actor, [kept.id, gone.id], action=policies.MERGE_PERSONS)
    now = clock.now()
    basis = policies.ensure_edit(actor, kept, policies.MERGE_PERSONS, at=now)

    steps = made.moved["steps"]
    try:
        with transaction.atomic():
            _moving.move_back(steps, gone, kept, actor=actor, now=now)
            PersonName.objects.filter(id__in=[each["id"] for each in steps if each["do"] == "made"]).delete()
            _give_back_details(kept, gone, made.moved["details"])
            for each in (gone, kept):
                _follow_consents(actor, each, basis)
    except IntegrityError:
        raise UndoRefused("changed") from None
    made.undone_by, made.undone_by_name, made.undone_at = actor.id, actor.name, now
    made.save(update_fields=["undone_by", "undone_by_name", "undone_at"])
    _record(actor, made, basis)
    events.publish(MergeUndone(merge_id=made.id, kept_id=kept.id, gone_id=gone.id))
    return made


def _follow_consents(actor: Actor, person: Person, basis: Basis) -> None:
    """What changed in consents while the two were one holds for each of the two by their own consents again."""
    let = Involvement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()), person=person)
    for unit_id in sorted(set(let.exclude(only_while_let=[]).values_list("unit_id", flat=True))):
        follow_consents(actor, basis, owner_id=person.id, unit_id=unit_id)


def _both_for_update(actor: Actor, kept_id: UUID, gone_id: UUID) -> tuple[Person, Person, Basis]:
    # In the order of their ids: two who merge them the other way round would otherwise wait for each other.
    locked = {each: selectors.person_for_update(actor=actor, person_id=each) for each in sorted((kept_id, gone_id))}
    kept, gone = locked[kept_id], locked[gone_id]
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise MergeRefused("merged")
    now = clock.now()
    basis = policies.ensure_edit(actor, kept, policies.MERGE_PERSONS, at=now)
    policies.ensure_edit(actor, gone, policies.MERGE_PERSONS, at=now)
    return kept, gone, basis


def _in_order(made: Merge) -> list[UUID]:
    return sorted((made.kept_id, made.gone_id))


def _take_details(kept: Person, gone: Person, chosen: Mapping[str, Side]) -> dict[str, Any]:
    names = (*rules.DETAILS, rules.PROTECTED)
    changes = rules.details_to_change(
        {name: getattr(kept, name) for name in names}, {name: getattr(gone, name) for name in names}, chosen
    )
    details = {
        "version": kept.version,
        "fields": sorted(changes),
        "number": _take_number(kept, gone, chosen.get(rules.NUMBER, Side.KEPT)),
        "user": gone.user_id is not None,
        "was_named": (kept.given_name, kept.family_name),
    }
    if gone.user_id is not None:
        user_id, gone.user_id = gone.user_id, None
        gone.save(update_fields=["user"])
        kept.user_id = user_id
    for name, value in changes.items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save()
    return details


def _take_number(kept: Person, gone: Person, side: Side) -> str:
    if gone.pid is None or (kept.pid is not None and side is Side.KEPT):
        return ""
    how = _SWAPPED if kept.pid is not None else _MOVED
    _exchange_numbers(kept, gone)
    return how


def _exchange_numbers(one: Person, other: Person) -> None:
    """Give each the number of the other; no two rows have one at any moment."""
    ones, others = (one.pid, one.pid_hash), (other.pid, other.pid_hash)
    other.pid, other.pid_hash = None, None
    other.save(update_fields=["pid", "pid_hash"])
    one.pid, one.pid_hash = others
    one.save(update_fields=["pid", "pid_hash"])
    if ones[0] is not None:
        other.pid, other.pid_hash = ones
        other.save(update_fields=["pid", "pid_hash"])


def _keep_names(kept: Person, gone: Person, *, was: tuple[str, str]) -> list[_moving.Step]:
    """Let the person be found by the names of both entries."""
    has = [(kept.given_name, kept.family_name)]
    has += [(each.given_name, each.family_name) for each in PersonName.objects.filter(person=kept)]
    steps = []
    for given, family in (was, (gone.given_name, gone.family_name)):
        if any(same_name(given, one) and same_name(family, other) for one, other in has):
            continue
        made = PersonName.objects.create(person=kept, use=NameUse.FORMER.value, given_name=given, family_name=family)
        has.append((given, family))
        steps.append({"do": "made", "id": str(made.id)})
    return steps


def _give_back_details(kept: Person, gone: Person, details: Mapping[str, Any]) -> None:
    gone.merged_into = None
    gone.version += 1
    gone.save(update_fields=["merged_into", "version"])
    history: Any = Person.pgh_event_model  # type: ignore[attr-defined]  # made by `history.keep`
    before = history.objects.filter(id=kept.id, version=details["version"]).order_by("-pgh_id").first()
    for name in details["fields"]:
        # What somebody has changed since is not taken back.
        if before is not None and getattr(kept, name) == getattr(gone, name):
            setattr(kept, name, getattr(before, name))
    user_id = kept.user_id if details["user"] else None
    if user_id is not None:
        kept.user_id = None
    kept.version += 1
    kept.save()
    if user_id is not None:
        gone.user_id = user_id
        gone.save(update_fields=["user"])
    if details["number"] and kept.pid is not None:
        _exchange_numbers(gone, kept)


def _record(actor: Actor, made: Merge, basis: Basis) -> None:
    told = (Information.REGISTRATION, Information.NAME_AND_BIRTH)
    record(
        actor,
        policies.MERGE_PERSONS,
        made,
        person_id=made.kept_id,
        information=told,
        basis=basis,
        other_id=made.gone_id,
        told_other=told,
    )
