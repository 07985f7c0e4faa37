"""What the worker makes of answers: drawings over time, and documents to take along. Both are kept for a while only."""

from django.db import models
from django.db.models import Q

from medspiller.core import ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned
from medspiller.ui.documents import Problem

_PROBLEMS = ["", *(each.value for each in Problem)]


class Chart(TenantOwned):
    """
    A drawing of somebody's answers to one thing over time, in one language.

    `about_url` is the questionnaire or instrument. `digest` is of `picture`, the words and figures
    that are drawn: another answer, another language or another rule is another picture.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    about_url = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)
    picture = EncryptedText()
    svg = EncryptedText(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True, default="")
    asked_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "person", "about_url", "digest"], name="questionnaires_chart_once"
            ),
            models.CheckConstraint(condition=Q(problem__in=_PROBLEMS), name="questionnaires_chart_problem"),
        ]
        indexes = [models.Index(fields=["tenant_id", "asked_at"], name="questionnaires_chart_asked")]

    def __str__(self) -> str:
        return str(self.id)


class Document(TenantOwned):
    """
    Finished answers as a PDF, for whoever asked for it (`asked_by`) and nobody else, for an hour.

    `page` is the page as it would be printed, in the language it was asked for in, until `pdf`
    (base 64) is made of it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    response = models.ForeignKey("questionnaires.Response", on_delete=models.CASCADE, related_name="+")
    asked_by = models.UUIDField()
    language = models.CharField(max_length=10)
    page = EncryptedText(null=True)
    pdf = EncryptedText(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True, default="")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "response", "asked_by"], name="questionnaires_document_once"),
            models.CheckConstraint(condition=Q(problem__in=_PROBLEMS), name="questionnaires_document_problem"),
        ]
        indexes = [models.Index(fields=["tenant_id", "asked_at"], name="questionnaires_document_asked")]

    def __str__(self) -> str:
        return str(self.id)
