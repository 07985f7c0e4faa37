"""What an answer must keep to, and the expressions of an item, read from its extensions."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from medspiller.questionnaires.domain.definition.definitions import Constraint, Expression, Limits, Toggle, Units, Value
from medspiller.questionnaires.domain.definition.extensions import by_meaning, extensions_of, part, value_of
from medspiller.questionnaires.domain.definition.reading_values import (
    Extensions,
    extension_text,
    flag,
    number,
    text,
    value,
    whole,
)

_MEGABYTE = 1_000_000


def expression(extensions: Extensions, name: str, *, of_resource: bool = False) -> Expression | None:
    """Return the first expression that an extension of this name holds, None if there is none."""
    return next((found for one in extensions.get(name, ()) if (found := _expression(one, of_resource))), None)


def _expression(extension: Mapping[str, Any], of_resource: bool = False) -> Expression | None:
    content = value_of(extension)
    if isinstance(content, str):
        # Written as a text it is Helsenorge's or Kanta's, and reads the whole response.
        return Expression(content, of_resource=True) if content.strip() else None
    if not isinstance(content, Mapping) or not text(content, "expression").strip():
        return None
    return Expression(
        text=text(content, "expression"),
        language=text(content, "language") or "text/fhirpath",
        name=text(content, "name"),
        of_resource=of_resource,
    )


def variables(extensions: Extensions) -> tuple[Expression, ...]:
    """Return the variables, in the order in which they are written."""
    return tuple(found for one in extensions.get("variable", ()) if (found := _expression(one)) and found.name)


def constraints(extensions: Extensions) -> tuple[Constraint, ...]:
    """Return the rules of an item or questionnaire that expressions state."""
    found: list[Constraint] = []
    for name in ("targetConstraint", "constraint"):
        for one in extensions.get(name, ()):
            said = next((inner for inner in by_meaning(one).get("expression", ())), None)
            rule = _expression(said) if said else None
            if rule is not None:
                human, severity = part(one, "human") or part(one, "requirements"), part(one, "severity")
                found.append(Constraint(str(part(one, "key") or ""), rule, str(human or ""), severity != "warning"))
    return tuple(found)


def toggles(extensions: Extensions) -> tuple[Toggle, ...]:
    """Return under which conditions options can be chosen."""
    found: list[Toggle] = []
    for one in extensions.get("answerOptionsToggleExpression", ()):
        said = next((inner for inner in extensions_of(one) if inner["url"] == "expression"), None)
        rule = _expression(said) if said else None
        options = tuple(
            option for inner in extensions_of(one) if inner["url"] == "option" and (option := value(inner)) is not None
        )
        if rule is not None and options:
            found.append(Toggle(options, rule))
    return tuple(found)


def limits(written: Mapping[str, Any], extensions: Extensions) -> Limits:
    """Return what an answer to the item must keep to."""
    largest = next((number(value_of(one)) for one in extensions.get("maxSize", ())), None)
    return Limits(
        least=_bound(extensions, "minQuantity", "minValue"),
        most=_bound(extensions, "maxQuantity", "maxValue"),
        least_expression=expression(extensions, "helsenorge:minvalue"),
        most_expression=expression(extensions, "helsenorge:maxvalue"),
        shortest=_whole(extensions, "minLength"),
        longest=whole(written.get("maxLength")),
        decimals=_whole(extensions, "maxDecimalPlaces"),
        fewest=_whole(extensions, "minOccurs"),
        times=_whole(extensions, "maxOccurs"),
        pattern=extension_text(extensions, "regex") or None,
        largest=int(largest * Decimal(_MEGABYTE)) if largest is not None and largest < 10**6 else None,
        media_types=tuple(said for one in extensions.get("mimeType", ()) if isinstance(said := value_of(one), str)),
    )


def units(extensions: Extensions) -> Units:
    """Return the units in which a quantity may be given."""
    listed = tuple(found for one in extensions.get("unitOption", ()) if isinstance(found := value_of(one), Mapping))
    only = next((found for one in extensions.get("unit", ()) if isinstance(found := value_of(one), Mapping)), None)
    return Units(
        only=only,
        options=listed,
        value_set=extension_text(extensions, "unitValueSet") or None,
        open=flag(extensions, "unitOpen") or bool(extension_text(extensions, "unitOpen")),
    )


def _bound(extensions: Extensions, *names: str) -> Value | None:
    return next((found for name in names for one in extensions.get(name, ()) if (found := value(one))), None)


def _whole(extensions: Extensions, name: str) -> int | None:
    return next((found for one in extensions.get(name, ()) if (found := whole(value_of(one))) is not None), None)
