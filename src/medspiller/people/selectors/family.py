"""
A person's page: who they are, how they are reached, and who is around them.

Two owners meet on it. What the person owns is shown to whoever follows them up; of everybody
else only what they are to this person, unless they have let more be told.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, BasisCode, Information, Shown
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.core.periods import Period
from medspiller.people import policies
from medspiller.people.domain import need_to_know
from medspiller.people.domain.contacts import Channel, ContactSystem, Gender
from medspiller.people.domain.need_to_know import Answer, PersonFacts, Refusal
from medspiller.people.domain.persons import ProtectedAddress, age_on, full_name
from medspiller.people.domain.relations import INVERSE, RelationKind
from medspiller.people.domain.roles import ADULT, Role
from medspiller.people.models import live_emergencies
from medspiller.people.policies import Standing
from medspiller.people.selectors import _around
from medspiller.people.selectors._around import Around, Row
from medspiller.people.selectors._reaching import wrote
from medspiller.people.selectors._seen import (
    Family,
    Near,
    OwnFacts,
    SeenContact,
    SeenRelation,
    SeenRole,
)
from medspiller.people.selectors.persons import InvolvedUnit


@dataclass(frozen=True, slots=True)
class _View:
    """What decides what one actor sees on one person's page."""

    actor: Actor
    person_id: UUID
    at: datetime
    day: date
    around: Around
    stands: Standing
    answers: dict[UUID, Answer]

    @property
    def answer(self) -> Answer:
        return self.answers[self.person_id]


def family(*, actor: Actor, person_id: UUID) -> Family:
    """
    Return a person and who is around them, as far as the actor may know. Everybody named is in the log.

    Three statements beside those that find out who the actor is.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file.
    """
    view, seen = _read(actor=actor, person_id=person_id)
    _log(view, seen)
    return seen


def _read(*, actor: Actor, person_id: UUID, with_mark: bool = False) -> tuple[_View, Family]:
    """Return the same with what it was decided by, for a caller that shows more of it, and logs it with `_log`."""
    view = looked_at(actor=actor, person_id=person_id, with_mark=with_mark)
    return view, _family(view)


def looked_at(*, actor: Actor, person_id: UUID, with_mark: bool = False) -> _View:
    """
    Return what decides what one actor sees on one person's page, for a selector that then logs what it shows of it.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file.
    """
    at, day = clock.now(), clock.today()
    found = _around.around(person_id, at=at, day=day, with_mark=with_mark)
    if person_id not in found.persons:
        raise NotFound(f"person {person_id}")
    stands = policies.standing(actor, at=at) if actor.kind is ActorKind.STAFF else Standing()
    view = _View(actor, person_id, at, day, found, stands, _answers(actor, stands, found, at=at))
    if view.answer.refused is not None:
        raise policies.refusal_of(view.answer.refused, action=policies.VIEW_PERSON, person_id=person_id)
    return view


def _answers(actor: Actor, stands: Standing, found: Around, *, at: datetime) -> dict[UUID, Answer]:
    """The rule's answer for each, from rows that are read already; emergency accesses are read if there are any."""
    known = policies.facts_from(actor, stands)
    emergencies = live_emergencies(stands.emergency & found.persons.keys(), used_by=actor.id, at=at)
    answers = {}
    for person_id, row in found.persons.items():
        facts = PersonFacts(id=person_id, protected_address=ProtectedAddress(row["protected_address"]))
        answers[person_id] = need_to_know.may_open(
            actor=known,
            person=facts,
            involvements=found.involvements.get(person_id, ()),
            emergencies=emergencies.get(person_id, ()),
        )
        if row["merged_into_id"] is not None or actor.kind is not ActorKind.STAFF:
            answers[person_id] = Answer(refused=Refusal.NO_RELATION)
    return answers


def _family(view: _View) -> Family:
    row, answer, actor = view.around.persons[view.person_id], view.answer, view.actor
    owns = policies.opens_own_facts(answer)
    return Family(
        id=view.person_id,
        given_name=row["given_name"],
        family_name=row["family_name"],
        birth_date=row["birth_date"],
        died_on=row["died_on"],
        protected_address=ProtectedAddress(row["protected_address"]),
        has_number=row["has_number"],
        version=row["version"],
        answer=answer,
        units=tuple(
            InvolvedUnit(
                involvement_id=each.id, unit_id=each.unit_id, unit_name=each.unit_name, basis=each.basis,
                since=each.since,
            )
            for each in view.around.involvements.get(view.person_id, ())
            # Which other units follow a carer up is the carer's own.
            if owns or answer.emergency is not None or each.unit_id in actor.units_with(policies.VIEW_PERSON)
        ),
        names=tuple(_around.seen_name(each) for each in view.around.names) if owns else (),
        contacts=_own_contacts(view),
        near=_near(view),
        own=_own(row) if owns else None,
        informing=_around.seen_informing(view.around.informing) if answer.involvement is not None else None,
        may_edit=policies.may_edit(actor, answer, policies.EDIT_PERSON),
        may_edit_contacts=policies.may_edit(actor, answer, policies.EDIT_PERSON, as_contact=True),
        may_edit_family=policies.may_edit(actor, answer, policies.EDIT_RELATION),
        may_inform=policies.may_edit(actor, answer, policies.INFORM_PERSON, as_contact=True),
    )  # fmt: skip


def _near(view: _View) -> tuple[Near, ...]:
    others: dict[UUID, list[Row]] = {}
    for row in view.around.relations:
        other = row["related_id"] if row["person_id"] == view.person_id else row["person_id"]
        others.setdefault(other, []).append(row)
    found = [each for other, rows in others.items() if (each := _one_near(view, other, rows))]
    return tuple(sorted(found, key=_first_the_nearest))


def _one_near(view: _View, other: UUID, rows: list[Row]) -> Near | None:
    """Somebody around; None for somebody whom the actor is not to know of here."""
    row, opens = view.around.persons[other], view.answers[other].allowed
    roles = [each for each in view.around.roles if each["carer_id"] == other]
    towards = [each for each in view.around.roles if each["patient_id"] == other]
    # Whoever else a carer has around them is the carer's own; who has a role towards the patient is the patient's.
    if row["merged_into_id"] is not None or not (policies.opens_own_facts(view.answer) or opens or roles):
        return None
    grade = ProtectedAddress(row["protected_address"])
    of_patient = bool(towards) and not roles
    named = _is_named(view, other)
    return Near(
        person_id=other,
        name=_name_of(view, other),
        may_open=opens,
        protected_address=grade if named else ProtectedAddress.NONE,
        died_on=row["died_on"] if named else None,
        is_minor=not of_patient and _is_minor(row, view.day),
        relations=tuple(_relation(view, each) for each in rows),
        roles=tuple(_role(view, each) for each in roles),
        # Who cares for a patient is the patient's own.
        roles_towards=tuple(_role(view, each) for each in towards) if opens else (),
        contacts=_contacts_of(view, other, grade) if named else (),
        own=_own_by_consent(view, other),
        birth_date=row["birth_date"],
        birth_year=row["birth_year"],
    )


def _name_of(view: _View, other: UUID) -> str:
    """Return the name of somebody around the person; empty where the actor may not know it."""
    row = view.around.persons[other]
    return full_name(row["given_name"], row["family_name"]) if _is_named(view, other) else ""


def _is_named(view: _View, other: UUID) -> bool:
    """
    Named only to those who may open them are whoever has a strictly protected address, and whoever is cared for.

    That they are is theirs to tell, not their carer's.
    """
    is_carer = any(each["carer_id"] == other for each in view.around.roles)
    only_cared_for = not is_carer and any(each["patient_id"] == other for each in view.around.roles)
    strict = ProtectedAddress(view.around.persons[other]["protected_address"]) is ProtectedAddress.STRICT
    return view.answers[other].allowed or not (only_cared_for or strict)


def _first_the_nearest(near: Near) -> tuple[bool, bool, bool, str, UUID]:
    nearest = any(each.live and each.role in (Role.NAERMESTE, Role.NAERMESTE_STATUTORY) for each in near.roles)
    has_role = any(each.live for each in near.roles)
    return (not near.live, not nearest, not has_role, near.name.casefold(), near.person_id)


def _relation(view: _View, row: Row) -> SeenRelation:
    kind = RelationKind(row["kind"])
    period = Period(row["valid_from"], row["valid_to"])
    return SeenRelation(
        id=row["id"],
        kind=kind if row["person_id"] == view.person_id else INVERSE[kind],
        cohabiting=row["cohabiting"],
        period=period,
        version=row["version"],
        live=view.day in period,
    )


def _role(view: _View, row: Row) -> SeenRole:
    period, now = Period(row["valid_from"], row["valid_to"]), _around.role_now(view.around, row, day=view.day)
    return SeenRole(
        id=row["id"],
        relation_id=row["relation_id"],
        role=now or Role(row["role"]),
        period=period,
        live=view.day in period and now is not None,
        named_by_patient=row["named_by_patient"],
        basis=row["basis"],
        reasoning=row["reasoning"],
        covers_personal=row["covers_personal"],
        recorded_by=row["recorded_by_name"],
        recorded_at=row["recorded_at"],
        end_reason=row["end_reason"],
    )


def _own_contacts(view: _View) -> tuple[SeenContact, ...]:
    """The person's own: all of them to whoever follows them up, telephone and e-mail to whoever has their number."""
    rows = view.around.contacts.get(view.person_id, ())
    if policies.opens_own_facts(view.answer):
        return tuple(_around.seen_contact(row, may_change=True) for row in rows)
    grade = ProtectedAddress(view.around.persons[view.person_id]["protected_address"])
    return _contacts_of(view, view.person_id, grade, is_subject=view.answer.involvement is not None)


def _contacts_of(
    view: _View, other: UUID, grade: ProtectedAddress, *, is_subject: bool = False
) -> tuple[SeenContact, ...]:
    """What a unit may ring or write to for the sake of somebody else: never where they live."""
    involved = {each.unit_id for each in view.around.involvements.get(other, ())}
    if grade is not ProtectedAddress.NONE or other in view.stands.closed:
        return ()
    if not involved & view.actor.units_with(policies.VIEW_PERSON):
        return ()
    return tuple(
        _around.seen_contact(row, may_change=is_subject and wrote(view.actor, row["stored_for"]))
        for row in view.around.contacts.get(other, ())
        if row["system"] != ContactSystem.ADDRESS
    )


def _shares_own_situation(view: _View, other: UUID) -> bool:
    """Say whether somebody around lets a unit know how they are that both is the actor's and follows this person up."""
    if not policies.opens_own_facts(view.answer) or other in view.stands.closed:
        return False
    following = {
        each.unit_id
        for each in view.around.involvements.get(view.person_id, ())
        if each.unit_id in view.actor.units_with(policies.VIEW_PERSON)
    }
    return bool(following & view.around.consents.get(other, set()))


def _own_by_consent(view: _View, other: UUID) -> OwnFacts | None:
    if not _shares_own_situation(view, other):
        return None
    row = view.around.persons[other]
    return OwnFacts(gender=None, language=row["language"], needs_interpreter=row["needs_interpreter"])


def _log(
    view: _View, seen: Family, *, also: tuple[Information, ...] = (), withheld: tuple[Information, ...] = ()
) -> None:
    """Log everybody named, in one statement: `also` of the person; what is `withheld` in entries of its own."""
    basis = policies.basis_of(view.answer)
    told = [tuple(dict.fromkeys((*_information(seen), *also))), *((each,) for each in withheld)]
    shown = [Shown(person_id=seen.id, subject_type="people.Person", subject_id=seen.id, basis=basis, information=each)
             for each in told]  # fmt: skip
    for each in seen.near:
        if each.name and each.person_id not in view.stands.own:
            answer = view.answers[each.person_id]
            # Where the patient is followed up is nothing that a carer's log may tell.
            why = policies.basis_of(answer) if answer.allowed else Basis(code=BasisCode.INVOLVEMENT)
            shown.append(
                Shown(
                    person_id=each.person_id,
                    subject_type="people.Person",
                    subject_id=seen.id,
                    basis=why,
                    information=_information_of(each),
                )
            )
    audit.record_list(
        actor=view.actor, action=policies.VIEW_PERSON, information=Information.NAME_AND_BIRTH, shown=shown
    )


def _information(seen: Family) -> tuple[Information, ...]:
    told = [Information.NAME_AND_BIRTH, Information.INVOLVEMENT]
    if seen.near:
        told.append(Information.CARERS)
    if seen.contacts:
        told.append(Information.CONTACT_DETAILS)
    if seen.own is not None:
        told.append(Information.NEEDS)
    return tuple(told)


def _information_of(near: Near) -> tuple[Information, ...]:
    told = [Information.NAME_AND_BIRTH, Information.CARED_FOR if near.roles else Information.CARERS]
    if near.contacts:
        told.append(Information.CONTACT_DETAILS)
    if near.own is not None:
        told.append(Information.NEEDS)
    return tuple(told)


def _is_minor(row: Row, day: date) -> bool:
    return row["birth_date"] is not None and row["died_on"] is None and age_on(row["birth_date"], day) < ADULT


def _own(row: Row) -> OwnFacts:
    return OwnFacts(
        gender=Gender(row["gender"]) if row["gender"] else None,
        language=row["language"],
        needs_interpreter=row["needs_interpreter"],
        preferred_channel=Channel(row["preferred_channel"]) if row["preferred_channel"] else None,
        best_time=row["best_time"],
        wants_notices=row["wants_notices"],
    )
