"""A pathway that is published, on the first day of what is told."""

import pytest

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, events
from medspiller.pathways.models import Run
from medspiller.pathways.tests.factories import NINE, begin, publish, somebody
from tests.support.database import HERE


@pytest.fixture
def first_day(here):
    """The first day, at nine."""
    with clock.frozen(NINE):
        publish(HERE)
        yield


@pytest.fixture
def kontakt(first_day) -> Actor:
    """Somebody who lets plans run."""
    return somebody()


@pytest.fixture
def run(kontakt) -> Run:
    """A run that has just begun."""
    return begin(kontakt).run


@pytest.fixture
def announced(monkeypatch) -> list[object]:
    """What is announced from now on."""
    heard: list[object] = []
    monkeypatch.setattr(events, "publish", heard.append)
    return heard
