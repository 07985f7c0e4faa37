"""Rows of dated meetings."""

from django.db import models
from django.db.models import F, Q

from medspiller.catalogue.domain.sessions import SessionStatus
from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned


@history.keep(leave_out=["taken"])
class Session(TenantOwned):
    """
    One dated meeting of an offer, in [starts_at, ends_at). Everybody may read it; nobody is named in it.

    Meetings with the same `series` belong together: whoever signs up signs up for all of them. `capacity` is how
    many seats there are, None without limit. `taken` counts the seats that are held, kept by whoever hands them out.
    `deadline` is when sign-up closes, the start where None. Where on the web a digital one is, is kept apart: see
    `SessionAddress`.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    entry = models.ForeignKey("catalogue.Entry", on_delete=models.CASCADE, related_name="sessions")
    series = models.UUIDField(null=True)
    title = models.JSONField(default=dict)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.JSONField(null=True)
    is_digital = models.BooleanField(default=False)
    capacity = models.PositiveIntegerField(null=True)
    taken = models.PositiveIntegerField(default=0)
    deadline = models.DateTimeField(null=True)
    has_waiting_list = models.BooleanField(default=True)
    allows_anonymous = models.BooleanField(default=False)
    status = models.CharField(max_length=10, default=SessionStatus.PLANNED.value)
    reason = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="catalogue_session_period"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="catalogue_session_not_overbooked"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[each.value for each in SessionStatus]), name="catalogue_session_status"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "entry", "starts_at"], name="catalogue_session_of_entry"),
            models.Index(fields=["starts_at"], name="catalogue_session_start"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def online_address(self) -> str:
        """Where it is on the web; empty where it is not, and for other tenants."""
        found = SessionAddress.objects.filter(session_id=self.id).first() if self.is_digital else None
        return found.address if found is not None else ""


@history.keep()
class SessionAddress(TenantOwned):
    """Where on the web a meeting is: apart, since everybody may read meetings, and this is for who has a place."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    session = models.ForeignKey("catalogue.Session", on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "session"], name="catalogue_sessionaddress_one"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}"
