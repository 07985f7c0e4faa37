"""Rows of notices."""

from django.db import models
from django.db.models import Q

from medspiller.core import history, ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned
from medspiller.messages.domain.notices import (
    EVENT_KEY_MOST,
    EVENT_KEY_PATTERN,
    ONCE_FOR_AN_ADDRESS,
    Channel,
    Reason,
    State,
)

_ENDED_BADLY = [State.FAILED.value, State.STOPPED.value]
_ASKED = [State.HANDING_OVER.value, State.HANDED_OVER.value, State.UNCERTAIN.value]
_HAS_ADDRESS = Q(address__isnull=False, address_hash__isnull=False) & ~Q(channel="")
_HAS_NO_ADDRESS = Q(address__isnull=True, address_hash__isnull=True)
_OVER = [each.value for each in (State.HANDED_OVER, State.FAILED, State.STOPPED)]


@history.keep(leave_out=["address", "address_hash", "about_id"])
class Notice(TenantOwned):
    """
    One notice to one person, or to a contact that somebody gave, about one event, and how far it has come.

    `id` is the idempotency key that every gateway gets. `event_key` names what caused it, in
    ids and codes. What it says follows from `kind`, `language` and `about_day`; the words are
    not stored. `unit` is who looks after it. `address` is where it goes, sealed;
    `address_hash` keeps a telephone from ringing twice for one event. Without a channel
    nothing was ever to be sent, and it only stands on the person's own page; without an address
    alone it is so old that where it went was forgotten. `about_id` is there instead of a
    person: what the contact was given with, as a sign-up. Such a notice is deleted with it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    about_id = models.UUIDField(null=True)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, blank=True, default="")
    address = EncryptedText(null=True, editable=False)
    address_hash = models.BinaryField(max_length=32, null=True, editable=False)
    event_key = models.CharField(max_length=EVENT_KEY_MOST)
    language = models.CharField(max_length=2)
    about_day = models.DateField(null=True)
    consent_id = models.UUIDField(null=True)
    state = models.CharField(max_length=20, default=State.WAITING.value)
    reason = models.CharField(max_length=30, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    handing_over_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    gateway = models.CharField(max_length=40, blank=True, default="")
    gateway_reference = models.CharField(max_length=200, blank=True, default="")
    sent_by = models.UUIDField()
    sent_by_name = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "event_key", "address_hash"], name=ONCE_FOR_AN_ADDRESS),
            models.UniqueConstraint(fields=["tenant_id", "event_key", "person"], name="notices_notice_once_person"),
            models.CheckConstraint(
                condition=Q(channel__in=["", *(each.value for each in Channel)]), name="notices_notice_channel"
            ),
            models.CheckConstraint(condition=Q(state__in=[each.value for each in State]), name="notices_notice_state"),
            models.CheckConstraint(
                condition=Q(reason__in=["", *(each.value for each in Reason)]), name="notices_notice_reason"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, about_id=None) | Q(person=None, about_id__isnull=False),
                name="notices_notice_to_somebody",
            ),
            # A text or a name cannot hide in it.
            models.CheckConstraint(condition=Q(event_key__regex=EVENT_KEY_PATTERN), name="notices_notice_event_key"),
            models.CheckConstraint(
                condition=(Q(state__in=_ENDED_BADLY) & ~Q(reason="")) | (~Q(state__in=_ENDED_BADLY) & Q(reason="")),
                name="notices_notice_says_why",
            ),
            models.CheckConstraint(
                condition=_HAS_ADDRESS | (_HAS_NO_ADDRESS & Q(state__in=_OVER)),
                name="notices_notice_address",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WAITING.value, next_try_at__isnull=False)
                | (~Q(state=State.WAITING.value) & Q(next_try_at=None)),
                name="notices_notice_next_try",
            ),
            models.CheckConstraint(
                condition=Q(state=State.HANDED_OVER.value, handed_over_at__isnull=False)
                | (~Q(state=State.HANDED_OVER.value) & Q(handed_over_at=None)),
                name="notices_notice_handed_over",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_ASKED) | Q(attempts__gte=1, handing_over_at__isnull=False),
                name="notices_notice_asked",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "unit", "-created_at", "-id"], name="notices_notice_of_unit"),
            models.Index(fields=["tenant_id", "person", "-created_at"], name="notices_notice_to_person"),
            models.Index(
                fields=["tenant_id", "created_at"],
                condition=Q(address__isnull=False),
                name="notices_notice_addressed",
            ),
            models.Index(
                fields=["tenant_id", "consent_id"],
                condition=Q(state=State.WAITING.value, consent_id__isnull=False),
                name="notices_notice_on_consent",
            ),
            models.Index(
                fields=["tenant_id", "about_id"],
                condition=Q(about_id__isnull=False),
                name="notices_notice_to_contact",
            ),
            # For the job that looks every few minutes for what has been forgotten.
            models.Index(
                fields=["tenant_id", "next_try_at"],
                condition=Q(state=State.WAITING.value),
                name="notices_notice_waiting",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
