"""What can be done in access, one module per topic."""

from medspiller.access.services.accounts import (
    close_post,
    end_holding,
    end_role,
    extend_holding,
    extend_role,
    give_post,
    grant_role,
    register_account,
)
from medspiller.access.services.closing import close_account, reopen_account
from medspiller.access.services.drafts import forget_draft, forget_drafts_of, forget_old_drafts, save_draft
from medspiller.access.services.local import (
    accept_invitation,
    change_password,
    invite,
    open_local_account,
    show_password,
    withdraw_invitation,
)
from medspiller.access.services.making import make_apart
from medspiller.access.services.passkeys import add_passkey, ask_for_new_passkey, ask_for_passkey, show_passkey
from medspiller.access.services.provider_checks import check_provider
from medspiller.access.services.providers import add_key, change_provider, end_key, register_provider, rotate_key
from medspiller.access.services.retention import Forgotten, clear_browser_sessions, forget_old_sign_ins
from medspiller.access.services.reviews import mark_reviewed
from medspiller.access.services.rounds import at_each_tenant, see_to_each, tenant_of, visit_tenants
from medspiller.access.services.saved_links import (
    forget_old_saved_links,
    forget_saved_link,
    save_link,
    take_saved_link,
)
from medspiller.access.services.second_factors import (
    add_totp,
    forget_second_factors,
    new_totp_secret,
    remove_factor,
    renew_recovery_codes,
    show_code,
)
from medspiller.access.services.sessions import (
    end_all_sessions,
    end_session,
    end_sessions_by_sid,
    recognise_device,
    renew_proof,
    start_session,
    touch,
)
from medspiller.access.services.sign_in import SIGN_IN, STEP_UP, SignedIn, begin_attempt, complete_attempt
from medspiller.access.services.throttling import (
    TooManyTries,
    TriesOfRequest,
    check_throttle,
    clear_tries,
    count_try,
    forget_old_tries,
)
from medspiller.access.services.tour import put_tour_away

__all__ = [
    "SIGN_IN",
    "STEP_UP",
    "Forgotten",
    "SignedIn",
    "TooManyTries",
    "TriesOfRequest",
    "accept_invitation",
    "add_key",
    "add_passkey",
    "add_totp",
    "ask_for_new_passkey",
    "ask_for_passkey",
    "at_each_tenant",
    "begin_attempt",
    "change_password",
    "change_provider",
    "check_provider",
    "check_throttle",
    "clear_browser_sessions",
    "clear_tries",
    "close_account",
    "close_post",
    "complete_attempt",
    "count_try",
    "end_all_sessions",
    "end_holding",
    "end_key",
    "end_role",
    "end_session",
    "end_sessions_by_sid",
    "extend_holding",
    "extend_role",
    "forget_draft",
    "forget_drafts_of",
    "forget_old_drafts",
    "forget_old_saved_links",
    "forget_old_sign_ins",
    "forget_old_tries",
    "forget_saved_link",
    "forget_second_factors",
    "give_post",
    "grant_role",
    "invite",
    "make_apart",
    "mark_reviewed",
    "new_totp_secret",
    "open_local_account",
    "put_tour_away",
    "recognise_device",
    "register_account",
    "register_provider",
    "remove_factor",
    "renew_proof",
    "renew_recovery_codes",
    "reopen_account",
    "rotate_key",
    "save_draft",
    "save_link",
    "see_to_each",
    "show_code",
    "show_passkey",
    "show_password",
    "start_session",
    "take_saved_link",
    "tenant_of",
    "touch",
    "visit_tenants",
    "withdraw_invitation",
]
