"""
How one app tells others that something has happened.

`publish` defers one job per subscriber in the open transaction: the event is told if and
only if what it tells of was stored. All subscriptions stand in `config/wiring.py`.

Events are frozen dataclasses of ids and plain values, named in the past tense. Old ones
stay readable: fields are added with defaults, never renamed.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from medspiller.core import ids, tenancy

Subscriber = Callable[[Any], None]

_subscribers: dict[str, dict[str, Subscriber]] = {}
_types: dict[str, type] = {}


class UnknownEvent(LookupError):
    """An event or a subscriber was named that `config/wiring.py` does not list."""


class NoTenant(RuntimeError):
    """An event was published outside any tenant's transaction."""


class NotAnEvent(TypeError):
    """Something was published that is no frozen dataclass of plain values."""


def name_of(thing: type | Subscriber) -> str:
    """Return the stable name of an event type or a subscriber: its module's app and its own."""
    parts = thing.__module__.split(".")
    return ".".join([*parts[1:], thing.__qualname__])


def connect(subscriptions: Iterable[tuple[type, Subscriber]]) -> None:
    """Make these, and no others, the subscriptions of this process."""
    _subscribers.clear()
    _types.clear()
    for event_type, subscriber in subscriptions:
        _types[name_of(event_type)] = event_type
        _subscribers.setdefault(name_of(event_type), {})[name_of(subscriber)] = subscriber


def publish(event: object) -> UUID:
    """
    Tell every subscriber of `event`, each in a job of its own, and return the event's id.

    Nothing is told if the open transaction is rolled back. A subscriber whose job runs
    twice has its effect once: the delivery is recorded in the effect's transaction.

    :raises NotAnEvent: if the event is not a frozen dataclass.
    :raises NoTenant: outside a tenant's transaction, if anybody subscribes.
    """
    payload = encode(event)
    event_id = ids.new_id()
    event_name = name_of(type(event))
    listening = _subscribers.get(event_name, {})
    if not listening:
        return event_id
    tenant_id = tenancy.current_tenant()
    if tenant_id is None:
        raise NoTenant(event_name)
    told: dict[str, Any] = {
        "tenant_id": str(tenant_id),
        "event_id": str(event_id),
        "event_name": event_name,
        "payload": payload,
    }
    deliveries = [
        app.configure_task("core.deliver", queue="events", queueing_lock=f"{event_id}:{name}").make_new_job(
            **told, subscriber=name
        )
        for name in listening
    ]
    # All of them in one statement.
    app.job_manager.batch_defer_jobs(jobs=deliveries)
    return event_id


def subscriber(*, event_name: str, subscriber_name: str) -> Subscriber:
    """
    Return the function that a delivery names.

    :raises UnknownEvent: if it is not connected in this process.
    """
    try:
        return _subscribers[event_name][subscriber_name]
    except KeyError:
        raise UnknownEvent(f"{subscriber_name} does not subscribe to {event_name}") from None


def encode(event: object) -> dict[str, Any]:
    """
    Return the event as JSON values.

    :raises NotAnEvent: if the event is not a frozen dataclass.
    """
    parameters = getattr(event, "__dataclass_params__", None)
    if not dataclasses.is_dataclass(event) or parameters is None or not parameters.frozen:
        raise NotAnEvent(f"{type(event).__name__} is not a frozen dataclass")
    return {field.name: _to_json(getattr(event, field.name)) for field in dataclasses.fields(event)}


def decode(*, event_name: str, payload: Mapping[str, Any]) -> object:
    """
    Return the event that `encode` made into `payload`, fields it did not know yet at their defaults.

    :raises UnknownEvent: if no such event type is connected.
    """
    try:
        event_type = _types[event_name]
    except KeyError:
        raise UnknownEvent(event_name) from None
    hints = typing.get_type_hints(event_type)
    known = {name: _from_json(value, hints[name]) for name, value in payload.items() if name in hints}
    return event_type(**known)


def _to_json(value: Any) -> Any:
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_to_json(part) for part in value]
    if value is None or isinstance(value, str | int | bool | float):
        return value
    raise NotAnEvent(f"an event cannot carry {type(value).__name__}")


def _from_json(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        (hint,) = (part for part in typing.get_args(hint) if part is not type(None))
    if typing.get_origin(hint) is tuple:
        return tuple(_from_json(part, typing.get_args(hint)[0]) for part in value)
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    return hint(value)
