"""What people let be told about themselves."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned
from medspiller.people.domain.consents import ConsentDecision, ConsentTopic, Obtained
from medspiller.people.models.persons import Person


@history.keep()
class Consent(TenantOwned):
    """
    What `owner` decided about facts of their own, live in [starts_at, ends_at) until withdrawn.

    Exactly one of `to_person`, `to_unit` and `to_other` (somebody outside, by name) is told.
    An empty `topics` is about nothing, never about everything. Moments, not days: a withdrawal
    holds from the second it is made.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    to_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="consents_to")
    to_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    to_other = models.CharField(max_length=200, blank=True, default="")
    topics = ArrayField(models.CharField(max_length=30))
    decision = models.CharField(max_length=10)
    obtained = models.CharField(max_length=20)
    obtained_note = models.CharField(max_length=500, blank=True, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_by_name = models.TextField(blank=True, default="")
    recorded_by = models.UUIDField()
    recorded_by_name = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_person__isnull=False, to_unit__isnull=True, to_other="")
                | Q(to_person__isnull=True, to_unit__isnull=False, to_other="")
                | (Q(to_person__isnull=True, to_unit__isnull=True) & ~Q(to_other="")),
                name="people_consent_to_one",
            ),
            models.CheckConstraint(
                condition=Q(to_person=None) | ~Q(to_person=F("owner")), name="people_consent_to_another"
            ),
            models.CheckConstraint(
                condition=Q(topics__contained_by=[each.value for each in ConsentTopic]) & ~Q(topics=[]),
                name="people_consent_topics",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=[each.value for each in ConsentDecision]), name="people_consent_decision"
            ),
            models.CheckConstraint(
                condition=Q(obtained__in=[each.value for each in Obtained]), name="people_consent_obtained"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="people_consent_period"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__gte=F("starts_at"), withdrawn_by__isnull=False),
                name="people_consent_withdrawn_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "owner"], condition=Q(withdrawn_at=None), name="people_consent_of"),
            models.Index(fields=["tenant_id", "to_person"], condition=Q(withdrawn_at=None), name="people_consent_to"),
            models.Index(
                fields=["tenant_id", "to_unit"], condition=Q(withdrawn_at=None), name="people_consent_to_unit"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ConsentScan(TenantOwned):
    """The paper a consent was signed on, sealed; `content` is the file in base 64, at most five megabytes."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="scans")
    media_type = models.CharField(max_length=50)
    size = models.PositiveIntegerField()
    content = EncryptedText()
    added_by = models.UUIDField()
    added_by_name = models.TextField(blank=True, default="")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(media_type__in=["application/pdf", "image/png", "image/jpeg"]),
                name="people_consentscan_media_type",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "consent"], name="people_consentscan_of")]

    def __str__(self) -> str:
        return str(self.id)
