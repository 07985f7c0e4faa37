"""`medspiller tenant found`: make a new data controller, with a first unit and a post for whoever administers it."""

import argparse
import os
from typing import Any

import django

from medspiller.cli.errors import CommandError

KINDS = ("municipality", "health_trust", "directorate")


def add_to(commands: Any) -> None:
    parser = commands.add_parser("tenant", help="the data controllers of this installation")
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    found = parts.add_parser("found", help="make a new one")
    found.add_argument("--kind", choices=KINDS, default="municipality")
    found.add_argument("--name", required=True, help="as people know it, such as Bærum kommune")
    found.add_argument("--number", metavar="NNNN", help="the municipality's number")
    found.add_argument("--host", help="the host name under which its pages are asked for, if it has one of its own")
    found.set_defaults(run=run_found)


def run_found(arguments: argparse.Namespace) -> dict[str, str]:
    """
    Found a tenant, open its top unit and a post there for the administrator. All of it or nothing.

    :raises CommandError: if a part of it cannot be, or another tenant has the number or host name.
    """
    # The web role cannot make tenants; the rows stand under row-level security all the same.
    os.environ["MEDSPILLER_AS_OWNER"] = "1"
    django.setup()
    from django.db import IntegrityError  # noqa: PLC0415 - only once Django is set up

    from medspiller.core.errors import InvalidInput  # noqa: PLC0415

    try:
        return found(kind=arguments.kind, name=arguments.name, number=arguments.number, host=arguments.host)
    except InvalidInput as refusal:
        raise CommandError(str(refusal)) from None
    except IntegrityError:
        raise CommandError("Another tenant has this number or host name already.") from None


def found(*, kind: str, name: str, number: str | None, host: str | None) -> dict[str, str]:
    """Found a tenant in one transaction, and return the ids of what was made."""
    from medspiller.access.domain import actors  # noqa: PLC0415 - only once Django is set up
    from medspiller.core import clock, ids, tenancy  # noqa: PLC0415
    from medspiller.organisations import services  # noqa: PLC0415
    from medspiller.organisations.domain.details import UnitDetails  # noqa: PLC0415
    from medspiller.organisations.domain.kinds import TenantKind, UnitKind  # noqa: PLC0415

    tenant_id = ids.new_id()
    actor = actors.system(tenant_id)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id):
        tenant = services.found_tenant(
            actor=actor, kind=TenantKind(kind), name=name, municipality_number=number, host=host
        )
        unit = services.open_unit(
            actor=actor,
            parent_id=None,
            details=UnitDetails(name=tenant.name, kind=UnitKind.SERVICE_AREA),
            opened_on=clock.today(),
        )
        post = services.open_post(actor=actor, unit_id=unit.id, title="Administrator", opened_on=clock.today())
    return {"tenant": str(tenant.id), "unit": str(unit.id), "post": str(post.id)}
