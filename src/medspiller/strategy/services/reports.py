"""Yearly reports: drafted from what stood at the year's end, written on section by section, made final once."""

from uuid import UUID

from django.db import IntegrityError, transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.strategy import policies
from medspiller.strategy.domain.editions import ensure_reopened
from medspiller.strategy.domain.files import FileOf
from medspiller.strategy.domain.kept_reports import as_json
from medspiller.strategy.domain.reports import (
    ReportChanged,
    ReportRefused,
    ReportState,
    Section,
    basis_of,
    cleaned,
    ensure_over,
    ensure_whole,
    ensure_year,
    left_over,
    mark_of,
    section_keys,
)
from medspiller.strategy.models import MadeFile, Strategy, YearlyReport
from medspiller.strategy.selectors.reports import (
    SeenYearlyReport,
    has_news,
    kept_figures,
    shows_too_small,
    year_state,
)
from medspiller.strategy.services._report_texts import drafted, drafted_section

SUBJECT = "strategy.yearly_report"


@transaction.atomic
def draft_report(*, actor: Actor, strategy_id: UUID, year: int, language: str) -> YearlyReport:
    """
    Draft the report of a year, its texts from what has been reported, for people to write on.

    :raises ReportRefused: if the year is none of the strategy's or has not begun, or there is a report already.
    :raises NotFound: if there is no such strategy.
    :raises NotAllowed: for whoever may not write in strategies.
    """
    strategy = _strategy(actor, strategy_id)
    ensure_year(year, from_year=strategy.from_year, to_year=strategy.to_year, today=clock.today())
    # What is reported while they are counted is news.
    now = clock.now()
    state = year_state(actor=actor, strategy_id=strategy_id, year=year, language=language)
    texts = drafted(state, language)
    try:
        with transaction.atomic():
            row = YearlyReport.objects.create(
                strategy=strategy,
                year=year,
                kind=state.kind.value,
                language=language,
                sections=texts,
                figures=as_json(state),
                figures_at=now,
                basis={key: basis_of(state, key, text) for key, text in texts.items()},
                made_at=clock.now(),
                made_by=actor.id,
                made_by_name=actor.name,
            )
    except IntegrityError as fault:
        raise ReportRefused("exists") from fault
    audit.record(actor=actor, action=policies.EDIT, subject_type=SUBJECT, subject_id=row.id)
    return row


@transaction.atomic
def write_section(*, actor: Actor, strategy_id: UUID, year: int, section: str, text: str, seen: str) -> YearlyReport:
    """
    Store the text of one section of a draft.

    `seen` is the mark (`domain.reports.mark_of`) of the text that the writer opened. What others have written in other
    sections meanwhile is in nobody's way.

    :raises ReportChanged: if this section has another text now than when the writer opened it.
    :raises ReportRefused: if the report is final, there is no such section, or the text is too long.
    :raises NotFound: if there is no such report.
    :raises NotAllowed: for whoever may not write in strategies.
    """
    row = _for_update(actor, strategy_id, year)
    state = kept_figures(actor=actor, row=row)
    there = section in section_keys(state)
    if not there and section not in left_over(row.sections, row.basis, state):
        raise ReportRefused("section")
    plain = cleaned(text)
    stands = row.sections.get(section, "")
    if mark_of(stands) != seen and plain != stands:
        raise ReportChanged(now=row.version, section=section, text=stands)
    row.sections = {**row.sections, section: plain}
    if there:
        drafted_now = drafted_section(state, section, row.language)
        row.basis = {**row.basis, section: basis_of(state, section, drafted_now)}
    row.version += 1
    row.save(update_fields=["sections", "basis", "version"])
    audit.record(actor=actor, action=policies.EDIT, subject_type=SUBJECT, subject_id=row.id)
    return row


@transaction.atomic
def draft_section(*, actor: Actor, strategy_id: UUID, year: int, section: str) -> str:
    """
    Return the text that a section would be drafted with from the report's figures; nothing is stored.

    :raises ReportRefused: if there is no such section.
    :raises NotFound: if there is no such report.
    :raises NotAllowed: for whoever may not write in strategies.
    """
    row = _for_update(actor, strategy_id, year)
    state = kept_figures(actor=actor, row=row)
    if section not in section_keys(state):
        raise ReportRefused("section")
    return drafted_section(state, section, row.language)


@transaction.atomic
def count_anew(*, actor: Actor, strategy_id: UUID, year: int) -> YearlyReport:
    """
    Count the figures of a draft anew, with what has been reported until now. Its texts stay as they are.

    :raises ReportRefused: if the report is final.
    :raises NotFound: if there is no such report.
    :raises NotAllowed: for whoever may not write in strategies.
    """
    row = _for_update(actor, strategy_id, year)
    now = clock.now()
    row.figures = as_json(year_state(actor=actor, strategy_id=strategy_id, year=year, language=row.language))
    row.figures_at, row.version = now, row.version + 1
    row.save(update_fields=["figures", "figures_at", "version"])
    _forget_files(row)
    audit.record(actor=actor, action=policies.EDIT, subject_type=SUBJECT, subject_id=row.id)
    return row


@transaction.atomic
def finalise_report(*, actor: Actor, strategy_id: UUID, year: int, version: int) -> YearlyReport:
    """
    Make a report final: its texts and its figures stay as the actor read them.

    :raises ReportChanged: if somebody has changed the report since the actor read it.
    :raises ReportRefused: if it is final already, the year is not over, or the figures are from before it was, from
        before something was reported that they lack, or from before the smallest count that is shown was raised.
    :raises NotFound: if there is no such report.
    :raises NotAllowed: for whoever may not adopt strategies.
    """
    policies.ensure(actor, policies.ADOPT, subject_id=strategy_id)
    row = _for_update(actor, strategy_id, year)
    ensure_over(year, today=clock.today())
    if row.version != version:
        raise ReportChanged(now=row.version, section="", text="")
    state = kept_figures(actor=actor, row=row)
    ensure_whole(state)
    if shows_too_small(actor=actor, state=state) or has_news(actor=actor, row=row):
        raise ReportRefused("news")
    row.figures = as_json(state)
    row.state, row.version = ReportState.FINAL.value, row.version + 1
    row.finalised_at, row.finalised_by, row.finalised_by_name = clock.now(), actor.id, actor.name
    row.save(update_fields=["figures", "state", "version", "finalised_at", "finalised_by", "finalised_by_name"])
    _forget_files(row)
    audit.record(actor=actor, action=policies.ADOPT, subject_type=SUBJECT, subject_id=row.id)
    return row


@transaction.atomic
def reopen_report(*, actor: Actor, strategy_id: UUID, year: int, reason: str) -> YearlyReport:
    """
    Go on with a final report in a new edition, a draft with the same texts and figures. The final one stays as it is.

    :raises ReportRefused: if there is a draft already, or `reason` is missing or too long.
    :raises NotFound: if there is no such report.
    :raises NotAllowed: for whoever may not adopt strategies.
    """
    policies.ensure(actor, policies.ADOPT, subject_id=strategy_id)
    row = _newest_for_update(_strategy(actor, strategy_id), year)
    why = ensure_reopened(ReportState(row.state), reason)
    same = ("strategy_id", "year", "kind", "language", "sections", "basis", "figures", "figures_at")
    try:
        with transaction.atomic():
            made = YearlyReport.objects.create(
                **{name: getattr(row, name) for name in same},
                edition=row.edition + 1,
                reopened_why=why,
                made_at=clock.now(),
                made_by=actor.id,
                made_by_name=actor.name,
            )
    except IntegrityError as fault:
        raise ReportRefused("not_final") from fault
    _forget_files(made)
    audit.record(actor=actor, action=policies.ADOPT, subject_type=SUBJECT, subject_id=made.id)
    return made


def sections_overtaken(*, actor: Actor, found: SeenYearlyReport) -> list[str]:
    """
    Return the sections of a draft that would begin otherwise than when they were last written: figures were counted
    anew.

    :raises NotAllowed: for whoever may not read strategies.
    """
    policies.ensure(actor, policies.READ)
    if found.is_final:
        return []
    now = drafted(found.figures, found.language)
    if found.is_withheld and not found.figures.indicators:
        # It would begin otherwise only because its figures are left out.
        del now[Section.INDICATORS.value]
    return [key for key, text in now.items() if mark_of(text) != found.basis.get(key, {}).get("mark", "")]


def _strategy(actor: Actor, strategy_id: UUID) -> Strategy:
    """The strategy, for whoever may change it."""
    policies.ensure(actor, policies.EDIT, subject_id=strategy_id)
    strategy = Strategy.objects.filter(id=strategy_id).first()
    if strategy is None:
        raise NotFound(f"strategy {strategy_id}")
    policies.ensure_edit(actor, unit_id=strategy.unit_id, subject_id=strategy_id)
    return strategy


def _for_update(actor: Actor, strategy_id: UUID, year: int) -> YearlyReport:
    row = _newest_for_update(_strategy(actor, strategy_id), year)
    if row.state == ReportState.FINAL.value:
        raise ReportRefused("final")
    return row


def _newest_for_update(strategy: Strategy, year: int) -> YearlyReport:
    rows = YearlyReport.objects.select_for_update().filter(strategy=strategy, year=year)
    row = rows.order_by("-edition").first()
    if row is None:
        raise NotFound(f"yearly report {year} of {strategy.id}")
    return row


def _forget_files(row: YearlyReport) -> None:
    """Forget the files of a year's report, whoever asked for them: they would be handed out as the newest."""
    MadeFile.objects.filter(strategy_id=row.strategy_id, of=FileOf.REPORT.value, year=row.year).delete()
