"""What staff have judged about a patient, each time with who, when, why and until when."""

from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic, ReasonToAsk
from medspiller.people.domain.circumstances import Circumstance
from medspiller.people.models.persons import Person


class Judgement(TenantOwned):
    """Who judged, when, why, and until when it holds at the latest: `review_on` is the day it is looked at again."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    judged_by = models.UUIDField()
    judged_by_name = models.TextField(blank=True, default="")
    judged_at = models.DateTimeField()
    reason = models.TextField()
    review_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_by_name = models.TextField(blank=True, default="")
    end_reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


@history.keep()
class CompetenceDecision(Judgement):
    """
    Whether the patient could decide for themselves in one matter (pbrl § 4-3).

    Never a permanent mark: it is about `matter`, says why, is shown to the patient and the
    nearest, and is looked at again.
    """

    patient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="competence_decisions")
    matter = models.CharField(max_length=300)
    competent = models.BooleanField()
    shown_to_patient_at = models.DateTimeField(null=True)
    shown_to_nearest_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="people_competencedecision_says_why"),
            models.CheckConstraint(condition=~Q(matter=""), name="people_competencedecision_has_matter"),
            models.CheckConstraint(
                condition=Q(competent=True) | Q(review_on__isnull=False), name="people_competencedecision_is_reviewed"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("judged_at")), name="people_competencedecision_period"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "patient"], condition=Q(ended_at=None), name="people_competencedecision_of"
            ),
        ]


@history.keep()
class CircumstanceJudged(Judgement):
    """
    That a circumstance of the information table is there, for one recipient or (None) for all.

    It holds until `ended_at`, and no longer than the day of `review_on`.
    """

    patient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="circumstances")
    recipient = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=50)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__in=[each.value for each in Circumstance]), name="people_circumstance_code"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="people_circumstance_says_why"),
            models.CheckConstraint(
                condition=Q(recipient=None) | ~Q(recipient=F("patient")), name="people_circumstance_to_another"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("judged_at")), name="people_circumstance_period"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "patient"], condition=Q(ended_at=None), name="people_circumstance_of"),
        ]


@history.keep()
class ChildrenAnswer(TenantOwned):
    """What was last answered to one of the questions about children and siblings, by whom asked and when."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    patient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="children_answers")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=20)
    reply = models.CharField(max_length=10)
    asked_by = models.UUIDField()
    asked_by_name = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "patient", "topic"], name="people_childrenanswer_once"),
            models.CheckConstraint(
                condition=Q(topic__in=[each.value for each in ChildrenTopic]), name="people_childrenanswer_topic"
            ),
            models.CheckConstraint(
                condition=Q(reply__in=[each.value for each in ChildrenReply]), name="people_childrenanswer_reply"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


@history.keep()
class ChildrenReason(TenantOwned):
    """
    That there is a reason to ask a patient about minor children and siblings, from `recorded_at` until it ended.

    It belongs to the patient. `code` says of which kind it is, and nothing here says more.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    patient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="children_reasons")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    recorded_by = models.UUIDField()
    recorded_by_name = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_by_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "patient", "code"], condition=Q(ended_at=None), name="people_childrenreason_once"
            ),
            models.CheckConstraint(
                condition=Q(code__in=[each.value for each in ReasonToAsk]), name="people_childrenreason_code"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_by_name="")
                | Q(ended_at__gte=F("recorded_at"), ended_by__isnull=False),
                name="people_childrenreason_ended_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


@history.keep()
class Statement(TenantOwned):
    """
    What somebody says matters to them, in their own words, written down by themselves or by staff.

    It belongs to `owner` alone, whoever they care for or are cared for by. `about` is the person
    whom they spoke of as their carer or cared for, if any; that one does not own it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="statements")
    about = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(max_length=2000)
    said_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    recorded_by_name = models.TextField(blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="people_statement_says_something"),
            models.CheckConstraint(
                condition=Q(about=None) | ~Q(about=F("owner")), name="people_statement_about_another"
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "owner", "said_at"], name="people_statement_of")]

    def __str__(self) -> str:
        return str(self.id)
