"""Opening and closing of posts."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from medspiller.audit import services as audit
from medspiller.core import events
from medspiller.core.actors import Actor
from medspiller.core.errors import InvalidInput
from medspiller.organisations import policies, selectors
from medspiller.organisations.domain import closing
from medspiller.organisations.domain.details import NAME_LENGTH
from medspiller.organisations.domain.events import PostClosed, PostOpened
from medspiller.organisations.models import Post


@transaction.atomic
def open_post(*, actor: Actor, unit_id: UUID, title: str, opened_on: date) -> Post:
    """
    Make a new post in a unit. Several may have the same title.

    :raises NotFound: if the actor may not see the unit.
    :raises NotAllowed: if the actor may not change posts there.
    :raises InvalidInput: if the title is missing or too long.
    :raises NotOpenThen: if the unit is not open on that day, or has an end.
    """
    unit = selectors.unit_for_update(actor=actor, unit_id=unit_id)
    policies.ensure(actor, policies.EDIT_POST, unit)

    title = " ".join(title.split())
    if not title:
        raise InvalidInput({"title": _("Write what the post is called.")})
    if len(title) > NAME_LENGTH:
        raise InvalidInput({"title": _("Use at most %(limit)s characters.") % {"limit": NAME_LENGTH}})
    closing.ensure_open_on(unit.period, opened_on)

    post = Post.objects.create(unit=unit, title=title, opened_on=opened_on)
    _record(actor, "organisations.open_post", post)
    events.publish(PostOpened(post_id=post.id, unit_id=unit.id, opened_on=opened_on))
    return post


@transaction.atomic
def close_post(*, actor: Actor, post_id: UUID, closed_from: date) -> Post:
    """
    Close a post from a day on, which is the first on which nobody can hold it. The row stays.

    Whoever holds it then is not asked: `PostClosed` tells those who keep holders.

    :raises NotFound: if the actor may not see the post.
    :raises NotAllowed: if the actor may not change posts in its unit.
    :raises AlreadyClosed: with the day it was closed from.
    :raises EndBeforeStart: if it would never have been open.
    """
    post = selectors.post_for_update(actor=actor, post_id=post_id)
    policies.ensure(actor, policies.EDIT_POST, post)

    post.closed_from = closing.close(post.period, closed_from=closed_from).end

    post.save(update_fields=["closed_from"])
    _record(actor, "organisations.close_post", post)
    events.publish(PostClosed(post_id=post.id, closed_from=closed_from))
    return post


def _record(actor: Actor, action: str, post: Post) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="write",
        subject_type="organisations.Post",
        subject_id=post.id,
    )
