"""The live relation between a unit and a person."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from medspiller.core import history, ids
from medspiller.core.expressions import Moments
from medspiller.core.tenancy import TenantOwned
from medspiller.people.domain.consents import ConsentTopic
from medspiller.people.domain.involvements import HAND_ON_MOST, InvolvementBasis, LiveInvolvement
from medspiller.people.models.emergency import EmergencyAccess, live_at
from medspiller.people.models.persons import Person


@history.keep()
class Involvement(TenantOwned):
    """
    One unit having to do with one person, in [starts_at, ends_at), and why: the live relation that policies read.

    `emergency_access` is what it was opened through, if the unit had no relation before.
    `handed_on_why` is what whoever opened it for a unit that is not theirs wrote; empty for one's
    own. With topics in `only_while_let` it lasts as long as the person lets the unit know of one of
    them, and no longer: it ends in the transaction in which the consent does. An end that is the start was never live.
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
    only_while_let = ArrayField(models.CharField(max_length=30), default=list, blank=True)

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
            models.CheckConstraint(
                condition=Q(only_while_let__contained_by=[each.value for each in ConsentTopic]),
                name="people_involvement_while_let",
            ),
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
            # Few of all: which units have to do with somebody, or had, because they were let.
            models.Index(
                fields=["tenant_id", "unit", "person"], condition=~Q(only_while_let=[]), name="people_involvement_let"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.id}"


def with_live_involvements(persons: QuerySet[Person], *, at: datetime) -> QuerySet[Person]:
    """Return persons with what `live_involvements_of` reads: which units have to do with each at a moment, and why."""
    found = JSONObject(id="id", unit_id="unit_id", unit_name="unit__name", basis="basis", since="starts_at")
    live = Involvement.objects.filter(live_at(at), person_id=OuterRef("id")).order_by("starts_at", "id")
    return persons.annotate(live=ArraySubquery(live.values(found=found)))


def live_involvements_of(persons: Collection[Person], *, at: datetime) -> dict[UUID, list[LiveInvolvement]]:
    """Return the same as `live_involvements`; no statement where the rows come from `with_live_involvements`."""
    if not all(hasattr(person, "live") for person in persons):
        return live_involvements([person.id for person in persons], at=at)
    return {
        person.id: [
            LiveInvolvement(
                id=UUID(each["id"]),
                unit_id=UUID(each["unit_id"]),
                unit_name=each["unit_name"],
                basis=InvolvementBasis(each["basis"]),
                since=datetime.fromisoformat(each["since"]),
            )
            # Good for the moment they were read at: whoever asks once more asks the database.
            for each in vars(person).pop("live")
        ]
        for person in persons
    }


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
