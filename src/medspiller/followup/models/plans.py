"""A run of a pathway in a carer's file."""

from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned
from medspiller.followup.models import triggers
from medspiller.followup.models.files import CarerFile

OPEN_PLAN = Q(closed_at=None)


@history.keep(leave_out=("goal", "closing_note"))
class Plan(TenantOwned):
    """
    What is done for a carer, step by step, in [opened_at, closed_at), and whose unit does it.

    `about` is for whom the carer cares, where the plan is about that: shown only to whoever may
    know of it. A trigger that waits until the transaction ends holds that it has exactly one
    holder at every instant while it is open (`Holding`).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    file = models.ForeignKey(CarerFile, on_delete=models.PROTECT, related_name="plans")
    run = models.ForeignKey("pathways.Run", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    goal = EncryptedText(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    opened_by_name = models.TextField(blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    closed_by_name = models.TextField(blank=True, default="")
    closing_reason = models.CharField(max_length=60, blank=True, default="")
    closing_note = EncryptedText(null=True)
    # Since when it has been held by a leader because nobody else could; null while somebody was chosen for it.
    left_over_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "run"], name="followup_plan_run"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="followup_plan_period"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, closing_reason="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closing_reason="")),
                name="followup_plan_closed_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "file"], name="followup_plan_of_file"),
            models.Index(fields=["tenant_id", "unit"], condition=OPEN_PLAN, name="followup_plan_of_unit"),
            models.Index(fields=["tenant_id", "about"], condition=Q(about__isnull=False), name="followup_plan_about"),
        ]
        triggers = [triggers.PLAN_HAS_A_HOLDER]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
