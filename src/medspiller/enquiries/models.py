"""Who reads what is asked, what was asked, and what was done about it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from medspiller.core import ids
from medspiller.core.encryption import EncryptedText, keyed_hash
from medspiller.core.tenancy import TenantOwned
from medspiller.enquiries.domain.enquiries import FEWEST_DAYS, MOST_DAYS, About, Outcome, Purpose
from medspiller.enquiries.domain.wishes import OTHER_LANGUAGE


class Recipient(TenantOwned):
    """The unit that reads enquiries of one purpose, and within how many working days. Everybody may read it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    purpose = models.CharField(max_length=20)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    within_days = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("access.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "purpose"], name="enquiries_recipient_one_each"),
            models.CheckConstraint(
                condition=Q(purpose__in=[each.value for each in Purpose]), name="enquiries_recipient_purpose"
            ),
            models.CheckConstraint(
                condition=Q(within_days__gte=FEWEST_DAYS, within_days__lte=MOST_DAYS),
                name="enquiries_recipient_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.unit_id}"


class Enquiry(TenantOwned):
    """
    One thing that somebody asks. What leads to them is sealed; nothing tells of health but what they write themselves.

    Whoever is not signed in can add one and read none: row-level security shows them to staff and jobs alone.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    purpose = models.CharField(max_length=20)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    due_on = models.DateField()
    name = EncryptedText(null=True)
    phone = EncryptedText(null=True)
    email = EncryptedText(null=True)
    text = EncryptedText(null=True)
    about = models.CharField(max_length=20, blank=True, default="")
    parts = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    language = models.CharField(max_length=10, blank=True, default="")
    other_language = EncryptedText(null=True)
    needs_interpreter = models.BooleanField(default=False)
    may_leave_message = models.BooleanField(default=False)
    # Of the form that was sent, so that the same press of a button is one enquiry.
    press_hash = models.BinaryField(max_length=32)
    taken_by = models.ForeignKey("access.User", on_delete=models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("access.User", on_delete=models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "press_hash"], name="enquiries_enquiry_press"),
            models.CheckConstraint(
                condition=Q(purpose__in=[each.value for each in Purpose]), name="enquiries_enquiry_purpose"
            ),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.CALL.value, about__in=[each.value for each in About], text__isnull=True)
                | (~Q(purpose=Purpose.CALL.value) & Q(about="", text__isnull=False)),
                name="enquiries_enquiry_calls_have_no_words",
            ),
            models.CheckConstraint(
                condition=Q(other_language__isnull=True) | Q(language=OTHER_LANGUAGE),
                name="enquiries_enquiry_other_language",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="")
                | Q(done_at__isnull=False, outcome__in=[each.value for each in Outcome]),
                name="enquiries_enquiry_done_whole",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_at__gte=F("received_at")), name="enquiries_enquiry_done_after"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "unit", "due_on", "id"],
                condition=Q(done_at=None),
                name="enquiries_enquiry_open",
            ),
            models.Index(fields=["tenant_id", "received_at"], name="enquiries_enquiry_old"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"

    @staticmethod
    def hash_of_press(press: str) -> bytes:
        """Return what is stored of a form's own secret."""
        return keyed_hash(press, purpose="enquiries.press")


class Attempt(TenantOwned):
    """A try to reach whoever asked, and whether somebody answered."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="attempts")
    reached = models.BooleanField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.reached}"
