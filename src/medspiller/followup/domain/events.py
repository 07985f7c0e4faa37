"""What has happened to files, plans and those who hold them."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FileOpened:
    """A carer is followed up from now on, or again."""

    file_id: UUID
    carer_id: UUID
    unit_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class FileClosed:
    """A carer is followed up no more."""

    file_id: UUID
    carer_id: UUID


@dataclass(frozen=True, slots=True)
class PlanStarted:
    """A plan runs in a file."""

    plan_id: UUID
    file_id: UUID
    slug: str


@dataclass(frozen=True, slots=True)
class PlanEnded:
    """A plan was closed, for this reason."""

    plan_id: UUID
    file_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class HolderChanged:
    """A plan has passed to somebody else; `how` is a code of `domain.holding.How`."""

    plan_id: UUID
    from_user_id: UUID
    to_user_id: UUID
    how: str


@dataclass(frozen=True, slots=True)
class FileBecameAdult:
    """A child who is followed up has turned eighteen, and the file is an adult's from now on."""

    file_id: UUID
    carer_id: UUID
