"""The guideline's lines with what each service says of them. Nobody is named but who said it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from medspiller.access.domain.actors import Actor
from medspiller.content import selectors as content
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.pathways import selectors as pathways
from medspiller.pathways.domain.content_guideline import Line, Section
from medspiller.strategy import policies
from medspiller.strategy.domain.guideline import (
    Barrier,
    EvidenceKind,
    LineState,
    chapter_of,
    concerns,
    is_assessed,
    order_of,
)
from medspiller.strategy.domain.reports import Indicator
from medspiller.strategy.domain.seen_guideline import (
    Gap,
    GuidelineFilters,
    LineRow,
    LinkedMeasure,
    Place,
    SectionRows,
    SeenAssessment,
    Spot,
    spot,
)
from medspiller.strategy.domain.self_assessment import CHAPTERS, URL
from medspiller.strategy.domain.vocabulary import Light, LinkKind, MeasureStatus, Service, StrategyStatus
from medspiller.strategy.models import LineAssessment, MeasureLink
from medspiller.strategy.selectors._report_indicators import of_the_house

_OVER = (StrategyStatus.REPLACED.value, StrategyStatus.ENDED.value)
_Places = Mapping[tuple[str, Service], SeenAssessment]
_Linked = Mapping[str, Sequence[LinkedMeasure]]


def guideline(*, actor: Actor, filters: GuidelineFilters = GuidelineFilters()) -> tuple[SectionRows, ...]:  # noqa: B008 - frozen
    """Return the sections with the lines that were asked for; a section without any is left out."""
    policies.ensure(actor, policies.READ)
    said, linked = _said(), _linked()
    found = []
    for section in _sections(actor):
        if filters.chapter in ("", section.number.split(".")[0]):
            rows = (_row(line, said, linked, filters.service) for line in section.lines if is_assessed(line))
            wanted = tuple(row for row in rows if _is_wanted(row, filters))
            if wanted:
                found.append(SectionRows(section, wanted))
    return tuple(found)


def guideline_line(*, actor: Actor, line_id: str) -> LineRow:
    """
    Return one line in every service that it is said to.

    :raises NotFound: if there is no such line.
    """
    policies.ensure(actor, policies.READ)
    return _row(_line(actor, line_id), _said(line_id), _linked(line_id), None)


def place(*, actor: Actor, line_id: str, service: Service) -> tuple[Line, Place]:
    """
    Return one line in one service.

    :raises NotFound: if there is no such line, or it is not said to the service.
    """
    row = guideline_line(actor=actor, line_id=line_id)
    found = next((each for each in row.places if each.service is service), None)
    if found is None:
        raise NotFound(f"{line_id} {service}")
    return row.line, found


def assessments(*, actor: Actor) -> tuple[SeenAssessment, ...]:
    """Return everything that is said now, by line and service."""
    policies.ensure(actor, policies.READ)
    return tuple(sorted(_said().values(), key=lambda each: (order_of(each.line), list(Service).index(each.service))))


def own_figures(*, actor: Actor, language: str) -> Mapping[str, Indicator]:
    """
    Return every indicator that is computed from our own data by its slug: two whole years, and this one so far.

    Small numbers are hidden. To whom figures are closed there are none.
    """
    policies.ensure(actor, policies.READ)
    return of_the_house(actor, clock.today().year, language)


def assessment_history(*, actor: Actor, line_id: str) -> tuple[SeenAssessment, ...]:
    """Return all that was ever said of a line, the newest first."""
    policies.ensure(actor, policies.READ)
    history = LineAssessment.pgh_event_model.objects  # type: ignore[attr-defined]  # made by `history.keep`
    return tuple(_seen(row) for row in history.filter(line=line_id).exclude(pgh_label="delete").order_by("-pgh_id"))


def weak_spots(*, actor: Actor) -> tuple[tuple[Service, tuple[Spot, ...]], ...]:
    """Return for each service how it stands in each chapter, in numbers of lines."""
    rows = tuple(row for section in guideline(actor=actor) for row in section.rows)
    return tuple((service, tuple(spot(service, chapter, rows) for chapter in CHAPTERS)) for service in Service)


def follow_up(*, actor: Actor) -> tuple[Gap, ...]:
    """Return every gap with the measures that take it up: what has none first, demands of law before the rest."""
    gaps = [
        (row, Gap(row.line, each.said, each.measures))
        for section in guideline(actor=actor)
        for row in section.rows
        for each in row.places
        if each.is_gap and each.said
    ]
    gaps.sort(key=lambda one: (bool(one[1].measures), not one[0].is_demand, order_of(one[0].line.id)))
    return tuple(gap for _, gap in gaps)


def form_version(*, actor: Actor) -> str:
    """Return the version of the self-assessment that is answered now; empty if none is published."""
    policies.ensure(actor, policies.READ)
    try:
        return content.latest(actor=actor, url=URL).version
    except NotFound:
        return ""


def lines_asked(*, actor: Actor, service: Service, chapter: str) -> tuple[SectionRows, ...]:
    """
    Return the lines of a chapter that a service answers for.

    :raises NotFound: if there is no such chapter.
    """
    if chapter not in CHAPTERS:
        raise NotFound(f"chapter {chapter}")
    return guideline(actor=actor, filters=GuidelineFilters(service=service, chapter=chapter))


def _sections(actor: Actor) -> tuple[Section, ...]:
    return tuple(
        each for each in pathways.guideline_sections(actor=actor) if chapter_of(f"PV-{each.number}.1") in CHAPTERS
    )


def _line(actor: Actor, line_id: str) -> Line:
    found = pathways.guideline_lines(actor=actor, ids=(line_id,)).get(line_id)
    if found is None or not is_assessed(found):
        raise NotFound(line_id)
    return found


def _row(line: Line, said: _Places, linked: _Linked, service: Service | None) -> LineRow:
    places = tuple(
        Place(
            service=each,
            said=said.get((line.id, each)),
            measures=tuple(one for one in linked[line.id] if not one.services or each in one.services),
        )
        for each in Service
        if concerns(line, each) and service in (None, each)
    )
    return LineRow(line, places)


def _is_wanted(row: LineRow, filters: GuidelineFilters) -> bool:
    if not row.places or (filters.only_demands and not row.is_demand):
        return False
    if filters.state and not any(each.state is filters.state for each in row.places):
        return False
    return not filters.only_gaps or any(each.is_gap for each in row.places)


def _said(line_id: str = "") -> _Places:
    rows = LineAssessment.objects.filter(line=line_id) if line_id else LineAssessment.objects.all()
    return {(row.line, Service(row.service)): _seen(row) for row in rows}


def _seen(row: LineAssessment) -> SeenAssessment:
    """`row` is one that stands, or one of its earlier versions."""
    return SeenAssessment(
        line=row.line,
        service=Service(row.service),
        state=LineState(row.state),
        on=row.on,
        evidence_kind=EvidenceKind(row.evidence_kind) if row.evidence_kind else None,
        evidence=row.evidence,
        indicator=row.indicator,
        barrier=Barrier(row.barrier) if row.barrier else None,
        barrier_text=row.barrier_text,
        next_step=row.next_step,
        who=row.who,
        form=row.form,
        at=row.at,
        by_name=row.by_name,
        version=row.version,
    )


def _linked(line_id: str = "") -> _Linked:
    """Measures of plans that are not over, by the line that they point at."""
    rows = MeasureLink.objects.filter(kind=LinkKind.GUIDELINE.value).exclude(measure__strategy__status__in=_OVER)
    rows = rows.filter(ref=line_id) if line_id else rows
    found: dict[str, list[LinkedMeasure]] = defaultdict(list)
    for row in rows.select_related("measure__strategy").order_by("measure__area__number", "measure__number"):
        measure = row.measure
        found[row.ref].append(
            LinkedMeasure(
                measure_id=measure.id,
                strategy_id=measure.strategy_id,
                strategy_title=measure.strategy.title,
                text=measure.text,
                status=MeasureStatus(measure.status),
                light=Light(measure.light) if measure.light else None,
                services=tuple(Service(each) for each in measure.services),
            )
        )
    return found
