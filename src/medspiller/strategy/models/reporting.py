"""What owners say of how it goes with a measure."""

from django.db import models
from django.db.models import F, Q

from medspiller.core import ids
from medspiller.core.tenancy import TenantOwned
from medspiller.strategy.domain.vocabulary import Light, MeasureStatus
from medspiller.strategy.models.measures import Measure


class StatusReport(TenantOwned):
    """
    What was said of a measure on a day. Reports are added, never changed.

    A wrong one is put right by another, whose `corrects` points to it: then it does not count any more.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="reports")
    on = models.DateField()
    status = models.CharField(max_length=15)
    light = models.CharField(max_length=10)
    text = models.TextField()
    evidence = models.TextField(blank=True, default="")
    evidence_url = models.CharField(max_length=500, blank=True, default="")
    deviation = models.TextField(blank=True, default="")
    decision_needed = models.TextField(blank=True, default="")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[each.value for each in MeasureStatus]), name="strategy_report_status"
            ),
            models.CheckConstraint(condition=Q(light__in=[each.value for each in Light]), name="strategy_report_light"),
            models.UniqueConstraint(
                fields=["tenant_id", "corrects"],
                condition=Q(corrects__isnull=False),
                name="strategy_report_corrected_once",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(corrects=F("id")), name="strategy_report_not_itself"
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "measure", "-on", "-at"], name="strategy_report_of_measure")]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.on}"
