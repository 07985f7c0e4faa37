"""What a carer lets a patient's team know, and what carers see of their own file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, BasisCode, Information, Kind, Shown
from medspiller.followup import policies
from medspiller.followup.domain.agreements import HOLDS
from medspiller.followup.domain.files import FileKind, FileState, stands_in, who_answers
from medspiller.followup.models import Agreement, CarerFile, Holding, Plan
from medspiller.followup.selectors._seen import Texts
from medspiller.pathways import selectors as pathways
from medspiller.people import selectors as people
from medspiller.people.domain.consents import ConsentTopic

_FILE = "followup.CarerFile"
# A plan whose pathway has no name for the carer: its own may tell of an illness, or of worry for a child.
UNNAMED: Texts = {"nb": "Oppfølging", "nn": "Oppfølging", "en": "Follow-up"}


@dataclass(frozen=True, slots=True)
class SharedFile:
    """
    What a carer lets the patient's team know: of the plan, of their own situation, or of both.

    `carer` is empty where the name is kept back. Of the plan: who the contact person is, that there are plans and an
    agreement that holds, and nothing of what is in them. Of their own situation: what matters to them.
    """

    carer_id: UUID
    carer: str
    file_id: UUID
    contact: str
    has_plan: bool
    has_agreement: bool
    what_matters: str


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A plan that runs, by the name that is for the carer, and who sees to it."""

    id: UUID
    title: Texts
    holder: str


@dataclass(frozen=True, slots=True)
class OwnFile:
    """
    Their own file as the carer sees it: their words, who answers them, and the plans that run.

    `statements` are what they have let be written of what matters to them beside what stands in the file, newest first.
    """

    id: UUID
    person_id: UUID
    kind: FileKind
    opened_at: datetime
    identified_on: date
    situation: str
    what_matters: str
    contact: str
    unit_id: UUID
    unit_name: str
    plans: tuple[OwnPlan, ...]
    statements: tuple[people.SeenStatement, ...] = ()

    @property
    def who_answers(self) -> str:
        """Whom they call, as staff's page of the file says it too."""
        return who_answers(self.contact, [each.holder for each in self.plans])


def shared_with_team(*, actor: Actor, patient_id: UUID) -> list[SharedFile]:
    """
    Return what carers of a patient let the actor's unit know of their follow-up, right now.

    Nothing without a live consent: about the plan for who the contact is and that there is a plan or an agreement,
    about their own situation for what matters to them. That the same unit follows up both changes nothing. Each carer
    is in the log, and the patient with that their carers were read.

    :raises NotFound: if there is no such patient; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own page.
    """
    around = people.surroundings(actor=actor, person_id=patient_id, action=policies.READ_FILE)
    names = {each.person_id: each.name for each in around.near}
    lets_plan, lets_own = (
        people.sharing_carers(actor=actor, patient_id=patient_id, carer_ids=list(names), topic=topic)
        for topic in (ConsentTopic.PLAN, ConsentTopic.OWN_SITUATION)
    )
    found = CarerFile.objects.filter(carer_id__in=lets_plan | lets_own, state=FileState.OPEN.value)
    files = list(found.order_by("opened_at", "id"))
    running = set(Plan.objects.filter(file__in=files, closed_at=None).values_list("file_id", flat=True))
    holding = Agreement.objects.filter(file__in=files, state__in=[each.value for each in HOLDS])
    agreed = set(holding.values_list("file_id", flat=True))
    shared = [
        SharedFile(
            carer_id=row.carer_id,
            carer=names[row.carer_id],
            file_id=row.id,
            contact=row.contact_name if row.carer_id in lets_plan else "",
            has_plan=row.id in running and row.carer_id in lets_plan,
            has_agreement=row.id in agreed and row.carer_id in lets_plan,
            what_matters=str(row.what_matters or "") if row.carer_id in lets_own else "",
        )
        for row in files
    ]
    if shared:
        _log(actor, around.subject, shared)
    return shared


def _log(actor: Actor, patient: people.Subject, shared: Sequence[SharedFile]) -> None:
    """Each carer reads what was shown of them, and the patient that their carers were."""
    audit.record_list(
        actor=actor,
        action="followup.read_shared",
        information=(Information.CONTACT_PERSON, Information.PLAN, Information.NEEDS),
        shown=[Shown(each.carer_id, _FILE, each.file_id) for each in shared],
        basis=Basis(code=BasisCode.CONSENT),
    )
    audit.record(
        actor=patient.actor,
        action="followup.read_shared",
        kind=Kind.READ,
        information=(Information.CARERS,),
        subject_type="people.Person",
        subject_id=patient.person_id,
        person_id=patient.person_id,
        basis=patient.basis,
    )


def own_file(*, actor: Actor) -> OwnFile | None:
    """
    Return a citizen's own open file; None if nobody follows them up.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.READ_OWN_FILE)
    known = people.registered_as(actor=actor)
    if known.person_id is None:
        return None
    row = CarerFile.objects.select_related("unit").filter(carer_id=known.person_id, state=FileState.OPEN.value).first()
    if row is None:
        return None
    opened = policies.opened_file(actor, row.id, action=policies.READ_FILE, own_action=policies.READ_OWN_FILE)
    plans = Plan.objects.select_related("run").filter(file=row, closed_at=None).order_by("opened_at", "id")
    audit.record(
        actor=opened.actor,
        action=policies.READ_OWN_FILE,
        kind=Kind.READ,
        information=(Information.PLAN, Information.NEEDS, Information.CONTACT_PERSON),
        subject_type=_FILE,
        subject_id=row.id,
        person_id=row.carer_id,
        basis=opened.subject.basis,
    )
    return OwnFile(
        id=row.id,
        person_id=row.carer_id,
        kind=FileKind(row.kind),
        opened_at=row.opened_at,
        identified_on=row.identified_on,
        situation=str(row.situation or ""),
        what_matters=str(row.what_matters or ""),
        contact=row.contact_name,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        plans=_own_plans(actor, list(plans)),
        statements=_said_elsewhere(opened),
    )


def _said_elsewhere(opened: policies.OpenedFile) -> tuple[people.SeenStatement, ...]:
    """
    What a carer has said of themselves in the register beside what stands in the file: the same words once.

    What somebody else says, whom they care for, is none of it.
    """
    in_file = str(opened.file.what_matters or "")
    said = people.statements_of_subject(actor=opened.actor, subject=opened.subject)
    return tuple(each for each in said if not stands_in(in_file, each.text))


def _own_plans(actor: Actor, plans: Sequence[Plan]) -> tuple[OwnPlan, ...]:
    system = actors.system(actor.tenant_id)
    held = dict(Holding.objects.filter(plan__in=plans, ends_at=None).values_list("plan_id", "holder_name"))
    named = {plan.id: pathways.pathway_of(actor=system, pin=plan.run.pin).own_title for plan in plans}
    return tuple(OwnPlan(plan.id, named[plan.id] or UNNAMED, held.get(plan.id, "")) for plan in plans)
