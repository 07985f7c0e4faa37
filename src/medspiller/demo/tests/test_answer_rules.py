"""What the families have answered is answered as the forms ask it, whatever the day on which it is told."""

from datetime import UTC, date, datetime, time

import pytest

from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.config.secrets import ROOT
from medspiller.content.domain import loading
from medspiller.demo.domain import families, forms
from medspiller.demo.domain.forms import own
from medspiller.demo.domain.forms.telling import SELF
from medspiller.demo.domain.personas import PERSONAS
from medspiller.questionnaires.domain.answering.blanks import Blank, blank
from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.definition.audience import Subject, Tag, tags_of
from medspiller.questionnaires.domain.definition.reading import read
from medspiller.questionnaires.domain.library.content_cases import response_of
from medspiller.questionnaires.domain.library.content_questionnaires import written_in
from medspiller.questionnaires.domain.library.content_texts import languages_of
from medspiller.questionnaires.domain.library.importing import examine

DAYS = [date(2026, 11, 22), date(2028, 2, 29), date(2027, 1, 1), date(2030, 12, 31)]
DRAFTS = {("dementia", "daughter"), ("dementia", "mother"), ("complex-needs", "mother")}


@pytest.fixture(params=DAYS, ids=str)
def day(request):
    return request.param


@pytest.fixture(scope="module")
def shipped() -> dict[str, Blank]:
    found = loading.load(ROOT / "content", CONTENT_KINDS).of_kind("questionnaires")
    return {
        each.url: blank(url=each.url, version=each.version, digest=each.digest, written=written_in(each))
        for each in found
    }


def engine(found, day):
    return Engine(found.questionnaire, datetime.combine(day, time(12), tzinfo=UTC), {"today": day.isoformat()})


def test_every_answer_is_one_that_is_asked_for_and_can_be_given(day, shipped):
    for told in forms.answered(day):
        found = shipped[told.url]
        issues = engine(found, day).validate(response_of(found.questionnaire, told.said))

        assert not told.finished or [str(issue) for issue in issues if issue.is_error] == [], told.form


def test_everybody_is_in_the_story_on_the_day_and_answers_as_they_may(day, shipped):
    stories = {story.id: story for story in families.stories(day)}
    staff = {each.id for each in PERSONAS if not each.health_trust}
    for told in forms.answered(day):
        members, tags = stories[told.story].members, shipped[told.url].tags
        assert {told.who, told.about} - {""} <= set(members), told.form
        if told.by == SELF:
            assert members[told.who].signs_in_as, told.form
            assert Tag.SELF in tags, told.form
            assert told.how is None, told.form
        else:
            assert told.by in staff, told.form
            assert told.how, told.form
    for measured in forms.measured():
        assert measured.who in stories[measured.story].members


def test_she_has_answered_twice_what_changed_and_once_what_is_not_done(day):
    hers = [told for told in forms.answered(day) if (told.story, told.who) == ("dementia", "daughter")]
    asked = {form: sorted(told.days for told in hers if told.form == form) for form in ("what-matters", "carerqol-7d")}

    assert [len(days) for days in asked.values()] == [2, 2]
    assert all(90 <= later - earlier <= 93 for earlier, later in asked.values())
    assert {told.form for told in hers if not told.finished} == {"crisis-contact-plan"}


def test_her_agreement_is_gone_through_within_a_month(day, shipped):
    (agreed,) = [told for told in forms.answered(day) if told.form == "carer-agreement"]
    found = shipped[agreed.url]

    assert 0 < (found.review_on(response_of(found.questionnaire, agreed.said)) - day).days <= 31


def test_one_of_the_young_carers_is_not_safe_and_the_other_is(day, shipped):
    unsafe = {}
    for told in forms.answered(day):
        found = shipped[told.url]
        if told.form.startswith("young-carer"):
            asked = engine(found, day).enabled(response_of(found.questionnaire, told.said))
            unsafe[told.story, told.who] = found.says_unsafe(asked)

    assert unsafe == {("parent-in-care", "son"): False, ("complex-needs", "brother"): True}


def test_the_concern_is_of_the_kind_that_is_held_back(day, shipped):
    concerns = [told for told in forms.answered(day) if shipped[told.url].is_concern]

    assert [(told.by, told.who) for told in concerns] == [("barneansvarlig", "daughter")]


def test_only_those_are_left_unfinished_that_are_to_be(day):
    assert {(told.story, told.who) for told in forms.answered(day) if not told.finished} == DRAFTS


@pytest.mark.parametrize("version", own.VERSIONS)
def test_the_form_of_the_municipality_can_be_imported_in_three_languages(version):
    examined = examine(own.written(version), subject=None, new_url="urn:example:other")

    assert examined.issues == ()
    assert (examined.definition.url, examined.definition.version) == (own.URL, version)
    written = written_in(examined.definition)
    assert set(languages_of(read(written))) == {"nb", "nn", "en"}
    assert (written["subjectType"], tags_of(written)) == ([Subject.CARER], {Tag.SELF})
