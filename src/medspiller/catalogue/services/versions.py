"""
Proposing what is said of an offer, and deciding about it.

Nothing that was approved is lost, and the public sees the last approved version until the next one is.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import policies
from medspiller.catalogue.domain.entries import Status
from medspiller.catalogue.domain.events import OfferPublished, VersionDecided, VersionProposed
from medspiller.catalogue.domain.offers import Offer
from medspiller.catalogue.domain.reading import read_offer, read_proposal, write_offer
from medspiller.catalogue.domain.refusals import AlreadyWaiting, NotWaiting, OwnProposal, SlugTaken, UnknownProvider
from medspiller.catalogue.models import Entry, PublishedOffer, Version
from medspiller.catalogue.selectors.naming import providers_to_name
from medspiller.catalogue.services import _published
from medspiller.catalogue.services._rows import ENTRY, VERSION, entry_for_update, record, version_for_update
from medspiller.core import clock, events
from medspiller.core.errors import Conflict, InvalidInput, NotAllowed

NOTE_LENGTH = 1000


@transaction.atomic
def propose(
    *,
    actor: Actor,
    entry_id: UUID | None,
    body: Mapping[str, Any],
    note: str = "",
    unit_id: UUID | None = None,
    organisation_id: UUID | None = None,
    based_on: int | None = None,
) -> Version:
    """
    Let a wording wait for a moderator; without `entry_id` that of a new entry, for `unit_id` to own.

    `based_on` is the number of the newest version that the writer saw. The same body proposed again by the same
    person is the same press of a button. Whoever proposes something else takes their own earlier proposal back by
    it. Whoever edits for an organisation names it with a new entry; the unit is then the one they are known to.

    :raises Unreadable: listing everything that is wrong with the body; also if it is to be looked at again too late.
    :raises NotFound: if there is no such entry of the actor's.
    :raises NotAllowed: if the actor may not edit it, or make one for that unit and organisation.
    :raises Conflict: if there is a newer version than the writer saw.
    :raises AlreadyWaiting: if somebody else's proposal waits.
    :raises UnknownProvider: if there is no such provider here, or none that the actor may speak for.
    :raises SlugTaken: if another offer here has the name.
    :raises InvalidInput: if the name of an entry is to change, or the note is too long.
    """
    today = clock.today()
    offer = read_proposal(body, today=today)
    if len(note) > NOTE_LENGTH or "\0" in note:
        raise InvalidInput({"note": "too_long"})
    if entry_id is None:
        return _begin(actor, offer, note.strip(), unit_id=unit_id, organisation_id=organisation_id, today=today)
    entry = entry_for_update(actor, entry_id, on=today)
    policies.ensure_may_edit(actor, entry, on=today)
    if offer.slug != entry.slug:
        raise InvalidInput({"slug": "stays"})
    return _add(actor, entry, offer, note.strip(), based_on=based_on)


@transaction.atomic
def approve(*, actor: Actor, version_id: UUID, reason: str = "") -> Version:
    """
    Let the public see a proposal instead of what it saw. What is approved already stays so.

    The day of review is not set back: somebody may have looked at the entry since the proposal was begun.

    :raises NotFound: if there is none in an entry of the actor's.
    :raises NotAllowed: if the actor does not decide about it.
    :raises OwnProposal: if the actor has proposed it for the organisation they edit for.
    :raises NotWaiting: if it was decided otherwise.
    :raises UnknownProvider: if its provider is gone.
    """
    version = _decidable(actor, version_id)
    if version.status == Status.APPROVED.value:
        return version
    _ensure_waits(version)
    if policies.proposes_for_organisation(actor, version, on=clock.today()):
        raise OwnProposal
    entry = version.entry
    if entry.live is not None:
        _decide(entry.live, Status.SUPERSEDED)
    _decide(version, Status.APPROVED, by=actor, reason=reason)
    offer = read_offer(version.body)
    entry.review_on = offer.review_on if entry.live is None else max(offer.review_on, entry.review_on)
    entry.live, entry.taken_down_at = version, None
    entry.save(update_fields=["live", "review_on", "taken_down_at"])
    _published.show(actor, entry)
    record(actor, policies.MODERATE, VERSION, version.id)
    events.publish(OfferPublished(entry.id))
    return version


@transaction.atomic
def reject(*, actor: Actor, version_id: UUID, reason: str) -> Version:
    """
    Say no to a proposal, and why. What the public sees stays as it is.

    :raises NotFound: if there is none in an entry of the actor's.
    :raises NotAllowed: if the actor does not decide about it.
    :raises NotWaiting: if it was decided otherwise.
    :raises InvalidInput: without a reason.
    """
    version = _decidable(actor, version_id)
    if version.status == Status.REJECTED.value:
        return version
    _ensure_waits(version)
    if not reason.strip():
        raise InvalidInput({"reason": "required"})
    _decide(version, Status.REJECTED, by=actor, reason=reason)
    record(actor, policies.MODERATE, VERSION, version.id)
    events.publish(VersionDecided(version.entry_id, version.id, version.status))
    return version


@transaction.atomic
def withdraw(*, actor: Actor, version_id: UUID) -> Version:
    """
    Take a proposal back: whoever made it may, and whoever edits the entries of the unit.

    :raises NotFound: if there is none in an entry of the actor's.
    :raises NotAllowed: if the actor may not edit it, or somebody else made it and the actor is not of the unit.
    :raises NotWaiting: if it was decided otherwise.
    """
    today = clock.today()
    version = version_for_update(actor, version_id, on=today)
    policies.ensure_may_edit(actor, version.entry, on=today)
    if version.made_by_id != actor.id:
        policies.ensure_may_keep(actor, version.entry)
    if version.status == Status.WITHDRAWN.value:
        return version
    _ensure_waits(version)
    _decide(version, Status.WITHDRAWN, by=actor)
    record(actor, policies.EDIT_ENTRY, VERSION, version.id)
    events.publish(VersionDecided(version.entry_id, version.id, version.status))
    return version


def _begin(
    actor: Actor, offer: Offer, note: str, *, unit_id: UUID | None, organisation_id: UUID | None, today: date
) -> Version:
    owner = _owner(actor, unit_id=unit_id, organisation_id=organisation_id, today=today)
    pressed_before = Version.objects.filter(
        entry__slug=offer.slug, entry__live=None, number=1, status=Status.PROPOSED.value, made_by_id=actor.id
    ).first()
    if pressed_before is not None and pressed_before.body == write_offer(offer):
        return pressed_before
    shipped = PublishedOffer.objects.filter(slug=offer.slug, tenant_id=None)
    own = PublishedOffer.objects.filter(slug=offer.slug, tenant_id=actor.tenant_id, entry_id=None)
    if shipped.exists() or own.exists():
        raise SlugTaken(offer.slug)
    _ensure_may_name(actor, offer, today=today)
    try:
        with transaction.atomic():
            entry = Entry.objects.create(
                slug=offer.slug,
                unit_id=owner,
                organisation_id=organisation_id,
                review_on=offer.review_on,
                made_at=clock.now(),
            )
    except IntegrityError as fault:
        if "catalogue_entry_slug" not in str(fault):
            raise
        raise SlugTaken(offer.slug) from None
    record(actor, policies.EDIT_ENTRY, ENTRY, entry.id)
    return _wait(actor, entry, offer, note, number=1)


def _add(actor: Actor, entry: Entry, offer: Offer, note: str, *, based_on: int | None) -> Version:
    waiting = Version.objects.filter(entry=entry, status=Status.PROPOSED.value).first()
    if waiting is not None and waiting.made_by_id == actor.id and waiting.body == write_offer(offer):
        return waiting
    newest = Version.objects.filter(entry=entry).aggregate(newest=Max("number"))["newest"] or 0
    if based_on is not None and based_on != newest:
        raise Conflict(changed={"version": str(newest)})
    if waiting is not None:
        if waiting.made_by_id != actor.id:
            raise AlreadyWaiting(number=waiting.number, by=waiting.made_by_id)
        _decide(waiting, Status.WITHDRAWN, by=actor)
    _ensure_may_name(actor, offer, entry, today=clock.today())
    return _wait(actor, entry, offer, note, number=newest + 1)


def _ensure_may_name(actor: Actor, offer: Offer, entry: Entry | None = None, *, today: date) -> None:
    """Refuse a provider that there is not, or for which the actor does not speak."""
    _published.provider_of(actor, offer)
    speaks_for_all = actor.may(policies.EDIT_ENTRY, unit_id=entry.unit_id if entry else None)
    own = providers_to_name(actor=actor, on=today, entry=entry)
    if not speaks_for_all and not own.filter(slug=offer.provider).exists():
        raise UnknownProvider(offer.provider)


def _wait(actor: Actor, entry: Entry, offer: Offer, note: str, *, number: int) -> Version:
    version = Version.objects.create(
        entry=entry,
        number=number,
        body=write_offer(offer),
        status=Status.PROPOSED.value,
        note=note,
        made_by_id=actor.id,
        made_at=clock.now(),
    )
    record(actor, policies.EDIT_ENTRY, VERSION, version.id)
    events.publish(VersionProposed(entry.id, version.id))
    return version


def _owner(actor: Actor, *, unit_id: UUID | None, organisation_id: UUID | None, today: date) -> UUID:
    """Return the unit that will own a new entry of the actor's."""
    if unit_id is not None and actor.may(policies.EDIT_ENTRY, unit_id=unit_id):
        return unit_id
    refusal = NotAllowed(action=policies.EDIT_ENTRY, reason="not_own", subject_id=unit_id or organisation_id)
    if organisation_id is None or not policies.edits_for(actor, organisation_id, on=today):
        raise refusal
    known_to = Entry.objects.filter(organisation_id=organisation_id).order_by("made_at", "id").first()
    if known_to is not None:
        return known_to.unit_id
    units = sorted(actor.units_with(policies.EDIT_OWN_ORGANISATION))
    if not units:
        raise refusal
    return actor.unit_id if actor.unit_id in units else units[0]


def _decidable(actor: Actor, version_id: UUID) -> Version:
    version = version_for_update(actor, version_id, on=clock.today())
    policies.ensure_may_moderate(actor, version.entry)
    return version


def _ensure_waits(version: Version) -> None:
    if version.status != Status.PROPOSED.value:
        raise NotWaiting(version.status)


def _decide(version: Version, status: Status, *, by: Actor | None = None, reason: str = "") -> None:
    version.status = status.value
    if by is not None:
        # What takes an approved version's place says nothing of who approved it, and when.
        version.decided_by_id, version.decided_at, version.reason = by.id, clock.now(), reason.strip()[:NOTE_LENGTH]
    version.save(update_fields=["status", "decided_by", "decided_at", "reason"])
