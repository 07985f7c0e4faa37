"""What answers set going, and what happens to them when a person turns out to be another."""

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import tenancy
from medspiller.people.domain.events import MergeUndone, PersonsMerged
from medspiller.questionnaires import services
from medspiller.questionnaires.domain.events import ResponseCompleted, ResponseEnteredInError
from medspiller.questionnaires.services import charts


def follow_up(event: ResponseCompleted) -> None:
    """Put on the lists of units what the answers ask of them."""
    services.follow_up(actor=_system(), response_id=event.response_id)


def stop_following_up(event: ResponseEnteredInError) -> None:
    """Take off the lists what rested on answers that are wrong."""
    services.stop_following_up(actor=_system(), response_id=event.response_id)


def draw_anew(event: ResponseCompleted) -> None:
    """Let the figures over time be drawn that new answers have changed."""
    charts.draw_anew(actor=_system(), response_id=event.response_id)


def draw_without(event: ResponseEnteredInError) -> None:
    """Do the same without answers that are wrong."""
    charts.draw_anew(actor=_system(), response_id=event.response_id)


def persons_merged(event: PersonsMerged) -> None:
    """Let answers follow the row that was kept."""
    services.move_person(actor=_system(), merge_id=event.merge_id, gone_id=event.gone_id, kept_id=event.kept_id)


def merge_undone(event: MergeUndone) -> None:
    """Give the row that is back its answers."""
    services.move_person_back(actor=_system(), merge_id=event.merge_id, gone_id=event.gone_id, kept_id=event.kept_id)


def _system() -> Actor:
    return actors.system(tenancy.current_tenant())
