"""Lists of offers that were taken in, and those that are given out."""

from django.db import models
from django.db.models import Q

from medspiller.core import ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned


class EntryImport(TenantOwned):
    """
    One list of offers that was read, and what became of each row.

    `report` has for each row that was gone through its line, title by language, what became of it, the entry, and for
    each thing that is wrong the column and a code. A trial stores nothing but this row. `content` is the list itself,
    sealed, until it is done: first the file, then (`is_read`) its rows, of which `read_to` have been gone through.
    `refused` is the code of what was wrong with the file as a whole.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    goes_live = models.BooleanField()
    is_trial = models.BooleanField()
    content = EncryptedText(null=True, editable=False)
    is_read = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    read_to = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=list)
    refused = models.CharField(max_length=30, blank=True, default="")
    stopped_at = models.DateTimeField(null=True)
    started_by = models.UUIDField()
    started_by_name = models.TextField(blank=True, default="")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(content__isnull=True), name="catalogue_entryimport_forgets_content"
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "unit", "started_at"], name="catalogue_entryimport_of")]

    def __str__(self) -> str:
        return self.file_name


class EntryExport(TenantOwned):
    """One file of Excel that somebody asked for. `content` is there when a job has made it, and for a day."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    content = models.BinaryField(null=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "asked_at"], name="catalogue_entryexport_old")]

    def __str__(self) -> str:
        return str(self.id)
