"""Carers of the demo keep what they may be entitled to, once, and tell what became of it without being counted."""

import random

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock, tenancy
from medspiller.demo.domain import families
from medspiller.demo.domain.rights import KEPT
from medspiller.demo.services import _house as house
from medspiller.demo.services import _keeping as keeping
from medspiller.demo.services import _telling as telling
from medspiller.demo.services._acting import acting
from medspiller.rights import selectors
from medspiller.rights.domain.outcomes import Outcome
from medspiller.rights.models import KeptAnswer
from medspiller.rights.tests.publishing import publish_rules
from tests.support.database import HERE


@pytest.fixture
def town(here):
    with clock.frozen(house.IDS_BEGIN):
        units = house.furnish_municipality(actors.system(here), chance=random.Random(1), today=clock.today())  # noqa: S311
    told = [story for story in families.stories(clock.today()) if not story.health_trust]
    telling.tell(actors.system(here), told, units, organisation=house.MUNICIPALITY_NAME, today=clock.today())
    return here


def somebody(subject: str) -> Actor:
    actor = acting(actors.system(HERE), subject, organisation=house.MUNICIPALITY_NAME)
    tenancy.enter_tenant(tenant_id=HERE, actor_id=actor.id)
    return actor


def kept_of(subject: str) -> int:
    return len(selectors.kept_answers(actor=somebody(subject)))


def test_they_keep_it_once_and_only_the_counts_stay_of_what_was_told(town):
    publish_rules(town)

    assert keeping.keep(town, seed=1) == len(KEPT)
    assert keeping.keep(town, seed=1) == 0

    assert (kept_of("datter"), kept_of("forelder"), kept_of("etterlatt")) == (1, 1, 0)
    (line,) = [each for each in selectors.outcome_counts(actor=somebody("leder")) if each.right == "R-HOL-3-6"]
    assert (line.counts[Outcome.GOT], line.counts[Outcome.REFUSED], line.counts[Outcome.WAITING]) == (9, 6, None)


def test_nothing_is_kept_before_the_rules_are_published(town):
    assert keeping.keep(town, seed=1) == 0

    tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)
    assert not KeptAnswer.objects.exists()
