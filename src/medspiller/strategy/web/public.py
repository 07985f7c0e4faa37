"""The open pages of plans: what the municipality has decided to do for carers, and how far it has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medspiller.access.declare import public
from medspiller.strategy.domain.seen import Progress
from medspiller.strategy.domain.written_in import language_of
from medspiller.strategy.selectors import public as selectors
from medspiller.strategy.selectors.public import PublicPlan
from medspiller.strategy.web.acting import acting
from medspiller.ui import paging

_WHY = "what a municipality has decided to do for carers is for everybody to read"
_PER_PAGE = 20
# Units of the picture's width.
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of a bar, in hundredths of its width, written as pictures write numbers."""

    status: str
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class ShownProgress:
    """How far something has come: numbers for the words, and the same as stretches of a bar."""

    done: int
    under_way: int
    not_started: int
    stopped: int
    of: int
    bar: tuple[Stretch, ...]


@public(_WHY)
def plans(request: HttpRequest) -> HttpResponse:
    """Show the plans; where there is one only, that one."""
    found = selectors.public_plans(actor=acting(request))
    if len(found) == 1:
        return _plan(request, found[0].slug, is_only=True)
    page = paging.page_of(found, request, per_page=_PER_PAGE)
    shown = [(plan, shown_progress(plan.progress), language_of([plan.title])) for plan in page]
    return render(request, "strategy/plan_list.html", {"plans": shown, "page": page})


@public(_WHY)
def plan(request: HttpRequest, plan_name: str) -> HttpResponse:
    """Show one plan."""
    return _plan(request, plan_name, is_only=False)


def _plan(request: HttpRequest, slug: str, *, is_only: bool) -> HttpResponse:
    found = selectors.public_plan(actor=acting(request), slug=slug)
    shown = {
        "plan": found,
        "is_only": is_only,
        "written_in": language_of(_texts(found)),
        "progress": shown_progress(found.progress),
        "areas": [(area, shown_progress(area.progress)) for area in found.areas],
    }
    return render(request, "strategy/plan.html", shown)


def shown_progress(progress: Progress) -> ShownProgress:
    """Return progress as a page shows it. What was stopped is told of, but is no part of the bar."""
    counts = (("done", progress.done), ("under_way", progress.under_way), ("not_started", progress.not_started))
    of = sum(count for _status, count in counts)
    return ShownProgress(
        done=progress.done,
        under_way=progress.under_way,
        not_started=progress.not_started,
        stopped=progress.stopped,
        of=of,
        bar=tuple(_stretches(counts, of)),
    )


def _stretches(counts: Sequence[tuple[str, int]], of: int) -> Iterable[Stretch]:
    start = 0.0
    for status, count in counts:
        if count:
            width = _WIDTH * count / of
            yield Stretch(status, f"{start:.2f}", f"{width:.2f}")
            start += width


def _texts(plan: PublicPlan) -> Iterable[Any]:
    yield plan.title
    for area in plan.areas:
        yield from (area.title, area.text, *area.goals)
        yield from (measure.text for measure in area.measures)
