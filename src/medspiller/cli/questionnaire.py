"""`medspiller questionnaire …`: check a questionnaire, hold a response against it, score it, show it."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from medspiller.cli import lines
from medspiller.cli.errors import CommandError, Refused
from medspiller.core import clock
from medspiller.questionnaires.domain.answering import expressions
from medspiller.questionnaires.domain.answering.evaluating import Engine, NotComputable
from medspiller.questionnaires.domain.answering.responses import NotReadable as ResponseNotReadable
from medspiller.questionnaires.domain.checks import checking
from medspiller.questionnaires.domain.definition.outcomes import Code, Issue, error, has_errors, operation_outcome
from medspiller.questionnaires.domain.definition.reading import NotReadable, read

SECONDS_FOR_EXPRESSIONS = 1.0
LANGUAGES = ("nb", "nn", "en", "se")

Answer = Callable[[Any, Any], object]


def add_to(commands: Any) -> None:
    parser = commands.add_parser("questionnaire", help="check, validate, score: FHIR questionnaires")
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    check = _add(parts, "check", "say what is wrong with a questionnaire", "one questionnaire a line")
    check.set_defaults(run=run_check)
    for name, answer, told in (
        ("validate", _validate, "hold a response against its questionnaire"),
        ("score", _score, "compute the calculated items of a response"),
        ("enabled", _enabled, "say which items are asked, given a response"),
    ):
        part = _add(parts, name, told, 'one case a line: {"questionnaire": {…}, "response": {…}}')
        part.add_argument("response", nargs="?", metavar="QR.json")
        part.set_defaults(run=_run_pair, answer=answer, name=name)
    _add_render(parts)


def _add_render(parts: Any) -> None:
    told = 'one case a line: {"questionnaire": {…}, "response": {…}, "lang": "nb"}; gives {"html": "…"}'
    part = _add(parts, "render", "show a questionnaire as an HTML page", told)
    part.add_argument("response", nargs="?", metavar="QR.json", help="what has been answered")
    part.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help="in which language")
    part.set_defaults(run=_run_render)


def _add(parts: Any, name: str, told: str, in_lines: str) -> argparse.ArgumentParser:
    part: argparse.ArgumentParser = parts.add_parser(name, help=told)
    part.add_argument("questionnaire", nargs="?", metavar="Q.json", help="the questionnaire; - is standard input")
    part.add_argument("--lines", action="store_true", help=f"read standard input, {in_lines}")
    return part


def run_check(arguments: argparse.Namespace) -> object:
    """Check one questionnaire, refused if it has errors, or answer one line each."""
    if arguments.lines:
        if arguments.questionnaire is not None:
            raise CommandError("questionnaire check: give a file or --lines, not both")
        lines.answer_lines(lambda case: _check(_held(case)))
        return None
    if arguments.questionnaire is None:
        raise CommandError("questionnaire check: give a file with a questionnaire, or --lines")
    return _check(_read(arguments.questionnaire, "Questionnaire"))


def _run_pair(arguments: argparse.Namespace) -> object:
    """Answer for one response, or one line each."""
    if arguments.lines:
        if arguments.questionnaire is not None:
            raise CommandError(f"questionnaire {arguments.name}: give files or --lines, not both")
        lines.answer_lines(lambda case: arguments.answer(*_pair(case)))
        return None
    if arguments.response is None:
        raise CommandError(f"questionnaire {arguments.name}: give a questionnaire and a response, or --lines")
    if arguments.questionnaire == arguments.response == "-":
        raise CommandError(f"questionnaire {arguments.name}: only one of the two can be standard input")
    questionnaire = _read(arguments.questionnaire, "Questionnaire")
    return arguments.answer(questionnaire, _read(arguments.response, "QuestionnaireResponse"))


def _read(path: str, resource: str) -> Any:
    """What cannot be read at all is told as an outcome too, for whoever reads outcomes only."""
    try:
        return lines.read_json(path)
    except CommandError as fault:
        json.dump(operation_outcome([error(Code.STRUCTURE, resource, str(fault))]), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
        raise


def _held(case: Any) -> Any:
    if isinstance(case, Mapping) and "resourceType" not in case and "questionnaire" in case:
        return case["questionnaire"]
    return case


def _pair(case: Any) -> tuple[Any, Any]:
    if not isinstance(case, Mapping) or "questionnaire" not in case or "response" not in case:
        raise CommandError('a case is {"questionnaire": {…}, "response": {…}}')
    return case["questionnaire"], case["response"]


def _check(questionnaire: Any) -> object:
    return _told(checking.check(questionnaire, expressions.compile))


def _validate(questionnaire: Any, response: Any) -> object:
    return _told(_tamed(lambda: _engine(questionnaire).validate(response)))


def _score(questionnaire: Any, response: Any) -> object:
    return _tamed(lambda: _engine(questionnaire).score(response))


def _enabled(questionnaire: Any, response: Any) -> object:
    return _tamed(lambda: _engine(questionnaire).enabled(response))


def _run_render(arguments: argparse.Namespace) -> object:
    """Write one page, or answer one line each."""
    if arguments.lines:
        if arguments.questionnaire is not None:
            raise CommandError("questionnaire render: give files or --lines, not both")
        lines.answer_lines(_render_case)
        return None
    if arguments.questionnaire is None:
        raise CommandError("questionnaire render: give a file with a questionnaire, or --lines")
    if arguments.questionnaire == arguments.response == "-":
        raise CommandError("questionnaire render: only one of the two can be standard input")
    questionnaire = _read(arguments.questionnaire, "Questionnaire")
    response = _read(arguments.response, "QuestionnaireResponse") if arguments.response else None
    # A page is UTF-8 and says so, whatever the machine speaks.
    sys.stdout.flush()
    page = _tamed(lambda: _page(questionnaire, response, arguments.lang)).encode()
    getattr(sys.stdout, "buffer", sys.stdout).write(page)
    return None


def _render_case(case: Any) -> object:
    if not isinstance(case, Mapping) or "questionnaire" not in case:
        raise CommandError('a case is {"questionnaire": {…}, "response": {…}, "lang": "nb"}')
    language = case.get("lang") or LANGUAGES[0]
    if language not in LANGUAGES:
        raise CommandError(f'"lang" is one of {", ".join(LANGUAGES)}')
    return {"html": _tamed(lambda: _page(case["questionnaire"], case.get("response"), language))}


def _page(questionnaire: Any, response: Any, language: str) -> str:
    from medspiller.cli import rendering  # noqa: PLC0415 - only this command needs templates

    engine = _engine(questionnaire)
    return rendering.page(engine, response, language=language)


def _engine(questionnaire: Any) -> Engine:
    end = time.monotonic() + SECONDS_FOR_EXPRESSIONS
    return Engine(read(questionnaire), now=clock.now(), enough=lambda: time.monotonic() > end)


def _tamed(answer: Callable[[], Any]) -> Any:
    try:
        return answer()
    except (NotReadable, ResponseNotReadable, NotComputable) as fault:
        raise Refused(operation_outcome(fault.issues)) from None


def _told(issues: list[Issue]) -> object:
    outcome = operation_outcome(issues)
    if has_errors(issues):
        raise Refused(outcome)
    return outcome
