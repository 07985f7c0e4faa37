"""What plans and their holders do when something happens elsewhere. All of it is safe to run twice."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, ids
from medspiller.followup import policies
from medspiller.followup.domain.files import FileKind, FileState, NoteCode
from medspiller.followup.domain.holding import HandoverState
from medspiller.followup.models import CarerFile, FileNote, Handover, Plan
from medspiller.followup.services import _files_moving as files_moving
from medspiller.followup.services import _items as items
from medspiller.followup.services import _passing as passing
from medspiller.followup.services import _storing as storing
from medspiller.followup.services._letting import lent, lets
from medspiller.followup.services._said_before import RESPONSE
from medspiller.followup.services.holders import follow_on, see_to_offer
from medspiller.pathways import selectors as pathways
from medspiller.pathways import services as engine
from medspiller.pathways.domain import happenings
from medspiller.pathways.domain.happenings import Happening
from medspiller.pathways.domain.vocabulary import Event
from medspiller.people import selectors as people
from medspiller.people import services as register
from medspiller.people.domain.persons import age_on
from medspiller.questionnaires import selectors as questionnaires
from medspiller.worklist import services as worklist
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import WithdrawnWhy

PERSON = "people.Person"
# Of a birthday it is learnt anew each time: what was withdrawn because a date was wrong is told again on the real day.
BIRTHDAY = "people.Person.birthday"
_GROWN_UP = 18


@transaction.atomic
def note_response(
    *, actor: Actor, response_id: UUID, person_id: UUID, questionnaire: str, completed_at: datetime
) -> int:
    """
    Count a carer's finished answers as a step done, in every plan that waits for them; return in how many.

    On the day they were given, however late that is told; from before a plan began where its pathway counts them.
    What they say of one person does no step of a plan about another. `questionnaire` is its url without version.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    day = clock.day_of(completed_at)
    rows = Plan.objects.filter(file__carer_id=person_id)
    about_id = questionnaires.about_whom(actor=actor, response_id=response_id)
    if about_id is not None:
        rows = rows.filter(Q(about=None) | Q(about_id=about_id))
    plans = _open_plans(rows)
    happening = happenings.answered(questionnaire, on=day, told_on=clock.today())
    return _told(actor, plans, happening, source_type=RESPONSE, source_id=response_id)


@transaction.atomic
def note_response_in_error(*, actor: Actor, response_id: UUID) -> int:
    """
    Let answers that turned out to be wrong count for no step any more; return for how many plans that was.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    changed = engine.withdraw_source(actor=actor, source_type=RESPONSE, source_id=response_id)
    _went_on(actor, changed)
    return len(changed)


@transaction.atomic
def note_death(*, actor: Actor, person_id: UUID, died_on: date) -> int:
    """
    Tell plans that a person has died: of whom the plan is about, or the carer; return how many plans there were.

    A plan that was begun before anybody knew is told too. No plan ends without a person: a carer's own death is put
    before whoever leads the unit.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    about = _open_plans(Plan.objects.filter(about_id=person_id))
    today = clock.today()
    told = [
        happenings.event_told(event.value, on=min(died_on, today), told_on=today)
        for event in (Event.DEATH, Event.PATIENT_DIED)
    ]
    _told(actor, about, *told, source_type=PERSON, source_id=person_id)
    own = _open_plans(Plan.objects.filter(file__carer_id=person_id))
    for plan in own:
        plan.left_over_at = plan.left_over_at or clock.now()
        storing.changed(plan, "left_over_at")
        items.put_left_over(actor, plan, carer_id=person_id, due_on=passing.given_on_by())
    for file in CarerFile.objects.filter(carer_id=person_id, state=FileState.OPEN.value):
        if not FileNote.objects.filter(file=file, code=NoteCode.DIED.value).exists():
            storing.note(actor, file, NoteCode.DIED, on=died_on)
    return len(about) + len(own)


@transaction.atomic
def note_age(*, actor: Actor, person_id: UUID, age: int) -> int:
    """
    Show that a child whose file is open has become an adult, and tell the plans; return how many files there were.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    if age != _GROWN_UP:
        return 0
    today = clock.today()
    plans = _open_plans(Plan.objects.filter(file__carer_id=person_id))
    known = _birthdays(actor, plans)
    told = happenings.event_told(Event.TURNS_18.value, on=today, told_on=today)
    new = [plan for plan in plans if not known.get(plan.run_id)]
    _told(actor, new, told, source_type=BIRTHDAY, source_id=ids.new_id())
    found = CarerFile.objects.filter(carer_id=person_id, state=FileState.OPEN.value, kind=FileKind.CHILD.value)
    files = list(found)
    for file in files:
        worklist.put(
            actor=actor,
            kind=kinds.FOLLOWUP_GROWN_UP.code,
            subject_type=storing.FILE,
            subject_id=file.id,
            unit_id=file.unit_id,
            person_id=person_id,
            due_on=passing.given_on_by(),
        )
    return len(files)


@transaction.atomic
def note_birth_date(*, actor: Actor, person_id: UUID) -> int:
    """
    Show that a child whose file is open is an adult, where that comes out with the date of birth; return how many.

    Where it comes out that they are none, what said so is taken back: they have their birthday when they have it.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    files = CarerFile.objects.filter(carer_id=person_id, state=FileState.OPEN.value)
    born = files.values_list("carer__birth_date", flat=True).first()
    if born is None:
        return 0
    if age_on(born, clock.today()) < _GROWN_UP:
        return _not_grown_up(actor, person_id, files.values_list("id", flat=True))
    if not files.filter(kind=FileKind.CHILD.value).exists():
        return 0
    return note_age(actor=actor, person_id=person_id, age=_GROWN_UP)


def _not_grown_up(actor: Actor, person_id: UUID, file_ids: Collection[UUID]) -> int:
    plans = _open_plans(Plan.objects.filter(file__carer_id=person_id))
    wrong = {source_id for known in _birthdays(actor, plans).values() for kind, source_id in known if kind == BIRTHDAY}
    for source_id in sorted(wrong):
        _went_on(actor, engine.withdraw_source(actor=actor, source_type=BIRTHDAY, source_id=source_id))
    return worklist.withdraw_subjects(
        actor=actor,
        kind=kinds.FOLLOWUP_GROWN_UP.code,
        subject_type=storing.FILE,
        subject_ids=list(file_ids),
        why=WithdrawnWhy.ENDED,
    )


def _birthdays(actor: Actor, plans: Collection[Plan]) -> dict[UUID, frozenset[tuple[str, UUID]]]:
    """What plans that count somebody as grown up know it from, by run."""
    return pathways.learnt_from(actor=actor, run_ids=[plan.run_id for plan in plans], event=Event.TURNS_18.value)


@transaction.atomic
def note_consent_withdrawn(*, actor: Actor, owner_id: UUID) -> int:
    """
    Let offers come back that rested on what a carer has let be told, and plans that went to another unit on that.

    That unit has nothing to do with the carer any more by it. Returns how many offers and plans there were. Safe to run
    twice, and run each hour too: a consent may end by its day.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    came_back = _come_back(actor, owner_id)
    rows = Handover.objects.filter(
        plan__file__carer_id=owner_id, rests_on_consent=True, state=HandoverState.OFFERED.value
    )
    return came_back + sum(
        see_to_offer(actor=actor, handover_id=each) for each in list(rows.values_list("id", flat=True))
    )


def _come_back(actor: Actor, carer_id: UUID) -> int:
    """End what units have to do with a carer only because they were let, where they are not any more."""
    # Plans before all else, as everywhere.
    plans = _open_plans(Plan.objects.filter(file__carer_id=carer_id))
    # The carer before what they let, as wherever a consent is changed.
    people.person_for_update(actor=actor, person_id=carer_id)
    ended = set()
    for row in lent(actor, carer_id).select_related("plan__file", "through"):
        if row.through_id not in ended and not lets(actor, row.plan.file, row.through.unit_id):
            register.close_involvement(actor=actor, involvement_id=row.through_id)
            ended.add(row.through_id)
    return sum(follow_on(actor=actor, plan_id=plan.id) for plan in plans) if ended else 0


@transaction.atomic
def note_involvement_closed(*, actor: Actor, person_id: UUID) -> int:
    """
    See to a carer's plans, file and offers when a unit follows them up no more; return how many plans and offers.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    plans = _open_plans(Plan.objects.filter(file__carer_id=person_id))
    touched = sum(follow_on(actor=actor, plan_id=plan.id) for plan in plans)
    for file in CarerFile.objects.select_for_update().filter(carer_id=person_id, state=FileState.OPEN.value):
        files_moving.follow_carer(actor, file)
    rows = Handover.objects.filter(plan__file__carer_id=person_id, state=HandoverState.OFFERED.value)
    return touched + sum(
        see_to_offer(actor=actor, handover_id=each) for each in list(rows.values_list("id", flat=True))
    )


def _open_plans(rows: QuerySet[Plan]) -> list[Plan]:
    # In the order of their ids: two jobs that tell the same plans must not wait for one another for ever.
    locked = rows.filter(closed_at=None).select_for_update(of=("self", "run")).select_related("run")
    return list(locked.order_by("id"))


def _told(actor: Actor, plans: Collection[Plan], *told: Happening, source_type: str, source_id: UUID) -> int:
    if not plans:
        return 0
    changed = engine.tell_runs(
        actor=actor,
        run_ids=[plan.run_id for plan in plans],
        happenings=told,
        source_type=source_type,
        source_id=source_id,
    )
    _went_on(actor, changed)
    return len(changed)


def _went_on(actor: Actor, changed: Collection[engine.Recorded]) -> None:
    if not changed:
        return
    items.went_on(actor, [each.run.id for each in changed], gone=(step for each in changed for step in each.gone))
