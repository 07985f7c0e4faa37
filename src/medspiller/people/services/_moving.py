"""
Moving what points at one row of a person to another, and back.

Each step is noted as ids, days and codes. A row that had to give way to one that says the
same is deleted; its earlier version is where it is fetched back from.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from psycopg import errors as database

from medspiller.access.domain.actors import Actor
from medspiller.core.constraints import constraint_of
from medspiller.core.history import HistoryRow
from medspiller.people.domain import merging as rules
from medspiller.people.domain import relations
from medspiller.people.domain.merging import MergeRefused, Spell, UndoRefused
from medspiller.people.domain.relations import INVERSE, RelationKind
from medspiller.people.models import (
    CarerRole,
    ChildrenAnswer,
    EmergencyAccess,
    Involvement,
    Merge,
    Person,
    Relation,
    SearchName,
    live_at,
)

Step = dict[str, Any]

# What does not simply change whom it is about, and why.
STAYS: Mapping[type[Model], str] = {
    Merge: "says itself which row was which",
    SearchName: "is written by triggers",
    Relation: "is stored once for two; `_move_relations`",
    CarerRole: "hangs on a relation; `_move_roles`",
    Involvement: "explains past looks at the row that is gone; live ones are opened anew",
    EmergencyAccess: "explains past looks at the row that is gone, and ends within hours",
}
_REFUSALS = {"people_relation_elder_first": "ages", "people_person_elder_first": "ages"}


def pointers() -> list[tuple[type[Model], str]]:
    """Return the tables of this app that point at a person and move with them, each with its column."""
    return sorted(
        (
            (model, field.attname)
            for model in apps.get_app_config("people").get_models()
            for field in model._meta.concrete_fields
            if field.related_model is Person and model not in STAYS and not issubclass(model, HistoryRow)
        ),
        key=lambda each: (each[0]._meta.label, each[1]),
    )


def refusal(fault: IntegrityError) -> MergeRefused:
    """Return what a refusal of the database means for two who are to become one."""
    # What is left are checks that nobody is something to, or speaks of, themselves.
    return MergeRefused(_REFUSALS.get(constraint_of(fault), "related"))


def move_all(gone: Person, kept: Person, *, actor: Actor, now: datetime) -> list[Step]:
    """Let everything be about `kept` that was about `gone`, and return what was done."""
    steps = [*_move_relations(gone, kept)]
    steps += _move_answers(gone, kept)
    for model, column in pointers():
        steps += _point(model, column, gone, kept)
    steps += _open_involvements(gone, kept, actor=actor, now=now)
    return steps


def _point(model: type[Model], column: str, gone: Person, kept: Person) -> Iterator[Step]:
    for row_id in model._default_manager.filter(**{column: gone.id}).order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic():
                model._default_manager.filter(pk=row_id).update(**{column: kept.id})
        except IntegrityError as fault:
            if isinstance(fault.__cause__, database.UniqueViolation | database.ExclusionViolation):
                # The kept row has the same: the other stays where it was.
                continue
            raise
        yield {"do": "point", "model": model._meta.label, "id": str(row_id), "column": column}


def _move_answers(gone: Person, kept: Person) -> Iterator[Step]:
    """Where both were asked about the same, the last answer holds."""
    held = {each.topic: each for each in ChildrenAnswer.objects.filter(patient=kept)}
    for answer in ChildrenAnswer.objects.filter(patient=gone):
        other = held.get(answer.topic)
        if other is not None and other.asked_at < answer.asked_at:
            yield _deleted(other)


def _move_relations(gone: Person, kept: Person) -> Iterator[Step]:
    given_way: dict[UUID, UUID] = {}
    for row in Relation.objects.select_for_update().filter(Q(person=gone) | Q(related=gone)).order_by("id"):
        first, second, kind = _as_kept(row, gone, kept)
        _ensure_not_turned(first, second, kind, row)
        same = _overlapping(Relation.objects.filter(person_id=first, related_id=second, kind=row.kind), row)
        if not same:
            was = {"person_id": str(row.person_id), "related_id": str(row.related_id)}
            row.person_id, row.related_id, row.version = first, second, row.version + 1
            row.save(update_fields=["person_id", "related_id", "version"])
            yield {"do": "relation", "id": str(row.id), "was": was}
            continue
        given_way[row.id] = same[0].id
        yield from _widen(same, row)
    yield from _move_roles(gone, kept, given_way)
    for row in Relation.objects.filter(id__in=given_way):
        yield _deleted(row)


def _move_roles(gone: Person, kept: Person, given_way: Mapping[UUID, UUID]) -> Iterator[Step]:
    for row in CarerRole.objects.select_for_update().filter(Q(patient=gone) | Q(carer=gone)).order_by("id"):
        was = {name: str(getattr(row, name)) for name in ("relation_id", "patient_id", "carer_id")}
        patient, carer = (kept.id if each == gone.id else each for each in (row.patient_id, row.carer_id))
        same = _overlapping(CarerRole.objects.filter(patient_id=patient, carer_id=carer, role=row.role), row)
        if same:
            yield from _widen(same, row)
            yield _deleted(row)
            continue
        row.relation_id = given_way.get(row.relation_id, row.relation_id)
        row.patient_id, row.carer_id = patient, carer
        row.save(update_fields=["relation_id", "patient_id", "carer_id"])
        yield {"do": "role", "id": str(row.id), "was": was}


def _as_kept(row: Relation, gone: Person, kept: Person) -> tuple[UUID, UUID, RelationKind]:
    person_id, related_id = (kept.id if each == gone.id else each for each in (row.person_id, row.related_id))
    if person_id == related_id:
        raise MergeRefused("related")
    return relations.as_stored(person_id, related_id, RelationKind(row.kind))


def _ensure_not_turned(first: UUID, second: UUID, kind: RelationKind, row: Relation) -> None:
    if INVERSE[kind] is kind:
        return
    if _overlapping(Relation.objects.filter(person_id=second, related_id=first, kind=kind.value), row):
        raise MergeRefused("both_ways")


def _overlapping(rows: Any, row: Relation | CarerRole) -> list[Any]:
    found = rows.select_for_update().exclude(id=row.id).order_by("valid_from")
    return [each for each in found if each.period.overlaps(row.period)]


def _widen(rows: Iterable[Any], row: Relation | CarerRole) -> Iterator[Step]:
    """Let rows that say the same hold as long as this one did too."""
    by_id = {each.id: each for each in rows}
    spells = [Spell(each.id, each.valid_from, each.valid_to) for each in by_id.values()]
    for spell in rules.spread(spells, start=row.valid_from, end=row.valid_to):
        other = by_id[spell.id]
        if (other.valid_from, other.valid_to) == (spell.start, spell.end):
            continue
        was = _days(other)
        other.valid_from, other.valid_to = spell.start, spell.end
        _save_period(other)
        yield {"do": "period", "model": other._meta.label, "id": str(other.id), "was": was, "became": _days(other)}


def _save_period(row: Any) -> None:
    fields = ["valid_from", "valid_to"]
    if hasattr(row, "version"):
        row.version += 1
        fields.append("version")
    row.save(update_fields=fields)


def _days(row: Any) -> list[str | None]:
    return [row.valid_from.isoformat(), row.valid_to.isoformat() if row.valid_to else None]


def _deleted(row: Any) -> Step:
    step = {"do": "deleted", "model": row._meta.label, "id": str(row.id)}
    row.delete()
    return step


def _open_involvements(gone: Person, kept: Person, *, actor: Actor, now: datetime) -> Iterator[Step]:
    """Let the units that have to do with the one have to do with the other, from now on."""
    rows = Involvement.objects.filter(live_at(now) | Q(starts_at__gt=now), person=gone).order_by("starts_at", "id")
    for row in rows:
        begins = max(now, row.starts_at)
        known = Involvement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=begins), person=kept)
        ends = list(known.filter(unit_id=row.unit_id, basis=row.basis).values_list("ends_at", flat=True))
        if None in ends:
            continue
        begins = max([begins, *(each for each in ends if each is not None)])
        if row.ends_at is not None and row.ends_at <= begins:
            continue
        made = Involvement.objects.create(
            person=kept,
            unit_id=row.unit_id,
            basis=row.basis,
            starts_at=begins,
            ends_at=row.ends_at,
            opened_by=actor.id,
            opened_by_name=actor.name,
            opened_at=now,
            only_while_let=row.only_while_let,
        )
        yield {"do": "opened", "id": str(made.id)}


# --- And back ---------------------------------------------------------------------------------


def move_back(steps: list[Step], gone: Person, kept: Person, *, actor: Actor, now: datetime) -> None:
    """
    Undo what `move_all` did. What was changed since goes with the row it was changed in.

    :raises UndoRefused: if periods that had become one were changed since.
    """
    for step in _those(steps, "period"):
        _narrow(step)
    _bring_back(steps, Relation)
    for step in _those(steps, "relation"):
        _relation_back(step, gone, kept)
    _bring_back(steps, CarerRole)
    for step in _those(steps, "role"):
        CarerRole.objects.filter(id=step["id"]).update(**step["was"])
    for step in _those(steps, "point"):
        model, column = apps.get_model(step["model"]), step["column"]
        model._default_manager.filter(pk=step["id"], **{column: kept.id}).update(**{column: gone.id})
    _bring_back(steps, ChildrenAnswer)
    for step in _those(steps, "opened"):
        row = Involvement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), id=step["id"]).first()
        if row is not None:
            # It explains what was looked at while the two were one.
            row.ends_at, row.closed_by, row.closed_at = max(now, row.starts_at), actor.id, now
            row.save(update_fields=["ends_at", "closed_by", "closed_at"])


def _those(steps: list[Step], what: str) -> list[Step]:
    return [each for each in reversed(steps) if each["do"] == what]


def _narrow(step: Step) -> None:
    row = apps.get_model(step["model"])._default_manager.select_for_update().filter(pk=step["id"]).first()
    if row is None or _days(row) != step["became"]:
        raise UndoRefused("changed")
    start, end = step["was"]
    row.valid_from, row.valid_to = date.fromisoformat(start), date.fromisoformat(end) if end else None
    _save_period(row)


def _relation_back(step: Step, gone: Person, kept: Person) -> None:
    row = Relation.objects.select_for_update().filter(id=step["id"]).first()
    if row is None:
        raise UndoRefused("changed")
    turned = {kept.id: gone.id}
    first, second, kind = relations.as_stored(
        turned.get(row.person_id, row.person_id), turned.get(row.related_id, row.related_id), RelationKind(row.kind)
    )
    row.person_id, row.related_id, row.kind, row.version = first, second, kind.value, row.version + 1
    row.save(update_fields=["person_id", "related_id", "kind", "version"])
    # Roles given on it since then go with it.
    CarerRole.objects.filter(relation=row, patient=kept).update(patient=gone)
    CarerRole.objects.filter(relation=row, carer=kept).update(carer=gone)


def _bring_back(steps: list[Step], model: Any) -> None:
    """Store again what had given way, as it was."""
    for step in _those(steps, "deleted"):
        if step["model"] != model._meta.label:
            continue
        was = model.pgh_event_model.objects.filter(id=step["id"], pgh_label="delete").order_by("-pgh_id").first()
        if was is None:
            raise UndoRefused("changed")
        values = {field.attname: getattr(was, field.attname) for field in model._meta.concrete_fields}
        model(**values).save(force_insert=True)
