"""Totals of instruments whose questions may not stand here: only what they came to."""

from django.db import models
from django.db.models import Q

from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned


@history.keep()
class Total(TenantOwned):
    """
    What an instrument, answered somewhere else, came to for `person` on a day.

    `total_id` names the total among those of the instrument, in exactly that version of it. An
    instrument without a score has no `value`: that it was used is all there is to say.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    instrument_url = models.CharField(max_length=500)
    instrument_version = models.CharField(max_length=64)
    total_id = models.CharField(max_length=100)
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    measured_on = models.DateField()
    recorded_by = models.UUIDField()
    recorded_by_name = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    wrong_at = models.DateTimeField(null=True)
    wrong_by = models.UUIDField(null=True)
    wrong_by_name = models.TextField(blank=True, default="")
    wrong_reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wrong_at=None, wrong_by=None)
                | (Q(wrong_at__isnull=False, wrong_by__isnull=False) & ~Q(wrong_reason="")),
                name="questionnaires_total_wrong_whole",
            ),
            models.CheckConstraint(
                condition=~Q(instrument_url="") & ~Q(total_id=""), name="questionnaires_total_says_what"
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "person", "-measured_on"], name="questionnaires_total_of")]

    def __str__(self) -> str:
        return f"{self.total_id} {self.value}"
