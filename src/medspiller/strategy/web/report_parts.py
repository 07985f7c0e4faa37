"""A yearly report as a document: what stands in it, in which order, and the definition that each figure opens to."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from medspiller.strategy.domain.documents import (
    Box,
    Bullets,
    Cell,
    Definition,
    Definitions,
    Document,
    Figure,
    Figures,
    Heading,
    Part,
    Prose,
    Table,
)
from medspiller.strategy.domain.reports import (
    Count,
    Indicator,
    MeasureState,
    Message,
    ReportKind,
    Section,
    Trend,
    Value,
    counts,
    left_over,
)
from medspiller.strategy.domain.reports import Part as Group
from medspiller.strategy.selectors.reports import SeenYearlyReport
from medspiller.strategy.templatetags.strategy_words import LIGHTS, STATUSES, year_span
from medspiller.strategy.web.report_charts import chart_of
from medspiller.strategy.web.report_definitions import definition_of, figure_names
from medspiller.ui.components.formats import number

HIDDEN = ":"


def document_of(report: SeenYearlyReport, *, organisation: str) -> Document:
    """Return the report as a document, in the language it is written in."""
    with override(report.language):
        return _Writing(report, organisation).document()


class _Writing:
    """Writes one report, and counts its definitions on the way."""

    def __init__(self, report: SeenYearlyReport, organisation: str):
        self.report, self.state, self.organisation = report, report.figures, organisation
        self.definitions: list[Definition] = []

    def document(self) -> Document:
        parts = (*self._parts(), *self._definitions())
        return Document(
            title=_("Yearly status %(year)s") % {"year": self.report.year},
            language=self.report.language,
            author=self.state.owner_name or self.organisation,
            subtitle=self.report.title,
            parts=parts,
            labels={
                "what": _("What is counted"),
                "number": pgettext("heading of a column", "Number"),
                "query": _("How it is found"),
                "source": pgettext("of a figure", "Source"),
            },
        )

    def _parts(self) -> Iterator[Part]:
        yield from self._section(Section.SUMMARY, _("In short"), level=2)
        yield self._counts(self.state.measures, _("The year in figures"))
        yield from self._references()
        for group in self.state.parts:
            yield from self._group(group)
        for key in left_over(self.report.sections, self.report.basis, self.state):
            title = self.report.basis.get(key, {}).get("title", "")
            yield from self._section(key, title or _("What was written before"), level=2)
        yield from self._section(Section.INDICATORS, _("Figures that the plan is followed by"), level=2)
        if self.report.is_withheld:
            yield Prose(_left_out(is_too_small=self.report.shows_too_small))
        yield from self._indicators(_("Figures year by year"), self.state.indicators)
        yield from self._section(Section.LEARNT, _("What has been learnt"), level=2)
        yield from self._section(Section.CARERS, _("What carers have said"), level=2)
        yield from self._indicators(_("What carers miss"), self.state.carers)
        yield from self._section(Section.DEVIATIONS, _("What did not go as planned"), level=2)
        yield from self._section(Section.DECISIONS, _("Decisions that are needed"), level=2)
        yield from self._section(Section.NEXT_YEAR, _("Next year"), level=2)

    def _section(self, key: str, heading: str, *, level: int) -> Iterator[Part]:
        yield Heading(level, heading, key=str(key))
        text = self.report.sections.get(str(key), "")
        yield Prose(text or _("Nothing has been written here."))

    # --- Figures ----------------------------------------------------------------------------

    def _counts(self, measures: list[MeasureState], caption: str) -> Figures:
        number_of = counts(measures, self.state.ended)
        names = figure_names()
        return Figures(
            caption,
            tuple(Figure(names[count], number(number_of[count]), self._count_ref(count)) for count in Count),
        )

    def _count_ref(self, count: Count) -> int:
        year = self.state.ended if count is Count.LATE else self.state.year
        return self._ref(definition_of(count, on=date_format(self.state.on, "j. F Y"), year=year))

    def _ref(self, definition: tuple[str, str, str, str]) -> int:
        """The number of a definition, which is given one the first time it is needed."""
        name, meaning, query, source = definition
        for each in self.definitions:
            if (each.name, each.meaning, each.query) == (name, meaning, query):
                return each.number
        # Whoever shows it ends the line.
        self.definitions.append(Definition(len(self.definitions) + 1, name, meaning, query, source.rstrip(". ")))
        return len(self.definitions)

    def _definitions(self) -> Iterator[Part]:
        if self.definitions:
            yield Heading(2, _("How the figures are found"))
            yield Prose(_("The numbers in square brackets in the report point to these."))
            yield Definitions(tuple(self.definitions))

    def _references(self) -> Iterator[Part]:
        if self.state.references:
            said = _("%(title)s: %(value)s (%(year)s). Source: %(source)s.")
            lines = [
                f"{said % {'title': each.title, 'value': each.value, 'year': each.year, 'source': each.source}} "
                f"{each.caution}".strip()
                for each in self.state.references
            ]
            heading = _("National estimates, for context. They count something other than the figures of this plan.")
            yield Box(heading, tuple(lines))

    def _indicators(self, caption: str, indicators: tuple[Indicator, ...]) -> Iterator[Part]:
        if not indicators:
            return
        years = [value.year for value in indicators[0].values]
        columns = (
            _("Indicator"),
            *map(str, years),
            pgettext("heading of a column", "Development"),
            pgettext("heading of a column", "Target"),
        )
        share = 44 // (len(years) or 1)
        widths = (32, *(share for _year in years), 14, 100 - 32 - share * len(years) - 14)
        yield Table(caption, columns, tuple(self._indicator(each) for each in indicators), widths)
        yield from filter(None, (chart_of(each, hidden=HIDDEN) for each in indicators))

    def _indicator(self, each: Indicator) -> tuple[Cell, ...]:
        ref = self._ref(
            (
                each.name,
                each.definition or _("No definition has been written."),
                query_words(each, self.state.least),
                each.source,
            )
        )
        name = f"{each.name} ({each.unit})" if each.unit else each.name
        named = f"{', '.join(each.measures)} {name}" if each.measures else name
        values = (Cell(value_words(value), ref if value.value is not None else 0) for value in each.values)
        return (Cell(named, ref), *values, Cell(trend_words(each.trend)), Cell(each.target or "–"))

    # --- Focus areas, and what each owner answers for -----------------------------------------

    def _group(self, group: Group) -> Iterator[Part]:
        is_national = self.state.kind is ReportKind.NATIONAL
        yield from self._section(group.key, group.title if is_national else f"{group.number}. {group.title}", level=2)
        if group.goals:
            yield Heading(3, _("How we want it to be"))
            yield Bullets(group.goals)
        if not group.measures:
            return
        yield self._measures(group)
        told = [measure for measure in group.measures if measure.messages]
        if told:
            yield Heading(3, _("What was reported this year"))
            for measure in told:
                yield Heading(4, f"{measure.number} {_first_words(measure.text)}")
                yield Bullets(tuple(line for message in measure.messages for line in _lines(message)))

    def _measures(self, group: Group) -> Table:
        columns = (
            pgettext("heading of a column", "No."),
            pgettext("heading of a column", "Measure"),
            _("Responsible"),
            pgettext("heading of a column", "Years"),
            _("How far"),
            pgettext("heading of a column", "Judgement"),
        )
        rows = tuple(
            (
                Cell(each.number),
                Cell(each.text),
                Cell(", ".join(each.owners) or _("Nobody is named")),
                Cell(year_span(each.from_year, each.to_year)),
                Cell(_status(each, self.state.ended)),
                Cell(str(LIGHTS[each.light]) if each.light else _("Not reported")),
            )
            for each in group.measures
        )
        return Table(_("Measures: %(title)s") % {"title": group.title}, columns, rows, (6, 36, 19, 12, 13, 14))


def trend_words(trend: Trend) -> str:
    """Say how the last year lies to the one before."""
    return {
        Trend.UP: _("Higher than the year before"),
        Trend.DOWN: _("Lower than the year before"),
        Trend.SAME: _("As the year before"),
        Trend.UNKNOWN: _("Cannot be compared"),
    }[trend]


def _left_out(*, is_too_small: bool) -> str:
    """Say why computed figures are left out."""
    if is_too_small:
        return _(
            "Figures counted from the municipality's own data are left out here. The limit for showing small numbers "
            "was lower when they were counted than it is now. The figures will come back when new ones are fetched."
        )
    return _(
        "Figures counted from the municipality's own data are left out here. In drafts and earlier editions, they are "
        "shown only to people who are allowed to see figures. In the latest final report, everybody can see them."
    )


def _status(measure: MeasureState, ended: int) -> str:
    said = str(STATUSES[measure.status])
    return _("%(status)s, late") % {"status": said} if measure.is_late(ended) else said


def value_words(value: Value) -> str:
    """Write what an indicator came to in a year, with of how many, and whether it is of all of it."""
    if value.is_hidden:
        return HIDDEN
    if value.value is None:
        return "–"
    said = number(Decimal(value.value))
    if value.whole is not None:
        said = _("%(value)s (of %(whole)s; not known: %(unknown)s)") % {
            "value": said,
            "whole": value.whole,
            "unknown": value.unknown if value.unknown is not None else "–",
        }
    return _of_part(value, said)


def _of_part(value: Value, said: str) -> str:
    """Say of which days a figure is that is not of a whole year."""
    if not value.is_complete:
        return _("%(value)s, not complete yet") % {"value": said}
    if value.begins is None or value.ends is None:
        return said
    if value.on is None:
        return _("%(value)s, so far this year") % {"value": said}
    last = value.ends - timedelta(days=1)
    days = {"first": date_format(value.begins, "j. F Y"), "last": date_format(last, "j. F Y")}
    return _("%(value)s, of %(first)s to %(last)s") % {"value": said, **days}


def query_words(each: Indicator, least: int) -> str:
    """Say how an indicator is counted, `least` being the smallest count shown, or when it was last written down."""
    if each.is_computed:
        hidden = _(
            "Numbers from 1 to %(most)s are hidden and shown as a colon. Other numbers are hidden too if they could "
            "reveal them."
        ) % {"most": least - 1}
        return f"{each.query} {hidden}".strip()
    newest = next((value for value in reversed(each.values) if value.on is not None), None)
    if newest is None or newest.on is None:
        return _("Entered by hand. No value has been entered yet.")
    return _("Entered by hand, last on %(day)s.") % {"day": date_format(newest.on, "j. F Y")}


def _first_words(text: str, most: int = 90) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[:most].rsplit(" ", 1)[0].rstrip(".,;:") + " …"


def _lines(message: Message) -> Iterator[str]:
    said = [str(STATUSES[message.status])]
    if message.light:
        said.append(str(LIGHTS[message.light]).lower())
    day = date_format(message.on, "j. F Y")
    yield f"{day} – {', '.join(said)}. {' '.join(message.text.split())}".strip()
    evidence = " ".join(filter(None, (" ".join(message.evidence.split()), message.evidence_url)))
    if evidence:
        yield _("Evidence: %(text)s") % {"text": evidence}
    if message.deviation:
        yield _("Deviation: %(text)s") % {"text": " ".join(message.deviation.split())}
    if message.decision_needed:
        yield _("Decision needed: %(text)s") % {"text": " ".join(message.decision_needed.split())}
