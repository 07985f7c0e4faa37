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

UNANSWERED_PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class ChildLine:
    """
    A minor child or sibling of a patient. `name` is empty where it is kept back.

    `age` is the youngest they can be: of whoever has only a `birth_year`, the latest birthday counts. It is None where
    nobody knows how old they are.
    `stage` is None where the actor may not open the child: then nothing of a file is told.
    `pathway` is the slug of the plan that would begin for them.
    """

    person_id: UUID
    name: str
    age: int | None
    kinds: tuple[RelationKind, ...]
    pathway: str
    may_open: bool
    stage: Stage | None
    file_id: UUID | None = None
    plan_ids: tuple[UUID, ...] = ()
    birth_year: int | None = None

    @property
    def is_own(self) -> bool:
        """Whether they are the patient's child, step-child or foster child, and no sibling."""
        return not rules.OWN.isdisjoint(self.kinds)


@dataclass(frozen=True, slots=True)
class ChildrenOfPatient:
    """
    How far it has come with a patient: why it is asked, what was answered, and the children, the youngest first.

    `age_unknown` are children and siblings of whom nobody knows how old they are: they may be minors.
    """

    patient_id: UUID
    name: str
    reasons: tuple[SeenReason, ...]
    answers: tuple[SeenAnswer, ...]
    stage: Stage
    children: tuple[ChildLine, ...]
    age_unknown: tuple[ChildLine, ...] = ()


@dataclass(frozen=True, slots=True)
class UnansweredPatient:
    """A patient who has not been asked, since a day; `late` after a week, which is local practice."""

    person: Mentioned
    since: date
    late: bool


@dataclass(frozen=True, slots=True)
class UnitWithoutAnswers:
    """A unit with how many patients it has not asked, and of how many that is late."""

    unit_id: UUID
    unit_name: str
    patients: int
    late: int


@dataclass(frozen=True, slots=True)
class UnansweredPage:
    """
    One page of the patients whom a unit has not asked, the longest waiting first.

    `named` are those whom the actor may open, `unnamed` how many stand on the page without their names.
    """

    named: tuple[UnansweredPatient, ...]
    unnamed: int


@dataclass(frozen=True, slots=True)
class ComingOfAge:
    """
    What changes by age for a child with a file; `file` is what changes of the file, `is_grown` that it is due.

    With `birth_unknown` nobody has written down when the child was born: then nothing of it is told by itself.
    """

    changes: AgeChanges
    turns_adult_on: date | None
    file: tuple[Sentence, ...]
    is_grown: bool
    birth_unknown: bool = False


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
    unknown = [_line(each, files, died=False) for each in family.near if _is_of_unknown_age(each)]
    by_law = [each for each in answers if each.by_law]
    said_yes = any(each.reply is ChildrenReply.YES for each in by_law)
    return ChildrenOfPatient(
        patient_id=patient_id,
        name=f"{family.given_name} {family.family_name}".strip(),
        reasons=tuple(reasons),
        answers=tuple(answers),
        stage=rules.stage_of_patient(
            has_reason=bool(reasons),
            died=family.died_on is not None,
            unanswered=any(each.ask_again for each in by_law),
            said_yes=said_yes,
            # Who may be grown up counts where the patient has told of somebody who is not.
            registered=len(lines) + (len(unknown) if said_yes else 0),
        ),
        children=tuple(sorted(lines, key=lambda each: (each.age or 0, each.name, each.person_id))),
        age_unknown=tuple(sorted(unknown, key=lambda each: (each.name, each.person_id))),
    )


def units_without_answers(*, actor: Actor) -> tuple[UnitWithoutAnswers, ...]:
    """
    Return the units with patients whom nobody has asked, though there is a reason to, by name: counts and no names.

    To leaders and to whoever leads the work with children, of their units and those below.

    :raises NotAllowed: to anybody else.
    """
    policies.ensure(actor, policies.SEE_CHILDREN)
    found = people.children_unanswered_counts(
        actor=actor,
        action=policies.SEE_CHILDREN,
        within=people.reach(actor=actor),
        late_before=clock.now() - CHILDREN_WITHIN,
    )
    return tuple(UnitWithoutAnswers(each.unit_id, each.unit_name, each.patients, each.late) for each in found)


def unanswered_patients(
    *, actor: Actor, unit_id: UUID, page: int = 1, size: int = UNANSWERED_PER_PAGE
) -> UnansweredPage:
    """
    Return one page of the patients whom one unit has not asked. Each who is named is in the log.

    :raises NotAllowed: to whoever has not that task for the unit.
    """
    policies.ensure(actor, policies.SEE_CHILDREN, unit_id=unit_id)
    within = people.reach(actor=actor)
    rows = people.children_unanswered(
        actor=actor,
        action=policies.SEE_CHILDREN,
        within=within,
        unit_id=unit_id,
        first=(max(page, 1) - 1) * size,
        most=size,
    )
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
    seen = tuple(_patient(row, named[row.patient_id]) for row in rows if row.patient_id in named)
    return UnansweredPage(seen, len(rows) - len(seen))


def coming_of_age(*, actor: Actor, file_id: UUID) -> ComingOfAge:
    """
    Return what changes for a child with a file at twelve, sixteen and eighteen, before it happens. It is in the log.

    Nothing for an adult's file.

    :raises NotFound: if there is no such file, or for a citizen another's; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows them up.
    """
    opened = policies.opened_file(actor, file_id, own_action=policies.READ_OWN_FILE)
    subject = opened.subject
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
    return _ages_in_file(opened)


def _ages_in_file(opened: policies.OpenedFile) -> ComingOfAge:
    """Return the same of a file that was opened, for whoever logs it."""
    subject, today = opened.subject, clock.today()
    if opened.file.kind == FileKind.ADULT:
        return ComingOfAge(AgeChanges(), None, (), is_grown=False)
    changes = people.age_changes(actor=opened.actor, person_id=subject.person_id)
    grown_on = reaches(subject.birth_date, months=rules.GROWN_AT * MONTHS) if subject.birth_date else None
    is_grown = grown_on is not None and grown_on <= today
    near = grown_on is not None and grown_on - today <= _TOLD_BEFORE
    told = rules.BECOMES_ADULT if is_grown or near else ()
    return ComingOfAge(changes, grown_on, told, is_grown, birth_unknown=subject.birth_date is None)


_TOLD_BEFORE = timedelta(days=92)


def _is_minor(near: Near) -> bool:
    born = near.born_latest
    return born is not None and _is_kin(near) and age_on(born, clock.today()) < rules.GROWN_AT


def _is_of_unknown_age(near: Near) -> bool:
    return near.born_latest is None and _is_kin(near)


def _is_kin(near: Near) -> bool:
    """A living child or sibling of the patient."""
    live = {each.kind for each in near.relations if each.live}
    return near.died_on is None and bool(live & rules.PATHWAYS.keys())


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
        age=age_on(near.born_latest, clock.today()) if near.born_latest else None,
        kinds=kinds,
        pathway=_pathway(kinds, died=died),
        may_open=near.may_open,
        stage=stage,
        file_id=row.id if row else None,
        plan_ids=tuple(plan.id for plan in plans),
        birth_year=None if near.birth_date else near.birth_year,
    )


def _pathway(kinds: Collection[RelationKind], *, died: bool) -> str:
    try:
        return rules.pathway_for(kinds, patient_died=died)
    except ChildRefused:
        return ""


def _patient(row: Unanswered, person: Mentioned) -> UnansweredPatient:
    is_late = row.since < clock.now() - CHILDREN_WITHIN
    return UnansweredPatient(person, clock.day_of(row.since), is_late)
