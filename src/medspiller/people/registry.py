"""
What apps above hold of a person that is theirs to take with them. Filled by the wiring.

A person takes everything with them in one file (GDPR art. 15 and 20); what is written elsewhere
than in the register comes from here.
"""

from collections.abc import Callable, Iterable

from medspiller.people.domain.taking_out import Table

# Takes `actor=`, a citizen with the person they are, and returns what is theirs, in the language of the page.
OwnTables = Callable[..., Iterable[Table]]

_ask: list[OwnTables] = []


def connect(*, own_tables: Iterable[OwnTables]) -> None:
    """Make these, and no others, what is asked in this process."""
    _ask[:] = own_tables


def own_tables(*, actor: object) -> list[Table]:
    """Return all that apps above hold of the actor, in the order of the wiring."""
    return [table for ask in _ask for table in ask(actor=actor)]
