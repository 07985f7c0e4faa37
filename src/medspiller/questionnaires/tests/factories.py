"""Questionnaires that are published, and answers in named states. All invented."""

import json
from typing import Any
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.content import services as content
from medspiller.content.domain import formats
from medspiller.content.domain.definitions import Definition, Status
from medspiller.people.models import Person
from medspiller.questionnaires import services
from medspiller.questionnaires.domain.states import How
from medspiller.questionnaires.models import Response

BASE = "https://example.no/fhir/Questionnaire/"
SITUATION = f"{BASE}situation"
TAGS = "urn:medspiller:questionnaire-tag"
INITIAL = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"


def item(link_id: str, kind: str = "string", text: str = "", **more: Any) -> dict[str, Any]:
    return {"linkId": link_id, "type": kind, "text": text or f"Om {link_id}?", **more}


def initially(expression: str) -> list[dict[str, Any]]:
    return [{"url": INITIAL, "valueExpression": {"language": "text/fhirpath", "expression": expression}}]


def calculated(expression: str) -> list[dict[str, Any]]:
    return [{"url": CALCULATED, "valueExpression": {"language": "text/fhirpath", "expression": expression}}]


def options(*codes: str) -> list[dict[str, Any]]:
    return [{"valueCoding": {"system": "urn:example:svar", "code": code, "display": code}} for code in codes]


HELPS = item("helps", "boolean", "Hjelper du noen?")
HOURS = item(
    "hours", "integer", "Hvor mange timer i uka?", required=True,
    enableWhen=[{"question": "helps", "operator": "=", "answerBoolean": True}],
)  # fmt: skip
WORDS = item("words", "text", "Hva er viktig for deg?")
SUM = item(
    "double",
    "integer",
    "Det dobbelte",
    readOnly=True,
    extension=calculated("%resource.item.where(linkId='hours').answer.value * 2"),
)
QUESTIONS = [HELPS, HOURS, WORDS, SUM]


def written(
    items: list[dict[str, Any]] | None = None,
    *,
    name: str = "situation",
    version: str = "1.0.0",
    owner: str = "RelatedPerson",
    tags: tuple[str, ...] = ("self",),
    title: str = "Hvordan har du det?",
) -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "url": f"{BASE}{name}",
        "version": version,
        "name": name.title().replace("-", ""),
        "title": title,
        "status": "active",
        "language": "nb",
        "subjectType": [owner],
        "meta": {"tag": [{"system": TAGS, "code": code} for code in tags]},
        "item": QUESTIONS if items is None else items,
    }


def publish(tenant_id: UUID, questionnaire: dict[str, Any]) -> Definition:
    """Publish a questionnaire as the tenant's own."""
    text = json.dumps(questionnaire, ensure_ascii=False)
    definition = Definition(
        kind="questionnaires",
        url=questionnaire["url"],
        version=questionnaire["version"],
        status=Status(questionnaire["status"]),
        body=formats.read(text.encode(), ".json"),
        text=text,
        suffix=".json",
        package="no.example.basics",
        package_version="1",
        file="no.example.basics/questionnaires/situation.json",
    )
    content.publish(actor=actors.system(tenant_id), definitions=[definition])
    return definition


def begin(actor: Actor, person: Person, *, url: str = SITUATION, about: Person | None = None) -> Response:
    return services.start(
        actor=actor,
        person_id=person.id,
        url=url,
        language="nb",
        about_id=about.id if about else None,
        how=How.CONVERSATION,
    )


def type_in(actor: Actor, response: Response, **fields: str) -> services.Saved:
    """Save what stands on a page, by linkId with _ for -."""
    posted = {f"q-{name.replace('_', '-')}": [value] for name, value in fields.items()}
    return services.save(actor=actor, response_id=response.id, posted=posted)


def complete(
    actor: Actor, person: Person, *, url: str = SITUATION, about: Person | None = None, **fields: str
) -> Response:
    """Answers that are finished."""
    response = begin(actor, person, url=url, about=about)
    type_in(actor, response, **(fields or {"helps": "true", "hours": "12"}))
    return services.complete(actor=actor, response_id=response.id)
