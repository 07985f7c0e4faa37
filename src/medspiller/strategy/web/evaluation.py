"""What an evaluation of the guideline's implementation can rest on: method, data sources, findings, recommendations."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.organisations import selectors as organisations
from medspiller.statistics import selectors as statistics
from medspiller.statistics.domain.indicators import Indicator as Published
from medspiller.strategy import policies
from medspiller.strategy import selectors as strategies
from medspiller.strategy.domain.documents import (
    Bullets,
    Cell,
    Definition,
    Definitions,
    Document,
    Heading,
    Part,
    Prose,
    Table,
    as_json,
)
from medspiller.strategy.domain.files import MEDIA_TYPES, FileForm, FileOf
from medspiller.strategy.domain.guideline import Barrier, EvidenceKind, LineState, is_demand
from medspiller.strategy.domain.reports import Indicator
from medspiller.strategy.domain.seen_guideline import Gap, SeenAssessment, Spot
from medspiller.strategy.domain.vocabulary import Level, Service
from medspiller.strategy.selectors import guideline as selectors
from medspiller.strategy.selectors import report_files
from medspiller.strategy.services.report_files import order_file
from medspiller.strategy.templatetags.guideline_words import (
    barrier_words,
    chapter_title,
    evidence_words,
    line_state,
    spoken,
)
from medspiller.strategy.templatetags.strategy_words import SERVICES
from medspiller.strategy.web.acting import acting
from medspiller.strategy.web.guideline import guideline_crumbs
from medspiller.strategy.web.report_files import PART, PROBLEMS
from medspiller.strategy.web.report_parts import query_words, value_words
from medspiller.ui.documents import state_shown


@requires(policies.READ)
def basis(request: HttpRequest) -> HttpResponse:
    """Show the basis on screen, or with `?utskrift` as it is printed."""
    whole = document(request)
    on_paper = "utskrift" in request.GET
    shown = {
        "document": whole,
        "parts": [(part, _pairs(part)) for part in whole.parts],
        "on_paper": on_paper,
        # A file is kept with a plan of one's own.
        "ours": next(
            (each for each in strategies.strategies(actor=acting(request)) if each.level is not Level.NATIONAL), None
        ),
        "crumbs": guideline_crumbs(),
    }
    return render(request, "strategy/guideline_print.html" if on_paper else "strategy/guideline_basis.html", shown)


@requires(policies.READ, methods=("GET", "POST"))
def word(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Let a file for Word be made of the basis, kept with a strategy, and show how far it has come."""
    actor, here = acting(request), reverse("strategy:evaluation_word", args=[strategy_id])
    line = strategies.strategy(actor=actor, strategy_id=strategy_id).line
    which: dict[str, Any] = {"strategy_id": line.id, "of": FileOf.EVALUATION, "form": FileForm.DOCX}
    if request.method == "POST":
        order_file(actor=actor, content=json.dumps(as_json(document(request))), **which)
        return redirect(here)
    found = report_files.made_file(actor=actor, **which)
    shown = {
        **state_shown(request, found, here=here),
        "problem": PROBLEMS[found.problem] if found and found.problem else "",
        "part_id": PART,
        "make_label": _("Make the Word file"),
        "file_url": reverse("strategy:evaluation_word_file", args=[line.id]),
        "print_url": reverse("strategy:evaluation") + "?utskrift",
        "crumbs": guideline_crumbs((reverse("strategy:evaluation"), _("Basis for an evaluation"))),
    }
    is_part = request.headers.get("HX-Target") == PART
    return render(request, "ui/parts/_document_state.html" if is_part else "strategy/guideline_file.html", shown)


@requires(policies.READ)
def word_file(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Give the file for Word as a file to keep."""
    actor = acting(request)
    content = report_files.file_content(actor=actor, strategy_id=strategy_id, of=FileOf.EVALUATION, form=FileForm.DOCX)
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("basis-for-evaluation")
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.docx"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=MEDIA_TYPES[FileForm.DOCX], headers=headers)


def document(request: HttpRequest) -> Document:
    """Return the basis as a document, in the reader's language."""
    actor = acting(request)
    said = selectors.assessments(actor=actor)
    spots = selectors.weak_spots(actor=actor)
    gaps = selectors.follow_up(actor=actor)
    language = get_language() or "nb"
    own = selectors.own_figures(actor=actor, language=language)
    figures = _OwnFigures(statistics.indicators(actor=actor), own, statistics.smallest_count(actor=actor))
    parts = [
        *_assignment(),
        *_method(said, selectors.form_version(actor=actor)),
        *_sources(said, figures, gaps),
        *_findings(said, spots, gaps),
        *_recommendations(gaps),
        *figures.definitions(),
    ]
    return Document(
        title=_("How the carer guideline is put to use"),
        language=language,
        author=organisations.tenant(actor=actor).name,
        subtitle=_("Basis for an evaluation, %(day)s") % {"day": date_format(clock.today(), "DATE_FORMAT")},
        parts=tuple(parts),
        labels={"query": _("How it is found"), "source": pgettext("of a figure", "Source")},
    )


class _OwnFigures:
    """Indicators of our own, each with the number of its definition; without values for whom figures are closed to."""

    def __init__(self, published: Sequence[Published], found: Mapping[str, Indicator], least: int):
        self.published, self.found, self.least = published, found, least
        self.refs = {slug: number for number, slug in enumerate(found, 1)}

    def table(self) -> Iterator[Part]:
        if not self.published:
            return
        if not self.found:
            yield Prose(_("Indicators that are calculated from our own register. Their values are not open to you:"))
            yield Bullets(tuple(spoken(each.title) for each in self.published))
            return
        years = [value.year for value in next(iter(self.found.values())).values]
        yield Prose(_("Calculated from our own register. Small numbers are hidden and shown as a colon."))
        yield Table(
            _("Our own figures, year by year"),
            (_("Indicator"), *map(str, years)),
            tuple(
                (Cell(f"{each.name} (%)", self.refs[slug]), *(Cell(value_words(value)) for value in each.values))
                for slug, each in self.found.items()
            ),
            (40, *(60 // len(years) for _year in years)),
        )

    def lines(self, said: Sequence[SeenAssessment]) -> Iterator[Part]:
        """What services rest on these figures."""
        resting = [
            each for each in said if each.evidence_kind is EvidenceKind.OWN_DATA and each.indicator in self.found
        ]
        if resting:
            yield Table(
                _("What is said about a line, with the figure it is based on"),
                (_("Line and service"), _("How far"), _("Indicator"), _("Calculated")),
                tuple(
                    (
                        Cell(f"{each.line}, {_service(each.service)}"),
                        Cell(line_state(each.state)),
                        Cell(self.found[each.indicator].name, self.refs[each.indicator]),
                        Cell(self._newest(each.indicator)),
                    )
                    for each in resting
                ),
                (28, 18, 34, 20),
            )

    def definitions(self) -> Iterator[Part]:
        if self.found:
            yield Heading(2, _("How the figures are found"))
            yield Definitions(
                tuple(
                    Definition(
                        self.refs[slug],
                        each.name,
                        each.definition,
                        query_words(each, self.least),
                        each.source.rstrip(". "),
                    )
                    for slug, each in self.found.items()
                )
            )

    def _newest(self, slug: str) -> str:
        """The newest whole year that has a value, else the newest year there is."""
        values = self.found[slug].values
        whole = [value for value in values if value.is_whole_year and value.value is not None]
        newest = (whole or values)[-1]
        return f"{newest.year}: {value_words(newest)}"


def _pairs(part: Part) -> Sequence[Any]:
    return [list(zip(row, part.columns, strict=True)) for row in part.rows] if isinstance(part, Table) else ()


def _assignment() -> Iterator[Part]:
    yield Heading(2, _("What it answers"))
    yield Prose(
        _(
            "How far the services have put the guideline on carers to use, what stands in the way, and how it can "
            "be strengthened. It is about services that meet patients and carers: child health clinics, school "
            "health, home care, nursing homes, mental health, hospitals and the administration. It is for the "
            "good of carers."
        )
    )


def _method(said: Sequence[SeenAssessment], version: str) -> Iterator[Part]:
    yield Heading(2, _("Method"))
    days = sorted(each.on for each in said)
    yield Prose(
        _(
            "Each service assesses itself line by line, in a questionnaire with a fixed version (%(version)s)"
            " or one line at a time. What the law requires is met, not met or not assessed, and is never "
            "counted in a percentage. Recommendations are not started, under way, in place, evaluated or not "
            "relevant."
        )
        % {"version": version}
    )
    if days:
        said_on = {"first": date_format(days[0], "DATE_FORMAT"), "last": date_format(days[-1], "DATE_FORMAT")}
        at_once = days[0] == days[-1]
        yield Prose(
            _("The assessments here were made on %(first)s.") % said_on
            if at_once
            else _("The assessments here were made between %(first)s and %(last)s.") % said_on
        )
    yield Heading(3, _("What the method cannot say"))
    yield Bullets(
        (
            _("It is the services' own view. Nobody from outside has looked at it."),
            _("Lines that nobody has assessed are shown as not assessed: they count neither as met nor as missing."),
            _("The lines are in our words. Some are based on general professional knowledge and are to be checked."),
            _("Carers have not been asked in this. What they say in surveys belongs beside it."),
        )
    )


def _sources(said: Sequence[SeenAssessment], figures: _OwnFigures, gaps: Sequence[Gap]) -> Iterator[Part]:
    yield Heading(2, _("Data sources"))
    kinds = Counter(each.evidence_kind for each in said if each.state is not LineState.NOT_ASSESSED)
    named = {kind: evidence_words(kind) for kind in EvidenceKind}
    named[EvidenceKind.OWN_DATA] = _("Own data, calculated")
    rows = [(named[kind], str(kinds[kind])) for kind in EvidenceKind]
    yield _table(
        _("What the assessments are based on, in numbers of assessments"),
        (_("Evidence"), _("Assessments")),
        [*rows, (_("Nothing named"), str(kinds[None]))],
        (70, 30),
    )
    yield from figures.table()
    yield from figures.lines(said)
    measures = {measure.measure_id for gap in gaps for measure in gap.measures}
    yield Prose(_("Measures in our plans that take up a gap: %(number)s.") % {"number": len(measures)})


def _findings(
    said: Sequence[SeenAssessment], spots: Iterable[tuple[Service, Sequence[Spot]]], gaps: Sequence[Gap]
) -> Iterator[Part]:
    yield Heading(2, _("Findings"))
    if not said:
        yield Prose(_("No service has assessed itself yet."))
        return
    rows = [_spot(service, each) for service, found in spots for each in found if not each.is_empty]
    yield Prose(_("Services and chapters that are not listed have not been assessed."))
    yield _table(
        _("Numbers of lines by service and chapter"),
        (_("Service and chapter"), _("Legal requirements"), _("Recommendations")),
        rows,
        (40, 30, 30),
    )
    yield Heading(3, _("Legal requirements that are not met"))
    broken = [gap for gap in gaps if is_demand(gap.line)]
    if broken:
        yield Bullets(tuple(_gap(gap) for gap in broken))
    else:
        yield Prose(_("Nobody has said that any of them is not met."))
    barriers = Counter(each.barrier for each in said if each.barrier and each.is_gap)
    if barriers:
        yield _table(
            _("What stands in the way, in numbers of lines"),
            (_("Barrier"), _("Lines")),
            [(barrier_words(each), str(barriers[each])) for each in Barrier if barriers[each]],
            (70, 30),
        )


def _recommendations(gaps: Sequence[Gap]) -> Iterator[Part]:
    yield Heading(2, _("Recommendations"))
    without = [gap for gap in gaps if not gap.measures]
    yield Prose(
        _("%(gaps)s gaps are found; %(without)s of them have no measure in a plan yet.")
        % {"gaps": len(gaps), "without": len(without)}
    )
    steps = [gap for gap in gaps if gap.said.next_step]
    if steps:
        yield Heading(3, _("Next steps that the services name"))
        yield Bullets(tuple(f"{gap.line.id}, {_service(gap.said.service)}: {gap.said.next_step}" for gap in steps))
    taken = [gap for gap in gaps if gap.measures]
    if taken:
        yield Heading(3, _("Measures that are decided or planned"))
        yield Bullets(
            tuple(
                f"{gap.line.id}, {_service(gap.said.service)}: {measure.text} ({measure.strategy_title})"
                for gap in taken
                for measure in gap.measures
            )
        )


def _spot(service: Service, found: Spot) -> tuple[str, ...]:
    demands = _("met %(met)s, not met %(not_met)s, not assessed %(open)s") % {
        "met": found.demands_met,
        "not_met": found.demands_not_met,
        "open": found.demands_open,
    }
    advice = _(
        "in place %(done)s, under way %(under_way)s, not started %(not_started)s, not relevant %(not_relevant)s, "
        "not assessed %(open)s"
    ) % {
        "done": found.advice_done,
        "under_way": found.advice_under_way,
        "not_started": found.advice_not_started,
        "not_relevant": found.advice_not_relevant,
        "open": found.advice_open,
    }
    return f"{_service(service)}: {found.chapter} {chapter_title(found.chapter)}", demands, advice


def _gap(gap: Gap) -> str:
    law = ", ".join(gap.line.law)
    return (
        f"{gap.line.id}, {_service(gap.said.service)}: {spoken(gap.line.text)} ({law}). {line_state(gap.said.state)}."
    )


def _service(service: Service) -> str:
    return str(SERVICES[service.value])


def _table(caption: str, columns: tuple[str, ...], rows: Iterable[Sequence[str]], widths: tuple[int, ...]) -> Table:
    return Table(caption, columns, tuple(tuple(Cell(each) for each in row) for row in rows), widths)
