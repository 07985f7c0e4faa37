"""When who may do what was last gone through, and when it is to be next."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.access.domain.reviews import ReviewState, state_on
from medspiller.access.models import AccessReview, RoleGrant
from medspiller.access.policies import ensure, live_grants
from medspiller.core.actors import Actor
from medspiller.organisations import selectors as organisations
from medspiller.organisations.domain import tree

VIEW_PERMISSIONS = "access.view_permissions"
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Review:
    """That a list was gone through: by whom, when, and what they noted."""

    listed_on: date
    reviewed_at: datetime
    reviewed_by_name: str
    note: str
    roles: int


@dataclass(frozen=True, slots=True)
class UnitReviews:
    """
    A unit that the actor answers for, with its reviews, the newest first.

    `next_on` is the day by which the next must be done; None if there never was one. A review
    of a unit above counts, since its list holds this one too.
    """

    unit_id: UUID
    unit_name: str
    next_on: date | None
    state: ReviewState
    reviews: tuple[Review, ...]


def unit_reviews(*, actor: Actor, today: date) -> list[UnitReviews]:
    """
    Return where the topmost units that the actor answers for stand with the yearly review, as in the tree.

    :raises NotAllowed: if the actor may not see who may do what.
    """
    ensure(actor, VIEW_PERMISSIONS)
    own = actor.units_with(VIEW_PERMISSIONS)
    nodes = organisations.unit_tree(actor=actor, on=today)
    parents = {node.unit.id: node.unit.parent_id for node in nodes}
    top = [node.unit for node in nodes if node.unit.id in own and node.unit.parent_id not in own]
    lines = {unit.id: [unit.id, *tree.ancestors(unit.id, parents)] for unit in top}
    found: dict[UUID, list[AccessReview]] = {}
    for row in AccessReview.objects.filter(unit_id__in={each for line in lines.values() for each in line}).order_by(
        "-reviewed_at", "-id"
    ):
        found.setdefault(row.unit_id, []).append(row)
    return [_stands(unit.id, unit.name, lines[unit.id], found, today=today) for unit in top]


def roles_in(*, actor: Actor, unit_id: UUID, today: date, now: datetime) -> int:
    """
    Return how many roles let anybody do something in a unit or below it now.

    :raises NotAllowed: if the actor may not see who may do what there.
    """
    ensure(actor, VIEW_PERMISSIONS, unit_id=unit_id)
    units = organisations.subtree_ids(actor=actor, roots=frozenset({unit_id}))
    return RoleGrant.objects.filter(live_grants(today=today, now=now), unit_id__in=units).count()


def _stands(
    unit_id: UUID, name: str, line: list[UUID], found: dict[UUID, list[AccessReview]], *, today: date
) -> UnitReviews:
    rows = sorted((row for each in line for row in found.get(each, ())), key=lambda row: row.reviewed_at, reverse=True)
    next_on = max((row.next_on for row in rows), default=None)
    shown = tuple(
        Review(
            listed_on=row.listed_on,
            reviewed_at=row.reviewed_at,
            reviewed_by_name=row.reviewed_by_name,
            note=row.note,
            roles=row.roles,
        )
        for row in rows[:_MOST_SHOWN]
    )
    return UnitReviews(
        unit_id=unit_id, unit_name=name, next_on=next_on, state=state_on(next_on, today=today), reviews=shown
    )
