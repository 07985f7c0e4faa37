"""Scores of answers, and what depends on what."""

from decimal import Decimal

import pytest

from medspiller.questionnaires.domain.answering import expressions
from medspiller.questionnaires.domain.answering.expressions import ANY_ITEM, CyclicExpressions, depends_on, order

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
WEIGHT = "http://hl7.org/fhir/StructureDefinition/itemWeight"


def coding(code, **more):
    return {"system": "s", "code": code, **more}


def scored(address, score):
    return {"extension": [{"url": address, "valueDecimal": score}]}


def response(*values, name="valueCoding"):
    items = [{"linkId": f"q{at}", "answer": [{name: value}]} for at, value in enumerate(values, start=1)]
    return {"resourceType": "QuestionnaireResponse", "item": [{"linkId": "g", "item": items}]}


def questionnaire(*items, **more):
    return {"resourceType": "Questionnaire", "item": [{"linkId": "g", "item": list(items)}], **more}


def total(answered, asked=None, expression="%resource.repeat(item).answer.value.weight().sum()"):
    found = expressions.compile(expression).evaluate(answered, {"questionnaire": asked} if asked else {})
    return found[0] if found else None


@pytest.mark.parametrize("address", [ORDINAL, WEIGHT, ORDINAL.replace("ordinalValue", "questionnaire-ordinalValue")])
@pytest.mark.parametrize("function", ["weight", "ordinal"])
def test_the_score_may_stand_on_the_answer(address, function):
    expression = f"item.item.answer.value.{function}()"

    assert total(response(coding("a", **scored(address, 2.5))), expression=expression) == Decimal("2.5")


def test_the_score_may_stand_on_the_options_coding():
    asked = questionnaire({"linkId": "q1", "answerOption": [{"valueCoding": coding("a", **scored(ORDINAL, 3))}]})

    assert total(response(coding("a")), asked) == 3


def test_the_score_may_stand_on_the_option_itself():
    asked = questionnaire({"linkId": "q1", "answerOption": [{"valueCoding": coding("a"), **scored(WEIGHT, 4)}]})

    assert total(response(coding("a")), asked) == 4


def test_a_plain_option_has_its_score_beside_its_value():
    asked = questionnaire({"linkId": "q1", "answerOption": [{"valueInteger": 7, "_valueInteger": scored(ORDINAL, 1)}]})

    assert total(response(7, name="valueInteger"), asked) == 1


def test_each_question_has_scores_of_its_own():
    options = [{"answerOption": [{"valueCoding": coding("a", **scored(ORDINAL, score))}]} for score in (1, 10)]
    asked = questionnaire({"linkId": "q1", **options[0]}, {"linkId": "q2", **options[1]})

    assert total(response(coding("a"), coding("a")), asked) == 11


def test_the_language_of_the_display_changes_nothing():
    asked = questionnaire(
        {"linkId": "q1", "answerOption": [{"valueCoding": coding("a", display="Often", **scored(ORDINAL, 3))}]}
    )

    assert total(response(coding("a", display="Ofte")), asked) == 3


CONCEPT = {"code": "a", **scored(ORDINAL, 6)}
CODES = {"resourceType": "CodeSystem", "url": "s"}
VALUES = {"resourceType": "ValueSet", "id": "v"}


@pytest.mark.parametrize(
    "contained",
    [
        {**VALUES, "compose": {"include": [{"system": "s", "concept": [CONCEPT]}]}},
        {**VALUES, "expansion": {"contains": [coding("a", **scored(WEIGHT, 6))]}},
        {**CODES, "concept": [{"code": "up", "concept": [CONCEPT]}]},
        {**CODES, "concept": [{"code": "a", "property": [{"code": "itemWeight", "valueDecimal": 6}]}]},
    ],
)
def test_the_score_may_stand_in_what_the_questionnaire_contains(contained):
    asked = questionnaire({"linkId": "q1", "answerValueSet": "#v"}, contained=[contained])

    assert total(response(coding("a")), asked) == 6


def test_an_answer_without_a_score_has_none():
    assert total(response(coding("a"))) is None


def test_answers_are_those_of_every_depth_in_the_order_of_the_form():
    answered = response(1, 2, name="valueInteger")
    answered["item"][0]["item"][0]["answer"][0]["item"] = [{"linkId": "n", "answer": [{"valueInteger": 9}]}]

    assert expressions.compile("%resource.answers().value").evaluate(answered) == [1, 9, 2]


@pytest.mark.parametrize(
    ("expression", "needs"),
    [
        ("%a + %b", {"%a", "%b"}),
        ("today()", set()),
        ("item.where(linkId = 'x').answer.value", {"x"}),
        ("%resource.repeat(item).where(linkId='x').item.answer.value.weight().sum()", {"%resource", "x"}),
        ("%resource.item.where('x' = linkId and answer.exists()).answer", {"%resource", "x"}),
        ("item.where(linkId = 'x' or linkId = 'y').answer", {"x", "y"}),
        ("item.where(linkId in ('x' | 'y')).answer", {"x", "y"}),
        ("item.where(linkId = 'x' or answer.exists()).answer", {"x", ANY_ITEM}),
        ("item.where(linkId != 'x').answer", {ANY_ITEM}),
        ("%resource.answers().value", {"%resource", ANY_ITEM}),
        ("%resource.descendants().answer", {"%resource", ANY_ITEM}),
        ("%group.item.answer.value", {"%group"}),
        ("iif(%a, item.where(linkId='x').answer.value, item.where(linkId='y').answer.value)", {"%a", "x", "y"}),
        ("%patient.name.where(use = 'official').family", {"%patient"}),
    ],
)
def test_what_an_expression_needs_is_read_off_it(expression, needs):
    assert depends_on(expression) == needs


def test_each_comes_after_what_it_needs():
    definitions = {"bmi": "%weight / %height.power(2)", "weight": "1", "height": "%cm / 100", "cm": "180"}

    assert order(definitions) == ("cm", "height", "weight", "bmi")


def test_linkids_count_as_names_too():
    assert order({"sum": "item.where(linkId='part').answer.value * 2", "part": "1"}) == ("part", "sum")


def test_what_may_read_anything_comes_last():
    assert order({"all": "%resource.answers().value.sum()", "one": "1"}) == ("one", "all")


def test_a_ring_is_named():
    with pytest.raises(CyclicExpressions) as refused:
        order({"start": "%a", "a": "%b + 1", "b": "%c", "c": "%a"})
    assert refused.value.cycle == ("a", "b", "c", "a")
    assert str(refused.value).endswith("a → b → c → a")


def test_an_expression_that_needs_itself_is_a_ring():
    with pytest.raises(CyclicExpressions, match="a → a"):
        order({"a": "%a + 1"})


def test_long_rows_of_needs_are_no_trouble():
    definitions = {f"v{at}": f"%v{at + 1}" for at in range(5000)} | {"v5000": "1"}

    assert order(definitions)[0] == "v5000"
