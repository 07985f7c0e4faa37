"""What the register tells of a carer's situation, for staff who ask with them: no more than the actor may see."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind
from medspiller.core import clock
from medspiller.people import selectors as people
from medspiller.people.domain.relations import RelationKind
from medspiller.people.selectors import Near
from medspiller.rights import policies
from medspiller.rights.domain.facts import Value
from medspiller.rights.domain.known_facts import CHILDREN, MOST_CHILDREN

_RELATIONS = {
    RelationKind.PARENT: "parent",
    RelationKind.SPOUSE: "spouse",
    RelationKind.REGISTERED_PARTNER: "registered_partner",
    RelationKind.COHABITANT: "cohabitant",
    RelationKind.SIBLING: "sibling",
    RelationKind.GRANDPARENT: "grandparent",
    RelationKind.GRANDCHILD: "grandchild",
    RelationKind.PARENT_IN_LAW: "parent_in_law",
    RelationKind.FRIEND: "friend",
    RelationKind.NEIGHBOUR: "neighbour",
}
_CHILD, _ADULT_CHILD, _OTHER = "child", "adult_child", "other"


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """The carer whom staff ask about, and what the register tells of their situation."""

    person_id: UUID
    name: str
    known: dict[str, Value]


def carer_to_ask_about(*, actor: Actor, person_id: UUID) -> str:
    """
    Return the name of a carer whom the actor may ask about: a unit of theirs follows them up for their own sake.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or the unit only has the person's number.
    """
    found = people.subject(actor=actor, person_id=person_id, action=policies.ASK_FOR_CARER)
    return people.ensure_own_subject(actor=actor, found=found, action=policies.ASK_FOR_CARER).name


def known_of_carer(*, actor: Actor, person_id: UUID) -> AskedAbout:
    """
    Return a carer with what the register tells of their situation. That it was read is in the log.

    Of others around them only what they are to the carer; their years of birth where the actor may open them.

    :raises NotFound: as `carer_to_ask_about` does.
    :raises NotAllowed: as `carer_to_ask_about` does.
    """
    found = people.subject(actor=actor, person_id=person_id, action=policies.ASK_FOR_CARER)
    people.ensure_own_subject(actor=actor, found=found, action=policies.ASK_FOR_CARER)
    family = people.family(actor=actor, person_id=person_id)
    audit.record(
        actor=actor,
        action=policies.ASK_FOR_CARER,
        kind=Kind.READ,
        information=(Information.RIGHTS,),
        subject_type="people.Person",
        subject_id=person_id,
        person_id=person_id,
        basis=found.basis,
    )
    near = [each for each in family.near if each.live]
    known = _own_year(found.birth_date) | _children(near) | _recipient(near, today=clock.today())
    return AskedAbout(person_id, found.name, known)


def _own_year(born: date | None) -> dict[str, Value]:
    return {"carer.birth_year": born.year} if born else {}


def _children(near: list[Near]) -> dict[str, Value]:
    """Minor children: how many, and the years of those whom the actor may open."""
    minors = [each for each in near if each.is_minor and RelationKind.CHILD in _kinds(each)][:MOST_CHILDREN]
    known: dict[str, Value] = {CHILDREN: len(minors)} if minors else {}
    for number, child in enumerate(minors):
        if child.may_open and child.birth_date:
            known[f"{CHILDREN}[{number}].birth_year"] = child.birth_date.year
    return known


def _recipient(near: list[Near], *, today: date) -> dict[str, Value]:
    """The one they care for, where the register tells of exactly one."""
    cared_for = [each for each in near if any(role.live for role in each.roles_towards)]
    if len(cared_for) != 1:
        return {}
    one = cared_for[0]
    known: dict[str, Value] = {}
    kinds = _kinds(one)
    if RelationKind.CHILD in kinds:
        known["recipient.relation"] = _CHILD if one.is_minor else _ADULT_CHILD
    elif kinds:
        known["recipient.relation"] = next((_RELATIONS[kind] for kind in kinds if kind in _RELATIONS), _OTHER)
    if one.may_open and one.birth_date:
        known["recipient.birth_year"] = one.birth_date.year
    live_together = [each.cohabiting for each in one.relations if each.live and each.cohabiting is not None]
    if live_together:
        known["carer.lives_with_recipient"] = live_together[0]
    return known


def _kinds(near: Near) -> list[RelationKind]:
    return [each.kind for each in near.relations if each.live]
