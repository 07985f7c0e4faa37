"""Numbers with a unit: how they compare and what becomes of them in arithmetic."""

from dataclasses import dataclass
from decimal import Decimal

from medspiller.questionnaires.domain.answering.expressions.syntax import CALENDAR_UNITS
from medspiller.questionnaires.domain.answering.expressions.units import Measure, measure

UCUM = "http://unitsofmeasure.org"
_DURATIONS = {
    "a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour", "min": "minute", "s": "second",
    "ms": "millisecond",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """`unit` is a UCUM code, or with `calendar` a word such as `days`."""

    value: Decimal
    unit: str
    calendar: bool = False

    def __str__(self) -> str:
        return f"{self.value:f} {self.unit}" if self.calendar else f"{self.value:f} '{self.unit}'"

    def as_fhir(self) -> dict[str, object]:
        """Return it as a FHIR Quantity; calendar units by their UCUM code."""
        word = CALENDAR_UNITS.get(self.unit) if self.calendar else None
        code = next((code for code, named in _DURATIONS.items() if named == word), self.unit)
        return {"value": self.value, "unit": self.unit, "system": UCUM, "code": code}


def duration_unit(quantity: Quantity) -> str | None:
    """Return the calendar unit that a quantity counts in date arithmetic, or None if it is no time."""
    if quantity.calendar or quantity.unit in CALENDAR_UNITS:
        return CALENDAR_UNITS[quantity.unit]
    return _DURATIONS.get(quantity.unit)


def comparable(one: Quantity, other: Quantity) -> bool:
    """Say whether the two measure the same kind of thing."""
    return in_unit_of(one, other) is not None


def in_unit_of(quantity: Quantity, other: Quantity) -> Decimal | None:
    """Return how many of `other`'s unit a quantity is, or None if that cannot be said."""
    if quantity.unit == other.unit and quantity.calendar is other.calendar:
        return quantity.value
    mine, theirs = _measure(quantity), _measure(other)
    if mine is None or theirs is None or mine.dimension != theirs.dimension:
        return None
    return quantity.value * mine.factor / theirs.factor


def compare(one: Quantity, other: Quantity) -> int | None:
    """Return −1, 0 or 1, or None if their units do not compare."""
    mine = in_unit_of(one, other)
    if mine is None:
        return None
    return (mine > other.value) - (mine < other.value)


def comparable_key(quantity: Quantity) -> tuple[object, ...]:
    """Return what is the same for two quantities that are equal."""
    known = _measure(quantity)
    if known is None:
        return ("unit", quantity.unit, quantity.calendar, quantity.value.normalize())
    return ("measure", known.dimension, (quantity.value * known.factor).normalize())


def definite(quantity: Quantity) -> Quantity:
    """Return a calendar duration as the fixed one it is equivalent to: a year as `a`."""
    word = CALENDAR_UNITS.get(quantity.unit) if quantity.calendar else None
    code = next((code for code, named in _DURATIONS.items() if named == word), None)
    return Quantity(quantity.value, code) if code else quantity


def times(one: Quantity, other: Quantity) -> Quantity:
    """Return the product, in the product of the units."""
    return Quantity(one.value * other.value, _joined(definite(one).unit, definite(other).unit, "."))


def divided(one: Quantity, other: Quantity) -> Quantity | None:
    """Return the quotient, in the quotient of the units; None by zero."""
    if not other.value:
        return None
    same = in_unit_of(one, other)
    if same is not None:
        return Quantity(same / other.value, "1")
    return Quantity(one.value / other.value, _joined(definite(one).unit, definite(other).unit, "/"))


def _joined(one: str, other: str, mark: str) -> str:
    if other in {"", "1"}:
        return one or "1"
    if one in {"", "1"}:
        return other if mark == "." else f"/{other}"
    if mark == ".":
        return f"{one}.{other}"
    # Parts are worked through from the left, so dividing by them turns each of their own marks round.
    turned = other.translate(str.maketrans("./", "/."))
    return f"{one}{turned}" if other.startswith("/") else f"{one}/{turned}"


def _measure(quantity: Quantity) -> Measure | None:
    return measure(quantity.unit, calendar=quantity.calendar)
