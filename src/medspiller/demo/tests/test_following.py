"""The families are followed up once the pathways are there: each plan with a holder, and work lists that show it."""

import html
import random
import re
from collections import Counter
from functools import cache

import pytest
from django.db import connection

from medspiller.access import selectors as access
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.access.domain.roles import Role
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.config.secrets import ROOT
from medspiller.content import services as content
from medspiller.content.domain import loading
from medspiller.core import clock, tenancy
from medspiller.demo.domain import families, follow_up, main_line
from medspiller.demo.domain.following import StartsForChild, Suggests
from medspiller.demo.domain.main_line import STAGES
from medspiller.demo.domain.personas import PERSONAS
from medspiller.demo.services import _answering as answering
from medspiller.demo.services import _following as following
from medspiller.demo.services import _house as house
from medspiller.demo.services import _offering as offering
from medspiller.demo.services import _signups as signing_up
from medspiller.demo.services import _steering as steering
from medspiller.demo.services import _telling as telling
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
from medspiller.statistics.domain.protection import LEAST
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.database import HERE, thrown_away

KINDS = ("questionnaires", "instruments", "pathways", "guideline", "indicators")
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
            signing_up.sign_up(HERE, seed=1)
            steering.steer(HERE, seed=1, say=SAID.append)
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

    def test_the_daughter_is_asked_again_and_evaluated_after_three_months(self, town):
        (plan,) = _plans_of("Kari")
        late = OpenStep.objects.filter(run=plan.run, due_on__lt=clock.today())
        (evaluated,) = Happening.objects.filter(run=plan.run, step="evaluate")
        states = Counter(
            Suggestion.objects.filter(file=plan.file).exclude(state="suggested").values_list("state", flat=True)
        )

        assert plan.run.phase == "everyday"
        assert list(late) == []
        assert evaluated.result == "change"
        assert Agreement.objects.get(file=plan.file).review_on > clock.today()
        assert states == {"accepted": 1, "declined": 1, "later": 1}
        assert Suggestion.objects.get(file=plan.file, state="declined").reason == "wrong_time"

    def test_a_holder_is_away_and_another_stands_in(self, town):
        (plan,) = _plans_of("Nina")
        absence = Absence.objects.get(state="under_way")

        assert (absence.user_name, absence.stand_in_name) == ("Mai Demolien", "Per Demoberg")
        assert Holding.objects.get(plan=plan, ends_at=None).holder_name == "Per Demoberg"

    def test_a_plan_was_held_by_another_during_leave_and_came_back(self, town):
        (noah,) = _plans_of("Noah")
        held = Holding.objects.filter(plan=noah).order_by("starts_at").values_list("holder_name", "how")
        stood_in = access.account(actor=actors.system(HERE), issuer=DEMO_ISSUER, subject="pårørendekontakt")
        still = access.actor_with_id(
            actor=actors.system(HERE), user_id=stood_in.id, today=clock.today(), now=clock.now()
        )

        assert list(held) == [
            ("Jonas Demostad", "opened"),
            ("Ingrid Demovik", "stand_in"),
            ("Jonas Demostad", "returned"),
        ]
        assert {each.role for each in still.roles} == {Role.CARER_CONTACT}
        assert len(still.roles) == 1

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


# What each stage's text promises, as the page says it.
PROMISED = {
    "mott": ("Solveig Demoås", "Rundt personen", "Kari Demoås", "Barn og søsken"),
    "registrert": ("Kari Demoås", "Nærmeste pårørende", "Hva kan jeg fortelle?", "Du skal fortelle dette"),
    "spurt": ("At mamma er trygg om natta, og at jeg klarer å stå i jobben.", "Ja, mye"),
    "foreslatt": (
        "Det kan hjelpe med:",
        "Pårørendeskole om demens: seks kvelder – Ja takk",
        "Avlastning noen timer hjemme – Nei takk. Tidspunktet passer ikke",
    ),
    "pameldt": ("Pårørendeskole om demens: seks kvelder", "Har plass"),
    "plan": ("Kari Demoås", "Pårørende til en med demens", "Ingrid Demovik har ansvaret", "Hva skjer videre", "Om "),
    "sonnen": (
        "Noah Demoås", "15 år", "Jonas Demostad har ansvaret", "Første samtale", "Andre samtale", "Tredje samtale",
    ),
    "overlevert": ("Noah Demoås", "Jonas Demostad", "Ingrid Demovik"),
    "evaluert": ("Kari Demoås", "Svar som er ulike", "Går det ut over helsa di å være pårørende? Ja, mye Litt"),
    "tallene": ("Kartleggingsverktøy for pårørende", "Snakket med innen 30 dager"),
}  # fmt: skip


def _read(client, stage):
    """The page of a stage as whoever walks there gets it, and its address."""
    try:
        answer = client.get(stage.href, follow=True)
        main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        return answer.status_code, main, answer.redirect_chain[-1][0]
    finally:
        tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)


def _words(main):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize("stage", STAGES, ids=lambda each: each.id)
def test_the_page_of_each_stage_says_what_its_text_promises(town, client, settings, stage):
    settings.DEMO = True

    status, main, _address = _read(client, stage)

    assert status == 200
    assert [each for each in PROMISED[stage.id] if each not in _words(main)] == []


def test_the_stage_of_the_handover_shows_who_has_had_the_plan_of_this_family(town, client, settings):
    settings.DEMO = True
    (noah,) = _plans_of("Noah")

    _status, main, address = _read(client, main_line.stage("overlevert"))
    who = re.search(r"<details[^>]* open\b[^>]*>\s*<summary>Hvem som har hatt ansvaret(.*?)</details>", main, re.DOTALL)

    assert address == f"/arbeid/oppfolging/plan/{noah.id}/#ansvar"
    assert who, "it is folded away"
    assert re.search("Jonas Demostad.*Ingrid Demovik.*Jonas Demostad", _words(who[1]))


def test_the_measure_shows_a_share_and_nobody(town, client, settings):
    settings.DEMO = True
    seen = CarerFile.objects.filter(identified_on__year=clock.today().year).count()

    _status, main, _address = _read(client, main_line.stage("tallene"))
    said = _words(main)

    # All were talked with in time. In the first weeks of a year there are too few of them.
    assert ("100 prosent" in said) is (seen >= LEAST)
    assert re.search("Kari|Noah|Solveig|Demoås", said) is None
