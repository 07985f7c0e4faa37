"""`medspiller manage …`: Django's own management commands."""

import argparse
from typing import Any

from django.core.management import execute_from_command_line


def add_to(commands: Any) -> None:
    parser = commands.add_parser("manage", help="run a Django management command", add_help=False)
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Hand everything after `manage` to Django."""
    execute_from_command_line(["medspiller manage", *arguments.rest])
