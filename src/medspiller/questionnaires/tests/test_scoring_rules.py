"""Scores: sections and totals, in every language and every order."""

import copy
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.questionnaires.domain.answering.evaluating import Engine, NotComputable
from medspiller.questionnaires.domain.definition import reading
from medspiller.questionnaires.tests.cases import answered, code, core, item, questionnaire, response

NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)
OPTIONS = [code("never", 0), code("often", 2), code("always", 3.5)]


def part(name, host="ehelse"):
    return {"code": [{"system": f"http://{host}.no/scoringFormulas", "code": name}]}


def section(name, *questions):
    asked = [item(one, "choice", answerOption=OPTIONS, repeats=True, **part("QS")) for one in questions]
    return item(name, "group", item=[*asked, item(f"{name}-sum", "decimal", **part("SS", "helsenorge"))])


FORM = questionnaire(section("body", "b1", "b2"), section("mind", "m1"), item("sum", "quantity", **part("TS")))


def filled(**answers):
    groups = {"body": [], "mind": []}
    for link_id, names in answers.items():
        groups["body" if link_id[0] == "b" else "mind"].append(answered(link_id, *(code(name) for name in names)))
    return response(*({"linkId": name, "item": inside} for name, inside in groups.items()))


def score(form, answers):
    return Engine(reading.read(form), now=NOW).score(answers)


def test_sections_add_their_own_and_the_total_adds_all():
    assert score(FORM, filled(b1=["often"], b2=["always"], m1=["often"])) == {
        "body-sum": 5.5,
        "mind-sum": 2,
        "sum": 7.5,
    }


def test_an_unanswered_section_has_no_score_and_nought_is_one():
    assert score(FORM, filled(b1=["never"])) == {"body-sum": 0, "mind-sum": None, "sum": 0}


def test_what_is_not_asked_does_not_count():
    form = copy.deepcopy(FORM)
    form["item"][1]["enableWhen"] = [{"question": "b1", "operator": "exists", "answerBoolean": False}]

    assert score(form, filled(b1=["often"], m1=["often"]))["sum"] == 2


@given(st.permutations(["b1", "b2"]), st.permutations(["often", "always"]), st.booleans())
def test_order_changes_nothing(questions, names, turned):
    answers = filled(**dict.fromkeys(questions, names), m1=["often"])
    if turned:
        answers["item"].reverse()

    assert score(FORM, answers) == {"body-sum": 11, "mind-sum": 2, "sum": 13}


@given(st.text(max_size=20))
def test_words_change_nothing(display):
    answers = filled(b1=["often"])
    answers["item"][0]["item"][0]["answer"][0]["valueCoding"]["display"] = display

    assert score(FORM, answers)["sum"] == 2


class TestCalculations:
    def test_run_after_what_they_read_with_variables_before_them(self):
        variable = core("variable", valueExpression={"name": "x", "language": "text/fhirpath", "expression": "%y + 1"})
        reads_a = "%resource.item.where(linkId='a').answer.value"
        other = core("variable", valueExpression={"name": "y", "language": "text/fhirpath", "expression": reads_a})
        form = questionnaire(
            item("c", "integer", calculated("%resource.item.where(linkId='b').answer.value * 2")),
            item("b", "integer", calculated("%x * 10")),
            item("a", "integer"),
            extension=[variable, other],
        )

        assert score(form, response(answered("a", {"valueInteger": 3}))) == {"c": 80, "b": 40}

    def test_in_a_circle_are_refused_by_name(self):
        form = questionnaire(item("a", "integer", calculated("%resource.item.where(linkId='a').answer.value")))

        with pytest.raises(NotComputable) as refusal:
            score(form, response())

        assert refusal.value.issues[0].expressions == ("Questionnaire.item[0]",)
        assert "a" in refusal.value.issues[0].text

    def test_end_when_there_is_no_more_time(self):
        form = questionnaire(item("a", "integer", calculated("1 + 1")))
        engine = Engine(reading.read(form), now=NOW, enough=lambda: True)

        with pytest.raises(NotComputable) as refusal:
            engine.score(response())

        assert refusal.value.issues[0].code == "too-costly"


def calculated(text):
    return core("questionnaire-calculatedExpression", valueExpression={"language": "text/fhirpath", "expression": text})
