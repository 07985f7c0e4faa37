"""What can be done with sign-ups, one module per topic."""

from medspiller.signups.services.attending import give_opinion, give_opinion_by_link, note_attendance
from medspiller.signups.services.changing import (
    accept,
    accept_by_link,
    cancel,
    cancel_by_link,
    expire,
    fill,
    give_place,
    strike_off,
)
from medspiller.signups.services.forgetting import forget_names, forget_needs, forget_own
from medspiller.signups.services.taking import Placed, add, sign_up
from medspiller.signups.services.telling import (
    call_instead,
    keep_calls,
    note_told,
    remind,
    tell_of_change,
    tell_of_offer,
)

__all__ = [
    "Placed",
    "accept",
    "accept_by_link",
    "add",
    "call_instead",
    "cancel",
    "cancel_by_link",
    "expire",
    "fill",
    "forget_names",
    "forget_needs",
    "forget_own",
    "give_opinion",
    "give_opinion_by_link",
    "give_place",
    "keep_calls",
    "note_attendance",
    "note_told",
    "remind",
    "sign_up",
    "strike_off",
    "tell_of_change",
    "tell_of_offer",
]
