"""What a page sends becomes answers, nothing typed is lost, and what was not on the screen stays."""

import pytest

from medspiller.questionnaires.domain.filling.reading_typed import NotUnderstood, read_typed
from medspiller.questionnaires.domain.filling.submitting import Attachment, submitted
from medspiller.questionnaires.tests.cases import answered, code, core, item, questionnaire, response
from medspiller.questionnaires.tests.forms import (
    answers,
    as_sent,
    engine,
    is_shown,
    nothing,
    question,
    send,
    send_fields,
    shown,
)

FEW = [code("a"), code("b"), code("c")]


def control(name):
    return core("questionnaire-itemControl", valueCodeableConcept={"coding": [{"code": name}]})


class TestValues:
    @pytest.mark.parametrize(
        ("asked", "typed", "answer"),
        [
            (item("q", "boolean"), "true", True),
            (item("q", "boolean"), "false", False),
            (item("q", "integer"), "12", 12),
            (item("q", "integer"), " 1 200 ", 1200),
            (item("q", "decimal"), "1,5", 1.5),
            (item("q", "decimal"), "1.5", 1.5),
            (item("q", "decimal"), "−3", -3),
            (item("q", "date"), "2026-11-21", "2026-11-21"),
            (item("q", "date"), "21.11.2026", "2026-11-21"),
            (item("q", "date"), "11.2026", "2026-11"),
            (item("q", "date"), "1948", "1948"),
            (item("q", "time"), "8.30", "08:30:00"),
            (item("q", "time"), "kl. 14:05", "14:05:00"),
            (item("q", "string"), " Kari ", "Kari"),
            (item("q", "text"), "en\r\nto", "en\nto"),
            (item("q", "url"), "www.helsenorge.no", "https://www.helsenorge.no"),
            (item("q", "choice", answerValueSet="https://x.example/vs"), "noe", {"display": "noe"}),
            (item("q", "open-choice", control("autocomplete"), answerOption=FEW), "noe", "noe"),
        ],
    )
    def test_are_read_as_people_write_them(self, asked, typed, answer):
        assert answers(send(questionnaire(asked), q=typed).response, "q") == [answer]

    @pytest.mark.parametrize(
        ("kind", "typed"),
        [
            ("integer", "tolv"),
            ("integer", "1,5"),
            ("integer", "99999999999"),
            ("decimal", "1,5,5"),
            ("decimal", "NaN"),
            ("date", "31.02.2026"),
            ("date", "i går"),
            ("date", "2026-13"),
            ("time", "25:00"),
            ("url", "ikke en adresse"),
            ("quantity", "mange"),
            ("dateTime", "i morgen"),
        ],
    )
    def test_what_cannot_be_read_is_kept_as_typed(self, kind, typed):
        sent = send(questionnaire(item("q", kind)), q=typed)

        assert answers(sent.response, "q") == []
        assert sent.unreadable == {"q-q": typed}

    def test_what_could_not_be_read_is_forgotten_once_it_is_put_right(self):
        sent = send_fields(questionnaire(item("q", "integer")), None, {"q-q": "12"}, unreadable={"q-q": "tolv"})

        assert answers(sent.response, "q") == [12]
        assert sent.unreadable == {}

    def test_a_moment_has_norwegian_time_the_year_round(self):
        form = questionnaire(item("q", "dateTime"))

        winter = send_fields(form, None, {"q-q": "2026-01-10", "q-q+clock": "14:00"})
        summer = send_fields(form, None, {"q-q": "10.07.2026", "q-q+clock": "14.00"})

        assert answers(winter.response, "q") == ["2026-01-10T14:00:00+01:00"]
        assert answers(summer.response, "q") == ["2026-07-10T14:00:00+02:00"]

    def test_an_amount_takes_the_unit_that_was_chosen(self):
        units = [core("questionnaire-unitOption", valueCoding={"code": each, "display": each}) for each in ("kg", "g")]

        sent = send_fields(questionnaire(item("q", "quantity", *units)), None, {"q-q": "70", "q-q+unit": "kg"})

        assert answers(sent.response, "q") == [{"value": 70, "unit": "kg", "code": "kg"}]

    def test_an_amount_takes_its_only_unit(self):
        unit = core("questionnaire-unit", valueCoding={"system": "urn:u", "code": "h", "display": "timer"})

        sent = send(questionnaire(item("q", "quantity", unit)), q="7,5")

        assert answers(sent.response, "q") == [{"value": 7.5, "system": "urn:u", "code": "h", "unit": "timer"}]

    def test_a_number_is_no_text_of_sixty_figures(self):
        with pytest.raises(NotUnderstood):
            read_typed(engine(questionnaire(item("q", "decimal"))).questionnaire.items[0].type, "9" * 61)


class TestChoices:
    def test_a_choice_is_stored_with_its_code_and_without_what_it_counts(self):
        form = questionnaire(item("q", "choice", answerOption=[code("a", 1), code("b", 2)]))

        assert answers(send(form, q=["", "b"]).response, "q") == [code("b")["valueCoding"]]

    def test_an_option_that_does_not_exist_is_no_answer(self):
        assert answers(send(questionnaire(item("q", "choice", answerOption=FEW)), q="z").response, "q") == []

    def test_only_one_is_taken_where_one_is_asked_for(self):
        form = questionnaire(item("q", "choice", answerOption=FEW))

        assert answers(send(form, q=["a", "b"]).response, "q") == [code("a")["valueCoding"]]

    def test_taking_the_last_tick_away_takes_the_answer_away(self):
        form = questionnaire(item("q", "choice", answerOption=FEW, repeats=True))

        assert "item" not in send(form, response(answered("q", code("a"))), q=[""]).response

    def test_own_words_stand_beside_ticks(self):
        form = questionnaire(item("q", "open-choice", answerOption=FEW, repeats=True))

        sent = send_fields(form, None, {"q-q": ["", "a"], "q-q+own": "noe annet"})

        assert answers(sent.response, "q") == [code("a")["valueCoding"], "noe annet"]

    def test_own_words_answer_where_one_is_asked_for(self):
        form = questionnaire(item("q", "open-choice", answerOption=FEW))

        assert answers(send_fields(form, None, {"q-q": ["", "+"], "q-q+own": "noe"}).response, "q") == ["noe"]
        assert answers(send_fields(form, None, {"q-q": [""], "q-q+own": "noe"}).response, "q") == ["noe"]

    def test_whoever_chooses_after_writing_keeps_both_on_the_page(self):
        form = questionnaire(item("q", "open-choice", answerOption=FEW))

        sent = send_fields(form, None, {"q-q": ["", "a"], "q-q+own": "noe"})

        assert answers(sent.response, "q") == [code("a")["valueCoding"]]
        assert sent.unreadable == {"q-q+own": "noe"}

    def test_a_suggestion_that_was_typed_out_is_that_option(self):
        form = questionnaire(item("q", "open-choice", control("autocomplete"), answerOption=FEW))

        assert answers(send(form, q="b").response, "q") == [code("b")["valueCoding"]]


class TestRepeats:
    FORM = questionnaire(item("q", "string", repeats=True))
    TWO = response(answered("q", {"valueString": "a"}, {"valueString": "b"}))

    def test_one_more_is_asked_for_without_script(self):
        sent = send(self.FORM, self.TWO, _press="add:q-q")

        assert (sent.pressed, sent.focus, sent.unreadable) == ("add:q-q", "q-q:2", {"q-q:2": ""})
        again = question(shown(self.FORM, sent.response, unreadable=sent.unreadable), "q")
        assert [field.value for field in again.fields] == ["a", "b", ""]

    def test_the_first_and_a_second_when_none_is_answered(self):
        sent = send(self.FORM, _press="add:q-q")

        assert len(question(shown(self.FORM, sent.response, unreadable=sent.unreadable), "q").fields) == 2

    def test_one_is_taken_away(self):
        sent = send(self.FORM, self.TWO, _press="remove:q-q:0")

        assert answers(sent.response, "q") == ["b"]

    def test_room_that_stayed_empty_is_not_kept(self):
        sent = send_fields(self.FORM, self.TWO, {"q-q": ["a", "", "b"]}, unreadable={"q-q:1": ""})

        assert (answers(sent.response, "q"), sent.unreadable) == (["a", "b"], {})

    def test_what_cannot_be_read_keeps_its_place_among_others(self):
        form = questionnaire(item("q", "integer", repeats=True))

        sent = send(form, q=["1", "to", "3"])
        again = question(shown(form, sent.response, unreadable=sent.unreadable), "q")

        assert [field.value for field in again.fields] == ["1", "to", "3"]

    def test_no_more_are_added_than_are_allowed(self):
        form = questionnaire(item("q", "string", core("questionnaire-maxOccurs", valueInteger=2), repeats=True))

        assert send(form, self.TWO, _press="add:q-q").unreadable == {}


class TestGroups:
    FORM = questionnaire(item("child", "group", repeats=True, item=[item("name", "string"), item("age", "integer")]))

    def test_one_more_is_asked_for_and_filled_in(self):
        first = send_fields(self.FORM, None, {"q-child:0/name": "A"})
        second = send(self.FORM, first.response, _press="add:q-child")
        third = send_fields(self.FORM, second.response, {"q-child:1/name": "B"})

        assert second.focus == "q-child:1+set"
        assert [node["linkId"] for node in second.response["item"]] == ["child", "child"]
        assert answers(third.response, "name") == ["A", "B"]

    def test_one_is_taken_away_with_what_could_not_be_read_in_it(self):
        written = response(*({"linkId": "child", "item": [answered("name", {"valueString": each})]} for each in "ABC"))

        sent = send_fields(
            self.FORM, written, {"_press": "remove:q-child:0"},
            unreadable={"q-child:0/age": "en", "q-child:2/age": "tre"},
        )  # fmt: skip

        assert answers(sent.response, "name") == ["B", "C"]
        assert sent.unreadable == {"q-child:1/age": "tre"}

    def test_what_is_asked_under_an_answer_goes_with_it(self):
        form = questionnaire(item("task", "choice", repeats=True, answerOption=FEW, item=[item("how", "string")]))
        written = response(
            answered(
                "task",
                {**code("a"), "item": [answered("how", {"valueString": "mye"})]},
                {**code("b"), "item": [answered("how", {"valueString": "lite"})]},
            )
        )

        sent = send_fields(form, written, {"q-task": ["", "b", "c"]})

        assert sent.response["item"] == [
            answered("task", {**code("b"), "item": [answered("how", {"valueString": "lite"})]}, code("c"))
        ]

    def test_what_is_asked_under_a_question_may_be_answered_first(self):
        form = questionnaire(item("sleep", "boolean", item=[item("why", "string")]))

        sent = send(form, why="smerter")

        assert sent.response["item"] == [
            {"linkId": "sleep", "answer": [{"item": [answered("why", {"valueString": "smerter"})]}]}
        ]


class TestWhatIsNotTouched:
    def test_fields_that_were_not_on_the_page_stay(self):
        form = questionnaire(item("a", "string"), item("b", "string"))
        before = response(answered("b", {"valueString": "fra før"}))

        sent = submitted(engine(form), {"q-a": ["ny"]}, before=before)

        assert sent.response["item"] == [
            answered("a", {"valueString": "ny"}),
            answered("b", {"valueString": "fra før"}),
        ]

    def test_an_answer_to_what_is_no_longer_asked_stays(self):
        condition = [{"question": "care", "operator": "=", "answerBoolean": True}]
        form = questionnaire(item("care", "boolean"), item("hours", "integer", enableWhen=condition))
        before = response(answered("care", {"valueBoolean": True}), answered("hours", {"valueInteger": 7}))

        sent = send(form, before, care=["", "false"])

        assert answers(sent.response, "hours") == [7]
        assert not is_shown(shown(form, sent.response), "hours")

    @pytest.mark.parametrize(
        "locked",
        [
            item("q", "string", readOnly=True),
            item("q", "string", core("questionnaire-hidden", valueBoolean=True)),
            item("q", "reference"),
            item("q", "decimal", core("questionnaire-calculatedExpression", valueExpression={
                "language": "text/fhirpath", "expression": "1"})),
        ],
    )  # fmt: skip
    def test_what_nobody_may_answer_is_not_taken_from_a_page(self, locked):
        sent = submitted(engine(questionnaire(locked)), {"q-q": ["x"]}, before=nothing())

        assert answers(sent.response, "q") == []

    def test_the_bytes_of_an_answer_that_nobody_changed_stay(self):
        form = questionnaire(item("q", "decimal"), item("m", "dateTime"), item("t", "string"))
        before = response(
            answered("q", {"valueDecimal": 1.0}),
            answered("m", {"valueDateTime": "2026-11-21T23:30:00Z"}),
            {"linkId": "t", "text": "Om t", "answer": [{"valueString": " luft "}]},
        )

        assert send(form, before).response == before

    def test_what_the_questionnaire_does_not_know_stays(self):
        before = response(answered("gone", {"valueString": "x"}), answered("q", {"valueString": "y"}))

        assert send(questionnaire(item("q", "string")), before).response == before


class TestFiles:
    FORM = questionnaire(item("q", "attachment"))
    FILE = Attachment("urn:uuid:1", "brev.pdf", "application/pdf", 1200)
    STORED = {"contentType": "application/pdf", "url": "urn:uuid:1", "size": 1200, "title": "brev.pdf"}

    def test_a_file_that_came_is_the_answer(self):
        sent = submitted(engine(self.FORM), {}, before=nothing(), files={"q-q": self.FILE})

        assert answers(sent.response, "q") == [self.STORED]

    def test_a_page_without_a_file_leaves_the_one_there_is(self):
        before = response(answered("q", {"valueAttachment": self.STORED}))

        assert send(self.FORM, before).response == before

    def test_a_file_is_taken_away(self):
        before = response(answered("q", {"valueAttachment": self.STORED}))

        assert answers(send(self.FORM, before, _press="remove:q-q:0").response, "q") == []


def test_large_text_is_asked_for_by_a_field_of_the_page():
    form = questionnaire(item("q", "string"))

    assert send(form, _large="1").large
    assert not send(form).large


def test_a_page_is_sent_with_every_name_that_it_shows():
    form = questionnaire(item("a", "boolean"), item("b", "choice", answerOption=FEW, repeats=True))

    assert as_sent(shown(form)) == {"q-a": [""], "q-b": [""]}
