"""What somebody judged about a child's safety."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned
from medspiller.followup.domain.concerns import (
    Consulted,
    Danger,
    Judgement,
    ParentsTold,
    ReportedHow,
    ReportedTo,
)
from medspiller.followup.domain.duties import ReporterRole


@history.keep(leave_out=("reason", "settled_why"))
class ConcernAssessment(TenantOwned):
    """
    A concern for a child as somebody judged it: with whom it was discussed, what they came to, when it was reported.

    It belongs to the child. The days of `reviewed_on` to `told_on` are those of what the child
    welfare service did after the report. Neither parents nor the child are shown it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    child = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    response = models.ForeignKey("questionnaires.Response", on_delete=models.PROTECT, null=True, related_name="+")
    # The judgement before it, where somebody has looked again: what was judged then stays as it was.
    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    recorded_by_name = models.TextField(blank=True, default="")
    role = models.CharField(max_length=20, blank=True, default="")
    danger = models.CharField(max_length=10)
    consulted = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    consulted_on = models.DateField(null=True)
    judgement = models.CharField(max_length=10)
    reason = EncryptedText()
    parents_told = models.CharField(max_length=10)
    reported_on = models.DateField(null=True)
    reported_to = models.CharField(max_length=20, blank=True, default="")
    reported_how = models.CharField(max_length=10, blank=True, default="")
    look_again_on = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    # Whether there is an investigation; null while nobody has said.
    investigates = models.BooleanField(null=True)
    is_special = models.BooleanField(default=False)
    investigated_on = models.DateField(null=True)
    told_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    settled_by_name = models.TextField(blank=True, default="")
    settled_why = EncryptedText(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(judgement__in=[each.value for each in Judgement])
                & Q(danger__in=[each.value for each in Danger])
                & Q(parents_told__in=[each.value for each in ParentsTold])
                & Q(role__in=["", *(each.value for each in ReporterRole)])
                & Q(consulted__contained_by=[each.value for each in Consulted]),
                name="followup_concern_judged",
            ),
            models.CheckConstraint(
                condition=Q(reported_to__in=["", *(each.value for each in ReportedTo)])
                & Q(reported_how__in=["", *(each.value for each in ReportedHow)])
                & (
                    Q(reported_on__isnull=False)
                    | Q(
                        reported_to="",
                        reported_how="",
                        reviewed_on=None,
                        confirmed_on=None,
                        investigated_on=None,
                        told_on=None,
                    )
                ),
                name="followup_concern_reported",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__gte=F("recorded_at"), settled_by__isnull=False),
                name="followup_concern_settled_whole",
            ),
            models.UniqueConstraint(fields=["tenant_id", "earlier"], name="followup_concern_looked_at_again_once"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["tenant_id", "child", "-recorded_at"], name="followup_concern_of_child")]

    def __str__(self) -> str:
        return f"{self.judgement} {self.id}"
