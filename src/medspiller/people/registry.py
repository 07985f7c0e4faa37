"""
What apps above hold of persons. Filled by the wiring.

A person takes everything with them in one file (GDPR art. 15 and 20); what is written elsewhere
than in the register comes from here. And a first talk is taken back as a whole only where nothing
was built upon it, anywhere.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from uuid import UUID

from medspiller.people.domain.taking_out import Table

# Takes `actor=`, a citizen with the person they are, and returns what is theirs, in the language of the page.
OwnTables = Callable[..., Iterable[Table]]

# Takes `actor=`, `person_ids=` and `since=`, and returns what was begun about them since, one sentence for each kind of
# thing and nothing of anybody's situation, in the language of the page.
BuiltUpon = Callable[..., Iterable[str]]

_ask: list[OwnTables] = []
_built: list[BuiltUpon] = []


def connect(*, own_tables: Iterable[OwnTables], built_upon: Iterable[BuiltUpon]) -> None:
    """Make these, and no others, what is asked in this process."""
    _ask[:] = own_tables
    _built[:] = built_upon


def built_upon(*, actor: object, person_ids: Collection[UUID], since: datetime) -> list[str]:
    """Return what apps above have begun about these persons since a moment, in words, in the order of the wiring."""
    if not person_ids:
        return []
    return [words for ask in _built for words in ask(actor=actor, person_ids=person_ids, since=since)]


def own_tables(*, actor: object) -> list[Table]:
    """Return all that apps above hold of the actor, in the order of the wiring."""
    return [table for ask in _ask for table in ask(actor=actor)]
