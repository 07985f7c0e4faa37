"""
The self-assessment of a service as a questionnaire: one choice for each line of the guideline that concerns it, and a
comment. It is built from the lines, published like any other questionnaire, and answered about no person.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from medspiller.pathways.domain.content_guideline import Line, Section
from medspiller.strategy.domain.guideline import LineState, concerns, is_assessed, is_demand, states_for
from medspiller.strategy.domain.inputs import seen_as
from medspiller.strategy.domain.vocabulary import TEXT_MOST, Service

Texts = Mapping[str, str]

URL = "https://medspiller.no/fhir/Questionnaire/guideline-self-assessment"
STATE_SYSTEM = "urn:medspiller:line-state"
SERVICE_SYSTEM = "urn:medspiller:service"
SERVICE_ITEM = "service"
COMMENT = "-comment"

_TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
_CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
_TAGS = "urn:medspiller:questionnaire-tag"


def _texts(nb: str, nn: str, en: str) -> Texts:
    return {"nb": nb, "nn": nn, "en": en}


STATE_TEXTS: Mapping[LineState, Texts] = {
    LineState.MET: _texts("Oppfylt", "Oppfylt", "Met"),
    LineState.NOT_MET: _texts("Ikke oppfylt", "Ikkje oppfylt", "Not met"),
    LineState.NOT_ASSESSED: _texts("Ikke vurdert", "Ikkje vurdert", "Not assessed"),
    LineState.NOT_STARTED: _texts("Ikke startet", "Ikkje starta", "Not started"),
    LineState.UNDER_WAY: _texts("I gang", "I gang", "Under way"),
    LineState.IN_PLACE: _texts("Innført", "Innført", "In place"),
    LineState.EVALUATED: _texts("Evaluert", "Evaluert", "Evaluated"),
    LineState.NOT_RELEVANT: _texts("Ikke relevant", "Ikkje relevant", "Not relevant"),
}
SERVICE_TEXTS: Mapping[Service, Texts] = {
    Service.HEALTH_STATION: _texts("Helsestasjon", "Helsestasjon", "Child health clinic"),
    Service.SCHOOL_HEALTH: _texts("Skolehelsetjeneste", "Skulehelseteneste", "School health service"),
    Service.HOME_CARE: _texts("Hjemmetjeneste", "Heimeteneste", "Home care"),
    Service.NURSING_HOME: _texts("Sykehjem", "Sjukeheim", "Nursing home"),
    Service.MENTAL_HEALTH: _texts("Psykisk helse og rus", "Psykisk helse og rus", "Mental health and addiction"),
    Service.HOSPITAL: _texts("Sykehus", "Sjukehus", "Hospital"),
    Service.ADMINISTRATION: _texts("Administrasjon", "Administrasjon", "Administration"),
    Service.OTHER: _texts("En annen tjeneste", "Ei anna teneste", "Another service"),
}
CHAPTERS: Mapping[str, Texts] = {
    "2": _texts("Plikter overfor pårørende", "Plikter overfor pårørande", "Duties towards carers"),
    "3": _texts(
        "Hvem som er pårørende, deres rolle og journalen",
        "Kven som er pårørande, rolla deira og journalen",
        "Who the carers are, their role and the record",
    ),
    "4": _texts(
        "Samarbeid i utredning, behandling og oppfølging",
        "Samarbeid i utgreiing, behandling og oppfølging",
        "Involvement in assessment, treatment and follow-up",
    ),
    "5": _texts("Barn som pårørende", "Barn som pårørande", "Children as next of kin"),
    "6": _texts("Støtte til familie og andre", "Støtte til familie og andre", "Support for family and others"),
}
_COMMENT = _texts("Kommentar", "Kommentar", "Comment")
_TITLE = _texts(
    "Egenvurdering etter pårørendeveilederen",
    "Eigenvurdering etter pårørandevegleiaren",
    "Self-assessment against the carer guideline",
)
_DESCRIPTION = _texts(
    "En tjeneste ser på hver linje i veilederen: krav i lov og anbefalinger. Svarene handler ikke om noen person.",
    "Ei teneste ser på kvar linje i vegleiaren: krav i lov og tilrådingar. Svara handlar ikkje om nokon person.",
    "A service looks at each line of the guideline: legal requirements and recommendations. "
    "The answers are not about any individual.",
)
_ABOUT = _texts("Om egenvurderingen", "Om eigenvurderinga", "About the self-assessment")
_ABOUT_TEXT = _texts(
    "Velg det som stemmer i dag, ikke det dere ønsker. Er dere ikke sikre, velg «Ikke vurdert» og skriv hvorfor. "
    "Linjene er skrevet med våre ord og er ikke sitater.",
    "Vel det som stemmer i dag, ikkje det de ønskjer. Er de ikkje sikre, vel «Ikkje vurdert» og skriv kvifor. "
    "Linjene er skrivne med våre ord og er ikkje sitat.",
    'Choose what is true today, not what you wish. If you are not sure, choose "Not assessed" and write why. '
    "The lines are written in our words and are not quotations.",
)
_WHICH = _texts("Hvilken tjeneste svarer dere for?", "Kva teneste svarer de for?", "Which service do you answer for?")


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """What an answer sheet says of one line. `seen` marks what was said of it when the sheet was opened."""

    line: str
    state: LineState
    comment: str
    seen: str = ""


def said_as(state: str, comment: str) -> str:
    """Return the mark of what is said of a line, by which one sees whether something else is now."""
    return seen_as(state, comment.replace("\r\n", "\n").strip())


def questionnaire(sections: Sequence[Section], *, version: str, date: str) -> dict[str, Any]:
    """Return the FHIR Questionnaire of these sections, complete in bokmål, nynorsk and English."""
    return {
        "resourceType": "Questionnaire",
        "id": "guideline-self-assessment",
        "meta": {"tag": [{"system": _TAGS, "code": code} for code in ("checklist", "staff-only", "counted")]},
        "language": "nb",
        "url": URL,
        "version": version,
        "name": "GuidelineSelfAssessment",
        **_said("title", _TITLE),
        "status": "active",
        "subjectType": ["Patient"],
        "date": date,
        "publisher": "Medspiller",
        **_said("description", _DESCRIPTION),
        "copyright": "EUPL-1.2",
        "approvalDate": date,
        "lastReviewDate": date,
        "item": [_about(), *_chapters(sections)],
    }


def answer_sheet(*, service: Service, answers: Sequence[SheetAnswer], version: str, authored: str) -> dict[str, Any]:
    """Return what was answered for a service as a FHIR QuestionnaireResponse, pinned to the form's version."""
    chapters: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for answer in answers:
        section = answer.line.removeprefix("PV-").rsplit(".", 1)[0]
        chapters.setdefault(section.split(".")[0], {}).setdefault(section, []).extend(_answered(answer))
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{URL}|{version}",
        "status": "completed",
        "authored": authored,
        "item": [
            {"linkId": "about", "item": [{"linkId": SERVICE_ITEM, "answer": [_coding(SERVICE_SYSTEM, service.value)]}]},
            *(
                {
                    "linkId": f"chapter-{chapter}",
                    "item": [{"linkId": f"section-{number}", "item": items} for number, items in sections.items()],
                }
                for chapter, sections in chapters.items()
            ),
        ],
    }


def answers_in(sheet: Mapping[str, Any]) -> tuple[SheetAnswer, ...]:
    """Return what a sheet that holds says of each line, in its order."""
    states: dict[str, LineState] = {}
    comments: dict[str, str] = {}
    for item in _items(sheet):
        link: str = item["linkId"]
        for answer in item.get("answer", ()):
            if link.endswith(COMMENT):
                comments[link.removesuffix(COMMENT)] = answer["valueString"]
            elif link.startswith("PV-"):
                states[link] = LineState(answer["valueCoding"]["code"])
    return tuple(SheetAnswer(line, state, comments.get(line, "")) for line, state in states.items())


def _items(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for item in node.get("item", ()):
        yield item
        yield from _items(item)


def _answered(answer: SheetAnswer) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = [{"linkId": answer.line, "answer": [_coding(STATE_SYSTEM, answer.state.value)]}]
    if answer.comment.strip():
        items.append({"linkId": answer.line + COMMENT, "answer": [{"valueString": answer.comment.strip()}]})
    return items


def _coding(system: str, code: str) -> dict[str, Any]:
    return {"valueCoding": {"system": system, "code": code}}


def _about() -> dict[str, Any]:
    return {
        "linkId": "about",
        "extension": [_page()],
        **_said("text", _ABOUT),
        "type": "group",
        "required": True,
        "item": [
            {"linkId": "about-how", **_said("text", _ABOUT_TEXT), "type": "display"},
            {
                "linkId": SERVICE_ITEM,
                **_said("text", _WHICH),
                "type": "choice",
                "required": True,
                "answerOption": [_option(SERVICE_SYSTEM, each.value, SERVICE_TEXTS[each]) for each in Service],
            },
        ],
    }


def _chapters(sections: Sequence[Section]) -> Iterator[dict[str, Any]]:
    for chapter, title in CHAPTERS.items():
        groups = [_section(each) for each in sections if each.number.split(".")[0] == chapter]
        if groups:
            yield {
                "linkId": f"chapter-{chapter}",
                "extension": [_page()],
                **_said("text", title),
                "type": "group",
                "item": groups,
            }


def _section(section: Section) -> dict[str, Any]:
    items = [item for line in section.lines if is_assessed(line) for item in _line(line)]
    return {"linkId": f"section-{section.number}", **_said("text", section.title), "type": "group", "item": items}


def _line(line: Line) -> Iterator[dict[str, Any]]:
    asked = _asked_of(line)
    options = [_option(STATE_SYSTEM, each.value, STATE_TEXTS[each]) for each in states_for(line)]
    yield {
        "linkId": line.id,
        "prefix": line.id,
        **_said("text", _with_law(line)),
        "type": "choice",
        **asked,
        "answerOption": options,
    }
    yield {"linkId": line.id + COMMENT, **_said("text", _COMMENT), "type": "text", **asked, "maxLength": TEXT_MOST}


def _with_law(line: Line) -> Texts:
    """A demand is told with its law, since that is what binds."""
    return {
        language: f"{text} ({', '.join(line.law)})" if is_demand(line) else text for language, text in line.text.items()
    }


def _asked_of(line: Line) -> dict[str, Any]:
    """Ask only the services that the line is said to."""
    told = [each for each in Service if concerns(line, each)]
    if len(told) == len(Service):
        return {}
    conditions = [
        {"question": SERVICE_ITEM, "operator": "=", "answerCoding": {"system": SERVICE_SYSTEM, "code": each.value}}
        for each in told
    ]
    return {"enableWhen": conditions, "enableBehavior": "any"}


def _option(system: str, code: str, texts: Texts) -> dict[str, Any]:
    said = {"system": system, "code": code, **_said("display", texts)}
    return {"valueCoding": said}


def _said(element: str, texts: Texts) -> dict[str, Any]:
    others = [
        {
            "url": _TRANSLATION,
            "extension": [{"url": "lang", "valueCode": each}, {"url": "content", "valueString": texts[each]}],
        }
        for each in ("nn", "en")
    ]
    return {element: texts["nb"], f"_{element}": {"extension": others}}


def _page() -> dict[str, Any]:
    system = "http://hl7.org/fhir/questionnaire-item-control"
    return {"url": _CONTROL, "valueCodeableConcept": {"coding": [{"system": system, "code": "page"}]}}
