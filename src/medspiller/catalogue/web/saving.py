"""Keeping a list of offers behind a private link, without saying who one is."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from medspiller.access import services as access
from medspiller.access.declare import public
from medspiller.access.domain.saved_links import SavedLinkGone, SavedTooMuch
from medspiller.access.domain.throttling import TooManyTries
from medspiller.access.web.addresses import client_address
from medspiller.catalogue.web.area import acting, unkept
from medspiller.catalogue.web.comparing import CHOSEN, chosen
from medspiller.core import clock

PURPOSE = "catalogue"


@public("anybody may take along what they have found, without saying who they are", methods=("GET", "POST"))
@unkept
def save(request: HttpRequest) -> HttpResponse:
    """Keep the chosen offers behind a private link for 30 days."""
    slugs = chosen(request, request.POST.getlist(CHOSEN))["slugs"]
    if not slugs:
        return redirect("catalogue:find")
    try:
        secret, gone_at = access.save_link(
            actor=acting(request),
            purpose=PURPOSE,
            text=written(slugs),
            address=client_address(request),
            now=clock.now(),
        )
    except (TooManyTries, SavedTooMuch):
        return render(request, "catalogue/saved_not.html", {"ui_languages": ()}, status=429)
    return render(request, "catalogue/saved.html", _link(request, secret) | {"gone_at": gone_at, "ui_languages": ()})


@public("whoever has the link may open it", methods=("GET", "POST"))
@unkept
@sensitive_variables("list_secret")
def saved(request: HttpRequest, list_secret: str) -> HttpResponse:
    """Say that something is kept here, and show or delete it when a button is pressed."""
    if request.method != "POST":
        return render(request, "catalogue/saved_open.html")
    how: dict[str, Any] = {
        "actor": acting(request),
        "purpose": PURPOSE,
        "secret": list_secret,
        "address": client_address(request),
        "now": clock.now(),
    }
    try:
        if request.POST.get("gjor") == "slett":
            access.forget_saved_link(**how)
            return render(request, "catalogue/saved_deleted.html", {"ui_languages": ()})
        text, gone_at = access.take_saved_link(**how)
    except SavedLinkGone:
        return render(request, "catalogue/saved_gone.html", {"ui_languages": ()}, status=404)
    except TooManyTries:
        return render(request, "catalogue/saved_open.html", {"wait": True}, status=429)
    shown = chosen(request, read(text)) | {"saved_path": request.path, "gone_at": gone_at, "ui_languages": ()}
    return render(request, "catalogue/saved_list.html", shown)


def written(slugs: Sequence[str]) -> str:
    """Return a list as it is kept: the offers' names in addresses, and nothing about who keeps it."""
    return json.dumps({"offers": list(slugs)})


def read(text: str) -> list[str]:
    """Return a list that was kept."""
    return [str(each) for each in json.loads(text)["offers"]]


def _link(request: HttpRequest, secret: str) -> dict[str, str]:
    path = f"{request.path.removesuffix('lagre/')}lagret/{secret}/"
    return {"path": path, "link": request.build_absolute_uri(path)}
