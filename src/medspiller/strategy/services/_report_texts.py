"""The texts that a yearly report begins with, from what owners have reported. People write on from there."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from medspiller.strategy.domain.reports import (
    Count,
    MeasureState,
    Part,
    Section,
    Trend,
    YearState,
    counts,
    section_keys,
)
from medspiller.strategy.templatetags.strategy_words import BODIES, HAPPENED

# Of a measure's text, what tells which it is; a list names at most so many.
_SHORT, _MOST = 110, 40


def drafted(state: YearState, language: str) -> dict[str, str]:
    """Return the text of every section, in a language."""
    with override(language):
        return {key: _text(state, key) for key in section_keys(state)}


def drafted_section(state: YearState, key: str, language: str) -> str:
    """Return the text of one section, in a language."""
    with override(language):
        return _text(state, key)


def _text(state: YearState, key: str) -> str:
    if key in _OF_SECTION:
        return _OF_SECTION[key](state)
    return _part(state, next(part for part in state.parts if part.key == key))


def _summary(state: YearState) -> str:
    number = counts(state.measures, state.ended)
    said = [_("The plan has %(count)s measures in %(year)s.") % {"count": number[Count.MEASURES], "year": state.year}]
    said.append(_how_far(number))
    if number[Count.LATE]:
        said.append(_("Later than planned: %(count)s.") % {"count": number[Count.LATE]})
    if number[Count.RED]:
        said.append(_("Where the owner says that something must be done: %(count)s.") % {"count": number[Count.RED]})
    silent = number[Count.MEASURES] - number[Count.REPORTED]
    if silent:
        said.append(_("Measures that nobody has reported on this year: %(count)s.") % {"count": silent})
    return " ".join(said)


def _part(state: YearState, part: Part) -> str:
    if not part.measures:
        return _("No measure here belongs to this year.")
    said = [_how_far(counts(part.measures, state.ended))]
    late = [measure for measure in part.measures if measure.is_late(state.ended)]
    if late:
        said.append(_("Later than planned: %(which)s.") % {"which": ", ".join(measure.number for measure in late)})
    silent = [measure.number for measure in part.measures if not measure.messages]
    if silent:
        said.append(_("Not reported on this year: %(which)s.") % {"which": ", ".join(silent)})
    return " ".join(said)


def _how_far(number: Mapping[Count, int]) -> str:
    said = _("Done: %(done)s. Under way: %(under_way)s. Not started: %(not_started)s.") % {
        "done": number[Count.DONE],
        "under_way": number[Count.UNDER_WAY],
        "not_started": number[Count.NOT_STARTED],
    }
    if number[Count.STOPPED]:
        said += " " + _("Stopped: %(count)s.") % {"count": number[Count.STOPPED]}
    return said


def _indicators(state: YearState) -> str:
    if not state.indicators:
        return _("No measure of the plan has figures by which it is followed yet.")
    # Everybody reads the texts of a draft, and not everybody its computed figures.
    told = [each for each in state.indicators if not each.is_computed]
    up = [each.name for each in told if each.trend is Trend.UP]
    down = [each.name for each in told if each.trend is Trend.DOWN]
    said = [_("The table shows the figures that the measures are followed by.")]
    if up:
        said.append(_("Higher than the year before: %(which)s.") % {"which": ", ".join(up)})
    if down:
        said.append(_("Lower than the year before: %(which)s.") % {"which": ", ".join(down)})
    return " ".join(said)


def _learnt(state: YearState) -> str:
    return _list((measure, [measure.learnt] if measure.learnt else []) for measure in state.measures)


def _carers(state: YearState) -> str:
    lines = [
        f"- {date_format(each.on, 'j. F Y')}: {BODIES[each.body]}{f' ({each.name})' if each.name else ''}, "
        f"{str(HAPPENED[each.what]).lower()}"
        for each in state.heard
    ]
    return "\n".join([_("These have been consulted on the plan this year:"), "", *lines]) if lines else ""


def _deviations(state: YearState) -> str:
    return _list(
        (each, [message.deviation for message in each.messages if message.deviation]) for each in state.measures
    )


def _decisions(state: YearState) -> str:
    open_ones = (each for each in state.measures if each.is_open)
    return _list((each, [each.messages[0].decision_needed] if each.messages else []) for each in open_ones)


def _next_year(state: YearState) -> str:
    late = [each for each in state.measures if each.is_late(state.ended)]
    on = [each for each in state.measures if each.is_open and (each.to_year is None or each.to_year > state.year)]
    said: list[str] = []
    if late:
        said += [_("Should have been done, and is carried over:"), "", *_names(late), ""]
    if on:
        said += [_("Measures that go on as planned: %(count)s.") % {"count": len(on)}, ""]
    if state.ahead:
        said += [_("Begins next year:"), "", *(f"- {number} {_short(text)}" for number, text in state.ahead[:_MOST])]
    return "\n".join(said).strip()


_OF_SECTION: Mapping[str, Callable[[YearState], str]] = {
    Section.SUMMARY: _summary,
    Section.INDICATORS: _indicators,
    Section.LEARNT: _learnt,
    Section.CARERS: _carers,
    Section.DEVIATIONS: _deviations,
    Section.DECISIONS: _decisions,
    Section.NEXT_YEAR: _next_year,
}


def _list(said: Iterable[tuple[MeasureState, list[str]]]) -> str:
    lines = [
        f"- {measure.number} {_short(measure.text)}: {' '.join(each.split())}"
        for measure, texts in said
        for each in texts
        if each.strip()
    ]
    return "\n".join(lines[:_MOST])


def _names(measures: Iterable[MeasureState]) -> list[str]:
    return [f"- {each.number} {_short(each.text)}" for each in measures][:_MOST]


def _short(text: str) -> str:
    """The beginning of a measure's text, up to a whole word."""
    plain = " ".join(text.split())
    if len(plain) <= _SHORT:
        return plain.rstrip(".")
    return plain[:_SHORT].rsplit(" ", 1)[0].rstrip(".,;:") + " …"
