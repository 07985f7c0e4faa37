"""Rows of strategy: strategies and their parts, measures, what is said of them, plans that were read from files."""

from medspiller.strategy.models.files import MadeFile
from medspiller.strategy.models.guideline import LineAssessment
from medspiller.strategy.models.imports import ImportedPlan, PlanExport
from medspiller.strategy.models.indicators import IndicatorValue, MeasureIndicator
from medspiller.strategy.models.measures import Measure, MeasureGoal, MeasureLink, MeasureOwner
from medspiller.strategy.models.reporting import StatusReport
from medspiller.strategy.models.reports import YearlyReport
from medspiller.strategy.models.strategies import Approach, FocusArea, Goal, LogEntry, Strategy

__all__ = [
    "Approach",
    "FocusArea",
    "Goal",
    "ImportedPlan",
    "IndicatorValue",
    "LineAssessment",
    "LogEntry",
    "MadeFile",
    "Measure",
    "MeasureGoal",
    "MeasureIndicator",
    "MeasureLink",
    "MeasureOwner",
    "PlanExport",
    "StatusReport",
    "Strategy",
    "YearlyReport",
]
