"""Rows of tenants, units, organisations and posts, and the registers of municipalities and counties."""

from medspiller.organisations.models.names import ORGANISATION_KIND_NAMES, TENANT_KIND_NAMES, UNIT_KIND_NAMES
from medspiller.organisations.models.organisations import Organisation
from medspiller.organisations.models.registers import County, Municipality
from medspiller.organisations.models.tenants import Tenant
from medspiller.organisations.models.triggers import TREE_LOCK
from medspiller.organisations.models.units import OpenOnQuerySet, Post, Unit

__all__ = [
    "ORGANISATION_KIND_NAMES",
    "TENANT_KIND_NAMES",
    "TREE_LOCK",
    "UNIT_KIND_NAMES",
    "County",
    "Municipality",
    "OpenOnQuerySet",
    "Organisation",
    "Post",
    "Tenant",
    "Unit",
]
