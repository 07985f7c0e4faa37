"""What has happened to tenants, units, organisations and posts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TenantFounded:
    tenant_id: UUID


@dataclass(frozen=True, slots=True)
class UnitOpened:
    unit_id: UUID
    parent_id: UUID | None
    opened_on: date


@dataclass(frozen=True, slots=True)
class UnitChanged:
    """`fields` names what became different."""

    unit_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitMoved:
    """The unit and everything under it. What follows from a unit's ancestors may now be different."""

    unit_id: UUID
    from_parent_id: UUID | None
    to_parent_id: UUID | None


@dataclass(frozen=True, slots=True)
class UnitClosed:
    """`closed_from` is the first day on which the unit is no more."""

    unit_id: UUID
    closed_from: date


@dataclass(frozen=True, slots=True)
class OrganisationRegistered:
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class OrganisationChanged:
    """`fields` names what became different."""

    organisation_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostOpened:
    post_id: UUID
    unit_id: UUID
    opened_on: date


@dataclass(frozen=True, slots=True)
class PostClosed:
    """`closed_from` is the first day on which nobody can hold the post."""

    post_id: UUID
    closed_from: date
