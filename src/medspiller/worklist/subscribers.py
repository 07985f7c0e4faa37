"""What the register tells, turned into items: put when something needs somebody, withdrawn when it no longer does."""

from datetime import date
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.events import HoldingEnded, RoleEnded
from medspiller.access.selectors import holder_of
from medspiller.core import clock, tenancy
from medspiller.messages.domain.events import NoticeFailed, NoticeSeenTo, NoticeUncertain
from medspiller.people import selectors as people
from medspiller.people.domain import events, informing
from medspiller.people.domain.children import BY_LAW, ChildrenReply
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.worklist import services
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import WithdrawnWhy
from medspiller.worklist.domain.kinds import PERSON, Kind

NOTICE = "notices.Notice"
CORRECTION = "people.CorrectionRequest"
INVOLVEMENT = "people.Involvement"
COMPETENCE, CONSENT, CIRCUMSTANCE = "people.CompetenceDecision", "people.Consent", "people.CircumstanceJudged"


def ask_about_children(event: events.InvolvementOpened) -> None:
    """Put the question about minor children on the list of a unit that begins to treat somebody, unless answered."""
    if event.basis != InvolvementBasis.TREATMENT:
        return
    if people.registration_was_taken_back(actor=_system(), person_id=event.person_id):
        return
    if people.children_are_asked_about(actor=_system(), person_id=event.person_id):
        return
    _put_children_question(event.person_id, event.unit_id, day=clock.day_of(event.starts_at))


def children_asked(event: events.ChildrenAsked) -> None:
    """Take the question off every list once it is answered; put it there when it is said that nobody has asked."""
    if event.topic not in BY_LAW:
        return
    if people.children_are_asked_about(actor=_system(), person_id=event.patient_id):
        _withdraw(kinds.CHILDREN_QUESTION, PERSON, event.patient_id, why=WithdrawnWhy.ANSWERED)
    elif event.answer == ChildrenReply.NOT_ASKED:
        _put_children_question(event.patient_id, event.unit_id, day=clock.today())


def reason_to_ask(event: events.ChildrenReasonRecorded) -> None:
    """Put the question on the list of a unit that has recorded a reason to ask, unless it was answered since."""
    if not people.children_are_asked_about(actor=_system(), person_id=event.patient_id):
        _put_children_question(event.patient_id, event.unit_id, day=clock.today())


def no_reason_to_ask(event: events.ChildrenReasonEnded) -> None:
    """Take the question off lists where it stood for that reason alone: whoever is treated is asked anyway."""
    if people.has_reason_to_ask(actor=_system(), person_id=event.patient_id):
        return
    treated = people.involvements_to_come(actor=_system()).filter(
        person_id=event.patient_id, basis=InvolvementBasis.TREATMENT.value
    )
    if not treated.exists():
        _withdraw(kinds.CHILDREN_QUESTION, PERSON, event.patient_id, why=WithdrawnWhy.ENDED)


def review_competence(event: events.CompetenceDecided) -> None:
    """Put a judgement of somebody's competence on the list of the unit that made it, for the day it is reviewed."""
    _review(kinds.REVIEW_COMPETENCE, COMPETENCE, event.decision_id, event.patient_id, [event.unit_id], event.review_on)


def competence_ended(event: events.CompetenceEnded) -> None:
    """Take a judgement that no longer holds off the list."""
    _withdraw(kinds.REVIEW_COMPETENCE, COMPETENCE, event.decision_id, why=WithdrawnWhy.ENDED)


def review_consent(event: events.ConsentGiven) -> None:
    """Put a consent on the list for the day its owner is asked again: of the unit it was given to, or all of theirs."""
    # That there is a consent is the owner's own: nothing for a unit that only has their number.
    units = [event.unit_id] if event.unit_id else _following(event.owner_id, for_own_sake=True)
    _review(kinds.REVIEW_CONSENT, CONSENT, event.consent_id, event.owner_id, units, event.review_on)


def consent_withdrawn(event: events.ConsentWithdrawn) -> None:
    """Take a consent that no longer holds off the list."""
    _withdraw(kinds.REVIEW_CONSENT, CONSENT, event.consent_id, why=WithdrawnWhy.ENDED)


def review_circumstance(event: events.CircumstanceJudged) -> None:
    """Put a circumstance on the list of the unit that judged it, for the day it is looked at again."""
    units = [event.unit_id]
    _review(kinds.REVIEW_CIRCUMSTANCE, CIRCUMSTANCE, event.circumstance_id, event.patient_id, units, event.review_on)


def circumstance_ended(event: events.CircumstanceEnded) -> None:
    """Take a circumstance that is there no more off the list."""
    _withdraw(kinds.REVIEW_CIRCUMSTANCE, CIRCUMSTANCE, event.circumstance_id, why=WithdrawnWhy.ENDED)


def inform_carer(event: events.CarerRegistered) -> None:
    """Put a carer who was registered on the unit's list, to be told within a month, unless they have been."""
    if people.is_informed(actor=_system(), person_id=event.carer_id):
        return
    if people.registration_was_taken_back(actor=_system(), person_id=event.carer_id, patient_id=event.patient_id):
        return
    _put_informing(event.carer_id, event.unit_id, due_on=informing.due_after(event.registered_on))


def inform_carer_still(event: events.InvolvementOpened) -> None:
    """Put a carer who was never told on the list of a unit that begins to have to do with them."""
    due_on = people.to_be_informed_by(actor=_system(), person_id=event.person_id)
    if due_on is not None:
        _put_informing(event.person_id, event.unit_id, due_on=due_on)


def registration_taken_back(event: events.RegistrationTakenBack) -> None:
    """Take off that somebody is to be told of a registration that was a mistake; of somebody else nothing is left."""
    which = (kinds.INFORM_CARER,) if event.still_registered else tuple(kinds.KINDS.values())
    services.withdraw_kinds(actor=_system(), person_id=event.person_id, which=which, why=WithdrawnWhy.ENDED)


def person_informed(event: events.PersonInformed) -> None:
    """Take a person who was told off every list."""
    _withdraw(kinds.INFORM_CARER, PERSON, event.person_id, why=WithdrawnWhy.INFORMED)


def person_died(event: events.PersonDied) -> None:
    """Take off what nobody does for the dead, and ask of the children of a patient who has died (§ 10 b)."""
    services.withdraw_kinds(
        actor=_system(),
        person_id=event.person_id,
        which=(kinds.INFORM_CARER, kinds.AGE_AHEAD),
        why=WithdrawnWhy.ENDED,
    )
    if people.children_are_asked_about(actor=_system(), person_id=event.person_id):
        return
    treating = people.involvements_to_come(actor=_system()).filter(
        person_id=event.person_id, basis=InvolvementBasis.TREATMENT.value
    )
    for unit_id in sorted(set(treating.values_list("unit_id", flat=True))):
        _put_children_question(event.person_id, unit_id, day=clock.today())


def person_lives(event: events.PersonChanged) -> None:
    """Put back that somebody whose death was a mistake is to be told that they are registered."""
    due_on = people.to_be_informed_by(actor=_system(), person_id=event.person_id)
    if "died_on" not in event.fields or due_on is None:
        return
    for unit_id in _following(event.person_id):
        _put_informing(event.person_id, unit_id, due_on=due_on)


def age_ahead(event: events.AgeChangeAhead) -> None:
    """Put a person who soon comes of an age on the lists of those who follow them up."""
    _review(kinds.AGE_AHEAD, PERSON, event.person_id, event.person_id, _following(event.person_id), event.on)


def correction_asked(event: events.CorrectionAsked) -> None:
    """Put a request to have something corrected on the list of the unit that was asked."""
    _review(kinds.CORRECTION, CORRECTION, event.request_id, event.person_id, [event.unit_id], event.answer_by)


def correction_answered(event: events.CorrectionAnswered) -> None:
    """Take a request that was answered off the list."""
    _withdraw(kinds.CORRECTION, CORRECTION, event.request_id, why=WithdrawnWhy.ANSWERED)


def see_to_notice(event: NoticeUncertain | NoticeFailed) -> None:
    """Put a notice that may not have arrived on the list of the unit that looks after it."""
    services.put(
        actor=_system(),
        kind=kinds.NOTICE.code,
        subject_type=NOTICE,
        subject_id=event.notice_id,
        unit_id=event.unit_id,
        due_on=clock.today() + kinds.NOTICE_WITHIN,
    )


def notice_seen_to(event: NoticeSeenTo) -> None:
    """Take a notice off the list that arrived after all, or that somebody has decided about."""
    _withdraw(kinds.NOTICE, NOTICE, event.notice_id, why=WithdrawnWhy.SEEN_TO)


def handed_on(event: events.PersonHandedOn) -> None:
    """Put a person on the list of a unit that another has handed them on to."""
    services.put(
        actor=_system(),
        kind=kinds.HANDED_ON.code,
        subject_type=INVOLVEMENT,
        subject_id=event.involvement_id,
        person_id=event.person_id,
        unit_id=event.unit_id,
        due_on=event.handed_on + kinds.HANDED_ON_WITHIN,
    )


def no_longer_followed_up(event: events.InvolvementClosed) -> None:
    """Take a person off the list of a unit that has nothing more to do with them."""
    services.withdraw_about(actor=_system(), person_id=event.person_id, unit_id=event.unit_id)


def persons_merged(event: events.PersonsMerged) -> None:
    """Let what was about the row that is gone be about the one that was kept."""
    services.move_person(actor=_system(), gone_id=event.gone_id, kept_id=event.kept_id)


def merge_undone(event: events.MergeUndone) -> None:
    """Give the row that is back what was on the lists about it."""
    services.move_person_back(actor=_system(), gone_id=event.gone_id)


def holding_ended(event: HoldingEnded) -> None:
    """Let what somebody had taken who has left a post be nobody's again."""
    services.leave_items(actor=_system(), user_id=event.user_id)


def role_ended(event: RoleEnded) -> None:
    """Let what somebody had taken who has lost a role be nobody's again."""
    system = _system()
    services.leave_items(actor=system, user_id=holder_of(actor=system, holding_id=event.holding_id))


def _system() -> Actor:
    return actors.system(tenancy.current_tenant())


def _following(person_id: UUID, *, for_own_sake: bool = False) -> list[UUID]:
    found = people.involvements_to_come(actor=_system()).filter(person_id=person_id)
    if for_own_sake:
        found = found.exclude(basis=InvolvementBasis.EMERGENCY_CONTACT.value)
    return sorted(set(found.values_list("unit_id", flat=True)))


def _put_children_question(person_id: UUID, unit_id: UUID, *, day: date) -> None:
    services.put(
        actor=_system(),
        kind=kinds.CHILDREN_QUESTION.code,
        subject_type=PERSON,
        subject_id=person_id,
        person_id=person_id,
        unit_id=unit_id,
        due_on=day + kinds.CHILDREN_WITHIN,
    )


def _put_informing(person_id: UUID, unit_id: UUID, *, due_on: date) -> None:
    services.put(
        actor=_system(),
        kind=kinds.INFORM_CARER.code,
        subject_type=PERSON,
        subject_id=person_id,
        person_id=person_id,
        unit_id=unit_id,
        due_on=due_on,
    )


def _review(
    kind: Kind, subject_type: str, subject_id: UUID, person_id: UUID, units: list[UUID], on: date | None
) -> None:
    if on is None:
        _withdraw(kind, subject_type, subject_id, why=WithdrawnWhy.RENEWED)
        return
    for unit_id in units:
        services.put(
            actor=_system(),
            kind=kind.code,
            subject_type=subject_type,
            subject_id=subject_id,
            person_id=person_id,
            unit_id=unit_id,
            due_on=on,
        )


def _withdraw(kind: Kind, subject_type: str, subject_id: UUID, *, why: WithdrawnWhy) -> None:
    services.withdraw(actor=_system(), kind=kind.code, subject_type=subject_type, subject_id=subject_id, why=why)
