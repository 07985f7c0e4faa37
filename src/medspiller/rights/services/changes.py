"""Telling that a rule or a figure of the law was changed."""

from procrastinate.contrib.django import app

from medspiller.content import selectors as content
from medspiller.content.domain import versions
from medspiller.content.domain.definitions import Definition, Key, Status
from medspiller.core import events
from medspiller.core.actors import Actor
from medspiller.rights.domain.changes import change_between


def tell_of_change(*, actor: Actor, definition: Definition) -> None:
    """
    Announce what is different in a definition that has just become active; nothing if it is the first of its url.

    What is shipped holds for all: a job then tells each tenant, since an event belongs to one.
    """
    before = _version_before(actor, definition)
    if before is None:
        return
    told = {"url": definition.url, "from_version": before.version, "to_version": definition.version}
    if actor.tenant_id is None:
        app.configure_task("rights.announce_change", queue="upkeep").defer(**told)
    else:
        announce_change(actor=actor, **told)


def announce_change(*, actor: Actor, url: str, from_version: str, to_version: str) -> None:
    """
    Announce in the actor's tenant what is different between two versions.

    :raises NotFound: if the tenant sees none of that url and version.
    """
    before, after = (content.pinned(actor=actor, url=url, version=version) for version in (from_version, to_version))
    events.publish(change_between(before, after))


def _version_before(actor: Actor, definition: Definition) -> Key | None:
    """Return the highest version below it that has been in use."""
    own = versions.order(definition.version)
    earlier = [
        key
        for key, stands in content.published(actor=actor).items()
        if key.url == definition.url and stands.status is not Status.DRAFT and versions.order(key.version) < own
    ]
    return max(earlier, key=lambda key: versions.order(key.version), default=None)
