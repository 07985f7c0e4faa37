"""What a carer lacks, what is suggested to them, and the agreement with whoever follows them up."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from medspiller.catalogue.domain.vocabulary import Need as Code
from medspiller.core import history, ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned
from medspiller.followup.domain.agreements import AgreementClosed, AgreementState
from medspiller.followup.domain.needs import NeedEnded, NeedSource
from medspiller.followup.domain.suggesting import LIVE, DeclineReason, SuggestionKind, SuggestionState
from medspiller.followup.models.files import CarerFile

STANDS = Q(ended_at=None)
IS_LIVE = Q(state__in=sorted(each.value for each in LIVE))
NOT_CLOSED = ~Q(state=AgreementState.CLOSED.value)


@history.keep()
class Need(TenantOwned):
    """
    That a carer lacks something, in [noted_at, ended_at), by a code of the catalogue.

    It rests on `response` and the question `link_id` there, where it was answered; else somebody
    noted it in a talk. Several answers may say the same.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    file = models.ForeignKey(CarerFile, on_delete=models.PROTECT, related_name="needs")
    code = models.CharField(max_length=40)
    source = models.CharField(max_length=10)
    response = models.ForeignKey("questionnaires.Response", on_delete=models.PROTECT, null=True, related_name="+")
    questionnaire = models.CharField(max_length=600, blank=True, default="")
    link_id = models.CharField(max_length=255, blank=True, default="")
    said_on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()
    noted_by_name = models.TextField(blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_because = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "file", "code", "response"],
                condition=STANDS,
                nulls_distinct=False,
                name="followup_need_once",
            ),
            models.CheckConstraint(condition=Q(code__in=[each.value for each in Code]), name="followup_need_code"),
            models.CheckConstraint(
                condition=Q(source=NeedSource.TALK.value, response=None, link_id="")
                | Q(source=NeedSource.ANSWERS.value, response__isnull=False),
                name="followup_need_source",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_because="")
                | Q(
                    ended_at__gte=F("noted_at"),
                    ended_by__isnull=False,
                    ended_because__in=[each.value for each in NeedEnded],
                ),
                name="followup_need_ended_whole",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "file"], condition=STANDS, name="followup_need_of_file")]

    def __str__(self) -> str:
        return self.code


@history.keep(leave_out=("note",))
class Suggestion(TenantOwned):
    """
    A right or an offer that is suggested to a carer, why, and what they answered.

    `target` is the right's id or the offer's slug, `title` what it was called then, by language.
    `reasons` are codes, the weightiest first; `need` is the one that it answers most, if any.
    `rests_on` names the figures of the law that a right rests on. `changed_at` is when the law
    or a figure was changed since, until somebody has looked. `version` counts the answers.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    file = models.ForeignKey(CarerFile, on_delete=models.PROTECT, related_name="suggestions")
    kind = models.CharField(max_length=10)
    target = models.CharField(max_length=200)
    title = models.JSONField()
    reasons = ArrayField(models.CharField(max_length=60), default=list)
    need = models.CharField(max_length=40, blank=True, default="")
    rests_on = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    suggested_at = models.DateTimeField()
    suggested_by = models.UUIDField()
    suggested_by_name = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, default=SuggestionState.SUGGESTED.value)
    reason = models.CharField(max_length=20, blank=True, default="")
    note = EncryptedText(null=True)
    later_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answered_by_name = models.TextField(blank=True, default="")
    by_carer = models.BooleanField(default=False)
    changed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "file", "kind", "target"], condition=IS_LIVE, name="followup_suggestion_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in SuggestionKind]) & ~Q(target=""),
                name="followup_suggestion_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in SuggestionState]), name="followup_suggestion_state"
            ),
            models.CheckConstraint(
                condition=Q(state=SuggestionState.DECLINED.value, reason__in=[each.value for each in DeclineReason])
                | (~Q(state=SuggestionState.DECLINED.value) & Q(reason="")),
                name="followup_suggestion_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=SuggestionState.LATER.value, later_on__isnull=False)
                | (~Q(state=SuggestionState.LATER.value) & Q(later_on=None)),
                name="followup_suggestion_later",
            ),
            models.CheckConstraint(
                condition=Q(need="") | Q(need__in=[each.value for each in Code]), name="followup_suggestion_need"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "file", "rank"], name="followup_suggestion_of_file"),
            models.Index(fields=["tenant_id", "kind", "target"], condition=IS_LIVE, name="followup_suggestion_target"),
            models.Index(
                fields=["tenant_id", "answered_at"],
                condition=Q(state=SuggestionState.DECLINED.value),
                name="followup_suggestion_declined",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"


@history.keep()
class Agreement(TenantOwned):
    """
    The agreement with a carer: how far it has come, and on which day it is gone through.

    What was agreed stands in the answers of `response`. It is no decision on services.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    file = models.ForeignKey(CarerFile, on_delete=models.PROTECT, related_name="agreements")
    response = models.ForeignKey("questionnaires.Response", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10)
    drafted_at = models.DateTimeField()
    drafted_by = models.UUIDField()
    drafted_by_name = models.TextField(blank=True, default="")
    agreed_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_by_name = models.TextField(blank=True, default="")
    closed_on = models.DateField(null=True)
    closed_by = models.UUIDField(null=True)
    closed_because = models.CharField(max_length=20, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "file"], condition=NOT_CLOSED, name="followup_agreement_one"),
            models.CheckConstraint(
                condition=Q(state=AgreementState.DRAFT.value, agreed_on=None, reviewed_on=None)
                | Q(state=AgreementState.ACTIVE.value, agreed_on__isnull=False, review_on__isnull=False)
                | Q(
                    state=AgreementState.REVIEWED.value,
                    agreed_on__isnull=False,
                    review_on__isnull=False,
                    reviewed_on__isnull=False,
                )
                | Q(state=AgreementState.CLOSED.value),
                name="followup_agreement_state",
            ),
            models.CheckConstraint(
                condition=(NOT_CLOSED & Q(closed_on=None, closed_by=None, closed_because=""))
                | Q(
                    state=AgreementState.CLOSED.value,
                    closed_on__isnull=False,
                    closed_by__isnull=False,
                    closed_because__in=[each.value for each in AgreementClosed],
                ),
                name="followup_agreement_closed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"
