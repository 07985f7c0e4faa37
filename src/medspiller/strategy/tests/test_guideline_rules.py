"""What can be said of a line of the guideline, and the questionnaire it is said in. Needs no database."""

import json
from dataclasses import replace
from datetime import date

import pytest

from medspiller.core import clock
from medspiller.pathways.domain.content_guideline import GUIDELINE, section_in
from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.definition.outcomes import has_errors
from medspiller.questionnaires.domain.definition.reading import read
from medspiller.strategy.domain.guideline import (
    ADVICE_STATES,
    DEMAND_STATES,
    AssessmentDetails,
    AssessmentRefused,
    Barrier,
    EvidenceKind,
    LineState,
    Refusal,
    concerns,
    ensure_holds,
    is_assessed,
    is_demand,
    order_of,
    states_for,
)
from medspiller.strategy.domain.self_assessment import (
    STATE_TEXTS,
    URL,
    SheetAnswer,
    answer_sheet,
    answers_in,
    questionnaire,
)
from medspiller.strategy.domain.vocabulary import Service
from medspiller.strategy.templatetags import guideline_words
from medspiller.strategy.tests.guideline_content import SHIPPED, definitions
from medspiller.strategy.web.assessing import REFUSALS

TODAY = date(2026, 11, 22)
SECTIONS = sorted(
    (section_in(one) for one in definitions() if one.kind == GUIDELINE), key=lambda one: order_of(f"PV-{one.number}.1")
)
LINES = {line.id: line for section in SECTIONS for line in section.lines}
FORM = json.loads(
    (SHIPPED / "no.medspiller.guideline-self-assessment/questionnaires/guideline-self-assessment.json").read_text()
)
MET = AssessmentDetails(
    line="PV-2.1.1", service=Service.HOME_CARE, state=LineState.MET, on=TODAY, evidence_kind=EvidenceKind.STATEMENT
)


class TestWhatCanBeSaid:
    def test_a_demand_is_met_not_met_or_not_assessed_and_nothing_between(self):
        for line in LINES.values():
            assert states_for(line) == (DEMAND_STATES if is_demand(line) else ADVICE_STATES)

    def test_that_a_demand_is_met_rests_on_something(self):
        ensure_holds(MET, LINES["PV-2.1.1"], today=TODAY, indicators=())

        assert _refused(replace(MET, evidence_kind=None)) is Refusal.NO_EVIDENCE

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"state": LineState.UNDER_WAY}, Refusal.NOT_ITS_STATE),
            ({"service": Service.HOSPITAL}, Refusal.NOT_ITS_SERVICE),
            ({"on": date(2026, 11, 23)}, Refusal.AHEAD),
            ({"evidence_kind": EvidenceKind.DOCUMENT}, Refusal.NO_EVIDENCE),
            ({"evidence_kind": EvidenceKind.OWN_DATA, "indicator": "weather"}, Refusal.NO_INDICATOR),
            ({"next_step": "x" * 7000}, Refusal.TOO_LONG),
        ],
    )
    def test_what_does_not_hold_is_refused(self, changes, why):
        assert _refused(replace(MET, **changes)) is why

    def test_what_only_explains_is_not_assessed(self):
        assert not is_assessed(LINES["PV-1.1.1"])
        assert _refused(replace(MET, line="PV-1.1.1")) is Refusal.NO_LINE
        assert _refused(replace(MET, line="PV-9.9.9")) is Refusal.NO_LINE

    def test_the_specialist_health_service_is_asked_its_own_lines(self):
        assert concerns(LINES["PV-2.3.2"], Service.HOSPITAL)
        assert not concerns(LINES["PV-2.3.2"], Service.NURSING_HOME)
        assert all(concerns(line, Service.OTHER) for line in LINES.values())

    def test_every_code_has_words(self):
        assert set(STATE_TEXTS) == set(LineState) == set(guideline_words.STATE_COLORS)
        assert set(guideline_words.BARRIERS) == set(Barrier)
        assert set(guideline_words.EVIDENCE) == set(EvidenceKind)
        assert set(REFUSALS) == {each.value for each in Refusal}


class TestTheQuestionnaire:
    def test_is_the_one_that_the_lines_make(self):
        assert questionnaire(SECTIONS, version=FORM["version"], date=FORM["date"]) == FORM

    def test_asks_one_choice_for_each_line_that_says_something_to_do(self):
        asked = {item["linkId"] for item in _items(FORM) if item["type"] == "choice"} - {"service"}

        assert asked == {line.id for line in LINES.values() if is_assessed(line)}

    def test_lines_that_nobody_has_checked_are_never_laid_in_the_directorates_mouth(self):
        unchecked = [line for line in LINES.values() if not line.may_be_quoted]

        assert unchecked
        assert not any("direktorat" in text.lower() for line in unchecked for text in line.text.values())

    def test_takes_a_sheet_back_as_it_was_answered(self):
        answers = [SheetAnswer("PV-2.1.1", LineState.MET, "Rutine"), SheetAnswer("PV-3.1.3", LineState.UNDER_WAY, "")]
        sheet = answer_sheet(
            service=Service.HOME_CARE, answers=answers, version="1.0.0", authored="2026-11-22T12:00:00Z"
        )

        assert not has_errors(Engine(read(FORM), now=clock.now()).validate(sheet))
        assert sheet["questionnaire"] == f"{URL}|1.0.0"
        assert list(answers_in(sheet)) == answers

    def test_refuses_a_state_that_is_not_the_lines(self):
        answers = [SheetAnswer("PV-2.1.1", LineState.IN_PLACE, "")]
        sheet = answer_sheet(
            service=Service.HOME_CARE, answers=answers, version="1.0.0", authored="2026-11-22T12:00:00Z"
        )

        assert has_errors(Engine(read(FORM), now=clock.now()).validate(sheet))


def _items(node):
    for item in node.get("item", ()):
        yield item
        yield from _items(item)


def _refused(details):
    with pytest.raises(AssessmentRefused) as refusal:
        ensure_holds(details, LINES.get(details.line), today=TODAY, indicators=("nearest-recorded",))
    return refusal.value.why
