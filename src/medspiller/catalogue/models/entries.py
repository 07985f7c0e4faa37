"""Rows of what a municipality edits: entries, their versions, closures, and who of an organisation may edit."""

from django.db import models
from django.db.models import F, Q

from medspiller.catalogue.domain.entries import SLUG_LENGTH, Status
from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned


@history.keep()
class Entry(TenantOwned):
    """
    One offer of the municipality's catalogue, kept true by the unit that owns it.

    `organisation` is who offers it, None for the municipality itself. `review_on` is when the owner looks at it
    again. `live` is the version that the public sees, None for one that was never approved or was taken down.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    slug = models.CharField(max_length=SLUG_LENGTH)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    live = models.ForeignKey("catalogue.Version", on_delete=models.PROTECT, null=True, related_name="+")
    review_on = models.DateField()
    made_at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "slug"], name="catalogue_entry_slug"),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="catalogue_entry_slug_form"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "review_on"], name="catalogue_entry_review"),
            models.Index(fields=["tenant_id", "unit"], name="catalogue_entry_unit"),
        ]

    def __str__(self) -> str:
        return self.slug


class Version(TenantOwned):
    """
    One wording of an entry, as `domain.reading` reads it. Proposed ones wait for a moderator; what was decided stays.

    `number` counts within the entry, from 1.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    status = models.CharField(max_length=10)
    note = models.TextField(blank=True, default="")
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "entry", "number"], name="catalogue_version_once"),
            models.UniqueConstraint(
                fields=["tenant_id", "entry"],
                condition=Q(status=Status.PROPOSED.value),
                name="catalogue_version_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[each.value for each in Status]), name="catalogue_version_status"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.PROPOSED.value, decided_at=None)
                | (~Q(status=Status.PROPOSED.value) & Q(decided_at__isnull=False)),
                name="catalogue_version_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.number}"


@history.keep()
class Closure(TenantOwned):
    """A time in [closed_from, opens_on) in which an offer is not there, with a text for all."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="closures")
    closed_from = models.DateField()
    opens_on = models.DateField(null=True)
    text = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(opens_on__gt=F("closed_from")), name="catalogue_closure_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.closed_from}"


@history.keep()
class Editor(TenantOwned):
    """That an account may propose changes to an organisation's entries, and to nothing else of it, in [from, to)."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "user", "organisation"], name="catalogue_editor_once"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="catalogue_editor_period"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.organisation_id}"
