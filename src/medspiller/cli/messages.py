"""`medspiller messages …`: notices that are held since a backup was restored."""

import argparse
import os
from datetime import datetime
from typing import Any

import django


def add_to(commands: Any) -> None:
    parser = commands.add_parser("messages", help="notices that are held since a backup was restored")
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    parts.add_parser("held", help="since when they are held, and how many wait").set_defaults(run=run_held)
    parts.add_parser("release", help="let them go; the worker hands them over").set_defaults(run=run_release)


def run_held(_: argparse.Namespace) -> dict[str, object]:
    """Return since when notices are held, and how many wait; none of them is named."""
    _become_owner()
    return _told(_since())


def run_release(_: argparse.Namespace) -> dict[str, object]:
    """Let the worker hand over what waits, from its next round on."""
    _become_owner()
    from django.db import connection  # noqa: PLC0415 - only once Django is set up
    from psycopg import sql  # noqa: PLC0415

    from medspiller.core import holding  # noqa: PLC0415

    since = _since()
    if since is not None:
        with connection.cursor() as cursor:
            cursor.execute(holding.ASKED)
            (comment,) = cursor.fetchone()
            name = sql.Identifier(connection.settings_dict["NAME"])
            rest = sql.Literal(holding.released(comment) or None)
            cursor.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, rest))
    return _told(since) | {"released": since is not None}


def _become_owner() -> None:
    # The mark is the database's, and only its owner may take it off.
    os.environ["MEDSPILLER_AS_OWNER"] = "1"
    django.setup()


def _since() -> datetime | None:
    from medspiller.access.domain import actors  # noqa: PLC0415 - only once Django is set up
    from medspiller.messages import services  # noqa: PLC0415

    return services.held_since(actor=actors.system(None))


def _told(since: datetime | None) -> dict[str, object]:
    from medspiller.access.domain import actors  # noqa: PLC0415 - only once Django is set up
    from medspiller.core import tenancy  # noqa: PLC0415
    from medspiller.messages import services  # noqa: PLC0415
    from medspiller.organisations import selectors as organisations  # noqa: PLC0415

    found = []
    for tenant_id in organisations.tenant_ids(actor=actors.system(None)):
        actor = actors.system(tenant_id)
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id):
            found.append(services.waiting(actor=actor))
    return {
        "held_since": since,
        "waiting": sum(each.count for each in found),
        "oldest": min((each.oldest for each in found if each.oldest), default=None),
    }
