"""`medspiller access …`: the first account of an installation, which nobody is there to invite to."""

import argparse
import os
from datetime import date
from typing import Any

import django

from medspiller.cli.errors import CommandError, Refused

# An administrator's role ends like any other; whoever is one by then prolongs it.
LASTS_YEARS = 1


def add_to(commands: Any) -> None:
    parser = commands.add_parser("access", help="accounts")
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    first = parts.add_parser("first-administrator", help="make the first local account, and print its invitation")
    first.add_argument("--tenant", required=True, metavar="NUMBER|HOST", help="municipality number or host name")
    first.add_argument("--email", required=True)
    first.add_argument("--name", required=True)
    first.set_defaults(run=run_first)


def run_first(arguments: argparse.Namespace) -> dict[str, str]:
    """
    Make the first administrator of a tenant.

    :raises CommandError: if there is no such tenant, or name or e-mail address cannot be.
    :raises Refused: if it has an administrator, who invites the next.
    """
    os.environ["MEDSPILLER_AS_OWNER"] = "1"
    django.setup()
    from medspiller.core.errors import InvalidInput  # noqa: PLC0415 - only once Django is set up

    try:
        return first_administrator(tenant=arguments.tenant, email=arguments.email, name=arguments.name)
    except InvalidInput as refusal:
        raise CommandError(str(refusal)) from None


def first_administrator(*, tenant: str, email: str, name: str) -> dict[str, str]:
    """Make the account, its post and its role, and return the link by which it is taken into use; shown only now."""
    from django.urls import reverse  # noqa: PLC0415 - only once Django is set up

    from medspiller.access import selectors, services  # noqa: PLC0415
    from medspiller.access.domain import actors  # noqa: PLC0415
    from medspiller.access.domain.roles import Role  # noqa: PLC0415
    from medspiller.core import clock, tenancy  # noqa: PLC0415
    from medspiller.core.periods import Period  # noqa: PLC0415

    tenant_id = _tenant(tenant)
    actor, today, now = actors.system(tenant_id), clock.today(), clock.now()
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id):
        if selectors.has_administrator(actor=actor):
            raise Refused({"made": False, "reason": "this tenant has an administrator, who invites others"})
        unit_id, post_id = _top(actor)
        account = services.open_local_account(actor=actor, email=email, name=name)
        period = Period(today, _in_a_year(today))
        holding = services.give_post(actor=actor, user_id=account.id, post_id=post_id, period=period)
        services.grant_role(actor=actor, holding_id=holding.id, role=Role.ADMINISTRATOR, unit_id=unit_id, period=period)
        token = services.invite(actor=actor, user_id=account.id, now=now)
    return {
        "account": account.subject,
        "invitation": reverse("access:invitation", args=[token]),
        "role_ends": str(period.end),
    }


def _tenant(number_or_host: str) -> Any:
    from django.db import transaction  # noqa: PLC0415

    from medspiller.access.domain.actors import system  # noqa: PLC0415
    from medspiller.organisations import selectors  # noqa: PLC0415

    number = number_or_host if number_or_host.isdecimal() else None
    with transaction.atomic():
        found = selectors.tenant_for(actor=system(None), host=number_or_host, default_number=number)
    if found is None:
        raise CommandError(f"No tenant has the number or host name {number_or_host}: `medspiller tenant found` first.")
    return found


def _top(actor: Any) -> tuple[Any, Any]:
    """The unit at the top of the tenant, and an administrator's post there, opened if there is none."""
    from medspiller.core import clock  # noqa: PLC0415
    from medspiller.organisations import selectors, services  # noqa: PLC0415

    today = clock.today()
    top = next((unit for unit in selectors.units(actor=actor, on=today) if unit.parent_id is None), None)
    if top is None:
        raise CommandError("The tenant has no unit yet, so there is nothing to administer.")
    posts = selectors.posts(actor=actor, unit_id=top.id, on=today)
    post = next((post for post in posts if post.title == "Administrator"), None)
    if post is None:
        post = services.open_post(actor=actor, unit_id=top.id, title="Administrator", opened_on=today)
    return top.id, post.id


def _in_a_year(day: date) -> date:
    try:
        return day.replace(year=day.year + LASTS_YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year + LASTS_YEARS, day=28)
