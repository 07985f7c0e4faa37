"""Jobs of strategy."""

from medspiller.strategy.tasks import plans, reports

__all__ = ["plans", "reports"]
