"""That somebody has gone through who may do what."""

from django.db import models
from django.db.models import F, Q

from medspiller.access.domain.reviews import NOTE_LENGTH
from medspiller.core import ids
from medspiller.core.tenancy import TenantOwned


class AccessReview(TenantOwned):
    """
    The list of who may do what, as it was on `listed_on`, has been gone through for a unit and all below it.

    Who did it stands with the name they had then. It is never changed or taken back: a
    mistake is put right by another review.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    listed_on = models.DateField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.UUIDField()
    reviewed_by_name = models.CharField(max_length=200)
    note = models.TextField(max_length=NOTE_LENGTH, blank=True, default="")
    # How many roles the list held when it was marked.
    roles = models.PositiveIntegerField()
    next_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(next_on__gt=F("listed_on")), name="access_accessreview_next_is_later"),
        ]
        indexes = [models.Index(fields=["tenant_id", "unit", "-reviewed_at"], name="access_accessreview_last")]

    def __str__(self) -> str:
        return f"{self.listed_on} by {self.reviewed_by}"
