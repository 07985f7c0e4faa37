"""What keeps somebody's registration from being taken back: a form that was begun about them."""

from datetime import timedelta

from medspiller.access.domain import actors
from medspiller.core import clock
from medspiller.questionnaires import selectors
from medspiller.questionnaires.tests.factories import begin
from tests.support.database import HERE


def test_a_form_is_told_of_and_nothing_of_what_stands_in_it(family):
    before = clock.now() - timedelta(minutes=1)
    asked = {"actor": family.contact, "person_ids": {family.kari.id}}
    assert selectors.begun_since(**asked, since=before) == []

    begin(family.contact, family.kari)

    assert len(selectors.begun_since(**asked, since=before)) == 1
    assert selectors.begun_since(**asked, since=clock.now() + timedelta(minutes=1)) == []
    assert selectors.begun_since(actor=actors.anonymous(HERE), person_ids={family.kari.id}, since=before) == []
