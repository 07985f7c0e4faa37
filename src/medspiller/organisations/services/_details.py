"""What units and organisations have in common when their details are stored."""

from django.utils.translation import gettext as _

from medspiller.core.errors import InvalidInput
from medspiller.organisations.domain.details import (
    Details,
    OrganisationDetails,
    UnitDetails,
    is_phone,
    is_web_address,
    too_long,
)
from medspiller.organisations.models import ORGANISATION_KIND_NAMES, UNIT_KIND_NAMES


def ensure_valid(details: Details) -> None:
    """
    Accept details that can be stored.

    :raises InvalidInput: with every field that cannot.
    """
    problems = {
        field: _("Use at most %(limit)s characters.") % {"limit": limit} for field, limit in too_long(details).items()
    }
    if not details.name:
        problems["name"] = _("Write a name.")
    if isinstance(details, OrganisationDetails) and details.website and not is_web_address(details.website):
        problems["website"] = _("Write the whole web address, beginning with https://.")
    if isinstance(details, UnitDetails) and details.phone and not is_phone(details.phone):
        problems.setdefault("phone", _("Write one phone number, with digits only."))
    if problems:
        raise InvalidInput(problems)


def shown(details: UnitDetails | OrganisationDetails) -> dict[str, str]:
    """Return each field of the details as a person reads it."""
    if isinstance(details, UnitDetails):
        kind = UNIT_KIND_NAMES[details.kind]
    else:
        kind = ORGANISATION_KIND_NAMES[details.kind]
    return {"name": details.name, "kind": str(kind), **{field: getattr(details, field) for field in details.LIMITS}}
