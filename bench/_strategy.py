"""Many strategies of one municipality, with measures, owners and what has been reported of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connections
from django.test import Client

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core import clock, ids, tenancy
from medspiller.strategy.domain.vocabulary import Level, Light, MeasureStatus, StrategyStatus
from medspiller.strategy.models import (
    Approach,
    FocusArea,
    Goal,
    IndicatorValue,
    Measure,
    MeasureIndicator,
    MeasureOwner,
    StatusReport,
    Strategy,
)
from tests.support.database import HERE
from tests.support.staff import House, build_house, employ, sign_in

AREAS = 5
_TEXT = (
    "Sikre at pårørende til personer med store og sammensatte behov får tilbud om en fast kontakt i kommunen, og at "
    "kontakten kjenner tilbudene som finnes både i kommunen og i spesialisthelsetjenesten ({})"
)
_SAID = "Arbeidet er i gang i alle distriktene. Tre av fire ansatte har fått opplæring, og rutinen er tatt i bruk."
_STATUSES = (MeasureStatus.UNDER_WAY, MeasureStatus.DONE, MeasureStatus.NOT_STARTED, MeasureStatus.UNDER_WAY)
_LIGHTS = (Light.GREEN, Light.YELLOW, Light.RED)


@dataclass(frozen=True, slots=True)
class Plans:
    """The strategies, the newest first, and who owns them all."""

    strategies: list[UUID]
    slugs: list[str]
    year: int
    owner: User
    house: House

    def signed_in(self) -> Client:
        """The browser of whoever owns the strategies."""
        client = Client()
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            sign_in(client, self.owner)
        return client


@contextmanager
def plans_with(strategies: int, measures: int) -> Iterator[Plans]:
    """So many adopted public strategies, which share so many measures; all thrown away afterwards."""
    try:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            house = build_house(HERE)
            owner = employ(tenant_id=HERE, unit_id=house.top, role=Role.STRATEGY_OWNER)
            found = _fill(strategies, measures // strategies, house, owner)
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
        yield found
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("TRUNCATE strategy_strategy, organisations_unit, access_user, procrastinate_jobs CASCADE")
        connections["owner"].close()


def _fill(strategies: int, each: int, house: House, owner: User) -> Plans:
    year = clock.today().year
    who = {"by": owner.id, "by_name": owner.name, "at": clock.now()}
    rows = [_strategy(n, year, house, owner) for n in range(strategies)]
    areas = [FocusArea(id=ids.new_id(), strategy=row, number=n, title=f"Innsatsområde {n}") for row in rows
             for n in range(1, AREAS + 1)]  # fmt: skip
    measures = [
        Measure(id=ids.new_id(), strategy=area.strategy, area=area, number=n, text=_TEXT.format(n),
                to_year=year - n % 3 or None, status=_STATUSES[n % 4], light=_LIGHTS[n % 3], has_evidence=n % 2 == 0,
                reported_on=date(year - 1, 10, 1), learnt="Korte samtaler tidlig virker best." if n % 5 == 0 else "")
        for area in areas for n in range(1, each // AREAS + 1)
    ]  # fmt: skip
    Strategy.objects.bulk_create(rows)
    FocusArea.objects.bulk_create(areas)
    for kind in (Goal, Approach):
        kind.objects.bulk_create(
            kind(area=area, number=n, text="Pårørende blir sett og hørt.") for area in areas for n in (1, 2, 3)
        )
    Measure.objects.bulk_create(measures, batch_size=500)
    MeasureOwner.objects.bulk_create(
        MeasureOwner(measure=row, number=n, name=f"Område {n}", unit_id=house.top) for row in measures for n in (1, 2)
    )
    StatusReport.objects.bulk_create(
        StatusReport(measure=row, on=date(year - 1, 1 + n * 3, 2), status=_STATUSES[row.number % 4],
                     light=_LIGHTS[row.number % 3], text=_SAID, evidence="Sak 12" if row.number % 2 else "",
                     deviation="To stillinger var tomme." if row.number % 4 == 0 else "", **who)
        for row in measures for n in range(3)
    )  # fmt: skip
    followed = [MeasureIndicator(id=ids.new_id(), measure=row, number=1, name="Pårørende med fast kontakt",
                                 definition="Navngitt kontakt ved årets slutt.") for row in measures[::10]]  # fmt: skip
    MeasureIndicator.objects.bulk_create(followed)
    IndicatorValue.objects.bulk_create(
        IndicatorValue(measure_indicator=row, period_from=date(year - back, 1, 1), source="Fagsystemet",
                       period_to=date(year - back + 1, 1, 1), value=100 + back, **who)
        for row in followed for back in (1, 2, 3)
    )  # fmt: skip
    return Plans([row.id for row in rows], [row.slug for row in rows], year - 1, owner, house)


def _strategy(n: int, year: int, house: House, owner: User) -> Strategy:
    return Strategy(
        id=ids.new_id(), level=Level.MUNICIPAL.value, title=f"Pårørendestrategi {n}", slug=f"parorendestrategi-{n}",
        owner_name="Demo kommune", unit_id=house.top, from_year=year - 4, to_year=year + 1, is_public=True,
        status=StrategyStatus.ADOPTED.value, adopted_by="Kommunestyret", adopted_on=date(year - 4, 3, 1),
        made_at=clock.now(), made_by=owner.id, made_by_name=owner.name,
    )  # fmt: skip
