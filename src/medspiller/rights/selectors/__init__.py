"""What can be known of rights, one module per topic."""

from medspiller.rights.selectors.documents import SeenDocument, document, document_file
from medspiller.rights.selectors.kept import (
    HandedOver,
    Kept,
    handed_over,
    handed_over_by,
    kept,
    kept_answers,
    kept_to_ask_about,
    own_tables,
)
from medspiller.rights.selectors.outcomes import CountLine, outcome_counts
from medspiller.rights.selectors.prefilling import AskedAbout, carer_to_ask_about, known_of_carer
from medspiller.rights.selectors.rulebooks import rulebook

__all__ = [
    "AskedAbout",
    "CountLine",
    "HandedOver",
    "Kept",
    "SeenDocument",
    "carer_to_ask_about",
    "document",
    "document_file",
    "handed_over",
    "handed_over_by",
    "kept",
    "kept_answers",
    "kept_to_ask_about",
    "known_of_carer",
    "outcome_counts",
    "own_tables",
    "rulebook",
]
