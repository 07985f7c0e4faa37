"""The live relation between a unit and a person."""

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
from medspiller.people.domain.involvements import HAND_ON_MOST, InvolvementBasis, LiveInvolvement
from medspiller.people.models.emergency import EmergencyAccess, live_at
from medspiller.people.models.persons import Person


@history.keep()
class Involvement(TenantOwned):
    """
    One unit having to do with one person, in [starts_at, ends_at), and why: the live relation that policies read.

    `emergency_access` is what it was opened through, if the unit had no relation before.
    `handed_on_why` is what whoever opened it for a unit that is not theirs wrote; empty for one's
    own. An end that is the start was never live.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=30)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    opened_by = models.UUIDField()
    opened_by_name = models.TextField(blank=True, default="")
    opened_at = models.DateTimeField()
    handed_on_why = models.CharField(max_length=HAND_ON_MOST, blank=True, default="")
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    emergency_access = models.ForeignKey(EmergencyAccess, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(basis__in=[basis.value for basis in InvolvementBasis]), name="people_involvement_basis"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="people_involvement_period"
            ),
            # The log cannot be whitewashed by a relation that is written down afterwards.
            models.CheckConstraint(condition=Q(starts_at__gte=F("opened_at")), name="people_involvement_not_backdated"),
            ExclusionConstraint(
                name="people_involvement_once",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("basis", RangeOperators.EQUAL),
                    (Moments("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            # Answers by itself whether a unit has to do with a person, in both directions.
            models.Index(
                fields=["tenant_id", "person", "unit"], include=["starts_at", "ends_at"], name="people_involvement_of"
            ),
            models.Index(
                fields=["tenant_id", "unit", "person"], include=["starts_at", "ends_at"], name="people_involvement_in"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.id}"


def live_involvements(persons: Collection[UUID], *, at: datetime) -> dict[UUID, list[LiveInvolvement]]:
    """Return which units have to do with these persons at a moment, and why, by person. One statement."""
    found: dict[UUID, list[LiveInvolvement]] = defaultdict(list)
    rows = Involvement.objects.filter(live_at(at), person_id__in=persons).values_list(
        "person_id", "id", "unit_id", "unit__name", "basis", "starts_at"
    )
    for person_id, involvement_id, unit_id, unit_name, basis, starts_at in rows.order_by("starts_at", "id"):
        found[person_id].append(
            LiveInvolvement(
                id=involvement_id,
                unit_id=unit_id,
                unit_name=unit_name,
                basis=InvolvementBasis(basis),
                since=starts_at,
            )
        )
    return found
