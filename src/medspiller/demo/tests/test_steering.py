"""The municipality steers: both strategies are read in, tied together, reported on and rolled over, once."""

import random
from collections import Counter
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.config.secrets import ROOT
from medspiller.content import services as content
from medspiller.content.domain import loading
from medspiller.core import clock
from medspiller.demo import services
from medspiller.demo.domain import steering as told
from medspiller.demo.services import _house as house
from medspiller.demo.services import _steering as steering
from medspiller.demo.services._acting import acting
from medspiller.strategy import selectors
from medspiller.strategy.domain.vocabulary import Level, Light, StrategyStatus
from medspiller.strategy.models import LineAssessment, LogEntry, MeasureLink, StatusReport, YearlyReport
from medspiller.worklist.models import OPEN, WorkItem

KINDS = ("guideline", "indicators", "pathways")


def test_a_strategy_goes_from_its_file_to_the_next_one(here):
    system, said = actors.system(here), []
    with clock.frozen(house.IDS_BEGIN):
        house.furnish_municipality(system, chance=random.Random(1), today=clock.today())  # noqa: S311
    assert steering.steer(here, seed=1, say=said.append) == 0
    assert said == ["the guideline is not published yet, so there is nothing to steer by"]
    shipped = loading.load(ROOT / "content", CONTENT_KINDS)
    content.publish(actor=system, definitions=[each for kind in KINDS for each in shipped.of_kind(kind)])

    assert steering.steer(here, seed=1, say=said.append) == 31
    assert steering.steer(here, seed=1, say=said.append) == 0

    owner = acting(system, "strategiansvarlig", organisation=house.MUNICIPALITY_NAME)
    by_place = {(line.level, line.status): line for line in selectors.strategies(actor=owner)}
    national = by_place[Level.NATIONAL, StrategyStatus.ADOPTED]
    second = by_place[Level.MUNICIPAL, StrategyStatus.ADOPTED]
    assert by_place[Level.MUNICIPAL, StrategyStatus.REPLACED].progress.done >= 15
    assert national.progress.total == 32
    assert second.progress.total == 31 - len([each for each in told.FIRST_PLAN.values() if each.status == "done"]) + 2
    assert [line.title for line in selectors.public_plans(actor=actors.anonymous(here))] == [second.title]
    lights = Counter(measure.light for measure in selectors.strategy(actor=owner, strategy_id=second.id).measures)
    assert set(lights) == {None, Light.GREEN, Light.YELLOW, Light.RED}
    assert selectors.coverage(actor=owner, strategy_id=second.id).touched >= 8
    assert StatusReport.objects.exclude(decision_needed="").count() == 1
    assert LogEntry.objects.count() >= len(told.HEARING)
    assert LineAssessment.objects.count() == len(told.ASSESSED)
    assert {link.kind for link in MeasureLink.objects.all()} == {"national", "guideline", "pathway"}
    assert list(YearlyReport.objects.values_list("year", "state")) == [(told.TOLD_OF, "final")]
    assert WorkItem.objects.filter(OPEN, kind="strategy.status_due").exists()


def test_the_main_line_ends_at_the_measure_that_counts_the_talks(here, settings):
    settings.DEMO = True
    system = actors.system(here)
    with clock.frozen(house.IDS_BEGIN):
        house.furnish_municipality(system, chance=random.Random(1), today=clock.today())  # noqa: S311
    shipped = loading.load(ROOT / "content", CONTENT_KINDS)
    content.publish(actor=system, definitions=[each for kind in KINDS for each in shipped.of_kind(kind)])
    steering.steer(here, seed=1, say=lambda _said: None)

    account, address = services.stage_of(actor=actors.anonymous(here), stage_id="tallene")

    measure = address.rstrip("/").rpartition("/")[2]
    owner = acting(system, account.subject, organisation=house.MUNICIPALITY_NAME)
    followed = selectors.measure(actor=owner, measure_id=UUID(measure)).indicators
    assert [each.indicator for each in followed] == ["talk-within-30-days"]
