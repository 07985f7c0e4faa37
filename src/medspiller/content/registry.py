"""
The kinds of content of this process, and what publishing one sets in motion.

Filled by `config/wiring.py`; tests fill it with kinds of their own through `connected`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import Registry
from medspiller.core.actors import Actor


class OnPublish(Protocol):
    """Runs in the transaction that makes a definition active, or retires it; what it raises takes that back."""

    def __call__(self, *, actor: Actor, definition: Definition) -> None: ...


class UnknownKind(LookupError):
    """A kind was named that `config/content_kinds.py` does not list."""


_kinds = Registry(())
_reactions: tuple[tuple[str, OnPublish], ...] = ()
_when_retired: tuple[tuple[str, OnPublish], ...] = ()


def connect(
    kinds: Registry,
    on_publish: Iterable[tuple[str, OnPublish]],
    on_retire: Iterable[tuple[str, OnPublish]] = (),
) -> None:
    """
    Make these, and no others, the kinds and reactions of this process.

    :raises UnknownKind: if a reaction is tied to a kind that is not there.
    """
    global _kinds, _reactions, _when_retired
    reactions, when_retired = tuple(on_publish), tuple(on_retire)
    known = {kind.name for kind in kinds}
    for name, _ in (*reactions, *when_retired):
        if name not in known:
            raise UnknownKind(name)
    _kinds, _reactions, _when_retired = kinds, reactions, when_retired


@contextmanager
def connected(kinds: Registry, on_publish: Iterable[tuple[str, OnPublish]] = ()) -> Iterator[None]:
    """Use other kinds within a block."""
    before = _kinds, _reactions, _when_retired
    connect(kinds, on_publish)
    try:
        yield
    finally:
        connect(*before)


def kinds() -> Registry:
    """Return the kinds there are."""
    return _kinds


def reactions_to(kind: str) -> tuple[OnPublish, ...]:
    """Return what runs when a definition of that kind becomes active, in the order of the wiring."""
    return tuple(reaction for name, reaction in _reactions if name == kind)


def reactions_to_retiring(kind: str) -> tuple[OnPublish, ...]:
    """Return what runs when an active definition of that kind is retired, in the order of the wiring."""
    return tuple(reaction for name, reaction in _when_retired if name == kind)
