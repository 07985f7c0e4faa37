"""What can be known in access, one module per topic."""

from medspiller.access.models import User as Account
from medspiller.access.selectors.actors import account, actor_for
from medspiller.access.selectors.administration import (
    AccountDetail,
    AccountLine,
    GivenRole,
    HeldPost,
    Holder,
    Notices,
    Only,
    account_detail,
    account_lines,
    accounts,
    holders,
    notices,
)
from medspiller.access.selectors.changes import Change, ChangeKind, changes, changes_read, person_name
from medspiller.access.selectors.identity import person_number_hash
from medspiller.access.selectors.local import (
    OpenInvitation,
    Passkey,
    SecondFactors,
    has_administrator,
    invitation,
    local_account,
    open_invitations,
    second_factors,
)
from medspiller.access.selectors.permissions import Permission, permissions
from medspiller.access.selectors.providers import (
    OurKey,
    WayIn,
    addresses_of,
    our_keys,
    provider,
    providers,
    published_keys,
    ways_in,
)
from medspiller.access.selectors.sessions import OwnSession, my_sessions, session_by_key

__all__ = [
    "Account",
    "AccountDetail",
    "AccountLine",
    "Change",
    "ChangeKind",
    "GivenRole",
    "HeldPost",
    "Holder",
    "Notices",
    "Only",
    "OpenInvitation",
    "OurKey",
    "OwnSession",
    "Passkey",
    "Permission",
    "SecondFactors",
    "WayIn",
    "account",
    "account_detail",
    "account_lines",
    "accounts",
    "actor_for",
    "addresses_of",
    "changes",
    "changes_read",
    "has_administrator",
    "holders",
    "invitation",
    "local_account",
    "my_sessions",
    "notices",
    "open_invitations",
    "our_keys",
    "permissions",
    "person_name",
    "person_number_hash",
    "provider",
    "providers",
    "published_keys",
    "second_factors",
    "session_by_key",
    "ways_in",
]
