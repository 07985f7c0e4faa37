"""Who holds how much, what may stop, and who is away."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Value, When

from medspiller.access import selectors as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.selectors import Colleague
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Shown
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.followup import policies
from medspiller.followup.domain.absences import AbsenceState
from medspiller.followup.domain.holding import CannotHold
from medspiller.followup.models import Absence, Holding, Plan
from medspiller.followup.selectors import _rows as rows
from medspiller.followup.selectors._seen import SeenAbsence, Texts
from medspiller.followup.selectors._staff import somebody, who_is_away
from medspiller.pathways import selectors as pathways
from medspiller.people import selectors as people

_SOON = timedelta(days=7)
_AT_MOST = 200


class AtRisk(StrEnum):
    """Why a plan may stop: nobody chose its holder, its holder is away, or something in it is late."""

    LEFT_OVER = "left_over"
    AWAY = "away"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class HolderLoad:
    """How much somebody holds: open plans, late steps, what is due within a week, and until when they are away."""

    user_id: UUID
    name: str
    plans: int
    late: int
    due_soon: int
    is_away: bool
    away_until: date | None


@dataclass(frozen=True, slots=True)
class PlanAtRisk:
    """A plan that may stop. `carer` is empty where the reader may not open the carer."""

    plan_id: UUID
    file_id: UUID
    title: Texts
    carer: str
    holder: str
    unit_id: UUID
    why: AtRisk
    since: date | None


def absences(*, actor: Actor) -> list[SeenAbsence]:
    """
    Return the actor's own absences that are not over, and those of the colleagues whom they lead, the first first.

    :raises NotAllowed: if the actor holds no plans and leads nobody.
    """
    policies.ensure(actor, policies.RECORD_ABSENCE)
    found = Absence.objects.exclude(state=AbsenceState.OVER.value)
    found = found.filter(Q(user_id=actor.id) | Q(user_id__in=[each.id for each in led_by(actor=actor)]))
    rows_found = list(found.order_by("starts_on", "user_name", "id"))
    lent = Holding.objects.filter(absence__in=rows_found, ends_at=None).values("absence_id").annotate(n=Count("id"))
    plans = {each["absence_id"]: each["n"] for each in lent}
    return [
        SeenAbsence(
            id=row.id,
            user_id=row.user_id,
            name=row.user_name,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            stand_in=row.stand_in_name,
            state=AbsenceState(row.state),
            plans=plans.get(row.id, 0),
            is_own=row.user_id == actor.id,
        )
        for row in rows_found
    ]


def led_by(*, actor: Actor) -> list[Colleague]:
    """Return the colleagues whose absences the actor may record, by name; none for whoever leads nobody."""
    units = actor.units_with(policies.RECORD_ABSENCE_FOR_OTHERS)
    found = {each.id: each for each in _who_hold_plans(actor, units) if each.steps_up == 0}
    return sorted((each for each in found.values() if each.id != actor.id), key=lambda each: (each.name, each.id))


def stand_ins_for(*, actor: Actor, user_id: UUID | None = None) -> list[Colleague]:
    """
    Return who could stand in for the actor, or a colleague: who holds plans in the units of the plans they hold now.

    :raises NotAllowed: if the actor holds no plans and leads nobody.
    """
    policies.ensure(actor, policies.RECORD_ABSENCE)
    return stand_ins_for_any(actor=actor, user_ids=[user_id or actor.id])


def stand_ins_for_any(*, actor: Actor, user_ids: Collection[UUID]) -> list[Colleague]:
    """
    Return who could stand in for one of these colleagues, as `stand_ins_for` does for one.

    :raises NotAllowed: if the actor holds no plans and leads nobody.
    """
    policies.ensure(actor, policies.RECORD_ABSENCE)
    held = Plan.objects.filter(holdings__holder_id__in=user_ids, holdings__ends_at=None)
    units = set(held.values_list("unit_id", flat=True))
    if not units and actor.unit_id and actor.id in user_ids:
        units = {actor.unit_id}
    but_not = set(user_ids) if len(user_ids) == 1 else set()
    found: dict[UUID, Colleague] = {}
    for each in _who_hold_plans(actor, units):
        found.setdefault(each.id, each)
    away = who_is_away(list(found))
    return sorted(
        (each for each in found.values() if each.id not in but_not and each.id not in away),
        key=lambda each: (each.steps_up, each.name, each.id),
    )


def load(*, actor: Actor, unit_id: UUID | None = None) -> list[HolderLoad]:
    """
    Return how much everybody holds in the actor's units, or in one of them, who holds most standing first.

    Counts and colleagues' names alone: nothing of it tells of a carer, and plans of those the actor is too close to are
    not counted.

    :raises NotAllowed: if the actor may not see this for the unit.
    """
    policies.ensure(actor, policies.VIEW_LOAD, unit_id=unit_id)
    units = actor.units_with(policies.VIEW_LOAD) if unit_id is None else frozenset({unit_id})
    today, within = clock.today(), people.reach(actor=actor)
    late = Q(plan__run__open_steps__due_on__lt=today)
    soon = Q(plan__run__open_steps__due_on__gte=today, plan__run__open_steps__due_on__lte=today + _SOON)
    found = (
        Holding.objects.filter(ends_at=None, plan__unit_id__in=units, plan__closed_at=None)
        .exclude(plan__file__carer_id__in=within.closed | within.let_no_more)
        .values("holder_id", "holder__name")
        .annotate(
            plans=Count("plan_id", distinct=True),
            late=Count("plan__run__open_steps", filter=late, distinct=True),
            due_soon=Count("plan__run__open_steps", filter=soon, distinct=True),
        )
        .order_by("-plans", "holder__name", "holder_id")
    )
    counted = list(found)
    away = who_is_away([each["holder_id"] for each in counted])
    return [
        HolderLoad(
            user_id=each["holder_id"],
            name=each["holder__name"],
            plans=each["plans"],
            late=each["late"],
            due_soon=each["due_soon"],
            is_away=each["holder_id"] in away,
            away_until=away[each["holder_id"]].ends_on if each["holder_id"] in away else None,
        )
        for each in counted
    ]


def plans_at_risk(*, actor: Actor, unit_id: UUID | None = None) -> list[PlanAtRisk]:
    """
    Return the plans of the actor's units that may stop: those nobody chose a holder for first, then those whose holder
    is away, then what is late; the first 200 (`more_at_risk` says how many more there are).

    Carers whom the actor may open are named, and each is in the log; those the actor is too close to are left out.

    :raises NotAllowed: if the actor may not see this for the unit.
    """
    within, away = people.reach(actor=actor), frozenset(who_is_away())
    found = _may_stop(actor, unit_id, within, away)
    plans = list(found.select_related("run", "file")[:_AT_MOST])
    return _at_risk(actor, plans, within, away=away)


def more_at_risk(*, actor: Actor, unit_id: UUID | None = None) -> int:
    """
    Return how many plans that may stop `plans_at_risk` leaves out.

    :raises NotAllowed: if the actor may not see this for the unit.
    """
    found = _may_stop(actor, unit_id, people.reach(actor=actor), frozenset(who_is_away()))
    return max(found.count() - _AT_MOST, 0)


def _may_stop(actor: Actor, unit_id: UUID | None, within: people.Reach, away: frozenset[UUID]) -> QuerySet[Plan]:
    policies.ensure(actor, policies.VIEW_LOAD, unit_id=unit_id)
    units = actor.units_with(policies.VIEW_LOAD) if unit_id is None else frozenset({unit_id})
    left_over = Q(left_over_at__isnull=False)
    held_by_away = Q(id__in=Holding.objects.filter(ends_at=None, holder_id__in=away).values("plan_id"))
    late = Q(id__in=Plan.objects.filter(closed_at=None, run__open_steps__due_on__lt=clock.today()).values("id"))
    found = Plan.objects.filter(left_over | held_by_away | late, closed_at=None, unit_id__in=units)
    found = found.exclude(file__carer_id__in=within.closed | within.let_no_more)
    risk = Case(When(left_over, then=Value(0)), When(held_by_away, then=Value(1)), default=Value(2))
    return found.order_by(risk, "opened_at", "id")


def _at_risk(actor: Actor, plans: list[Plan], within: people.Reach, *, away: frozenset[UUID]) -> list[PlanAtRisk]:
    lines = rows.plan_lines(actor, plans, within=within, about=False)
    carers = {plan.file.carer_id for plan in plans}
    named = people.mentioned(actor=actor, person_ids=carers, within=within)
    followed = people.own_subjects(actor=actor, action=policies.READ_FILE, within=within).filter(id__in=carers)
    open_to = set(followed.values_list("id", flat=True)) & set(named)
    found: dict[AtRisk, list[PlanAtRisk]] = defaultdict(list)
    for plan, line in zip(plans, lines, strict=True):
        why = _why(plan, line.holder_id, away)
        carer_id = plan.file.carer_id
        since = clock.day_of(plan.left_over_at) if plan.left_over_at else None
        found[why].append(
            PlanAtRisk(
                plan_id=plan.id,
                file_id=plan.file_id,
                title=line.title,
                carer=named[carer_id].name if carer_id in open_to else "",
                holder=line.holder,
                unit_id=plan.unit_id,
                why=why,
                since=since or line.due_on,
            )
        )
    audit.record_list(
        actor=actor,
        action="followup.view_plans_at_risk",
        information=(Information.PLAN,),
        shown=[Shown(each, "followup.Plan", basis=named[each].basis) for each in sorted(open_to)],
    )
    everything = [each for why in AtRisk for each in found[why]]
    return sorted(everything, key=lambda each: (list(AtRisk).index(each.why), each.since or date.max, each.plan_id))


@dataclass(frozen=True, slots=True)
class PlanLeft:
    """A plan that whoever stands in cannot have, since they work elsewhere. `carer` is empty where it is kept back."""

    plan_id: UUID
    title: Texts
    carer: str
    unit_name: str


def plans_left_to_leader(
    *, actor: Actor, user_id: UUID | None = None, stand_in_id: UUID | None = None
) -> tuple[PlanLeft, ...]:
    """
    Return which plans of the actor's, or of a colleague whom they lead, would fall to the leader of their unit though
    somebody stands in: those of units in which that one does not work. By unit.

    None where nobody stands in, or whoever should works in none of these units: that is refused.

    Carers whom the actor may open are named, and each is in the log.

    :raises NotAllowed: if the actor holds no plans and leads nobody, or the colleague is not theirs to lead.
    """
    policies.ensure(actor, policies.RECORD_ABSENCE)
    whose = user_id or actor.id
    if whose != actor.id and all(each.id != whose for each in led_by(actor=actor)):
        raise NotAllowed(action=policies.RECORD_ABSENCE_FOR_OTHERS, reason=policies.NO_ROLE, subject_id=whose)
    if stand_in_id is None:
        return ()
    try:
        works_in = somebody(actor.tenant_id, stand_in_id).units_with(policies.HOLD_PLAN)
    except CannotHold:
        return ()
    held = Plan.objects.select_related("run", "file", "unit").filter(
        closed_at=None, holdings__holder_id=whose, holdings__ends_at=None
    )
    plans = list(held.order_by("unit__name", "opened_at", "id"))
    left = [plan for plan in plans if plan.unit_id not in works_in]
    return _left(actor, left) if len(left) < len(plans) else ()


def _left(actor: Actor, left: list[Plan]) -> tuple[PlanLeft, ...]:
    within = people.reach(actor=actor)
    named = people.mentioned(actor=actor, person_ids={plan.file.carer_id for plan in left}, within=within)
    followed = people.own_subjects(actor=actor, action=policies.READ_FILE, within=within).filter(id__in=named)
    open_to = set(followed.values_list("id", flat=True)) if named else set()
    audit.record_list(
        actor=actor,
        action="followup.view_plans_left",
        information=(Information.PLAN,),
        shown=[Shown(each, "followup.Plan", basis=named[each].basis) for each in sorted(open_to)],
    )
    system = actors.system(actor.tenant_id)
    return tuple(
        PlanLeft(
            plan_id=plan.id,
            title=pathways.pathway_of(actor=system, pin=plan.run.pin).title,
            carer=named[plan.file.carer_id].name if plan.file.carer_id in open_to else "",
            unit_name=plan.unit.name,
        )
        for plan in left
    )


def _why(plan: Plan, holder_id: UUID | None, away: frozenset[UUID]) -> AtRisk:
    if plan.left_over_at is not None:
        return AtRisk.LEFT_OVER
    return AtRisk.AWAY if holder_id in away else AtRisk.LATE


def _who_hold_plans(actor: Actor, units: Collection[UUID]) -> list[Colleague]:
    """Who may hold plans in these units, unit by unit: somebody in several of them several times."""
    if not units:
        return []
    there = access.colleagues_in(
        actor=actor, action=policies.HOLD_PLAN, unit_ids=units, today=clock.today(), now=clock.now()
    )
    return [each for unit_id in sorted(there) for each in there[unit_id]]
