"""What can be known of pathways and runs, one module per topic."""

from medspiller.pathways.models import OpenStep
from medspiller.pathways.selectors.definitions import (
    PinBroken,
    guideline_lines,
    guideline_sections,
    letter,
    letters,
    pathway,
    pathway_at,
    pathway_of,
    pathways,
)
from medspiller.pathways.selectors.runs import (
    Changes,
    DueMoved,
    SeenHappening,
    SeenRun,
    learnt_from,
    open_steps,
    pathways_of,
    run,
    runs,
    what_would_change,
)

__all__ = [
    "Changes",
    "DueMoved",
    "OpenStep",
    "PinBroken",
    "SeenHappening",
    "SeenRun",
    "guideline_lines",
    "guideline_sections",
    "learnt_from",
    "letter",
    "letters",
    "open_steps",
    "pathway",
    "pathway_at",
    "pathway_of",
    "pathways",
    "pathways_of",
    "run",
    "runs",
    "what_would_change",
]
