"""`medspiller database …`: the database this installation stands on."""

from collections.abc import Iterable
from typing import Any

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.utils import OperationalError

from medspiller.cli import cluster, restoring
from medspiller.cli.errors import CommandError


def add_to(commands: Any) -> None:
    parser = commands.add_parser("database", help="start, prepare or stop the database")
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    up = parts.add_parser("up", help="start the embedded cluster if there is no DATABASE_URL, and migrate")
    up.add_argument("--demo", action="store_true", help="mark a new database as a demo; an existing mark never changes")
    up.set_defaults(run=lambda arguments: bring_up(demo=arguments.demo))
    parts.add_parser("down", help="stop the embedded cluster").set_defaults(run=lambda _: cluster.stop())


def bring_up(*, demo: bool) -> None:
    """
    Start the database, migrate it, and give a new one its mark. What a broken-off restore has begun is settled first.

    :raises CommandError: if it does not answer, or was made by a newer Medspiller.
    """
    restoring.settle()
    cluster.ensure_running()
    django.setup()
    owner = connections["owner"]
    try:
        owner.ensure_connection()
    except OperationalError as fault:
        raise CommandError(f"The database does not answer: {str(fault).splitlines()[0]}") from None
    _refuse_newer()
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    mark(demo=demo)
    owner.close()


def mark(*, demo: bool) -> None:
    """Write once, what this database was created as. One that already holds tenants never becomes a demo."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT demo FROM core_installation")
        if cursor.fetchone() is not None:
            return
        # Row-level security hides the table's rows from the owner too; this function does not.
        cursor.execute("SELECT NOT exists(SELECT medspiller_tenant_ids())")
        (empty,) = cursor.fetchone()
        cursor.execute("INSERT INTO core_installation (id, demo) VALUES (1, %s)", [demo and empty])


def unknown_here(applied: Iterable[tuple[str, str]]) -> list[str]:
    """Return those of a database's migrations of ours that this version does not have: a newer one made them."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("medspiller.")}
    return sorted(f"{app}.{name}" for app, name in applied if app in ours and (app, name) not in known)


def _refuse_newer() -> None:
    unknown = unknown_here(MigrationLoader(connections["owner"]).applied_migrations)
    if unknown:
        raise CommandError(
            f"The database was made by a newer Medspiller (it has {unknown[-1]}): "
            "use that version, or throw a demo away with `make reset`."
        )
