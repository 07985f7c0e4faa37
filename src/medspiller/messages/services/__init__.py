"""What can be done with notices, one module per topic."""

from medspiller.messages.services.contacting import forget_contacts, stop_contact, tell_contact
from medspiller.messages.services.deciding import stop, stop_for_consent, stop_telling_carer, try_again
from medspiller.messages.services.forgetting import forget_addresses
from medspiller.messages.services.handing_over import (
    InsideTransaction,
    give_up_lost,
    hand_over,
    take_up_forgotten,
)
from medspiller.messages.services.holding import Waiting, held_since, waiting
from medspiller.messages.services.sending import send_notice, tell_carer, tell_of_age, tell_of_news

__all__ = [
    "InsideTransaction",
    "Waiting",
    "forget_addresses",
    "forget_contacts",
    "give_up_lost",
    "hand_over",
    "held_since",
    "send_notice",
    "stop",
    "stop_contact",
    "stop_for_consent",
    "stop_telling_carer",
    "take_up_forgotten",
    "tell_carer",
    "tell_contact",
    "tell_of_age",
    "tell_of_news",
    "try_again",
    "waiting",
]
