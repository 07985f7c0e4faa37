"""
Children as next of kin: how far it has come with a patient and each child, and which units have not asked.

What is the patient's and what is the child's stay two things: that a child has a file is told
only to whoever may open the child.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind, Shown
from medspiller.core import clock
from medspiller.followup import policies
from medspiller.followup.domain import children as rules
from medspiller.followup.domain.children import ChildRefused, Stage
from medspiller.followup.domain.files import FileKind, FileState
from medspiller.followup.models import CarerFile, Plan
from medspiller.people import selectors as people
from medspiller.people.domain.children import ChildrenReply
from medspiller.people.domain.persons import age_on
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.sentences import Sentence
from medspiller.people.domain.telling.age_rules import MONTHS
from medspiller.people.domain.telling.ages import reaches
from medspiller.people.selectors import AgeChanges, Mentioned, Near, SeenAnswer, SeenReason, Unanswered
from medspiller.worklist.domain.kinds import CHILDREN_WITHIN


@dataclass(frozen=True, slots=True)
class ChildLine:
    """
    A minor child or sibling of a patient. `name` is empty where it is kept back.

    `stage` is None where the actor may not open the child: then nothing of a file is told.
    `pathway` is the slug of the plan that would begin for them.
    """

    person_id: UUID
    name: str
    age: int
    kinds: tuple[RelationKind, ...]
    pathway: str
    may_open: bool
    stage: Stage | None
    file_id: UUID | None = None
    plan_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class ChildrenOfPatient:
    """How far it has come with a patient: why it is asked, what was answered, and the children, the youngest first."""

    patient_id: UUID
    name: str
    reasons: tuple[SeenReason, ...]
    answers: tuple[SeenAnswer, ...]
    stage: Stage
    children: tuple[ChildLine, ...]


@dataclass(frozen=True, slots=True)
class UnansweredPatient:
    """A patient who has not been asked, since a day; `late` after a week, which is local practice."""

    person: Mentioned
    since: date
    late: bool


@dataclass(frozen=True, slots=True)
class UnitWithoutAnswers:
    """
    A unit with how many patients it has not asked, and of how many that is late.

    `named` are those of them whom the actor may open, the longest waiting first: the others are only counted.
    """

    unit_id: UUID
    unit_name: str
    patients: int
    late: int
    named: tuple[UnansweredPatient, ...]


@dataclass(frozen=True, slots=True)
class ComingOfAge:
    """What changes by age for a child with a file; `file` is what changes of the file, `is_grown` that it is due."""

    changes: AgeChanges
    turns_adult_on: date | None
    file: tuple[Sentence, ...]
    is_grown: bool


def children_of_patient(*, actor: Actor, patient_id: UUID) -> ChildrenOfPatient:
    """
    Return how far it has come with a patient's minor children and siblings. Everybody named is in the log.

    :raises NotFound: if there is no such patient; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or the unit only has the patient's number.
    """
    reasons = people.children_reasons(actor=actor, person_id=patient_id)
    answers = people.children_answers(actor=actor, person_id=patient_id)
    family = people.family(actor=actor, person_id=patient_id)
    minors = [each for each in family.near if _is_minor(each)]
    files = _files(_opened_to(actor, minors), patient_id)
    lines = [_line(each, files, died=family.died_on is not None) for each in minors]
    by_law = [each for each in answers if each.by_law]
    return ChildrenOfPatient(
        patient_id=patient_id,
        name=f"{family.given_name} {family.family_name}".strip(),
        reasons=tuple(reasons),
        answers=tuple(answers),
        stage=rules.stage_of_patient(
            has_reason=bool(reasons),
            died=family.died_on is not None,
            unanswered=any(each.ask_again for each in by_law),
            said_yes=any(each.reply is ChildrenReply.YES for each in by_law),
            registered=len(lines),
        ),
        children=tuple(sorted(lines, key=lambda each: (each.age, each.name, each.person_id))),
    )


def units_without_answers(*, actor: Actor) -> tuple[UnitWithoutAnswers, ...]:
    """
    Return the units with patients whom nobody has asked, though there is a reason to, by name. Those named are logged.

    To leaders and to whoever leads the work with children, of their units and those below.

    :raises NotAllowed: to anybody else.
    """
    policies.ensure(actor, policies.SEE_CHILDREN)
    within = people.reach(actor=actor)
    rows = people.children_unanswered(actor=actor, action=policies.SEE_CHILDREN, within=within)
    named = people.mentioned(actor=actor, person_ids={row.patient_id for row in rows}, within=within)
    audit.record_list(
        actor=actor,
        action=policies.SEE_CHILDREN,
        information=(Information.NAME_AND_BIRTH, Information.CHILDREN),
        shown=[
            Shown(each.id, "people.Person", each.id, basis=each.basis)
            for each in sorted(named.values(), key=lambda each: each.id)
        ],
    )
    by_unit: dict[UUID, list[Unanswered]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit_id].append(row)
    return tuple(_unit(of_unit, named) for of_unit in by_unit.values())


def coming_of_age(*, actor: Actor, file_id: UUID) -> ComingOfAge:
    """
    Return what changes for a child with a file at twelve, sixteen and eighteen, before it happens. It is in the log.

    Nothing for an adult's file.

    :raises NotFound: if there is no such file, or for a citizen another's; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows them up.
    """
    opened = policies.opened_file(actor, file_id, own_action=policies.READ_OWN_FILE)
    subject, today = opened.subject, clock.today()
    audit.record(
        actor=opened.actor,
        action=policies.READ_FILE,
        kind=Kind.READ,
        information=(Information.NAME_AND_BIRTH, Information.PLAN),
        subject_type="followup.CarerFile",
        subject_id=file_id,
        person_id=subject.person_id,
        basis=subject.basis,
    )
    if opened.file.kind == FileKind.ADULT:
        return ComingOfAge(AgeChanges(), None, (), is_grown=False)
    changes = people.age_changes(actor=opened.actor, person_id=subject.person_id)
    grown_on = reaches(subject.birth_date, months=rules.GROWN_AT * MONTHS) if subject.birth_date else None
    is_grown = grown_on is not None and grown_on <= today
    near = grown_on is not None and grown_on - today <= _TOLD_BEFORE
    return ComingOfAge(changes, grown_on, rules.BECOMES_ADULT if is_grown or near else (), is_grown)


_TOLD_BEFORE = timedelta(days=92)


def _is_minor(near: Near) -> bool:
    if near.birth_date is None or near.died_on is not None:
        return False
    live = {each.kind for each in near.relations if each.live}
    return bool(live & rules.PATHWAYS.keys()) and age_on(near.birth_date, clock.today()) < rules.GROWN_AT


def _opened_to(actor: Actor, minors: Collection[Near]) -> set[UUID]:
    """Whose own file is open to the actor, if there is one: to see a child's page is not enough."""
    rows = people.own_subjects(actor=actor, action=policies.READ_FILE)
    return set(rows.filter(id__in=[each.person_id for each in minors]).values_list("id", flat=True))


@dataclass(frozen=True, slots=True)
class _Files:
    """The newest file of each child the actor may open, and in it the plans about one patient."""

    opens: frozenset[UUID]
    files: dict[UUID, CarerFile]
    plans: dict[UUID, list[Plan]]


def _files(children: Collection[UUID], patient_id: UUID) -> _Files:
    rows = CarerFile.objects.filter(carer_id__in=children).order_by("opened_at", "id")
    files = {row.carer_id: row for row in sorted(rows, key=lambda row: row.state == FileState.OPEN)}
    plans: dict[UUID, list[Plan]] = defaultdict(list)
    for plan in Plan.objects.filter(file__carer_id__in=children, about_id=patient_id).order_by("opened_at", "id"):
        plans[plan.file_id].append(plan)
    return _Files(frozenset(children), files, plans)


def _line(near: Near, files: _Files, *, died: bool) -> ChildLine:
    kinds = tuple(each.kind for each in near.relations if each.live)
    row = files.files.get(near.person_id)
    plans = files.plans.get(row.id, []) if row else []
    stage = None
    if near.person_id in files.opens:
        open_plans = sum(plan.closed_at is None for plan in plans)
        stage = rules.stage_of_child(has_file=row is not None, open_plans=open_plans, plans=len(plans))
    return ChildLine(
        person_id=near.person_id,
        name=near.name,
        age=age_on(near.birth_date, clock.today()) if near.birth_date else 0,
        kinds=kinds,
        pathway=_pathway(kinds, died=died),
        may_open=near.may_open,
        stage=stage,
        file_id=row.id if row else None,
        plan_ids=tuple(plan.id for plan in plans),
    )


def _pathway(kinds: Collection[RelationKind], *, died: bool) -> str:
    try:
        return rules.pathway_for(kinds, patient_died=died)
    except ChildRefused:
        return ""


def _unit(rows: list[Unanswered], named: dict[UUID, Mentioned]) -> UnitWithoutAnswers:
    latest = clock.now() - CHILDREN_WITHIN
    seen = [
        UnansweredPatient(named[row.patient_id], row.since.astimezone(clock.OSLO).date(), row.since < latest)
        for row in sorted(rows, key=lambda row: (row.since, row.patient_id))
        if row.patient_id in named
    ]
    return UnitWithoutAnswers(
        unit_id=rows[0].unit_id,
        unit_name=rows[0].unit_name,
        patients=len(rows),
        late=sum(row.since < latest for row in rows),
        named=tuple(seen),
    )
