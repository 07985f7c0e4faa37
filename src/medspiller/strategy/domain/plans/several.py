"""Cells that may hold several measures: they are read as one, and doubted."""

import re

from medspiller.strategy.domain.plans import cleaning
from medspiller.strategy.domain.plans.drafts import DraftMeasure
from medspiller.strategy.domain.plans.wording import DoubtCode

_LINES = re.compile(r"[\r\n]+")
_BULLETS = re.compile(r"[•●▪■\uf0b7]")
_NUMBERS = re.compile(r"(?:^|(?<=\s))(\d)[.)]\s+(?=[A-ZÆØÅ])")
_ENDS_OPEN = re.compile(
    r"(?:[-,(/&:]|\b(?:og|eller|i|til|av|for|på|med|som|å|fra|frå|mellom|ved|om|en|et|ei|den|det))$"
)


def measures_in(cell: str) -> list[str]:
    """
    Return the measures that a cell seems to hold; the whole of it where it seems to be one.

    >>> measures_in("1. Kurs for foreldre 2. Samtaler med barn")
    ['Kurs for foreldre', 'Samtaler med barn']
    >>> measures_in("Opplæring av ansatte i\\nHelse og omsorg")
    ['Opplæring av ansatte i\\nHelse og omsorg']
    """
    text = cleaning.broken(cell).strip()
    for parts in (_listed(text), _BULLETS.split(text), _numbered(text), _sentences(text)):
        found = [part.strip() for part in parts if part.strip()]
        if len(found) > 1:
            return found
    return [text]


def doubt_several(measure: DraftMeasure, text: str) -> None:
    """Say that there may be several measures in one cell; `text` is all of it, with the lines that go on with it."""
    found = measures_in(text)
    if len(found) > 1:
        measure.more.parts = [cleaning.clean(part) for part in found]
        told = cleaning.shortened(cleaning.clean(found[1]))
        measure.doubt(DoubtCode.SEVERAL_IN_CELL, count=str(len(found)), text=told)


def _listed(text: str) -> list[str]:
    """Lines with a bullet or a number; one without goes on with the one above it, or stands first."""
    found: list[str] = []
    count = 0
    for line in filter(None, (line.strip() for line in _LINES.split(text))):
        item = cleaning.without_bullet(line) or cleaning.without_number(line)
        count += bool(item)
        if item or not count:
            found.append(item or line)
        else:
            found[-1] = f"{found[-1]} {line}"
    return found if count > 1 else []


def _numbered(text: str) -> list[str]:
    marks = list(_NUMBERS.finditer(text))
    if len(marks) < 2 or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[: marks[0].start()], *(text[mark.end() : end] for mark, end in zip(marks, ends, strict=True))]


def _sentences(text: str) -> list[str]:
    """Lines of their own that each begin anew; a short line above sentences is their title."""
    lines = [line.strip() for line in _LINES.split(text) if line.strip()]
    if len(lines) < 2 or any(not line[0].isupper() or " " not in line for line in lines):
        return []
    has_title = not lines[0].endswith(".") and lines[1].endswith(".")
    return [] if has_title or any(_ENDS_OPEN.search(line) for line in lines[:-1]) else lines
