"""The guideline at work: where services stand, line by line, and what is being done about it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.pathways.domain.content_guideline import Line
from medspiller.statistics import selectors as statistics
from medspiller.strategy import policies
from medspiller.strategy.domain.guideline import LineState, chapter_of, is_demand
from medspiller.strategy.domain.seen_guideline import GuidelineFilters, Place, Spot
from medspiller.strategy.domain.self_assessment import CHAPTERS
from medspiller.strategy.domain.vocabulary import Service
from medspiller.strategy.selectors import guideline as selectors
from medspiller.strategy.templatetags.guideline_words import barrier_words, chapter_title, line_state, spoken
from medspiller.strategy.templatetags.strategy_words import SERVICES
from medspiller.strategy.web.acting import acting, crumbs_to
from medspiller.ui.components.tables import Column
from medspiller.ui.forms import Form
from medspiller.ui.spreadsheets import csv_file


class FilterForm(Form):
    """What is looked for among the lines."""

    tjeneste = forms.ChoiceField(label=gettext_lazy("Service"), required=False)
    kapittel = forms.ChoiceField(label=gettext_lazy("Chapter"), required=False)
    tilstand = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    bare = forms.ChoiceField(label=gettext_lazy("Only"), required=False)

    def __init__(self, *args: Any, **given: Any):
        super().__init__(*args, **given)
        choices: Mapping[str, list[tuple[str, str]]] = {
            "tjeneste": [(each.value, str(SERVICES[each.value])) for each in Service],
            "kapittel": [(each, f"{each} {chapter_title(each)}") for each in CHAPTERS],
            "tilstand": [(each.value, line_state(each)) for each in LineState],
            "bare": [("hull", _("Where something is to be done")), ("krav", _("What the law requires"))],
        }
        for name, listed in choices.items():
            self.fields[name].choices = [("", _("All")), *listed]  # type: ignore[attr-defined]

    def filters(self) -> GuidelineFilters:
        """Return what was chosen; what is none of the choices counts for nothing."""
        chosen = self.cleaned_data if self.is_valid() else {}
        state, service = chosen.get("tilstand"), chosen.get("tjeneste")
        return GuidelineFilters(
            service=Service(service) if service else None,
            chapter=chosen.get("kapittel", ""),
            state=LineState(state) if state else None,
            only_gaps=chosen.get("bare") == "hull",
            only_demands=chosen.get("bare") == "krav",
        )


def guideline_crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way to a page under the guideline."""
    return crumbs_to((reverse("strategy:guideline"), _("The guideline")), *more)


def lines_crumb() -> tuple[str, str]:
    """Return the step to the list of lines."""
    return reverse("strategy:guideline_lines"), _("The lines")


@requires(policies.READ)
def overview(request: HttpRequest) -> HttpResponse:
    """Show where the weak spots are: services by chapters, in words and numbers."""
    actor = acting(request)
    gaps = selectors.follow_up(actor=actor)
    shown = {
        "spots": selectors.weak_spots(actor=actor),
        "chapters": list(CHAPTERS),
        "columns": [Column(_("Service")), *(Column(f"{each} {chapter_title(each)}") for each in CHAPTERS)],
        "csv_href": reverse("strategy:guideline_csv"),
        "gaps": len(gaps),
        "without_measure": sum(not gap.measures for gap in gaps),
        "may_assess": actor.may(policies.ASSESS),
        "may_see_indicators": actor.may(policies.VIEW_STATISTICS),
        "crumbs": crumbs_to(),
    }
    return render(request, "strategy/guideline.html", shown)


@requires(policies.READ)
def overview_csv(request: HttpRequest) -> HttpResponse:
    """Give the same numbers, a row for each service in each chapter, as a file that spreadsheets open."""
    headings = [
        _("Service"),
        _("Chapter"),
        _("Requirements not met"),
        _("Requirements met"),
        _("Requirements not assessed"),
        _("Recommendations not started"),
        _("Recommendations under way"),
        _("Recommendations in place"),
        _("Recommendations not relevant"),
        _("Recommendations not assessed"),
    ]
    spots = [each for _service, every in selectors.weak_spots(actor=acting(request)) for each in every]
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("services-by-chapter-%(day)s.csv") % {"day": clock.today().isoformat()}
    return csv_file([headings, *map(_spot_cells, spots)], filename=name)


@requires(policies.READ)
def lines(request: HttpRequest) -> HttpResponse:
    """Show the lines that were asked for, with what each service says."""
    form = FilterForm(request.GET or None)
    filters = form.filters()
    found = selectors.guideline(actor=acting(request), filters=filters)
    shown = {
        "form": form,
        "sections": found,
        "count": sum(len(each.rows) for each in found),
        "is_narrowed": filters != GuidelineFilters(),
        "csv_href": f"{reverse('strategy:guideline_lines_csv')}?{request.GET.urlencode()}",
        "columns": [Column(_("Line")), Column(_("Where services stand"))],
        "crumbs": guideline_crumbs(),
    }
    return render(request, "strategy/guideline_lines.html", shown)


@requires(policies.READ)
def lines_csv(request: HttpRequest) -> HttpResponse:
    """Give the same lines, one row for each service that they are said to, as a file that spreadsheets open."""
    found = selectors.guideline(actor=acting(request), filters=FilterForm(request.GET or None).filters())
    rows = [_cells(row.line, place) for each in found for row in each.rows for place in row.places]
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("guideline-%(day)s.csv") % {"day": clock.today().isoformat()}
    return csv_file([_headings(), *rows], filename=name)


@requires(policies.READ)
def line(request: HttpRequest, guideline_line: str) -> HttpResponse:
    """Show one line in each service: evidence, barrier, next step, measures, and what was said before."""
    actor = acting(request)
    row = selectors.guideline_line(actor=actor, line_id=guideline_line)
    shown = {
        "row": row,
        "history": selectors.assessment_history(actor=actor, line_id=guideline_line),
        "history_columns": [Column(_("Day")), Column(_("Service")), Column(_("State")), Column(_("Said by"))],
        "titles": {each.slug: spoken(each.title) for each in statistics.indicators(actor=actor)},
        "may_see_indicators": actor.may(policies.VIEW_STATISTICS),
        "may_assess": actor.may(policies.ASSESS),
        "may_edit": actor.may(policies.EDIT),
        "text": spoken(row.line.text),
        "crumbs": guideline_crumbs(lines_crumb()),
    }
    return render(request, "strategy/guideline_line.html", shown)


@requires(policies.READ)
def follow_up(request: HttpRequest) -> HttpResponse:
    """Show every gap with the measures that take it up."""
    actor = acting(request)
    gaps = selectors.follow_up(actor=actor)
    only_open = _is_only_open(request)
    shown = {
        "gaps": [gap for gap in gaps if not (only_open and gap.measures)],
        "csv_href": f"{reverse('strategy:follow_up_csv')}?{request.GET.urlencode()}",
        "count": len(gaps),
        "without": sum(not gap.measures for gap in gaps),
        "only_open": only_open,
        "columns": [
            Column(_("Line")),
            Column(_("Service")),
            Column(_("What stands in the way, and the next step")),
            Column(_("Measures")),
        ],
        "may_edit": actor.may(policies.EDIT),
        "crumbs": guideline_crumbs(),
    }
    return render(request, "strategy/guideline_follow_up.html", shown)


@requires(policies.READ)
def follow_up_csv(request: HttpRequest) -> HttpResponse:
    """Give the same gaps as a file that spreadsheets open as a table."""
    only_open = _is_only_open(request)
    gaps = [gap for gap in selectors.follow_up(actor=acting(request)) if not (only_open and gap.measures)]
    rows = [_cells(gap.line, Place(gap.said.service, gap.said, gap.measures)) for gap in gaps]
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("follow-up-plan-%(day)s.csv") % {"day": clock.today().isoformat()}
    return csv_file([_headings(), *rows], filename=name)


def _is_only_open(request: HttpRequest) -> bool:
    return request.GET.get("vis") == "uten"


def _spot_cells(spot: Spot) -> list[str]:
    counted = (
        spot.demands_not_met,
        spot.demands_met,
        spot.demands_open,
        spot.advice_not_started,
        spot.advice_under_way,
        spot.advice_done,
        spot.advice_not_relevant,
        spot.advice_open,
    )
    chapter = f"{spot.chapter} {chapter_title(spot.chapter)}"
    return [str(SERVICES[spot.service.value]), chapter, *map(str, counted)]


def _headings() -> list[str]:
    return [
        _("Chapter"),
        _("Line"),
        pgettext("line of the guideline", "What it says"),
        _("Kind"),
        _("Service"),
        _("State"),
        _("Day"),
        _("In the way"),
        _("Next step"),
        _("Who is responsible"),
        _("Measures"),
    ]


def _cells(line: Line, place: Place) -> list[str]:
    """A line in a service; empty where the service has said nothing yet."""
    chapter, said = chapter_of(line.id), place.said
    return [
        f"{chapter} {chapter_title(chapter)}",
        line.id,
        spoken(line.text),
        _("Required by law") if is_demand(line) else _("Recommendation"),
        str(SERVICES[place.service.value]),
        line_state(place.state),
        said.on.isoformat() if said else "",
        f"{barrier_words(said.barrier)} {said.barrier_text}".strip() if said else "",
        said.next_step if said else "",
        said.who if said else "",
        "; ".join(each.text for each in place.measures),
    ]
