"""The leader's report on who has looked at whom: without a relation at the time, unusually many, or taken back."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit import selectors as audit
from medspiller.audit.domain import Entry
from medspiller.people import policies
from medspiller.people.domain.snooping import LookWithoutRelation, Unusual, Volume, unusual
from medspiller.people.models import EmergencyAccess, FirstTalk, Involvement

MOST_LISTED = 1000


@dataclass(frozen=True, slots=True)
class DoneWithTakenBack:
    """
    One thing that was done with what was registered of somebody whose registration was taken back.

    `reference` tells one of them from another; there is no name. The beginning of an id is the same for all who were
    registered at once.
    """

    entry: Entry
    reference: str


@dataclass(frozen=True, slots=True)
class SnoopingReport:
    """
    What a leader should look at in [since, until), newest look first.

    `is_cut` says that there were more looks without a relation than are listed.
    `staff` and `looks` tell how much was gone through. `taken_back`: all that was ever done with what was registered
    of those whose registration was taken back in the period, newest first; nobody else can find it. It may be cut too.
    """

    since: datetime
    until: datetime
    without_relation: tuple[LookWithoutRelation, ...]
    is_cut: bool
    unusual: tuple[Unusual, ...]
    staff: int
    looks: int
    taken_back: tuple[DoneWithTakenBack, ...] = ()
    is_taken_back_cut: bool = False


def snooping_report(*, actor: Actor, since: datetime, until: datetime) -> SnoopingReport:
    """
    Return what staff of the leader's units did that a leader should ask about. The report itself is in the log.

    A look has a relation if the person's involvement was live at that moment in the unit
    that the log says the person was followed up in or the looker worked in, or if the
    looker had an emergency access then; those are reviewed in a list of their own.

    :raises NotAllowed: without the role.
    """
    units = policies.ensure_units(actor, policies.VIEW_REPORT)
    looks = audit.looks_under_review(actor=policies.registered_as(actor), units=units, since=since, until=until)
    volumes = _volumes(looks)
    taken_back = _taken_back(actor, units, since=since, until=until)
    strange = list(looks.filter(~_had_relation()).order_by("-at", "-id")[: MOST_LISTED + 1])
    return SnoopingReport(
        since=since,
        until=until,
        without_relation=_without_relation(strange[:MOST_LISTED]),
        is_cut=len(strange) > MOST_LISTED,
        unusual=tuple(unusual(volumes)),
        staff=len({volume.actor_id for volume in volumes}),
        looks=sum(volume.looks for volume in volumes),
        taken_back=taken_back[:MOST_LISTED],
        is_taken_back_cut=len(taken_back) > MOST_LISTED,
    )


def _taken_back(
    actor: Actor, units: Collection[UUID], *, since: datetime, until: datetime
) -> tuple[DoneWithTakenBack, ...]:
    """
    What was done with those whom units registered by mistake, from the log: their own pages are there no more.

    One more than is listed, where there are so many.
    """
    talks = FirstTalk.objects.filter(unit_id__in=units, taken_back_at__gte=since, taken_back_at__lt=until)
    persons = {each for ids in talks.values_list("not_registered", flat=True) for each in ids}
    if not persons:
        return ()
    entries = audit.entries_about_each(actor=policies.registered_as(actor), person_ids=persons, most=MOST_LISTED + 1)
    return tuple(DoneWithTakenBack(each, each.person_id.hex[-8:]) for each in entries if each.person_id is not None)


def _without_relation(rows: Iterable[Any]) -> tuple[LookWithoutRelation, ...]:
    return tuple(
        LookWithoutRelation(
            entry_id=row.id,
            at=row.at,
            actor_id=row.actor_id,
            actor_name=row.actor_name,
            unit_name=row.actor_unit_name,
            role=row.actor_role,
            person_id=row.person_id,
            information=tuple(row.information),
        )
        for row in rows
        if row.person_id is not None
    )


def _volumes(looks: QuerySet[Any]) -> list[Volume]:
    return [
        Volume(
            actor_id=row["actor_id"],
            actor_name=row["name"],
            unit_id=row["actor_unit_id"],
            unit_name=row["unit_name"],
            role=row["actor_role"],
            persons=row["persons"],
            looks=row["looks"],
        )
        for row in looks.values("actor_id", "actor_unit_id", "actor_role")
        .annotate(
            name=Max("actor_name"),
            unit_name=Max("actor_unit_name"),
            persons=Count("person_id", distinct=True),
            looks=Count("id"),
        )
        .order_by("actor_id", "actor_unit_id", "actor_role")
    ]


def _had_relation() -> Q:
    live_then = Q(Q(ends_at=None) | Q(ends_at__gt=OuterRef("at")), starts_at__lte=OuterRef("at"))
    involvement = Involvement.objects.filter(
        live_then,
        Q(unit_id=OuterRef("care_unit_id")) | Q(unit_id=OuterRef("actor_unit_id")),
        person_id=OuterRef("person_id"),
    )
    emergency = EmergencyAccess.objects.filter(live_then, person_id=OuterRef("person_id"), used_by=OuterRef("actor_id"))
    return Q(Exists(involvement)) | Q(Exists(emergency))
