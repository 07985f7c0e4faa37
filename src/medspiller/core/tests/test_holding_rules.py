"""The line in a database's comment by which notices are held."""

from datetime import UTC, datetime

import pytest

from medspiller.core import holding

AT = datetime(2026, 11, 22, 14, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize("theirs", ["", "The database of Bærum", "one line\nanother"])
def test_it_stands_beside_what_others_have_written_and_goes_again(theirs):
    comment = holding.held(theirs, at=AT)

    assert holding.since(comment) == AT
    assert comment.startswith(theirs)
    assert holding.released(comment) == theirs
    assert holding.since(holding.released(comment)) is None


def test_restored_again_it_says_the_last_time_alone():
    earlier = holding.held("theirs", at=AT.replace(year=2025))

    assert holding.held(earlier, at=AT) == holding.held("theirs", at=AT)


def test_a_mark_whose_moment_cannot_be_read_holds_all_the_same_and_goes_when_it_is_let_go():
    comment = holding.held("theirs", at=AT).replace("2026-11-22", "yesterday")

    assert holding.since(comment) == holding.UNREADABLE
    assert holding.released(comment) == "theirs"


@pytest.mark.parametrize("comment", ["", "default administrative connection database", "Medspiller: restored"])
def test_any_other_comment_holds_nothing(comment):
    assert holding.since(comment) is None
