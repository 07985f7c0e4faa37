"""What the apps below count, of people made for it; only numbers come out, and only to whoever may see them."""

from datetime import date, timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.followup import selectors as followup
from medspiller.followup.models import CarerFile, FileNote
from medspiller.people import selectors as people
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role as CarersRole
from medspiller.people.models import ChildrenAnswer
from medspiller.people.tests.factories import give_role, involve, make_person, relate, worker
from medspiller.signups import selectors as signups
from medspiller.signups.models import Attendance
from medspiller.signups.tests.factories import make_course, make_meeting, sign_up, somebody


@pytest.fixture
def system(house):
    return actors.system(house.tenant_id)


@pytest.fixture
def year():
    now = clock.now()
    return {"begins": now - timedelta(days=30), "ends": now + timedelta(days=1)}


def new_patient(house, *, nearest=False, reply=""):
    patient = make_person("Oddny", "Demoli")
    involve(patient, house.home_care)
    if nearest:
        carer = make_person("Kari", "Demoli")
        relation = relate(patient, carer, RelationKind.CHILD)
        give_role(relation, patient=patient, carer=carer, role=CarersRole.NAERMESTE)
    if reply:
        ChildrenAnswer.objects.create(
            patient=patient, unit_id=house.home_care, topic="minor_children", reply=reply,
            asked_by=house.tenant_id, asked_at=clock.now(),
        )  # fmt: skip
    return patient


class TestPatients:
    def test_are_counted_once_with_what_is_known_of_them(self, system, house, year):
        new_patient(house, nearest=True, reply="yes")
        new_patient(house, reply="not_asked")
        involve(new_patient(house, reply="no"), house.carers)
        involve(make_person("Randi", "Demoli"), house.carers, basis=InvolvementBasis.SUPPORT)

        found = people.new_patients(actor=system, **year)

        assert (found.number, found.with_nearest) == (3, 1)
        assert (found.children_yes, found.children_no, found.with_first_talk) == (1, 1, 0)

    def test_of_another_time_are_not_counted(self, system, house, year):
        new_patient(house)

        assert people.new_patients(actor=system, begins=year["begins"], ends=year["begins"]).number == 0


class TestFiles:
    def test_are_counted_by_whether_somebody_talked_in_time(self, system, house):
        today = clock.today()
        for days, after in ((60, 10), (60, 45), (60, None), (5, None)):
            file = _file(house, today - timedelta(days=days))
            if after is not None:
                FileNote.objects.create(
                    file=file, code="talk", on=file.identified_on + timedelta(days=after), by=house.tenant_id,
                    at=clock.now(),
                )  # fmt: skip

        found = followup.first_contacts(actor=system, begins=date(2020, 1, 1), ends=today, today=today)

        assert (found.in_time, found.late, found.waiting) == (1, 2, 1)


class TestPlaces:
    def test_are_counted_by_whether_somebody_came_and_whether_it_was_written(self, system, house, year):
        meeting = make_meeting(make_course(house.carers))
        places = [sign_up(meeting, somebody(number)) for number in (1, 2, 3)]
        for place, came in zip(places, (True, False), strict=False):
            Attendance.objects.create(sign_up=place, session=meeting, came=came, noted_at=clock.now())

        found = signups.attendance(actor=system, begins=year["begins"], ends=meeting.starts_at + timedelta(days=1))

        assert (found.came, found.stayed_away, found.not_written) == (1, 1, 1)


def test_whoever_may_not_see_figures_counts_nothing(house, year):
    nurse = worker(house.tenant_id, house.home_care, Role.CARE_WORKER)
    today = clock.today()

    for count in (
        lambda: people.new_patients(actor=nurse, **year),
        lambda: signups.attendance(actor=nurse, **year),
        lambda: followup.answered_suggestions(actor=nurse, **year),
        lambda: followup.agreements_holding(actor=nurse, on=today),
        lambda: followup.first_contacts(actor=nurse, begins=today, ends=today, today=today),
    ):
        with pytest.raises(NotAllowed):
            count()


def _file(house, identified_on):
    carer = make_person("Randi", "Demoli")
    return CarerFile.objects.create(
        carer=carer, kind="adult", unit_id=house.home_care, identified_on=identified_on, identified_how="asked",
        why="Steller mor", opened_at=clock.now(), opened_by=house.tenant_id,
    )  # fmt: skip
