"""How far services have come with the lines of the guideline."""

from django.db import models
from django.db.models import Q

from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned
from medspiller.strategy.domain.guideline import ADVICE_STATES, DEMAND_STATES, Barrier, EvidenceKind
from medspiller.strategy.domain.vocabulary import TITLE_MOST, Service


@history.keep()
class LineAssessment(TenantOwned):
    """
    What is said now of one line in one service; what was said before is its history.

    `line` is the guideline's own number. `is_demand` is whether a law demands what the line says. `form` is the
    questionnaire, with its version, that it was said in; empty where it was said of the line alone. `indicator` is the
    indicator of our own that shows it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    line = models.CharField(max_length=20)
    service = models.CharField(max_length=20)
    is_demand = models.BooleanField()
    state = models.CharField(max_length=15)
    evidence_kind = models.CharField(max_length=10, blank=True, default="")
    evidence = models.TextField(blank=True, default="")
    indicator = models.CharField(max_length=100, blank=True, default="")
    barrier = models.CharField(max_length=20, blank=True, default="")
    barrier_text = models.TextField(blank=True, default="")
    next_step = models.TextField(blank=True, default="")
    who = models.CharField(max_length=TITLE_MOST, blank=True, default="")
    on = models.DateField()
    form = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "line", "service"], name="strategy_assessment_once"),
            models.CheckConstraint(
                condition=Q(line__regex=r"^PV-[0-9]+\.[0-9]+\.[0-9]+$"), name="strategy_assessment_line"
            ),
            models.CheckConstraint(
                condition=Q(service__in=[each.value for each in Service]), name="strategy_assessment_service"
            ),
            models.CheckConstraint(
                condition=Q(is_demand=True, state__in=[each.value for each in DEMAND_STATES])
                | Q(is_demand=False, state__in=[each.value for each in ADVICE_STATES]),
                name="strategy_assessment_state",
            ),
            models.CheckConstraint(
                condition=Q(evidence_kind__in=["", *(each.value for each in EvidenceKind)]),
                name="strategy_assessment_evidence",
            ),
            models.CheckConstraint(
                condition=Q(barrier__in=["", *(each.value for each in Barrier)]), name="strategy_assessment_barrier"
            ),
            models.CheckConstraint(
                condition=Q(evidence_kind=EvidenceKind.OWN_DATA.value) | Q(indicator=""),
                name="strategy_assessment_indicator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.service}"
