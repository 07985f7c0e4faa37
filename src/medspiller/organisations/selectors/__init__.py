"""What can be looked up about municipalities, tenants, units, posts and organisations."""

from medspiller.organisations.selectors.changes import versions
from medspiller.organisations.selectors.organisations import (
    organisation,
    organisation_for_update,
    organisation_kinds,
    organisation_seen,
    organisations,
)
from medspiller.organisations.selectors.posts import post, post_for_update, posts, posts_from
from medspiller.organisations.selectors.registers import county_of, known_years, municipalities, municipality
from medspiller.organisations.selectors.tenants import tenant, tenant_for, tenant_ids
from medspiller.organisations.selectors.units import (
    UnitHome,
    UnitNode,
    parents,
    search_units,
    subtree_ids,
    unit,
    unit_for_update,
    unit_home,
    unit_kinds,
    unit_seen,
    unit_tree,
    units,
)

__all__ = [
    "UnitHome",
    "UnitNode",
    "county_of",
    "known_years",
    "municipalities",
    "municipality",
    "organisation",
    "organisation_for_update",
    "organisation_kinds",
    "organisation_seen",
    "organisations",
    "parents",
    "post",
    "post_for_update",
    "posts",
    "posts_from",
    "search_units",
    "subtree_ids",
    "tenant",
    "tenant_for",
    "tenant_ids",
    "unit",
    "unit_for_update",
    "unit_home",
    "unit_kinds",
    "unit_seen",
    "unit_tree",
    "units",
    "versions",
]
