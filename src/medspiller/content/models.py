"""Rows of published definitions."""

from uuid import UUID

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from medspiller.content.domain.definitions import MAX_URL, Status
from medspiller.core import ids

# Stands for "no tenant" where the database compares: null equals nothing.
_NOBODY = UUID(int=0)


class Definition(models.Model):
    """
    One definition as it was published: shipped to all (`tenant_id` null) or a tenant's own.

    The table is shared, so its row-level security is its own and stands in its migration:
    everybody reads what is shipped and what is their tenant's, the web role writes its
    tenant's only, and the owner role writes what is shipped. A trigger freezes what is no
    draft: from then on only `status` and `retired_at` change, once.

    `text` is the file as written. It was active in [published_at, retired_at); one that
    was retired without ever having been active here has no `published_at`.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    tenant_id = models.UUIDField(null=True, editable=False)
    kind = models.CharField(max_length=60)
    url = models.CharField(max_length=MAX_URL)
    version = models.CharField(max_length=64)
    status = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    text = models.TextField()
    suffix = models.CharField(max_length=10)
    package = models.CharField(max_length=200)
    package_version = models.CharField(max_length=40)
    file = models.CharField(max_length=500)
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Coalesce("tenant_id", Value(_NOBODY)), "url", "version", name="content_definition_once"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT.value, published_at=None, retired_at=None)
                | Q(status=Status.ACTIVE.value, published_at__isnull=False, retired_at=None)
                | Q(status=Status.RETIRED.value, retired_at__isnull=False),
                name="content_definition_status",
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="content_definition_digest"),
        ]
        indexes = [models.Index(fields=["kind", "status"], name="content_definition_by_kind")]

    def __str__(self) -> str:
        return f"{self.url}|{self.version}"
