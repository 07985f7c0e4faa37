"""Who acts. Packages below `access` know an actor by this shape only."""

from enum import StrEnum
from typing import Protocol
from uuid import UUID


class ActorKind(StrEnum):
    """In which capacity somebody acts. A session is one of these, never two."""

    ANONYMOUS = "anonymous"
    CITIZEN = "citizen"
    STAFF = "staff"
    SYSTEM = "system"


class Actor(Protocol):
    """
    Whoever reads or writes, for one tenant at a time.

    `id` is the user's, or the system actor's own fixed id. `name` and `organisation`
    are kept in the access log as they were when it happened (pasientjournalloven § 22 a).
    """

    @property
    def id(self) -> UUID: ...
    @property
    def kind(self) -> ActorKind: ...
    @property
    def tenant_id(self) -> UUID | None: ...
    @property
    def name(self) -> str: ...
    @property
    def organisation(self) -> str: ...

    def may(self, action: str, *, unit_id: UUID | None = None) -> bool: ...
    def units_with(self, action: str) -> frozenset[UUID]: ...
