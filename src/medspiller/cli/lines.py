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
    Return what a JSON file says; `-` is standard input. Both are UTF-8, whatever the machine speaks.

    :raises CommandError: naming the file, the line and the column, if it cannot be read.
    """
    try:
        written = _unread(sys.stdin).read() if path == "-" else Path(path).read_bytes()
        text = written.decode("utf-8") if isinstance(written, bytes) else written
    except OSError as fault:
        raise CommandError(f"{path}: {fault.strerror}") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path}: not UTF-8 text") from None
    return parse_json(text, where=path)


def parse_json(text: str, *, where: str) -> Any:
    """
    Return the value of a JSON text.

    A key said twice is refused, since nobody can say which of the two was meant; so are numbers
    that JSON does not have.

    :raises CommandError: with where it stops being JSON.
    """
    try:
        return json.loads(text, object_pairs_hook=_said_once, parse_constant=_no_number)
    except json.JSONDecodeError as fault:
        raise CommandError(f"{where}: line {fault.lineno}, column {fault.colno}: {fault.msg}") from None
    except _NotJson as fault:
        raise CommandError(f"{where}: {fault}") from None
    except ValueError:
        # The only other one is Python's refusal to read a number of thousands of digits.
        raise CommandError(f"{where}: a number is too long") from None
    except RecursionError:
        raise CommandError(f"{where}: nested too deeply") from None


class _NotJson(Exception):
    """Python would read it, but it is not JSON or says two things."""


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _NotJson(f"the key {json.dumps(key)[:60]} is there twice")
        found[key] = value
    return found


def _no_number(name: str) -> Any:
    raise _NotJson(f"{name} is no number in JSON")


def _unread(stream: IO[str]) -> IO[Any]:
    """Return the bytes under a stream of text, where it has any."""
    return getattr(stream, "buffer", stream)


def answer_lines(answer: Answer, *, source: IO[str] | None = None, target: IO[str] | None = None) -> None:
    """
    Write one answer for each line of JSON in `source`.

    A negative answer is an answer. A line that cannot be answered gives `{"error": "…"}`,
    and the run goes on; blank lines are answered too, so line numbers keep matching.
    """
    out = target or sys.stdout
    for number, line in enumerate(source or _unread(sys.stdin), start=1):
        try:
            said: object = answer(_line(line, number))
        except Refused as refused:
            said = refused.answer
        except CommandError as fault:
            said = {"error": str(fault)}
        out.write(json.dumps(said, ensure_ascii=False, default=str) + "\n")
        out.flush()


def _line(line: str | bytes, number: int) -> Any:
    where = f"line {number}"
    try:
        return parse_json(line.decode("utf-8") if isinstance(line, bytes) else line, where=where)
    except UnicodeDecodeError:
        raise CommandError(f"{where}: not UTF-8 text") from None
