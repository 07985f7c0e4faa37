"""People of the demo sign up once: a full course with a waiting list, and meetings with room."""

import random
from collections import Counter

import pytest

from medspiller.access.domain import actors
from medspiller.core import clock
from medspiller.demo.domain import families
from medspiller.demo.domain import signups as told
from medspiller.demo.services import _house as house
from medspiller.demo.services import _offering as offering
from medspiller.demo.services import _signups as signing_up
from medspiller.demo.services import _telling as telling
from medspiller.signups.models import SignUp


@pytest.fixture
def town(here, monkeypatch):
    today, system = clock.today(), actors.system(here)
    with clock.frozen(house.IDS_BEGIN):
        units = house.furnish_municipality(system, chance=random.Random(1), today=today)  # noqa: S311
    stories = [story for story in families.stories(today) if not story.health_trust]
    telling.tell(system, stories, units, organisation=house.MUNICIPALITY_NAME, today=today)
    providers, offers = offering.what_is_written()
    needed = {
        told.FULL,
        *told.WITH_ROOM,
        *(offering.written.PROPOSED, offering.written.REPORTED, offering.written.CLOSED),
    }
    few = tuple(each for each in offers if each.slug in needed)
    monkeypatch.setattr(offering, "what_is_written", lambda: (providers, few))
    offering.offer(here, seed=1)
    return here


def test_a_course_is_full_and_others_have_room(town):
    made = signing_up.sign_up(town, seed=1)
    assert signing_up.sign_up(town, seed=1) == 0

    by_offer = Counter(SignUp.objects.values_list("session__entry__slug", "state"))
    assert made == SignUp.objects.count() == sum(by_offer.values())
    assert by_offer[told.FULL, "waiting"] == told.TOO_MANY
    assert {slug: by_offer[slug, "held"] for slug in told.WITH_ROOM} == told.WITH_ROOM
    assert SignUp.objects.filter(owner__isnull=False, state="waiting").count() == 1
