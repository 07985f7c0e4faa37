"""Values and rules of the access log, in plain Python."""

from medspiller.audit.domain.basis import Basis, BasisCode
from medspiller.audit.domain.entries import Cursor, Entry, Page, SeenEntry, Shown, Volume
from medspiller.audit.domain.information import Information, SearchTerm
from medspiller.audit.domain.kinds import Kind, Outcome
from medspiller.audit.domain.visibility import Audience, Viewer, Withheld, WithheldReason

__all__ = [
    "Audience",
    "Basis",
    "BasisCode",
    "Cursor",
    "Entry",
    "Information",
    "Kind",
    "Outcome",
    "Page",
    "SearchTerm",
    "SeenEntry",
    "Shown",
    "Viewer",
    "Volume",
    "Withheld",
    "WithheldReason",
]
