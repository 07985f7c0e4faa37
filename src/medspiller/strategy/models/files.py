"""Files that the worker makes of reports, to take along."""

from django.db import models
from django.db.models import Q

from medspiller.core import ids
from medspiller.core.tenancy import TenantOwned
from medspiller.strategy.domain.files import FileForm, FileOf
from medspiller.strategy.models.strategies import Strategy
from medspiller.ui.documents import Problem


class MadeFile(TenantOwned):
    """
    A file of a strategy, for whoever asked for it (`asked_by`), for an hour.

    `of` says what is in it, `year` which yearly report, 0 for what is of no year. `content` is what it is made of, a
    page or JSON, until `file` is there; `job` makes it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="+")
    of = models.CharField(max_length=10)
    form = models.CharField(max_length=5)
    year = models.PositiveSmallIntegerField(default=0)
    asked_by = models.UUIDField()
    content = models.TextField(null=True)  # noqa: DJ001 - gone is not empty
    file = models.BinaryField(null=True)
    job = models.BigIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True, default="")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "strategy", "of", "form", "year", "asked_by"], name="strategy_madefile_once"
            ),
            models.CheckConstraint(condition=Q(of__in=[each.value for each in FileOf]), name="strategy_madefile_of"),
            models.CheckConstraint(
                condition=Q(form__in=[each.value for each in FileForm]), name="strategy_madefile_form"
            ),
            models.CheckConstraint(
                condition=Q(problem__in=["", *(each.value for each in Problem)]), name="strategy_madefile_problem"
            ),
            models.CheckConstraint(
                condition=Q(made_at=None, file=None) | Q(made_at__isnull=False, file__isnull=False, content=None),
                name="strategy_madefile_made_whole",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "asked_at"], name="strategy_madefile_asked")]

    def __str__(self) -> str:
        return f"{self.of} {self.form}"
