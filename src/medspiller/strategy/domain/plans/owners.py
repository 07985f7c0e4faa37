"""Who answers for a measure: one cell may name several, and a name may hold an *og* of its own."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from medspiller.strategy.domain.plans.cleaning import broken, clean, fold

_HARD = re.compile(r"[;|•\uf0b7]|\s[-–]\s(?=[A-ZÆØÅ])")
_LINES = re.compile(r"\s*[\r\n\v]+\s*")
_SLASH = re.compile(r"(?<![vVmMi\s])\s*/\s*(?!\s*eller\b)(?=\w)")
_COMMA = re.compile(r"\s*,\s*(?![^()]*\))")
_AND = re.compile(r"\s+(?:og|samt|&|\+)\s+")
_ALSO = re.compile(r"\s+(?:\+|samt)\s+|\s+i\s+samarbeid\s+med\s+", re.IGNORECASE)
_ENDS_OPEN = re.compile(r"(?:[-,/&+]|\b(?:og|samt|for|i|av|med|til))$")
_STOP = frozenset({"for", "og", "i", "av", "på", "til", "med"})
_LONGEST = 600
_NOBODY = frozenset({"", "-", "–", "—", "?", "n/a", "ikke avklart", "ikkje avklart", "avklares"})


@dataclass(frozen=True, slots=True)
class Owners:
    """The owners that a cell names. `is_guess`: parted where nothing parts them; `may_be_several`: left whole."""

    names: tuple[str, ...]
    is_guess: bool = False
    may_be_several: bool = False


class OwnerNames:
    """All that a document says of owners, so that each cell can be read in the light of the others."""

    def __init__(self, cells: Iterable[str]):
        whole: Counter[str] = Counter()
        pieces: Counter[str] = Counter()
        for cell in cells:
            parts = _parts(cell)
            whole.update({parts[0]} if len(parts) == 1 else ())
            pieces.update(parts)
        self._whole, self._pieces = whole, pieces
        self._folded = frozenset(map(fold, pieces))
        self._read: dict[str, Owners] = {}

    def read(self, cell: str) -> Owners:
        """Return the owners that a cell names."""
        if cell not in self._read:
            self._read[cell] = self._owners(cell)
        return self._read[cell]

    def _owners(self, cell: str) -> Owners:
        names: list[str] = []
        is_guess = may_be_several = False
        for part in _parts(cell):
            read = self._part(part)
            names += [name for name in read.names if name not in names]
            is_guess, may_be_several = is_guess or read.is_guess, may_be_several or read.may_be_several
        return Owners(tuple(names), is_guess, may_be_several)

    def _part(self, part: str) -> Owners:
        joined = self._at_and(part)
        if len(joined) > 1:
            return Owners(joined)
        run_on = self._run_on(part)
        if run_on:
            return Owners(run_on, is_guess=True)
        halves = self._at_doubtful_and(part)
        if halves:
            return Owners(halves, is_guess=True)
        return Owners((part,), may_be_several=self._looks_like_several(part))

    def _at_doubtful_and(self, part: str) -> tuple[str, ...]:
        """Part a name that stands once only, if what is after its *og* answers for something elsewhere."""
        for match in _AND.finditer(part) if self._pieces[part] == 1 else ():
            if fold(part[match.end() :]) in self._folded:
                return part[: match.start()], part[match.end() :]
        return ()

    def _begins_as_another(self, part: str) -> bool:
        """Whether what is before the *og* of a name that stands once only answers for something elsewhere, alone."""
        found = _AND.search(part) if self._pieces[part] == 1 else None
        return found is not None and self._whole[part[: found.start()]] > 0

    def _at_and(self, part: str) -> tuple[str, ...]:
        """Part at an *og* between two names: never inside a name that stands alone elsewhere."""
        for match in _AND.finditer(part):
            before, after = part[: match.start()], part[match.end() :]
            known = [each for each in (before, after) if self._is_known(each)]
            is_elsewhere = self._pieces[part] > 1
            # What stands as one name again and again is one, unless a longer name that we know is part of it.
            may_part = len(known) == 2 or not is_elsewhere or any(" " in each for each in known)
            if len(known) == 2 or (may_part and after[:1].isupper() and _is_name(before) and match[0].strip() != "&"):
                return (*self._at_and(before), *self._at_and(after))
        return (part,)

    def _run_on(self, part: str) -> tuple[str, ...]:
        """Part two names with nothing between them, if the first stands alone elsewhere."""
        for known, rest in self._beginnings(part):
            more = self._run_on(rest)
            if more:
                return (known, *more)
            if self._is_known(rest) or (" " in known and " " in rest):
                return (known, rest)
        return ()

    def _beginnings(self, part: str) -> Iterator[tuple[str, str]]:
        """Return the beginnings of a name that we know, the longest first, with what a capital begins behind them."""
        at = part.rfind(" ")
        while at > 0:
            if part[at + 1 : at + 2].isupper() and self._is_known(part[:at]):
                yield part[:at], part[at + 1 :]
            at = part.rfind(" ", 0, at)

    def _is_known(self, name: str) -> bool:
        return self._pieces[name] > 0

    def _looks_like_several(self, part: str) -> bool:
        """Two capitals after each other in one name that stands once only are worth a look."""
        return (
            any(True for _ in self._beginnings(part))
            or self._begins_as_another(part)
            or ("," in part and self._pieces[part] == 1)
        )


def written_lines(cell: str) -> tuple[str, ...]:
    """Return the names of a cell that has one a line."""
    return tuple(name for name in map(clean, _LINES.split(broken(cell))) if name)


def alike(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of names that differ by small words or capitals only: they may be one. The rarer is last."""
    counted = Counter(names)
    seen: dict[str, str] = {}
    found = []
    for name, _ in counted.most_common():
        key = " ".join(sorted(word for word in fold(name).split() if word not in _STOP))
        if key in seen:
            found.append((seen[key], name))
        else:
            seen[key] = name
    return found


def _parts(cell: str) -> list[str]:
    """Part a cell where it says itself that another name begins, unless it is far too long to hold names."""
    if len(cell) > _LONGEST:
        return [clean(cell)[:_LONGEST]]
    rows: list[str] = []
    for row in _LINES.split(broken(cell)):
        if rows and row and (row[:1].islower() or _ENDS_OPEN.search(rows[-1])):
            rows[-1] = rows[-1][:-1] + row if _is_broken(rows[-1], row) else f"{rows[-1]} {row}"
        else:
            rows.append(row)
    parts: list[str] = []
    for row in rows:
        for piece in _HARD.split(row):
            for half in _ALSO.split(piece):
                for side in _SLASH.split(half):
                    parts += _at_commas(side)
    cleaned = [clean(part).strip(" .,;:") if not clean(part).endswith("v.") else clean(part) for part in parts]
    return list(dict.fromkeys(part for part in cleaned if part.casefold() not in _NOBODY))


def _is_broken(before: str, after: str) -> bool:
    return before.endswith("-") and after[:1].islower() and not re.match(r"(?:og|eller|samt)\b", after)


def _at_commas(text: str) -> list[str]:
    """A comma before a small letter is part of a name (`Helse, sosial og omsorg`), unless all are small."""
    pieces = _COMMA.split(text)
    parts = pieces[:1]
    for piece in pieces[1:]:
        if piece[:1].islower() and parts[0][:1].isupper() and not parts[0].isupper() and " og " in pieces[-1]:
            parts[-1] += f", {piece}"
        else:
            parts.append(re.sub(r"^(?:og|samt)\s+", "", piece))
    return parts


def _is_name(text: str) -> bool:
    return text[:1].isupper() and not text.endswith("-")
