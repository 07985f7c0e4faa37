"""`medspiller manage …`: Django's own management commands."""

import argparse
import sys
from typing import Any

from django.core.management import execute_from_command_line

from medspiller.cli import processes
from medspiller.cli.errors import CommandError
from medspiller.config import secrets


def add_to(commands: Any) -> None:
    parser = commands.add_parser("manage", help="run a Django management command", add_help=False)
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """
    Hand everything after `manage` to Django. The job worker, which says that it begins, must not end with that.

    :raises CommandError: if it is the job worker, and would seal with keys that nobody else has.
    """
    if arguments.rest[:2] == ["procrastinate", "worker"] and not secrets.keys_kept():
        raise CommandError(secrets.SET_THE_KEYS)
    sys.stderr = processes.HeardOrNot(sys.stderr)  # type: ignore[assignment]
    execute_from_command_line(["medspiller manage", *arguments.rest])
