"""What is counted and may be shown: indicators of our own, and figures of others."""

from medspiller.statistics.selectors.figures import figures
from medspiller.statistics.selectors.indicators import YEARS_SHOWN, indicator, indicator_values, indicators

__all__ = ["YEARS_SHOWN", "figures", "indicator", "indicator_values", "indicators"]
