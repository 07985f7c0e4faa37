"""What happened to the register as a whole: persons merged, lists imported."""

from django.db import models
from django.db.models import F, Q

from medspiller.core import ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned
from medspiller.people.models.persons import Person


class Merge(TenantOwned):
    """
    Two rows that were found to be one person: `gone` became `kept`, and what moved.

    `moved` maps each table to the rows that were changed and what stood in them, so that it can
    be undone; ids and codes only. `details_before` is sealed where it says who somebody is.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    moved = models.JSONField()
    merged_by = models.UUIDField()
    merged_by_name = models.TextField(blank=True, default="")
    merged_at = models.DateTimeField()
    undone_by = models.UUIDField(null=True)
    undone_by_name = models.TextField(blank=True, default="")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="people_merge_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="people_merge_says_why"),
            models.UniqueConstraint(
                fields=["tenant_id", "gone"], condition=Q(undone_at=None), name="people_merge_gone_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PatientImport(TenantOwned):
    """
    One list of patients that was read: what it was called, how many rows were good, and what was wrong with the others.

    `problems` names line, column and code of each bad row, never what stood there. A dry run
    stores nothing but this row. `content` is the list itself, sealed, until it is done: first the
    file, then (`is_read`) its rows. `read_to` is how many of these have been gone through;
    `closed` how many are known, but not to this unit. `refused` is the code of what was wrong
    with the file as a whole.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    dry_run = models.BooleanField()
    rows = models.PositiveIntegerField(default=0)
    registered = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    content = EncryptedText(null=True, editable=False)
    is_read = models.BooleanField(default=False)
    read_to = models.PositiveIntegerField(default=0)
    refused = models.CharField(max_length=30, blank=True, default="")
    stopped_at = models.DateTimeField(null=True)
    started_by = models.UUIDField()
    started_by_name = models.TextField(blank=True, default="")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(content__isnull=True), name="people_patientimport_forgets_content"
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "unit", "started_at"], name="people_patientimport_of")]

    def __str__(self) -> str:
        return str(self.id)
