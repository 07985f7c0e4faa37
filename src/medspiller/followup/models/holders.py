"""Who holds a plan, to whom it is offered, and who is away."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.expressions import Days, Moments
from medspiller.core.tenancy import TenantOwned
from medspiller.followup.domain.absences import AbsenceState
from medspiller.followup.domain.holding import BouncedBecause, HandoverState, How
from medspiller.followup.models import triggers
from medspiller.followup.models.plans import Plan


@history.keep()
class Absence(TenantOwned):
    """
    Somebody not being at work in [starts_on, ends_on), and who stands in. Why is nobody's business here.

    Without a stand-in, plans go to the leader of their unit meanwhile.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    user_name = models.TextField(blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    stand_in = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    stand_in_name = models.TextField(blank=True, default="")
    state = models.CharField(max_length=12, default=AbsenceState.AHEAD.value)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    recorded_by_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="followup_absence_period"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in AbsenceState]), name="followup_absence_state"
            ),
            models.CheckConstraint(
                condition=Q(stand_in=None) | ~Q(stand_in=F("user")), name="followup_absence_by_another"
            ),
            ExclusionConstraint(
                name="followup_absence_once",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "starts_on"],
                condition=~Q(state=AbsenceState.OVER.value),
                name="followup_absence_to_see_to",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} from {self.starts_on}"


@history.keep()
class Holding(TenantOwned):
    """
    Somebody holding a plan in [starts_at, ends_at), and how they came to it.

    `absence` is what it is for: somebody standing in, or the leader meanwhile. One that ended
    when it began was never live.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="holdings")
    holder = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    holder_name = models.TextField(blank=True, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=10)
    absence = models.ForeignKey(Absence, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(how__in=[each.value for each in How]), name="followup_holding_how"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="followup_holding_period"
            ),
            ExclusionConstraint(
                name="followup_holding_one_at_a_time",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("plan", RangeOperators.EQUAL),
                    (Moments("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "holder"], condition=Q(ends_at=None), name="followup_holding_of"),
            models.Index(
                fields=["tenant_id", "absence"], condition=Q(absence__isnull=False), name="followup_holding_for"
            ),
        ]
        triggers = [triggers.HOLDING_LEAVES_NO_GAP]

    def __str__(self) -> str:
        return f"{self.holder_id} {self.plan_id}"


@history.keep(leave_out=("why", "answer_note"))
class Handover(TenantOwned):
    """
    An offer to take over a plan: it stays with whoever holds it until the other has accepted, and bounces unanswered.

    `to_unit` is where it would go where that is another unit than the plan's. With
    `rests_on_consent` it may go there, and be there, only as long as the carer lets it: `through` is
    the unit's involvement with the carer that rests on it, which ends with the consent.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="handovers")
    from_user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    from_name = models.TextField(blank=True, default="")
    to_user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    to_name = models.TextField(blank=True, default="")
    to_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    rests_on_consent = models.BooleanField(default=False)
    through = models.ForeignKey("people.Involvement", on_delete=models.PROTECT, null=True, related_name="+")
    why = EncryptedText(null=True)
    offered_at = models.DateTimeField()
    offered_by = models.UUIDField()
    offered_by_name = models.TextField(blank=True, default="")
    answer_by = models.DateField()
    state = models.CharField(max_length=10, default=HandoverState.OFFERED.value)
    bounced_because = models.CharField(max_length=20, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answer_note = EncryptedText(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "plan"],
                condition=Q(state=HandoverState.OFFERED.value),
                name="followup_handover_one_offer",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in HandoverState]), name="followup_handover_state"
            ),
            models.CheckConstraint(
                condition=Q(state=HandoverState.OFFERED.value, answered_at=None, bounced_because="")
                | Q(
                    state__in=[HandoverState.ACCEPTED.value, HandoverState.WITHDRAWN.value],
                    answered_at__isnull=False,
                    bounced_because="",
                )
                | Q(
                    state=HandoverState.BOUNCED.value,
                    answered_at__isnull=False,
                    bounced_because__in=[each.value for each in BouncedBecause],
                ),
                name="followup_handover_answered_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "to_user"],
                condition=Q(state=HandoverState.OFFERED.value),
                name="followup_handover_to",
            ),
            models.Index(
                fields=["tenant_id", "answer_by"],
                condition=Q(state=HandoverState.OFFERED.value),
                name="followup_handover_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"
