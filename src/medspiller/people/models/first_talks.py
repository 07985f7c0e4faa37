"""First talks with patients, and what was told in them of the children."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned
from medspiller.people.domain.first_talk import LooksAfter
from medspiller.people.models.persons import Person


class FirstTalk(TenantOwned):
    """
    One talk that was written down as a whole. What was said stands where it belongs, not here.

    `key` is the form's own and `digest` a keyed hash of what it held: the same form sent again
    finds this row instead of being stored twice.

    `written` is what the talk wrote, as `people.services.taking_back` reads it: tables, ids and numbers of versions
    only. Once `taken_back_at`, nothing of it holds; `not_registered` are those whom it alone had registered.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    key = models.UUIDField()
    digest = models.BinaryField(max_length=32)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="first_talks")
    recorded_by = models.UUIDField()
    recorded_by_name = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    written = models.JSONField(default=dict)
    taken_back_at = models.DateTimeField(null=True)
    not_registered = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "recorded_by", "key"], name="people_firsttalk_once"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, not_registered=[]) | Q(taken_back_at__gte=F("recorded_at")),
                name="people_firsttalk_taken_back_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "patient", "recorded_at"], name="people_firsttalk_of"),
            models.Index(
                fields=["tenant_id", "taken_back_at"],
                condition=Q(taken_back_at__isnull=False),
                name="people_firsttalk_taken_back",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


@history.keep()
class ChildTold(TenantOwned):
    """
    What a patient told of a minor child or sibling. It belongs to the patient (hpl § 10 a).

    `birth_year` is there where nobody knew the day; `looked_after_by` is empty where nobody asked.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    patient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="children_told")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    birth_year = models.PositiveSmallIntegerField(null=True)
    looked_after_by = models.CharField(max_length=20, blank=True, default="")
    recorded_by = models.UUIDField()
    recorded_by_name = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "patient", "child"], name="people_childtold_once"),
            models.CheckConstraint(condition=~Q(patient=F("child")), name="people_childtold_of_another"),
            models.CheckConstraint(
                condition=Q(looked_after_by__in=["", *(each.value for each in LooksAfter)]),
                name="people_childtold_looked_after_by",
            ),
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(birth_year__gte=1890, birth_year__lte=2200),
                name="people_childtold_birth_year",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
