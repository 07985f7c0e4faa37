"""What two persons are to each other, and which roles one of them has towards the other."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.expressions import Days
from medspiller.core.periods import Period
from medspiller.core.tenancy import TenantOwned
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.models.persons import Person
from medspiller.people.models.triggers import KEEP_BETWEEN_THE_TWO, KEEP_ELDER_FIRST


@history.keep()
class Relation(TenantOwned):
    """
    What `related` is to `person`, in [valid_from, valid_to). Stored once for the two of them.

    `cohabiting` says whether they live together: None where nobody asked. `version` grows by
    one with each change, so that whoever saves second is shown what the first one changed.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations")
    related = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations_to")
    kind = models.CharField(max_length=40)
    cohabiting = models.BooleanField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RelationKind]), name="people_relation_kind"
            ),
            models.CheckConstraint(condition=~Q(person=F("related")), name="people_relation_to_another"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="people_relation_period"
            ),
            ExclusionConstraint(
                name="people_relation_once",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("related", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "person"], name="people_relation_of"),
            models.Index(fields=["tenant_id", "related"], name="people_relation_to"),
        ]
        triggers = [KEEP_ELDER_FIRST]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_to)


@history.keep()
class CarerRole(TenantOwned):
    """
    A role that `carer` has towards `patient` within their relation, in [valid_from, valid_to).

    `named_by` is who said so: the patient (None) or a member of staff for a fallback, with
    `reasoning`. `covers_personal` is whether a mandate reaches personal matters: None where it
    has not been seen. `basis` is the paper or talk it rests on.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    relation = models.ForeignKey(Relation, on_delete=models.PROTECT, related_name="roles")
    patient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles_of_carers")
    carer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="carer_roles")
    role = models.CharField(max_length=30)
    named_by_patient = models.BooleanField(null=True)
    basis = models.CharField(max_length=200, blank=True, default="")
    reasoning = models.TextField(blank=True, default="")
    covers_personal = models.BooleanField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_by = models.UUIDField()
    recorded_by_name = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    end_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="people_carerrole_role"),
            models.CheckConstraint(condition=~Q(patient=F("carer")), name="people_carerrole_of_another"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="people_carerrole_period"
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.NAERMESTE_STATUTORY.value) | ~Q(reasoning=""),
                name="people_carerrole_fallback_says_why",
            ),
            ExclusionConstraint(
                name="people_carerrole_once",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("patient", RangeOperators.EQUAL),
                    ("carer", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "patient"], name="people_carerrole_of"),
            models.Index(fields=["tenant_id", "carer"], name="people_carerrole_to"),
            models.Index(fields=["tenant_id", "relation"], name="people_carerrole_relation"),
        ]
        triggers = [KEEP_BETWEEN_THE_TWO]

    def __str__(self) -> str:
        return f"{self.role} {self.id}"

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_to)
