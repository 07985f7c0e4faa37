"""Many cases in one process: JSON Lines in, one answer a line out, in the same order."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from medspiller.cli.errors import CommandError, Refused

Answer = Callable[[Any], object]


def read_json(path: str) -> Any:
    """
    Return what a JSON file says; `-` is standard input.

    :raises CommandError: naming the file, the line and the column, if it cannot be read.
    """
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except OSError as fault:
        raise CommandError(f"{path}: {fault.strerror}") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path}: not UTF-8 text") from None
    return parse_json(text, where=path)


def parse_json(text: str, *, where: str) -> Any:
    """
    Return the value of a JSON text.

    :raises CommandError: with where it stops being JSON.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        raise CommandError(f"{where}: line {fault.lineno}, column {fault.colno}: {fault.msg}") from None
    except RecursionError:
        raise CommandError(f"{where}: nested too deeply") from None


def answer_lines(answer: Answer, *, source: IO[str] | None = None, target: IO[str] | None = None) -> None:
    """
    Write one answer for each line of JSON in `source`.

    A negative answer is an answer. A line that cannot be answered gives `{"error": "…"}`,
    and the run goes on; blank lines are answered too, so line numbers keep matching.
    """
    out = target or sys.stdout
    for number, line in enumerate(source or sys.stdin, start=1):
        try:
            said: object = answer(parse_json(line, where=f"line {number}"))
        except Refused as refused:
            said = refused.answer
        except CommandError as fault:
            said = {"error": str(fault)}
        out.write(json.dumps(said, ensure_ascii=False, default=str) + "\n")
        out.flush()
