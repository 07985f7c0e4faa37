"""Rows of units and the posts in them."""

from datetime import date
from typing import Self, TypeVar
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Lower

from medspiller.core import history, ids
from medspiller.core.periods import Period
from medspiller.core.tenancy import TenantOwned
from medspiller.organisations.domain.details import (
    NAME_LENGTH,
    NOTICE_LENGTH,
    PHONE_LENGTH,
    UnitDetails,
)
from medspiller.organisations.domain.kinds import UnitKind
from medspiller.organisations.models import triggers
from medspiller.organisations.models.names import UNIT_KIND_NAMES

# Stands for "no parent" where the database compares: null equals nothing.
_TOP = UUID(int=0)


Row = TypeVar("Row", bound=models.Model)


class OpenOnQuerySet(models.QuerySet[Row]):
    """Rows that are open in [opened_on, closed_from)."""

    def open_on(self, day: date) -> Self:
        """Narrow to those open on a day."""
        return self.filter(opened_on__lte=day).exclude(closed_from__lte=day)

    def open_at_or_after(self, day: date) -> Self:
        """Narrow to those that are open on some day from `day` on."""
        return self.exclude(closed_from__lte=day)


@history.keep()
class Unit(TenantOwned):
    """
    A part of the tenant, in [opened_on, closed_from), under another unit or at the top.

    `version` counts changes: whoever changes a unit says which version they saw.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="subunits")
    name = models.CharField(max_length=NAME_LENGTH)
    kind = models.CharField(max_length=40)
    about = models.TextField(blank=True, default="")
    opening_hours = models.TextField(blank=True, default="")
    phone = models.CharField(max_length=PHONE_LENGTH, blank=True, db_default="")
    notice = models.CharField(max_length=NOTICE_LENGTH, blank=True, default="")
    opened_on = models.DateField()
    closed_from = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OpenOnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in UnitKind]), name="organisations_unit_kind"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organisations_unit_has_name"),
            models.CheckConstraint(
                condition=Q(closed_from=None) | Q(closed_from__gt=F("opened_on")), name="organisations_unit_period"
            ),
            ExclusionConstraint(
                name="organisations_unit_name_among_siblings",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    (Coalesce("parent_id", Value(_TOP)), RangeOperators.EQUAL),
                    (Lower("name"), RangeOperators.EQUAL),
                    (
                        Func("opened_on", "closed_from", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        indexes = [
            GistIndex(
                F("tenant_id"),
                OpClass(
                    Func("name", function="medspiller_fold", output_field=models.TextField()), name="gist_trgm_ops"
                ),
                name="organisations_unit_search",
            )
        ]
        triggers = [triggers.KEEP_TREE]

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> Period:
        return Period(self.opened_on, self.closed_from)

    @property
    def kind_name(self) -> str:
        return str(UNIT_KIND_NAMES[UnitKind(self.kind)])

    @property
    def details(self) -> UnitDetails:
        return UnitDetails(
            name=self.name,
            kind=UnitKind(self.kind),
            about=self.about,
            opening_hours=self.opening_hours,
            phone=self.phone,
            notice=self.notice,
        )


@history.keep()
class Post(TenantOwned):
    """
    A position in a unit, in [opened_on, closed_from). Who holds it is `access`' to know.

    Several posts of one unit may bear the same title: a ward has many nurses.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=NAME_LENGTH)
    opened_on = models.DateField()
    closed_from = models.DateField(null=True)

    objects = OpenOnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="organisations_post_has_title"),
            models.CheckConstraint(
                condition=Q(closed_from=None) | Q(closed_from__gt=F("opened_on")), name="organisations_post_period"
            ),
        ]
        triggers = [triggers.KEEP_WITHIN_UNIT]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        return Period(self.opened_on, self.closed_from)
