"""The items of the work list."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When

from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned
from medspiller.worklist.domain.items import Outcome, Progress, SnoozedWhy, WithdrawnWhy
from medspiller.worklist.domain.kinds import SAFETY_ANSWER

OPEN = Q(done_at__isnull=True, withdrawn_at__isnull=True)
# Safety before everything else. As the index has it, word for word: else it is not used.
AFTER_SAFETY = Case(When(kind=SAFETY_ANSWER.code, then=Value(0)), default=Value(1), output_field=IntegerField())


@history.keep()
class WorkItem(TenantOwned):
    """
    One thing of `kind` about a subject that a unit must look at.

    `subject_type` and `subject_id` name the row it is about, `person` whom that concerns.
    `roles` are those it is for; empty means everybody in the unit who may. Whoever took or
    finished it is kept by id and by the name they had. `title` and `origin` are what it is
    called and where it comes from, by language, where the kind alone does not say it: texts of
    published content. Nothing here tells of anybody's situation in words.

    Whoever has it can put it off until the morning of `snoozed_until`; what is `by_law` not beyond its day.
    `handed_by` is the colleague who gave it to whoever has it.
    """

    # What changes with who has it.
    HOLDING: ClassVar = (
        "taken_by",
        "taken_by_name",
        "taken_at",
        "handed_by",
        "handed_by_name",
        "snoozed_until",
        "snoozed_why",
    )

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    title = models.JSONField(null=True)
    origin = models.JSONField(null=True)
    due_on = models.DateField(null=True)
    by_law = models.BooleanField(default=False)
    put_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    taken_by_name = models.TextField(blank=True, default="")
    taken_at = models.DateTimeField(null=True)
    handed_by = models.UUIDField(null=True)
    handed_by_name = models.TextField(blank=True, default="")
    snoozed_until = models.DateField(null=True)
    snoozed_why = models.CharField(max_length=20, blank=True, default="")
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    done_by_name = models.TextField(blank=True, default="")
    outcome = models.CharField(max_length=20, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "kind", "subject_type", "subject_id", "unit"],
                condition=OPEN,
                name="worklist_workitem_once",
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True, taken_by_name="")
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="worklist_workitem_taken_whole",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True, done_by_name="", outcome="")
                | Q(done_at__isnull=False, done_by__isnull=False, outcome__in=[each.value for each in Outcome]),
                name="worklist_workitem_done_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | Q(withdrawn_at__isnull=False, withdrawn_why__in=[each.value for each in WithdrawnWhy]),
                name="worklist_workitem_withdrawn_whole",
            ),
            models.CheckConstraint(
                condition=Q(handed_by__isnull=True, handed_by_name="")
                | Q(handed_by__isnull=False, taken_by__isnull=False),
                name="worklist_workitem_handed_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(snoozed_until__isnull=True, snoozed_why="")
                | Q(
                    snoozed_until__isnull=False,
                    snoozed_why__in=[each.value for each in SnoozedWhy],
                    taken_by__isnull=False,
                ),
                name="worklist_workitem_snoozed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(withdrawn_at__isnull=True), name="worklist_workitem_over_once"
            ),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(subject_type=""), name="worklist_workitem_says_what"),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "unit", "due_on", "put_at", "id"], condition=OPEN, name="worklist_workitem_open"
            ),
            # The order of the lists unless somebody asks for another: read from the front, nothing sorted.
            models.Index(
                F("tenant_id"), AFTER_SAFETY, "due_on", "put_at", "id", condition=OPEN, name="worklist_workitem_first"
            ),
            # For whoever has a large part of all that waits: the first fifty, without sorting the rest.
            models.Index(
                fields=["tenant_id", "due_on", "put_at", "id"], condition=OPEN, name="worklist_workitem_urgent"
            ),
            models.Index(
                fields=["tenant_id", "taken_by"],
                condition=OPEN & Q(taken_by__isnull=False),
                name="worklist_workitem_taken",
            ),
            models.Index(
                fields=["tenant_id", "handed_by"],
                condition=OPEN & Q(handed_by__isnull=False),
                name="worklist_workitem_handed",
            ),
            # With the one by day, for counting what can wait: little of all that is open.
            models.Index(
                fields=["tenant_id", "unit", "snoozed_until"],
                condition=OPEN & Q(snoozed_until__isnull=False),
                name="worklist_workitem_snoozed",
            ),
            models.Index(fields=["tenant_id", "person"], condition=OPEN, name="worklist_workitem_about"),
            models.Index(fields=["tenant_id", "subject_id"], condition=OPEN, name="worklist_workitem_subject"),
            models.Index(
                fields=["tenant_id", "unit", "-done_at"],
                condition=Q(done_at__isnull=False),
                name="worklist_workitem_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    def nobodys(self) -> None:
        """Let nobody have it: not taken, not given by anybody, not put off."""
        self.taken_by, self.taken_by_name, self.taken_at = None, "", None
        self.handed_by, self.handed_by_name = None, ""
        self.snoozed_until, self.snoozed_why = None, ""

    @property
    def progress(self) -> Progress:
        return Progress(
            taken_by=self.taken_by,
            taken_by_name=self.taken_by_name,
            done_at=self.done_at,
            done_by_name=self.done_by_name,
            withdrawn_at=self.withdrawn_at,
        )
