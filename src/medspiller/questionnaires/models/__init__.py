"""What is stored of answers, one module per topic."""

from medspiller.questionnaires.models.making import Chart, Document
from medspiller.questionnaires.models.responses import Moved, Response, Score, Upload
from medspiller.questionnaires.models.totals import Total

__all__ = ["Chart", "Document", "Moved", "Response", "Score", "Total", "Upload"]
