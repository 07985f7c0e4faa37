"""Runs, what happened to them, and what can be done now."""

from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from medspiller.content.domain.definitions import Pin
from medspiller.core import clock, ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned
from medspiller.pathways.domain import happenings
from medspiller.pathways.domain.happenings import Kind
from medspiller.pathways.domain.progress import RunState

_STATES = [each.value for each in RunState]


class Run(TenantOwned):
    """
    A pathway that is gone through for a subject, which the app above knows and we do not.

    Everything from `state` to `look_again_on` is computed from the happenings and stored to be searched by.
    `look_again_on` is the day on which something changes by itself, null if nothing will. `version` counts changes.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    pathway_url = models.CharField(max_length=400)
    pathway_version = models.CharField(max_length=64)
    pathway_digest = models.CharField(max_length=64)
    slug = models.CharField(max_length=60)
    started_on = models.DateField()
    state = models.CharField(max_length=10, default=RunState.OPEN.value)
    paused_until = models.DateField(null=True)
    phase = models.CharField(max_length=60)
    look_again_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=60, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=_STATES), name="pathways_run_state"),
            models.CheckConstraint(
                condition=Q(state=RunState.CLOSED.value, ended_on__isnull=False, look_again_on__isnull=True)
                & ~Q(end_reason="")
                | ~Q(state=RunState.CLOSED.value) & Q(ended_on__isnull=True, end_reason=""),
                name="pathways_run_ended_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.PAUSED.value, paused_until__isnull=False)
                | ~Q(state=RunState.PAUSED.value) & Q(paused_until__isnull=True),
                name="pathways_run_paused_until",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")), name="pathways_run_in_order"
            ),
            models.CheckConstraint(condition=~Q(subject_type="") & ~Q(slug=""), name="pathways_run_says_what"),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "subject_type", "subject_id"], name="pathways_run_of_subject"),
            models.Index(
                fields=["tenant_id", "look_again_on", "id"],
                condition=Q(look_again_on__isnull=False),
                name="pathways_run_to_look_at",
            ),
            models.Index(fields=["tenant_id", "slug", "state"], name="pathways_run_of_pathway"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.id}"

    @property
    def pin(self) -> Pin:
        """Exactly which version of the pathway is gone through."""
        return Pin(self.pathway_url, self.pathway_version, self.pathway_digest)


class Happening(TenantOwned):
    """
    One line of a run's history, as `domain.happenings` explains it. Added, never changed.

    `by` is null for what the system learnt by itself. `told_on` is the day of `at` in Norway. What one source tells
    of a run is told once, however often it is brought.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="happenings")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    step = models.CharField(max_length=60, blank=True, default="")
    occurrence = models.PositiveIntegerField(default=0)
    event = models.CharField(max_length=40, blank=True, default="")
    fact = models.CharField(max_length=60, blank=True, default="")
    value = models.BooleanField(null=True)
    response = models.CharField(max_length=400, blank=True, default="")
    result = models.CharField(max_length=60, blank=True, default="")
    until = models.DateField(null=True)
    undoes = models.PositiveIntegerField(default=0)
    version = models.CharField(max_length=64, blank=True, default="")
    on = models.DateField()
    told_on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.TextField(blank=True, default="")
    reason = EncryptedText(null=True)
    source_type = models.CharField(max_length=60, blank=True, default="")
    source_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "run", "seq"], name="pathways_happening_in_line"),
            models.UniqueConstraint(
                fields=["tenant_id", "run", "source_type", "source_id", "kind", "step", "event", "fact"],
                condition=Q(source_id__isnull=False),
                name="pathways_happening_of_source_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=[each.value for each in Kind]), name="pathways_happening_kind"),
            models.CheckConstraint(
                condition=Q(source_type="", source_id__isnull=True) | (~Q(source_type="") & Q(source_id__isnull=False)),
                name="pathways_happening_source_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "source_type", "source_id"],
                condition=Q(source_id__isnull=False),
                name="pathways_happening_of_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.seq}: {self.kind}"

    def as_told(self) -> happenings.Happening:
        """Return the line as the domain reads it; its reason stays sealed."""
        return happenings.Happening(
            kind=Kind(self.kind),
            on=self.on,
            told_on=self.told_on,
            seq=self.seq,
            step=self.step,
            occurrence=self.occurrence,
            event=self.event,
            fact=self.fact,
            value=self.value,
            response=self.response,
            result=self.result,
            until=self.until,
            undoes=self.undoes,
            version=self.version,
            source_type=self.source_type,
            source_id=self.source_id,
        )


class OpenStep(TenantOwned):
    """
    A step that can be done now. Computed: it comes and goes with what happens, and holds nothing of its own.

    Each time of a repeating step is a row of its own. `due_on` is null while the event it is counted from has no day.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="open_steps")
    step = models.CharField(max_length=60)
    occurrence = models.PositiveIntegerField()
    due_on = models.DateField(null=True)
    opened_on = models.DateField()
    is_statutory = models.BooleanField()
    roles = ArrayField(models.CharField(max_length=30), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "run", "step"], name="pathways_openstep_once"),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "due_on"], name="pathways_openstep_due"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.step} {self.occurrence}"


def line(
    run_id: UUID, told: happenings.Happening, *, seq: int, at: datetime, by: UUID | None, by_name: str
) -> Happening:
    """Return the row of what was told, not yet stored."""
    return Happening(
        run_id=run_id,
        seq=seq,
        kind=told.kind.value,
        step=told.step,
        occurrence=told.occurrence,
        event=told.event,
        fact=told.fact,
        value=told.value,
        response=told.response,
        result=told.result,
        until=told.until,
        undoes=told.undoes,
        version=told.version,
        on=told.on,
        told_on=clock.day_of(at),
        at=at,
        by=by,
        by_name=by_name,
        reason=told.reason or None,
        source_type=told.source_type,
        source_id=told.source_id,
    )
