"""The clock, which stands still for the whole of an evaluation."""

from medspiller.questionnaires.domain.answering.expressions import temporal
from medspiller.questionnaires.domain.answering.expressions.functions.registry import plain
from medspiller.questionnaires.domain.answering.expressions.operators import answer
from medspiller.questionnaires.domain.answering.expressions.running import Run
from medspiller.questionnaires.domain.answering.expressions.values import Collection


@plain("now")
def now(run: Run, items: Collection) -> Collection:
    return answer(temporal.date_time(run.clock().isoformat(timespec="milliseconds")))


@plain("today")
def today(run: Run, items: Collection) -> Collection:
    return answer(temporal.date(run.clock().date().isoformat()))


@plain("timeOfDay")
def time_of_day(run: Run, items: Collection) -> Collection:
    return answer(temporal.time(run.clock().time().isoformat(timespec="milliseconds")))
