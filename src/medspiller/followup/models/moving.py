"""What was moved when two rows turned out to be one person, so that it can be moved back."""

from django.db import models

from medspiller.core import ids
from medspiller.core.tenancy import TenantOwned


class Moved(TenantOwned):
    """One column of one row that was about the row that is gone; `before` is the id that stood there."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    merge_id = models.UUIDField()
    table = models.CharField(max_length=20)
    row_id = models.UUIDField()
    column = models.CharField(max_length=20)
    before = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "merge_id", "table", "row_id", "column"], name="followup_moved_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table}.{self.column} {self.row_id}"
