"""
How guessing is slowed down: so many tries in a window, then a wait that doubles.

Two counts go side by side (ASVS 5.0 V6.1.1, V6.3.1). The one for an account ends one
person's guessing; its wait is short enough that nobody can lock a colleague out for a
day by trying in their name. The one for an address ends trying one password on many
accounts; it is high, since a whole town hall may share one address.

An account that does not exist is counted like one that does: what is counted is what
was typed.

That somebody has to wait is written to the access log once for each count and length of
its window, however often they go on trying: the log tells that it happened, and cannot be
filled by it. An account costs at most one such line an hour, an address four.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

IPV6_NETWORK = 64
# How long one waits while another try of the same account is being looked at.
A_MOMENT = timedelta(seconds=1)


class What(StrEnum):
    """What is tried."""

    SIGN_IN_ACCOUNT = "sign_in.account"
    SIGN_IN_ADDRESS = "sign_in.address"
    SIGN_IN_BEGUN = "sign_in.begun"
    SECOND_FACTOR = "second_factor"
    STEP_UP = "step_up"
    INVITATION = "invitation.address"
    RESET = "reset.account"
    SAVED_LINK_OPENED = "saved_link.opened"
    SAVED_LINK_MADE = "saved_link.made"
    WRONG_REPORTED = "wrong.reported"
    ENQUIRY_MADE = "enquiry.made"


# What the access log says of whoever has to wait.
REFUSED_BECAUSE = "too_many_tries"


@dataclass(frozen=True, slots=True)
class Rule:
    """
    `free` tries within `window`; each one more locks, for `first_wait` and then twice as long, up to `longest_wait`.

    With `one_at_a_time`, a try is refused while another for the same one is being looked
    at, so that many at the same moment cannot slip past the count. `action` is what the
    access log calls that which was tried.
    """

    free: int
    window: timedelta
    first_wait: timedelta
    longest_wait: timedelta
    one_at_a_time: bool = True
    action: str = "access.sign_in"


_ACCOUNT = Rule(free=5, window=timedelta(hours=1), first_wait=timedelta(minutes=1), longest_wait=timedelta(minutes=15))
_ADDRESS = Rule(
    free=60,
    window=timedelta(minutes=15),
    first_wait=timedelta(minutes=1),
    longest_wait=timedelta(minutes=15),
    one_at_a_time=False,
)

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        What.SIGN_IN_ACCOUNT: _ACCOUNT,
        What.SIGN_IN_ADDRESS: _ADDRESS,
        # Through a provider, where nothing is guessed here. A whole town hall may have one address, so a
        # sign-in that comes to its end clears the count.
        What.SIGN_IN_BEGUN: Rule(
            free=60,
            window=timedelta(minutes=10),
            first_wait=timedelta(minutes=1),
            longest_wait=timedelta(minutes=15),
            one_at_a_time=False,
        ),
        What.SECOND_FACTOR: _ACCOUNT,
        What.STEP_UP: replace(_ACCOUNT, action="access.confirm_identity"),
        What.INVITATION: _ADDRESS,
        # Guessing at links, which is hopeless, and filling the database with them, which is not.
        What.SAVED_LINK_OPENED: replace(_ADDRESS, action="access.open_saved_link"),
        What.SAVED_LINK_MADE: replace(_ADDRESS, window=timedelta(hours=1), action="access.save_link"),
        # Filling somebody's work list with what is wrong, from one address.
        What.WRONG_REPORTED: replace(_ADDRESS, free=20, window=timedelta(hours=1), action="catalogue.report_wrong"),
        # The same with calls that nobody has asked for.
        What.ENQUIRY_MADE: replace(_ADDRESS, free=10, window=timedelta(hours=1), action="enquiries.ask"),
        What.RESET: Rule(
            free=3, window=timedelta(hours=1), first_wait=timedelta(minutes=5), longest_wait=timedelta(hours=1)
        ),
    }
)


class UnknownThrottle(LookupError):
    """Something was to be counted that the table of rules does not have: a slip in the code."""


class TooManyTries(Exception):
    """It was tried too often. `until` is the first moment at which it may be tried again."""

    def __init__(self, until: datetime):
        self.until = until
        super().__init__(f"until {until:%H:%M:%S}")


@dataclass(frozen=True, slots=True)
class Tries:
    """How often something was tried in the window that began at `window_from`."""

    window_from: datetime
    count: int
    locked_until: datetime | None = None


def rule(what: str) -> Rule:
    """
    Return the rule for what is tried.

    :raises UnknownThrottle: if the table has none.
    """
    try:
        return RULES[what]
    except KeyError:
        raise UnknownThrottle(what) from None


def one_more(tries: Tries | None, *, rule: Rule, now: datetime) -> Tries:
    """
    Return the count after one more try; the last of the free ones starts the first wait.

    A count is forgotten when the window has passed since the last wait ended, or, where
    none was given, since it began: waiting does not wash it away.
    """
    if tries is None or _is_over(tries, rule=rule, now=now):
        tries = Tries(window_from=now, count=0)
    count = tries.count + 1
    over = count - rule.free
    if over < 0:
        return Tries(window_from=tries.window_from, count=count)
    # Beyond this the wait is the longest anyway, and the power would grow without end.
    wait = min(rule.first_wait * 2 ** min(over, 20), rule.longest_wait)
    return Tries(window_from=tries.window_from, count=count, locked_until=now + wait)


def ensure_not_locked(tries: Tries | None, *, now: datetime) -> None:
    """
    Let a try pass unless a wait is on.

    :raises TooManyTries: with the moment the wait ends.
    """
    if tries is not None and tries.locked_until is not None and now < tries.locked_until:
        raise TooManyTries(tries.locked_until)


def forgotten_before(*, rule: Rule, now: datetime) -> datetime:
    """Return the moment before which a count that began then, and waits for nothing, tells nothing any more."""
    return now - rule.window


def logged_before(*, rule: Rule, now: datetime) -> datetime:
    """Return the moment up to which a refusal must have been logged last, for another one to be logged now."""
    return now - rule.window


def address_name(address: str) -> str:
    """
    Return what an address is counted as: an IPv4 address itself, an IPv6 address its /64, which is one household's.

    >>> address_name("2001:db8:1:2:3:4:5:6")
    '2001:db8:1:2::'
    """
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, IPV6_NETWORK), strict=False).network_address)
    return str(parsed)


def _is_over(tries: Tries, *, rule: Rule, now: datetime) -> bool:
    last = tries.locked_until or tries.window_from
    return now >= last + rule.window
