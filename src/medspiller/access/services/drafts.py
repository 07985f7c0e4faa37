"""
Keeping and forgetting what somebody has typed and not sent.

Nothing of this is in the access log: a draft is shown to nobody but the one who typed it.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from medspiller.access.domain.drafts import (
    LASTS,
    MOST_BYTES,
    MOST_DRAFTS,
    SENT_REMEMBERED,
    DraftIsOlder,
    DraftTooLarge,
    TooManyDrafts,
    number_at,
)
from medspiller.access.domain.typed_text import TypedField
from medspiller.access.models import Draft, User
from medspiller.access.policies import ensure
from medspiller.core import clock
from medspiller.core.actors import Actor


@transaction.atomic
def save_draft(
    *, actor: Actor, form: str, fields: Sequence[TypedField], key: str = "", number: int | None = None
) -> None:
    """
    Keep what the actor has typed into a form until now, in place of what was kept before.

    `number` is the sender's, from `domain.drafts.number_at`; one that lies in the future
    counts as now. Without fields there is nothing to keep, and what was kept is forgotten.

    :raises NotAllowed: for somebody who is not signed in.
    :raises DraftIsOlder: if a newer one is kept, or the form was sent after this was typed.
    :raises DraftTooLarge: with more than `domain.drafts.MOST_BYTES`.
    :raises TooManyDrafts: if the actor has `domain.drafts.MOST_DRAFTS` others.
    """
    ensure(actor, "access.keep_draft")
    body = json.dumps([[field.name, field.value] for field in fields], ensure_ascii=False) if fields else None
    if body is not None and len(body.encode()) > MOST_BYTES:
        raise DraftTooLarge
    now, row = clock.now(), _locked(actor, form, key)
    before = row.number if row is not None else 0
    # One more than the last is always possible, also where a clock was set back meanwhile.
    latest = max(number_at(now), before + 1)
    wanted = latest if number is None else min(number, latest)
    if wanted <= before:
        raise DraftIsOlder(before)
    if body is not None and (row is None or row.body is None):
        _ensure_room(actor, now)
    elif body is None and row is None:
        return
    Draft.objects.update_or_create(
        owner_id=actor.id,
        form=form,
        key=key,
        defaults={"body": body, "number": wanted, "saved_at": now, "expires_at": now + LASTS},
    )


@transaction.atomic
def forget_draft(*, actor: Actor, form: str, key: str = "") -> None:
    """
    Forget what the actor had typed into a form, because it is sent or thrown away.

    Called in the transaction that stores what was sent: either both happen or neither. For
    a while a late request with what was typed before cannot bring it back.
    """
    now = clock.now()
    row = _locked(actor, form, key)
    number = max(number_at(now), row.number if row is not None else 0)
    Draft.objects.update_or_create(
        owner_id=actor.id,
        form=form,
        key=key,
        defaults={"body": None, "number": number, "saved_at": now, "expires_at": now + SENT_REMEMBERED},
    )


def forget_drafts_of(*, actor: Actor, user_id: UUID) -> int:
    """
    Delete all drafts of an account whose owner has left a post or may not sign in any more, and say how many.

    :raises NotAllowed: for anybody but the system: row-level security would not show them.
    """
    ensure(actor, "access.forget_old", subject_id=user_id)
    return Draft.objects.filter(owner_id=user_id).delete()[0]


def forget_old_drafts(*, actor: Actor, now: datetime) -> int:
    """
    Delete the drafts that are too old, and those of closed accounts, and say how many.

    :raises NotAllowed: for anybody but the system.
    """
    ensure(actor, "access.forget_old")
    return Draft.objects.filter(Q(expires_at__lte=now) | Q(owner__is_active=False)).delete()[0]


def _locked(actor: Actor, form: str, key: str) -> Draft | None:
    # The account is locked, not the draft, which may not be there yet: two saves of one person at the same
    # moment wait for each other, and hinder nobody who only refers to the account.
    User.objects.select_for_update(no_key=True).filter(id=actor.id).values_list("id").first()
    return Draft.objects.filter(owner_id=actor.id, form=form, key=key).first()


def _ensure_room(actor: Actor, now: datetime) -> None:
    others = Draft.objects.filter(owner_id=actor.id, body__isnull=False, expires_at__gt=now)
    if others.count() >= MOST_DRAFTS:
        raise TooManyDrafts
