"""What can be looked up about municipalities, tenants, units, posts and organisations."""

from medspiller.organisations.selectors.changes import versions
from medspiller.organisations.selectors.home import UnitHome, unit_home
from medspiller.organisations.selectors.organisations import (
    organisation,
    organisation_for_update,
    organisation_kinds,
    organisation_seen,
    organisations,
)
from medspiller.organisations.selectors.posts import post, post_for_update, posts, posts_from
from medspiller.organisations.selectors.reaching import Reached, child_welfare, phone_of
from medspiller.organisations.selectors.registers import county_of, known_years, municipalities, municipality
from medspiller.organisations.selectors.tenants import tenant, tenant_for, tenant_ids, tenant_names
from medspiller.organisations.selectors.units import (
    UnitNode,
    parents,
    search_units,
    subtree_ids,
    subtree_of,
    unit,
    unit_for_update,
    unit_kinds,
    unit_seen,
    unit_tree,
    units,
)

__all__ = [
    "Reached",
    "UnitHome",
    "UnitNode",
    "child_welfare",
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
    "phone_of",
    "post",
    "post_for_update",
    "posts",
    "posts_from",
    "search_units",
    "subtree_ids",
    "subtree_of",
    "tenant",
    "tenant_for",
    "tenant_ids",
    "tenant_names",
    "unit",
    "unit_for_update",
    "unit_home",
    "unit_kinds",
    "unit_seen",
    "unit_tree",
    "units",
    "versions",
]
