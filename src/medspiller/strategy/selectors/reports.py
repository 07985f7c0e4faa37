"""Yearly reports, and what stood in a strategy when a year ended."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext, override

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.statistics import selectors as statistics
from medspiller.strategy import policies
from medspiller.strategy.domain.editions import Edition, has_computed, without_computed
from medspiller.strategy.domain.kept_reports import from_json
from medspiller.strategy.domain.reports import (
    REPORTS_SHOWN,
    Heard,
    MeasureState,
    Message,
    Part,
    ReportKind,
    ReportState,
    YearState,
    by_owner,
    has_ended,
    is_of_year,
    last_before,
)
from medspiller.strategy.domain.vocabulary import Level, MeasureStatus
from medspiller.strategy.models import (
    FocusArea,
    IndicatorValue,
    LogEntry,
    Measure,
    StatusReport,
    Strategy,
    YearlyReport,
)
from medspiller.strategy.selectors import _report_indicators as indicators


@dataclass(frozen=True, slots=True)
class YearlyReportLine:
    """One year's report in a list."""

    year: int
    state: ReportState
    made_at: datetime
    finalised_at: datetime | None
    # How many final editions there are of it besides.
    earlier: int


@dataclass(frozen=True, slots=True)
class SeenYearlyReport:
    """
    One edition of a report: its texts, and its figures as they were counted at `figures_at`.

    `has_news` is whether something of the year was reported or written down since, which a draft can still take in.
    `editions` are all there are, the newest first. `shows_too_small`: the figures of a draft were counted when smaller
    counts were shown than are now. `is_withheld`: computed figures are left out, for that, or since the reader may not
    see those of a draft or of an edition that a later one has replaced.
    """

    strategy_id: UUID
    title: str
    year: int
    state: ReportState
    language: str
    version: int
    sections: Mapping[str, str]
    # What each section was called, and a mark of what it would have begun with, when it was last written.
    basis: Mapping[str, Mapping[str, str]]
    figures: YearState
    figures_at: datetime | None
    has_news: bool
    made_at: datetime
    made_by_name: str
    finalised_at: datetime | None
    finalised_by_name: str
    may_edit: bool
    may_finalise: bool
    may_reopen: bool
    edition: int
    editions: tuple[Edition, ...]
    is_withheld: bool
    shows_too_small: bool

    @property
    def is_newest(self) -> bool:
        """Whether no later edition goes on with it."""
        return self.edition == self.editions[0].number

    @property
    def reopened_why(self) -> str:
        """Why the edition before it was opened again; empty for the first."""
        return next(each.reopened_why for each in self.editions if each.number == self.edition)

    @property
    def is_final(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.state is ReportState.FINAL


@dataclass(frozen=True, slots=True)
class ReportYears:
    """The reports of a strategy, the newest first, and the years of which there could be one and is none."""

    strategy_id: UUID
    title: str
    reports: tuple[YearlyReportLine, ...]
    missing: tuple[int, ...]
    may_edit: bool


def yearly_reports(*, actor: Actor, strategy_id: UUID) -> ReportYears:
    """
    Return the reports of a strategy.

    :raises NotFound: if there is no such strategy.
    :raises NotAllowed: for whoever may not read strategies.
    """
    strategy = _strategy(actor, strategy_id)
    rows = YearlyReport.objects.filter(strategy=strategy).defer("figures", "sections").order_by("-year", "edition")
    # Of each year the newest edition; all before it are final.
    newest = {row.year: (row, earlier) for row, earlier in _numbered(rows)}
    lines = tuple(
        YearlyReportLine(row.year, ReportState(row.state), row.made_at, row.finalised_at, earlier)
        for row, earlier in newest.values()
    )
    last = min(clock.today().year, strategy.to_year + 1)
    there = {line.year for line in lines}
    missing = tuple(year for year in range(last, strategy.from_year - 1, -1) if year not in there)
    may_edit = policies.may_edit(actor, unit_id=strategy.unit_id)
    return ReportYears(strategy.id, strategy.title, lines, missing, may_edit=may_edit)


def yearly_report(*, actor: Actor, strategy_id: UUID, year: int, edition: int | None = None) -> SeenYearlyReport:
    """
    Return the report of a year: an edition of it, the newest if none is named.

    Of a draft, computed figures are for those who may see figures: what is not decided on may still be wrong, and is
    counted anew as often as somebody likes. So are those of a final edition that a later one has replaced: two counts
    of much the same people tell of the few by whom they differ. In the newest final report all read them.

    :raises NotFound: if there is none.
    :raises NotAllowed: for whoever may not read strategies.
    """
    strategy = _strategy(actor, strategy_id)
    rows = list(YearlyReport.objects.filter(strategy=strategy, year=year).order_by("-edition"))
    row = next((each for each in rows if edition in (None, each.edition)), None)
    if row is None:
        raise NotFound(f"yearly report {year} of {strategy_id}")
    is_final, is_newest = row.state == ReportState.FINAL.value, row is rows[0]
    figures = kept_figures(actor=actor, row=row)
    too_small = not is_final and shows_too_small(actor=actor, state=figures)
    is_open_to_all = is_final and not any(each.state == row.state for each in rows[: rows.index(row)])
    is_withheld = has_computed(figures) and (too_small or not (is_open_to_all or actor.may(policies.VIEW_STATISTICS)))
    may_edit = policies.may_edit(actor, unit_id=strategy.unit_id)
    may_decide = is_newest and may_edit and actor.may(policies.ADOPT)
    return SeenYearlyReport(
        strategy_id=strategy.id,
        title=figures.title if is_final else strategy.title,
        year=row.year,
        state=ReportState(row.state),
        language=row.language,
        version=row.version,
        sections=row.sections,
        basis=row.basis,
        figures=without_computed(figures) if is_withheld else figures,
        figures_at=row.figures_at,
        has_news=not is_final and (too_small or has_news(actor=actor, row=row)),
        made_at=row.made_at,
        made_by_name=row.made_by_name,
        finalised_at=row.finalised_at,
        finalised_by_name=row.finalised_by_name,
        may_edit=not is_final and may_edit,
        may_finalise=not is_final and may_decide,
        may_reopen=is_final and may_decide,
        edition=row.edition,
        editions=tuple(map(_edition, rows)),
        is_withheld=is_withheld,
        shows_too_small=too_small,
    )


def kept_figures(*, actor: Actor, row: YearlyReport) -> YearState:
    """Return the figures of a report as they were last counted; of one of which nobody has counted any, as they are."""
    if row.figures is not None:
        return from_json(row.figures)
    return year_state(actor=actor, strategy_id=row.strategy_id, year=row.year, language=row.language)


def shows_too_small(*, actor: Actor, state: YearState) -> bool:
    """Say whether figures were counted when smaller counts were shown than the municipality shows now."""
    return state.least < statistics.smallest_count(actor=actor)


def year_state(*, actor: Actor, strategy_id: UUID, year: int, language: str = "nb") -> YearState:
    """
    Return what stood in a strategy when a year ended; of this year, what stands now.

    :raises NotFound: if there is no such strategy.
    :raises NotAllowed: for whoever may not read strategies.
    """
    return _state(actor, _strategy(actor, strategy_id), year, language)


def has_news(*, actor: Actor, row: YearlyReport) -> bool:
    """
    Say whether something that the report tells of was reported or written down since its figures were counted.

    What is of later years is no news of this one: nothing of it would be taken in.

    :raises NotAllowed: for whoever may not read strategies.
    """
    policies.ensure(actor, policies.READ)
    if row.figures_at is None:
        return False
    over = date(row.year + 1, 1, 1)
    reported = StatusReport.objects.filter(measure__strategy=row.strategy_id, at__gt=row.figures_at)
    written = IndicatorValue.objects.filter(
        measure_indicator__measure__strategy=row.strategy_id,
        measure_indicator__indicator="",
        at__gt=row.figures_at,
        period_to__lte=over,
        period_from__gte=indicators.first_day(row.year),
    )
    heard = LogEntry.objects.filter(strategy=row.strategy_id, at__gt=row.figures_at, on__year=row.year)
    # A report of later that corrects one of the year takes that one away.
    return reported.filter(Q(on__lt=over) | Q(corrects__on__lt=over)).exists() or written.exists() or heard.exists()


def _numbered(rows: Iterable[YearlyReport]) -> Iterator[tuple[YearlyReport, int]]:
    """Each row with how many of its year came before it."""
    before: dict[int, int] = defaultdict(int)
    for row in rows:
        yield row, before[row.year]
        before[row.year] += 1


def _edition(row: YearlyReport) -> Edition:
    return Edition(
        number=row.edition,
        state=ReportState(row.state),
        reopened_why=row.reopened_why,
        made_at=row.made_at,
        made_by_name=row.made_by_name,
        finalised_at=row.finalised_at,
        finalised_by_name=row.finalised_by_name,
    )


def _strategy(actor: Actor, strategy_id: UUID) -> Strategy:
    policies.ensure(actor, policies.READ)
    strategy = Strategy.objects.filter(id=strategy_id).first()
    if strategy is None:
        raise NotFound(f"strategy {strategy_id}")
    return strategy


def _state(actor: Actor, strategy: Strategy, year: int, language: str) -> YearState:
    end = min(date(year + 1, 1, 1), clock.today() + timedelta(days=1))
    rows = list(Measure.objects.filter(strategy=strategy).prefetch_related("owners").order_by("area__number", "number"))
    areas = list(FocusArea.objects.filter(strategy=strategy).prefetch_related("goals").order_by("number"))
    numbers = {area.id: area.number for area in areas}
    said = _messages(rows, strategy, end)
    states = {row.id: _measure(row, strategy, numbers[row.area_id], said[row.id], year) for row in rows}
    in_year = {id_: found for id_, found in states.items() if found is not None}
    parts = tuple(
        Part(
            key=f"area-{area.number}",
            number=area.number,
            title=area.title,
            goals=tuple(goal.text for goal in sorted(area.goals.all(), key=lambda goal: goal.number)),
            measures=tuple(in_year[row.id] for row in rows if row.area_id == area.id and row.id in in_year),
        )
        for area in areas
    )
    is_national = strategy.level == Level.NATIONAL.value
    labels = {row.id: f"{numbers[row.area_id]}.{row.number}" for row in rows}
    with override(language):
        return YearState(
            kind=ReportKind.NATIONAL if is_national else ReportKind.MUNICIPAL,
            title=strategy.title,
            owner_name=strategy.owner_name,
            year=year,
            on=end - timedelta(days=1),
            parts=by_owner(parts, gettext("Nobody is named")) if is_national else parts,
            indicators=indicators.of_measures(actor, {id_: labels[id_] for id_ in in_year}, year, end, language),
            references=indicators.references(actor, language),
            carers=indicators.of_carers(actor, year, language),
            heard=_heard(strategy, year),
            ahead=tuple((labels[row.id], row.text) for row in rows if row.from_year == year + 1),
            is_over=has_ended(year, today=clock.today()),
            least=statistics.smallest_count(actor=actor),
        )


def _messages(rows: Iterable[Measure], strategy: Strategy, end: date) -> Mapping[UUID, list[StatusReport]]:
    """
    What was reported of each measure before a day and still stands, the oldest first.

    A measure that carries on one of an earlier plan began where that one stood when it was taken along: what had been
    reported of it by then comes before its own.
    """
    found: dict[UUID, list[StatusReport]] = defaultdict(list)
    reports = StatusReport.objects.filter(on__lt=end, corrected_by=None).order_by("on", "at")
    for report in reports.filter(measure__strategy=strategy):
        found[report.measure_id].append(report)
    until = strategy.made_at
    carried = {row.copied_from_id: row.id for row in rows if row.copied_from_id}
    while carried:
        before: dict[UUID, list[StatusReport]] = defaultdict(list)
        for report in reports.filter(measure__in=carried, at__lte=until):
            before[carried[report.measure_id]].append(report)
        for measure_id, earlier in before.items():
            found[measure_id] = earlier + found[measure_id]
        earlier_rows = list(Measure.objects.filter(id__in=carried).select_related("strategy"))
        until = min(row.strategy.made_at for row in earlier_rows)
        carried = {row.copied_from_id: carried[row.id] for row in earlier_rows if row.copied_from_id}
    return found


def _measure(
    row: Measure, strategy: Strategy, area: int, reports: Iterable[StatusReport], year: int
) -> MeasureState | None:
    """The measure as it stood; None where it does not belong to the year."""
    first, last = row.from_year or strategy.from_year, row.to_year or strategy.to_year
    messages = [_message(report) for report in reports]
    before = last_before(messages, date(year, 1, 1))
    begun = before.status if before else MeasureStatus.NOT_STARTED.value
    if not is_of_year(first, last, begun, year):
        return None
    now = messages[-1] if messages else None
    of_year = [message for message in messages if message.on.year == year]
    return MeasureState(
        number=f"{area}.{row.number}",
        text=row.text,
        owners=tuple(owner.name for owner in sorted(row.owners.all(), key=lambda owner: owner.number)),
        from_year=first,
        to_year=last,
        status=now.status if now else MeasureStatus.NOT_STARTED.value,
        light=now.light if now else "",
        learnt=row.learnt,
        has_evidence=any(message.evidence or message.evidence_url for message in messages),
        messages=tuple(reversed(of_year[-REPORTS_SHOWN:])),
    )


def _message(report: StatusReport) -> Message:
    return Message(
        on=report.on,
        status=report.status,
        light=report.light,
        text=report.text,
        evidence=report.evidence,
        evidence_url=report.evidence_url,
        deviation=report.deviation,
        decision_needed=report.decision_needed,
    )


def _heard(strategy: Strategy, year: int) -> tuple[Heard, ...]:
    rows = LogEntry.objects.filter(strategy=strategy, on__year=year).order_by("on", "at")
    return tuple(Heard(row.on, row.body, row.body_name, row.what) for row in rows)
