"""`medspiller statistics protect`: hide what could tell of few people in a table of counts. Needs no database."""

import argparse
from typing import Any

from medspiller.cli import lines
from medspiller.cli.errors import CommandError
from medspiller.statistics.domain.protection import LEAST, ThresholdTooLow, protect
from medspiller.statistics.domain.tables import TableUnreadable, table_from


def add_to(commands: Any) -> None:
    parser = commands.add_parser("statistics", help="make counts of people fit to be shown")
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    part = parts.add_parser("protect", help="hide small counts of a table, and those from which one could be found")
    part.add_argument("table", nargs="?", metavar="TABLE.json", help="the table; - is standard input")
    part.add_argument("--n-min", type=int, default=LEAST, metavar="N", help=f"smallest count shown, {LEAST} or more")
    part.add_argument("--lines", action="store_true", help="read one table a line on standard input")
    part.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> object:
    """Protect one table, or one a line."""
    n_min: int = arguments.n_min
    if n_min < LEAST:
        raise CommandError(f"statistics protect: --n-min: {ThresholdTooLow(n_min)}")
    if arguments.lines:
        if arguments.table is not None:
            raise CommandError("statistics protect: give a file or --lines, not both")
        lines.answer_lines(lambda written: _protected(written, n_min))
        return None
    if arguments.table is None:
        raise CommandError("statistics protect: give a file with a table, or --lines with tables on standard input")
    return _protected(lines.read_json(arguments.table), n_min, where=f"{arguments.table}: ")


def _protected(written: Any, n_min: int, where: str = "") -> object:
    try:
        return protect(table_from(written), n_min).as_dict()
    except TableUnreadable as fault:
        raise CommandError(f"{where}{fault}") from None
