"""`medspiller person-number`: whether eleven digits are a person number, and of which kind."""

import argparse
from typing import Any

from medspiller.cli import lines
from medspiller.cli.errors import CommandError, Refused
from medspiller.core import person_numbers


def add_to(commands: Any) -> None:
    parser = commands.add_parser("person-number", help="say whether eleven digits are a person number")
    parser.add_argument("value", nargs="?", metavar="VALUE", help="the number")
    parser.add_argument("--test", action="store_true", help="accept synthetic numbers too")
    parser.add_argument("--lines", action="store_true", help='read one number a line, or {"value": "…", "test": true}')
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> object:
    """Check one number, refused if it is none, or answer one line each."""
    if arguments.lines:
        lines.answer_lines(lambda case: _answer_case(case, test=arguments.test))
        return None
    if arguments.value is None:
        raise CommandError("person-number: give a number, or --lines with numbers on standard input")
    return _answer(arguments.value, test=arguments.test)


def _answer_case(case: Any, *, test: bool) -> object:
    value = case.get("value") if isinstance(case, dict) else case
    if not isinstance(value, str):
        raise CommandError('a case is a number in quotes, or {"value": "…"}')
    return _answer(value, test=test or (isinstance(case, dict) and case.get("test") is True))


def _answer(value: str, *, test: bool) -> object:
    checked = person_numbers.check(value, test=test)
    answer = {
        "valid": checked.valid,
        "kind": checked.kind,
        "birth_date": checked.birth_date.isoformat() if checked.birth_date else None,
        "reasons": list(checked.faults),
    }
    if not checked.valid:
        raise Refused(answer)
    return answer
