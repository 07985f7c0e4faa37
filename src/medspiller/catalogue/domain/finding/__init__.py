"""Finding offers in plain words: what a reader means, what they narrow it to, and what is shown first."""

from medspiller.catalogue.domain.finding.choosing import Age, Choice, Haste, When
from medspiller.catalogue.domain.finding.filters import Filters, Near
from medspiller.catalogue.domain.finding.results import PAGE, Found, Hit, Ranked, Suggestion, SuggestionKind
from medspiller.catalogue.domain.finding.wording import Urgency

__all__ = [
    "PAGE",
    "Age",
    "Choice",
    "Filters",
    "Found",
    "Haste",
    "Hit",
    "Near",
    "Ranked",
    "Suggestion",
    "SuggestionKind",
    "Urgency",
    "When",
]
