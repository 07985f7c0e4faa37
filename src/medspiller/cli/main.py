"""Entry of the `medspiller` command: finds the command, runs it, and says what came of it."""

import argparse
import importlib
import json
import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

from medspiller.cli.errors import CommandError, Refused
from medspiller.config.secrets import BadSettings

# Command → the module that adds it. A module is imported only when its command is asked for.
COMMANDS = {
    "routes": "medspiller.cli.routes",
    "content": "medspiller.cli.content",
    "demo": "medspiller.cli.demo",
    "texts": "medspiller.cli.texts",
    "serve": "medspiller.cli.serve",
    "stop": "medspiller.cli.serve",
    "reset": "medspiller.cli.serve",
    "database": "medspiller.cli.database",
    "backup": "medspiller.cli.backup",
    "restore": "medspiller.cli.restore",
    "messages": "medspiller.cli.messages",
    "manage": "medspiller.cli.manage",
    "tenant": "medspiller.cli.tenant",
    "access": "medspiller.cli.access",
    "person-number": "medspiller.cli.person_number",
    "may-tell": "medspiller.cli.may_tell",
    "fhirpath": "medspiller.cli.fhirpath",
    "questionnaire": "medspiller.cli.questionnaire",
    "rights": "medspiller.cli.rights",
    "export": "medspiller.cli.export",
    "statistics": "medspiller.cli.protection",
    "strategy": "medspiller.cli.strategy",
}

DONE, NEGATIVE, WRONG_USE = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Any:
        raise CommandError(f"{self.prog}: {message}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 the answer is negative, 2 wrong use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspiller.config.settings")
    wanted = list(sys.argv[1:] if arguments is None else arguments)
    # A database that is away is told about once, in words, and not at each of the pool's attempts.
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    try:
        return _run(wanted)
    except BrokenPipeError:
        # Whoever read our answer has heard enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _run(wanted: Sequence[str]) -> int:
    try:
        parsed = _parser(wanted).parse_args(wanted)
        answer = parsed.run(parsed)
        if answer is not None:
            _print(answer)
    except (CommandError, BadSettings) as fault:
        print(f"medspiller: {fault}", file=sys.stderr)
        return WRONG_USE
    except Refused as refused:
        _print(refused.answer)
        return NEGATIVE
    except KeyboardInterrupt:
        return 130
    except _database_faults() as fault:
        print(f"medspiller: {_about_database(fault)}", file=sys.stderr)
        return WRONG_USE
    return DONE


def _parser(wanted: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(prog="medspiller", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    named = next((word for word in wanted if not word.startswith("-")), None)
    modules = [COMMANDS[named]] if named in COMMANDS else dict.fromkeys(COMMANDS.values())
    for module in modules:
        importlib.import_module(module).add_to(commands)
    return parser


def _database_faults() -> tuple[type[BaseException], ...]:
    """What the database can throw; nothing as long as no command has loaded Django."""
    database = sys.modules.get("django.db")
    migrations = sys.modules.get("django.db.migrations.exceptions")
    faults = [database.Error, database.InterfaceError] if database else []
    if migrations:
        faults += [migrations.InconsistentMigrationHistory, migrations.NodeNotFoundError]
    return tuple(faults)


def _about_database(fault: BaseException) -> str:
    said = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
    if type(fault).__name__ in {"OperationalError", "InterfaceError"}:
        return f"The database does not answer: {said}"
    if "does not exist" in said:
        return f"The database is not prepared ({said}): run `medspiller database up` first."
    return f"The database refused: {said}"


def _print(answer: object) -> None:
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")
    # Now, and not when Python ends: there nobody could say what is wrong.
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
