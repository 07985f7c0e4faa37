"""What stands on a person's page below those around them: children, what matters, what was judged and decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from medspiller.core import clock
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.consents import ConsentDecision
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.telling import sharing_for_children
from medspiller.people.selectors import PersonPage, SeenAnswer, SeenStatement
from medspiller.people.web.telling import Said, said
from medspiller.people.web.wording import CHILDREN_REPLIES, CHILDREN_TOPICS, CIRCUMSTANCES, CONSENT_DECISIONS
from medspiller.people.web.wording import CONSENT_TOPICS as TOPICS

_CHILDREN = frozenset({RelationKind.CHILD, RelationKind.STEP_CHILD, RelationKind.FOSTER_CHILD})
# Why a unit has to do with somebody who is a carer, and not a patient because of it.
_AS_CARER = frozenset(
    {InvolvementBasis.SUPPORT, InvolvementBasis.CHILD_NEXT_OF_KIN, InvolvementBasis.EMERGENCY_CONTACT}
)
_SIBLINGS = frozenset({RelationKind.SIBLING, RelationKind.STEP_SIBLING, RelationKind.FOSTER_SIBLING})


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about children, with what was answered."""

    question: str
    reply: str
    color: str
    answer: SeenAnswer

    @property
    def was_asked(self) -> bool:
        """Whether somebody asked: whoever wrote down that it was not asked, did not."""
        return self.answer.asked_at is not None and self.answer.reply is not ChildrenReply.NOT_ASKED


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody around has let the unit know."""

    name: str
    statements: tuple[SeenStatement, ...]


def sections(page: PersonPage) -> dict[str, Any]:
    """Return the sections in the language of the page; a part that is not open is None, and stands nowhere."""
    names = {each.person_id: each.name for each in page.family.near}
    answers = page.answers if _is_patient(page) else None
    return {
        "page": page,
        "asked": [_asked(each) for each in answers] if answers is not None else None,
        "unasked": any(each.by_law and each.reply is ChildrenReply.NOT_ASKED for each in answers or ()),
        "for_children": _for_children(page),
        "statements": page.statements,
        "shared": [Words(_name(names, carer), words) for carer, words in page.shared.items()],
        "decisions": page.tellings.decisions if page.as_patient else None,
        "circumstances": [
            (CIRCUMSTANCES[each.code], _name(names, each.recipient_id) if each.recipient_id else "", each)
            for each in page.tellings.circumstances
        ],
        "consents": _consents(page, names),
    }


def _is_patient(page: PersonPage) -> bool:
    """
    Whether a patient's children are to be asked about here.

    They are not of somebody whom everybody follows up as a carer only, unless it was asked already.
    """
    seen = page.family
    is_answered = any(each.reply is not ChildrenReply.NOT_ASKED for each in page.answers or ())
    has_carers = any(role.live for near in seen.near for role in near.roles)
    return is_answered or has_carers or any(each.basis not in _AS_CARER for each in seen.units)


def _asked(each: SeenAnswer) -> Asked:
    color = {ChildrenReply.YES: "info", ChildrenReply.NOT_ASKED: "warning"}.get(each.reply, "neutral")
    return Asked(str(CHILDREN_TOPICS[each.topic]), str(CHILDREN_REPLIES[each.reply]), color, each)


def _for_children(page: PersonPage) -> list[Said]:
    """What may be shared with those one works with, for the sake of children and siblings that are known of."""
    if page.answers is None:
        return []
    yes = {each.topic for each in page.answers if each.reply is ChildrenReply.YES}
    minors = {relation.kind for near in page.family.near if near.is_minor for relation in near.relations}
    told, objects = [], page.objects_to_sharing()
    for topic, kinds, sibling, about in (
        (ChildrenTopic.MINOR_CHILDREN, _CHILDREN, False, _("What you may share for the sake of the children")),
        (ChildrenTopic.MINOR_SIBLINGS, _SIBLINGS, True, _("What you may share for the sake of brothers and sisters")),
    ):
        if topic in yes or minors & kinds:
            answer = sharing_for_children(on=page.tellings.day, patient_objects=objects, for_sibling=sibling)
            told.append(said(answer, patient_id=page.family.id, about=about))
    return told


def _consents(page: PersonPage, names: Mapping[UUID, str]) -> list[dict[str, Any]] | None:
    if page.consents is None:
        return None
    return [
        {
            "id": each.id,
            "receiver": each.receiver or _name(names, each.to_person_id),
            "is_yes": each.decision is ConsentDecision.GIVEN,
            "decision": CONSENT_DECISIONS[each.decision],
            "topics": [TOPICS[topic] for topic in each.topics],
            "since": clock.day_of(each.starts_at),
        }
        for each in page.consents
    ]


def _name(names: Mapping[UUID, str], person_id: UUID | None) -> str:
    """As they are named among those around; nobody is named here who is not named there."""
    return names.get(person_id, "") if person_id and names.get(person_id) else _("Name not shown")
