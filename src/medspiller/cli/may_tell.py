"""`medspiller may-tell`: whether something may be told to a carer, and why."""

import argparse
from typing import Any

from medspiller.cli import lines
from medspiller.cli.errors import CommandError, Refused
from medspiller.people.domain.telling import Answer, CaseUnreadable, case_from, information


def add_to(commands: Any) -> None:
    parser = commands.add_parser("may-tell", help="say whether this may be told to this carer, and why")
    parser.add_argument("case", nargs="?", metavar="CASE.json", help="the case; - is standard input")
    parser.add_argument("--lines", action="store_true", help="read one case a line on standard input")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> object:
    """Answer one case, refused if the answer is no, or answer one line each."""
    if arguments.lines:
        if arguments.case is not None:
            raise CommandError("may-tell: give a file or --lines, not both")
        lines.answer_lines(_answer)
        return None
    if arguments.case is None:
        raise CommandError("may-tell: give a file with a case, or --lines with cases on standard input")
    return _answer(lines.read_json(arguments.case), where=f"{arguments.case}: ")


def _answer(written: Any, where: str = "") -> object:
    try:
        telling = information(case_from(written))
    except CaseUnreadable as fault:
        raise CommandError(f"{where}{fault}") from None
    if telling.answer is Answer.NO:
        raise Refused(telling.as_dict())
    return telling.as_dict()
