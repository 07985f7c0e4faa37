"""Loading the demo, and being one of its people."""

from medspiller.demo.services.loading import load, load_answers, load_follow_up, load_offers, load_strategies
from medspiller.demo.services.signing_in import account_of, allowed
from medspiller.demo.services.walking import stage_of

__all__ = [
    "account_of",
    "allowed",
    "load",
    "load_answers",
    "load_follow_up",
    "load_offers",
    "load_strategies",
    "stage_of",
]
