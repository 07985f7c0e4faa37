"""What the home page of a unit shows, read in one statement: the page is what everybody at work opens first."""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.organisations import policies
from medspiller.organisations.domain import tree
from medspiller.organisations.models import Post, Unit

# The unit is at level 0, what it is part of above it, what is right below it at -1. The way up stops where a tree must
# have stopped, whatever the rows say.
_AROUND = f"""
WITH RECURSIVE up(id, parent_id, level) AS (
    SELECT id, parent_id, 0 FROM organisations_unit WHERE id = %(unit)s
    UNION ALL
    SELECT u.id, u.parent_id, up.level + 1 FROM organisations_unit u JOIN up ON u.id = up.parent_id
    WHERE up.level < {tree.MAX_LEVELS}
)
SELECT u.*, up.level, CASE WHEN up.level = 0 THEN (
    SELECT json_agg(json_build_array(p.id, p.title, p.opened_on, p.closed_from) ORDER BY p.title, p.id)
    FROM organisations_post p
    WHERE p.unit_id = u.id AND p.opened_on <= %(day)s AND (p.closed_from IS NULL OR p.closed_from > %(day)s)
)::text END AS open_posts
FROM organisations_unit u JOIN up ON u.id = up.id
UNION ALL
SELECT u.*, -1, NULL FROM organisations_unit u
WHERE u.parent_id = %(unit)s AND u.opened_on <= %(day)s AND (u.closed_from IS NULL OR u.closed_from > %(day)s)
ORDER BY level DESC, name, id
"""  # noqa: S608 - a constant, no input


@dataclass(frozen=True, slots=True)
class UnitHome:
    """What the home page of a unit shows. `ancestors` begin at the top; posts are those open that day."""

    unit: Unit
    ancestors: tuple[Unit, ...]
    subunits: tuple[Unit, ...]
    posts: tuple[Post, ...]


def unit_home(*, actor: Actor, unit_id: UUID, on: date) -> UnitHome:
    """
    Return what a unit's home page shows on a day.

    :raises NotFound: if there is no such unit, or the actor may not see it.
    """
    rows = Unit.objects.raw(_AROUND, {"unit": unit_id, "day": on})
    seen = [row for row in rows if policies.may(actor, policies.VIEW_UNIT, row)]
    # What is no column of a unit stands beside it.
    path = [row for row in seen if vars(row)["level"] >= 0]
    if not path or path[-1].id != unit_id:
        raise NotFound(f"unit {unit_id}")
    unit = path[-1]
    posts = (_post(unit, *each) for each in json.loads(vars(unit)["open_posts"] or "[]"))
    return UnitHome(
        unit=unit,
        ancestors=tuple(path[:-1]),
        subunits=tuple(row for row in seen if vars(row)["level"] < 0),
        posts=tuple(row for row in posts if policies.may(actor, policies.VIEW_UNIT, row)),
    )


def _post(unit: Unit, post_id: str, title: str, opened_on: str, closed_from: str | None) -> Post:
    return Post(
        tenant_id=unit.tenant_id,
        id=UUID(post_id),
        unit=unit,
        title=title,
        opened_on=date.fromisoformat(opened_on),
        closed_from=date.fromisoformat(closed_from) if closed_from else None,
    )
