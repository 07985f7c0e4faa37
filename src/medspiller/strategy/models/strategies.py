"""A strategy, its parts, and the log of its hearing and adoption."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned
from medspiller.strategy.domain.vocabulary import (
    CURRENT,
    FIRST_YEAR,
    LAST_YEAR,
    SLUG_MOST,
    TITLE_MOST,
    Body,
    Event,
    Level,
    StrategyStatus,
)

_CURRENT = Q(status__in=sorted(each.value for each in CURRENT))


@history.keep()
class Strategy(TenantOwned):
    """
    A strategy with its action plan. It holds in the calendar years from `from_year` to `to_year`, both included.

    `unit` answers for it; a national strategy has none. `owner_name` is whose it is: the municipality, ministry or
    trust. `version` counts changes of the strategy's own fields.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    level = models.CharField(max_length=15)
    title = models.CharField(max_length=TITLE_MOST)
    slug = models.CharField(max_length=SLUG_MOST)
    owner_name = models.CharField(max_length=200, blank=True, default="")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    responsible = models.TextField(blank=True, default="")
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField()
    adopted_by = models.CharField(max_length=200, blank=True, default="")
    adopted_on = models.DateField(null=True)
    rolls_every_years = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(max_length=10, default=StrategyStatus.DRAFT.value)
    is_public = models.BooleanField(default=False)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    # Of the file it was read from, if it was.
    source_name = models.CharField(max_length=200, blank=True, default="")
    source_digest = models.CharField(max_length=64, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    made_by_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "slug"], name="strategy_strategy_slug"),
            models.UniqueConstraint(
                "tenant_id",
                "level",
                Lower("owner_name"),
                Lower("title"),
                "from_year",
                "to_year",
                condition=_CURRENT,
                name="strategy_strategy_once",
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "replaces"], condition=_CURRENT, name="strategy_strategy_replaced_once"
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="strategy_strategy_slug_form"
            ),
            models.CheckConstraint(
                condition=Q(level__in=[each.value for each in Level]), name="strategy_strategy_level"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[each.value for each in StrategyStatus]), name="strategy_strategy_status"
            ),
            models.CheckConstraint(
                condition=Q(from_year__gte=FIRST_YEAR, to_year__lte=LAST_YEAR, to_year__gte=F("from_year")),
                name="strategy_strategy_years",
            ),
            models.CheckConstraint(
                condition=Q(rolls_every_years=None) | Q(rolls_every_years__gte=1, rolls_every_years__lte=20),
                name="strategy_strategy_rolls",
            ),
            models.CheckConstraint(
                condition=~Q(level=Level.NATIONAL.value) | Q(unit=None), name="strategy_strategy_national_no_unit"
            ),
            models.CheckConstraint(
                condition=~Q(status=StrategyStatus.ADOPTED.value) | Q(adopted_on__isnull=False),
                name="strategy_strategy_adopted_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(status=StrategyStatus.DRAFT.value),
                name="strategy_strategy_public_no_draft",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")), name="strategy_strategy_not_itself"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="strategy_strategy_has_title"),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "level", "-from_year"], name="strategy_strategy_listed"),
            models.Index(fields=["tenant_id"], condition=Q(is_public=True), name="strategy_strategy_public"),
        ]

    def __str__(self) -> str:
        return self.slug


@history.keep()
class FocusArea(TenantOwned):
    """One of the areas that a strategy is about, numbered from 1."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="areas")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE_MOST)
    text = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "strategy", "number"], name="strategy_area_number"),
            models.CheckConstraint(condition=~Q(title="") & Q(number__gte=1), name="strategy_area_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@history.keep()
class Goal(TenantOwned):
    """How it is to be in a focus area: «Hvordan vil vi ha det»."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    area = models.ForeignKey(FocusArea, on_delete=models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "area", "number"], name="strategy_goal_number"),
            models.CheckConstraint(condition=~Q(text="") & Q(number__gte=1), name="strategy_goal_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.number}"


@history.keep()
class Approach(TenantOwned):
    """How a focus area is gone about: «Hvordan vil vi gjøre det»."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    area = models.ForeignKey(FocusArea, on_delete=models.CASCADE, related_name="approaches")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "area", "number"], name="strategy_approach_number"),
            models.CheckConstraint(condition=~Q(text="") & Q(number__gte=1), name="strategy_approach_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.number}"


class LogEntry(TenantOwned):
    """One line of who heard, commented or decided a strategy. Lines are added, never changed."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="log")
    on = models.DateField()
    body = models.CharField(max_length=20)
    body_name = models.CharField(max_length=200, blank=True, default="")
    what = models.CharField(max_length=10)
    text = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(body__in=[each.value for each in Body]), name="strategy_log_body"),
            models.CheckConstraint(condition=Q(what__in=[each.value for each in Event]), name="strategy_log_what"),
            models.CheckConstraint(
                condition=~Q(body=Body.OTHER.value) | ~Q(body_name=""), name="strategy_log_other_named"
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "strategy", "-on"], name="strategy_log_of_strategy")]

    def __str__(self) -> str:
        return f"{self.what} {self.on}"
