"""Plans read from files, before a person has confirmed what was read, and plans that are given out as files."""

from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned
from medspiller.strategy.domain.vocabulary import (
    DECIDED,
    DIGEST_COUNTS,
    ExportForm,
    FileKind,
    ImportState,
    Level,
    Unreadable,
)
from medspiller.strategy.models.strategies import Strategy


@history.keep(leave_out=("content", "source_lines", "reading"))
class ImportedPlan(TenantOwned):
    """
    A plan as it was read from a file: the file's lines, and what the reader made of them with its doubts.

    Nothing of it is a strategy before somebody has confirmed it. `content` is the file until a job has read it,
    `refused` why it could not, and `same_as` the plan that it is, if that was read before. `digest` is of the lines.
    It stands on the list of `unit` while it waits.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    kind = models.CharField(max_length=10, blank=True, default="")
    source_lines = models.JSONField(default=list)
    reading = models.JSONField(default=dict)
    level = models.CharField(max_length=15)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10)
    refused = models.CharField(max_length=20, blank=True, default="")
    same_as = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "digest"],
                condition=Q(state__in=sorted(each.value for each in DIGEST_COUNTS)),
                name="strategy_import_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["", *(each.value for each in FileKind)]), name="strategy_import_kind"
            ),
            models.CheckConstraint(condition=Q(level__in=[each.value for each in Level]), name="strategy_import_level"),
            models.CheckConstraint(
                condition=Q(state=ImportState.REFUSED.value, refused__in=[each.value for each in Unreadable])
                | (
                    Q(state__in=[each.value for each in ImportState if each is not ImportState.REFUSED]) & Q(refused="")
                ),
                name="strategy_import_refused_whole",
            ),
            models.CheckConstraint(
                condition=Q(content=None) | Q(state=ImportState.READING.value),
                name="strategy_import_forgets_content",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=sorted(each.value for each in DECIDED), decided_at__isnull=False)
                    | (~Q(state__in=sorted(each.value for each in DECIDED)) & Q(decided_at=None))
                )
                & (
                    Q(state=ImportState.CONFIRMED.value, strategy__isnull=False)
                    | (~Q(state=ImportState.CONFIRMED.value) & Q(strategy=None))
                ),
                name="strategy_import_decided_whole",
            ),
            models.CheckConstraint(condition=Q(same_as=None) | ~Q(same_as=F("id")), name="strategy_import_not_itself"),
        ]
        indexes = [models.Index(fields=["tenant_id", "-at"], name="strategy_import_newest")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class PlanExport(TenantOwned):
    """
    One file of a plan that somebody asked for. `content` is there when a job has made it, and for a day.

    `filters` is what a board was narrowed by, as `BoardFilters` writes it. `job` makes the file; `tries` counts how
    often it has begun.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=10)
    filters = models.JSONField(default=dict, blank=True)
    content = models.BinaryField(null=True)
    failed = models.BooleanField(default=False)
    job = models.BigIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=[each.value for each in ExportForm]), name="strategy_export_form"
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "asked_at"], name="strategy_export_old")]

    def __str__(self) -> str:
        return f"{self.strategy_id} {self.form}"
