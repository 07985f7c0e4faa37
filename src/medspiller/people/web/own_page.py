"""The person's own page: what is registered, who is around them, what changes by age, and taking it all with them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.people import selectors, services
from medspiller.people.domain.informing import How
from medspiller.people.domain.persons import Changed, DetailsInvalid, age_on
from medspiller.people.domain.roles import ADULT
from medspiller.people.domain.telling.ages import Change
from medspiller.people.selectors import Family, OwnPage, Somebody
from medspiller.people.web.acting import acting
from medspiller.people.web.family_wording import CHANNELS, GENDERS, GRADES, HOWS, RELATIONS, role_name, spoken
from medspiller.people.web.own_forms import AboutMeForm, WishesForm, details_of
from medspiller.people.web.own_wording import ROLES_OF_MINE, ROLES_TOWARDS_ME
from medspiller.people.web.wording import BASES
from medspiller.ui import navigation
from medspiller.ui.navigation import Place

VIEW, EDIT = "people.view_own_page", "people.edit_own_details"


@requires("access.view_my_page")
def home(request: HttpRequest) -> HttpResponse:
    """Show what is registered about whoever is signed in, in short, and what they can do."""
    found = selectors.own_page(actor=acting(request))
    if found is None:
        return render(request, "people/own_nobody.html", {"is_home": True})
    shown = {
        "me": found,
        "is_young": _is_young(found),
        "ahead": _in_words(found.changes.ahead),
        "happened": _in_words(found.changes.happened),
        "as_parent": _in_words(found.changes.ahead_as_parent),
        "elsewhere": navigation.entries(request, Place.OWN_HOME),
    }
    return render(request, "people/own_home.html", shown)


def _is_young(found: OwnPage) -> bool:
    born = found.said.birth_date
    return born is not None and age_on(born, clock.today()) < ADULT


@requires(VIEW)
def around(request: HttpRequest) -> HttpResponse:
    """Show who is registered around the person, in which role, since when, and who wrote it down."""
    found = selectors.own_page(actor=acting(request))
    if found is None:
        return render(request, "people/own_nobody.html")
    selectors.log_named(actor=found.actor, page=found)
    shown = {
        "me": found,
        "carers": [_somebody(each, towards_me=True) for each in found.carers],
        "cared_for": [_somebody(each, towards_me=False) for each in found.cared_for],
        "others": [RELATIONS[each] for each in found.others],
        "units": [(each, BASES[each.basis]) for each in found.units],
    }
    return render(request, "people/own_around.html", shown)


@requires(VIEW)
def about_me(request: HttpRequest) -> HttpResponse:
    """Show what is registered about the person themselves."""
    found = selectors.own_page(actor=acting(request))
    if found is None:
        return render(request, "people/own_nobody.html")
    return render(request, "people/own_about.html", {"me": found, **details(found)})


def details(found: OwnPage) -> dict[str, Any]:
    """Return what is said of somebody in words."""
    said = found.said
    return {
        "language": spoken(said.language) if said.language else "",
        "gender": GENDERS[said.gender] if said.gender else "",
        "channel": CHANNELS[said.preferred_channel] if said.preferred_channel else "",
        "grade": GRADES[said.protected_address],
    }


@requires(EDIT, methods=("GET", "POST"))
def change_about_me(request: HttpRequest) -> HttpResponse:
    """Change one's name as it is written, language and gender."""
    return _changed(request, AboutMeForm, "people/own_about_change.html", "citizen:about_me")


@requires(EDIT, methods=("GET", "POST"))
def change_wishes(request: HttpRequest) -> HttpResponse:
    """Change how one wants to hear from us."""
    return _changed(request, WishesForm, "people/own_wishes.html", "citizen:contact")


def _changed(
    request: HttpRequest, made: type[AboutMeForm] | type[WishesForm], template: str, then: str
) -> HttpResponse:
    found = selectors.own_page(actor=acting(request))
    if found is None:
        return render(request, "people/own_nobody.html")
    if request.method != "POST":
        form = made(initial={**details_of(found.said, made), "version": found.version})
        return render(request, template, {"form": form})
    form, status = made(request.POST), 422
    if form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            services.change_own_details(actor=found.actor, said=form.said, version=version)
        except DetailsInvalid as refusal:
            form.refuse(refusal.problems)
        except Changed as changed:
            # What was typed stays; sent once more, it is what the person says now.
            form, status = made(initial={**form.cleaned_data, "version": changed.version}), 409
        else:
            messages.success(request, _("It is saved."))
            return redirect(then)
    return render(request, template, {"form": form, "conflict": status == 409}, status=status)


@requires("people.read_own_notice")
def notice(request: HttpRequest) -> HttpResponse:
    """Show what is registered, why, from whom and for how long; the first time it is read is written down."""
    found = selectors.own_page(actor=acting(request))
    if found is None:
        return render(request, "people/own_nobody.html")
    first = found.is_to_be_told and services.read_own_notice(actor=found.actor)
    told = found.informing
    shown = {
        "me": found,
        "first": first,
        "how": HOWS[How(told.how)] if told and told.how else "",
        "units": [(each, BASES[each.basis]) for each in found.units],
        **details(found),
    }
    return render(request, "people/own_notice.html", shown)


def age_changes(actor: Actor, seen: Family) -> dict[str, Any]:
    """Return what changes by age for somebody on their page for staff, in words."""
    found = selectors.age_changes(actor=actor, person_id=seen.id, seen=seen)
    return {"ahead": _in_words(found.ahead), "happened": _in_words(found.happened)}


def _somebody(each: Somebody, *, towards_me: bool) -> dict[str, Any]:
    sentences = ROLES_TOWARDS_ME if towards_me else ROLES_OF_MINE
    return {
        "somebody": each,
        "kinds": [RELATIONS[kind] for kind in each.kinds],
        "roles": [(role_name(role.role), sentences.get(role.role, ""), role) for role in each.roles],
    }


def _in_words(changes: Iterable[Change]) -> list[dict[str, Any]]:
    language = get_language() or "nb"
    return [{"on": each.on, "what": each.what.in_language(language), "law": each.rule.law} for each in changes]
