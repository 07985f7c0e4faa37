"""What can be read of strategies: whole, as a board, as a time line, as everybody sees them."""

from medspiller.strategy.selectors.board import Attention, AttentionOf, attention, board, board_rows, coverage
from medspiller.strategy.selectors.files import SeenExport, SeenImport, exported, imported, imports
from medspiller.strategy.selectors.given_out import export_plan
from medspiller.strategy.selectors.measures import LinkChoice, is_linked_to, link_choices, measure
from medspiller.strategy.selectors.public import PublicArea, PublicMeasure, PublicPlan, public_plan, public_plans
from medspiller.strategy.selectors.strategies import areas_to_edit, gantt, log, strategies, strategy

__all__ = [
    "Attention",
    "AttentionOf",
    "LinkChoice",
    "PublicArea",
    "PublicMeasure",
    "PublicPlan",
    "SeenExport",
    "SeenImport",
    "areas_to_edit",
    "attention",
    "board",
    "board_rows",
    "coverage",
    "export_plan",
    "exported",
    "gantt",
    "imported",
    "imports",
    "is_linked_to",
    "link_choices",
    "log",
    "measure",
    "public_plan",
    "public_plans",
    "strategies",
    "strategy",
]
