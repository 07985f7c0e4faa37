from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from medspiller.statistics.domain.thresholds import smallest_counts


class StatisticsConfig(AppConfig):
    name = "medspiller.statistics"
    label = "statistics"

    def ready(self) -> None:
        """Start with no smallest count that cannot be: small numbers would be shown, or no page of figures opened."""
        try:
            smallest_counts(settings.SMALLEST_COUNT)
        except ValueError as fault:
            raise ImproperlyConfigured(f"MEDSPILLER_SMALLEST_COUNT: {fault}") from None
