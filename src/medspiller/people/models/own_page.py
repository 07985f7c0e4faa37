"""What people ask to have corrected, and which changes by age have been told of."""

from django.db import models
from django.db.models import Q

from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned
from medspiller.people.domain.corrections import TEXT_MOST, About, Outcome
from medspiller.people.models.persons import Person


@history.keep()
class CorrectionRequest(TenantOwned):
    """What a person asks a unit to correct about them, and what came of it, each in their own words."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="correction_requests")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=30)
    text = models.TextField(max_length=TEXT_MOST)
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    outcome = models.CharField(max_length=20, blank=True, default="")
    answer = models.TextField(max_length=TEXT_MOST, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answered_by_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(about__in=[each.value for each in About]), name="people_correctionrequest_about"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="people_correctionrequest_says_what"),
            models.CheckConstraint(
                condition=Q(outcome="", answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (
                    Q(outcome__in=[each.value for each in Outcome])
                    & ~Q(answer="")
                    & Q(answered_at__isnull=False, answered_by__isnull=False)
                ),
                name="people_correctionrequest_answered_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "unit", "asked_at"], name="people_correctionrequest_at"),
            models.Index(fields=["tenant_id", "person", "asked_at"], name="people_correctionrequest_of"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AgeTold(TenantOwned):
    """That others were told of a person's change by age on a day, once before it (`reached` false) and once on it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reached = models.BooleanField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "person", "on", "reached"], name="people_agetold_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
