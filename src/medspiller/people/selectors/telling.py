"""What may be told to each carer of a patient, and one carer with all that was decided between the two."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis, BasisCode, Information, Shown
from medspiller.core import clock
from medspiller.people import policies
from medspiller.people.models import Person
from medspiller.people.selectors import _owned as owned
from medspiller.people.selectors._answers import CarerTelling, InMatter, Tellings, answers_for
from medspiller.people.selectors._judging import log_reading
from medspiller.people.selectors.consents import SeenConsent, _consents_between
from medspiller.people.selectors.family import _name_of, _shares_own_situation, looked_at
from medspiller.people.selectors.persons import SeenPerson
from medspiller.people.selectors.statements import SeenStatement, _words_about

__all__ = ["CarerPage", "CarerTelling", "InMatter", "Tellings", "carer_page", "tellings"]

VIEW = policies.VIEW_PERSON
SEEN = (Information.CARERS, Information.CONSENTS, Information.MAY_BE_TOLD)


@dataclass(frozen=True, slots=True)
class CarerPage:
    """
    All there is to say of one carer of a patient. `carer_name` is empty where it may not be known.

    `may_edit`: the actor's unit follows the patient up, so that they may write. `statements` are
    the carer's own words, there only while the carer lets this unit know. `may_open_carer`: the
    carer's own page is open to the actor too. `follows_carer`: for the carer's own sake.
    """

    patient_id: UUID
    patient_name: str
    carer_id: UUID
    carer_name: str
    tellings: Tellings
    telling: CarerTelling
    consents: tuple[SeenConsent, ...]
    statements: tuple[SeenStatement, ...]
    may_edit: bool
    may_open_carer: bool
    follows_carer: bool = False


def tellings(*, actor: Actor, patient_id: UUID, at: datetime | None = None, seen: SeenPerson | None = None) -> Tellings:
    """
    Return what may be told to each carer of a patient, now or as it was at a moment, by the law and the facts of then.

    May the actor look is asked of now. With `seen`, the person as `selectors.person` returned
    them, it is not asked again and one statement is all: then the caller has logged `SEEN`, and
    only what must be withheld is logged here. A unit that only has the patient's telephone
    number gets no answers.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file.
    """
    now = at or clock.now()
    if seen is not None:
        person = Person(id=seen.id, birth_date=seen.birth_date, died_on=seen.died_on)
        found = owned.opened_by(actor, person, seen.answer)
    else:
        found = owned.opened(actor=actor, person_id=patient_id, action=VIEW)
    answered = answers_for(found, at=now)
    codes = {each.code for each in answered.circumstances}
    if seen is None:
        log_reading(found, VIEW, codes, also=SEEN)
    elif codes:
        log_reading(found, VIEW, codes, also=())
    return answered


def carer_page(*, actor: Actor, patient_id: UUID, carer_id: UUID, at: datetime | None = None) -> CarerPage:
    """
    Return one carer of a patient with all that was decided between them. The read is in the log of both.

    :raises NotFound: if there is no such patient, or nobody of that id is their carer; `Closed`, if the actor has no
        need to know.
    :raises NotAllowed: if it is the actor's own file, or a unit only has the patient's telephone number.
    """
    view = looked_at(actor=actor, person_id=patient_id)
    patient = view.around.persons[patient_id]
    person = Person(
        id=patient_id,
        given_name=patient["given_name"],
        family_name=patient["family_name"],
        birth_date=patient["birth_date"],
        died_on=patient["died_on"],
    )
    found = owned.ensure_as_patient(owned.opened_by(actor, person, view.answer), action=VIEW)
    policies.ensure(actor, VIEW, unit_id=found.unit_id, subject_id=patient_id)
    answered = answers_for(found, at=at or clock.now())
    one = answered.of(carer_id)
    name = _name_of(view, carer_id)
    told = (Information.NAME_AND_BIRTH, Information.CARED_FOR) if name else (Information.CARED_FOR,)
    words = _words_about(patient_id, carer_id) if _shares_own_situation(view, carer_id) else []
    shown = [Shown(carer_id, "people.Person", carer_id, information=told)]
    if words:
        let = Basis(code=BasisCode.CONSENT)
        shown.append(Shown(carer_id, "people.Person", carer_id, basis=let, information=(Information.NEEDS,)))
    log_reading(found, VIEW, {each.code for each in one.circumstances}, also=SEEN, others=shown)
    return CarerPage(
        patient_id=patient_id,
        patient_name=person.name,
        carer_id=carer_id,
        carer_name=name,
        tellings=answered,
        telling=one,
        consents=_consents_between(found=found, carer_id=carer_id, carer_name=name),
        statements=tuple(words),
        may_edit=found.own_subject,
        may_open_carer=view.answers[carer_id].allowed,
        follows_carer=policies.opens_own_facts(view.answers[carer_id]),
    )
