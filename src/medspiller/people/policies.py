"""
Who may see which persons: `domain.need_to_know`, as a check of one person and as a filter of many.

The two give the same answer; a test holds them to each other. A filter costs at most two statements more.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import CharField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from medspiller.access import selectors as access
from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis, BasisCode
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people.domain import need_to_know
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.need_to_know import ActorFacts, Answer, Closed, PersonFacts, Refusal
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import BARS_ALWAYS, BARS_WHILE_IT_LASTS
from medspiller.people.models import Involvement, Person, live_at, live_emergencies, live_involvements_of

VIEW_PERSON = "people.view_person"
REGISTER_PERSON = "people.register_person"
OPEN_INVOLVEMENT = "people.open_involvement"
CLOSE_INVOLVEMENT = "people.close_involvement"
USE_EMERGENCY = "people.use_emergency_access"
REVIEW_EMERGENCY = "people.review_emergency_access"
VIEW_REPORT = "people.view_snooping_report"
ANSWER_QUESTION = "people.answer_access_question"
VIEW_OWN_LOG = "people.view_own_access_log"
EDIT_PERSON = "people.edit_person"
EDIT_RELATION = "people.edit_relation"
EDIT_ROLE = "people.edit_role"
INFORM_PERSON = "people.inform_person"
TELL_AFTER_FOLLOW_UP = "people.tell_after_follow_up"
MERGE_PERSONS = "people.merge_persons"
IMPORT_PATIENTS = "people.import_patients"
ANSWER_CORRECTION = "people.answer_correction"
# What one does about oneself.
VIEW_OWN_PAGE = "people.view_own_page"
EDIT_OWN_DETAILS = "people.edit_own_details"
READ_OWN_NOTICE = "people.read_own_notice"
TAKE_OUT_OWN_DATA = "people.take_out_own_data"
ASK_FOR_CORRECTION = "people.ask_for_correction"

OWN_ACCESS = "own_access"
NO_ROLE = "role"
# The unit only has the person's telephone number, or the actor only looks in an emergency.
NOT_FOLLOWED_UP = "not_followed_up"


# Written out: it is asked with every list, and putting it together anew takes longer than asking it.
_BARS = "(kind = ANY(%s) OR (kind = ANY(%s) AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)))"
_STANDING = f"""
WITH found AS MATERIALIZED (
    SELECT id, merged_into_id FROM people_person WHERE user_id = %s
    UNION SELECT id, merged_into_id FROM people_person WHERE pid_hash = ({{number}})
),
own AS MATERIALIZED (
    SELECT id FROM found UNION SELECT merged_into_id FROM found WHERE merged_into_id IS NOT NULL
)
SELECT 'own', id FROM own
UNION ALL SELECT 'barred', related_id FROM people_relation JOIN own ON person_id = own.id WHERE {_BARS}
UNION ALL SELECT 'barred', person_id FROM people_relation JOIN own ON related_id = own.id WHERE {_BARS}
UNION ALL SELECT 'emergency', person_id FROM people_emergencyaccess
    WHERE used_by = %s AND unit_id = ANY(%s) AND starts_at <= %s AND ends_at > %s
UNION ALL SELECT 'let_no_more', person_id FROM people_involvement let
    WHERE only_while_let <> '{{{{}}}}' AND ends_at <= %s AND unit_id = ANY(%s) AND NOT EXISTS (
        SELECT FROM people_involvement live WHERE live.person_id = let.person_id AND live.unit_id = ANY(%s)
            AND live.starts_at <= %s AND (live.ends_at IS NULL OR live.ends_at > %s))
        AND NOT EXISTS (SELECT FROM people_consent given WHERE given.owner_id = let.person_id
            AND given.to_unit_id = ANY(%s) AND given.decision = 'given' AND given.topics && let.only_while_let
            AND given.starts_at <= %s AND coalesce(least(given.ends_at, given.withdrawn_at), 'infinity') > %s)
        AND NOT EXISTS (SELECT FROM people_emergencyaccess opened JOIN people_person whom ON whom.id = opened.person_id
            WHERE opened.person_id = let.person_id AND used_by = %s AND opened.unit_id = ANY(%s)
            AND opened.starts_at <= %s AND opened.ends_at > %s AND whom.protected_address <> %s)
"""  # noqa: S608 - constants; values are parameters


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where an actor stands to single persons: those they are, are too close to, or have opened by emergency access.
    `let_no_more`: those whom a unit of theirs had to do with because it was let, and none has, or is let to, any more;
    but those whom an emergency access opens.
    """

    own: frozenset[UUID] = frozenset()
    barred: frozenset[UUID] = frozenset()
    emergency: frozenset[UUID] = frozenset()
    let_no_more: frozenset[UUID] = frozenset()

    @property
    def closed(self) -> frozenset[UUID]:
        return self.own | self.barred


def own_persons(actor: Actor) -> QuerySet[Person]:
    """
    Return whoever in the register is the actor: by account, or by person number where both are known.

    A number may stand on a row that turned out to be another: then it is that one.
    """
    number = access.person_number_hash(actor=actor)
    # Each by its own index: asked for both at once, the database reads the whole register.
    by_account = Person.objects.filter(user_id=actor.id).values(now=Coalesce("merged_into_id", "id"))
    by_number = Person.objects.filter(pid_hash=Subquery(number[:1])).values(now=Coalesce("merged_into_id", "id"))
    return Person.objects.filter(id__in=by_account.union(by_number))


def registered_as(actor: Actor) -> Actor:
    """Return the actor with the person they are in the register; as they were if they are nobody there."""
    if actor.kind not in (ActorKind.STAFF, ActorKind.CITIZEN) or actor.person_id is not None:
        return actor
    own = own_persons(actor).order_by("user_id", "id").values_list("id", flat=True).first()
    return actor if own is None else replace(actor, person_id=own)


def registered_by(actor: Actor, stands: Standing) -> Actor:
    """Return the same for an actor whose standing is known already: no statement, but for somebody registered twice."""
    if len(stands.own) > 1 or actor.person_id is not None:
        return registered_as(actor)
    return replace(actor, person_id=next(iter(stands.own))) if stands.own else actor


def standing(actor: Actor, *, at: datetime) -> Standing:
    """Return where the actor stands to single persons at a moment. One statement."""
    number, number_parameters = access.person_number_hash(actor=actor).query.sql_with_params()
    day = clock.day_of(at)
    bars: list[Any] = [list(BARS_ALWAYS), list(BARS_WHILE_IT_LASTS), day, day]
    units, opened = list(actor.units_with(USE_EMERGENCY)), list(actor.units_with(VIEW_PERSON))
    # It opens nobody who has become strictly protected.
    in_emergency: list[Any] = [actor.id, units, at, at, ProtectedAddress.STRICT.value]
    values = [actor.id, *number_parameters, *bars, *bars, actor.id, units, at, at, at, opened, opened, at, at, opened]
    found: dict[str, set[UUID]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_STANDING.format(number=number), [*values, at, at, *in_emergency])
        for label, person_id in cursor.fetchall():
            found[label].add(person_id)
    return Standing(**{label: frozenset(persons) for label, persons in found.items()})


def visible(actor: Actor, *, at: datetime) -> Q:
    """Return the filter that keeps the persons the actor may open at a moment: the same answer as `may_open`."""
    if actor.kind is not ActorKind.STAFF:
        return Q(pk__in=[])
    return visible_by(actor, standing(actor, at=at), at=at)


def visible_by(actor: Actor, stands: Standing, *, at: datetime) -> Q:
    """Return the same filter for an actor whose standing is known already."""
    strict = Q(protected_address=ProtectedAddress.STRICT.value)
    # A number alone opens nobody who has become strictly protected. Asked of the person, all grounds would be read.
    grade = ExpressionWrapper(OuterRef("protected_address"), output_field=CharField())
    live = Involvement.objects.annotate(grade=grade).filter(
        live_at(at),
        ~Q(basis=InvolvementBasis.EMERGENCY_CONTACT.value) | ~Q(grade=ProtectedAddress.STRICT.value),
        unit_id__in=actor.units_with(VIEW_PERSON),
        person_id=OuterRef("id"),
    )
    # Whoever turned out to be somebody else is found as that person.
    rule = Q(Exists(live), merged_into=None)
    if stands.emergency:
        rule |= Q(id__in=stands.emergency, merged_into=None) & ~strict
    return rule & ~Q(id__in=stands.closed) if stands.closed else rule


def facts(actor: Actor, *, at: datetime) -> ActorFacts:
    """Return what the rule needs to know of the actor."""
    return facts_from(actor, standing(actor, at=at))


def facts_from(actor: Actor, stands: Standing) -> ActorFacts:
    """Return what the rule needs to know of an actor whose standing is known already."""
    return ActorFacts(
        own=stands.own,
        barred=stands.barred,
        units=actor.units_with(VIEW_PERSON),
        emergency_units=actor.units_with(USE_EMERGENCY),
        works_in=actor.unit_id,
    )


def about(person: Person) -> PersonFacts:
    """Return what the rule needs to know of a person."""
    return PersonFacts(id=person.id, protected_address=ProtectedAddress(person.protected_address))


def may_open(actor: Actor, person: Person, *, at: datetime, stands: Standing | None = None) -> Answer:
    """Say whether the actor may open this person at a moment, on which ground or why not; `stands` if it is known."""
    stands = stands or standing(actor, at=at)
    return answers(actor, facts_from(actor, stands), [person], at=at, stands=stands)[person.id]


def answers(
    actor: Actor, known: ActorFacts, persons: Collection[Person], *, at: datetime, stands: Standing | None = None
) -> Mapping[UUID, Answer]:
    """
    Return the answer for each of several persons, in two statements whatever their number.

    `stands` spares the second where the actor has opened nobody by emergency access.
    """
    if actor.kind is not ActorKind.STAFF:
        return {person.id: Answer(refused=Refusal.NO_RELATION) for person in persons}
    wanted = [person.id for person in persons]
    involvements = live_involvements_of(persons, at=at)
    opened = stands is None or bool(stands.emergency)
    emergencies = live_emergencies(wanted, used_by=actor.id, at=at) if opened else {}
    return {
        person.id: need_to_know.may_open(
            actor=known,
            person=about(person),
            involvements=involvements.get(person.id, ()),
            emergencies=emergencies.get(person.id, ()),
        )
        if person.merged_into_id is None
        else Answer(refused=Refusal.NO_RELATION)
        for person in persons
    }


def ensure_open(actor: Actor, person: Person, *, action: str, at: datetime, stands: Standing | None = None) -> Answer:
    """
    Return the ground on which the actor may open this person.

    :raises NotAllowed: if it is their own file.
    :raises Closed: if it is closed for any other reason.
    """
    answer = may_open(actor, person, at=at, stands=stands)
    if answer.refused is not None:
        raise refusal_of(answer.refused, action=action, person_id=person.id)
    return answer


def opens_own_facts(answer: Answer) -> bool:
    """
    Say whether this opens what somebody owns of themselves: language, needs, statements, contacts.

    Having somebody's telephone number for the sake of another does not, nor does emergency access.
    """
    ground = answer.involvement
    return ground is not None and ground.basis is not InvolvementBasis.EMERGENCY_CONTACT


def ensure_edit(
    actor: Actor,
    person: Person,
    action: str,
    *,
    at: datetime,
    as_contact: bool = False,
    answer: Answer | None = None,
    own_action: str = "",
) -> Basis:
    """
    Return the ground on which the actor may write about this person; the system has its own.

    Staff write about those whom their unit follows up. `as_contact` also lets a unit through
    that only has the person's telephone number. `answer` spares asking for it again. With
    `own_action` the person may do it themselves, as a citizen.

    :raises NotAllowed: if the action is not theirs there, they are here by emergency access, or it is their own file.
    :raises NotFound: if a citizen asks for another than themselves.
    :raises Closed: if the person is closed to them.
    """
    if actor.kind is ActorKind.CITIZEN and own_action:
        return ensure_oneself(actor, person.id, action=own_action)
    if actor.kind is ActorKind.SYSTEM:
        ensure(actor, action, subject_id=person.id)
        return Basis(code=BasisCode.SYSTEM)
    if answer is None:
        answer = ensure_open(actor, person, action=action, at=at)
    ground = answer.involvement
    if ground is None or not (as_contact or opens_own_facts(answer)):
        raise NotAllowed(action=action, reason=NOT_FOLLOWED_UP, subject_id=person.id, person_id=person.id)
    ensure(actor, action, unit_id=ground.unit_id, subject_id=person.id)
    return basis_of(answer)


def ensure_oneself(actor: Actor, person_id: UUID, *, action: str) -> Basis:
    """
    Return the ground on which a citizen does something about themselves.

    :raises NotFound: if it is about anybody else.
    :raises NotAllowed: if citizens may not.
    """
    if actor.kind is not ActorKind.CITIZEN or registered_as(actor).person_id != person_id:
        raise NotFound(f"person {person_id}")
    ensure(actor, action, subject_id=person_id)
    return Basis(code=BasisCode.OWN)


def ensure_not_close(actor: Actor, person_ids: Collection[UUID], *, action: str) -> None:
    """
    Let an actor pass who is none of these persons, nor close to any.

    :raises NotAllowed: if one is the actor.
    :raises Closed: if one is their family.
    """
    if actor.kind is not ActorKind.STAFF:
        return
    stands = standing(actor, at=clock.now())
    for person_id in person_ids:
        if person_id in stands.closed:
            reason = Refusal.OWN_FILE if person_id in stands.own else Refusal.RELATIVE
            raise refusal_of(reason, action=action, person_id=person_id)


def may_edit(actor: Actor, answer: Answer, action: str, *, as_contact: bool = False) -> bool:
    """Say whether `ensure_edit` would let the actor pass, for somebody they may open."""
    ground = answer.involvement
    if ground is None or not (as_contact or opens_own_facts(answer)):
        return False
    return actor.may(action, unit_id=ground.unit_id)


def basis_of(answer: Answer) -> Basis:
    """
    Return the basis of an access that was allowed.

    :raises ValueError: if it was not.
    """
    if answer.involvement is not None:
        ground = answer.involvement
        return Basis(
            code=BasisCode.INVOLVEMENT,
            decision_id=ground.id,
            decided_at=ground.since,
            unit_id=ground.unit_id,
            unit_name=ground.unit_name,
        )
    if answer.emergency is not None:
        written = answer.emergency
        return Basis(
            code=BasisCode.BLUE_LIGHT,
            text=written.reason,
            decision_id=written.id,
            decided_at=written.since,
            chosen_by_actor=True,
            unit_id=written.unit_id,
            unit_name=written.unit_name,
        )
    raise ValueError("no ground to log")


def refusal_of(reason: Refusal, *, action: str, person_id: UUID) -> NotAllowed | Closed:
    """Return what is raised for a reason: only one's own file is said to be there."""
    refusal = NotAllowed(action=action, reason=reason.value, subject_id=person_id, person_id=person_id)
    return refusal if reason is Refusal.OWN_FILE else Closed(refusal)


def ensure(actor: Actor, action: str, *, unit_id: UUID | None = None, subject_id: UUID | None = None) -> None:
    """
    Let an actor pass who may do `action`, for `unit_id` if one is given.

    :raises NotAllowed: if not.
    """
    if not actor.may(action, unit_id=unit_id):
        raise NotAllowed(action=action, reason=NO_ROLE, subject_id=subject_id)


def ensure_units(actor: Actor, action: str) -> frozenset[UUID]:
    """
    Return the units for which staff may do `action`; never empty.

    :raises NotAllowed: if there are none.
    """
    units = actor.units_with(action)
    if not units:
        raise NotAllowed(action=action, reason=NO_ROLE)
    return units


def reviewable(actor: Actor, stands: Standing) -> Q:
    """Return the filter of emergency accesses the actor may review: in their units, not their own, not about family."""
    return Q(unit_id__in=actor.units_with(REVIEW_EMERGENCY)) & ~Q(used_by=actor.id) & ~Q(person_id__in=stands.closed)


def answerable(actor: Actor, stands: Standing) -> Q:
    """Return the filter of questions the actor may answer: at their units, not about their own looking or family."""
    asked_about_others = Q(entry_actor_id=None) | ~Q(entry_actor_id=actor.id)
    return Q(unit_id__in=actor.units_with(ANSWER_QUESTION)) & asked_about_others & ~Q(person_id__in=stands.closed)
