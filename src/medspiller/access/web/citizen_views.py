"""The first page of a signed-in citizen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from medspiller.access.declare import requires


@requires("access.view_my_page")
def home(request: HttpRequest) -> HttpResponse:
    """Show what one can do here today, and what is still to come."""
    return render(request, "access/citizen_home.html", {"access_log": _access_log()})


def _access_log() -> str:
    try:
        return reverse("citizen:access_log")
    except NoReverseMatch:
        return ""
