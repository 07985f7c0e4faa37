"""
Work lists: what of an entry needs whom.

One function says for an entry what should stand on the list of its unit, and puts or withdraws so that it does.
It can be run at any time, twice, and after any event.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import policies
from medspiller.catalogue.domain.entries import Status, is_overdue
from medspiller.catalogue.domain.links import TOLD_AFTER, addresses_in
from medspiller.catalogue.models import Entry, LinkCheck, PublishedOffer, Report, Version
from medspiller.catalogue.services._rows import ENTRY, REPORT
from medspiller.core import clock
from medspiller.organisations import selectors as organisations
from medspiller.worklist import services as worklist
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import WithdrawnWhy
from medspiller.worklist.domain.kinds import Kind

# How soon somebody who proposes, or says that something is wrong, should see that it was looked at.
WITHIN = timedelta(days=7)
_KINDS = (kinds.OFFER_PROPOSAL, kinds.OFFER_REVIEW, kinds.OFFER_REPORT, kinds.OFFER_LINK)


@transaction.atomic
def bring_up_to_date(*, actor: Actor, entry_id: UUID) -> None:
    """
    Let the list of the unit that owns an entry say what the entry needs now.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    entry = Entry.objects.select_for_update(of=("self",)).filter(id=entry_id).first()
    if entry is None:
        return
    for kind, due_on, title in _needs(entry, today=clock.today()):
        _keep(actor, kind, entry, due_on, title)


@transaction.atomic
def move_to_other_list(*, actor: Actor, entry_id: UUID, from_unit_id: UUID) -> None:
    """
    Take what an entry needs off the list of a unit that keeps it no more, and put it on the one of the unit that does.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    if not Entry.objects.filter(id=entry_id, unit_id=from_unit_id).exists():
        for kind in _KINDS:
            worklist.withdraw(
                actor=actor,
                kind=kind.code,
                subject_type=ENTRY,
                subject_id=entry_id,
                why=WithdrawnWhy.ENDED,
                unit_id=from_unit_id,
            )
    bring_up_to_date(actor=actor, entry_id=entry_id)


@transaction.atomic
def see_to_report(*, actor: Actor, report_id: UUID) -> None:
    """
    Let somebody look into what a reader said: the unit that owns the entry, or the top one where none of ours does.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    report = Report.objects.filter(id=report_id).first()
    if report is None:
        return
    if report.entry_id is not None:
        bring_up_to_date(actor=actor, entry_id=report.entry_id)
    elif report.dealt_with_at is not None:
        worklist.withdraw(
            actor=actor,
            kind=kinds.OFFER_REPORT.code,
            subject_type=REPORT,
            subject_id=report.id,
            why=WithdrawnWhy.ENDED,
        )
    else:
        top = organisations.units(actor=actor, on=clock.today()).filter(parent_id=None).first()
        if top is not None:
            worklist.put(
                actor=actor,
                kind=kinds.OFFER_REPORT.code,
                subject_type=REPORT,
                subject_id=report.id,
                unit_id=top.id,
                due_on=clock.today() + WITHIN,
                origin=PublishedOffer.objects.filter(id=report.offer_id).values_list("body__title", flat=True).first(),
            )


def entries_to_look_at(*, actor: Actor, today: date) -> list[UUID]:
    """
    Return the published entries that are overdue.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    rows = Entry.objects.filter(live__isnull=False, taken_down_at=None, review_on__lt=today)
    return list(rows.order_by("id").values_list("id", flat=True))


def _needs(entry: Entry, *, today: date) -> Iterable[tuple[Kind, date | None, Mapping[str, str] | None]]:
    """
    Yield each kind with the day by which it is due, None where the entry does not need it, and which offer it is about.

    A proposal is called what it would be called.
    """
    live = entry.live if entry.taken_down_at is None else None
    proposed = Version.objects.filter(entry=entry, status=Status.PROPOSED.value).first()
    reported = Report.objects.filter(entry=entry, dealt_with_at=None).order_by("reported_at").first()
    broken = live is not None and LinkCheck.objects.filter(
        address__in=addresses_in(live.body), failures__gte=TOLD_AFTER
    ).exists()  # fmt: skip
    called, newly_called = (each.body["title"] if each else None for each in (entry.live, proposed))
    yield kinds.OFFER_PROPOSAL, clock.day_of(proposed.made_at) + WITHIN if proposed else None, newly_called
    yield kinds.OFFER_REVIEW, entry.review_on if live and is_overdue(entry.review_on, today=today) else None, called
    yield kinds.OFFER_REPORT, clock.day_of(reported.reported_at) + WITHIN if reported else None, called
    yield kinds.OFFER_LINK, today + WITHIN if broken else None, called


def _keep(actor: Actor, kind: Kind, entry: Entry, due_on: date | None, title: Mapping[str, str] | None) -> None:
    if due_on is None:
        worklist.withdraw(actor=actor, kind=kind.code, subject_type=ENTRY, subject_id=entry.id, why=WithdrawnWhy.ENDED)
        return
    worklist.put(
        actor=actor,
        kind=kind.code,
        subject_type=ENTRY,
        subject_id=entry.id,
        unit_id=entry.unit_id,
        due_on=due_on,
        origin=title,
    )
