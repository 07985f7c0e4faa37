"""Rows of the catalogue: what is edited, what the public sees, dated meetings, and what readers say."""

from medspiller.catalogue.models.entries import Closure, Editor, Entry, Version
from medspiller.catalogue.models.feedback import LinkCheck, Report
from medspiller.catalogue.models.known_words import KnownWord
from medspiller.catalogue.models.lists import EntryExport, EntryImport
from medspiller.catalogue.models.published import PublishedOffer, PublishedProvider
from medspiller.catalogue.models.sessions import Session, SessionAddress

__all__ = [
    "Closure",
    "Editor",
    "Entry",
    "EntryExport",
    "EntryImport",
    "KnownWord",
    "LinkCheck",
    "PublishedOffer",
    "PublishedProvider",
    "Report",
    "Session",
    "SessionAddress",
    "Version",
]
