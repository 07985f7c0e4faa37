"""What the page of the first talk needs to know: what is there already, who may be meant, and what was stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, SearchTerm, Shown
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.organisations import selectors as organisations
from medspiller.people import policies
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.first_talk import LooksAfter
from medspiller.people.domain.persons import PersonDetails, looks_like_person_number
from medspiller.people.models import ChildTold, FirstTalk
from medspiller.people.selectors._built import problem_of
from medspiller.people.selectors._numbers import owner_of_number
from medspiller.people.selectors._seen import Family
from medspiller.people.selectors.children import SeenAnswer, _answers_of
from medspiller.people.selectors.duplicates import likely_same
from medspiller.people.selectors.family import _log, _read
from medspiller.people.selectors.persons import SeenPerson
from medspiller.people.selectors.telling import SEEN, Tellings, tellings

RECORD = policies.REGISTER_PERSON
# What was told of the children, with the talk itself: the page asks for both each time.
_TOLD = ArraySubquery(
    ChildTold.objects.filter(patient_id=OuterRef("patient_id")).values(
        told=JSONObject(child="child_id", born="birth_year", by="looked_after_by")
    )
)


@dataclass(frozen=True, slots=True)
class SoFar:
    """A patient with what is registered around them. `mark` changes when that does, and is empty if it is nothing."""

    family: Family
    answers: tuple[SeenAnswer, ...]
    mark: str = ""

    @property
    def replies(self) -> dict[ChildrenTopic, ChildrenReply]:
        return {each.topic: each.reply for each in self.answers}


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody whom the actor may open, and who may be the one that was typed."""

    person_id: UUID
    name: str
    birth_date: date | None


@dataclass(frozen=True, slots=True)
class ChildLookedAfter:
    """What was told of a child, beside what stands on the child's own row."""

    child_id: UUID
    birth_year: int | None
    looked_after_by: LooksAfter | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """
    What stands after a first talk: the family as it is now, and what may be told to each.

    `number_only` are those around the patient whose own page stays closed: the unit has them only as whom to call.
    `can_be_taken_back` is whether the actor stored it a short while ago; whether anything was built upon it is asked
    then. Once `taken_back_at`, nothing of it holds.
    """

    talk_id: UUID
    recorded_by: str
    recorded_at: datetime
    so_far: SoFar
    tellings: Tellings
    children: tuple[ChildLookedAfter, ...]
    number_only: frozenset[UUID] = frozenset()
    can_be_taken_back: bool = False
    taken_back_at: datetime | None = None


def units_for_first_talk(*, actor: Actor) -> list[tuple[UUID, str]]:
    """
    Return the units for which the actor may write down a first talk, the one they work in first.

    :raises NotAllowed: if there are none.
    """
    able = policies.ensure_units(actor, RECORD)
    rows = organisations.units(actor=actor, on=clock.today()).filter(id__in=able).values_list("id", "name")
    return sorted(rows, key=lambda unit: (unit[0] != actor.unit_id, unit[1]))


def talk_so_far(*, actor: Actor, patient_id: UUID) -> SoFar:
    """
    Return a patient and what is registered around them. Everybody named is in the log.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file.
    """
    # The mark is of the family as it is read here: what is written meanwhile is found out when the talk is saved.
    view, seen = _read(actor=actor, person_id=patient_id, with_mark=True)
    answers = _answers(seen)
    _log(view, seen, also=(Information.CHILDREN,) if answers else ())
    return SoFar(family=seen, answers=answers, mark=view.around.mark)


def patient_by_number(*, actor: Actor, number: str) -> UUID | None:
    """
    Return whom a person number belongs to, if the actor may open them; None if nobody is registered with it.

    :raises Closed: if it is somebody whom the actor has no need to know.
    :raises NotAllowed: if it is the actor.
    """
    if not looks_like_person_number(number):
        return None
    row = owner_of_number(number)
    shown: Sequence[Shown] = ()
    if row is not None:
        answer = policies.ensure_open(actor, row, action=RECORD, at=clock.now())
        shown = [Shown(row.id, "people.Person", row.id, basis=policies.basis_of(answer))]
    audit.record_search(
        actor=actor,
        action=RECORD,
        terms_description=SearchTerm.PERSON_NUMBER,
        information=Information.NAME_AND_BIRTH if shown else (),
        shown=shown,
    )
    return row.id if row is not None else None


def alike(*, actor: Actor, details: Sequence[PersonDetails], phones: Sequence[str] = ()) -> list[list[Alike]]:
    """
    Return, for each of several persons that were typed, who among those the actor may open may be meant.

    By name as it sounds, with slips, and by birth date and telephone where they are known.
    Whom a person number was typed for is found by that. Whoever is shown is in the log.

    :raises NotAllowed: if the actor may register nobody anywhere.
    """
    wanted = [each if not each.person_number else PersonDetails("", "") for each in details]
    found = likely_same(actor=actor, details=wanted, phones=phones or [""] * len(wanted))
    return [[_alike(each.person) for each in likely] for likely in found]


def first_talk(*, actor: Actor, talk_id: UUID) -> Receipt:
    """
    Return what stands after a first talk. Everybody named is in the log.

    :raises NotFound: if there is no such talk; `Closed`, if the actor has no need to know the patient.
    :raises NotAllowed: if it is the actor's own file.
    """
    row = FirstTalk.objects.filter(id=talk_id).annotate(told=_TOLD).first()
    if row is None:
        raise NotFound(f"first talk {talk_id}")
    view, seen = _read(actor=actor, person_id=row.patient_id)
    _log(view, seen, also=(Information.CHILDREN, *SEEN))
    so_far = SoFar(family=seen, answers=_answers(seen))
    told = _tellings(actor, seen)
    return Receipt(
        talk_id=row.id,
        recorded_by=row.recorded_by_name,
        recorded_at=row.recorded_at,
        so_far=so_far,
        tellings=told,
        children=tuple(
            ChildLookedAfter(
                child_id=UUID(each["child"]),
                birth_year=each["born"],
                looked_after_by=LooksAfter(each["by"]) if each["by"] else None,
            )
            # Told of the patient's children is nobody who does not follow the patient up.
            for each in (row.told if so_far.answers else ())
        ),
        number_only=frozenset(
            each.person_id
            for each in seen.near
            if each.may_open and not policies.opens_own_facts(view.answers[each.person_id])
        ),
        can_be_taken_back=row.recorded_by == actor.id and problem_of(row) is None,
        taken_back_at=row.taken_back_at,
    )


def _tellings(actor: Actor, seen: Family) -> Tellings:
    """What may be told to each, of a patient who was opened and logged already."""
    opened = SeenPerson(
        id=seen.id,
        given_name=seen.given_name,
        family_name=seen.family_name,
        birth_date=seen.birth_date,
        died_on=seen.died_on,
        protected_address=seen.protected_address,
        answer=seen.answer,
    )
    return tellings(actor=actor, patient_id=seen.id, seen=opened)


def _answers(seen: Family) -> tuple[SeenAnswer, ...]:
    """What was answered of the children: nothing to a unit that only has the patient's telephone number."""
    followed_up = policies.opens_own_facts(seen.answer) or seen.answer.emergency is not None
    return tuple(_answers_of(seen.id)) if followed_up else ()


def _alike(person: SeenPerson) -> Alike:
    return Alike(person_id=person.id, name=person.name, birth_date=person.birth_date)
