"""What a yearly report rests on as it is kept: frozen in the row when the report is final."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from medspiller.strategy.domain.reports import (
    Heard,
    Indicator,
    MeasureState,
    Message,
    Part,
    Reference,
    ReportKind,
    Value,
    YearState,
)


def as_json(state: YearState) -> dict[str, Any]:
    """Return the state as it is frozen in a final report."""
    return dict(_plain(asdict(state)))


def from_json(kept: Mapping[str, Any]) -> YearState:
    """Return what was frozen, equal to what it was made of."""
    return YearState(
        kind=ReportKind(kept["kind"]),
        title=kept["title"],
        owner_name=kept["owner_name"],
        year=kept["year"],
        on=date.fromisoformat(kept["on"]),
        parts=tuple(_part(each) for each in kept["parts"]),
        indicators=tuple(_indicator(each) for each in kept["indicators"]),
        references=tuple(Reference(**each) for each in kept["references"]),
        carers=tuple(_indicator(each) for each in kept["carers"]),
        heard=tuple(Heard(**{**each, "on": date.fromisoformat(each["on"])}) for each in kept["heard"]),
        ahead=tuple((number, text) for number, text in kept["ahead"]),
        is_over=kept["is_over"],
        # Before it could be asked for more it was five.
        least=kept.get("least", 5),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | StrEnum) else value


def _part(kept: Mapping[str, Any]) -> Part:
    return Part(
        key=kept["key"],
        number=kept["number"],
        title=kept["title"],
        goals=tuple(kept["goals"]),
        measures=tuple(_measure(each) for each in kept["measures"]),
    )


def _measure(kept: Mapping[str, Any]) -> MeasureState:
    messages = tuple(Message(**{**each, "on": date.fromisoformat(each["on"])}) for each in kept["messages"])
    return MeasureState(**{**kept, "owners": tuple(kept["owners"]), "messages": messages})


def _indicator(kept: Mapping[str, Any]) -> Indicator:
    values = tuple(_value(each) for each in kept["values"])
    return Indicator(**{**kept, "measures": tuple(kept["measures"]), "values": values})


def _value(kept: Mapping[str, Any]) -> Value:
    made = Value(**kept)
    value = None if made.value is None else Decimal(str(made.value))
    days: dict[str, Any] = {
        name: date.fromisoformat(kept[name]) if kept[name] else None for name in ("on", "begins", "ends")
    }
    return replace(made, value=value, **days)
