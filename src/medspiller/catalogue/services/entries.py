"""Keeping entries: taken down and put up again, looked at again, handed to another unit, closed for a time."""

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import policies
from medspiller.catalogue.domain.entries import is_too_far_ahead
from medspiller.catalogue.domain.events import EntryMoved, EntryReviewed, OfferPublished, OfferTakenDown
from medspiller.catalogue.domain.reader import LANGUAGES
from medspiller.catalogue.domain.refusals import ClosedAlready, NotAhead, NothingApproved, TakenDown, TooFarAhead
from medspiller.catalogue.models import Closure, Entry
from medspiller.catalogue.services import _published
from medspiller.catalogue.services._awaited import ensure_nobody_awaits
from medspiller.catalogue.services._rows import ENTRY, entry_for_update, record
from medspiller.core import clock, events
from medspiller.core.clock import OSLO
from medspiller.core.errors import InvalidInput, NotAllowed, NotFound

CLOSURE_LENGTH = 500


@transaction.atomic
def take_down(*, actor: Actor, entry_id: UUID, reason: str = "") -> Entry:
    """
    Let the public not see an entry any more. All its versions stay, and `put_up_again` undoes it.

    :raises NotFound: if there is no such entry of the actor's.
    :raises NotAllowed: if the actor does not decide about it.
    :raises TakenDown: if the public does not see it.
    :raises PeopleAwait: if people have places at meetings ahead.
    """
    entry = entry_for_update(actor, entry_id, on=clock.today())
    policies.ensure_may_moderate(actor, entry)
    if entry.live is None or entry.taken_down_at is not None:
        raise TakenDown(entry.slug)
    ensure_nobody_awaits(entry=entry, start=clock.now(), end=None)
    entry.taken_down_at = clock.now()
    entry.save(update_fields=["taken_down_at"])
    _published.hide(entry)
    record(actor, policies.MODERATE, ENTRY, entry.id)
    events.publish(OfferTakenDown(entry.id))
    return entry


@transaction.atomic
def put_up_again(*, actor: Actor, entry_id: UUID) -> Entry:
    """
    Let the public see the last approved version again. What it sees already stays.

    :raises NotFound: if there is no such entry of the actor's.
    :raises NotAllowed: if the actor does not decide about it.
    :raises NothingApproved: if nothing was.
    :raises UnknownProvider: if its provider is gone.
    """
    entry = entry_for_update(actor, entry_id, on=clock.today())
    policies.ensure_may_moderate(actor, entry)
    if entry.live is None:
        raise NothingApproved(entry.slug)
    if entry.taken_down_at is None:
        return entry
    entry.taken_down_at = None
    entry.save(update_fields=["taken_down_at"])
    _published.show(actor, entry)
    record(actor, policies.MODERATE, ENTRY, entry.id)
    events.publish(OfferPublished(entry.id))
    return entry


@transaction.atomic
def review(*, actor: Actor, entry_id: UUID, review_on: date) -> Entry:
    """
    Say that an entry was looked at and nothing has changed, and when it will be looked at again.

    :raises NotFound: if there is no such entry of the actor's.
    :raises NotAllowed: if the actor may not edit it.
    :raises NotAhead: if that day is not ahead.
    :raises TooFarAhead: if it is more than two years ahead.
    """
    today = clock.today()
    entry = entry_for_update(actor, entry_id, on=today)
    policies.ensure_may_edit(actor, entry, on=today)
    if review_on <= today:
        raise NotAhead(review_on.isoformat())
    if is_too_far_ahead(review_on, today=today):
        raise TooFarAhead(review_on.isoformat())
    entry.review_on = review_on
    entry.save(update_fields=["review_on"])
    _lay_out(actor, entry)
    record(actor, policies.EDIT_ENTRY, ENTRY, entry.id)
    events.publish(EntryReviewed(entry.id))
    return entry


@transaction.atomic
def move_to_unit(*, actor: Actor, entry_id: UUID, unit_id: UUID) -> Entry:
    """
    Hand an entry to another unit, which then keeps it.

    :raises NotFound: if there is no such entry of the actor's.
    :raises NotAllowed: if the actor does not decide about the entries of both units.
    """
    entry = entry_for_update(actor, entry_id, on=clock.today())
    policies.ensure_may_moderate(actor, entry)
    if not actor.may(policies.MODERATE, unit_id=unit_id):
        raise NotAllowed(action=policies.MODERATE, reason="not_own", subject_id=unit_id)
    before, entry.unit_id = entry.unit_id, unit_id
    if before != unit_id:
        entry.save(update_fields=["unit"])
        record(actor, policies.MODERATE, ENTRY, entry.id)
        events.publish(EntryMoved(entry.id, before))
    return entry


@transaction.atomic
def close_for_a_time(
    *, actor: Actor, entry_id: UUID, closed_from: date, opens_on: date | None, text: Mapping[str, str]
) -> Closure:
    """
    Say that an offer is not there in [closed_from, opens_on), with a text by language for all; it may be empty.

    The public sees it at once. Words go out unread only from the unit: whoever edits for an organisation gives the
    time alone. The same again is the same press of a button.

    :raises NotFound: if there is no such entry of the actor's.
    :raises NotAllowed: if the actor may not edit it, or gives words and is not of the unit.
    :raises NotAhead: if it would open again today or before.
    :raises ClosedAlready: if it is closed in a part of that time already.
    :raises PeopleAwait: if people have places at meetings in that time.
    :raises InvalidInput: if it opens before it closes, or a text is too long.
    """
    today = clock.today()
    entry = entry_for_update(actor, entry_id, on=today)
    policies.ensure_may_edit(actor, entry, on=today)
    words = _closure_text(text)
    if words:
        policies.ensure_may_keep(actor, entry)
    if opens_on is not None and opens_on <= closed_from:
        raise InvalidInput({"opens_on": "before"})
    if opens_on is not None and opens_on <= today:
        raise NotAhead(opens_on.isoformat())
    overlapping = Closure.objects.filter(Q(opens_on=None) | Q(opens_on__gt=closed_from), entry=entry)
    if opens_on is not None:
        overlapping = overlapping.filter(closed_from__lt=opens_on)
    for there in overlapping:
        if (there.closed_from, there.opens_on, there.text) == (closed_from, opens_on, words):
            return there
        raise ClosedAlready(there.closed_from.isoformat())
    start = max(_begins(closed_from), clock.now())
    ensure_nobody_awaits(entry=entry, start=start, end=_begins(opens_on) if opens_on else None)
    closure = Closure.objects.create(entry=entry, closed_from=closed_from, opens_on=opens_on, text=words)
    _lay_out(actor, entry)
    record(actor, policies.EDIT_ENTRY, ENTRY, entry.id)
    return closure


@transaction.atomic
def end_closure(*, actor: Actor, closure_id: UUID, opens_on: date) -> Closure | None:
    """
    Say when an offer is there again. None if it was never closed then, since it opens before it closes.

    :raises NotFound: if there is no such closure of an entry of the actor's.
    :raises NotAllowed: if the actor may not edit it.
    """
    closure, entry = _closure_for_update(actor, closure_id)
    gone = opens_on <= closure.closed_from
    if gone:
        closure.delete()
    else:
        closure.opens_on = opens_on
        closure.save(update_fields=["opens_on"])
    _lay_out(actor, entry)
    record(actor, policies.EDIT_ENTRY, ENTRY, entry.id)
    return None if gone else closure


@transaction.atomic
def remove_closure(*, actor: Actor, closure_id: UUID) -> None:
    """
    Say that an offer is not closed after all.

    :raises NotFound: if there is no such closure of an entry of the actor's.
    :raises NotAllowed: if the actor may not edit it.
    """
    closure, entry = _closure_for_update(actor, closure_id)
    closure.delete()
    _lay_out(actor, entry)
    record(actor, policies.EDIT_ENTRY, ENTRY, entry.id)


def _closure_for_update(actor: Actor, closure_id: UUID) -> tuple[Closure, Entry]:
    today = clock.today()
    of = Closure.objects.filter(id=closure_id).values_list("entry_id", flat=True).first()
    if of is None:
        raise NotFound(f"closure {closure_id}")
    entry = entry_for_update(actor, of, on=today)
    policies.ensure_may_edit(actor, entry, on=today)
    found = Closure.objects.select_for_update().filter(id=closure_id).first()
    if found is None:
        raise NotFound(f"closure {closure_id}")
    return found, entry


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=OSLO)


def _closure_text(text: Mapping[str, str]) -> dict[str, str]:
    words = {language: text[language].strip() for language in LANGUAGES if text.get(language, "").strip()}
    if any(len(each) > CLOSURE_LENGTH or "\0" in each for each in words.values()):
        raise InvalidInput({"text": "too_long"})
    return words


def _lay_out(actor: Actor, entry: Entry) -> None:
    if entry.live is not None and entry.taken_down_at is None:
        _published.show(actor, entry)
