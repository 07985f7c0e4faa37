"""The yearly reports of strategies."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned
from medspiller.strategy.domain.editions import FIRST_EDITION
from medspiller.strategy.domain.reports import FIRST_YEAR, ReportKind, ReportState
from medspiller.strategy.domain.vocabulary import LAST_YEAR
from medspiller.strategy.models.strategies import Strategy

# Whatever writes: what was final is what was decided on.
FINAL_STAYS = pgtrigger.Trigger(
    name="final_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Q(old__state=ReportState.FINAL.value),
    func="""
RAISE EXCEPTION 'yearly report % is final', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'strategy_yearlyreport_final_stays';
""",
)


@history.keep(leave_out=("figures", "figures_at", "basis"))
class YearlyReport(TenantOwned):
    """
    The report of one calendar year of a strategy.

    `sections` are the texts, by the section's key. `figures` are those that were counted at `figures_at`: when it was
    drafted, or when somebody last asked for new ones. `version` counts changes. `language` is that of the texts.
    `basis` has, for each section, what it was called when it was last written (`title`), and a mark of the text that
    it would have been drafted with then (`mark`).

    A final report that is opened again goes on in a row of its own, the next `edition`, with why (`reopened_why`); the
    one before stays as it was.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="yearly_reports")
    year = models.PositiveSmallIntegerField()
    # With defaults of the database, so that a version that does not know them can go on writing while it is replaced.
    edition = models.PositiveSmallIntegerField(default=FIRST_EDITION, db_default=FIRST_EDITION)
    reopened_why = models.TextField(blank=True, default="", db_default="")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=ReportState.DRAFT.value)
    language = models.CharField(max_length=5)
    sections = models.JSONField()
    basis = models.JSONField(default=dict)
    figures = models.JSONField(null=True)
    figures_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    made_by_name = models.TextField(blank=True, default="")
    finalised_at = models.DateTimeField(null=True)
    finalised_by = models.UUIDField(null=True)
    finalised_by_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "strategy", "year", "edition"], name="strategy_yearlyreport_edition_once"
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "strategy", "year"],
                condition=Q(state=ReportState.DRAFT.value),
                name="strategy_yearlyreport_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(edition=FIRST_EDITION, reopened_why="")
                | Q(edition__gt=FIRST_EDITION) & ~Q(reopened_why=""),
                name="strategy_yearlyreport_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in ReportKind]), name="strategy_yearlyreport_kind"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="strategy_yearlyreport_year"
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT.value, finalised_at=None, finalised_by=None)
                | Q(
                    state=ReportState.FINAL.value,
                    figures__isnull=False,
                    finalised_at__gte=F("made_at"),
                    finalised_by__isnull=False,
                ),
                name="strategy_yearlyreport_final_whole",
            ),
        ]
        triggers = [FINAL_STAYS]

    def __str__(self) -> str:
        return f"{self.strategy_id} {self.year} ({self.edition})"
