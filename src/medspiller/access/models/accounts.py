"""Accounts, who holds which post, and which roles that gives. Everything ends on a date."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from medspiller.access.domain.administration import REASON_LENGTH
from medspiller.access.domain.roles import Role
from medspiller.core import history, ids
from medspiller.core.actors import ActorKind
from medspiller.core.encryption import EncryptedText
from medspiller.core.expressions import Days
from medspiller.core.tenancy import TenantOwned


# Neither secrets nor every sign-in: what an administrator or a provider changed about the account.
@history.keep(leave_out=("password", "last_login", "pid", "pid_hash", "tour_put_away_at"))
class User(TenantOwned, AbstractBaseUser):
    """
    An account: whoever its issuer says has this subject.

    A name or an e-mail address never identifies: only issuer and subject do
    (OpenID Connect Core § 5.7). One account belongs to one tenant.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    # Why it was closed, or opened again, the last time either was done; empty if neither was.
    state_reason = models.CharField(max_length=REASON_LENGTH, blank=True, default="", db_default="")
    # A citizen's person number, sealed; the hash finds it again within the tenant.
    pid = EncryptedText(null=True, editable=False)
    pid_hash = models.BinaryField(max_length=32, null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now())
    # When somebody at work had seen enough of what is shown at the first sign-in.
    tour_put_away_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "issuer", "subject"], name="access_user_identity"),
            models.UniqueConstraint(
                fields=["tenant_id", "kind", "pid_hash"], condition=Q(pid_hash__isnull=False), name="access_user_pid"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[ActorKind.STAFF.value, ActorKind.CITIZEN.value]), name="access_user_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@history.keep()
class PostHolding(TenantOwned):
    """Somebody's time in a post, in [valid_from, valid_to), cut short by `ended_at`."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="holdings")
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="access_holding_ends_after_start"),
            ExclusionConstraint(
                name="access_holding_once",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.post_id}"


@history.keep()
class RoleGrant(TenantOwned):
    """
    A role that a holding gives for a unit and all below it, in [valid_from, valid_to).

    It is live only while its holding is: leaving the post ends it the same second.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    holding = models.ForeignKey(PostHolding, on_delete=models.PROTECT, related_name="grants")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="access_grant_ends_after_start"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="access_grant_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} until {self.valid_to}"
