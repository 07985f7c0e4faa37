"""Whoever must look again is told what a new version of a rule or a figure changes, and from which day."""

from dataclasses import replace
from datetime import date

import pytest

from medspiller.access.domain import actors
from medspiller.config import wiring
from medspiller.content import registry
from medspiller.content import services as content
from medspiller.content.domain import formats
from medspiller.content.domain.definitions import Definition, Status
from medspiller.content.tests.conftest import owner
from medspiller.core import events
from medspiller.rights.domain.changes import RightsChanged, change_between
from tests.support.database import ELSEWHERE, HERE
from tests.support.jobs import run_jobs

URL = "https://example.no/parameters/hours"


def hours(version: str, *steps: tuple[str, object]) -> Definition:
    """A parameter that is nobody's law."""
    written = f'url: {URL}\nversion: "{version}"\nstatus: active\nid: hours\nunit: hours\n'
    written += "label: {nb: Timer, nn: Timar, en: Hours}\nsteps:\n"
    for start, value in steps:
        written += f"  - {{from: {start}, value: {value}, source: {{ref: lov § 1, url: null, certainty: law}}}}\n"
    return Definition(
        kind="parameters",
        url=URL,
        version=version,
        status=Status.ACTIVE,
        body=formats.read(written.encode(), ".yaml"),
        text=written,
        suffix=".yaml",
        package="no.example.basics",
        package_version="1",
        file="no.example.basics/parameters/hours.yaml",
    )


FIRST = hours("1", ("2020-01-01", 10))
SECOND = hours("2", ("2020-01-01", 10), ("2027-01-01", 15))
CORRECTED = hours("3", ("2020-01-01", 10), ("2026-07-01", 15))


class TestWhatIsDifferent:
    def test_a_new_step_holds_from_its_day(self):
        assert change_between(FIRST, SECOND) == RightsChanged(
            kind="parameters",
            url=URL,
            name="hours",
            from_version="1",
            to_version="2",
            changed=("steps[1]",),
            holds_from=date(2027, 1, 1),
        )

    def test_a_step_that_is_moved_holds_from_the_earlier_day(self):
        change = change_between(SECOND, CORRECTED)

        assert change.changed == ("steps[1].from",)
        assert change.holds_from == date(2026, 7, 1)

    def test_other_words_hold_from_no_day(self):
        reworded = hours("4", ("2020-01-01", 10))
        reworded = replace(reworded, body={**reworded.body, "unit": "hours/week"})

        change = change_between(FIRST, reworded)

        assert (change.changed, change.holds_from) == (("unit",), None)


@pytest.fixture
def told(monkeypatch):
    """What is announced, as whoever listens hears it."""
    heard: list[object] = []
    monkeypatch.setattr(events, "publish", heard.append)
    return heard


class TestPublishing:
    def test_a_tenants_own_new_version_is_announced_at_once(self, here, told):
        self.publish_here(here, FIRST)
        assert told == []

        self.publish_here(here, SECOND)
        assert told == [change_between(FIRST, SECOND)]

    def test_publishing_again_announces_nothing(self, here, told):
        self.publish_here(here, FIRST, SECOND)
        told.clear()

        self.publish_here(here, FIRST, SECOND)

        assert told == []

    @pytest.mark.usefixtures("committed")
    def test_what_is_shipped_is_announced_in_every_tenant(self, told):
        self.ship(FIRST)
        self.ship(SECOND)
        assert told == []

        run_jobs()

        assert told == [change_between(FIRST, SECOND)] * len({HERE, ELSEWHERE})

    def test_the_wiring_ties_it_to_rules_and_figures(self):
        assert {kind for kind, run in wiring.ON_PUBLISH if run.__name__ == "tell_of_change"} == {"rights", "parameters"}
        assert registry.reactions_to("parameters") != ()

    @staticmethod
    def publish_here(tenant_id, *definitions):
        content.publish(actor=actors.system(tenant_id), definitions=definitions)

    @staticmethod
    def ship(definition):
        with owner() as actor:
            content.publish(actor=actor, definitions=[definition])
