"""What is kept behind private links."""

from django.db import models

from medspiller.core import ids
from medspiller.core.encryption import keyed_hash
from medspiller.core.tenancy import TenantOwned


class SavedLink(TenantOwned):
    """
    Something that whoever has the link can open until `expires_at`.

    `purpose` is the app's name for what it is. Nobody is named here: not who saved it, not from where.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    purpose = models.CharField(max_length=30)
    secret_hash = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "secret_hash"], name="access_saved_link_secret"),
        ]
        indexes = [models.Index(fields=["tenant_id", "expires_at"], name="access_saved_link_expiry")]

    def __str__(self) -> str:
        return f"{self.purpose} until {self.expires_at}"

    @staticmethod
    def hash_of(secret: str) -> bytes:
        """Return what is stored of the secret part of a link."""
        return keyed_hash(secret, purpose="access.saved_link")
