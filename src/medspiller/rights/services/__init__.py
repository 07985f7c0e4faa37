"""What can be done with answers, one module per topic."""

from medspiller.rights.services.changes import announce_change, tell_of_change
from medspiller.rights.services.documents import (
    forget_old_documents,
    keep_document,
    order_document,
    page_to_set,
    refuse_document,
)
from medspiller.rights.services.kept import (
    NothingTold,
    NotRegistered,
    TooMuchKept,
    ask_again,
    choose_when_asked,
    forget_kept,
    hand_over,
    keep,
    put_on_lists,
    take_back,
    take_off_lists,
    tell_outcomes,
)
from medspiller.rights.services.moving import move_person, move_person_back

__all__ = [
    "NotRegistered",
    "NothingTold",
    "TooMuchKept",
    "announce_change",
    "ask_again",
    "choose_when_asked",
    "forget_kept",
    "forget_old_documents",
    "hand_over",
    "keep",
    "keep_document",
    "move_person",
    "move_person_back",
    "order_document",
    "page_to_set",
    "put_on_lists",
    "refuse_document",
    "take_back",
    "take_off_lists",
    "tell_of_change",
    "tell_outcomes",
]
