"""What rights do when something has happened: one service call each, safe to run twice."""

from medspiller.access.domain import actors
from medspiller.content.domain.definitions import Definition
from medspiller.core import tenancy
from medspiller.core.actors import Actor
from medspiller.people.domain.events import MergeUndone, PersonsMerged
from medspiller.rights import services
from medspiller.rights.domain.handing_over import AnswersHandedOver, HandingOverTakenBack


def handed_over(event: AnswersHandedOver) -> None:
    """Tell the units that follow the carer up that there is something to read."""
    system = actors.system(tenancy.current_tenant())
    services.put_on_lists(actor=system, kept_id=event.kept_id, person_id=event.person_id)


def taken_back(event: HandingOverTakenBack) -> None:
    """Take it off their lists."""
    services.take_off_lists(actor=actors.system(tenancy.current_tenant()), kept_id=event.kept_id)


def persons_merged(event: PersonsMerged) -> None:
    """Let what was kept follow the row that was kept."""
    system = actors.system(tenancy.current_tenant())
    services.move_person(actor=system, merge_id=event.merge_id, gone_id=event.gone_id, kept_id=event.kept_id)


def merge_undone(event: MergeUndone) -> None:
    """Give the row that is back what was kept as it."""
    system = actors.system(tenancy.current_tenant())
    services.move_person_back(actor=system, merge_id=event.merge_id, gone_id=event.gone_id)


def tell_of_change(*, actor: Actor, definition: Definition) -> None:
    """Announce what is different in a right or a parameter that has become active."""
    services.tell_of_change(actor=actor, definition=definition)
