"""Rows of access: accounts and roles, the sign-in of each kind, and sessions."""

from medspiller.access.models.accounts import PostHolding, RoleGrant, User
from medspiller.access.models.drafts import Draft
from medspiller.access.models.local import Invitation, Throttle
from medspiller.access.models.providers import Provider, ProviderKey, SignInAttempt
from medspiller.access.models.reviews import AccessReview
from medspiller.access.models.saved_links import SavedLink
from medspiller.access.models.sessions import KnownDevice, SessionRecord

__all__ = [
    "AccessReview",
    "Draft",
    "Invitation",
    "KnownDevice",
    "PostHolding",
    "Provider",
    "ProviderKey",
    "RoleGrant",
    "SavedLink",
    "SessionRecord",
    "SignInAttempt",
    "Throttle",
    "User",
]
