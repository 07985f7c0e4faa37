"""
Units of measure in UCUM: those that questionnaires and observations use, in terms of seven base units.

A unit that is not known here is comparable only with itself.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from medspiller.questionnaires.domain.answering.expressions.syntax import CALENDAR_UNITS


@dataclass(frozen=True, slots=True)
class Measure:
    """So many (`factor`) of the base units in `dimension`, as sorted pairs of name and power."""

    factor: Decimal
    dimension: tuple[tuple[str, int], ...]


_PREFIXES = {
    "Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "da": 1, "d": -1, "c": -2, "m": -3,
    "u": -6, "n": -9, "p": -12, "f": -15, "a": -18, "z": -21, "y": -24,
}  # fmt: skip
# Unit → how many of which; those marked True take prefixes.
_UNITS: dict[str, tuple[str, str, bool]] = {
    "m": ("1", "m", True), "s": ("1", "s", True), "g": ("1", "g", True), "K": ("1", "K", True), "A": ("1", "A", True),
    "mol": ("1", "mol", True), "cd": ("1", "cd", True), "rad": ("1", "rad", True), "eq": ("1", "eq", True),
    "min": ("60", "s", False), "h": ("3600", "s", False), "d": ("86400", "s", False), "wk": ("604800", "s", False),
    "mo": ("2629800", "s", False), "a": ("31557600", "s", False), "a_j": ("31557600", "s", False),
    "mo_j": ("2629800", "s", False), "L": ("0.001", "m3", True), "l": ("0.001", "m3", True),
    "t": ("1000000", "g", True),
    "Hz": ("1", "s-1", True), "N": ("1000", "g.m.s-2", True), "Pa": ("1000", "g.m-1.s-2", True),
    "J": ("1000", "g.m2.s-2", True), "W": ("1000", "g.m2.s-3", True), "cal": ("4184", "g.m2.s-2", True),
    "bar": ("100000000", "g.m-1.s-2", True), "m[Hg]": ("133322000", "g.m-1.s-2", True),
    "[in_i]": ("0.0254", "m", False), "[ft_i]": ("0.3048", "m", False), "[yd_i]": ("0.9144", "m", False),
    "[mi_i]": ("1609.344", "m", False), "[lb_av]": ("453.59237", "g", False), "[oz_av]": ("28.349523125", "g", False),
    "[st_av]": ("6350.29318", "g", False), "%": ("0.01", "", False), "[ppth]": ("0.001", "", False),
    "[pi]": ("3.141592653589793238462643383", "", False), "[iU]": ("1", "iU", True), "[IU]": ("1", "iU", True),
    "[arb'U]": ("1", "arbU", False), "U": ("1", "U", True), "mm[Hg]": ("133322", "g.m-1.s-2", False),
    "[degF]": ("1", "degF", False), "Cel": ("1", "Cel", False), "[pH]": ("1", "pH", False),
    "kat": ("1", "mol.s-1", True), "deg": ("0.01745329251994329576923690768", "rad", False), "Ohm": ("1", "Ohm", True),
    "V": ("1", "V", True), "[drp]": ("1", "drp", False), "10*": ("10", "", False), "10^": ("10", "", False),
    "osm": ("1", "mol", True), "ar": ("100", "m2", True), "dB": ("1", "dB", False),
}  # fmt: skip
_CALENDAR = {"week": "wk", "day": "d", "hour": "h", "minute": "min", "second": "s", "millisecond": "ms"}
_MONTHS = {"year": "12", "month": "1"}
_PART = re.compile(
    r"\{[^}]*\}|(10[*^]|\d+|(?:\[[^\]]*\]|[A-Za-z_%'*]|(?<=[A-Za-z])\[[^\]]*\])+)([+-]?\d+)?(?:\{[^}]*\})?"
)
_LONGEST = 60


@lru_cache(maxsize=512)
def measure(unit: str, *, calendar: bool = False) -> Measure | None:
    """
    Return what one of a unit measures, or None if we do not know it.

    Calendar years and months measure months; they do not compare with the fixed lengths `a` and `mo`.
    """
    if calendar:
        name = CALENDAR_UNITS[unit]
        if name in _MONTHS:
            return Measure(Decimal(_MONTHS[name]), (("calendar month", 1),))
        return measure(_CALENDAR[name])
    if unit in {"", "1"}:
        return Measure(Decimal(1), ())
    if len(unit) > _LONGEST:
        return None
    total = Decimal(1)
    powers: dict[str, int] = {}
    for text, sign in _parts(unit):
        part = _part(text)
        if part is None:
            return None
        total = total * part.factor if sign > 0 else total / part.factor
        for name, power in part.dimension:
            powers[name] = powers.get(name, 0) + sign * power
    return Measure(total, tuple(sorted((name, power) for name, power in powers.items() if power)))


def _parts(unit: str) -> list[tuple[str, int]]:
    """Split `kg.m/s2` at its dots and strokes; what follows a stroke divides, up to the next dot or stroke."""
    found, sign, at = [], 1, 0
    for mark in re.finditer(r"[./]|$", unit):
        text = unit[at : mark.start()]
        if text or (at and unit[at - 1] == "."):
            found.append((text, sign))
        sign, at = (-1 if mark.group() == "/" else 1), mark.end()
    return found


def _part(text: str) -> Measure | None:
    found = _PART.fullmatch(text)
    if found is None:
        return None
    name, power = found.groups()
    if name is None:
        return Measure(Decimal(1), ())
    if name.isdigit():
        return Measure(Decimal(name), ()) if int(name) and not power else None
    simple = _simple(name)
    times = int(power or 1)
    if simple is None or not -30 <= times <= 30:
        return None
    return Measure(simple.factor**times, tuple((base, many * times) for base, many in simple.dimension))


def _simple(name: str) -> Measure | None:
    if name in _UNITS:
        return _defined(name)
    for length in (2, 1):
        prefix, base = name[:length], name[length:]
        if prefix in _PREFIXES and base in _UNITS and _UNITS[base][2]:
            defined = _defined(base)
            return Measure(defined.factor * Decimal(10) ** _PREFIXES[prefix], defined.dimension)
    return None


def _defined(name: str) -> Measure:
    factor, bases, _ = _UNITS[name]
    pairs = [re.fullmatch(r"([A-Za-z]+)(-?\d+)?", base) for base in bases.split(".") if base]
    return Measure(Decimal(factor), tuple(sorted((p.group(1), int(p.group(2) or 1)) for p in pairs if p)))
