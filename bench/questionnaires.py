"""Figures of the questionnaire engine, without the database: conditions, first page, judging, expressions."""

from datetime import UTC, datetime
from typing import Any

from bench.measure import Bench
from medspiller.cli import rendering
from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.definition import reading
from medspiller.questionnaires.domain.filling.finishing import finish
from medspiller.questionnaires.domain.filling.presenting import present

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HL7 = "http://hl7.org/fhir/StructureDefinition"
SCORING = "http://ehelse.no/scoringFormulas"
# As forms are: most choose one of four, some write, one in four hangs on another, one in seven is required.
KINDS = (
    "choice", "boolean", "integer", "text", "choice", "string", "date", "choice", "decimal", "open-choice",
)  # fmt: skip
ANSWERS: dict[str, dict[str, Any]] = {
    "choice": {"valueCoding": {"system": "urn:x", "code": "c2", "display": "Svar 2"}},
    "open-choice": {"valueCoding": {"system": "urn:x", "code": "c1", "display": "Svar 1"}},
    "boolean": {"valueBoolean": True},
    "integer": {"valueInteger": 3},
    "text": {"valueString": "Sover lite og er sliten om dagen."},
    "string": {"valueString": "Kari Demo"},
    "date": {"valueDate": "2026-01-02"},
    "decimal": {"valueDecimal": 1.5},
}


def _item(number: int) -> dict[str, Any]:
    kind = KINDS[number % 10]
    item: dict[str, Any] = {
        "linkId": f"i{number}",
        "type": kind,
        "text": f"Spørsmål nummer {number}, av vanlig lengde?",
    }
    if "choice" in kind:
        item["code"] = [{"system": SCORING, "code": "QS"}]
        item["answerOption"] = [
            {
                "valueCoding": {
                    "system": "urn:x",
                    "code": f"c{each}",
                    "display": f"Svar {each}",
                    "extension": [{"url": f"{HL7}/ordinalValue", "valueDecimal": each}],
                }
            }
            for each in range(4)
        ]
    if number % 4 == 3:
        item["enableWhen"] = [{"question": f"i{number // 10 * 10 + 1}", "operator": "=", "answerBoolean": True}]
    if number % 7 == 0:
        item["required"] = True
    return item


def form(count: int, *further: dict[str, Any]) -> dict[str, Any]:
    """A questionnaire of so many questions, in groups of ten, with a total."""
    groups = [
        {"linkId": f"g{first}", "type": "group", "text": "Del", "item": [_item(first + each) for each in range(10)]}
        for first in range(0, count, 10)
    ]
    total = {"linkId": "total", "type": "decimal", "text": "Sum", "readOnly": True,
             "code": [{"system": SCORING, "code": "TS"}]}  # fmt: skip
    return {
        "resourceType": "Questionnaire", "url": "urn:bench", "status": "active", "title": "Måling", "language": "nb",
        "item": [*groups, total, *further],
    }  # fmt: skip


def filled(count: int) -> dict[str, Any]:
    """Every question answered."""
    groups = [
        {"linkId": f"g{first}", "item": [
            {"linkId": f"i{first + each}", "answer": [ANSWERS[KINDS[(first + each) % 10]]]} for each in range(10)
        ]}
        for first in range(0, count, 10)
    ]  # fmt: skip
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "urn:bench",
        "status": "completed",
        "item": groups,
    }


def bench_questionnaire_engine(bench: Bench) -> None:
    """What is native: nothing of it goes through an expression."""
    large, answers = Engine(reading.read(form(100)), now=NOW), filled(100)
    small, few = Engine(reading.read(form(40)), now=NOW), filled(40)
    size = "100 items, 25 conditions, 40 scored"

    bench.measure("conditions after one answer", lambda: large.enabled(answers), size=size, aim="≤ 30 ms")
    bench.measure(
        "first page of a form, with HTML",
        lambda: rendering.document(present(large, answers, language="nb")),
        n=60,
        size=size,
        aim="≤ 80 ms",
    )
    bench.measure("shown again after one answer", lambda: present(large, answers, language="nb"), n=100, size=size)
    bench.measure("reading a form", lambda: reading.read(form(100)), n=60, size=size)
    judged = bench.measure(
        "validate and score a response",
        lambda: (small.validate(few), small.score(few)),
        size="40 items, native",
        aim="with storing ≥ 150/s",
    )
    bench.add("validate and score: responses a second", [1000 / judged.median], unit="1/s", size="40 items, native")
    bench.measure("complete a response", lambda: finish(small, few, at=NOW), size="40 items, native")


def bench_questionnaire_expressions(bench: Bench) -> None:
    """What goes through FHIRPath, for itself."""
    path = "%resource.item.item.where(linkId='i{}2').answer.value + {}"
    every = "%resource.descendants().where(linkId.startsWith('i')).answer.value.ordinal().sum()"
    ten = [_calculated(number, every if number == 0 else path.format(number % 4, number)) for number in range(10)]
    engine, answers = Engine(reading.read(form(40, *ten)), now=NOW), filled(40)

    size = "40 items, 10 expressions, one over all answers"
    bench.measure("FHIRPath: ten calculated items", lambda: engine.score(answers), n=60, size=size)


def _calculated(number: int, expression: str) -> dict[str, Any]:
    url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
    written = {"url": url, "valueExpression": {"language": "text/fhirpath", "expression": expression}}
    return {"linkId": f"e{number}", "type": "decimal", "text": "Beregnet", "readOnly": True, "extension": [written]}
