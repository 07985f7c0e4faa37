"""What carers keep of their own, what becomes of it without a person, and documents that wait to be fetched."""

from django.db import models
from django.db.models import Q

from medspiller.core import ids
from medspiller.core.encryption import EncryptedText, keyed_hash
from medspiller.core.tenancy import TenantOwned
from medspiller.rights.domain.outcomes import Outcome
from medspiller.ui.documents import Problem

_PROBLEMS = ["", *(each.value for each in Problem)]


class KeptAnswer(TenantOwned):
    """
    What a carer has answered and keeps on their own page: theirs alone until they hand it over.

    `dialogue` is as `domain.dialogue` writes it. `rulebook_pin` says with which rules it was answered,
    `ask_on` the day on which they want to be asked whether they got it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    owner = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+")
    dialogue = EncryptedText()
    reference_date = models.DateField()
    rulebook_pin = models.CharField(max_length=64)
    kept_at = models.DateTimeField()
    ask_on = models.DateField(null=True)
    asked_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    # Whose contact person may read it, and since when.
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True, related_name="+")
    handed_over_at = models.DateTimeField(null=True)
    # The merge of two rows of one person that brought it here, so that it can be taken back exactly.
    moved_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_over_at=None) | Q(person__isnull=False), name="rights_kept_handed_over_by_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "owner", "kept_at"], name="rights_kept_of_owner"),
            models.Index(fields=["tenant_id", "ask_on"], name="rights_kept_to_ask"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class OutcomeCount(TenantOwned):
    """How many said of a right, in a month, what became of it. Nobody is named, and nothing leads back to anybody."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    right = models.CharField(max_length=60)
    outcome = models.CharField(max_length=20)
    month = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "right", "outcome", "month"], name="rights_outcome_counted_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[each.value for each in Outcome]), name="rights_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right} {self.outcome} {self.month}: {self.count}"


class Document(TenantOwned):
    """
    Answers as a PDF, for whoever has the secret that the asking page holds, for a quarter of an hour.

    `page` is the page as it would be printed until `pdf` (base 64) is made of it. Nobody is named.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    secret_hash = models.BinaryField(max_length=32)
    page = EncryptedText(null=True)
    pdf = EncryptedText(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True, default="")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "secret_hash"], name="rights_document_secret"),
            models.CheckConstraint(condition=Q(problem__in=_PROBLEMS), name="rights_document_problem"),
        ]
        indexes = [models.Index(fields=["tenant_id", "asked_at"], name="rights_document_asked")]

    def __str__(self) -> str:
        return str(self.id)

    @staticmethod
    def hash_of(secret: str) -> bytes:
        """Return what is stored of a document's secret."""
        return keyed_hash(secret, purpose="rights.document")
