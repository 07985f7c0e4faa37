"""The OpenID Connect providers of a tenant, our keys towards them, and sign-ins under way."""

from dataclasses import fields
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from medspiller.access.domain.provider_details import ProviderDetails
from medspiller.core import history, ids
from medspiller.core.actors import ActorKind
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned


@history.keep()
class Provider(TenantOwned):
    """
    An OpenID Connect provider: the municipality's own for staff, ID-porten for citizens.

    `metadata` is what its discovery document said at `metadata_at`. `acr_values` and
    `amr_values` are the lowest that count, separated by spaces; empty means that none is asked. `version`
    counts changes of what is agreed: whoever changes it says which version they saw.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    issuer = models.URLField(max_length=255)
    client_id = models.CharField(max_length=255)
    scopes = models.CharField(max_length=255, default="openid profile")
    acr_values = models.CharField(max_length=255, blank=True, default="")
    amr_values = models.CharField(max_length=255, blank=True, default="")
    is_active = models.BooleanField(default=True)
    metadata = models.JSONField(default=dict, blank=True)
    metadata_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "issuer", "client_id"], name="access_provider_client"),
            models.CheckConstraint(condition=Q(kind__in=["staff", "citizen"]), name="access_provider_kind"),
        ]

    def __str__(self) -> str:
        return self.name


@history.keep(leave_out=("private_pem",))
class ProviderKey(TenantOwned):
    """
    A key with which we sign towards a provider (`private_key_jwt`), in [valid_from, valid_to).

    Two may be live at once, so that a key can be changed without a moment of silence.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="keys")
    kid = models.CharField(max_length=100)
    private_pem = EncryptedText()
    public_jwk = models.JSONField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "provider", "kid"], name="access_providerkey_kid"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="access_providerkey_period"
            ),
        ]

    def __str__(self) -> str:
        return self.kid


class SignInAttempt(TenantOwned):
    """
    A sign-in that has been sent to a provider and may come back once, within minutes.

    What binds the answer to the browser is a hash in a cookie of its own: the attempt
    itself is found by the hash of `state`.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    state_hash = models.BinaryField(max_length=32)
    browser_hash = models.BinaryField(max_length=32)
    nonce = EncryptedText()
    verifier = EncryptedText()
    purpose = models.CharField(max_length=10, default="sign_in")
    next_path = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "state_hash"], name="access_signinattempt_state"),
            models.CheckConstraint(
                condition=Q(purpose__in=["sign_in", "step_up"]), name="access_signinattempt_purpose"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.created_at}"


def details_of(row: Any) -> ProviderDetails:
    """Return a provider, or an earlier version of one, as it is agreed."""
    kept = {field.name: getattr(row, field.name) for field in fields(ProviderDetails)}
    return ProviderDetails(**{**kept, "kind": ActorKind(row.kind)})
