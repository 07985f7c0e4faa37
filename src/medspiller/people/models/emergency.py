"""What stands in for a relation in an emergency."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.expressions import Moments
from medspiller.core.tenancy import TenantOwned
from medspiller.people.domain.emergency import NEVER_LONGER, REASON_MOST, LiveEmergency, Verdict
from medspiller.people.models.persons import Person


def live_at(at: datetime) -> Q:
    """Narrow involvements and emergency accesses to those live at a moment."""
    return Q(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)


@history.keep()
class EmergencyAccess(TenantOwned):
    """
    One member of staff opening one person in [starts_at, ends_at), with a reason in writing.

    Ending it early moves `ends_at`. Whoever used it is kept by id and by the name they had.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="emergency_accesses")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    used_by = models.UUIDField()
    used_by_name = models.TextField()
    used_by_role = models.TextField(blank=True, default="")
    reason = models.TextField(max_length=REASON_MOST)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, blank=True, default="")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_by_name = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at"), ends_at__lte=F("starts_at") + NEVER_LONGER),
                name="people_emergencyaccess_short",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="people_emergencyaccess_says_why"),
            models.CheckConstraint(
                condition=Q(
                    verdict="", reviewed_at__isnull=True, reviewed_by__isnull=True, reviewed_by_name="", note=""
                )
                | Q(
                    verdict__in=[verdict.value for verdict in Verdict],
                    reviewed_at__isnull=False,
                    reviewed_by__isnull=False,
                ),
                name="people_emergencyaccess_reviewed_whole",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("used_by")),
                name="people_emergencyaccess_not_own_judge",
            ),
            ExclusionConstraint(
                name="people_emergencyaccess_once",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("used_by", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (Moments("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "used_by", "ends_at"], name="people_emergencyaccess_by"),
            models.Index(
                fields=["tenant_id", "unit", "starts_at"], condition=Q(verdict=""), name="people_emergencyaccess_open"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


def live_emergencies(persons: Collection[UUID], *, used_by: UUID, at: datetime) -> dict[UUID, list[LiveEmergency]]:
    """Return somebody's emergency accesses to these persons that are live, by person. No statement for nobody."""
    if not persons:
        return {}
    found: dict[UUID, list[LiveEmergency]] = defaultdict(list)
    theirs = EmergencyAccess.objects.filter(live_at(at), used_by=used_by, person_id__in=persons)
    fields = ("id", "unit_id", "starts_at", "ends_at", "unit__name", "reason")
    for person_id, *live in theirs.values_list("person_id", *fields):
        found[person_id].append(LiveEmergency(*live))
    return found
