"""What can be known in access, one module per topic."""

from medspiller.access.models import User as Account
from medspiller.access.selectors.actors import account, actor_for, actor_with_id
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
from medspiller.access.selectors.colleagues import Colleague, colleagues, colleagues_in, holder_of, leaders_of
from medspiller.access.selectors.drafts import draft
from medspiller.access.selectors.identity import accounts_to_match, name_of, person_number_hash
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
    may_administer_providers,
    our_keys,
    provider,
    provider_seen,
    providers,
    published_keys,
    ways_in,
)
from medspiller.access.selectors.reviews import Review, UnitReviews, roles_in, unit_reviews
from medspiller.access.selectors.roles import holders_of_role, is_done_by_somebody
from medspiller.access.selectors.sessions import OwnSession, my_sessions, session_by_key
from medspiller.access.selectors.tour import tour_waits

__all__ = [
    "Account",
    "AccountDetail",
    "AccountLine",
    "Change",
    "ChangeKind",
    "Colleague",
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
    "Review",
    "SecondFactors",
    "UnitReviews",
    "WayIn",
    "account",
    "account_detail",
    "account_lines",
    "accounts",
    "accounts_to_match",
    "actor_for",
    "actor_with_id",
    "addresses_of",
    "changes",
    "changes_read",
    "colleagues",
    "colleagues_in",
    "draft",
    "has_administrator",
    "holder_of",
    "holders",
    "holders_of_role",
    "invitation",
    "is_done_by_somebody",
    "leaders_of",
    "local_account",
    "may_administer_providers",
    "my_sessions",
    "name_of",
    "notices",
    "open_invitations",
    "our_keys",
    "permissions",
    "person_name",
    "person_number_hash",
    "provider",
    "provider_seen",
    "providers",
    "published_keys",
    "roles_in",
    "second_factors",
    "session_by_key",
    "tour_waits",
    "unit_reviews",
    "ways_in",
]
