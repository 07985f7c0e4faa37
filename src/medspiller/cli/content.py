"""
`medspiller content …`: check, plan, publish and retire packages of content.

`check` needs neither Django nor a database and answers in a moment. The others look at or
change what is shipped to all tenants, as the owner of the database.
"""

import argparse
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from medspiller.cli.errors import CommandError, Refused
from medspiller.config import secrets
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content.domain import checking, loading, problems
from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import ContentProblem, Problem
from medspiller.content.domain.publishing import Plan

SHIPPED = secrets.ROOT / "content"


def add_to(commands: Any) -> None:
    parser = commands.add_parser("content", help="check, plan, publish and retire packages of content")
    steps = parser.add_subparsers(required=True, metavar="STEP")
    for name, run, what in (
        ("check", run_check, "say everything that is wrong with packages; needs no database"),
        ("plan", run_plan, "say what publishing would do"),
        ("publish", run_publish, "publish what is new or changed"),
    ):
        step = steps.add_parser(name, help=what)
        step.add_argument(
            "path", nargs="?", type=Path, default=SHIPPED, metavar="PATH", help="a package or a folder of them"
        )
        step.add_argument("--quiet", action="store_true", help="say nothing when all is well")
        step.set_defaults(run=run)
    step = steps.add_parser("retire", help="let a definition be used for nothing new")
    step.add_argument("url", metavar="URL")
    step.add_argument("version", metavar="VERSION")
    step.set_defaults(run=run_retire)


def run_check(arguments: argparse.Namespace) -> object:
    """Check packages; refused if there is any error."""
    library, found = _checked(arguments.path)
    answer = _checked_answer(library, found)
    if problems.errors(found):
        raise Refused(answer)
    return answer


def run_plan(arguments: argparse.Namespace) -> object:
    """Say what publishing would do; refused if it would be refused."""
    wanted = _publishable(arguments.path)
    _become_owner()
    from medspiller.access.domain import actors  # noqa: PLC0415 - needs Django
    from medspiller.content import selectors  # noqa: PLC0415
    from medspiller.content.domain import publishing  # noqa: PLC0415

    published = selectors.published(actor=actors.system(None))
    try:
        return _plan_answer(publishing.plan(wanted, published))
    except ContentProblem as refusal:
        raise Refused(_problem_answer(refusal.problems)) from None


def run_publish(arguments: argparse.Namespace) -> object:
    """Publish to all tenants and say what was done."""
    wanted = _publishable(arguments.path)
    _become_owner()
    from medspiller.access.domain import actors  # noqa: PLC0415 - needs Django
    from medspiller.content import services  # noqa: PLC0415

    try:
        done = services.publish(actor=actors.system(None), definitions=wanted)
    except ContentProblem as refusal:
        raise Refused(_problem_answer(refusal.problems)) from None
    return None if arguments.quiet else _plan_answer(done)


def run_retire(arguments: argparse.Namespace) -> object:
    """Retire one definition that is shipped to all."""
    _become_owner()
    from medspiller.access.domain import actors  # noqa: PLC0415 - needs Django
    from medspiller.content import services  # noqa: PLC0415
    from medspiller.core.errors import NotFound  # noqa: PLC0415

    name = f"{arguments.url}|{arguments.version}"
    try:
        retired = services.retire(actor=actors.system(None), url=arguments.url, version=arguments.version)
    except NotFound:
        raise Refused({"retired": None, "reason": f"{name} is not published"}) from None
    except services.AlreadyRetired:
        raise Refused({"retired": None, "reason": f"{name} is retired already"}) from None
    return {"retired": _name(retired)}


# --- Reading ------------------------------------------------------------------------------


def _checked(path: Path) -> tuple[Library, tuple[Problem, ...]]:
    """Check packages; what they need and is not among them is looked for among the shipped ones."""
    try:
        library = loading.load(path, CONTENT_KINDS)
    except loading.NoPackages as fault:
        raise CommandError(str(fault)) from None
    except OSError as fault:
        raise CommandError(f"{fault.filename or path}: {fault.strerror}") from None
    is_shipped = path.resolve() == SHIPPED.resolve() or not SHIPPED.is_dir()
    around = None if is_shipped else loading.load(SHIPPED, CONTENT_KINDS)
    return library, checking.check(library, CONTENT_KINDS, around=around)


def _publishable(path: Path) -> tuple[Definition, ...]:
    library, found = _checked(path)
    if problems.errors(found):
        raise Refused(_checked_answer(library, found))
    return checking.in_order(library, CONTENT_KINDS)


def _become_owner() -> None:
    """
    Start Django on the connection of the owner, who alone writes what is shipped to all.

    :raises CommandError: if the database does not answer or has no tables yet.
    """
    os.environ["MEDSPILLER_AS_OWNER"] = "1"
    import django  # noqa: PLC0415 - `check` does without

    django.setup()
    from django.db import Error, connections  # noqa: PLC0415

    try:
        # Not through the pool, which would go on trying and say each time that it failed.
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT 1 FROM content_definition LIMIT 1")
    except Error as fault:
        said = str(fault).strip().splitlines() or ["no answer"]
        raise CommandError(f"The database cannot be used yet ({said[0]}). Start it with `make run`.") from None


# --- Answers ------------------------------------------------------------------------------


def _checked_answer(library: Library, found: Iterable[Problem]) -> dict[str, object]:
    packages = [
        {
            "id": package.id,
            "version": package.version,
            "definitions": sum(definition.package == package.id for definition in library.definitions),
            "case_files": sum(cases.package == package.id for cases in library.cases.values()),
        }
        for package in library.packages.values()
    ]
    return {"packages": packages, **_problem_answer(found)}


def _problem_answer(found: Iterable[Problem]) -> dict[str, object]:
    told = [
        {"file": one.file, "element": one.element, "message": one.message, "severity": one.severity.value}
        for one in found
    ]
    return {"valid": all(one["severity"] != problems.Severity.ERROR for one in told), "problems": told}


def _plan_answer(plan: Plan) -> dict[str, object]:
    return {
        "new": [_name(definition) for definition in plan.new],
        "changed": [_name(definition) for definition in plan.changed],
        "retired": [_name(definition) for definition in plan.retired],
        "unchanged": len(plan.unchanged),
    }


def _name(definition: Definition) -> dict[str, str]:
    return {"kind": definition.kind, "url": definition.url, "version": definition.version, "file": definition.file}
