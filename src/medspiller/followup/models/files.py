"""The carer's own file, and what happened in it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from medspiller.core import history, ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned
from medspiller.followup.domain.files import ClosedBecause, FileKind, FileState, Identified, NoteCode, Outcome

OPEN = Q(state=FileState.OPEN.value)


@history.keep(leave_out=("why", "situation", "what_matters", "closing_note"))
class CarerFile(TenantOwned):
    """
    The file of somebody who is followed up as a carer. It is about them, never about whom they care for.

    `why`, `situation` and `what_matters` are the carer's own matters, sealed. Somebody has one
    open file at most. `version` counts changes: whoever changes it says which version they saw.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    carer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    identified_on = models.DateField()
    identified_how = models.CharField(max_length=20)
    why = EncryptedText(null=True)
    situation = EncryptedText(null=True)
    what_matters = EncryptedText(null=True)
    contact = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    contact_name = models.TextField(blank=True, default="")
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    opened_by_name = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, default=FileState.OPEN.value)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    closed_by_name = models.TextField(blank=True, default="")
    closed_because = models.CharField(max_length=20, blank=True, default="")
    closing_note = EncryptedText(null=True)
    outcome = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "carer"], condition=OPEN, name="followup_file_one_open"),
            models.CheckConstraint(condition=Q(kind__in=[each.value for each in FileKind]), name="followup_file_kind"),
            models.CheckConstraint(
                condition=Q(identified_how__in=[each.value for each in Identified]), name="followup_file_identified"
            ),
            models.CheckConstraint(
                condition=Q(state=FileState.OPEN.value, closed_at=None, closed_by=None, closed_because="", outcome=[])
                | Q(
                    state=FileState.CLOSED.value,
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    closed_because__in=[each.value for each in ClosedBecause],
                ),
                name="followup_file_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(outcome__contained_by=[each.value for each in Outcome]), name="followup_file_outcome"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "unit", "opened_at", "id"], condition=OPEN, name="followup_file_of_unit"),
            models.Index(fields=["tenant_id", "carer"], name="followup_file_of_carer"),
            models.Index(fields=["tenant_id", "contact"], condition=OPEN, name="followup_file_of_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def is_open(self) -> bool:
        return self.state == FileState.OPEN.value


class FileNote(TenantOwned):
    """One line of what happened in a file. Lines are added, never changed: a wrong one is put right by another."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    file = models.ForeignKey(CarerFile, on_delete=models.PROTECT, related_name="notes")
    code = models.CharField(max_length=20)
    on = models.DateField()
    text = EncryptedText(null=True)
    # What it is about where that is not the file alone: a plan, a right. By id and name of its kind.
    about_type = models.CharField(max_length=60, blank=True, default="")
    about_id = models.UUIDField(null=True)
    by = models.UUIDField()
    by_name = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__in=[each.value for each in NoteCode]), name="followup_note_code"),
        ]
        indexes = [models.Index(fields=["tenant_id", "file", "-on", "-at"], name="followup_note_of_file")]

    def __str__(self) -> str:
        return f"{self.code} {self.on}"
