"""
Reading earlier versions of rows: which there are, and what each changed.

A list of changes spans several tables of versions. First the newest are found over all of
them, then what those few say and what stood before is read: one query each, however many
tables there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

# Field's name → what it is in the table of versions.
Fields = Mapping[str, F]


@dataclass(frozen=True, slots=True)
class Kind:
    """One table of versions: which of its rows may be read, and what is told of each."""

    name: str
    rows: QuerySet[Any]
    fields: Fields


@dataclass(frozen=True, slots=True)
class Version:
    """
    What a row was from a moment on, and who made it so (None if that is not known).

    `label` is insert, update or delete. `before` is what it was until then, empty for a new
    row. Days and moments are ISO text.
    """

    kind: str
    row_id: UUID
    at: datetime
    actor_id: UUID | None
    label: str
    now: Mapping[str, Any]
    before: Mapping[str, Any]

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that became different, in the order they are told; all that say something for a new row."""
        if self.label == "insert":
            return tuple(name for name, value in self.now.items() if value not in (None, ""))
        return tuple(name for name, value in self.now.items() if value != self.before.get(name))


def newest_first(kinds: Iterable[Kind]) -> QuerySet[Any]:
    """Return the versions of all kinds as (moment, number, kind), the newest first."""
    first, *others = (kind.rows.order_by().values_list("pgh_created_at", "pgh_id", _text(kind.name)) for kind in kinds)
    together: QuerySet[Any] = first.union(*others, all=True) if others else first
    return together.order_by("-pgh_created_at", "-pgh_id")


def read(kinds: Iterable[Kind], wanted: Iterable[tuple[datetime, int, str]]) -> list[Version]:
    """Return those versions with what they changed, in the order they are named."""
    order = [(kind, number) for _, number, kind in wanted]
    if not order:
        return []
    first, *others = (_told(kind, [number for name, number in order if name == kind.name]) for kind in kinds)
    rows = first.union(*others, all=True) if others else first
    found = {
        (kind, number): Version(
            kind=kind, row_id=row_id, at=at, actor_id=actor_id, label=label, now=now, before=before or {}
        )
        for kind, number, row_id, at, actor_id, label, now, before in rows
    }
    return [found[key] for key in order if key in found]


def _told(kind: Kind, numbers: list[int]) -> QuerySet[Any]:
    fields = JSONObject(**kind.fields)
    earlier = kind.rows.model.objects.filter(id=OuterRef("id"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    rows: QuerySet[Any] = (
        kind.rows.filter(pgh_id__in=numbers)
        .order_by()
        .annotate(told=fields, told_before=Subquery(earlier.values_list(fields)[:1]))
        .values_list(
            _text(kind.name), "pgh_id", "id", "pgh_created_at", "pgh_actor_id", "pgh_label", "told", "told_before"
        )
    )
    return rows


def _text(name: str) -> Value:
    return Value(name, output_field=CharField())
