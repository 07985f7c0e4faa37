"""An item's states, and what may be done in each; the kinds and their deadlines."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from medspiller.config.wiring import ITEM_PLACES
from medspiller.core import ids
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import (
    UNDO_WITHIN,
    AlreadyTaken,
    NothingToUndo,
    NotTaken,
    Over,
    Progress,
    State,
    TooLateToUndo,
    ensure_may_give_back,
    ensure_may_take,
    ensure_may_undo,
    is_overdue,
)
from medspiller.worklist.domain.narrowing import Narrowing

SHE, HE = ids.new_id(), ids.new_id()
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
WAITING = Progress()
HERS = Progress(taken_by=SHE, taken_by_name="Nora Demonatt")
DONE = Progress(taken_by=SHE, taken_by_name="Nora Demonatt", done_at=NOON, done_by_name="Nora Demonatt")
WITHDRAWN = Progress(withdrawn_at=NOON)


@pytest.mark.parametrize(
    ("progress", "state"),
    [(WAITING, State.WAITING), (HERS, State.TAKEN), (DONE, State.DONE), (WITHDRAWN, State.WITHDRAWN)],
)
def test_the_state_follows_from_what_has_happened(progress, state):
    assert progress.state is state


class TestTaking:
    @pytest.mark.parametrize("progress", [WAITING, HERS])
    def test_what_is_nobodys_or_ones_own_may_be_taken(self, progress):
        ensure_may_take(progress, by=SHE)

    def test_a_colleagues_may_not_and_it_is_said_whose_it_is(self):
        with pytest.raises(AlreadyTaken) as refusal:
            ensure_may_take(HERS, by=HE)

        assert refusal.value.by == "Nora Demonatt"

    @pytest.mark.parametrize(("progress", "by"), [(DONE, "Nora Demonatt"), (WITHDRAWN, "")])
    def test_what_is_over_may_not(self, progress, by):
        with pytest.raises(Over) as refusal:
            ensure_may_take(progress, by=SHE)

        assert refusal.value.by == by


class TestGivingBack:
    def test_ones_own_goes_back(self):
        ensure_may_give_back(HERS, by=SHE, for_others=False)

    def test_a_colleagues_goes_back_only_for_somebody_who_may_for_others(self):
        ensure_may_give_back(HERS, by=HE, for_others=True)
        with pytest.raises(AlreadyTaken):
            ensure_may_give_back(HERS, by=HE, for_others=False)

    def test_what_nobody_has_cannot_go_back(self):
        with pytest.raises(NotTaken):
            ensure_may_give_back(WAITING, by=SHE, for_others=True)

    def test_what_is_over_cannot_go_back(self):
        with pytest.raises(Over):
            ensure_may_give_back(DONE, by=SHE, for_others=True)


class TestTakingBackAFinish:
    def test_holds_for_a_day_and_no_longer(self):
        ensure_may_undo(DONE, now=NOON + UNDO_WITHIN)
        with pytest.raises(TooLateToUndo):
            ensure_may_undo(DONE, now=NOON + UNDO_WITHIN + timedelta(seconds=1))

    @pytest.mark.parametrize("progress", [WAITING, HERS, WITHDRAWN])
    def test_needs_something_finished(self, progress):
        with pytest.raises(NothingToUndo):
            ensure_may_undo(progress, now=NOON)


@pytest.mark.parametrize(
    ("due_on", "late"),
    [(date(2026, 11, 19), True), (date(2026, 11, 20), False), (date(2026, 11, 21), False), (None, False)],
)
def test_overdue_is_the_day_after(due_on, late):
    assert is_overdue(due_on, today=date(2026, 11, 20)) is late


def test_an_unknown_kind_is_a_fault():
    with pytest.raises(kinds.UnknownKind):
        kinds.kind("tidy_up")


def test_every_kind_says_its_law_and_what_it_tells():
    about_offers = {"catalogue.proposal", "catalogue.review", "catalogue.report", "catalogue.link", "signups.to_call"}
    from_strangers = {"enquiries.call", "enquiries.feedback"}
    of_plans = {"strategy.status_due", "strategy.import_waiting"}
    by_law = {kinds.FOLLOWUP_CONCERN.code, kinds.FOLLOWUP_CHILD_ELSEWHERE.code}
    followed_up = {code for code in kinds.KINDS if code.startswith("followup.")} - by_law
    assert all(kind.code == code for code, kind in kinds.KINDS.items())
    # What is about an offer, or from somebody who is not registered, is about nobody we know.
    assert {code for code, kind in kinds.KINDS.items() if not kind.shows} == about_offers | from_strangers | of_plans
    # No duty by law, but a promise of ours: that a notice arrives, that colleagues who ask are
    # answered, that what was agreed is gone through, that what a carer shows is read, that offers are
    # true, that who asks is called, and what a plan says; the law of a step stands with the step.
    assert {code for code, kind in kinds.KINDS.items() if not kind.law} == {
        *("notice", "handed_on", "questionnaires.review", "rights.handed_over"),
        *about_offers,
        *from_strangers,
        *of_plans,
        *followed_up,
    }


def test_an_unknown_order_is_a_fault():
    with pytest.raises(ValueError, match="no order"):
        Narrowing(order="person")


def test_the_wiring_says_where_items_about_a_subject_are_done():
    about_a_subject = {code for code, kind in kinds.KINDS.items() if kind.by_subject}

    assert set(ITEM_PLACES) == about_a_subject
    assert all(reverse(place, args=[UUID(int=1)]) for place in ITEM_PLACES.values())
