"""Options that come and go, texts that change, and occurrences that are asked for."""

from typing import Any

from medspiller.questionnaires.domain.answering import expressions
from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.checks import checking
from medspiller.questionnaires.domain.definition import reading
from medspiller.questionnaires.domain.filling.finishing import finish
from medspiller.questionnaires.domain.filling.opening import opened
from medspiller.questionnaires.domain.filling.presented import (
    Form,
    Question,
    Repeated,
    every_part,
)
from medspiller.questionnaires.domain.filling.presenting import present
from medspiller.questionnaires.tests.cases import (
    answered,
    code,
    core,
    item,
    questionnaire,
    response,
)
from medspiller.questionnaires.tests.forms import (
    NOW,
    answers,
    engine,
    nothing,
    question,
    send_fields,
    shown,
)

SDC = "sdc-questionnaire-"


def part(form: Form, link_id: str) -> Any:
    return next(one for step in form.steps for one in every_part(step.parts) if one.link_id == link_id)


def options(form: Form, link_id: str) -> list[str]:
    return [option.words.plain for option in question(form, link_id).options]


def fhirpath(text: str, **more: str) -> dict[str, str]:
    return {"language": "text/fhirpath", "expression": text, **more}


class TestTogglesOfOurs:
    def form(self, *rules: tuple[str, str]) -> dict[str, Any]:
        toggles = [
            core(
                f"{SDC}answerOptionsToggleExpression",
                extension=[{"url": "option", **code(name)}, {"url": "expression", "valueExpression": fhirpath(text)}],
            )
            for name, text in rules
        ]
        return questionnaire(item("q", "choice", *toggles, answerOption=[code(name) for name in "abc"]))

    def test_an_option_of_two_rules_can_be_chosen_if_one_of_them_holds(self):
        assert options(shown(self.form(("b", "false"), ("b", "true"), ("c", "{}"))), "q") == ["a", "b"]

    def test_a_rule_that_fails_takes_nothing_away(self):
        assert options(shown(self.form(("b", "1 + 'x'"))), "q") == ["a", "b", "c"]

    def test_a_rule_that_cannot_be_read_is_told_when_the_form_is_checked(self):
        issues = checking.check(self.form(("b", "not a (")), expressions.compile)

        assert any("cannot be read" in issue.text for issue in issues if issue.is_error)

    def test_what_is_sent_means_the_same_whatever_is_left_out(self):
        form = self.form(("a", "false"))

        assert answers(send_fields(form, None, {"q-q": "c"}).response, "q")[0]["code"] == "c"


class TestTextsThatChange:
    def test_of_questions_and_groups(self):
        dynamic = {
            "extension": [
                core("cqf-expression", valueExpression=fhirpath("'Om ' & %resource.item.first().answer.value"))
            ]
        }
        form = questionnaire(
            item("name", "string"),
            item("g", "group", _text=dynamic, item=[item("q", "string", _text=dynamic)]),
        )
        page = shown(form, response(answered("name", {"valueString": "Oddny"})))

        assert (part(page, "g").title.plain, question(page, "q").label.plain) == ("Om Oddny", "Om Oddny")

    def test_are_never_markup(self):
        dynamic = {"extension": [core("cqf-expression", valueExpression=fhirpath("'<script>x</script>'"))]}

        words = question(shown(questionnaire(item("q", "string", _text=dynamic))), "q").label

        assert (words.plain, words.markup) == ("<script>x</script>", "")


class TestWordsOfValueSets:
    def test_are_in_the_language_of_the_page_where_the_value_set_says_so(self):
        concept = {
            "code": "y",
            "display": "Ja",
            "designation": [{"language": "en", "value": "Yes"}, {"language": "en", "value": "Yep"}, {"value": "?"}],
        }
        held = {
            "resourceType": "ValueSet",
            "id": "v",
            "compose": {"include": [{"system": "urn:x", "concept": [concept]}]},
        }
        form = questionnaire(item("q", "choice", answerValueSet="#v"), contained=[held], language="nb")

        assert options(shown(form, language="en"), "q") == ["Yes"]
        assert options(shown(form, language="nb"), "q") == ["Ja"]


class TestOccurrencesThatAreAskedFor:
    FORM = questionnaire(
        item(
            "g", "group", core("questionnaire-minOccurs", valueInteger=2), repeats=True,
            item=[
                item("q", "integer", required=True),
                item("n", "integer", core(f"{SDC}calculatedExpression", valueExpression=fhirpath("1 + 1"))),
            ],
        )
    )  # fmt: skip

    def occurrences(self, form: Form) -> list[list[str]]:
        (group,) = (one for one in form.steps[0].parts if isinstance(one, Repeated))
        return [[q.fields[0].value for q in one.parts if q.link_id == "q"] for one in group.sections]

    def test_are_there_from_the_start_and_cannot_be_taken_away(self):
        (group,) = shown(self.FORM).steps[0].parts

        assert [(one.number, one.of, one.remove) for one in group.sections] == [(1, 2, ""), (2, 2, "")]

    def test_sending_them_untouched_adds_nothing(self):
        assert send_fields(self.FORM, nothing(), {}).response == nothing()

    def test_each_keeps_its_place(self):
        page = shown(self.FORM)
        second = [one for one in every_part(page.steps[0].parts) if isinstance(one, Question) and one.link_id == "q"][1]

        sent = send_fields(self.FORM, None, {second.name: "7"})

        assert self.occurrences(shown(self.FORM, sent.response)) == [[""], ["7"]]
        assert answers(sent.response, "q") == [7]

    def test_what_nobody_can_read_keeps_its_place_too(self):
        questions = [one for one in every_part(shown(self.FORM).steps[0].parts) if isinstance(one, Question)]
        second = [one for one in questions if one.link_id == "q"][1]

        sent = send_fields(self.FORM, None, {second.name: "tolv"})
        page = present(engine(self.FORM), sent.response, language="nb", unreadable=sent.unreadable)

        assert self.occurrences(page) == [[""], ["tolv"]]

    def test_one_that_nobody_answered_is_not_counted(self):
        written = response({"linkId": "g", "item": [answered("q", {"valueInteger": 1})]})
        finished = finish(engine(self.FORM), written, at=NOW)

        assert len(finished.response["item"]) == 1
        assert [issue.code.value for issue in finished.issues] == ["required"]

    def test_more_than_anybody_answers_are_not_laid_out(self):
        many = core("questionnaire-minOccurs", valueInteger=10**9)
        form = questionnaire(item("g", "group", many, repeats=True, item=[item("q", "integer")]))

        assert len(part(shown(form), "g").sections) == 100


def test_a_form_that_takes_too_long_begins_without_what_is_known():
    known = core(f"{SDC}initialExpression", valueExpression=fhirpath("%patient.birthDate"))
    form = questionnaire(item("born", "date", known), item("a", "integer", initial=[{"valueInteger": 3}]))
    made = Engine(reading.read(form), NOW, {"patient": {"birthDate": "1948-05-17"}}, enough=lambda: True)

    found = opened(made)

    assert (answers(found.response, "born"), answers(found.response, "a"), found.taken) == ([], [3], ())
