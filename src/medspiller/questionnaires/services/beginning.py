"""Beginning to answer: a version is chosen, and what is known stands there to be confirmed."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.organisations import selectors as organisations
from medspiller.people import selectors as people
from medspiller.people.selectors import Surroundings
from medspiller.questionnaires import policies, selectors
from medspiller.questionnaires.domain.answering.blanks import Blank
from medspiller.questionnaires.domain.definition.audience import Subject
from medspiller.questionnaires.domain.filling.prefilling import KnownPerson, Prefilled, as_carer, as_patient, prefilled
from medspiller.questionnaires.domain.filling.writing import empty_response
from medspiller.questionnaires.domain.states import FormRefused, How, Source, Status
from medspiller.questionnaires.models import Response
from medspiller.questionnaires.selectors import _blanks
from medspiller.questionnaires.services._storing import given, record


@transaction.atomic
def start(
    *,
    actor: Actor,
    person_id: UUID,
    url: str,
    language: str,
    about_id: UUID | None = None,
    how: How | None = None,
) -> Response:
    """
    Begin to answer the newest active version of a questionnaire, for oneself or on behalf of somebody.

    What the actor has begun already, about the same, is gone on with. `how` is how staff are told
    the answers; a citizen's are typed by themselves.

    :raises NotFound: if there is no such person, or for a citizen another than themselves; `Closed`, if the actor has
        no need to know.
    :raises NotAllowed: if nobody at the unit follows the person up, or the role does not reach it.
    :raises FormRefused: if the questionnaire cannot be begun, or the other person is nothing to them.
    """
    # Locked: of two presses of one button the second goes on with what the first began.
    found = people.subject(
        actor=actor, person_id=person_id, action=policies.ANSWER, own_action=policies.ANSWER_OWN, lock=True
    )
    policies.ensure_may_answer(found)
    known = selectors.blank_to_begin(actor=found.actor, found=found, url=url)
    source, told = given(actor, how)
    around = people.surroundings(
        actor=actor, person_id=person_id, action=policies.ANSWER, own_action=policies.ANSWER_OWN
    )
    _ensure_related(found.actor, around, about_id)
    begun = Response.objects.filter(
        author=actor.id,
        status=Status.IN_PROGRESS.value,
        subject_id=person_id,
        about_id=about_id,
        questionnaire_url=url,
        amends=None,
    ).first()
    if begun is not None:
        return begun

    made = _begun(known, around, about_id, language, (source, told))
    record(found.actor, "questionnaires.start", made, found.basis)
    return made


def _begun(
    known: Blank, around: Surroundings, about_id: UUID | None, language: str, how: tuple[Source, How]
) -> Response:
    filled, found, now = _prefilled(known, around, about_id, language), around.subject, clock.now()
    today = clock.today().isoformat()
    return Response.objects.create(
        subject_id=found.person_id,
        about_id=about_id,
        unit_id=found.unit_id,
        questionnaire_url=known.url,
        questionnaire_version=known.version,
        questionnaire_digest=known.digest,
        belongs_to=known.subject.value,
        tags=sorted(tag.value for tag in known.tags),
        language=language,
        status=Status.IN_PROGRESS.value,
        answers=filled.response,
        taken_from={link: {"source": taken, "on": today} for link, taken in filled.taken.items()},
        source=how[0].value,
        how=how[1].value,
        author=found.actor.id,
        author_name=found.actor.name,
        started_at=now,
        saved_at=now,
    )


def _ensure_related(actor: Actor, around: Surroundings, about_id: UUID | None) -> None:
    """An id alone names nobody."""
    if about_id is None:
        return
    known = around.of(about_id) is not None
    person_id = around.subject.person_id
    if not known or not people.are_related(actor=actor, person_id=person_id, other_id=about_id):
        raise FormRefused("about")


def _prefilled(known: Blank, around: Surroundings, about_id: UUID | None, language: str) -> Prefilled:
    empty = empty_response(f"{known.url}|{known.version}", language=language)
    engine = replace(_blanks.engine_of(known), known=_known(known, around, about_id))
    return prefilled(engine, empty)


def _known(known: Blank, around: Surroundings, about_id: UUID | None) -> dict[str, Any]:
    """What expressions may name. Of the other person it is the name alone, where it may be known."""
    subject, other = around.subject, around.of(about_id) if about_id else None
    # With one person cared for there is no doubt whom being a carer is about.
    towards = other or _only([each for each in around.near if each.cared_for])
    oneself = KnownPerson(
        given_name=subject.given_name,
        family_name=subject.family_name,
        name=subject.name,
        birth_date=subject.birth_date,
        gender=subject.gender,
        language=subject.language,
        telecom=tuple((each.system.value, each.value) for each in around.contacts if each.system.value != "address"),
        relationship=towards.kinds[0].value if towards and towards.kinds else "",
        cohabiting=towards.cohabiting if towards else None,
    )
    them = KnownPerson(name=other.name if other else "")
    values: dict[str, Any] = {"today": clock.today().isoformat()}
    if known.subject is Subject.CARER:
        values |= {"carer": as_carer(oneself), "patient": as_patient(them)}
    else:
        values |= {"patient": as_patient(oneself), "carer": as_carer(them)}
    values["unit"] = _unit(subject.actor, subject.unit_id)
    return values


def _only(found: list[Any]) -> Any:
    return found[0] if len(found) == 1 else None


def _unit(actor: Actor, unit_id: UUID | None) -> dict[str, Any]:
    if unit_id is None:
        return {}
    name = organisations.units(actor=actor, on=clock.today()).filter(id=unit_id).values_list("name", flat=True).first()
    return {"resourceType": "Organization", "name": name} if name else {}
