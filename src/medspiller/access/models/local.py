"""Local accounts: how one is invited to them, and how guessing is slowed down."""

from django.db import models
from django.db.models import Q

from medspiller.core import ids
from medspiller.core.encryption import keyed_hash
from medspiller.core.tenancy import TenantOwned


class Invitation(TenantOwned):
    """An invitation to a local account, by a secret link that works once and until `expires_at`."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    token_hash = models.BinaryField(max_length=32)
    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.UUIDField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "token_hash"], name="access_invitation_token"),
            models.UniqueConstraint(
                fields=["tenant_id", "user"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="access_invitation_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"until {self.expires_at}"

    @staticmethod
    def hash_of(token: str) -> bytes:
        """Return what is stored of the secret part of an invitation's link."""
        return keyed_hash(token, purpose="access.invitation")


class Throttle(TenantOwned):
    """How often something was tried within a window, for one account or one address (as a keyed hash)."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    what = models.CharField(max_length=40)
    who_hash = models.BinaryField(max_length=32)
    window_from = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    # When a refusal for it was last written to the access log.
    logged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "what", "who_hash"], name="access_throttle_once")]

    def __str__(self) -> str:
        return f"{self.what}: {self.count}"
