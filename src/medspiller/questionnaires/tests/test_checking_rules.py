"""What makes a questionnaire one that people cannot be asked."""

import pytest

from medspiller.questionnaires.domain.answering import expressions
from medspiller.questionnaires.domain.checks import checking
from medspiller.questionnaires.domain.definition.outcomes import operation_outcome
from medspiller.questionnaires.tests.cases import code, core, item, questionnaire


def calculated(text):
    address = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
    return {"url": address, "valueExpression": {"language": "text/fhirpath", "expression": text}}


def told(form, severity="error"):
    issues = checking.check(form, expressions.compile)
    return [(issue.link_id, issue.code.value) for issue in issues if issue.severity == severity]


def waits_for(question):
    return [{"question": question, "operator": "exists", "answerBoolean": True}]


WRONG = {
    "a linkId used twice": ([item("a", "string"), item("a", "string")], ("a", "duplicate")),
    "a condition on nothing": ([item("a", "string", enableWhen=waits_for("z"))], ("a", "not-found")),
    "a condition on itself": ([item("a", "string", enableWhen=waits_for("a"))], ("a", "business-rule")),
    "R5's type": ([item("a", "coding")], ("a", "not-supported")),
    "no type at all": ([item("a", "sausage")], ("a", "code-invalid")),
    "an empty group": ([item("a", "group")], ("a", "invariant")),
    "options in a yes and no": ([item("a", "boolean", answerOption=[code("x")])], ("a", "invariant")),
    "a day among numbers": ([item("a", "integer", answerOption=[{"valueDate": "2026"}])], ("a", "business-rule")),
    "a code that counts two things": (
        [item("a", "choice", answerOption=[code("x", 1), code("x", 2)])],
        ("a", "duplicate"),
    ),
    "a value set that is not contained": ([item("a", "choice", answerValueSet="#gone")], ("a", "not-found")),
    "the longest below the shortest": (
        [item("a", "string", core("minLength", valueInteger=9), maxLength=3)],
        ("a", "business-rule"),
    ),
    "a pattern that is none": ([item("a", "string", core("regex", valueString="(["))], ("a", "value")),
    "an expression that is none": ([item("a", "integer", calculated("1 +"))], ("a", "invalid")),
    "calculations in a circle": (
        [
            item("a", "integer", calculated("%resource.item.where(linkId='b').answer.value")),
            item("b", "integer", calculated("%resource.item.where(linkId='a').answer.value")),
        ],
        ("a", "business-rule"),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_refuses(name):
    items, expected = WRONG[name]

    assert expected in told(questionnaire(*items))


ODD = {
    "a condition on what comes later": ([item("a", "string", enableWhen=waits_for("b")), item("b", "string")], "a"),
    "HTML in a label": ([item("a", "string", text="<script>alert(1)</script>")], "a"),
    "a pattern that may explode": ([item("a", "string", core("regex", valueString="^(a+)+$"))], "a"),
}


@pytest.mark.parametrize("name", ODD)
def test_warns_of(name):
    items, link_id = ODD[name]
    form = questionnaire(*items)

    assert told(form) == []
    assert link_id in [found for found, _ in told(form, "warning")]


def test_tells_every_problem_at_once():
    form = questionnaire(item("a", "group"), item("a", "coding"), item("b", "string", enableWhen=waits_for("z")))

    assert {code for _, code in told(form)} >= {"invariant", "duplicate", "not-supported", "not-found"}


def test_names_those_in_a_circle():
    ring = [item(name, "string", enableWhen=waits_for(other)) for name, other in (("a", "b"), ("b", "c"), ("c", "a"))]

    issue = next(issue for issue in checking.check(questionnaire(*ring)) if "circle" in issue.text)

    assert issue.expressions == ("Questionnaire.item[0]", "Questionnaire.item[1]", "Questionnaire.item[2]")
    assert "a, b, c" in issue.text


def test_an_expression_over_its_own_group_is_no_circle():
    total = item("sum", "integer", calculated("%resource.item.where(linkId='g').item.answer.value.sum()"))
    form = questionnaire(item("g", "group", item=[item("x", "integer"), total]))

    assert told(form) == []


def test_keeps_unknown_extensions_and_says_nothing():
    form = questionnaire(item("a", "string", {"url": "https://elsewhere.example/x", "valueString": "y"}))

    assert told(form) == []
    assert told(form, "warning") == []


@pytest.mark.parametrize("written", [None, [], "text", 7, {}, {"resourceType": "Patient"}])
def test_tells_what_is_no_questionnaire(written):
    outcome = operation_outcome(checking.check(written))

    assert outcome["issue"][0]["severity"] == "error"
    assert outcome["issue"][0]["expression"] == ["Questionnaire"]


def test_refuses_what_is_nested_beyond_reason():
    form = inner = questionnaire()
    for number in range(180):
        inner["item"] = [item(str(number), "group")]
        inner = inner["item"][0]

    assert [issue.code.value for issue in checking.check(form)] == ["too-costly"]
