"""Answers to one version of a questionnaire, their scores, and the files that were added to them."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned
from medspiller.questionnaires.domain.definition.audience import Subject
from medspiller.questionnaires.domain.states import How, Source, Status

_KEEP_WHAT_WAS_ANSWERED = """
IF NEW.status = 'in_progress' OR (OLD.status = 'entered_in_error' AND NEW.status <> OLD.status)
    OR (NEW.answers, NEW.questionnaire_url, NEW.questionnaire_version, NEW.questionnaire_digest, NEW.completed_at,
        NEW.belongs_to, NEW.tags, NEW.author, NEW.source, NEW.how)
    IS DISTINCT FROM (OLD.answers, OLD.questionnaire_url, OLD.questionnaire_version, OLD.questionnaire_digest,
        OLD.completed_at, OLD.belongs_to, OLD.tags, OLD.author, OLD.source, OLD.how)
THEN
    RAISE EXCEPTION 'response % is finished and stays as it is', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'questionnaires_response_frozen';
END IF;
RETURN NEW;
"""

KEEP_WHAT_WAS_ANSWERED = pgtrigger.Trigger(
    name="keep_what_was_answered",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=~pgtrigger.Q(old__status=Status.IN_PROGRESS.value),
    func=_KEEP_WHAT_WAS_ANSWERED,
)

COMPLETED = Q(status=Status.COMPLETED.value)
IN_PROGRESS = Q(status=Status.IN_PROGRESS.value)


@history.keep(leave_out=["answers", "unreadable", "taken_from", "tabs"], unless=("status", Status.IN_PROGRESS.value))
class Response(TenantOwned):
    """
    Answers that belong to `subject`, to exactly one version of a questionnaire.

    `belongs_to` says as what: as a carer, or as the person they are about (`audience.Subject`).
    `about` is the other person they speak of, if any; that one does not own them. `answers` is a
    QuestionnaireResponse. While it is in progress it is its author's alone, saved as they type:
    `unreadable` holds what was typed and is no answer yet, `taken_from` where prefilled answers
    came from, `tabs` what was typed in two tabs at once; `number` orders saves and `version` counts
    them, `step` is where the author was.
    Once completed it stays as it is; `amends` is the version before it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    questionnaire_url = models.CharField(max_length=500)
    questionnaire_version = models.CharField(max_length=64)
    questionnaire_digest = models.CharField(max_length=64)
    belongs_to = models.CharField(max_length=20)
    tags = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    language = models.CharField(max_length=10)
    status = models.CharField(max_length=20)
    answers = models.JSONField()
    unreadable = models.JSONField(default=dict, blank=True)
    taken_from = models.JSONField(default=dict, blank=True)
    tabs = models.JSONField(default=dict, blank=True)
    large = models.BooleanField(default=False)
    source = models.CharField(max_length=10)
    how = models.CharField(max_length=20)
    author = models.UUIDField()
    author_name = models.TextField(blank=True, default="")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    number = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    step = models.PositiveSmallIntegerField(default=1)
    amends = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    wrong_at = models.DateTimeField(null=True)
    wrong_by = models.UUIDField(null=True)
    wrong_by_name = models.TextField(blank=True, default="")
    wrong_reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        triggers = [KEEP_WHAT_WAS_ANSWERED]
        constraints = [
            models.CheckConstraint(
                condition=Q(about=None) | ~Q(about=F("subject")), name="questionnaires_response_about_another"
            ),
            models.CheckConstraint(
                condition=Q(
                    source__in=[each.value for each in Source],
                    how__in=[each.value for each in How],
                    belongs_to__in=[each.value for each in Subject],
                ),
                name="questionnaires_response_given",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.IN_PROGRESS.value, completed_at=None, wrong_at=None)
                | Q(status=Status.COMPLETED.value, completed_at__isnull=False, wrong_at=None, unreadable={})
                | (
                    Q(status=Status.ENTERED_IN_ERROR.value, completed_at__isnull=False, wrong_at__isnull=False)
                    & Q(wrong_by__isnull=False)
                    & ~Q(wrong_reason="")
                ),
                name="questionnaires_response_status",
            ),
            models.CheckConstraint(
                condition=Q(questionnaire_digest__regex=r"^[0-9a-f]{64}$"), name="questionnaires_response_digest"
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "amends"], condition=COMPLETED, name="questionnaires_response_amended_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "subject", "-completed_at"], name="questionnaires_response_of"),
            models.Index(
                fields=["tenant_id", "about", "-completed_at"],
                condition=Q(about__isnull=False),
                name="questionnaires_response_about",
            ),
            models.Index(
                fields=["tenant_id", "author", "-saved_at"], condition=IN_PROGRESS, name="questionnaires_response_begun"
            ),
            models.Index(fields=["tenant_id", "questionnaire_url", "-completed_at"], name="questionnaires_response_to"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def canonical(self) -> str:
        return f"{self.questionnaire_url}|{self.questionnaire_version}"


class Score(TenantOwned):
    """What a calculated item came to when the answers were completed."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    # Held by the key of tenant and id alone: a second check of each row would find nothing else.
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="scores", db_constraint=False)
    link_id = models.CharField(max_length=255)
    value = models.DecimalField(max_digits=24, decimal_places=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "response", "link_id"], name="questionnaires_score_once"),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.value}"


class Upload(TenantOwned):
    """A file that was sent in `field` of a page, sealed; `content` is the file in base 64, at most five megabytes."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="uploads")
    field = models.CharField(max_length=255)
    title = models.CharField(max_length=200)
    media_type = models.CharField(max_length=50)
    size = models.PositiveIntegerField()
    content = EncryptedText()
    added_by = models.UUIDField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(media_type__in=["application/pdf", "image/png", "image/jpeg"]),
                name="questionnaires_upload_media_type",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "response"], name="questionnaires_upload_of")]

    def __str__(self) -> str:
        return str(self.id)


class Moved(TenantOwned):
    """That a row was made to be about another row of the same person, so that it can be taken back exactly."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    merge_id = models.UUIDField()
    table = models.CharField(max_length=20)
    row_id = models.UUIDField()
    column = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "merge_id", "row_id", "column"], name="questionnaires_moved_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"
