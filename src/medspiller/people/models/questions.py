"""What people ask about who has looked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned
from medspiller.people.domain.questions import TEXT_MOST
from medspiller.people.models.persons import Person


@history.keep()
class AccessQuestion(TenantOwned):
    """
    What a person asks a unit about an entry of the access log, and the answer.

    What the entry said is kept with it, since whoever answers may not read the log.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="access_questions")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    entry_id = models.UUIDField()
    entry_at = models.DateTimeField()
    entry_kind = models.CharField(max_length=10)
    entry_actor_id = models.UUIDField(null=True)
    entry_actor_name = models.TextField(blank=True, default="")
    entry_information = ArrayField(models.CharField(max_length=30), default=list)
    text = models.TextField(max_length=TEXT_MOST)
    asked_at = models.DateTimeField()
    answer = models.TextField(max_length=TEXT_MOST, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answered_by_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "person", "entry_id"],
                condition=Q(answered_at=None),
                name="people_accessquestion_one_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="people_accessquestion_says_what"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="people_accessquestion_answered_whole",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "unit", "asked_at"], name="people_accessquestion_at")]

    def __str__(self) -> str:
        return str(self.id)
