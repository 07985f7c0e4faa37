"""Units, one by one and as a tree."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Func, QuerySet, UUIDField

from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.core.tenancy import current_tenant
from medspiller.organisations import policies
from medspiller.organisations.domain import tree
from medspiller.organisations.domain.details import UnitDetails
from medspiller.organisations.domain.kinds import UnitKind
from medspiller.organisations.models import TREE_LOCK, UNIT_KIND_NAMES, Unit

# Stops where a tree must have stopped, whatever the rows say.
PATH = f"""
WITH RECURSIVE up(id, parent_id, level) AS (
    SELECT id, parent_id, 0 FROM organisations_unit WHERE id = %s
    UNION ALL
    SELECT u.id, u.parent_id, up.level + 1 FROM organisations_unit u JOIN up ON u.id = up.parent_id
    WHERE up.level < {tree.MAX_LEVELS}
)
SELECT u.* FROM organisations_unit u JOIN up ON u.id = up.id ORDER BY up.level DESC
"""  # noqa: S608 - a constant, no input

_SUBTREE = """
WITH RECURSIVE down(id) AS (
    SELECT id FROM organisations_unit WHERE id = ANY(%s)
    UNION
    SELECT u.id FROM organisations_unit u JOIN down ON u.parent_id = down.id
)
SELECT id FROM down
"""


class _Subtree(Func):
    template = (
        "ARRAY(WITH RECURSIVE down(id) AS (SELECT %(expressions)s UNION "
        "SELECT u.id FROM organisations_unit u JOIN down ON u.parent_id = down.id) SELECT id FROM down)"
    )
    arity = 1
    output_field = ArrayField(UUIDField())


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in the tree, in the order a list shows it; `level` is 1 at the top."""

    unit: Unit
    level: int
    has_subunits: bool


def unit(*, actor: Actor, unit_id: UUID) -> Unit:
    """
    Return a unit the actor may see, open or not.

    :raises NotFound: if there is none.
    """
    return _one(Unit.objects.filter(policies.units(actor, policies.VIEW_UNIT)), unit_id)


def unit_for_update(*, actor: Actor, unit_id: UUID) -> Unit:
    """
    Return a unit the actor may see, locked until the end of the transaction, and the tenant's tree with it.

    :raises NotFound: if there is none.
    """
    _lock_tree()
    return _one(Unit.objects.filter(policies.units(actor, policies.VIEW_UNIT)).select_for_update(), unit_id)


def units(*, actor: Actor, on: date) -> QuerySet[Unit]:
    """Return the units open on a day that the actor may see, by name."""
    return Unit.objects.filter(policies.units(actor, policies.VIEW_UNIT)).open_on(on).order_by("name", "id")


def unit_tree(*, actor: Actor, on: date) -> list[UnitNode]:
    """Return the units open on a day that the actor may see, each before its subunits, siblings by name."""
    seen = list(units(actor=actor, on=on))
    ids = {row.id for row in seen}
    below: dict[UUID | None, list[Unit]] = defaultdict(list)
    for row in seen:
        below[row.parent_id if row.parent_id in ids else None].append(row)
    nodes: list[UnitNode] = []
    waiting = [(row, 1) for row in reversed(below[None])]
    while waiting:
        row, level = waiting.pop()
        nodes.append(UnitNode(unit=row, level=level, has_subunits=bool(below[row.id])))
        waiting.extend((subunit, level + 1) for subunit in reversed(below[row.id]))
    return nodes


def subtree_ids(*, actor: Actor, roots: Iterable[UUID]) -> frozenset[UUID]:
    """
    Return the roots that exist in this tenant and all units below them, closed ones included.

    Ids alone, and the one selector that asks no policy: `access` works out with it what an
    actor may do, so it cannot depend on that.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SUBTREE, [list(roots)])
        return frozenset(unit_id for (unit_id,) in cursor.fetchall())


def subtree_of(*, actor: Actor, column: str) -> Func:
    """
    Return the same as `subtree_ids`, a list for each row of another query, of the unit whose id stands in a column.

    For whoever would else ask again for what is below the units it has just read.
    """
    return _Subtree(column)


def parents(*, actor: Actor) -> dict[UUID, UUID | None]:
    """Return each unit of the tenant that the actor may see with the one it is part of, closed ones included."""
    visible = Unit.objects.filter(policies.units(actor, policies.VIEW_UNIT))
    return dict(visible.values_list("id", "parent_id"))


def search_units(*, actor: Actor, text: str) -> list[Unit]:
    """
    Return the units with `text` in their name, or a name close to it; the closest first, 50 at most.

    Case and accents make no difference. Blank text finds nothing. Closed units are found
    too: somebody may look for what was.
    """
    sought = " ".join(text.replace("\x00", "").split())
    if not sought:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT medspiller_search_units(%s)", [sought])
        found = [unit_id for (unit_id,) in cursor.fetchall()]
    visible = Unit.objects.filter(policies.units(actor, policies.VIEW_UNIT)).in_bulk(found)
    return [visible[unit_id] for unit_id in found if unit_id in visible]


def unit_kinds(*, actor: Actor) -> list[tuple[UnitKind, str]]:
    """Return every kind a unit can be with its name in the reader's language, for a form."""
    return [(kind, str(name)) for kind, name in UNIT_KIND_NAMES.items()]


def unit_seen(*, actor: Actor, unit_id: UUID, version: int) -> UnitDetails | None:
    """Return what a unit said at one of its versions; None if it never had that one."""
    versions = Unit.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # made by `history.keep`
        policies.units(actor, policies.VIEW_UNIT), id=unit_id, version=version
    )
    was = versions.order_by("-pgh_id").first()
    if was is None:
        return None
    return UnitDetails(
        name=was.name,
        kind=UnitKind(was.kind),
        about=was.about,
        opening_hours=was.opening_hours,
        phone=was.phone,
        notice=was.notice,
    )


def _lock_tree() -> None:
    """Make changes of this tenant's units and posts one at a time, with the lock that the triggers take."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{TREE_LOCK} {current_tenant()}"])


def _one(rows: QuerySet[Unit], unit_id: UUID) -> Unit:
    try:
        return rows.get(id=unit_id)
    except Unit.DoesNotExist:
        raise NotFound(f"unit {unit_id}") from None
