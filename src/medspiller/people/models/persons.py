"""Persons, and what two of them are to each other."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.expressions import Days
from medspiller.core.periods import Period
from medspiller.core.tenancy import TenantOwned
from medspiller.people.domain.persons import NAME_LENGTH, ProtectedAddress, full_name
from medspiller.people.domain.relations import RelationKind


@history.keep(leave_out=["pid", "pid_hash"])
class Person(TenantOwned):
    """
    Somebody known to the tenant: a patient, a carer, a child, often several of these.

    `pid` is the person number, sealed; `pid_hash` finds it again. `user` is the person's
    own account as a citizen. Earlier versions of a row hold no person number.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    given_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    family_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    birth_date = models.DateField(null=True)
    protected_address = models.CharField(max_length=20, default=ProtectedAddress.NONE.value)
    pid = EncryptedText(null=True, editable=False)
    pid_hash = models.BinaryField(max_length=32, null=True, editable=False)
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    died_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "pid_hash"], condition=Q(pid_hash__isnull=False), name="people_person_pid"
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "user"], condition=Q(user__isnull=False), name="people_person_user"
            ),
            models.CheckConstraint(
                condition=Q(protected_address__in=[grade.value for grade in ProtectedAddress]),
                name="people_person_protected_address",
            ),
            models.CheckConstraint(condition=~Q(given_name="", family_name=""), name="people_person_has_name"),
            models.CheckConstraint(
                condition=Q(pid__isnull=True, pid_hash__isnull=True) | Q(pid__isnull=False, pid_hash__isnull=False),
                name="people_person_pid_with_hash",
            ),
            models.CheckConstraint(
                condition=Q(died_on=None) | Q(birth_date=None) | Q(died_on__gte=F("birth_date")),
                name="people_person_died_after_birth",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "family_name", "given_name", "id"], name="people_person_by_name"),
            models.Index(fields=["tenant_id", "birth_date"], name="people_person_by_birth_date"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


@history.keep()
class Relation(TenantOwned):
    """What `related` is to `person`, in [valid_from, valid_to). Stored once for the two of them."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations")
    related = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations_to")
    kind = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

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

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_to)
