"""What an answer must keep to."""

import pytest

from medspiller.questionnaires.domain.answering.validating import validate
from medspiller.questionnaires.domain.definition import reading
from medspiller.questionnaires.tests.cases import answered, code, core, errors, item, questionnaire, response

ANSWER = "QuestionnaireResponse.item[0].answer[0]"
ITEM = "QuestionnaireResponse.item[0]"
KG = {"system": "http://unitsofmeasure.org", "code": "kg", "unit": "kg"}
TALK = answered("a", code("talk"))
ALONE = {**code("none"), "extension": [core("questionnaire-optionExclusive", valueBoolean=True)]}

BROKEN = {
    "a wrong type": (item("a", "integer"), [{"valueString": "4"}], ANSWER),
    "too small": (item("a", "integer", core("minValue", valueInteger=5)), [{"valueInteger": 4}], ANSWER),
    "a year before the first day": (
        item("a", "date", core("minValue", valueDate="2026-03-01")),
        [{"valueDate": "2025"}],
        ANSWER,
    ),
    "too long": (item("a", "string", maxLength=3), [{"valueString": "four"}], ANSWER),
    "too short": (item("a", "string", core("minLength", valueInteger=5)), [{"valueString": "four"}], ANSWER),
    "another form": (item("a", "string", core("regex", valueString="^[0-9]{4}$")), [{"valueString": "abc"}], ANSWER),
    "too many decimals": (
        item("a", "decimal", core("maxDecimalPlaces", valueInteger=1)),
        [{"valueDecimal": 1.25}],
        ANSWER,
    ),
    "another unit": (
        item("a", "quantity", core("questionnaire-unit", valueCoding={"system": KG["system"], "code": "g"})),
        [{"valueQuantity": {"value": 3, **KG}}],
        ANSWER,
    ),
    "what is not offered": (item("a", "choice", answerOption=[code("night")]), [code("talk")], ANSWER),
    "words where only codes are": (item("a", "choice", answerOption=[code("night")]), [{"valueString": "x"}], ANSWER),
    "one that stands alone, beside another": (
        item("a", "choice", repeats=True, answerOption=[code("night"), ALONE]),
        [code("night"), code("none")],
        ITEM,
    ),
    "two answers where one is": (item("a", "string"), [{"valueString": "x"}, {"valueString": "y"}], ITEM),
    "more than the most": (
        item("a", "string", core("questionnaire-maxOccurs", valueInteger=1), repeats=True),
        [{"valueString": "x"}, {"valueString": "y"}],
        ITEM,
    ),
    "too large a file": (
        item("a", "attachment", core("maxSize", valueDecimal=0.000001)),
        [{"valueAttachment": {"contentType": "text/plain", "data": "QUJDRA=="}}],
        ANSWER,
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_refuses(name):
    asked, answers, where = BROKEN[name]

    assert [place for place, _ in errors(questionnaire(asked), response(answered("a", *answers)))] == [where]


KEPT = {
    "the least itself": (item("a", "integer", core("minValue", valueInteger=5)), [{"valueInteger": 5}]),
    "a year that the first day is in": (
        item("a", "date", core("minValue", valueDate="2026-03-01")),
        [{"valueDate": "2026"}],
    ),
    "noughts that say nothing": (
        item("a", "decimal", core("maxDecimalPlaces", valueInteger=1)),
        [{"valueDecimal": 1.50}],
    ),
    "own words where they are asked for": (
        item("a", "open-choice", answerOption=[code("night")]),
        [{"valueString": "å få sove"}],
    ),
    "Helsenorge's code for own words": (
        item("a", "open-choice", repeats=True, answerOption=[code("night")]),
        [{"valueCoding": {"system": "http://helsenorge.no/fhir/CodeSystem/open-choice", "code": "other"}}],
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_accepts(name):
    asked, answers = KEPT[name]

    assert errors(questionnaire(asked), response(answered("a", *answers))) == []


class TestRequired:
    form = questionnaire(
        item("g", "group", item=[item("a", "string", required=True)]), item("b", "string", required=True)
    )

    def test_is_told_where_the_answer_should_be(self):
        missing = errors(self.form, response({"linkId": "g"}))

        assert missing == [("QuestionnaireResponse.item[0]", "required"), ("QuestionnaireResponse", "required")]

    def test_names_the_item_that_is_not_there(self):
        issues = [issue for issue in validate(reading.read(self.form), response()) if issue.is_error]

        assert issues[0].expressions[1] == "QuestionnaireResponse.item.where(linkId='b')"

    @pytest.mark.parametrize("status", ["in-progress", "stopped"])
    def test_only_warns_before_the_end(self, status):
        assert errors(self.form, response(status=status)) == []


class TestContainedValueSets:
    contained = {
        "resourceType": "ValueSet",
        "id": "v",
        "status": "active",
        "compose": {"include": [{"system": "https://medspiller.example/codes", "concept": [{"code": "night"}]}]},
    }
    form = questionnaire(item("a", "choice", answerValueSet="#v"), contained=[contained])

    def test_are_held_to(self):
        assert errors(self.form, response(answered("a", code("night")))) == []
        assert errors(self.form, response(TALK)) == [(ANSWER, "code-invalid")]

    def test_elsewhere_are_not_known_and_nobody_is_refused(self):
        form = questionnaire(item("a", "choice", answerValueSet="https://elsewhere.example/v"))

        issues = validate(reading.read(form), response(TALK))

        assert [(issue.severity, issue.expressions) for issue in issues] == [("warning", (ANSWER,))]


def test_an_exploding_pattern_is_stopped_and_told():
    form = questionnaire(item("a", "string", core("regex", valueString="((a{1,1000}){1,1000}){1,1000}b"), repeats=True))
    filled = response(answered("a", *({"valueString": "a" * (5000 + number)} for number in range(30))))

    issues = validate(reading.read(form), filled)

    assert {issue.code.value for issue in issues} == {"too-costly"}


def test_tells_the_stranger_and_the_misplaced():
    form = questionnaire(item("g", "group", item=[item("a", "string")]))
    filled = response(answered("z", {"valueString": "x"}), answered("a", {"valueString": "x"}))

    assert errors(form, filled) == [
        ("QuestionnaireResponse.item[0]", "not-found"),
        ("QuestionnaireResponse.item[1]", "structure"),
    ]
