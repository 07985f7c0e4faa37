"""The demo municipality's catalogue: written once, by its own people, with something for everybody to look at."""

import random
from datetime import date

import pytest

from medspiller.access.domain import actors
from medspiller.catalogue import selectors
from medspiller.catalogue.models import Session
from medspiller.core import clock, tenancy
from medspiller.demo.domain import offers as written
from medspiller.demo.domain.offers import planned
from medspiller.demo.services import _house as house
from medspiller.demo.services import _offering as offering
from medspiller.demo.services._acting import acting
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.database import HERE

TODAY = date(2026, 11, 22)


def somebody(subject):
    actor = acting(actors.system(HERE), subject, organisation=house.MUNICIPALITY_NAME)
    tenancy.enter_tenant(tenant_id=HERE, actor_id=actor.id)
    return actor


@pytest.fixture
def a_few(monkeypatch):
    """Of what is written, what somebody has to look at, what is overdue, and some more."""
    providers, offers = offering.what_is_written()
    overdue = [each for each in offers if each.review_on < TODAY][:1]
    needed = {written.PROPOSED, written.REPORTED, written.CLOSED, "soskendag", *(each.slug for each in overdue)}
    few = tuple(each for each in offers if each.slug in needed) + tuple(each for each in offers if _is_course(each))[:3]
    monkeypatch.setattr(
        offering, "what_is_written", lambda: (providers, tuple({each.slug: each for each in few}.values()))
    )


def _is_course(offer):
    return offer.way == "sign-up" and offer.kind == "course"


@pytest.mark.usefixtures("a_few")
def test_its_people_write_it_once_and_leave_something_to_do(here):
    with clock.frozen(house.IDS_BEGIN):
        house.furnish_municipality(actors.system(here), chance=random.Random(1), today=TODAY)  # noqa: S311
    today = clock.today()

    made = offering.offer(here, seed=1)
    assert offering.offer(here, seed=1) == 0

    leader, editor = somebody("leder"), somebody("organisasjon")
    assert made == len(offering.what_is_written()[1]) == selectors.visible(actor=leader, on=today).count()
    (waiting,) = selectors.waiting(actor=leader, on=today)
    assert waiting.made_by_id == editor.id
    assert {entry.slug for entry in selectors.entries(actor=editor, on=today)} == {"likeperson-foreldre", "soskendag"}
    assert [row.text for row in selectors.reports(actor=leader, on=today)] == [written.REPORTED_TEXT]
    assert selectors.offer_by_slug(actor=leader, slug=written.CLOSED, on=today).closures
    kinds = set(WorkItem.objects.filter(OPEN).values_list("kind", flat=True))
    assert {"catalogue.review", "catalogue.proposal", "catalogue.report"} <= kinds
    assert Session.objects.filter(starts_at__gt=clock.now()).count() > 10


def test_meetings_are_where_one_signs_up_and_when_it_says():
    for offer in offering.what_is_written()[1]:
        first, again = (list(planned(offer, today=TODAY, chance=random.Random(1))) for _ in range(2))  # noqa: S311
        days = {day for each in offer.times for day in each.weekdays}
        plans = [plan for meetings, _is_series in first for plan in meetings]

        assert first == again
        assert not first or offer.way == "sign-up", offer.slug
        assert {plan.starts_at.isoweekday() for plan in plans} <= days, offer.slug
        assert all(plan.deadline < plan.starts_at < plan.ends_at for plan in plans), offer.slug


def test_a_course_meets_as_often_as_it_says():
    counted = {}
    for offer in offering.what_is_written()[1]:
        series = planned(offer, today=TODAY, chance=random.Random(1))  # noqa: S311
        counted[offer.slug] = tuple(len(meetings) for meetings, _is_series in series)

    assert counted["parorendeskole-demens"] == (6,)
    assert counted["kurs-rus"] == (1, 2)
    assert {slug: counted[slug] for slug in written.LENGTHS} == written.LENGTHS


def test_what_it_builds_on_is_written():
    providers, offers = offering.what_is_written()

    assert {written.PROPOSED, written.REPORTED, written.CLOSED} <= {each.slug for each in offers}
    assert set(written.KEEPERS) | set(written.OF_ORGANISATIONS) <= {each.slug for each in providers}
    assert sum(1 for each in offers for _ in planned(each, today=TODAY, chance=random.Random(1))) > 20  # noqa: S311
