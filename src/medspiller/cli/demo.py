"""`medspiller demo …`: load the made-up municipality, list who one can be in it."""

import argparse
import os
import sys
from typing import Any

import django

from medspiller.cli.errors import CommandError
from medspiller.demo.domain.personas import CITIZENS, PERSONAS

CARERS = 400
MOST_CARERS = 1_000_000


def add_to(commands: Any) -> None:
    parser = commands.add_parser("demo", help="the made-up municipality")
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    load = parts.add_parser("load", help="load it into a database created as a demo")
    load.add_argument("--scale", type=_carers, default=CARERS, metavar="N", help="for how many carers (400)")
    load.add_argument("--seed", type=int, default=1, metavar="N", help="same seed, same people")
    load.add_argument("--quiet", action="store_true", help="say nothing when all is well")
    load.set_defaults(run=run_load)
    parts.add_parser("personas", help="who one can be").set_defaults(run=lambda _: personas())


def personas() -> list[dict[str, str]]:
    """Return who one can sign in as, without asking any database."""
    return [
        {"id": somebody.id, "name": somebody.name, "role": somebody.role_name, "login": somebody.login}
        for somebody in (*PERSONAS, *CITIZENS)
    ]


def run_load(arguments: argparse.Namespace) -> object:
    """
    Load the demo.

    :raises CommandError: if the database is not marked as a demo, does not answer, or has people of another version.
    """
    # Founding a tenant is the owner's; its rows stand under row-level security all the same.
    os.environ["MEDSPILLER_AS_OWNER"] = "1"
    django.setup()
    from medspiller.access.domain.actors import system  # noqa: PLC0415 - only once Django is set up
    from medspiller.core import clock, errors  # noqa: PLC0415
    from medspiller.demo import services  # noqa: PLC0415
    from medspiller.people.domain.persons import AlreadyRegistered  # noqa: PLC0415

    def say(words: str) -> None:
        if not arguments.quiet:
            print(f"medspiller: {words}", file=sys.stderr, flush=True)

    try:
        told = services.load(
            actor=system(None), carers=arguments.scale, seed=arguments.seed, today=clock.today(), say=say
        )
        _become_web()
        answers = services.load_answers(actor=system(None), seed=arguments.seed, say=say)
        offers = services.load_offers(actor=system(None), seed=arguments.seed, say=say)
        files = services.load_follow_up(actor=system(None), seed=arguments.seed, say=say)
        measures = services.load_strategies(actor=system(None), seed=arguments.seed, say=say)
    except errors.NotAllowed:
        raise CommandError(
            "This database was not created as a demo: `medspiller database up --demo` on an empty one."
        ) from None
    except AlreadyRegistered:
        raise CommandError(
            "The demo that stands was loaded by another version: throw it away with `make reset`, and load anew."
        ) from None
    if arguments.quiet:
        print("medspiller: the demo municipality is in place", file=sys.stderr)
        return None
    if answers or offers or files or measures:
        told = {key: value for key, value in told.items() if key != "reason"} | {"loaded": True}
    return told | {"answers": answers, "offers": offers, "files": files, "measures": measures}


def _become_web() -> None:
    """Let all that follows be done by the role that requests run as: it owns nothing, and writes for tenants only."""
    from django.db import connection  # noqa: PLC0415

    from medspiller.config import secrets  # noqa: PLC0415

    address = secrets.web_database()
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # as long as connections are pooled
    connection.settings_dict |= {
        "HOST": address.host, "PORT": address.port, "NAME": address.name,
        "USER": address.user, "PASSWORD": address.password,
        "OPTIONS": {**connection.settings_dict["OPTIONS"], **address.options},
    }  # fmt: skip


def _carers(text: str) -> int:
    value = int(text)
    if not 1 <= value <= MOST_CARERS:
        raise argparse.ArgumentTypeError(f"between 1 and {MOST_CARERS}")
    return value
