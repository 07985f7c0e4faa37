"""What is asked: conditions, their scope in repeats, and what they wait for."""

import pytest

from medspiller.questionnaires.domain.answering import responses
from medspiller.questionnaires.domain.answering.enabling import enabled
from medspiller.questionnaires.domain.definition import reading
from medspiller.questionnaires.tests.cases import answered, code, errors, item, laid, questionnaire, response

YES, NO = {"valueBoolean": True}, {"valueBoolean": False}


def when(question, operator="=", **answer):
    return {"question": question, "operator": operator, **(answer or {"answerBoolean": True})}


def asked(form, filled):
    return enabled(reading.read(form), responses.read_response(filled))


class TestConditions:
    @pytest.mark.parametrize(("behaviour", "is_asked"), [("any", True), ("all", False)])
    def test_are_joined_as_the_item_says(self, behaviour, is_asked):
        follow_up = item("c", "string", enableWhen=[when("a"), when("b")], enableBehavior=behaviour)
        form = questionnaire(item("a", "boolean"), item("b", "boolean"), follow_up)

        assert asked(form, response(answered("a", YES), answered("b", NO)))["c"] is is_asked

    def test_hold_for_any_answer_of_a_repeated_question(self):
        form = questionnaire(
            item("helps", "choice", repeats=True, answerOption=[code("night"), code("talk")]),
            item("c", "string", enableWhen=[when("helps", answerCoding=code("talk")["valueCoding"])]),
        )

        assert asked(form, response(answered("helps", code("night"), code("talk"))))["c"]
        assert not asked(form, response(answered("helps", code("night"))))["c"]

    def test_do_not_count_answers_to_what_is_not_asked(self):
        form = questionnaire(
            item("a", "boolean"),
            item("b", "boolean", enableWhen=[when("a")]),
            item("c", "boolean", enableWhen=[when("b")]),
        )

        assert asked(form, response(answered("a", NO), answered("b", YES))) == {"a": True, "b": False, "c": False}

    def test_wait_for_a_later_question_too(self):
        form = questionnaire(item("c", "string", enableWhen=[when("a")]), item("a", "boolean"))

        assert asked(form, response(answered("a", YES)))["c"]

    @pytest.mark.parametrize(
        ("year", "operator", "holds"), [("2020", "<", True), ("2026", "<", False), ("2026", "=", False)]
    )
    def test_decide_about_a_partial_date_only_what_is_certain(self, year, operator, holds):
        form = questionnaire(
            item("d", "date"), item("c", "string", enableWhen=[when("d", operator, answerDate="2026-08-01")])
        )

        assert asked(form, response(answered("d", {"valueDate": year})))["c"] is holds

    def test_say_that_there_is_no_answer(self):
        form = questionnaire(
            item("a", "boolean"), item("c", "string", enableWhen=[when("a", "exists", answerBoolean=False)])
        )

        assert asked(form, response())["c"]
        assert not asked(form, response(answered("a", NO)))["c"]


class TestScope:
    form = questionnaire(
        item(
            "child",
            "group",
            repeats=True,
            item=[
                item("knows", "boolean"),
                item("about", "group", item=[item("how", "string", enableWhen=[when("knows")])]),
            ],
        )
    )

    def test_a_condition_is_about_its_own_occurrence(self):
        told = {"linkId": "child", "item": [answered("knows", YES)]}
        not_told = {"linkId": "child", "item": [answered("knows", NO)]}
        silent = {"linkId": "child"}

        places = laid(self.form, response(told, not_told, silent)).places["how"]

        assert [place.enabled for place in places] == [True, False, False]

    def test_a_question_under_an_answer_is_about_that_answer(self):
        form = questionnaire(
            item(
                "who",
                "string",
                repeats=True,
                item=[item("why", "string", enableWhen=[when("who", answerString="sister")])],
            )
        )
        filled = response(answered("who", {"valueString": "sister"}, {"valueString": "friend"}))

        assert [place.enabled for place in laid(form, filled).places["why"]] == [True, False]

    def test_an_answer_to_what_is_not_asked_is_an_error_there(self):
        told = {"linkId": "child", "item": [answered("knows", YES), {"linkId": "about", "item": [said()]}]}
        not_told = {"linkId": "child", "item": [answered("knows", NO), {"linkId": "about", "item": [said()]}]}

        assert errors(self.form, response(told, not_told)) == [
            ("QuestionnaireResponse.item[1].item[1].item[0]", "invalid")
        ]


def said():
    return answered("how", {"valueString": "ved kjøkkenbordet"})
