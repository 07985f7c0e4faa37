"""Telephone numbers of those who come, on the organiser's list, its sheet and its file."""

import pytest

from medspiller.access.domain.roles import Role
from medspiller.signups.domain.who import Wish
from medspiller.signups.tests.factories import make_course, make_meeting, sign_up


@pytest.mark.parametrize("more", ["", "utskrift/", "liste.csv"])
def test_stand_as_people_read_them(staff, house, more):
    course = make_course(house.carers)
    meeting = make_meeting(course)
    sign_up(meeting, Wish(name="Ola Demoli", contact="22334455"))
    organiser = staff(Role.CARER_CONTACT, house.carers)

    shown = organiser.get(f"/arbeid/tilbud/{course.id}/samlinger/{meeting.id}/deltakere/{more}").content.decode()

    assert " ".join(["22", "33", "44", "55"]) in shown
