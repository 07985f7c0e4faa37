"""What an administrator says about a provider, and whether it can be."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import ClassVar

from medspiller.access.domain import assurance
from medspiller.access.domain.metadata import is_address
from medspiller.core.actors import ActorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDetails:
    """
    A provider as it is registered.

    `scopes`, `acr_values` and `amr_values` are words with blanks between. The last two are
    the lowest levels and the methods that count; for staff at least one of them is asked,
    for citizens ID-porten's level substantial or high.
    """

    kind: ActorKind
    name: str
    issuer: str
    client_id: str
    scopes: str = "openid profile"
    acr_values: str = ""
    amr_values: str = ""
    is_active: bool = True

    LIMITS: ClassVar[dict[str, int]] = {
        "name": 100,
        # As in the accounts that are known by it.
        "issuer": 200,
        "client_id": 255,
        "scopes": 255,
        "acr_values": 255,
        "amr_values": 255,
    }


def tidy(details: ProviderDetails) -> ProviderDetails:
    """Return the details with single blanks between words and none around."""
    words = {field: " ".join(getattr(details, field).split()) for field in details.LIMITS}
    return replace(details, **words)  # type: ignore[arg-type]


def differing_fields(one: ProviderDetails, other: ProviderDetails) -> tuple[str, ...]:
    """Return the names of what is agreed differently, in the order of a form."""
    return tuple(each.name for each in fields(one) if getattr(one, each.name) != getattr(other, each.name))


def problems_in(details: ProviderDetails, *, may_be_unencrypted: bool) -> dict[str, str]:
    """
    Return what is wrong, as field → code: `required`, `too_long`, `not_an_address`, `needs_openid`,
    `needs_substantial` or `needs_acr_or_amr`. Empty if nothing is.
    """
    return dict(_problems(details, may_be_unencrypted=may_be_unencrypted))


def _problems(details: ProviderDetails, *, may_be_unencrypted: bool) -> Iterator[tuple[str, str]]:
    if details.kind not in (ActorKind.STAFF, ActorKind.CITIZEN):
        yield "kind", "required"
    for field, limit in details.LIMITS.items():
        if len(getattr(details, field)) > limit:
            yield field, "too_long"
    for field in ("name", "client_id"):
        if not getattr(details, field):
            yield field, "required"
    if not is_address(details.issuer, may_be_unencrypted=may_be_unencrypted):
        yield "issuer", "not_an_address"
    if "openid" not in details.scopes.split():
        yield "scopes", "needs_openid"
    levels = details.acr_values.split()
    if details.kind is ActorKind.CITIZEN and not assurance.is_enough_for_citizens(levels):
        yield "acr_values", "needs_substantial"
    if details.kind is ActorKind.STAFF and not levels and not details.amr_values:
        yield "acr_values", "needs_acr_or_amr"
