"""What somebody has typed into a form and not sent yet."""

from django.db import models

from medspiller.access.domain.drafts import KEY_LENGTH
from medspiller.core import ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned


class Draft(TenantOwned):
    """
    The draft of one person in one form, sealed; row-level security shows it to its owner and to jobs alone.

    `form` is the form's name, `key` what it is about where it is about one thing of several.
    `number` grows with every save. Without a body it only remembers, until `expires_at`,
    that the form was sent: what was typed before must not come back.

    No history is kept of it, no search finds it, and no log tells what it holds.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    owner = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=100)
    key = models.CharField(max_length=KEY_LENGTH, blank=True, default="")
    body = EncryptedText(null=True)
    number = models.BigIntegerField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "owner", "form", "key"], name="access_draft_one_of_a_form")
        ]
        indexes = [models.Index(fields=["tenant_id", "expires_at"], name="access_draft_expiry")]

    def __str__(self) -> str:
        return f"{self.form} {self.saved_at}"
