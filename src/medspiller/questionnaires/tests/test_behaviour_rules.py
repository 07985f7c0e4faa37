"""What published questionnaires, each made for one behaviour, do here."""

from typing import Any

import pytest

from medspiller.questionnaires.domain.filling.finishing import finish
from medspiller.questionnaires.domain.filling.opening import opened
from medspiller.questionnaires.domain.filling.presented import (
    Control,
    Form,
    Note,
    ProblemKind,
    Question,
    Repeated,
    Section,
    every_part,
)
from medspiller.questionnaires.domain.filling.presenting import present
from medspiller.questionnaires.domain.filling.submitting import submitted
from medspiller.questionnaires.tests.cases import (
    answered,
    load,
    needs,
    response,
)
from medspiller.questionnaires.tests.forms import (
    NOW,
    answers,
    as_sent,
    engine,
    is_shown,
    nothing,
    question,
    send_fields,
    shown,
)

FOLDER = "sdc-behaviour"
SDC = "sdc-questionnaire-"


def case(name: str) -> dict[str, Any]:
    return load(f"{FOLDER}/{name}.json")


def begun(form: dict[str, Any], **known: Any) -> dict[str, Any]:
    return opened(engine(form, known=known)).response


def part(form: Form, link_id: str) -> Any:
    return next(one for step in form.steps for one in every_part(step.parts) if one.link_id == link_id)


def options(form: Form, link_id: str) -> list[str]:
    return [option.words.plain for option in question(form, link_id).options]


def fhirpath(text: str, **more: str) -> dict[str, str]:
    return {"language": "text/fhirpath", "expression": text, **more}


def number(link_id: str, value: float) -> dict[str, Any]:
    return answered(link_id, {"valueDecimal": value})


def wrong(form: dict[str, Any], written: dict[str, Any]) -> dict[str, list[ProblemKind]]:
    """What is shown as wrong, by the question, when the answers are to be completed."""
    made = engine(form)
    finished = finish(made, {**nothing(), **written}, at=NOW)
    page = present(made, finished.response, language="nb", issues=finished.issues)
    found = {}
    for step in page.steps:
        for one in every_part(step.parts):
            if isinstance(one, Question):
                kinds = [each.kind for each in one.problems] + [each.kind for f in one.fields for each in f.problems]
                found[one.link_id] = kinds
    return {link_id: kinds for link_id, kinds in found.items() if kinds}


@needs(FOLDER, "initial values")
class TestBeginsWith:
    def test_a_fixed_value(self):
        assert (
            question(shown(case("qInitialSingle"), begun(case("qInitialSingle"))), "patient-age").fields[0].value
            == "30"
        )

    def test_several_where_the_question_repeats(self):
        states = [one["code"] for one in answers(begun(case("qInitialRepeats")), "patient-age")]

        assert states == ["ACT", "NSW", "QLD", "VIC", "TAS"]

    def test_what_is_asked_under_each_of_them(self):
        response_ = begun(case("qNestedRepeatQuestionnaireWithInitial"))

        assert answers(response_, "parent-decimal") == [1, 2]
        assert answers(response_, "child-string") == ["child value", "child value"]

    def test_what_is_known_of_somebody(self):
        patient = {"resourceType": "Patient", "birthDate": "1948-05-17"}

        (age,) = answers(
            begun(case("qInitialExpressionBasic"), patient=patient),
            case("qInitialExpressionBasic")["item"][0]["linkId"],
        )

        assert age == 78

    def test_nothing_where_nothing_is_known(self):
        assert "item" not in begun(case("qInitialExpressionBasic"))
        assert answers(begun(case("qItemPopulationContextMedicalHistory")), "medical-history-condition") == []

    def test_what_a_bundle_that_is_known_says(self):
        form = case("qCalculatedExpressionBMICalculatorPrepop")

        def bundle(amount: float) -> dict[str, Any]:
            seen = {"resourceType": "Observation", "valueQuantity": {"value": amount, "unit": "x"}}
            return {"resourceType": "Bundle", "entry": [{"resource": seen}]}

        before = begun(form, ObsBodyHeight=bundle(180), ObsBodyWeight=bundle(81))

        assert question(shown(form, before), "bmi-result").fields[0].shown.words.plain.startswith("25")


@needs(FOLDER, "calculations")
class TestCalculates:
    @pytest.mark.parametrize("name", ["qCollapsibleGroupDefaultOpen", "qCalculatedExpressionBMICalculatorPrepop"])
    def test_a_value_from_others_while_one_answers(self, name):
        form = case(name)
        group = form["item"][0]["linkId"]
        written = response({"linkId": group, "item": [number("patient-height", 180), number("patient-weight", 81)]})

        assert question(shown(form, written), "bmi-result").control is Control.SHOWN
        assert engine(form).score(written)["bmi-result"] == 25

    @pytest.mark.parametrize(
        ("name", "controller", "link_id", "typed"),
        [
            ("qDateCalculation", "date-controller", "calculated-date", "2025-09"),
            ("qDateCalculation", "date-controller", "calculated-date", "2025-09-19"),
            ("qTimeCalculation", "time-controller", "calculated-time", "14:10:30"),
        ],
    )
    def test_a_day_or_time_from_a_text(self, name, controller, link_id, typed):
        finished = finish(engine(case(name)), response(answered(controller, {"valueString": typed})), at=NOW)

        assert answers(finished.response, link_id) == [typed]
        assert finished.issues == ()

    @pytest.mark.parametrize("name", ["qOldCvdRiskCalculator", "qCalculatedExpressionCvdRiskCalculatorPrepop"])
    def test_nothing_as_long_as_something_is_missing(self, name):
        made = engine(case(name))

        assert set(made.score(nothing()).values()) == {None}
        assert made.filled(nothing()).calculator.faults == []


@needs(FOLDER, "options that come and go")
class TestOptionsThatComeAndGo:
    DETAILS = ("hallucination-details-dropdown", "hallucination-details-checkbox", "hallucination-details-radio")
    FORMS = ("qAnswerOptionToggleExpressionAnswerOption", "qAnswerOptionToggleExpressionContained")

    def chosen(self, form: dict[str, Any], link_id: str, name: str) -> dict[str, Any]:
        made = engine(form)
        found = question(present(made, nothing(), language="nb"), link_id)
        token = next(option.value for option in found.options if option.words.plain == name)
        sent = {**as_sent(present(made, nothing(), language="nb")), found.name: [token]}
        return submitted(made, sent, before=nothing()).response

    @pytest.mark.parametrize("name", FORMS)
    @pytest.mark.parametrize("link_id", DETAILS)
    def test_can_be_chosen_as_long_as_the_rule_holds(self, name, link_id):
        form = case(name)
        none, visual = (self.chosen(form, "hallucination-type", one) for one in ("None", "Visual"))

        assert options(shown(form), link_id) == ["Lucid", "Infrequent", "Brief"]
        assert options(shown(form, visual), link_id) == ["Lucid", "Infrequent", "Brief"]
        assert options(shown(form, none), link_id) == ["Lucid"]

    @pytest.mark.parametrize("name", FORMS)
    def test_one_that_was_chosen_before_is_shown_and_told(self, name):
        form, link_id = case(name), self.DETAILS[2]
        brief = self.chosen(form, link_id, "Brief")
        none = self.chosen(form, "hallucination-type", "None")
        both = {**none, "item": none["item"] + brief["item"]}

        assert [option.words.plain for option in question(shown(form, both), link_id).options if option.checked] == [
            "Brief"
        ]
        assert options(shown(form, both), link_id) == ["Lucid", "Brief"]
        assert wrong(form, both) == {link_id: [ProblemKind.NOT_AN_OPTION]}
        assert wrong(form, brief) == {}


@needs(FOLDER, "texts that change")
class TestTextsThatChange:
    def test_say_what_was_answered(self):
        form = case("qParameterisedValueSetBasic")
        said = response(answered("countryCode", {"valueCoding": {"code": "NO"}}))

        assert part(shown(form, said), "requestDisplay").words.plain.endswith("p-country=NO")
        assert part(shown(form), "requestDisplay").words.plain.endswith("limited-states/vs")


@needs(FOLDER, "what is asked and what is not")
class TestAsks:
    def test_nothing_that_is_hidden(self):
        form = shown(case("qHidden"))

        assert is_shown(form, "display-about")
        assert not is_shown(form, "string-hidden")

    @pytest.mark.parametrize(
        ("age", "asked"),
        [
            (None, set()),
            (4, {"red-flags-early-identification"}),
            (12, {"substance-use"}),
            (20, {"substance-use"}),
            (60, {"substance-use", "genitourinary-and-sexual-health"}),
        ],
    )
    def test_tabs_by_what_was_answered_in_another(self, age, asked):
        form = case("qEnableWhenExpressionTabs")
        given = [answered("patient-age", {"valueInteger": age})] if age is not None else []
        details = {"linkId": "patient-details", "item": given}
        enabled = engine(form).enabled(response({"linkId": "tab-container", "item": [details]}))

        by_age = ("red-flags-early-identification", "substance-use", "genitourinary-and-sexual-health")
        assert {name for name in by_age if enabled[name]} == asked
        assert enabled["consent"] is (age is not None)

    def test_by_a_tick_whether_a_section_is_done(self):
        form = case("qItemControlDisplayContextDisplay")
        done = {"linkId": "tab-section-1", "item": [answered("MarkComplete-1", {"valueBoolean": True})]}
        enabled = engine(form).enabled(response({"linkId": "tab-container", "item": [done]}))

        assert (enabled["CD-complete-1"], enabled["CD-in-progress-1"]) == (True, False)


@needs(FOLDER, "rules")
class TestTells:
    def test_that_a_text_is_too_long(self):
        said = answered("pensioner-card-number-feedback", {"valueString": "12345678901"})

        assert wrong(case("qMaxLength"), response(said)) == {"pensioner-card-number-feedback": [ProblemKind.TOO_LONG]}

    def test_that_a_text_is_too_short(self):
        assert wrong(case("qMinLength"), response(answered("phone-feedback", {"valueString": "123"}))) == {
            "phone-feedback": [ProblemKind.TOO_SHORT]
        }

    def test_that_a_text_has_not_its_form(self):
        said = response(
            answered("postcode-au-filled", {"valueString": "4006"}),
            answered("postcode-au-feedback", {"valueString": "40a6"}),
        )

        assert wrong(case("qRegex"), said) == {"postcode-au-feedback": [ProblemKind.WRONG_FORM]}

    @pytest.mark.parametrize("name", ["MaxLength", "MinLength", "Regex"])
    def test_something_about_the_answers_that_come_with_the_form(self, name):
        assert wrong(case(f"q{name}"), case(f"qr{name}"))

    def test_that_a_rule_about_two_answers_is_broken(self):
        form = case("qTargetConstraintItemLevel")
        first, last = (answered(name, {"valueString": "Kari"}) for name in ("firstName", "lastName"))

        assert not errors_of(form, response(first, last))
        assert errors_of(form, response(answered("lastName", {"valueString": "x"}))) == []

    def test_advice_without_stopping_anybody(self):
        form = case("qTargetConstraintSimple")
        low = response(answered("1.1", {"valueInteger": 70}), answered("1.2", {"valueInteger": 90}))
        told = [issue for issue in engine(form).validate(low) if "Systolic" in issue.text]

        assert [issue.is_error for issue in told] == [False]
        assert finish(engine(form), low, at=NOW).may_be_completed


def errors_of(form: dict[str, Any], written: dict[str, Any]) -> list[str]:
    return [issue.text for issue in engine(form).validate(written) if issue.is_error]


@needs(FOLDER, "how it looks")
class TestLooks:
    def test_groups_that_can_be_folded(self):
        assert part(shown(case("qCollapsibleGroupDefaultOpen")), "bmi-collapsible").look == "fold-open"

    @pytest.mark.parametrize(
        ("name", "look"), [("qCollapsibleSingleDefaultOpen", "fold-open"), ("qCollapsibleSingleDefaultClosed", "fold")]
    )
    def test_the_first_of_them_open_or_closed(self, name, look):
        sections = [
            one for step in shown(case(name)).steps for one in every_part(step.parts) if isinstance(one, Section)
        ]

        assert look in {one.look for one in sections}

    def test_a_step_for_each_tab(self):
        form = shown(case("qItemControlDisplayTabContainer"))

        assert [step.title.plain for step in form.steps] == [
            "About the health check",
            "Current health/patient priorities",
        ]

    def test_options_side_by_side_where_the_form_says_so(self):
        form = shown(case("qChoiceOrientation"))

        across = {name: question(form, f"administrative-gender-{name}").across for name in ("vertical", "horizontal")}
        assert across == {"vertical": False, "horizontal": True}

    def test_own_words_by_the_forms_own_name(self):
        assert (
            question(shown(case("qOpenLabel")), "health-check-location").own_words_label.plain
            == "Other, please specify"
        )

    def test_a_unit_a_tip_and_a_prompt_inside_the_question(self):
        height = question(shown(case("qItemControlDisplayFlyover")), "height")

        assert (height.unit, height.help.plain[:19]) == ("cm", "The average 12-year")
        prompt = question(shown(case("qItemControlDisplayPrompt")), "systolic-blood-pressure").prompt
        assert prompt.plain == "75 or more"

    def test_instructions_under_a_question(self):
        note = part(shown(case("qDisplayCategoryInstructions")), "eligible-health-check-instructions")

        assert isinstance(note, Note)
        assert note.look == "instructions"

    @pytest.mark.parametrize("name", ["qGTableWithBoolean", "qGTableWithChoice", "qItemControlGroupGTableRepeats"])
    def test_a_table_to_which_lines_can_be_added(self, name):
        form = case(name)
        table = part(shown(form), "medical-history")

        sent = send_fields(form, None, {"_press": table.add})

        assert table.look == "table"
        assert len(part(shown(form, sent.response), "medical-history").sections) == 2

    def test_a_repeated_group_in_a_repeated_group(self):
        form = case("qRepeatsGroupNested")
        outer = part(shown(form), "restrictive-practice-intervention")
        after = send_fields(form, None, {"_press": outer.add}).response
        groups = [
            one for step in shown(form, after).steps for one in every_part(step.parts) if isinstance(one, Repeated)
        ]

        assert [one.link_id for one in groups] == [
            "restrictive-practice-intervention",
            "restrictive-practice-intervention-note",
            "restrictive-practice-intervention-note",
        ]
