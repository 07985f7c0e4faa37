"""A house with units in it, and people at work there who can be signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import LOCAL_ISSUER
from medspiller.access.domain.roles import Role
from medspiller.access.domain.sessions import RECORD_KEY, TENANT_KEY
from medspiller.access.models import User
from medspiller.access.web.sessions import BACKEND
from medspiller.core import clock, ids
from medspiller.core.actors import ActorKind
from medspiller.core.periods import Period
from medspiller.organisations import services as organisations
from medspiller.organisations.domain.details import UnitDetails
from medspiller.organisations.domain.kinds import UnitKind


@dataclass(frozen=True, slots=True)
class House:
    """Units of one tenant: `top`, under it `carers` and `home_care`, and under that one `night`."""

    tenant_id: UUID
    top: UUID
    carers: UUID
    home_care: UUID
    night: UUID


def build_house(tenant_id: UUID) -> House:
    """Open the units of a house. The transaction must be the tenant's."""

    def open_unit(name: str, kind: UnitKind, parent_id: UUID | None, **details: str) -> UUID:
        return organisations.open_unit(
            actor=actors.system(tenant_id),
            parent_id=parent_id,
            details=UnitDetails(name=name, kind=kind, **details),
            opened_on=clock.today() - timedelta(days=400),
        ).id

    top = open_unit("Helse og mestring", UnitKind.SERVICE_AREA, None)
    carers = open_unit(
        "Pårørendesenteret",
        UnitKind.CARERS_CENTRE,
        top,
        about="Samtaler, kurs og grupper for pårørende.",
        opening_hours="Mandag til fredag 9–15",
        notice="Ny kveldsgruppe starter i januar.",
    )
    home_care = open_unit("Hjemmetjenesten vest", UnitKind.HOME_CARE, top)
    night = open_unit("Nattpatruljen", UnitKind.HOME_CARE, home_care)
    return House(tenant_id=tenant_id, top=top, carers=carers, home_care=home_care, night=night)


def employ(
    *,
    tenant_id: UUID,
    unit_id: UUID,
    role: Role,
    name: str = "Solveig Demomyr",
    issuer: str = LOCAL_ISSUER,
    subject: str = "",
) -> User:
    """Give somebody a post and a role in a unit. The transaction must be the tenant's."""
    system, today = actors.system(tenant_id), clock.today()
    period = Period(today - timedelta(days=30), date(today.year + 1, 12, 31))
    post = organisations.open_post(actor=system, unit_id=unit_id, title="Sykepleier", opened_on=period.start)
    account = access.register_account(
        actor=system, issuer=issuer, subject=subject or str(ids.new_id()), kind=ActorKind.STAFF, name=name
    )
    holding = access.give_post(actor=system, user_id=account.id, post_id=post.id, period=period)
    access.grant_role(actor=system, holding_id=holding.id, role=role, unit_id=unit_id, period=period)
    return account


def sign_in(client: Client, account: User) -> None:
    """Let a client be somebody, as if they had just shown who they are, in a transaction of their tenant."""
    client.force_login(account, backend=BACKEND)
    session, key = client.session, str(ids.new_id())
    session[TENANT_KEY], session[RECORD_KEY] = str(account.tenant_id), key
    session.save()
    somebody = actors.Actor(id=account.id, kind=ActorKind(account.kind), tenant_id=account.tenant_id)
    now = clock.now()
    access.start_session(actor=somebody, user=account, key=key, issuer=account.issuer, auth_time=now, now=now)


@pytest.fixture
def house(here: UUID) -> House:
    """The units that most tests are about."""
    return build_house(here)


@pytest.fixture
def staff(house: House, client: Client) -> Callable[..., Client]:
    """Sign somebody in: `staff(Role.LEADER, house.top)` returns the page-checking client as that person."""

    def signed_in(role: Role, unit_id: UUID) -> Client:
        sign_in(client, employ(tenant_id=house.tenant_id, unit_id=unit_id, role=role))
        return client

    return signed_in
