"""
Publishing and retiring definitions.

Whoever acts for no tenant writes what is shipped to all, and needs the owner's connection
(`MEDSPILLER_AS_OWNER=1`, as the commands set it); whoever acts for a tenant writes that
tenant's own. The database holds both to it.

No event tells of it, since an event belongs to a tenant and shipped content to none. An app
that must act when a definition becomes active ties a function to its kind in
`config/wiring.py`: it runs in the same transaction, and what it raises takes everything back.
"""

import logging
from collections.abc import Sequence

from django.db import connection, transaction

from medspiller.audit import services as audit
from medspiller.content import policies, registry, selectors
from medspiller.content.domain import problems, publishing
from medspiller.content.domain.definitions import Definition, Status
from medspiller.content.domain.problems import ContentProblem
from medspiller.content.domain.publishing import Plan
from medspiller.content.models import Definition as Row
from medspiller.core import clock
from medspiller.core.actors import Actor
from medspiller.core.errors import MedspillerError, NotFound

logger = logging.getLogger(__name__)

# Two installations of one release that start at the same moment publish one after the other.
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('medspiller.content'))"


class AlreadyRetired(MedspillerError):
    """The definition was retired before; there is nothing left to do."""


@transaction.atomic
def publish(*, actor: Actor, definitions: Sequence[Definition]) -> Plan:
    """
    Write new definitions, edited drafts and status changes, and return what was done.

    Doing it again does nothing. `definitions` come in the order in which they are to take
    effect (`checking.in_order`); references between them are checked before, by
    `checking.check`. Either all are written or none.

    :raises NotAllowed: if the actor may not publish.
    :raises UnknownKind: if one is of a kind that this installation does not have.
    :raises ContentProblem: listing every definition of the wrong shape, changed in place or going back.
    """
    policies.ensure(actor, policies.PUBLISH)
    _ensure_shape(definitions)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    plan = publishing.plan(definitions, selectors.published(actor=actor))

    done = {definition.key for definition in (*plan.new, *plan.changed, *plan.retired)}
    for definition in definitions:
        if definition.key in done:
            _store(actor, definition)
    return plan


@transaction.atomic
def retire(*, actor: Actor, url: str, version: str) -> Definition:
    """
    Let a definition be used for nothing new. What rests on it keeps it.

    :raises NotFound: if there is none of that url and version.
    :raises NotAllowed: if the actor may not retire, or it is shipped and the actor acts for a tenant.
    :raises AlreadyRetired: if it is.
    """
    policies.ensure(actor, policies.RETIRE)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    rows = Row.objects.filter(policies.visible_to(actor), url=url, version=version)
    # The tenant's own before the shipped one of the same name.
    row = max(rows, key=lambda found: found.tenant_id is not None, default=None)
    if row is None:
        raise NotFound("no such definition")
    policies.ensure_own(actor, policies.RETIRE, row)
    if row.status == Status.RETIRED:
        raise AlreadyRetired(str(row))

    row.status, row.retired_at = Status.RETIRED.value, clock.now()
    row.save(update_fields=["status", "retired_at"])
    _record(actor, policies.RETIRE, row)
    retired = selectors.pinned(actor=actor, url=url, version=version)
    for reaction in registry.reactions_to_retiring(retired.kind):
        reaction(actor=actor, definition=retired)
    return retired


def _ensure_shape(definitions: Sequence[Definition]) -> None:
    kinds = registry.kinds()
    found = []
    for definition in definitions:
        try:
            kind = kinds.kind(definition.kind)
        except KeyError:
            raise registry.UnknownKind(definition.kind) from None
        found += problems.errors(kind.check(definition))
    if found:
        raise ContentProblem(found)


def _store(actor: Actor, definition: Definition) -> None:
    row = Row.objects.filter(tenant_id=actor.tenant_id, url=definition.url, version=definition.version).first()
    before = Status(row.status) if row else None
    row = row or Row(tenant_id=actor.tenant_id, kind=definition.kind, url=definition.url, version=definition.version)
    row.status = definition.status.value
    if definition.status is Status.RETIRED:
        row.retired_at = clock.now()
    if before is Status.ACTIVE:
        # Frozen: the file may be written with other white space since, and that stays outside.
        row.save(update_fields=["status", "retired_at"])
    else:
        if definition.status is Status.ACTIVE:
            row.published_at = clock.now()
        _fill(row, definition)
        row.save()
    _record(actor, policies.PUBLISH, row)
    if definition.status is Status.ACTIVE:
        for reaction in registry.reactions_to(definition.kind):
            reaction(actor=actor, definition=definition)
    elif before is Status.ACTIVE:
        for reaction in registry.reactions_to_retiring(definition.kind):
            reaction(actor=actor, definition=definition)


def _fill(row: Row, definition: Definition) -> None:
    row.digest, row.text, row.suffix = definition.digest, definition.text, definition.suffix
    row.package, row.package_version, row.file = definition.package, definition.package_version, definition.file


def _record(actor: Actor, action: str, row: Row) -> None:
    """Write a tenant's own into its access log. What is shipped belongs to no log; its row says what and when."""
    logger.info("%s", action, extra={"definition": str(row), "digest": row.digest, "status": row.status})
    if actor.tenant_id is not None:
        audit.record(actor=actor, action=action, subject_type="content.definition", subject_id=row.id)
