"""What a page shows of a questionnaire: controls, texts in a language, steps, repeats, what is wrong."""

from datetime import date

import pytest

from medspiller.questionnaires.domain.answering.evaluating import NotComputable
from medspiller.questionnaires.domain.filling.presented import Control, Note, Repeated, Section, Taken
from medspiller.questionnaires.domain.filling.presenting import MOST_ITEMS
from medspiller.questionnaires.tests.cases import answered, code, core, item, questionnaire, response
from medspiller.questionnaires.tests.forms import is_shown, question, shown


def control(name):
    return core("questionnaire-itemControl", valueCodeableConcept={"coding": [{"code": name}]})


def translated(**languages):
    return {
        "extension": [
            core("translation", extension=[{"url": "lang", "valueCode": each}, {"url": "content", "valueString": said}])
            for each, said in languages.items()
        ]
    }


FEW = [code("a"), code("b")]
MANY = [code(f"c{number}") for number in range(9)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (item("q", "boolean"), Control.RADIO),
        (item("q", "boolean", control("check-box")), Control.TICK),
        (item("q", "decimal"), Control.NUMBER),
        (item("q", "integer"), Control.NUMBER),
        (item("q", "integer", control("slider"), core("minValue", valueInteger=0), core("maxValue", valueInteger=10)),
         Control.RADIO),
        (item("q", "integer", control("slider"), core("minValue", valueInteger=0), core("maxValue", valueInteger=99)),
         Control.NUMBER),
        (item("q", "date"), Control.DAY),
        (item("q", "date", control("year")), Control.PART_OF_DATE),
        (item("q", "date", control("yearMonth")), Control.PART_OF_DATE),
        (item("q", "dateTime"), Control.MOMENT),
        (item("q", "time"), Control.TIME),
        (item("q", "string"), Control.LINE),
        (item("q", "text"), Control.TEXT),
        (item("q", "url"), Control.ADDRESS),
        (item("q", "choice", answerOption=FEW), Control.RADIO),
        (item("q", "choice", answerOption=MANY), Control.DROP_DOWN),
        (item("q", "choice", control("radio-button"), answerOption=MANY), Control.RADIO),
        (item("q", "choice", control("drop-down"), answerOption=FEW), Control.DROP_DOWN),
        (item("q", "choice", control("autocomplete"), answerOption=FEW), Control.DROP_DOWN),
        (item("q", "choice", answerOption=FEW, repeats=True), Control.BOXES),
        (item("q", "choice", answerValueSet="https://x.example/vs"), Control.LINE),
        (item("q", "open-choice", control("autocomplete"), answerOption=FEW), Control.SUGGESTIONS),
        (item("q", "attachment"), Control.FILE),
        (item("q", "reference"), Control.SHOWN),
        (item("q", "quantity"), Control.AMOUNT),
        (item("q", "string", readOnly=True), Control.SHOWN),
        (item("q", "string", control("data-receiver")), Control.SHOWN),
    ],
)  # fmt: skip
def test_every_type_has_its_control(asked, expected):
    assert question(shown(questionnaire(asked)), "q").control is expected


class TestTexts:
    def test_a_translation_is_shown_where_there_is_one(self):
        form = shown(questionnaire(item("q", "string", text="Navn", _text=translated(nn="Namn")), language="nb"))
        in_nynorsk = shown(
            questionnaire(item("q", "string", text="Navn", _text=translated(nn="Namn")), language="nb"), language="nn"
        )

        assert (question(form, "q").label.plain, question(form, "q").label.lang) == ("Navn", "")
        assert (question(in_nynorsk, "q").label.plain, question(in_nynorsk, "q").label.lang) == ("Namn", "")

    def test_what_is_not_translated_says_its_language(self):
        form = shown(questionnaire(item("q", "string", text="Navn"), language="nb-NO"), language="en")

        assert question(form, "q").label.lang == "nb"

    def test_a_language_that_is_none_is_not_put_into_the_page(self):
        form = shown(questionnaire(item("q", "string"), language='"><script>'), language="en")

        assert question(form, "q").label.lang == ""

    def test_options_are_translated_too(self):
        option = {"valueCoding": {"code": "a", "display": "Ja visst", "_display": translated(en="Yes, sure")}}
        form = shown(questionnaire(item("q", "choice", answerOption=[option]), language="nb"), language="en")

        assert question(form, "q").options[0].words.plain == "Yes, sure"

    @pytest.mark.parametrize("url", ["helsenorge.no", "ehelse.no"])
    def test_sublabels_and_help_of_helsenorge_stand_with_their_question(self, url):
        sublabel = {"url": f"http://{url}/fhir/StructureDefinition/sdf-sublabel", "valueMarkdown": "Kort, takk"}
        asked = item("q", "string", sublabel, item=[item("h", "text", control("help"), text="Skriv fornavnet")])

        form = shown(questionnaire(asked))

        assert question(form, "q").sublabel.plain == "Kort, takk"
        assert question(form, "q").help.plain == "Skriv fornavnet"
        assert not is_shown(form, "h")

    def test_a_text_with_markup_has_plain_words_too(self):
        bold = {"extension": [core("rendering-markdown", valueMarkdown="Om **deg**")]}
        label = question(shown(questionnaire(item("q", "string", text="Om deg", _text=bold))), "q").label

        assert (label.plain, label.markup) == ("Om deg", "Om <strong>deg</strong>")

    @pytest.mark.parametrize(
        ("asked", "look"),
        [
            (item("q", "display"), ""),
            (item("q", "text", control("highlight")), "highlight"),
            (item("q", "text", control("sidebar")), "sidebar"),
            (item("q", "text", control("inline"), item=[item("inner", "display")]), "fold"),
            (item("q", "display", control("help")), "help"),
        ],
    )
    def test_texts_that_ask_nothing_are_notes(self, asked, look):
        (note,) = shown(questionnaire(asked)).steps[0].parts

        assert isinstance(note, Note)
        assert note.look == look


class TestWhatIsAsked:
    def test_what_is_not_asked_is_not_there(self):
        condition = [{"question": "care", "operator": "=", "answerBoolean": True}]
        form = questionnaire(item("care", "boolean"), item("hours", "integer", enableWhen=condition))

        assert not is_shown(shown(form), "hours")
        assert is_shown(shown(form, response(answered("care", {"valueBoolean": True}))), "hours")

    def test_what_is_hidden_is_not_there(self):
        assert not is_shown(
            shown(questionnaire(item("q", "string", core("questionnaire-hidden", valueBoolean=True)))), "q"
        )

    def test_a_condition_may_hang_on_a_score(self):
        form = questionnaire(
            item("tired", "choice", answerOption=[code("no", 0), code("very", 3)],
                 code=[{"system": "http://ehelse.no/scoringFormulas", "code": "QS"}]),
            item("sum", "decimal", readOnly=True, code=[{"system": "http://ehelse.no/scoringFormulas", "code": "TS"}]),
            item("more", "text", enableWhen=[{"question": "sum", "operator": ">=", "answerDecimal": 3}]),
        )  # fmt: skip

        rested = shown(form, response(answered("tired", code("no"))))
        tired = shown(form, response(answered("tired", code("very"))))

        assert not is_shown(rested, "more")
        assert is_shown(tired, "more")
        assert question(tired, "sum").fields[0].shown.words.plain == "3"

    def test_progress_counts_what_is_asked(self):
        form = shown(
            questionnaire(item("a", "string"), item("b", "string"), item("c", "decimal", readOnly=True)),
            response(answered("a", {"valueString": "ja"})),
        )

        assert (form.asked, form.answered) == (2, 1)

    def test_a_form_that_nobody_could_answer_is_refused(self):
        form = questionnaire(*(item(f"q{number}", "string") for number in range(MOST_ITEMS + 1)))

        with pytest.raises(NotComputable, match=f"{MOST_ITEMS + 1} items"):
            shown(form)


class TestSteps:
    @pytest.mark.parametrize("name", ["page", "step"])
    def test_groups_that_say_so_are_steps(self, name):
        form = shown(
            questionnaire(
                item("intro", "display"),
                item("one", "group", control(name), item=[item("a", "string")]),
                item("two", "group", control(name), item=[item("b", "string")]),
                item("last", "string"),
            )
        )

        assert [(step.number, step.link_id) for step in form.steps] == [(1, "one"), (2, "two")]
        assert [part.link_id for part in form.steps[0].parts] == ["intro", "a"]
        assert [part.link_id for part in form.steps[1].parts] == ["b", "last"]

    def test_pages_may_stand_in_one_group(self):
        pages = [item(name, "group", item=[item(f"{name}-q", "string")]) for name in ("one", "two")]

        form = shown(questionnaire(item("all", "group", control("tab-container"), item=pages)))

        assert [step.link_id for step in form.steps] == ["one", "two"]

    def test_our_own_forms_say_it_once(self):
        own = {"url": "https://medspiller.no/fhir/StructureDefinition/step-per-group", "valueBoolean": True}
        groups = [item(name, "group", item=[item(f"{name}-q", "string")]) for name in ("one", "two")]

        assert len(shown(questionnaire(*groups, extension=[own])).steps) == 2
        assert len(shown(questionnaire(*groups)).steps) == 1

    def test_a_step_that_is_not_asked_is_left_out_and_numbers_close_up(self):
        condition = [{"question": "a", "operator": "exists", "answerBoolean": True}]
        form = shown(
            questionnaire(
                item("one", "group", control("page"), item=[item("a", "string")]),
                item("two", "group", control("page"), item=[item("b", "string")], enableWhen=condition),
                item("three", "group", control("page"), item=[item("c", "string")]),
            )
        )

        assert [(step.number, step.link_id) for step in form.steps] == [(1, "one"), (2, "three")]
        assert form.step(9).link_id == "three"
        assert form.step_with("c").number == 2


class TestRepeats:
    def test_a_question_with_two_answers_can_have_a_third(self):
        asked = questionnaire(item("q", "string", core("questionnaire-maxOccurs", valueInteger=3), repeats=True))
        found = question(shown(asked, response(answered("q", {"valueString": "a"}, {"valueString": "b"}))), "q")

        assert [field.value for field in found.fields] == ["a", "b"]
        assert [field.remove for field in found.fields] == ["remove:q-q:0", "remove:q-q:1"]
        assert found.add == "add:q-q"

    def test_nothing_more_is_offered_than_is_allowed(self):
        asked = questionnaire(item("q", "string", core("questionnaire-maxOccurs", valueInteger=1), repeats=True))

        assert question(shown(asked, response(answered("q", {"valueString": "a"}))), "q").add == ""

    def test_as_many_fields_as_are_needed_are_there_from_the_start(self):
        asked = questionnaire(item("q", "string", core("questionnaire-minOccurs", valueInteger=2), repeats=True))

        assert len(question(shown(asked), "q").fields) == 2

    def test_every_occurrence_of_a_group_has_names_of_its_own(self):
        asked = questionnaire(item("child", "group", repeats=True, item=[item("name", "string")]))
        child = {"linkId": "child", "item": [answered("name", {"valueString": "A"})]}

        (repeated,) = shown(asked, response(child, child)).steps[0].parts

        assert isinstance(repeated, Repeated)
        assert [(one.number, one.of, one.marker) for one in repeated.sections] == [(1, 2, "0"), (2, 2, "1")]
        assert [one.parts[0].name for one in repeated.sections] == ["q-child:0/name", "q-child:1/name"]

    def test_what_is_asked_under_several_answers_stands_under_each(self):
        inner = item("how", "string")
        asked = questionnaire(item("task", "choice", repeats=True, answerOption=FEW, item=[inner]))
        written = response(answered("task", code("a"), code("b")))

        under = question(shown(asked, written), "task").parts

        assert [(type(one), one.title.plain, one.parts[0].name) for one in under] == [
            (Section, "a", "q-task:0/how"),
            (Section, "b", "q-task:1/how"),
        ]


class TestChoices:
    def test_an_answer_that_is_no_option_any_more_is_still_there(self):
        asked = questionnaire(item("q", "choice", answerOption=FEW))
        options = question(shown(asked, response(answered("q", code("gone")))), "q").options

        assert [(one.value, one.checked) for one in options] == [("a", False), ("b", False), ("gone", True)]

    def test_an_open_choice_has_room_for_own_words(self):
        asked = questionnaire(item("q", "open-choice", answerOption=FEW))
        found = question(shown(asked, response(answered("q", {"valueString": "noe annet"}))), "q")

        assert found.own_words.value == "noe annet"
        assert [one.value for one in found.options if one.checked] == ["+"]

    def test_options_of_a_contained_value_set_are_shown(self):
        held = {
            "resourceType": "ValueSet", "id": "vs", "status": "active",
            "compose": {"include": [{"system": "https://x.example", "concept": [{"code": "a", "display": "Alfa"}]}]},
        }  # fmt: skip
        asked = questionnaire(item("q", "choice", answerValueSet="#vs"), contained=[held])

        assert [one.words.plain for one in question(shown(asked), "q").options] == ["Alfa"]

    def test_a_list_that_is_kept_elsewhere_is_answered_in_own_words(self):
        asked = questionnaire(item("q", "choice", answerValueSet="http://snomed.info/sct?fhir_vs"))

        assert question(shown(asked), "q").options_unknown

    def test_codes_that_look_alike_are_told_apart(self):
        same = [{"valueCoding": {"system": system, "code": "1", "display": system}} for system in ("urn:a", "urn:b")]
        options = question(shown(questionnaire(item("q", "choice", answerOption=same))), "q").options

        assert len({one.value for one in options}) == 2

    def test_units_are_chosen_where_there_are_several(self):
        units = [core("questionnaire-unitOption", valueCoding={"code": each, "display": each}) for each in ("kg", "g")]
        found = question(shown(questionnaire(item("q", "quantity", *units))), "q")

        assert [one.value for one in found.units] == ["kg", "g"]

    def test_a_single_unit_stands_beside_the_field(self):
        unit = core("questionnaire-unit", valueCoding={"code": "h", "display": "timer"})

        assert question(shown(questionnaire(item("q", "quantity", unit))), "q").unit == "timer"


class TestValues:
    @pytest.mark.parametrize(
        ("kind", "value", "language", "typed"),
        [
            ("decimal", {"valueDecimal": 1.5}, "nb", "1,5"),
            ("decimal", {"valueDecimal": 1.5}, "en", "1.5"),
            ("integer", {"valueInteger": 12}, "nb", "12"),
            ("date", {"valueDate": "2026-11-21"}, "nb", "2026-11-21"),
            ("date", {"valueDate": "2026-11"}, "nb", "2026-11"),
            ("time", {"valueTime": "08:30:00"}, "nb", "08:30"),
            ("url", {"valueUri": "https://x.example"}, "nb", "https://x.example"),
        ],
    )
    def test_values_stand_in_fields_as_people_write_them(self, kind, value, language, typed):
        form = shown(questionnaire(item("q", kind)), response(answered("q", value)), language=language)

        assert question(form, "q").fields[0].value == typed

    def test_a_moment_is_shown_in_norwegian_time(self):
        written = response(answered("q", {"valueDateTime": "2026-11-21T23:30:00Z"}))
        field = question(shown(questionnaire(item("q", "dateTime")), written), "q").fields[0]

        assert (field.value, field.clock) == ("2026-11-22", "00:30")

    def test_limits_are_told_before_anybody_breaks_them(self):
        least, most = core("minValue", valueDate="2026-01-01"), core("maxValue", valueDate="2026-12")
        hints = question(shown(questionnaire(item("q", "date", least, most))), "q").hints

        assert (hints.least, hints.most) == ("1. januar 2026", "desember 2026")

    def test_what_was_taken_from_elsewhere_says_so(self):
        taken = {"q": Taken("folkeregisteret", date(2026, 11, 1))}
        form = shown(
            questionnaire(item("q", "string")), response(answered("q", {"valueString": "A"})), taken_from=taken
        )

        assert question(form, "q").taken == taken["q"]

    def test_an_answer_that_is_gone_was_taken_from_nowhere(self):
        form = shown(questionnaire(item("q", "string")), taken_from={"q": Taken("folkeregisteret")})

        assert question(form, "q").taken is None


def test_children_get_a_form_of_their_own():
    tag = {"system": "urn:medspiller:questionnaire-tag", "code": "child-8-12"}

    assert shown(questionnaire(item("q", "string"), meta={"tag": [tag]})).variant == "child"
    assert shown(questionnaire(item("q", "string"))).variant == ""


def test_names_survive_any_link_id():
    odd = ['a b"><', "Å/ø:1+~%", "!2", "x" * 300]
    form = shown(questionnaire(*(item(each, "string") for each in odd)))
    names = [question(form, each).name for each in odd]

    assert len(set(names)) == len(odd)
    assert all(name.isascii() and not set(name) & set(" \"'<>&") for name in names)
