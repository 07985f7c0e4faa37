"""The search box, the everyday entrance, filters and what was found; and what is suggested while one types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspiller.access.declare import public
from medspiller.catalogue import selectors
from medspiller.catalogue.domain.finding import PAGE, Filters, Found, Suggestion, SuggestionKind
from medspiller.catalogue.domain.vocabulary import Need
from medspiller.catalogue.web import presenting, reasons, wording
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.forms import FindForm
from medspiller.core import clock
from medspiller.ui import paging
from medspiller.ui.forms import typed

_WHY = "anybody may read what help there is"
# So many of those that fit less well, where nothing fits.
MOST_NEAREST = 3
# Says in the address that all offers are wanted, and not the entrance.
ALL = "alle"


@dataclass(frozen=True, slots=True)
class Lead:
    """A line that leads somewhere; `about` says what it is."""

    text: str
    href: str
    about: str = ""


@public(_WHY)
def find(request: HttpRequest) -> HttpResponse:
    """Show what help there is: all of it, or what fits words and filters."""
    form = FindForm(typed(request.GET))
    if form.is_valid() and not form.asked():
        return _entrance(request, form)
    asked, filters = form.asked(), filters_of(form)
    query = form.cleaned_data.get("q", "")
    found = _found(request, query, filters)
    is_narrowed = bool(form.errors) or bool(set(asked) - {"q", ALL})
    shown = {
        "form": form,
        "asked": asked,
        "is_narrowed": is_narrowed,
        "unset_filters": "" if is_narrowed else _unset_filters(presenting.language()),
        "cards": cards_of(found.hits, why=found.concepts),
        "page": paging.page_from(found.hits, number=found.page, count=found.total, per_page=PAGE),
        "count_said": _count(found),
        "understood": _understood(query, found),
        "is_urgent": found.urgency is not None,
        "chips": chips(form, asked),
        "nearest": [] if found.hits else _nearest(request, query, filters),
        "is_found": True,
    }
    return render(request, "catalogue/find.html", shown, status=422 if form.errors else 200)


def _entrance(request: HttpRequest, form: FindForm) -> HttpResponse:
    """Show the ways in, without looking for anything."""
    shown = {
        "form": form,
        "unset_filters": _unset_filters(presenting.language()),
        "entrance": entrance(request),
        "has_offers": selectors.visible(actor=acting(request), on=clock.today()).exists(),
    }
    return render(request, "catalogue/find.html", shown)


@cache
def _unset_filters(language: str) -> str:
    """Return the filters as they are while none is set. Made once for each language: everybody gets the same."""
    with translation.override(language):
        return render_to_string("catalogue/_filters.html", {"form": FindForm()})


def _found(request: HttpRequest, query: str, filters: Filters) -> Found[selectors.Shown]:
    """Return the page of what was found that the address asks for, or the last one."""
    number = paging.page_number(request)
    wanted: dict[str, Any] = {
        "query": query,
        "filters": filters,
        "language": presenting.language(),
        "on": clock.today(),
    }
    found = selectors.find_shown(actor=acting(request), page=number, **wanted)
    return found if number <= found.pages else selectors.find_shown(actor=acting(request), page=found.pages, **wanted)


@public(_WHY)
def suggest(request: HttpRequest) -> HttpResponse:
    """Show what the letters so far may become; without script it is a search like any other."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('catalogue:find')}?{urlencode({'q': request.GET.get('q', '')[:200]})}")
    found = selectors.suggest(
        actor=acting(request),
        text=request.GET.get("q", "")[:200],
        language=presenting.language(),
        on=clock.today(),
    )
    return render(request, "catalogue/_suggestions.html", {"suggestions": [_lead(each) for each in found]})


def filters_of(form: FindForm) -> Filters:
    """Return what the form narrows to."""
    given = form.cleaned_data
    return Filters(
        needs=form.needs(),
        relations=form.relations(),
        conditions=form.conditions(),
        age=given.get("alder"),
        language=given.get("sprak", ""),
        near=form.near(),
        district=given.get("sted", ""),
        is_evening=bool(given.get("kveld")),
        is_digital=bool(given.get("digitalt")),
        is_free=bool(given.get("gratis")),
        is_anonymous=bool(given.get("anonymt")),
        is_for_children=bool(given.get("barn")),
    )


def cards_of(hits: Sequence[selectors.Shown], *, why: Iterable[str] = ()) -> list[presenting.Card]:
    """Return what was found as cards, in its order, each with what of `why` holds for it."""
    today, codes = clock.today(), tuple(why)
    return [
        presenting.shown(hit, today=today, why=reasons.in_words(code for code in codes if code in hit.concepts))
        for hit in hits
    ]


def entrance(request: HttpRequest) -> list[tuple[str, list[Lead]]]:
    """Return the sentences of the everyday entrance, by the need that stands behind them."""
    groups: dict[str, list[Lead]] = {}
    language = presenting.language()
    for meaning in selectors.wording(actor=acting(request)).shown():
        said = (meaning.show or {}).get(language, "")
        need = next((each.removeprefix("need:") for each in meaning.concepts if each.startswith("need:")), "")
        if said:
            heading = str(wording.NEEDS[Need(need)]) if need else _("Other things")
            groups.setdefault(heading, []).append(Lead(said, _search_for(said)))
    return list(groups.items())


def chips(form: FindForm, asked: dict[str, Any]) -> list[Lead]:
    """Return what narrows the list, each with the address of the list without it."""
    given = {name: form[name].value() for name in asked}
    given = {name: "on" if value is True else value for name, value in given.items()}
    found = []
    for name, chosen in asked.items():
        if name == ALL:
            continue
        left = urlencode({other: value for other, value in given.items() if other != name})
        href = f"{reverse('catalogue:find')}?{left}" if left else reverse("catalogue:find")
        found.append(Lead(_chip_text(form, name, chosen), href))
    return found


def _chip_text(form: FindForm, name: str, value: Any) -> str:
    field = form.fields[name]
    if value is True:
        return str(field.label)
    if name == "alder":
        return ngettext("%(count)s year", "%(count)s years", value) % {"count": value}
    said = {str(code): str(words) for code, words in getattr(field, "choices", ())}
    return said.get(value, str(value))


def _count(found: Found[selectors.Shown]) -> str:
    if not found.total:
        return _("We found nothing that fits")
    if found.is_capped:
        return _("More than %(count)s offers fit") % {"count": found.total}
    return ngettext("%(count)s offer fits", "%(count)s offers fit", found.total) % {"count": found.total}


def _understood(query: str, found: Found[selectors.Shown]) -> str:
    """The words as they were read, where that is not as they were typed."""
    if not found.corrected:
        return ""
    return " ".join(found.corrected.get(word.lower(), word) for word in query.split())


def _nearest(request: HttpRequest, asked: str, filters: Filters) -> list[presenting.Card]:
    """What fits the words without the filters; where nothing does, what fits the need alone."""
    for query, looser in ((asked, Filters()), ("", Filters(needs=filters.needs))):
        if (query, looser) not in ((asked, filters), ("", Filters())):
            found = selectors.find_shown(
                actor=acting(request), query=query, filters=looser, language=presenting.language(), on=clock.today()
            )
            if found.hits:
                return cards_of(found.hits[:MOST_NEAREST])
    return []


def _lead(one: Suggestion) -> Lead:
    if one.kind is SuggestionKind.OFFER:
        return Lead(one.text, reverse("catalogue:offer", args=[one.slug]), _("offer"))
    return Lead(one.text, _search_for(one.text))


def _search_for(words: str) -> str:
    return f"{reverse('catalogue:find')}?{urlencode({'q': words})}"
