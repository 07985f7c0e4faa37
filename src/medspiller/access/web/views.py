"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from medspiller.access.declare import public


@public("one must be able to sign in")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the ways to sign in as staff."""
    return render(request, "access/sign_in.html", {"next": request.GET.get("next", "")})


@public("one must always be able to sign out", methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and clear what the browser keeps of it."""
    logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
