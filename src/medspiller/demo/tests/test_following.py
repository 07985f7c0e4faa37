"""The families are followed up once the pathways are there: each plan with a holder, and work lists that show it."""

import random
from collections import Counter
from functools import cache
from uuid import UUID

import pytest
from django.db import connection

from medspiller.access.domain import actors
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.config.secrets import ROOT
from medspiller.content import services as content
from medspiller.content.domain import loading
from medspiller.core import clock, tenancy
from medspiller.demo import services
from medspiller.demo.domain import families, follow_up
from medspiller.demo.domain.following import StartsForChild, Suggests
from medspiller.demo.domain.main_line import STAGES
from medspiller.demo.domain.personas import PERSONAS
from medspiller.demo.services import _answering as answering
from medspiller.demo.services import _following as following
from medspiller.demo.services import _house as house
from medspiller.demo.services import _offering as offering
from medspiller.demo.services import _telling as telling
from medspiller.demo.services._acting import acting
from medspiller.followup import selectors as followup
from medspiller.followup.models import (
    Absence,
    Agreement,
    CarerFile,
    ConcernAssessment,
    Handover,
    Holding,
    Plan,
    Suggestion,
)
from medspiller.pathways.models import Happening, OpenStep
from medspiller.people import selectors as people
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.database import HERE, thrown_away

KINDS = ("questionnaires", "instruments", "pathways")
SAID, LEFT_OUT = [], []


@cache
def _shipped():
    library = loading.load(ROOT / "content", CONTENT_KINDS)
    return tuple(each for kind in KINDS for each in library.of_kind(kind))


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The families as they are before anybody is followed up, with the offers that are suggested."""
    system, chance, today = actors.system(HERE), random.Random(1), clock.today()  # noqa: S311 - to be foreseen
    with django_db_blocker.unblock():
        with thrown_away(), pytest.MonkeyPatch.context() as patch:
            tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)
            with clock.frozen(house.IDS_BEGIN):
                units = house.furnish_municipality(system, chance=chance, today=today)
            stories = [story for story in families.stories(today) if not story.health_trust]
            telling.tell(system, stories, units, organisation=house.MUNICIPALITY_NAME, today=today)
            content.publish(actor=system, definitions=_shipped())
            answering.answer(HERE, seed=1, say=SAID.append)
            patch.setattr(offering, "what_is_written", _few_offers)
            offering.offer(HERE, seed=1)
            yield HERE
        connection.close()


def _few_offers():
    suggested = {deed.offer for each in follow_up.FOLLOWED for deed in each.deeds if isinstance(deed, Suggests)}
    needed = suggested | {offering.written.PROPOSED, offering.written.REPORTED, offering.written.CLOSED}
    providers, offers = _written()
    return providers, tuple(each for each in offers if each.slug in needed)


_written = offering.what_is_written


@pytest.fixture(scope="module")
def twice(told):
    """The families followed up, twice from the same seed: what was told of their plans each time. The second stays."""
    lines = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(following.logger, "warning", lambda _said, extra: LEFT_OUT.append(extra["refusal"]))
        with thrown_away():
            follow_up_families()
            lines.append(_lines())
        follow_up_families()
        lines.append(_lines())
    return lines


@pytest.fixture
def town(twice):
    return HERE


def follow_up_families():
    try:
        tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)
        return following.follow_up_families(HERE, seed=1, say=SAID.append)
    finally:
        tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)


def _lines():
    rows = Happening.objects.order_by("run_id", "seq")
    return list(rows.values_list("run_id", "seq", "kind", "step", "result", "on", "by_name"))


def _plans_of(given_name):
    return Plan.objects.select_related("run").filter(file__carer__given_name=given_name, closed_at=None)


class TestFollowingUp:
    def test_leaves_nothing_out(self, town):
        assert LEFT_OUT == []
        assert CarerFile.objects.count() == len(follow_up.FOLLOWED)

    def test_once_is_enough(self, town):
        assert follow_up_families() == 0

    def test_is_the_same_from_the_same_seed(self, twice):
        once, again = twice

        assert once == again
        assert len(once) > 60


class TestTheStory:
    def test_every_open_plan_has_one_holder(self, town):
        held = Counter(Holding.objects.filter(ends_at=None).values_list("plan_id", flat=True))

        assert held == Counter(Plan.objects.filter(closed_at=None).values_list("id", flat=True))

    def test_the_daughter_is_one_step_late_since_the_day_of_the_agreement(self, town):
        (plan,) = _plans_of("Kari")
        late = OpenStep.objects.filter(run=plan.run, due_on__lt=clock.today())
        states = Counter(
            Suggestion.objects.filter(file=plan.file).exclude(state="suggested").values_list("state", flat=True)
        )

        assert plan.run.phase == "everyday"
        assert [each.step for each in late] == ["help-apply"]
        assert Agreement.objects.get(file=plan.file).review_on > clock.today()
        assert states == {"accepted": 1, "declined": 1, "later": 1}

    def test_a_holder_is_away_and_another_stands_in(self, town):
        (plan,) = _plans_of("Nina")
        absence = Absence.objects.get()

        assert (absence.user_name, absence.stand_in_name) == ("Mai Demolien", "Per Demoberg")
        assert Holding.objects.get(plan=plan, ends_at=None).holder_name == "Per Demoberg"

    def test_one_plan_is_offered_and_not_answered(self, town):
        offer = Handover.objects.get()

        assert (offer.state, offer.from_name, offer.to_name) == ("offered", "Amina Demodal", "Ingrid Demovik")

    def test_children_are_followed_in_files_of_their_own(self, town):
        children = sum(isinstance(deed, StartsForChild) for each in follow_up.FOLLOWED for deed in each.deeds)
        (noah,) = _plans_of("Noah")

        assert CarerFile.objects.filter(kind="child").count() == children
        assert Holding.objects.get(plan=noah, ends_at=None).holder_name == "Jonas Demostad"
        assert ConcernAssessment.objects.get().child.given_name == "Selma"

    def test_one_is_closed_with_what_it_came_to(self, town):
        (closed,) = CarerFile.objects.filter(state="closed")

        assert closed.outcome == ["better", "knows_whom_to_ask"]

    def test_the_lists_show_what_can_be_done_now(self, town):
        steps = OpenStep.objects.filter(run__state="open").values_list("id", flat=True)
        items = WorkItem.objects.filter(OPEN, kind="followup.step")
        taken_by = set(items.exclude(taken_by=None).values_list("taken_by_name", flat=True))

        assert set(items.values_list("subject_id", flat=True)) == set(steps)
        assert {"Ingrid Demovik", "Jonas Demostad", "Amina Demodal"} <= taken_by
        assert taken_by <= {each.name for each in PERSONAS}


@pytest.mark.parametrize("stage", [each for each in STAGES if each.path], ids=lambda each: each.id)
def test_whoever_walks_the_main_line_comes_to_the_page_of_each_stage(town, settings, stage):
    settings.DEMO = True
    try:
        account, address = services.stage_of(actor=actors.anonymous(HERE), stage_id=stage.id)
        somebody = acting(actors.system(HERE), stage.persona, organisation=house.MUNICIPALITY_NAME)
        tenancy.enter_tenant(tenant_id=HERE, actor_id=somebody.id)
        ids = [UUID(each) for each in address.split("/") if len(each) == len(str(HERE))]

        assert account.subject == stage.persona
        assert len(ids) == len(stage.about)
        for person_id in ids[:1]:
            # Whoever one is there may open whom the page is about
            assert people.person(actor=somebody, person_id=person_id).name
        if stage.path == "/arbeid/oppfolging/person/{}/":
            assert followup.open_file_of(actor=somebody, carer_id=ids[0]) is not None
    finally:
        tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)
