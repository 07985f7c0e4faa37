"""By what one sees whether a measure helps, and values that somebody wrote down."""

from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned
from medspiller.strategy.domain.vocabulary import TITLE_MOST
from medspiller.strategy.models.measures import Measure


@history.keep()
class MeasureIndicator(TenantOwned):
    """
    A figure that is followed for a measure.

    `indicator` is the id of one that is computed from the municipality's own data; empty for one whose values are
    written down by hand.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="indicators")
    number = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=100, blank=True, default="")
    name = models.CharField(max_length=TITLE_MOST)
    unit_of_value = models.CharField(max_length=100, blank=True, default="")
    definition = models.TextField(blank=True, default="")
    target = models.DecimalField(max_digits=16, decimal_places=4, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "measure", "number"], name="strategy_indicator_number"),
            models.UniqueConstraint(
                fields=["tenant_id", "measure", "indicator"],
                condition=~Q(indicator=""),
                name="strategy_indicator_computed_once",
            ),
            models.CheckConstraint(condition=~Q(name="") & Q(number__gte=1), name="strategy_indicator_whole"),
        ]

    def __str__(self) -> str:
        return self.name


@history.keep()
class IndicatorValue(TenantOwned):
    """A value for the days in [period_from, period_to), with where it is from and who wrote it down."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    measure_indicator = models.ForeignKey(MeasureIndicator, on_delete=models.CASCADE, related_name="values")
    period_from = models.DateField()
    period_to = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4)
    source = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "measure_indicator", "period_from", "period_to"], name="strategy_value_once"
            ),
            models.CheckConstraint(condition=Q(period_to__gt=F("period_from")), name="strategy_value_period"),
            models.CheckConstraint(condition=~Q(source=""), name="strategy_value_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_indicator_id} {self.period_from}"
