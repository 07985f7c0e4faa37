"""What is asked of whoever is worried about a child, and the days after a report."""

from datetime import date, timedelta

import pytest

from medspiller.followup.domain import children, concerns
from medspiller.followup.domain.children import ChildRefused, Stage
from medspiller.followup.domain.concerns import (
    ConcernDetails,
    ConcernInvalid,
    Consulted,
    Danger,
    Feedback,
    Judgement,
    ParentsTold,
    Prompt,
    ReportedHow,
)
from medspiller.followup.domain.duties import DUTIES, HOW, LAWS_OF, ReporterRole
from medspiller.people.domain.relations import RelationKind

TODAY = date(2026, 9, 1)


def judged(judgement=Judgement.IN_DOUBT, **more):
    return ConcernDetails(judgement=judgement, reason=more.pop("reason", "Hun sover hos naboen."), **more)


def days(reported_on=TODAY, answered=None, *, today=TODAY, **more):
    found = concerns.feedback_days(reported_on, answered or {}, today=today, **{"investigates": None, **more})
    return {each.code: each.on for each in found}


class TestJudging:
    @pytest.mark.parametrize("judgement", list(Judgement))
    def test_no_judgement_is_refused(self, judgement):
        told = concerns.tidy(judged(judgement, danger=Danger.YES), today=TODAY)

        assert told.look_again_on == TODAY + timedelta(days=14)

    @pytest.mark.parametrize(
        ("details", "problem"),
        [
            ({"reason": "  "}, {"reason": "missing"}),
            ({"reason": "x" * 4001}, {"reason": "too_long"}),
            ({"reported_on": TODAY + timedelta(days=1)}, {"reported_on": "ahead"}),
            ({"consulted_on": TODAY + timedelta(days=1)}, {"consulted_on": "ahead"}),
            ({"reported_on": date(1900, 1, 1)}, {"reported_on": "too_far"}),
            ({"consulted_on": TODAY - timedelta(days=367)}, {"consulted_on": "too_far"}),
            ({"look_again_on": TODAY}, {"look_again_on": "past"}),
            ({"look_again_on": TODAY + timedelta(days=400)}, {"look_again_on": "too_far"}),
            ({"reported_how": ReportedHow.PHONE}, {"reported_on": "missing"}),
            ({"consulted": (Consulted.NOBODY, Consulted.LEADER)}, {"consulted": "nobody_and_somebody"}),
        ],
    )
    def test_what_cannot_be_is_said_all_at_once(self, details, problem):
        with pytest.raises(ConcernInvalid) as refusal:
            concerns.tidy(judged(**details), today=TODAY)

        assert refusal.value.problems == problem

    def test_a_day_that_stood_before_is_no_slip_for_being_long_ago_and_another_is(self):
        old = TODAY - timedelta(days=400)
        before = {"consulted_on": old, "reported_on": old}
        again = concerns.tidy(judged(consulted_on=old, reported_on=old), today=TODAY, said_before=before)
        assert (again.consulted_on, again.reported_on) == (old, old)

        with pytest.raises(ConcernInvalid) as refusal:
            concerns.tidy(judged(reported_on=old - timedelta(days=1)), today=TODAY, said_before=before)
        assert refusal.value.problems == {"reported_on": "too_far"}

    def test_it_is_asked_for_what_was_not_done_the_most_urgent_first(self):
        alone = judged(Judgement.REPORTS, danger=Danger.YES, parents_told=ParentsTold.UNSAFE)

        assert concerns.prompts(alone) == (
            Prompt.IN_DANGER,
            Prompt.NOT_SAFE_TO_TELL,
            Prompt.REPORT_YOURSELF,
            Prompt.DISCUSS,
        )

    def test_whoever_is_in_doubt_is_told_of_the_call_without_names(self):
        assert concerns.prompts(judged(consulted=(Consulted.LEADER,))) == (Prompt.ASK_ANONYMOUSLY,)
        assert concerns.prompts(judged(consulted=(Consulted.CHILD_WELFARE,))) == ()
        assert concerns.prompts(judged(Judgement.NOT_NOW, consulted=(Consulted.NOBODY,))) == (Prompt.DISCUSS,)


class TestDays:
    def test_a_week_three_weeks_three_months_after_the_week_and_three_weeks_after_that(self):
        assert days() == {
            Feedback.REVIEWED: date(2026, 9, 8),
            Feedback.CONFIRMED: date(2026, 9, 22),
            Feedback.INVESTIGATED: date(2026, 12, 8),
            Feedback.TOLD: date(2026, 12, 29),
        }

    def test_special_cases_have_six_months(self):
        assert days(special=True)[Feedback.INVESTIGATED] == date(2027, 3, 8)

    def test_without_an_investigation_nobody_waits_for_its_end(self):
        assert set(days(investigates=False)) == {Feedback.REVIEWED, Feedback.CONFIRMED}

    def test_what_is_told_is_counted_from_when_the_investigation_ended(self):
        ended = {Feedback.INVESTIGATED: date(2026, 11, 1)}

        assert days(answered=ended, investigates=True)[Feedback.TOLD] == date(2026, 11, 22)

    def test_nothing_is_waited_for_without_a_report(self):
        assert days(None) == {}

    @pytest.mark.parametrize(("day", "late"), [(date(2026, 9, 22), False), (date(2026, 9, 23), True)])
    def test_a_day_is_late_when_it_has_passed(self, day, late):
        found = concerns.feedback_days(TODAY, {}, investigates=None, today=day)

        assert next(each for each in found if each.code is Feedback.CONFIRMED).is_late is late

    @pytest.mark.parametrize(
        ("answered", "investigates", "expected"),
        [
            ({}, None, date(2026, 9, 8)),
            ({Feedback.REVIEWED: TODAY}, None, date(2026, 9, 22)),
            ({Feedback.CONFIRMED: TODAY}, None, None),
            ({Feedback.CONFIRMED: TODAY}, False, None),
            ({Feedback.CONFIRMED: TODAY}, True, date(2026, 12, 8)),
        ],
    )
    def test_the_next_day_is_of_what_can_be_waited_for(self, answered, investigates, expected):
        found = concerns.feedback_days(TODAY, answered, investigates=investigates, today=TODAY)

        assert concerns.next_day(found, investigates=investigates, look_again_on=None) == expected

    @pytest.mark.parametrize(("answered", "late"), [({}, True), ({Feedback.CONFIRMED: TODAY}, False)])
    def test_nobody_asks_whether_a_report_was_gone_through_that_was_confirmed(self, answered, late):
        found = concerns.feedback_days(TODAY, answered, investigates=None, today=date(2026, 9, 9))

        assert next(each for each in found if each.code is Feedback.REVIEWED).is_late is late

    def test_what_was_not_reported_is_looked_at_again(self):
        assert concerns.next_day((), investigates=None, look_again_on=date(2026, 9, 15)) == date(2026, 9, 15)

    def test_a_month_has_its_last_day(self):
        assert concerns.add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
        assert concerns.add_months(date(2027, 11, 30), 3) == date(2028, 2, 29)

    @pytest.mark.parametrize(
        ("on", "reported_on", "problem"),
        [
            (TODAY, None, {"reported_on": "missing"}),
            (TODAY + timedelta(days=1), TODAY, {"on": "ahead"}),
            (TODAY - timedelta(days=2), TODAY - timedelta(days=1), {"on": "before_report"}),
        ],
    )
    def test_what_came_came_after_the_report(self, on, reported_on, problem):
        with pytest.raises(ConcernInvalid) as refusal:
            concerns.ensure_feedback(Feedback.CONFIRMED, on, reported_on=reported_on, today=TODAY)

        assert refusal.value.problems == problem


class TestDuties:
    def test_every_role_with_a_duty_leads_to_the_words_of_its_law(self):
        assert set(LAWS_OF) == set(ReporterRole)
        assert [role for role, laws in LAWS_OF.items() if not laws] == [ReporterRole.OTHER]
        laws = [law for each in DUTIES for law in each.laws] + [law for laws in LAWS_OF.values() for law in laws]
        assert [law for law in laws if law.ref.split("§ ")[1] not in law.url.split("§")[1]] == []

    def test_everything_is_said_in_three_languages(self):
        told = [*HOW, *concerns.PROMPTS.values(), *(what for what, _law in concerns.WHAT.values())]
        told += [text for each in DUTIES for text in (each.who, each.when)] + list(children.BECOMES_ADULT)

        assert set(concerns.PROMPTS) == set(Prompt)
        assert set(concerns.WHAT) == set(Feedback)
        assert all(text.nb and text.nn and text.en for text in told)
        assert all(len({text.nn, text.en}) == 2 for text in told)


class TestStages:
    @pytest.mark.parametrize(
        ("facts", "stage"),
        [
            ({}, Stage.NOT_A_MATTER),
            ({"has_reason": True}, Stage.ASK),
            ({"died": True}, Stage.ASK),
            ({"has_reason": True, "unanswered": False}, Stage.NO_CHILDREN),
            ({"unanswered": False, "said_yes": True}, Stage.REGISTER),
            ({"unanswered": False, "said_yes": True, "registered": 1}, Stage.ASSESS),
        ],
    )
    def test_of_a_patient(self, facts, stage):
        known = {"has_reason": False, "died": False, "unanswered": True, "said_yes": False, "registered": 0}

        assert children.stage_of_patient(**{**known, **facts}) is stage

    def test_of_a_child(self):
        assert children.stage_of_child(has_file=False, open_plans=0, plans=0) is Stage.ASSESS
        assert children.stage_of_child(has_file=True, open_plans=1, plans=1) is Stage.UNDER_WAY
        assert children.stage_of_child(has_file=True, open_plans=0, plans=1) is Stage.CLOSED

    def test_the_pathway_is_the_relations_and_another_after_a_death(self):
        assert children.pathway_for([RelationKind.STEP_CHILD], patient_died=False) == "child-of-parent"
        assert children.pathway_for([RelationKind.FRIEND, RelationKind.SIBLING], patient_died=False) == "sibling"
        assert children.pathway_for([RelationKind.CHILD], patient_died=True) == "bereaved-child"
        with pytest.raises(ChildRefused, match="not_related"):
            children.pathway_for([RelationKind.GRANDCHILD], patient_died=False)
