"""The yearly review of who may do what: marked, kept, and due again."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction

from medspiller.access import selectors, services
from medspiller.access.domain.reviews import ListProblem, ReviewState, next_on, problem_of, state_on
from medspiller.access.domain.roles import Role
from medspiller.access.models import AccessReview
from medspiller.access.tests.administration_world import acting, text
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import InvalidInput, NotAllowed
from tests.support.database import HERE
from tests.support.staff import employ, sign_in

DAY = date(2026, 11, 22)
PAGE = "/arbeid/styring/hvem-kan-hva/"


@pytest.fixture
def leader(house):
    return employ(tenant_id=HERE, unit_id=house.top, role=Role.LEADER, name="Randi Demohaug")


def mark(account, unit_id, *, listed_on=None, note="To roller avsluttet"):
    return services.mark_reviewed(
        actor=acting(account), unit_id=unit_id, listed_on=listed_on or clock.today(), note=note, now=clock.now()
    )


def stands(account, today=None):
    return selectors.unit_reviews(actor=acting(account), today=today or clock.today())


class TestTheRules:
    @pytest.mark.parametrize(
        ("days", "problem"),
        [(0, None), (-60, None), (-61, ListProblem.TOO_OLD), (1, ListProblem.NOT_MADE_YET)],
    )
    def test_a_list_holds_for_sixty_days(self, days, problem):
        assert problem_of(DAY + timedelta(days=days), today=DAY) == problem

    def test_the_next_one_is_a_year_after_the_list_was_made(self):
        assert next_on(DAY) == date(2027, 11, 22)

    @pytest.mark.parametrize(
        ("today", "state"),
        [
            (date(2027, 10, 22), ReviewState.DONE),
            (date(2027, 10, 23), ReviewState.SOON),
            (date(2027, 11, 22), ReviewState.SOON),
            (date(2027, 11, 23), ReviewState.OVERDUE),
        ],
    )
    def test_it_is_told_a_month_before_and_when_it_is_late(self, today, state):
        assert state_on(next_on(DAY), today=today) is state

    def test_what_was_never_done_is_never(self):
        assert state_on(None, today=DAY) is ReviewState.NEVER


class TestMarking:
    def test_keeps_who_when_what_and_how_many(self, house, leader):
        made = mark(leader, house.top)

        assert (made.reviewed_by, made.reviewed_by_name) == (leader.id, "Randi Demohaug")
        assert (made.note, made.roles, made.next_on) == ("To roller avsluttet", 1, next_on(clock.today()))
        assert AccessEntry.objects.filter(action="access.mark_reviewed", subject_id=made.id).count() == 1

    @pytest.mark.parametrize("change", ["update", "delete"])
    def test_cannot_be_changed_or_taken_back_by_the_web_role(self, house, leader, change):
        mark(leader, house.top)

        with pytest.raises(ProgrammingError), transaction.atomic():
            AccessReview.objects.update(note="") if change == "update" else AccessReview.objects.all().delete()

    @pytest.mark.parametrize("days", [1, -61])
    def test_refuses_a_list_that_cannot_be(self, house, leader, days):
        with pytest.raises(InvalidInput):
            mark(leader, house.top, listed_on=clock.today() + timedelta(days=days))

    def test_is_for_ones_own_units(self, house, leader):
        of_a_part = employ(tenant_id=HERE, unit_id=house.night, role=Role.LEADER, name="Liv Demoborg")

        with pytest.raises(NotAllowed):
            mark(of_a_part, house.top)

    def test_is_not_for_who_only_works_there(self, house):
        nurse = employ(tenant_id=HERE, unit_id=house.top, role=Role.CARE_WORKER)

        with pytest.raises(NotAllowed):
            mark(nurse, house.top)


class TestWhereAUnitStands:
    def test_never_done_at_first(self, house, leader):
        (line,) = stands(leader)

        assert (line.unit_id, line.next_on, line.state) == (house.top, None, ReviewState.NEVER)

    def test_a_review_above_counts_for_those_below(self, house, leader):
        of_a_part = employ(tenant_id=HERE, unit_id=house.night, role=Role.LEADER, name="Liv Demoborg")
        mark(leader, house.top)

        (line,) = stands(of_a_part)
        assert (line.unit_id, line.state) == (house.night, ReviewState.DONE)

    def test_a_review_below_does_not_count_above(self, house, leader):
        of_a_part = employ(tenant_id=HERE, unit_id=house.night, role=Role.LEADER, name="Liv Demoborg")
        mark(of_a_part, house.night)

        assert stands(leader)[0].state is ReviewState.NEVER


class TestThePages:
    def test_show_that_it_was_never_done_and_then_who_did_it(self, house, leader, client):
        sign_in(client, leader)
        assert "Ikke gjennomgått ennå" in text(client.get(PAGE))

        typed = {"unit_id": str(house.top), "listed_on": clock.today().strftime("%d.%m.%Y"), "note": "Alt i orden"}
        shown = text(client.post(f"{PAGE}gjennomgang/", typed, follow=True))

        assert "Alt i orden" in shown
        assert "Randi Demohaug" in shown
        assert "Skal gjennomgås igjen innen" in shown
        assert "Ikke gjennomgått ennå" not in shown

    def test_keep_what_was_typed_when_it_cannot_be(self, house, leader, client):
        sign_in(client, leader)
        typed = {"unit_id": str(house.top), "listed_on": "01.01.2020", "note": "Alt i orden"}

        shown = client.post(f"{PAGE}gjennomgang/", typed)

        assert shown.status_code == 422
        assert "Alt i orden" in text(shown)

    def test_are_there_in_every_language(self, leader, client):
        sign_in(client, leader)
        for language in ("nb", "nn", "en"):
            assert client.get(f"{PAGE}gjennomgang/", {"lang": language}).status_code == 200
