"""What is wrong is told at its question, in words that the person who answers understands."""

import pytest

from medspiller.questionnaires.domain.filling.presented import ProblemKind
from medspiller.questionnaires.tests.cases import answered, code, core, item, questionnaire, response
from medspiller.questionnaires.tests.forms import engine, question, shown

FEW = [code("a"), code("b")]


def helsenorge(name, **value):
    return {"url": f"http://helsenorge.no/fhir/StructureDefinition/{name}", **value}


class TestProblems:
    @pytest.mark.parametrize(
        ("asked", "answer", "kind"),
        [
            (item("q", "string", required=True), [], ProblemKind.MISSING),
            (item("q", "string", maxLength=2), [{"valueString": "abc"}], ProblemKind.TOO_LONG),
            (item("q", "string", core("minLength", valueInteger=5)), [{"valueString": "abc"}], ProblemKind.TOO_SHORT),
            (item("q", "integer", core("minValue", valueInteger=5)), [{"valueInteger": 1}], ProblemKind.TOO_LOW),
            (item("q", "integer", core("maxValue", valueInteger=5)), [{"valueInteger": 9}], ProblemKind.TOO_HIGH),
            (item("q", "decimal", core("maxDecimalPlaces", valueInteger=1)), [{"valueDecimal": 1.23}],
             ProblemKind.TOO_MANY_DECIMALS),
            (item("q", "string", core("regex", valueString="^\\d+$")), [{"valueString": "ab"}], ProblemKind.WRONG_FORM),
            (item("q", "choice", answerOption=FEW), [code("gone")], ProblemKind.NOT_AN_OPTION),
            (item("q", "string", core("questionnaire-minOccurs", valueInteger=2), repeats=True, required=True),
             [{"valueString": "a"}], ProblemKind.TOO_FEW),
            (item("q", "string", core("questionnaire-maxOccurs", valueInteger=1), repeats=True),
             [{"valueString": "a"}, {"valueString": "b"}], ProblemKind.TOO_MANY),
            (item("q", "choice", repeats=True, answerOption=[*FEW, {**code("none"), "extension": [
                core("questionnaire-optionExclusive", valueBoolean=True)]}]), [code("a"), code("none")],
             ProblemKind.NOT_ALONE),
            (item("q", "attachment", core("maxSize", valueDecimal=1)),
             [{"valueAttachment": {"size": 2_000_000, "title": "a.pdf"}}], ProblemKind.FILE_TOO_LARGE),
            (item("q", "attachment", core("mimeType", valueCode="application/pdf")),
             [{"valueAttachment": {"contentType": "text/html", "title": "a"}}], ProblemKind.FILE_OF_WRONG_KIND),
        ],
    )  # fmt: skip
    def test_each_is_told_at_its_question(self, asked, answer, kind):
        written = response(*([answered("q", *answer)] if answer else []))
        form = questionnaire(asked)
        found = shown(form, written, issues=engine(form).validate(written))

        assert [fault.problem.kind for fault in found.faults] == [kind]
        assert found.faults[0].target

    def test_the_form_says_it_in_its_own_words_if_it_has_some(self):
        own = helsenorge("sdf-validationtext", valueString="Skriv fire siffer.")
        form = questionnaire(item("q", "string", own, core("regex", valueString="^\\d{4}$")))
        written = response(answered("q", {"valueString": "abc"}))

        (fault,) = shown(form, written, issues=engine(form).validate(written)).faults

        assert fault.problem.said.plain == "Skriv fire siffer."

    def test_the_right_one_of_several_is_marked(self):
        form = questionnaire(item("child", "group", repeats=True, item=[item("name", "string", required=True)]))
        named, nameless = {"linkId": "child", "item": [answered("name", {"valueString": "A"})]}, {"linkId": "child"}
        written = response(named, nameless)

        (fault,) = shown(form, written, issues=engine(form).validate(written)).faults

        assert fault.target == "q-child:1/name"

    def test_an_unanswered_group_leads_to_its_first_question(self):
        inner = [item("note", "display"), item("name", "string"), item("town", "string")]
        form = questionnaire(item("home", "group", required=True, item=inner), item("other", "string"))

        (fault,) = shown(form, response(), issues=engine(form).validate(response())).faults

        assert fault.target == question(shown(form, response()), "name").first_input

    def test_what_could_not_be_read_stands_there_again(self):
        found = question(shown(questionnaire(item("q", "integer")), unreadable={"q-q": "tolv"}), "q")

        assert found.fields[0].value == "tolv"
        assert [problem.kind for problem in found.fields[0].problems] == [ProblemKind.NO_WHOLE_NUMBER]
