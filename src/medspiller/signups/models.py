"""Who has a place, who came, and what they said of it afterwards."""

import base64

from django.db import models
from django.db.models import Q

from medspiller.core import ids
from medspiller.core.encryption import EncryptedText, keyed_hash
from medspiller.core.tenancy import TenantOwned
from medspiller.signups.domain.places import LIVE, State


class SignUp(TenantOwned):
    """
    Somebody's place at a meeting, or at all meetings of its series, or their wait for one.

    `session` is the first meeting of a series. `number` counts within it, from 1, in the order in which people signed
    up: it is the order of the waiting list, and all that stands for whoever is anonymous. `owner` is the account of
    whoever signed up; `for_name` the one who comes, if that is somebody else. Names are gone after a while, with all
    that leads to anybody; the row stays to be counted.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    session = models.ForeignKey("catalogue.Session", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    owner = models.ForeignKey("access.User", on_delete=models.SET_NULL, null=True, related_name="+")
    name = EncryptedText(null=True)
    contact = EncryptedText(null=True)
    for_name = EncryptedText(null=True)
    needs = EncryptedText(null=True)
    # Whether whoever gave the contact said that a message there is safe, and in which language they filled it in.
    may_message = models.BooleanField(default=False)
    language = models.CharField(max_length=2, blank=True, default="")
    # Of the one who comes, so that nobody takes two seats; null for the anonymous.
    who_hash = models.BinaryField(max_length=32, null=True)
    # Of the form that was sent, so that the same press of a button is one sign-up; and of the link that it gave.
    press_hash = models.BinaryField(max_length=32, null=True)
    secret_hash = models.BinaryField(max_length=32, null=True)
    made_at = models.DateTimeField()
    # Who at work wrote it down, for somebody who called.
    made_by = models.ForeignKey("access.User", on_delete=models.SET_NULL, null=True, related_name="+")
    offered_at = models.DateTimeField(null=True)
    offer_ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # When there was last something to tell them, and when that was told, by a notice or by telephone.
    news_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    evaluated_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "session", "number"], name="signups_signup_number"),
            models.UniqueConstraint(fields=["tenant_id", "press_hash"], name="signups_signup_press"),
            models.UniqueConstraint(fields=["tenant_id", "secret_hash"], name="signups_signup_secret"),
            models.UniqueConstraint(
                fields=["tenant_id", "session", "who_hash"],
                condition=Q(state__in=sorted(each.value for each in LIVE)),
                name="signups_signup_one_seat_each",
            ),
            models.CheckConstraint(condition=Q(state__in=[each.value for each in State]), name="signups_signup_state"),
            models.CheckConstraint(
                condition=~Q(state=State.OFFERED.value)
                | (Q(offered_at__isnull=False) & Q(offer_ends_at__isnull=False)),
                name="signups_signup_offered_until",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "owner"], name="signups_signup_of_owner"),
            models.Index(fields=["tenant_id", "state", "offer_ends_at"], name="signups_signup_offers"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.number}"

    @staticmethod
    def hash_of_press(press: str) -> bytes:
        """Return what is stored of a form's own secret."""
        return keyed_hash(press, purpose="signups.press")

    @staticmethod
    def secret_of_press(press: str) -> str:
        """Return the secret of the link that a form gives: the same each time it is sent, and kept nowhere."""
        return base64.urlsafe_b64encode(keyed_hash(press, purpose="signups.link")[:18]).decode()

    @staticmethod
    def hash_of_secret(secret: str) -> bytes:
        """Return what is stored of a link's secret."""
        return keyed_hash(secret, purpose="signups.secret")

    @staticmethod
    def hash_of_who(who: str) -> bytes | None:
        """Return what is stored of the one who comes; None for nobody in particular."""
        return keyed_hash(who, purpose="signups.who") if who else None


class Attendance(TenantOwned):
    """Whether whoever had a place was at one meeting."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    sign_up = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="attendances")
    session = models.ForeignKey("catalogue.Session", on_delete=models.CASCADE, related_name="+")
    came = models.BooleanField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("access.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "sign_up", "session"], name="signups_attendance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sign_up_id} {self.session_id}"


class OpinionCount(TenantOwned):
    """How many gave an answer to a question about a meeting. Nobody is named, and nothing leads back to anybody."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    session = models.ForeignKey("catalogue.Session", on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=60)
    answer = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "session", "question", "answer"], name="signups_opinion_counted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.question} {self.answer}: {self.count}"
