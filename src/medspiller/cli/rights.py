"""`medspiller rights …`: what a carer may be entitled to, and three calculators. Needs no database."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from medspiller.cli import lines
from medspiller.cli.errors import CommandError
from medspiller.config import secrets
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content.domain import loading, problems
from medspiller.content.domain.packages import FILE_NAME
from medspiller.core import clock
from medspiller.rights.domain import care_days, end_of_life, transitional_benefit
from medspiller.rights.domain.asking import next_question
from medspiller.rights.domain.facts_page import facts_page
from medspiller.rights.domain.findings import as_dict, find
from medspiller.rights.domain.from_content import KINDS, rulebook_from
from medspiller.rights.domain.known_facts import HEADS
from medspiller.rights.domain.reading import FactsUnreadable, facts_from, object_with, reference_date
from medspiller.rights.domain.rulebook import Rulebook

SHIPPED = secrets.ROOT / "content"
FACTS_PAGE = "docs/rights-facts.md"

Answer = Callable[[Any, Rulebook, date | None], object]


def add_to(commands: Any) -> None:
    parser = commands.add_parser("rights", help="say what a carer may be entitled to; count days and kroner")
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    for name, file, told, answer in (
        ("find", "FACTS.json", "say for each right whether this carer may have it, why, and what to ask next", _find),
        ("care-days", "FAMILY.json", "count a family's omsorgsdager in a calendar year", _care_days),
        ("end-of-life", "CASE.json", "share the pool of paid days at the end of somebody's life", _end_of_life),
        ("transitional-benefit", "CASE.json", "compute overgangsstønad a month", _transitional_benefit),
    ):
        part = parts.add_parser(name, help=told)
        part.add_argument("file", nargs="?", metavar=file, help="what it is about; - is standard input")
        part.add_argument("--lines", action="store_true", help="read standard input, one case a line")
        if answer is not _end_of_life:
            part.add_argument("--on", metavar="DATE", help="answer for this day, whatever the file says")
        part.set_defaults(run=run, answer=answer, name=name, on=None)
    page = parts.add_parser("facts", help="write docs/rights-facts.md: what a carer can be asked")
    page.set_defaults(run=run_facts)


def run(arguments: argparse.Namespace) -> object:
    """Answer one case, or one line each."""
    name = f"rights {arguments.name}"
    answer: Answer = arguments.answer
    on = _day(arguments.on)
    if arguments.lines:
        if arguments.file is not None:
            raise CommandError(f"{name}: give a file or --lines, not both")
        rulebook = shipped()
        lines.answer_lines(lambda case: _told(answer, case, rulebook, on))
        return None
    if arguments.file is None:
        raise CommandError(f"{name}: give a file, or --lines with one case a line on standard input")
    written = lines.read_json(arguments.file)
    return _told(answer, written, shipped(), on, where=f"{arguments.file}: ")


def run_facts(arguments: argparse.Namespace) -> None:
    """Write the catalogue of facts as a page of the documents."""
    (secrets.ROOT / FACTS_PAGE).write_text(facts_page(shipped().facts), encoding="utf-8")


def shipped() -> Rulebook:
    """
    Return the rulebook of the packages that are shipped, as they lie on disk.

    :raises CommandError: if they are not there, or do not hold together.
    """
    folders = {CONTENT_KINDS.kind(kind).folder for kind in KINDS}
    packages = [path.parent for path in sorted(SHIPPED.glob(f"*/{FILE_NAME}"))]
    ours = [package for package in packages if any((package / folder).is_dir() for folder in folders)]
    if not ours:
        raise CommandError(f"{SHIPPED} holds no package of rights")
    libraries = [loading.load(package, CONTENT_KINDS) for package in ours]
    definitions = [one for library in libraries for one in library.definitions if one.kind in KINDS]
    found = [problem for library in libraries for problem in library.problems]
    for one in definitions:
        found += problems.errors(CONTENT_KINDS.kind(one.kind).check(one))
    if found:
        raise CommandError(f"{found[0]} (`medspiller content check` tells everything)")
    return rulebook_from(definitions)


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return reference_date(written, today=clock.today(), path="--on")
    except FactsUnreadable as fault:
        raise CommandError(str(fault)) from None


def _told(answer: Answer, written: Any, rulebook: Rulebook, on: date | None, where: str = "") -> object:
    try:
        return answer(written, rulebook, on)
    except FactsUnreadable as fault:
        raise CommandError(f"{where}{fault}") from None


def _find(written: Any, rulebook: Rulebook, on: date | None) -> object:
    body = object_with(written, ("on", *HEADS), at="")
    day = on or reference_date(body.get("on"), today=clock.today())
    facts = facts_from({head: body[head] for head in HEADS if head in body}, rulebook.facts, on=day)
    question = next_question(rulebook, facts, on=day)
    return {
        "on": day.isoformat(),
        "findings": [as_dict(rulebook, finding) for finding in find(rulebook, facts, on=day)],
        "ask_next": question and question.paths[0],
    }


def _care_days(written: Any, rulebook: Rulebook, on: date | None) -> object:
    family = care_days.family_from(written, today=clock.today(), on=on)
    return care_days.answer(family, rulebook.parameters)


def _end_of_life(written: Any, rulebook: Rulebook, on: date | None) -> object:
    return end_of_life.answer(written, rulebook.parameters, today=clock.today())


def _transitional_benefit(written: Any, rulebook: Rulebook, on: date | None) -> object:
    return transitional_benefit.answer(written, rulebook.parameters, today=clock.today(), on=on)
