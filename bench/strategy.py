"""Figures of strategies: the board, a whole plan, and what everybody sees, with 50 strategies and 3,000 measures."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connections
from django.test import Client

from bench.measure import Bench, sized
from medspiller.access import selectors as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core import clock, ids, tenancy
from medspiller.strategy import selectors
from medspiller.strategy.domain.board import BoardFilters
from medspiller.strategy.domain.dates import Lack
from medspiller.strategy.domain.vocabulary import Level, Light, MeasureStatus, StrategyStatus
from medspiller.strategy.models import (
    Approach,
    FocusArea,
    Goal,
    Measure,
    MeasureIndicator,
    MeasureLink,
    MeasureOwner,
    Strategy,
)
from tests.support.database import HERE
from tests.support.staff import House, build_house, employ, sign_in

STRATEGIES, EACH, AREAS = sized(50), 60, 5
AIM = "≤ 40 ms"
_TABLES = (
    "strategy_strategy, strategy_focusarea, strategy_goal, strategy_approach, strategy_measure, strategy_measureowner, "
    "strategy_measurelink, strategy_measureindicator"
)


def bench_plans_and_board(bench: Bench) -> None:
    """Selectors and pages of the busiest views."""
    with _plans() as (account, owner, one):
        size = f"{STRATEGIES:,} strategies, {STRATEGIES * EACH:,} measures"
        anybody = actors.anonymous(HERE)
        calls = {
            "board of all plans": lambda: selectors.board(actor=_fresh(owner)),
            "board of all plans, narrowed": lambda: selectors.board(
                actor=_fresh(owner), filters=BoardFilters(owner="Ansvarlig 7", year=2026, text="tiltak", lack=Lack.LATE)
            ),
            "board of one plan": lambda: selectors.board(actor=_fresh(owner), strategy_id=one.id),
            "a whole plan": lambda: selectors.strategy(actor=_fresh(owner), strategy_id=one.id),
            "time line of a plan": lambda: selectors.gantt(actor=_fresh(owner), strategy_id=one.id, by="owner"),
            "coverage of a plan": lambda: selectors.coverage(actor=_fresh(owner), strategy_id=one.id),
            "what needs attention": lambda: selectors.attention(actor=_fresh(owner)),
            "plans that everybody sees": lambda: selectors.public_plans(actor=anybody),
            "one that everybody sees": lambda: selectors.public_plan(actor=anybody, slug=one.slug),
        }
        for name, call in calls.items():
            bench.measure(f"strategy: {name}", call, size=size, n=60, aim=AIM, count_sql=True)
        client = Client()
        sign_in(client, account)
        for address, of in (
            ("/arbeid/strategi/", client),
            (f"/arbeid/strategi/{one.id}/", client),
            (f"/arbeid/strategi/{one.id}/tavle/", client),
            ("/plan/", Client()),
            (f"/plan/{one.slug}/", Client()),
        ):
            told = address.replace(str(one.id), "<id>").replace(one.slug, "<plan>")
            bench.measure(
                f"strategy: {told}, server time",
                lambda address=address, of=of: _ok(of, address),
                size=size,
                n=60,
                aim=AIM,
                count_sql=True,
            )


def _ok(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200, address


def _fresh(actor: Actor) -> Actor:
    """The same actor as a new request has it: nothing about units is remembered."""
    return Actor(**{name: getattr(actor, name) for name in actor.__dataclass_fields__})


@contextmanager
def _plans() -> Iterator[tuple[User, Actor, Strategy]]:
    """Somebody who owns the strategy, among all these plans; thrown away afterwards."""
    try:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            house = build_house(HERE)
            account = employ(tenant_id=HERE, unit_id=house.top, role=Role.STRATEGY_OWNER)
            one = _fill(house)
            owner = access.actor_for(
                actor=actors.anonymous(HERE),
                user=account,
                organisation="Bærum kommune",
                today=clock.today(),
                now=clock.now(),
            )
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"VACUUM ANALYZE {_TABLES}")
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=owner.id):
            yield account, owner, one
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("TRUNCATE strategy_strategy, organisations_unit, access_user CASCADE")
        connections["owner"].close()


def _fill(house: House) -> Strategy:
    """Plans with all that hangs on a measure, one in ten of them national; return one of the municipality's."""
    chance = random.Random(7)  # noqa: S311 - made to be foreseen
    strategies = [_strategy(number, house) for number in range(STRATEGIES)]
    areas = [
        FocusArea(id=ids.new_id(), strategy=row, number=at, title=f"Innsatsområde {at}")
        for row in strategies
        for at in range(1, AREAS + 1)
    ]
    measures = [_measure(area, at, chance) for area in areas for at in range(1, EACH // AREAS + 1)]
    units = [house.top, house.carers, house.home_care, house.night, None]
    Strategy.objects.bulk_create(strategies)
    FocusArea.objects.bulk_create(areas)
    for kind in (Goal, Approach):
        kind.objects.bulk_create(
            kind(area=area, number=at, text="Slik vil vi ha det") for area in areas for at in (1, 2)
        )
    Measure.objects.bulk_create(measures, batch_size=1000)
    MeasureOwner.objects.bulk_create(
        (
            MeasureOwner(
                measure=row, number=at, name=f"Ansvarlig {chance.randrange(40)} {at}", unit_id=chance.choice(units)
            )
            for row in measures
            for at in (1, 2)
            if chance.random() < 0.9
        ),
        batch_size=1000,
    )
    MeasureIndicator.objects.bulk_create(
        (MeasureIndicator(measure=row, number=1, name="Antall") for row in measures if chance.random() < 0.5),
        batch_size=1000,
    )
    national = [row for row in measures if row.strategy.level == Level.NATIONAL.value]
    ours = [row for row in measures if row.strategy.level != Level.NATIONAL.value]
    MeasureLink.objects.bulk_create(
        (MeasureLink(measure=row, kind="national", target_measure=chance.choice(national)) for row in ours),
        batch_size=1000,
    )
    return next(row for row in strategies if row.level == Level.MUNICIPAL.value)


def _strategy(number: int, house: House) -> Strategy:
    is_national = number % 10 == 0
    return Strategy(
        id=ids.new_id(),
        level=(Level.NATIONAL if is_national else Level.MUNICIPAL).value,
        title=f"Strategi {number}",
        slug=f"strategi-{number}",
        owner_name="Bærum kommune",
        unit_id=None if is_national else house.top,
        from_year=2023 + number % 4,
        to_year=2027 + number % 4,
        status=StrategyStatus.ADOPTED.value,
        adopted_on=clock.today() - timedelta(days=100),
        is_public=True,
        made_at=clock.now(),
        made_by=actors.SYSTEM_ID,
    )


def _measure(area: FocusArea, number: int, chance: random.Random) -> Measure:
    status = chance.choice(list(MeasureStatus))
    return Measure(
        id=ids.new_id(),
        strategy=area.strategy,
        area=area,
        number=number,
        text=f"Tiltak {number}: " + "Kartlegge hva pårørende trenger, og avtale hva som skal skje. " * 3,
        from_year=chance.choice([None, 2024, 2025]),
        to_year=chance.choice([None, 2025, 2026]),
        status=status.value,
        light=chance.choice(["", *(light.value for light in Light)]),
        has_evidence=chance.random() < 0.5,
        needs_decision=chance.random() < 0.1,
    )
