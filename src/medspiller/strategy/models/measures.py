"""A measure, who answers for it, which goals it serves and what it is linked to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned
from medspiller.strategy.domain.vocabulary import (
    FIRST_YEAR,
    LAST_YEAR,
    OVER,
    TITLE_MOST,
    Light,
    LinkKind,
    MeasureStatus,
    Service,
)
from medspiller.strategy.models import triggers
from medspiller.strategy.models.strategies import FocusArea, Goal, Strategy


@history.keep()
class Measure(TenantOwned):
    """
    What is to be done in a focus area, in the calendar years from `from_year` to `to_year`, both included.

    A year of None is the strategy's own. `budget` is in whole kroner. `status`, `light`, `reported_on`,
    `has_evidence` and `needs_decision` are what its reports that stand say. `services` are those that carry it out.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="measures")
    area = models.ForeignKey(FocusArea, on_delete=models.CASCADE, related_name="measures")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    from_year = models.PositiveSmallIntegerField(null=True)
    to_year = models.PositiveSmallIntegerField(null=True)
    budget = models.BigIntegerField(null=True)
    funding = models.TextField(blank=True, default="")
    partners = models.TextField(blank=True, default="")
    deliverables = models.TextField(blank=True, default="")
    services = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=15, default=MeasureStatus.NOT_STARTED.value)
    light = models.CharField(max_length=10, blank=True, default="")
    reported_on = models.DateField(null=True)
    has_evidence = models.BooleanField(default=False)
    needs_decision = models.BooleanField(default=False)
    status_due_on = models.DateField(null=True)
    learnt = models.TextField(blank=True, default="")
    # The measure of the strategy before, which this one carries on.
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "area", "number"], name="strategy_measure_number"),
            models.CheckConstraint(condition=~Q(text="") & Q(number__gte=1), name="strategy_measure_whole"),
            models.CheckConstraint(
                condition=(Q(from_year=None) | Q(from_year__gte=FIRST_YEAR, from_year__lte=LAST_YEAR))
                & (Q(to_year=None) | Q(to_year__gte=FIRST_YEAR, to_year__lte=LAST_YEAR))
                & (Q(from_year=None) | Q(to_year=None) | Q(to_year__gte=F("from_year"))),
                name="strategy_measure_years",
            ),
            models.CheckConstraint(condition=Q(budget=None) | Q(budget__gte=0), name="strategy_measure_budget"),
            models.CheckConstraint(
                condition=Q(status__in=[each.value for each in MeasureStatus]), name="strategy_measure_status"
            ),
            models.CheckConstraint(
                condition=Q(light__in=["", *(each.value for each in Light)]), name="strategy_measure_light"
            ),
            models.CheckConstraint(
                condition=Q(services__contained_by=[each.value for each in Service]), name="strategy_measure_services"
            ),
            models.CheckConstraint(
                condition=Q(copied_from=None) | ~Q(copied_from=F("id")), name="strategy_measure_not_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "strategy", "area", "number"], name="strategy_measure_in_order"),
            models.Index(
                fields=["tenant_id", "status_due_on"],
                condition=Q(status_due_on__isnull=False) & ~Q(status__in=sorted(each.value for each in OVER)),
                name="strategy_measure_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.number}"


@history.keep()
class MeasureOwner(TenantOwned):
    """Who answers for a measure: a name as the plan writes it, and the unit of the house that it means, if one does."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="owners")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=TITLE_MOST)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "measure", "number"], name="strategy_owner_number"),
            models.CheckConstraint(condition=~Q(name="") & Q(number__gte=1), name="strategy_owner_whole"),
        ]
        indexes = [models.Index(fields=["tenant_id", "unit"], name="strategy_owner_of_unit")]

    def __str__(self) -> str:
        return self.name


@history.keep()
class MeasureGoal(TenantOwned):
    """That a measure serves a goal of its strategy."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="measure_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "measure", "goal"], name="strategy_measuregoal_once"),
        ]
        triggers = [triggers.GOAL_OF_THE_SAME_STRATEGY]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.goal_id}"


@history.keep()
class MeasureLink(TenantOwned):
    """
    What a measure carries out, or is carried out by: a measure of a national strategy, or something by its reference.

    `ref` is a line of the guideline (`PV-2.1.1`), a slug, a canonical address or an indicator's id; `label` what it
    was called when it was linked.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=15)
    target_measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, related_name="linked_from")
    ref = models.CharField(max_length=300, blank=True, default="")
    label = models.CharField(max_length=TITLE_MOST, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[each.value for each in LinkKind]), name="strategy_link_kind"),
            models.CheckConstraint(
                condition=Q(kind=LinkKind.NATIONAL.value, target_measure__isnull=False, ref="")
                | (~Q(kind=LinkKind.NATIONAL.value) & Q(target_measure=None) & ~Q(ref="")),
                name="strategy_link_target",
            ),
            models.CheckConstraint(
                condition=Q(target_measure=None) | ~Q(target_measure=F("measure")), name="strategy_link_not_itself"
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "measure", "target_measure"],
                condition=Q(target_measure__isnull=False),
                name="strategy_link_target_once",
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "measure", "kind", "ref"], condition=~Q(ref=""), name="strategy_link_ref_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "target_measure"],
                condition=Q(target_measure__isnull=False),
                name="strategy_link_of_target",
            ),
            models.Index(fields=["tenant_id", "kind", "ref"], condition=~Q(ref=""), name="strategy_link_of_ref"),
        ]
        triggers = [triggers.TARGET_IS_NATIONAL]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_measure_id or self.ref}"
