"""What can be done to tenants, units, posts, organisations and the registers."""

from medspiller.organisations.services.organisations import change_organisation, register_organisation
from medspiller.organisations.services.posts import close_post, open_post
from medspiller.organisations.services.registers import publish_counties, publish_municipalities
from medspiller.organisations.services.tenants import found_tenant
from medspiller.organisations.services.units import change_unit, close_unit, move_unit, open_unit

__all__ = [
    "change_organisation",
    "change_unit",
    "close_post",
    "close_unit",
    "found_tenant",
    "move_unit",
    "open_post",
    "open_unit",
    "publish_counties",
    "publish_municipalities",
    "register_organisation",
]
