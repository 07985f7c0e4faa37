"""Sessions as people see them, and the browsers they come from."""

from django.db import models
from django.db.models import Q

from medspiller.access.domain.sessions import SessionTimes
from medspiller.core import ids
from medspiller.core.actors import ActorKind
from medspiller.core.encryption import keyed_hash
from medspiller.core.tenancy import TenantOwned


class SessionRecord(TenantOwned):
    """
    One signed-in session, found by the hash of its key, ended when `ended_at` is set.

    `sid` is the provider's name for it, by which it can end it without our cookie
    (OpenID Connect Front-Channel Logout § 3). `auth_time` is when the person last showed
    who they are, which a sensitive act may ask to be recent.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="session_records")
    key_hash = models.BinaryField(max_length=32)
    kind = models.CharField(max_length=10)
    issuer = models.CharField(max_length=255)
    sid = models.CharField(max_length=255, blank=True, default="")
    acr = models.CharField(max_length=100, blank=True, default="")
    amr = models.CharField(max_length=100, blank=True, default="")
    auth_time = models.DateTimeField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    device = models.CharField(max_length=100, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=30, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "key_hash"], name="access_sessionrecord_key"),
            models.CheckConstraint(condition=Q(kind__in=["staff", "citizen"]), name="access_sessionrecord_kind"),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "issuer", "sid"], name="access_session_sid"),
            models.Index(fields=["tenant_id", "user", "-started_at"], name="access_session_user"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} session since {self.started_at}"

    @staticmethod
    def hash_of(key: str) -> bytes:
        """Return what a session's secret is stored and found by."""
        return keyed_hash(key, purpose="access.session")

    @property
    def times(self) -> SessionTimes:
        """The moments that its state is computed from."""
        return SessionTimes(
            kind=ActorKind(self.kind), seen_at=self.seen_at, expires_at=self.expires_at, ended_at=self.ended_at
        )


class KnownDevice(TenantOwned):
    """A browser that somebody has signed in from before, known by the hash of a cookie of its own."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+")
    token_hash = models.BinaryField(max_length=32)
    name = models.CharField(max_length=100, blank=True, default="")
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "user", "token_hash"], name="access_knowndevice_once")
        ]

    def __str__(self) -> str:
        return self.name or "browser"
