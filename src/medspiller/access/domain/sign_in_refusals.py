"""Why a sign-in through a provider came to nothing."""

from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import MedspillerError


class Reason(StrEnum):
    """What was wrong, as logged: a code, never anything about the person."""

    # What the person or the browser did.
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    ALREADY_USED = "already_used"
    UNKNOWN_STATE = "unknown_state"
    OTHER_BROWSER = "other_browser"
    OTHER_PERSON = "other_person"
    # The provider does not answer, or not as it should.
    UNREACHABLE = "unreachable"
    NONSENSE = "nonsense"
    KEY_REFUSED = "key_refused"
    # The answer cannot be trusted.
    MALFORMED = "malformed"
    WRONG_ISSUER = "wrong_issuer"
    WRONG_AUDIENCE = "wrong_audience"
    WRONG_NONCE = "wrong_nonce"
    WRONG_ALGORITHM = "wrong_algorithm"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    CODE_REFUSED = "code_refused"
    # Time.
    TOKEN_EXPIRED = "token_expired"  # noqa: S105 - a reason, not a password
    CLOCKS_APART = "clocks_apart"
    # It is trusted, and does not suffice.
    TOO_WEAK = "too_weak"
    NOT_FRESH = "not_fresh"
    BAD_PERSON_NUMBER = "bad_person_number"
    IDENTITY_CONFLICT = "identity_conflict"
    ACCOUNT_CLOSED = "account_closed"


class SignInRefused(MedspillerError):
    """
    A sign-in was refused, with the reason and the provider it was tried with.

    Nothing that the provider said is carried on: it may be about the person.
    """

    def __init__(self, reason: Reason, *, provider_id: UUID | None = None):
        self.reason, self.provider_id = reason, provider_id
        super().__init__(reason.value)
