"""What keeps somebody's registration from being taken back: a file that was opened for them."""

from datetime import timedelta

from medspiller.access.domain import actors
from medspiller.core import clock
from medspiller.followup import selectors
from medspiller.followup.tests.factories import open_file
from tests.support.database import HERE


def test_a_file_is_told_of_by_kind_alone_and_only_what_is_younger(team):
    before = clock.now() - timedelta(minutes=1)
    asked = {"actor": team.nurse, "person_ids": {team.carer.id}}
    assert selectors.begun_since(**asked, since=before) == []

    open_file(team)

    (words,) = selectors.begun_since(**asked, since=before)
    assert words == "A file has been opened." or "mappe" in words
    assert selectors.begun_since(**asked, since=clock.now() + timedelta(minutes=1)) == []
    assert selectors.begun_since(actor=actors.anonymous(HERE), person_ids={team.carer.id}, since=before) == []
