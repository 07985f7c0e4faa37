"""Answers that were given before a plan began do its step, as long as its pathway counts them."""

from datetime import date

import pytest

from medspiller.pathways.domain import happenings as told
from medspiller.pathways.domain.happenings import HappeningRefused, Refusal
from medspiller.pathways.tests.factories import FORM, START, Story, body, by_the_side, day


class TestAnswersFromBefore:
    """The form of the pathway counts for three months; where it says so, for as long as it says."""

    def begun(self, given_on, **done):
        made = by_the_side() if not done else by_the_side(phases=self.phases(**done))
        return Story(made).then(told.answered(FORM, on=given_on, told_on=START))

    def phases(self, **more):
        phases = body()["phases"]
        phases[0]["steps"][3]["done"].update(more)
        return phases

    @pytest.mark.parametrize("given_on", [date(2026, 6, 1), date(2026, 8, 31)])
    def test_do_their_step_on_the_day_they_were_given(self, given_on):
        step = self.begun(given_on).on(START).step("form")

        assert (step.state, step.settled_on) == ("done", given_on)

    def test_are_refused_when_they_are_too_old(self):
        for given_on, done in ((date(2026, 5, 31), {}), (day(-8), {"given_within": {"weeks": 1}}),
                               (day(-1), {"given_within": {"days": 0}})):  # fmt: skip
            with pytest.raises(HappeningRefused) as refused:
                self.begun(given_on, **done)
            assert refused.value.code is Refusal.BEFORE_START

    def test_do_no_step_that_comes_back(self):
        phases = body()["phases"]
        phases[1]["steps"][0]["done"] = {"response": FORM}
        story = Story(by_the_side(phases=phases)).then(
            told.answered(FORM, on=day(-2), told_on=START),
            told.done("call", on=day(3), result="agreed"),
            told.fact_told("children", False, on=day(3)),
        )

        now = story.on(day(4))
        assert (now.phase, now.step("form").state, now.step("meet").times) == ("along", "done", 0)

    def test_count_in_a_version_that_the_run_is_moved_to_as_that_says(self):
        story = self.begun(day(-20))

        story.pathway = by_the_side(phases=self.phases(given_within={"days": 10}))

        assert story.on(START).step("form").state == "open"
