"""The content kinds: what is refused in questionnaires, instruments and tools, with the place it stands at."""

import copy

import pytest

from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.problems import Severity
from medspiller.questionnaires.domain.library.content_instruments import INSTRUMENTS, instrument_in
from medspiller.questionnaires.domain.library.content_questionnaires import MOST_ITEMS, QUESTIONNAIRES
from medspiller.questionnaires.domain.library.content_tools import TOOLS, tool_in
from medspiller.questionnaires.tests import content as made


def told(problems):
    return [f"{problem.element}: {problem.message}" for problem in problems]


def tagged(*codes):
    return {"tag": [{"system": "urn:medspiller:questionnaire-tag", "code": code} for code in codes]}


class TestAQuestionnaire:
    def test_that_is_in_order_has_no_problem(self):
        form = made.form()

        assert told(QUESTIONNAIRES.check(form)) == []
        assert told(QUESTIONNAIRES.check_among(form, made.library(form))) == []

    def test_is_told_what_the_checker_finds_with_item_and_place(self):
        written = made.nights()
        written["item"][1]["linkId"] = "night-care"

        assert any(
            "night-care (Questionnaire.item[1])" in each for each in told(QUESTIONNAIRES.check(made.form(written)))
        )

    def test_a_warning_of_the_checker_stays_a_warning(self):
        written = made.nights()
        written["item"][0], written["item"][1] = written["item"][1], written["item"][0]

        assert {each.severity for each in QUESTIONNAIRES.check(made.form(written))} == {Severity.WARNING}

    @pytest.mark.parametrize("subject", [None, [], ["Patient", "RelatedPerson"], ["Practitioner"]])
    def test_says_whose_answers_they_are(self, subject):
        assert any(
            "subjectType" in each for each in told(QUESTIONNAIRES.check(made.form(made.nights(subjectType=subject))))
        )

    @pytest.mark.parametrize(
        ("tags", "words"),
        [
            (["self", "unheard-of"], "unheard-of is not known here"),
            (["self", "staff-only"], "exclude each other"),
            (["concern-for-child"], "must be tagged staff-only"),
            (["child-8-12", "child-13-15"], "one age only"),
        ],
    )
    def test_has_tags_that_are_known_and_fit_together(self, tags, words):
        found = told(QUESTIONNAIRES.check(made.form(made.nights(meta=tagged(*tags)))))

        assert [words in each for each in found] == [True]

    def test_tags_of_others_are_their_own_affair(self):
        meta = {"tag": [{"system": "urn:oid:2.16.578.1.12.4.1.1.7616", "code": "unheard-of"}]}

        assert told(QUESTIONNAIRES.check(made.form(made.nights(meta=meta)))) == []

    def test_with_more_items_than_anybody_answers_is_refused_with_one_word(self):
        item = {"linkId": "x", "text": "x", "type": "string"}
        written = made.nights(item=[{**item, "linkId": f"x{number}"} for number in range(MOST_ITEMS + 1)])

        assert told(QUESTIONNAIRES.check(made.form(written))) == [
            f"item: It has {MOST_ITEMS + 1} items; at most {MOST_ITEMS} can be asked"
        ]


def _without_title(written):
    written["_title"] = made.shadow(nn="Nettene dine")


def _without_item_text(written):
    del written["item"][0]["_text"]


def _without_option(written):
    written["item"][1]["answerOption"][0]["valueCoding"]["_display"] = made.shadow(en="Yes, well")


def _with_sublabel(written):
    written["item"][0]["extension"] = [
        {"url": "http://helsenorge.no/fhir/StructureDefinition/sdf-sublabel", "valueMarkdown": "Hver natt?"}
    ]


def _with_validation_text(written):
    written["item"][0]["extension"] = [
        {"url": "http://ehelse.no/fhir/StructureDefinition/validationtext", "valueString": "Svar ja eller nei"}
    ]


def _with_help(written):
    control = {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]}
    url = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
    written["item"][0]["item"] = [
        {
            "linkId": "night-care-help",
            "text": "Regn med alle netter",
            "type": "display",
            "extension": [{"url": url, "valueCodeableConcept": control}],
        }
    ]


def _with_value_set(written):
    concept = {"code": "well", "display": "Ja, godt"}
    written["contained"] = [
        {
            "resourceType": "ValueSet",
            "id": "sleep",
            "status": "active",
            "compose": {"include": [{"system": "https://example.no/cs", "concept": [concept]}]},
        }
    ]


class TestLanguages:
    @pytest.mark.parametrize(
        ("spoil", "problem"),
        [
            (_without_title, "title: is not there in en"),
            (_without_item_text, "night-care.text: is not there in nn, en"),
            (_without_option, "sleep.answerOption[Ja, godt]: is not there in nn"),
            (_with_sublabel, "night-care.sublabel: is not there in nn, en"),
            (_with_validation_text, "night-care.validationText: is not there in nn, en"),
            (_with_help, "night-care-help.text: is not there in nn, en"),
            (_with_value_set, "contained[#sleep].Ja, godt: is not there in nn, en"),
        ],
    )
    def test_every_shown_text_is_there_in_all_that_the_package_promises(self, spoil, problem):
        written = copy.deepcopy(made.nights())
        spoil(written)
        form = made.form(written)

        assert told(QUESTIONNAIRES.check_among(form, made.library(form))) == [problem]

    def test_a_package_in_one_language_needs_no_translations(self):
        written = made.nights()
        del written["item"][0]["_text"]
        form = made.form(written)

        assert told(QUESTIONNAIRES.check_among(form, made.library(form, languages=("nb",)))) == []

    def test_the_forms_own_language_is_one_of_them(self):
        form = made.form(made.nights(language="sv"))

        assert any(each.startswith("language:") for each in told(QUESTIONNAIRES.check_among(form, made.library(form))))


def test_the_licence_of_a_package_is_one_that_somebody_has_read():
    form = made.form()

    assert (
        "All rights reserved"
        in told(QUESTIONNAIRES.check_among(form, made.library(form, licence="All rights reserved")))[0]
    )


class TestCases:
    def failing(self, **case):
        cases = CaseFile("no.example.forms", "no.example.forms/cases/nights.yaml", ({"case": "An example", **case},))
        form = made.form()
        return told(QUESTIONNAIRES.run_cases(form, cases, made.library(form)))

    def test_that_hold_say_nothing(self):
        helpers = ({"helper-name": "Kari"}, {"helper-name": "Ola"})
        answers = {"night-care": True, "sleep": "badly", "helpers": helpers}

        assert self.failing(answers=answers, enabled={"sleep": True}, scores={"sum": 2}, valid=True, errors_on=()) == []

    @pytest.mark.parametrize(
        ("case", "problem"),
        [
            ({"answers": {"night-care": False}, "enabled": {"sleep": True}}, "[0].enabled.sleep: is not asked"),
            (
                {"answers": {"night-care": True}, "valid": True},
                "[0].valid: is not valid: sleep: It is required and not answered",
            ),
            ({"answers": {"night-care": False}, "valid": False}, "[0].valid: is valid"),
            (
                {"answers": {"night-care": True}, "errors_on": ["helpers"]},
                "[0].errors_on: sleep: It is required and not answered",
            ),
            ({"answers": {"night-care": False}, "errors_on": ["sleep"]}, "[0].errors_on: there are no errors"),
            ({"answers": {"night-care": True, "sleep": "badly"}, "scores": {"sum": 3}}, "[0].scores.sum: is 2"),
            ({"answers": {"night-care": True, "sleep": "well"}, "scores": {"sum": None}}, "[0].scores.sum: is 0"),
            ({"answers": {"night-care": False}, "scores": {"sum": 0}}, "[0].scores.sum: has no score"),
            ({"answers": {"nigth-care": True}}, "[0].answers.nigth-care: there is no such item"),
            ({"enabled": {"nigth-care": True}}, "[0].enabled.nigth-care: there is no such item"),
            (
                {"answers": {"sleep": "soundly"}},
                "[0].answers.sleep: soundly is no option; write {code: …} if that is what is tried",
            ),
            (
                {"answers": {"helpers": ({"sleep": "well"},)}},
                "[0].answers.helpers: nothing in this group is asked by sleep",
            ),
            ({"today": "2026-02-30"}, "[0].today: 2026-02-30 is no day of the calendar"),
            (
                {"expected": {}},
                "[0].expected: is not known here; known are answers, case, enabled, errors_on, scores, today, valid",
            ),
        ],
    )
    def test_that_do_not_hold_say_what_came_out_instead(self, case, problem):
        assert self.failing(**case) == [problem]

    def test_a_code_that_is_not_offered_can_be_tried(self):
        answers = {"night-care": True, "sleep": {"code": "soundly"}}

        assert self.failing(answers=answers, errors_on=["sleep"]) == []

    def test_a_text_where_a_number_is_asked_can_be_tried(self):
        assert self.failing(answers={"night-care": "ja"}, errors_on=["night-care"]) == []


class TestAnInstrument:
    def problems(self, **changes):
        return told(INSTRUMENTS.check(made.described("instruments", "load", made.instrument(**changes))))

    def test_that_is_in_order_has_no_problem_and_is_read(self):
        written = made.described("instruments", "load", made.instrument())

        assert told(INSTRUMENTS.check(written)) == []
        assert instrument_in(written).scale("total").bands[0].least == 24

    @pytest.mark.parametrize("licence", ["PERMISSION", "PROPRIETARY", "UNKNOWN"])
    def test_asks_nothing_where_the_licence_does_not_allow_its_words(self, licence):
        found = self.problems(licence=licence, questionnaire=made.URL, totals=[made.scale(item="sum")])

        assert found == [f"questionnaire: the licence {licence} allows no words of items here; keep the total only"]

    @pytest.mark.parametrize("licence", ["FREE", "FREE_ATTRIB", "NC_ONLY"])
    def test_may_ask_where_it_does(self, licence):
        assert self.problems(licence=licence, questionnaire=made.URL, totals=[made.scale(item="sum")]) == []

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"id": "other"}, "id: is other, but the file is called load"),
            ({"licence": "CC"}, "licence: CC is none of"),
            ({"items": ["A question"]}, ": items is not known here"),
            ({"wording": {"nb": "own_translation"}}, "wording: is about words of items, and there are none"),
            ({"name": {"nb": "Bare bokmål"}}, "name: nn, en is missing"),
            ({"totals": [made.scale(least=61)]}, "totals[0].most: is not above least"),
            ({"totals": [made.scale(item="sum")]}, "totals[0].item: is given if, and only if"),
            ({"totals": [made.scale(), made.scale()]}, "totals: two have the same id"),
            ({"totals": [made.scale(higher=None)]}, "totals[0]: least, most and higher are given all three"),
            ({"totals": [made.scale(bands=[made.band(to=61)])]}, "totals[0].bands[0]: 24-61 is not within 0-60"),
            ({"totals": [made.scale(bands=[made.band(), made.band()])]}, "totals[0].bands: 24-60 and 24-60 meet"),
            ({"totals": [made.scale(bands=[made.band(valid_from="2020-02-30")])]}, "totals[0].bands[0].valid_from"),
            ({"sources": []}, "sources: is empty"),
        ],
    )
    def test_is_told_what_is_wrong_and_where(self, changes, problem):
        assert any(problem in each for each in self.problems(**changes)), self.problems(**changes)

    def test_later_bands_may_meet_earlier_ones(self):
        bands = [made.band(), made.band(valid_from="2026-01-01", **{"from": 30})]

        assert self.problems(totals=[made.scale(bands=bands)]) == []

    def test_without_a_score_says_only_that_it_was_used(self):
        nothing = made.scale(least=None, most=None, higher=None, bands=[])

        assert self.problems(totals=[nothing]) == []

    def test_points_to_the_item_that_holds_its_total(self):
        changes = {"licence": "FREE", "questionnaire": made.URL, "totals": [made.scale(item="summ")]}
        written = made.described("instruments", "load", made.instrument(**changes))

        assert list(INSTRUMENTS.references(written)) == [Reference(made.URL, None, "questionnaire", "questionnaires")]
        assert told(INSTRUMENTS.check_among(written, made.library(written, made.form()))) == [
            f"totals[0].item: summ is not asked in {made.form().file}"
        ]

    def test_for_non_commercial_use_stands_in_a_package_of_its_own(self):
        changes = {"licence": "NC_ONLY", "questionnaire": made.URL, "totals": [made.scale(item="sum")]}
        written = made.described("instruments", "load", made.instrument(**changes))
        free = made.described("instruments", "other", made.instrument(id="other", url="https://example.no/other"))
        alone = made.library(written, made.form(), licence="CC-BY-NC-SA-3.0-IGO")
        among = made.library(written, free, made.form(), licence="EUPL-1.2")

        assert told(INSTRUMENTS.check_among(written, alone)) == []
        assert told(INSTRUMENTS.check_among(written, among)) == [
            "licence: is NC_ONLY, but the package is EUPL-1.2: give it a package of its own",
            f"licence: is NC_ONLY and shares its package with {free.file}",
        ]


class TestATool:
    def problems(self, **changes):
        written = {key: value for key, value in made.tool(**changes).items() if value is not None}
        return told(TOOLS.check(made.described("tools", "talk", written)))

    def test_that_is_in_order_has_no_problem_and_is_read(self):
        written = made.described("tools", "talk", made.tool())

        assert told(TOOLS.check(written)) == []
        assert tool_in(written).slug == "talk"

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"situations": ["some-day"]}, "situations[0]: some-day is none of"),
            ({"situations": []}, "situations: is empty"),
            ({"steps": None}, ": holds neither form, link nor steps"),
            ({"steps": [{"title": made.said("Listen")}]}, "steps[0]: text is missing"),
            ({"link": "http://example.no"}, "link: http://example.no is not like https://…"),
            ({"reviewed": "2026-02-30"}, "reviewed: is no day of the calendar"),
            ({"sources": []}, "sources: is empty"),
        ],
    )
    def test_is_told_what_is_wrong_and_where(self, changes, problem):
        assert any(problem in each for each in self.problems(**changes)), self.problems(**changes)

    def test_refers_to_the_form_it_opens(self):
        written = made.described("tools", "talk", made.tool(form=f"{made.URL}|1.0.0"))

        assert list(TOOLS.references(written)) == [Reference(made.URL, "1.0.0", "form", "questionnaires")]

    def test_has_a_page_of_its_own(self):
        one = made.described("tools", "talk", made.tool())
        other = made.described("tools", "talk", made.tool(url="https://example.no/tools/other"))

        assert told(TOOLS.check_among(one, made.library(one, other))) == [
            f": has the same name as {other.file}; its page is found by it"
        ]
