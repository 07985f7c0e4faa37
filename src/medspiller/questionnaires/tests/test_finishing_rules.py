"""Completing a response, and reading it again."""

from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.filling.finishing import finish
from medspiller.questionnaires.domain.filling.opening import opened
from medspiller.questionnaires.domain.reading_back.answers import AnswerGroup, AnswerRow, answers_to_read
from medspiller.questionnaires.tests.cases import answered, code, core, item, questionnaire, response
from medspiller.questionnaires.tests.forms import NOW, answers, engine, nothing

SCORING = "http://ehelse.no/scoringFormulas"
CARE = questionnaire(
    item("care", "boolean"),
    item("hours", "integer", enableWhen=[{"question": "care", "operator": "=", "answerBoolean": True}]),
)


def scored():
    return questionnaire(
        item(
            "tired", "choice", answerOption=[code("no", 0), code("very", 3)], code=[{"system": SCORING, "code": "QS"}]
        ),
        item("sum", "decimal", readOnly=True, code=[{"system": SCORING, "code": "TS"}]),
    )


def test_answers_to_what_is_not_asked_are_dropped():
    written = response(answered("care", {"valueBoolean": False}), answered("hours", {"valueInteger": 7}))

    finished = finish(engine(CARE), written, at=NOW)

    assert answers(finished.response, "hours") == []
    assert finished.may_be_completed


def test_it_says_when_it_was_completed():
    finished = finish(engine(CARE), nothing(), at=NOW).response

    assert (finished["status"], finished["authored"]) == ("completed", "2026-11-22T12:00:00+00:00")


def test_scores_are_filled_in_and_told():
    finished = finish(engine(scored()), response(answered("tired", code("very"))), at=NOW)

    assert finished.scores == {"sum": 3}
    assert answers(finished.response, "sum") == [3]


def test_a_score_that_does_not_exist_is_no_answer():
    finished = finish(engine(scored()), nothing(), at=NOW)

    assert finished.scores == {"sum": None}
    assert answers(finished.response, "sum") == []


def test_what_is_missing_stands_in_the_way():
    finished = finish(engine(questionnaire(item("q", "string", required=True))), nothing(), at=NOW)

    assert [(issue.link_id, issue.code.value) for issue in finished.issues] == [("q", "required")]
    assert not finished.may_be_completed


def test_occurrences_that_stayed_empty_are_left_out():
    form = questionnaire(item("child", "group", repeats=True, item=[item("name", "string", required=True)]))
    named = {"linkId": "child", "item": [answered("name", {"valueString": "A"})]}

    finished = finish(engine(form), response({"linkId": "child"}, named, {"linkId": "child"}), at=NOW)

    assert finished.response["item"] == [named]
    assert finished.may_be_completed


def test_answers_come_in_the_order_in_which_they_are_asked():
    form = questionnaire(item("a", "string"), item("b", "string"))
    written = response(answered("b", {"valueString": "2"}), answered("a", {"valueString": "1"}))

    assert [node["linkId"] for node in finish(engine(form), written, at=NOW).response["item"]] == ["a", "b"]


def test_the_response_given_is_not_changed():
    written = response(answered("tired", code("very")))
    before = repr(written)

    finish(engine(scored()), written, at=NOW)

    assert repr(written) == before


class TestAnswersToRead:
    def test_every_question_that_is_asked_is_there_answered_or_not(self):
        read = answers_to_read(engine(CARE), response(answered("care", {"valueBoolean": True})), language="nb")

        assert [(row.link_id, len(row.values)) for row in read.parts] == [("care", 1), ("hours", 0)]
        assert (read.asked, read.answered) == (2, 1)

    def test_an_answer_that_was_chosen_is_read_in_the_language_of_the_page(self):
        english = core("translation", extension=[{"url": "lang", "valueCode": "en"},
                                                 {"url": "content", "valueString": "Yes, sure"}])  # fmt: skip
        option = {"valueCoding": {"code": "a", "display": "Ja visst", "_display": {"extension": [english]}}}
        form = questionnaire(item("q", "choice", answerOption=[option]), language="nb")
        written = response(answered("q", {"valueCoding": {"code": "a", "display": "Ja visst"}}))

        (row,) = answers_to_read(engine(form), written, language="en").parts

        assert [value.words.plain for value in row.values] == ["Yes, sure"]

    def test_days_are_read_in_words(self):
        form = questionnaire(item("q", "date"))

        (row,) = answers_to_read(engine(form), response(answered("q", {"valueDate": "2026-05"})), language="nn").parts

        assert row.values[0].words.plain == "mai 2026"

    def test_occurrences_are_groups_with_their_number(self):
        form = questionnaire(item("child", "group", repeats=True, item=[item("name", "string")]))
        child = {"linkId": "child", "item": [answered("name", {"valueString": "A"})]}

        (group,) = answers_to_read(engine(form), response(child, child), language="nb").parts

        assert isinstance(group, AnswerGroup)
        assert [(one.number, one.of) for one in group.parts] == [(1, 2), (2, 2)]

    def test_what_is_asked_under_a_question_stands_under_it(self):
        form = questionnaire(item("sleep", "boolean", item=[item("why", "string")]))

        (row,) = answers_to_read(engine(form), nothing(), language="nb").parts

        assert isinstance(row, AnswerRow)
        assert [inner.link_id for inner in row.parts] == ["why"]


class TestOpened:
    def test_begins_with_initial_values_and_selected_options(self):
        chosen = {**code("b"), "initialSelected": True}
        form = questionnaire(
            item("a", "string", initial=[{"valueString": "Kari"}]),
            item("g", "group", item=[item("b", "choice", answerOption=[code("a"), chosen])]),
        )

        begun = opened(engine(form)).response

        assert (answers(begun, "a"), answers(begun, "b")) == (["Kari"], [code("b")["valueCoding"]])

    def test_says_what_was_taken_from_elsewhere(self):
        known = {"patient": {"resourceType": "Patient", "birthDate": "1948-05-17"}}
        expression = {"language": "text/fhirpath", "expression": "%patient.birthDate"}
        form = questionnaire(
            item("born", "date", core("sdc-questionnaire-initialExpression", valueExpression=expression))
        )

        begun = opened(Engine(engine(form).questionnaire, now=NOW, known=known))

        assert answers(begun.response, "born") == ["1948-05-17"]
        assert begun.taken == ("born",)

    def test_an_empty_form_begins_empty(self):
        assert opened(engine(questionnaire(item("q", "string")))).response == {
            "resourceType": "QuestionnaireResponse",
            "status": "in-progress",
            "questionnaire": "https://medspiller.example/q",
        }
