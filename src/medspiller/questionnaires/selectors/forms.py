"""Questionnaires that can be begun, and for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.people.selectors import Subject as Opened
from medspiller.people.selectors import Surroundings
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.answering.blanks import Blank
from medspiller.questionnaires.domain.definition.audience import CHILDREN, Concerns, Subject, Tag, concerns
from medspiller.questionnaires.domain.states import FormRefused
from medspiller.questionnaires.selectors import _blanks

OF_AGE = 18


@dataclass(frozen=True, slots=True)
class Offered:
    """
    A questionnaire that can be begun. `belongs_to` says as what somebody is asked, as a carer or for themselves;
    `concerns`, under what it is listed.

    `description` says what it is for, often with how long it takes, and is empty where nobody has
    said; `minutes` is a rough guess.
    """

    url: str
    title: str
    description: str
    belongs_to: Subject
    concerns: Concerns
    minutes: int


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody whom answers can speak of. `name` is empty where it is kept back."""

    person_id: UUID
    name: str
    cared_for: bool


def offered(*, actor: Actor, language: str) -> list[Offered]:
    """
    Return every questionnaire that staff can begin for somebody, by what it is called.

    :raises NotAllowed: for whoever may not answer.
    """
    policies.ensure(actor, policies.ANSWER)
    return _in_order(_blanks.active(actor).values(), language)


def offered_for(*, actor: Actor, found: Opened, language: str) -> list[Offered]:
    """Return the questionnaires that the actor can begin for an opened person."""
    return _in_order((each for each in _blanks.active(actor).values() if _fits(actor, found, each)), language)


def blank_to_begin(*, actor: Actor, found: Opened, url: str) -> Blank:
    """
    Return the version of a questionnaire that is begun now for an opened person.

    :raises FormRefused: if there is none that can be begun, or it is not for them.
    """
    try:
        known = _blanks.latest(actor, url)
    except NotFound:
        raise FormRefused("unknown") from None
    if not _fits(actor, found, known):
        raise FormRefused("not_for_them")
    return known


def others(*, actor: Actor, around: Surroundings) -> list[Other]:
    """
    Return those around a person whom answers about being a carer can speak of, those cared for first.

    Staff are only offered those whose names they may know.
    """
    found = [
        Other(each.person_id, each.name, each.cared_for)
        for each in around.near
        if (each.name or actor.kind is ActorKind.CITIZEN) and (each.cared_for or actor.kind is not ActorKind.CITIZEN)
    ]
    return sorted(found, key=lambda each: (not each.cared_for, each.name.casefold(), each.person_id))


def _fits(actor: Actor, found: Opened, known: Blank) -> bool:
    age = found.age(clock.today())
    if actor.kind is ActorKind.CITIZEN:
        # Alone with a form, somebody under age is asked in words made for their age, or not at all.
        too_young = age is not None and age < OF_AGE and CHILDREN.isdisjoint(known.tags)
        if Tag.SELF not in known.tags or too_young:
            return False
    return known.fits_age(age)


def _in_order(blanks: Iterable[Blank], language: str) -> list[Offered]:
    found = [_offered(each, language) for each in blanks]
    return sorted(found, key=lambda each: (each.title.casefold(), each.url))


def _offered(known: Blank, language: str) -> Offered:
    return Offered(
        url=known.url,
        title=known.title(language),
        description=known.description(language),
        belongs_to=known.subject,
        concerns=concerns(known.subject, known.tags),
        minutes=_minutes(known),
    )


def _minutes(known: Blank) -> int:
    """How long it takes, roughly: six questions a minute, and never less than one."""
    questions = sum(item.type.is_question and not item.hidden for item in known.questionnaire.every_item())
    return max(1, round(questions / 6))
