"""What follow-up does when something has happened: one service call each, safe to run twice."""

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.events import HoldingEnded, RoleEnded
from medspiller.access.selectors import holder_of
from medspiller.core import tenancy
from medspiller.followup import services
from medspiller.followup.domain.agreements import URL as AGREEMENT
from medspiller.followup.domain.events import FileClosed, FileOpened
from medspiller.people.domain.events import (
    AgeReached,
    ConsentWithdrawn,
    InvolvementClosed,
    MergeUndone,
    PersonChanged,
    PersonDied,
    PersonsMerged,
)
from medspiller.questionnaires.domain.events import ResponseCompleted, ResponseEnteredInError
from medspiller.rights.domain.changes import RightsChanged


def response_completed(event: ResponseCompleted) -> None:
    """Count a carer's answers as a step done in their plans."""
    services.note_response(
        actor=_system(),
        response_id=event.response_id,
        person_id=event.person_id,
        questionnaire=event.definition.split("|")[0],
        completed_at=event.completed_at,
    )


def response_entered_in_error(event: ResponseEnteredInError) -> None:
    """Let wrong answers count for nothing any more."""
    services.note_response_in_error(actor=_system(), response_id=event.response_id)


def holding_ended(event: HoldingEnded) -> None:
    """Let the plans of whoever has left a post fall to the leader."""
    services.leave_plans(actor=_system(), user_id=event.user_id)


def role_ended(event: RoleEnded) -> None:
    """Let the plans of whoever has lost a role fall to the leader."""
    system = _system()
    services.leave_plans(actor=system, user_id=holder_of(actor=system, holding_id=event.holding_id))


def person_died(event: PersonDied) -> None:
    """Tell plans that somebody has died."""
    services.note_death(actor=_system(), person_id=event.person_id, died_on=event.died_on)


def age_reached(event: AgeReached) -> None:
    """Show that a child has become an adult."""
    services.note_age(actor=_system(), person_id=event.person_id, age=event.age)


def person_changed(event: PersonChanged) -> None:
    """Show that a child is an adult, if that comes out."""
    if "birth_date" in event.fields:
        services.note_birth_date(actor=_system(), person_id=event.person_id)


def consent_withdrawn(event: ConsentWithdrawn) -> None:
    """Let offers come back that rested on the consent."""
    services.note_consent_withdrawn(actor=_system(), owner_id=event.owner_id)


def involvement_closed(event: InvolvementClosed) -> None:
    """See to plans whose unit follows the carer up no more."""
    services.note_involvement_closed(actor=_system(), person_id=event.person_id)


def persons_merged(event: PersonsMerged) -> None:
    """Let files follow the row that was kept."""
    services.move_person(actor=_system(), merge_id=event.merge_id, gone_id=event.gone_id, kept_id=event.kept_id)


def merge_undone(event: MergeUndone) -> None:
    """Give the row that is back its files."""
    services.move_person_back(actor=_system(), merge_id=event.merge_id, gone_id=event.gone_id, kept_id=event.kept_id)


def needs_answered(event: ResponseCompleted) -> None:
    """Let a carer's file say what their answers say that they lack."""
    services.note_needs(actor=_system(), response_id=event.response_id)


def needs_taken_back(event: ResponseEnteredInError) -> None:
    """Let it say no more what wrong answers said."""
    services.note_needs(actor=_system(), response_id=event.response_id, wrong=True)


def needs_of_file(event: FileOpened) -> None:
    """Let a new file say what the carer has answered before."""
    services.note_needs_of_file(actor=_system(), file_id=event.file_id)


def agreement_answered(event: ResponseCompleted) -> None:
    """Let a carer's agreement rest on what was agreed last."""
    if event.definition.split("|")[0] == AGREEMENT:
        services.rest_agreement_on(actor=_system(), response_id=event.response_id)


def agreement_taken_back(event: ResponseEnteredInError) -> None:
    """Let it rest no more on what was wrong."""
    if event.definition.split("|")[0] == AGREEMENT:
        services.rest_agreement_on(actor=_system(), response_id=event.response_id, wrong=True)


def right_changed(event: RightsChanged) -> None:
    """List the open files that a changed right touches."""
    services.touch_by_right(actor=_system(), event=event)


def file_closed(event: FileClosed) -> None:
    """End what waited for a carer who is followed up no more."""
    services.leave_file(actor=_system(), file_id=event.file_id)


def _system() -> Actor:
    return actors.system(tenancy.current_tenant())
