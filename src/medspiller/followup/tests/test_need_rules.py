"""Which answers say that somebody lacks something, and what an answer to a suggestion comes to."""

from datetime import date, timedelta

import pytest

from medspiller.catalogue.domain.vocabulary import Need
from medspiller.followup.domain import suggesting
from medspiller.followup.domain.needs import CODES, Said, needs_in
from medspiller.followup.domain.suggesting import (
    UNMET,
    DeclineReason,
    SuggestionRefused,
    SuggestionState,
    reasons_for_right,
)
from medspiller.rights.domain.findings import Answer
from medspiller.rights.domain.rights import RightKind

TODAY = date(2026, 11, 22)


def needs(*said):
    return [
        each.need for each in needs_in(Said(link, tuple(asks), f"{CODES}{of}", code) for link, asks, of, code in said)
    ]


class TestNeeds:
    def test_what_is_chosen_from_the_list_of_needs_is_one_and_each_is_told_once(self):
        found = needs(("missing", (), "need", "peers"), ("more", (), "need", "peers"), ("more", (), "need", "economy"))

        assert found == [Need.PEERS, Need.ECONOMY]

    @pytest.mark.parametrize(
        ("asks", "chosen_from", "code", "expected"),
        [
            ("night-rest", "nights", "every", True),
            ("night-rest", "nights", "some", False),
            ("respite-hours", "can-leave", "no", True),
            ("respite-hours", "can-leave", "with-help", False),
            ("own-health", "impact", "a-lot", True),
            ("own-health", "impact", "unsure", False),
            ("network", "support", "too-little", True),
            ("interpreter", "yes-no-unsure", "yes", True),
            ("network", "yes-no-unsure", "yes", False),
            ("network", "yes-no-unsure", "no", True),
            ("information", "how-often", "no", True),
            ("information", "how-often", "yes", False),
            ("economy", "how-often", "yes", True),
            ("children-at-home", "yes-no", "yes", False),
            ("information", "information-need", "death", True),
            ("information", "information-need", "enough", False),
        ],
    )
    def test_a_question_about_a_need_says_it_by_some_of_its_answers(self, asks, chosen_from, code, expected):
        assert (needs(("q", (asks,), chosen_from, code)) == [Need(asks)]) is expected

    def test_what_nobody_knows_is_none(self):
        assert needs(("q", ("cake",), "need", "cake"), ("q", ("economy",), "elsewhere", "yes")) == []
        assert needs_in([Said("q", ("economy",), "urn:other", "a-lot")]) == ()


class TestAnswers:
    def answered(self, answer, *, now=SuggestionState.SUGGESTED, **more):
        return suggesting.answered(answer, now=now, today=TODAY, **more)

    def test_no_thanks_says_why(self):
        given = self.answered("declined", reason="too_far", note="  Ingen buss. ")
        assert (given.reason, given.note) == (DeclineReason.TOO_FAR, "Ingen buss.")

        with pytest.raises(SuggestionRefused, match="reason"):
            self.answered("declined", reason="because")

    @pytest.mark.parametrize(("days", "accepted"), [(0, False), (1, True), (366, True), (367, False)])
    def test_later_is_a_day_ahead_within_a_year(self, days, accepted):
        on = TODAY + timedelta(days=days)
        if accepted:
            assert self.answered("later", on=on).later_on == on
        else:
            with pytest.raises(SuggestionRefused, match="day"):
                self.answered("later", on=on)

    def test_people_change_their_minds_but_not_about_what_was_taken_back(self):
        assert self.answered("accepted", now=SuggestionState.DECLINED).state is SuggestionState.ACCEPTED
        with pytest.raises(SuggestionRefused, match="over"):
            self.answered("accepted", now=SuggestionState.WITHDRAWN)

    @pytest.mark.parametrize("answer", ["suggested", "withdrawn", "maybe"])
    def test_nothing_else_is_an_answer(self, answer):
        with pytest.raises(SuggestionRefused, match="answer"):
            self.answered(answer)

    def test_a_note_has_an_end(self):
        with pytest.raises(SuggestionRefused, match="too_long"):
            self.answered("accepted", note="x" * (suggesting.NOTE_MOST + 1))

    def test_who_has_it_or_manages_is_no_unmet_demand(self):
        assert not UNMET & {DeclineReason.HAS_IT, DeclineReason.MANAGES, DeclineReason.NOT_SAID}
        assert DeclineReason.DOES_NOT_FIT in UNMET


class TestReasons:
    def test_a_right_they_may_have_is_suggested_and_says_whether_they_told_it(self):
        reasons = reasons_for_right(RightKind.MONEY, Answer.YES, [Need.ECONOMY, Need.PEERS], told=True)

        assert reasons == ("right:yes", "right:told", "need:economy")

    def test_unknown_is_no_no_but_suggested_only_where_it_answers_a_need(self):
        assert reasons_for_right(RightKind.LEAVE, Answer.UNKNOWN, [Need.WORK_AND_LEAVE], told=False) == (
            "need:work-and-leave",
            "right:unknown",
        )
        assert reasons_for_right(RightKind.LEAVE, Answer.UNKNOWN, [Need.PEERS], told=False) == ()
        assert reasons_for_right(RightKind.LEAVE, Answer.NO, [Need.WORK_AND_LEAVE], told=False) == ()

    @pytest.mark.parametrize(("count", "told"), [(0, 0), (1, None), (4, None), (5, 5)])
    def test_small_numbers_are_kept_back(self, count, told):
        assert suggesting.shown(count) == told
