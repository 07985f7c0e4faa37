"""
What may be told to each carer of a patient: the tables of `domain.telling`, asked with what is stored.

What only somebody's judgement can say holds when somebody has written it down, and not
otherwise. From sixteen the patient is taken to decide for themselves, in every matter but
those in which it was decided otherwise; so there is one answer for all other matters and one
for each of these. What the carer knows already is not stored: it may always be talked about.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from medspiller.core.errors import NotFound
from medspiller.people.domain import consents as consent_rules
from medspiller.people.domain import telling
from medspiller.people.domain.circumstances import Circumstance
from medspiller.people.domain.consents import ConsentState, ConsentTopic, HeldConsent, Obtained
from medspiller.people.domain.persons import age_on
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.domain.telling import Case, Telling
from medspiller.people.domain.telling.complaints import Complaint, complaint
from medspiller.people.domain.telling.participation import Matter, participation
from medspiller.people.domain.telling.records import record_access
from medspiller.people.selectors._owned import Opened
from medspiller.people.selectors._patient_facts import Decision, HeldCircumstance, PatientFacts, facts_of

DECIDES_ALONE = 16
# Roles whose paper says how far they reach.
_MANDATED = frozenset({Role.VERGE, Role.VERGE_FRATATT, Role.FREMTIDSFULLMEKTIG, Role.FULLMEKTIG})


@dataclass(frozen=True, slots=True)
class InMatter:
    """
    The answers in one matter: `decision` says which; None is all matters in which nothing was decided.

    `presumed`: nobody has assessed whether the patient can decide, so that they are taken to.
    `deprived_of_capacity`: somebody is guardian because a court has taken it from the patient.
    """

    case: Case
    wish: Case
    decision: Decision | None = None
    deprived_of_capacity: bool = False

    @property
    def presumed(self) -> bool:
        return self.decision is None and self.case.patient.competent is True

    @property
    def health(self) -> Telling:
        """Whether health information may be told."""
        return telling.information(self.case)

    @property
    def participation(self) -> Telling:
        """Whether the carer takes part in the patient's care."""
        return participation(self.wish)

    @property
    def plan(self) -> Telling:
        """Whether the carer takes part in the individual plan."""
        return participation(self.wish, Matter.INDIVIDUAL_PLAN)

    @property
    def record_access(self) -> Telling:
        """Whether the carer may read the patient's record."""
        return record_access(self.case)

    @property
    def who_decides(self) -> telling.HealthDecision | None:
        """Who says yes or no to the patient's health care; None for the dead."""
        patient, held = self.case.patient, self.case.circumstances or frozenset()
        if patient.dead:
            return None
        refuses = telling.Circumstance.CHILD_REFUSES_WITH_REASON in held
        withheld = telling.Circumstance.WEIGHTY_INTEREST_AGAINST_PARENTS in held or (
            refuses and patient.age is not None and patient.age >= telling.MAY_REFUSE_PARENTS
        )
        return telling.health_decision(
            patient, parents_may_know=not withheld, deprived_of_capacity=self.deprived_of_capacity
        )

    @property
    def who_consents(self) -> telling.ConsentGiver | None:
        """Whose yes lets others be told; None for the dead."""
        return None if self.case.patient.dead else telling.who_consents(self.case.patient)

    def complaint(self, about: Complaint) -> Telling:
        """Whether the carer may complain of something."""
        return complaint(self.case, about)


@dataclass(frozen=True, slots=True)
class CarerTelling:
    """What may be told to one carer, and what is known of the two that decides it."""

    carer_id: UUID
    kinds: tuple[RelationKind, ...]
    roles: tuple[Role, ...]
    general: InMatter
    in_matters: tuple[InMatter, ...]
    consent: consent_rules.Standing
    circumstances: tuple[HeldCircumstance, ...]

    @property
    def health(self) -> Telling:
        """What stands first, beside the relation: the answer in all matters in which nothing was decided."""
        return self.general.health

    def in_matter(self, decision_id: UUID | None) -> InMatter:
        """
        Return the answers in the matter that was decided so.

        :raises NotFound: if no such decision stands.
        """
        if decision_id is None:
            return self.general
        for each in self.in_matters:
            if each.decision is not None and each.decision.judged.id == decision_id:
                return each
        raise NotFound(f"decision {decision_id}")


@dataclass(frozen=True, slots=True)
class Tellings:
    """The answers for every carer of a patient as they were at `at`. `age` in whole years, at death for the dead."""

    patient_id: UUID
    at: datetime
    day: date
    age: int | None
    dead: bool
    decisions: tuple[Decision, ...] = ()
    circumstances: tuple[HeldCircumstance, ...] = ()
    carers: tuple[CarerTelling, ...] = ()

    def of(self, carer_id: UUID) -> CarerTelling:
        """
        Return the answers for one carer.

        :raises NotFound: if nobody of that id was a carer then.
        """
        for each in self.carers:
            if each.carer_id == carer_id:
                return each
        raise NotFound(f"carer {carer_id}")


@dataclass(frozen=True, slots=True)
class _Patient:
    id: UUID
    age: int | None
    dead: bool
    facts: PatientFacts = field(repr=False)


def answers_for(found: Opened, *, at: datetime) -> Tellings:
    """Return the answers for an opened patient. One statement; whoever asks logs it."""
    person, facts = found.person, facts_of(found.person.id, at=at)
    dead = person.died_on is not None and person.died_on <= facts.day
    counted = person.died_on if dead and person.died_on else facts.day
    born = person.birth_date
    age = age_on(born, counted) if born and born <= counted else None
    if not found.as_patient:
        return Tellings(patient_id=person.id, at=at, day=facts.day, age=age, dead=dead)
    patient = _Patient(id=person.id, age=age, dead=dead, facts=facts)
    return Tellings(
        patient_id=person.id,
        at=at,
        day=facts.day,
        age=age,
        dead=dead,
        decisions=facts.decisions,
        circumstances=facts.circumstances,
        carers=tuple(_carer(patient, carer_id) for carer_id in facts.carers),
    )


def _carer(patient: _Patient, carer_id: UUID) -> CarerTelling:
    facts = patient.facts
    roles = [each for each in facts.roles if each.carer_id == carer_id]
    to_carer = [each for each in facts.consents if each.to_person_id == carer_id]
    held = tuple(each for each in facts.circumstances if each.concerns(carer_id))
    own = list(_own(to_carer, patient.age))
    consent = consent_rules.standing(own, topic=ConsentTopic.HEALTH, at=facts.at)
    case = Case(
        on=facts.day,
        patient=telling.Patient(
            age=patient.age,
            dead=patient.dead,
            competent=None if patient.age is not None and patient.age < DECIDES_ALONE else True,
            emergency=any(each.code is Circumstance.SITUATION_CALLS_FOR_IT for each in held),
        ),
        recipient=telling.Recipient(
            roles=frozenset(each.role for each in roles),
            already_knows=False,
            mandate_covers_health=any(each.covers_personal for each in roles if each.role in _MANDATED),
        ),
        topic=telling.Topic.HEALTH,
        consent=telling.Consent(consent.state.value),
        circumstances=frozenset(telling.Circumstance(each.code.value) for each in held if _in_the_tables(each.code)),
        consent_by_nearest=_by_nearest(to_carer, at=facts.at),
    )
    deprived = any(each.role is Role.VERGE_FRATATT for each in facts.roles)
    general = InMatter(case, replace(case, consent=_wish(own, at=facts.at)), deprived_of_capacity=deprived)
    return CarerTelling(
        carer_id=carer_id,
        kinds=tuple(dict.fromkeys(each.kind for each in facts.relations if each.other_id == carer_id)),
        roles=tuple(role for role in Role if role in case.recipient.roles) if case.recipient.roles else (),
        general=general,
        in_matters=tuple(_in_matter(general, each) for each in facts.decisions),
        consent=consent,
        circumstances=held,
    )


def _in_matter(general: InMatter, decision: Decision) -> InMatter:
    def decided(case: Case) -> Case:
        return replace(case, patient=replace(case.patient, competent=decision.competent))

    return replace(general, case=decided(general.case), wish=decided(general.wish), decision=decision)


def _own(consents: Iterable[HeldConsent], age: int | None) -> Iterable[HeldConsent]:
    """Those that speak for the patient: parents' until sixteen, and never the nearest's, who speaks for others."""
    too_old = age is not None and age >= DECIDES_ALONE
    for each in consents:
        if each.obtained is Obtained.BY_REPRESENTATIVE or (each.obtained is Obtained.BY_PARENTS and too_old):
            continue
        yield each


def _by_nearest(consents: Iterable[HeldConsent], *, at: datetime) -> bool:
    by_nearest = [each for each in consents if each.obtained is Obtained.BY_REPRESENTATIVE]
    found = consent_rules.standing(by_nearest, topic=ConsentTopic.HEALTH, at=at)
    return found.state is ConsentState.GIVEN


def _wish(consents: list[HeldConsent], *, at: datetime) -> telling.Consent:
    """Whether the patient wants the carer to take part: in the plan, else in the services."""
    for topic in (ConsentTopic.PLAN, ConsentTopic.SERVICES):
        found = consent_rules.standing(consents, topic=topic, at=at)
        if found.state is not ConsentState.UNKNOWN:
            return telling.Consent(found.state.value)
    return telling.Consent.UNKNOWN


def _in_the_tables(code: Circumstance) -> bool:
    return code is not Circumstance.SITUATION_CALLS_FOR_IT
