"""The engine against the published cases of FHIR, SDC and Helsenorge."""

import json
import re
from datetime import UTC, datetime

import pytest

from medspiller.questionnaires.domain.answering import expressions
from medspiller.questionnaires.domain.answering.conditions import holds
from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.answering.responses import read_response
from medspiller.questionnaires.domain.checks import checking
from medspiller.questionnaires.domain.definition import reading
from medspiller.questionnaires.domain.definition.outcomes import has_errors
from medspiller.questionnaires.domain.definition.primitives import is_primitive
from medspiller.questionnaires.domain.definition.shape_table import SHAPES
from medspiller.questionnaires.tests.cases import STANDARDS, item, load, needs, questionnaire, response

VALIDATION = "questionnaire-response-validation"
HELSENORGE = "helsenorge-questionnaire"
BEHAVIOUR = "sdc-behaviour"
CORE = "fhir-r4-core"
NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)

ITEM = re.compile(r"QuestionnaireResponse(?:\.item\[\d+\](?:\.answer\[\d+\])?)*")


def cases_without_terminology():
    for case in load(f"{VALIDATION}/expected.json"):
        agreed = case.get("oracles_agree_on_validity", True) and not case["needs_terminology"]
        if case["kind"] == "QuestionnaireResponse" and case["supporting"] and agreed:
            yield case


def judged(case):
    form = reading.read(load(f"{VALIDATION}/cases/{case['supporting'][0]}"))
    return Engine(form, now=NOW).validate(load(f"{VALIDATION}/cases/{case['file']}"))


@needs(VALIDATION, "24 cases")
class TestResponseValidation:
    def test_agrees_with_both_reference_validators_on_what_is_valid(self):
        cases = list(cases_without_terminology())

        disagreed = [case["name"] for case in cases if has_errors(judged(case)) is case["expect_valid"]]

        assert disagreed == []
        assert len(cases) >= 24

    def test_names_the_same_items_as_they_do(self):
        theirs = named = 0
        for case in cases_without_terminology():
            ours = {ITEM.match(place)[0] for issue in judged(case) if issue.is_error for place in issue.expressions}
            for validator in ("hl7_java_validator", "forms_lab_dotnet_validator"):
                for fault in case[validator]["errors"]:
                    theirs += 1
                    named += ITEM.match(fault["expression"])[0] in ours

        assert theirs >= 40
        assert named >= 0.9 * theirs

    def test_refuses_a_condition_on_what_is_inside_the_item(self):
        issues = checking.check(load(f"{VALIDATION}/cases/questionnaire-enableWhen-test-invalid.json"))

        assert "Questionnaire.item[0]" in [issue.expressions[0] for issue in issues if issue.is_error]


@needs(HELSENORGE, "33 cases")
class TestHelsenorge:
    def test_conditions_hold_as_on_helsenorge(self):
        cases = load(f"{HELSENORGE}/enablewhen-matcher-cases.json")
        for case in cases:
            form = reading.read(questionnaire(item("x", "string", enableWhen=[case["enableWhen"]])))
            filled = read_response(response({"linkId": "1.0.0", "answer": [case["answer"]]}))

            assert holds(form.items[0].conditions[0], filled.items[0].answers) is case["expected"], case["name"]
        assert len(cases) >= 23

    def test_scores_are_those_of_helsenorge(self):
        cases = load(f"{HELSENORGE}/scoring/expected.json")
        for case in cases:
            form = load(f"{HELSENORGE}/scoring/{case['questionnaire']}")
            with_expressions(form, case.get("set_calculated_expression", {}))
            filled = response(*filled_in(form["item"], case["answers"]))

            assert Engine(reading.read(form), now=NOW).score(filled) == case["expected"]
        assert len(cases) >= 10


def with_expressions(form, wanted):
    for one in form["item"]:
        for extension in one.get("extension", ()):
            if "calculatedExpression" in extension["url"]:
                extension["valueString"] = wanted[one["linkId"]]


def filled_in(items, answers):
    for one in items:
        filled = {"linkId": one["linkId"]}
        if one.get("item"):
            filled["item"] = list(filled_in(one["item"], answers))
        given = answers.get(one["linkId"])
        if given is not None:
            filled["answer"] = [as_answer(one, value) for value in (given if isinstance(given, list) else [given])]
        yield filled


def as_answer(one, value):
    match one["type"]:
        case "choice":
            coding = next(o["valueCoding"] for o in one["answerOption"] if o["valueCoding"]["code"] == value)
            return {"valueCoding": {"code": coding["code"], "display": coding["display"]}}
        case "quantity":
            return {"valueQuantity": {"value": value}}
    return {f"value{one['type'].capitalize()}": value}


def every_questionnaire():
    for path in sorted(STANDARDS.glob("*/**/*.json")):
        if path.name == "fhir.schema.json":
            continue
        written = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(written, dict) and written.get("resourceType") == "Questionnaire":
            yield path.relative_to(STANDARDS), written


# Two of these forms use a linkId twice, which is what a check is for.
TWICE = {"qItemControlGroupPageContainer.json", "qWidthGrid.json"}


@needs(BEHAVIOUR, "60 questionnaires")
def test_every_behaviour_questionnaire_is_read_and_checked():
    refused = set()
    for path in sorted((STANDARDS / BEHAVIOUR).glob("q[A-Z]*.json")):
        issues = checking.check(json.loads(path.read_text(encoding="utf-8")), expressions.compile)
        if has_errors(issues):
            refused.add(path.name)
            assert {issue.code.value for issue in issues if issue.is_error} == {"duplicate"}

    assert refused <= TWICE


@needs(HELSENORGE, "every questionnaire")
def test_every_published_questionnaire_can_be_answered_with_nothing():
    count = 0
    for _, written in every_questionnaire():
        engine = Engine(reading.read(written), now=NOW)

        assert set(engine.enabled(response())) == set(engine.questionnaire.by_link_id)
        engine.score(response())
        count += 1
    assert count >= 100


@needs(CORE, "the table of shapes")
class TestShapes:
    def test_the_table_says_what_the_structure_definitions_say(self):
        bundle = load(f"{CORE}/structuredefinitions-subset.bundle.json")
        definitions = {entry["resource"]["id"]: entry["resource"] for entry in bundle["entry"]}
        for kind, line in SHAPES.items():
            own = {one.split(":")[0]: one.split(":")[1] for one in line.split()}
            for name, said in own.items():
                element = element_of(definitions, kind, name)

                assert ("!" in said) is (element["min"] > 0), f"{kind}.{name}"
                assert ("*" in said) is (element["max"] == "*"), f"{kind}.{name}"
                assert types_of(element, kind, name) == set(said.rstrip("*!").split("|")), f"{kind}.{name}"

    @pytest.mark.parametrize(
        ("kind", "value"), [("date", "2026-02-30"), ("time", "24:00:00"), ("code", " a"), ("id", "æ")]
    )
    def test_knows_what_is_no_primitive(self, kind, value):
        assert not is_primitive(kind, value)


def element_of(definitions, kind, name):
    snapshot = definitions[kind.split(".")[0]]["snapshot"]["element"]
    return next(element for element in snapshot if element["path"] == f"{kind}.{name}")


def types_of(element, kind, name):
    if "contentReference" in element:
        return {element["contentReference"].removeprefix("#")}
    found = {one["code"].split(".")[-1] for one in element["type"]}
    found = {"string" if one == "String" else one for one in found}
    return {f"{kind}.{name}"} if found & {"BackboneElement", "Element"} else found
