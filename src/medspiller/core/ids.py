"""Identifiers of rows and events."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

import uuid_utils.compat

from medspiller.core import clock

_series: ContextVar[random.Random | None] = ContextVar("medspiller_ids", default=None)


def new_id() -> UUID:
    """
    Return a new identifier: UUID version 7, so later ones sort after earlier ones.

    The order is a convenience for indexes only. No rule may read time out of an id,
    and an id is never a secret (RFC 9562 § 8).
    """
    series = _series.get()
    if series is None:
        return uuid_utils.compat.uuid7()
    milliseconds = int(clock.now().timestamp() * 1000)
    value = milliseconds << 80 | series.getrandbits(80)
    return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)


@contextmanager
def repeatable(seed: int) -> Iterator[None]:
    """Give the same identifiers for the same seed and clock within the block, as demo data needs."""
    token = _series.set(random.Random(seed))  # noqa: S311 - made to be foreseen
    try:
        yield
    finally:
        _series.reset(token)
