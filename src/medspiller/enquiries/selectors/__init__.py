"""What can be known of enquiries, and of who reads them. Reading enquiries leaves entries in the log."""

from medspiller.enquiries.selectors.enquiries import (
    MOST_SEARCHED,
    Line,
    Narrowing,
    Seen,
    enquiries,
    enquiry,
    open_ids,
    own_for_update,
    shown,
    too_old,
)
from medspiller.enquiries.selectors.known import known
from medspiller.enquiries.selectors.recipients import Choice, Reader, choices, reader_of, units_to_choose

__all__ = [
    "MOST_SEARCHED",
    "Choice",
    "Line",
    "Narrowing",
    "Reader",
    "Seen",
    "choices",
    "enquiries",
    "enquiry",
    "known",
    "open_ids",
    "own_for_update",
    "reader_of",
    "shown",
    "too_old",
    "units_to_choose",
]
