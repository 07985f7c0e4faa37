"""What readers say is wrong: said by anybody, dealt with by those who keep the entry, and forgotten in the end."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from medspiller.access import services as access
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.throttling import What
from medspiller.catalogue import policies, selectors
from medspiller.catalogue.domain.events import ReportDealtWith, ReportMade
from medspiller.catalogue.domain.feedback import KEPT_AFTER, KEPT_UNREAD, MOST_LETTERS, Wrong
from medspiller.catalogue.models import Entry, Report
from medspiller.catalogue.services._rows import REPORT, record
from medspiller.core import clock, events
from medspiller.core.errors import InvalidInput, NotAllowed, NotFound


@transaction.atomic
def report_wrong(*, actor: Actor, slug: str, wrong: Wrong, text: str, address: str, on: date) -> Report:
    """
    Keep what a reader says is wrong with an offer, and let whoever keeps it know. Nobody is asked who they are.

    `on` is the day on which they were shown it. `address` is where the request comes from; it is counted, and not
    kept with the text.

    :raises NotFound: if readers here are shown no such offer.
    :raises TooManyTries: if too much was said from the same address.
    :raises InvalidInput: if the text is too long.
    """
    words = text.replace("\0", "").strip()
    if len(words) > MOST_LETTERS:
        raise InvalidInput({"text": "too_long"})
    offer, now = selectors.offer_by_slug(actor=actor, slug=slug, on=on), clock.now()
    access.check_throttle(actor=actor, what=What.WRONG_REPORTED, who=address, now=now)
    access.count_try(actor=actor, what=What.WRONG_REPORTED, who=address, now=now)
    report = Report.objects.create(
        offer_id=offer.id,
        slug=offer.slug,
        # An entry of another municipality is not ours to open.
        entry_id=offer.entry_id if offer.tenant_id == actor.tenant_id else None,
        wrong=wrong.value,
        text=words or None,
        reported_at=now,
    )
    record(actor, policies.REPORT_WRONG, REPORT, report.id)
    events.publish(ReportMade(report.id))
    return report


@transaction.atomic
def deal_with_report(*, actor: Actor, report_id: UUID) -> Report:
    """
    Say that what a reader said has been looked into. What somebody has dealt with already stays so.

    :raises NotFound: if there is none that the actor may read.
    :raises NotAllowed: if the actor may not edit the entry it is about.
    """
    today = clock.today()
    rows = Report.objects.select_for_update(of=("self",)).filter(policies.reports_to(actor, on=today))
    report = rows.filter(id=report_id).first()
    if report is None:
        raise NotFound(f"report {report_id}")
    entry = None if report.entry_id is None else Entry.objects.get(id=report.entry_id)
    if not policies.may_deal_with(actor, entry, on=today):
        raise NotAllowed(action=policies.EDIT_ENTRY, reason="not_own", subject_id=report_id)
    if report.dealt_with_at is None:
        report.dealt_with_at, report.dealt_with_by_id = clock.now(), actor.id
        report.save(update_fields=["dealt_with_at", "dealt_with_by"])
        record(actor, policies.EDIT_ENTRY, REPORT, report.id)
        events.publish(ReportDealtWith(report.id))
    return report


def forget_old_reports(*, actor: Actor, now: datetime) -> int:
    """
    Remove the words of what was dealt with long ago, or never was: they may name somebody. Return of how many.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    is_old = Q(dealt_with_at__lte=now - KEPT_AFTER) | Q(dealt_with_at=None, reported_at__lte=now - KEPT_UNREAD)
    return Report.objects.filter(is_old, text__isnull=False).update(text=None)
