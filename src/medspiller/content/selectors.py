"""
Reading what is published. Everything returned is frozen and may be kept for the request.

Something new begins with `active` or `latest`, stores the definition's `pin`, and from then
on asks for `pinned`, which works as long as the answer, pathway or decision does: retired
versions included.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from medspiller.content import policies
from medspiller.content.domain import formats, values, versions
from medspiller.content.domain.definitions import Definition, Key, Status
from medspiller.content.domain.publishing import Published
from medspiller.content.domain.remembered import Remembered
from medspiller.content.models import Definition as Row
from medspiller.core import clock
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Listed:
    """A definition with how it stands: a tenant's own or shipped, and since when it is used or not any more."""

    id: UUID
    definition: Definition
    is_own: bool
    published_at: datetime | None
    retired_at: datetime | None


_READ: Remembered[Definition] = Remembered(at_most=1000)


def pinned(*, actor: Actor, url: str, version: str) -> Definition:
    """
    Return exactly that definition, whatever its status now.

    Where a tenant's own and a shipped one bear the same name, it is the tenant's own.
    The status inside `body` is what the file said; `status` is what holds.

    :raises NotFound: if the actor's tenant has none of that url and version.
    """
    return _one(_rows(actor).filter(url=url, version=version))


def latest(*, actor: Actor, url: str) -> Definition:
    """
    Return the highest version of a definition that is active now.

    :raises NotFound: if none is: for something new it may not be used.
    """
    return _one(_rows(actor).filter(url=url, status=Status.ACTIVE.value))


def active(*, actor: Actor, kind: str, on: date) -> tuple[Definition, ...]:
    """
    Return the definitions of a kind that could be used for something new on a day, by url.

    Of each url it is the highest version that was active at the end of that day in Norway.
    """
    return active_by_kind(actor=actor, kinds=(kind,), on=on)[kind]


def active_by_kind(*, actor: Actor, kinds: Collection[str], on: date) -> dict[str, tuple[Definition, ...]]:
    """Return the same for several kinds, by kind, in one statement."""
    end = datetime.combine(on + timedelta(days=1), time(), tzinfo=clock.OSLO)
    rows = _rows(actor).filter(Q(retired_at=None) | Q(retired_at__gte=end), kind__in=kinds, published_at__lt=end)
    by_url: dict[tuple[str, str], list[Row]] = {}
    for row in rows.order_by("url"):
        by_url.setdefault((row.kind, row.url), []).append(row)
    found: dict[str, list[Definition]] = {kind: [] for kind in kinds}
    for (kind, _url), same in by_url.items():
        found[kind].append(_definition(_highest(same)))
    return {kind: tuple(definitions) for kind, definitions in found.items()}


def fingerprint(*, actor: Actor, kinds: Collection[str], on: date) -> str:
    """
    Return a text that differs if `active_by_kind` would return anything else.

    It reads no definition: whoever makes something large of many of them can tell whether what it made still holds.
    """
    end = datetime.combine(on + timedelta(days=1), time(), tzinfo=clock.OSLO)
    rows = Row.objects.filter(
        policies.visible_to(actor), Q(retired_at=None) | Q(retired_at__gte=end), kind__in=kinds, published_at__lt=end
    )
    known = sorted(rows.values_list("url", "version", "digest", "suffix"))
    return values.digest([list(one) for one in known])


def listed(*, actor: Actor, kind: str) -> tuple[Listed, ...]:
    """Return every definition of a kind that the actor's tenant can see, in all versions and states, by url."""
    rows = _rows(actor).filter(kind=kind).order_by("url")
    return tuple(_listed(row) for row in sorted(rows, key=lambda row: (row.url, versions.order(row.version))))


def one_listed(*, actor: Actor, kind: str, definition_id: UUID) -> Listed:
    """
    Return one of them.

    :raises NotFound: if the actor's tenant has none of that id and kind.
    """
    row = _rows(actor).filter(kind=kind, id=definition_id).first()
    if row is None:
        raise NotFound("no such definition")
    return _listed(row)


def published(*, actor: Actor) -> dict[Key, Published]:
    """Return how every definition stands that the actor's tenant can see, drafts and retired ones included."""
    rows = _rows(actor).values_list("tenant_id", "url", "version", "digest", "status")
    # The tenant's own last, so that it is the one that counts.
    return {
        Key(url, version): Published(digest=digest, status=Status(status))
        for _, url, version, digest, status in sorted(rows, key=lambda row: row[0] is not None)
    }


def _rows(actor: Actor) -> QuerySet[Row]:
    return Row.objects.filter(policies.visible_to(actor)).defer("text")


def _one(rows: QuerySet[Row]) -> Definition:
    found = list(rows)
    if not found:
        raise NotFound("no such definition")
    return _definition(_highest(found))


def _highest(rows: Iterable[Row]) -> Row:
    return max(rows, key=lambda row: (versions.order(row.version), row.tenant_id is not None))


def _listed(row: Row) -> Listed:
    return Listed(row.id, _definition(row), row.tenant_id is not None, row.published_at, row.retired_at)


def _definition(row: Row) -> Definition:
    # What the file says stands behind its digest; how it stands and where it came from can differ for one content.
    key = "|".join((row.digest, row.suffix, row.status, row.package, row.package_version, row.file))
    return _READ.get(key, lambda: _read(row))


def _read(row: Row) -> Definition:
    return Definition(
        kind=row.kind,
        url=row.url,
        version=row.version,
        status=Status(row.status),
        body=formats.read(row.text.encode(), row.suffix),
        text=row.text,
        suffix=row.suffix,
        package=row.package,
        package_version=row.package_version,
        file=row.file,
    )
