"""Posts in units. Who holds them is for `access` to say."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.organisations import policies
from medspiller.organisations.models import OpenOnQuerySet, Post


def post(*, actor: Actor, post_id: UUID) -> Post:
    """
    Return a post the actor may see, open or not, with its unit.

    :raises NotFound: if there is none.
    """
    return _one(_visible(actor).select_related("unit"), post_id)


def post_for_update(*, actor: Actor, post_id: UUID) -> Post:
    """
    Return a post the actor may see, locked until the end of the transaction.

    :raises NotFound: if there is none.
    """
    return _one(_visible(actor).select_for_update(), post_id)


def posts(*, actor: Actor, unit_id: UUID, on: date) -> QuerySet[Post]:
    """Return the posts of a unit that are open on a day, by title; those of subunits are not among them."""
    return _visible(actor).filter(unit_id=unit_id).open_on(on).order_by("title", "id")


def posts_from(*, actor: Actor, unit_id: UUID, day: date) -> QuerySet[Post]:
    """Return the posts of a unit that are open on a day or will be later, by title."""
    return _visible(actor).filter(unit_id=unit_id).open_at_or_after(day).order_by("title", "opened_on", "id")


def _visible(actor: Actor) -> OpenOnQuerySet[Post]:
    return Post.objects.filter(policies.posts(actor, policies.VIEW_UNIT))


def _one(rows: QuerySet[Post], post_id: UUID) -> Post:
    try:
        return rows.get(id=post_id)
    except Post.DoesNotExist:
        raise NotFound(f"post {post_id}") from None
