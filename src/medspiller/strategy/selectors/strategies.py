"""Strategies, whole and as lines, and the log of their hearing."""

from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.strategy import policies
from medspiller.strategy.domain.gantt import BY_AREA, Gantt, gantt_of
from medspiller.strategy.domain.seen import SeenLogEntry, SeenStrategy, StrategyLine, progress_of
from medspiller.strategy.domain.vocabulary import Body, Event, Level, StrategyStatus
from medspiller.strategy.models import FocusArea, LogEntry
from medspiller.strategy.selectors._reading import may_of, row_of, seen_rows
from medspiller.strategy.selectors._rows import areas_of, line_of, lines_of


def strategies(*, actor: Actor, level: Level | None = None) -> tuple[StrategyLine, ...]:
    """
    Return every strategy of the municipality, drafts too, the newest first.

    :raises NotAllowed: if the actor reads none.
    """
    rows = seen_rows(actor)
    if level is not None:
        rows = rows.filter(level=level.value)
    return lines_of(rows.order_by("-from_year", "-to_year", "title", "id"))


def strategy(*, actor: Actor, strategy_id: UUID) -> SeenStrategy:
    """
    Return a strategy with all its parts, in few statements whatever their number.

    :raises NotAllowed: if the actor reads none.
    :raises NotFound: if there is none.
    """
    row = row_of(actor, strategy_id)
    areas = areas_of(row)
    progress = progress_of(each.status for area in areas for each in area.measures)
    return SeenStrategy(line=line_of(row, progress), areas=areas, may=may_of(actor, row))


def areas_to_edit(*, actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """
    Return the focus areas of our own plans that are not over and that the actor may change: id and name, with the plan.

    :raises NotAllowed: if the actor reads none.
    """
    policies.ensure(actor, policies.READ)
    over = [StrategyStatus.REPLACED.value, StrategyStatus.ENDED.value]
    rows = FocusArea.objects.exclude(strategy__level=Level.NATIONAL.value).exclude(strategy__status__in=over)
    newest = ("-strategy__from_year", "-strategy__to_year", "strategy__title", "strategy_id", "number")
    return tuple(
        (row.id, f"{row.strategy.title} – {row.number}. {row.title}")
        for row in rows.select_related("strategy").order_by(*newest)
        if policies.may_edit(actor, unit_id=row.strategy.unit_id)
    )


def gantt(*, actor: Actor, strategy_id: UUID, by: str = BY_AREA) -> Gantt:
    """
    Return the time line of a strategy, by focus area, by owner or by the year in which measures begin.

    :raises NotAllowed: if the actor reads none.
    :raises NotFound: if there is none.
    """
    return gantt_of(strategy(actor=actor, strategy_id=strategy_id), by=by, today=clock.today())


def log(*, actor: Actor, strategy_id: UUID) -> tuple[SeenLogEntry, ...]:
    """
    Return who heard, commented or decided a strategy, the newest first.

    :raises NotAllowed: if the actor reads none.
    :raises NotFound: if there is no such strategy.
    """
    row = row_of(actor, strategy_id)
    return tuple(
        SeenLogEntry(
            id=each.id,
            on=each.on,
            body=Body(each.body),
            body_name=each.body_name,
            what=Event(each.what),
            text=each.text,
            by_name=each.by_name,
        )
        for each in LogEntry.objects.filter(strategy=row).order_by("-on", "-at", "-id")
    )
