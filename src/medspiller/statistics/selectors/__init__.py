"""What is counted and may be shown: indicators of our own, and figures of others."""

from medspiller.statistics.selectors.figures import figures
from medspiller.statistics.selectors.indicators import YEARS_SHOWN, indicator, indicator_values, indicators
from medspiller.statistics.selectors.thresholds import smallest_count

__all__ = ["YEARS_SHOWN", "figures", "indicator", "indicator_values", "indicators", "smallest_count"]
