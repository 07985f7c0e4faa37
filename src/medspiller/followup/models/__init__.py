"""Rows of follow-up: files of carers, plans and who holds them."""

from medspiller.followup.models.concerns import ConcernAssessment
from medspiller.followup.models.files import CarerFile, FileNote
from medspiller.followup.models.holders import Absence, Handover, Holding
from medspiller.followup.models.moving import Moved
from medspiller.followup.models.plans import Plan
from medspiller.followup.models.suggestions import Agreement, Need, Suggestion

__all__ = [
    "Absence",
    "Agreement",
    "CarerFile",
    "ConcernAssessment",
    "FileNote",
    "Handover",
    "Holding",
    "Moved",
    "Need",
    "Plan",
    "Suggestion",
]
