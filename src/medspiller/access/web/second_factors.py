"""
Setting up second factors: by somebody halfway in who has none yet, or signed in, who wants another.

Both see the same pages. Whoever is halfway in and has a second factor must show it first:
a password alone never adds one.
"""

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import qrcode
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from qrcode.image.svg import SvgPathFillImage

from medspiller.access import selectors, services
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.local import LastFactor, Shown, WrongCode, WrongPasskey
from medspiller.access.models import User
from medspiller.access.web import halfway
from medspiller.access.web.halfway import Halfway
from medspiller.access.web.local_forms import CodeForm, NewPasskeyForm
from medspiller.access.web.local_sign_in import asked, question, site_of
from medspiller.core import clock, encryption

_SECRET = "totp_secret"  # noqa: S105 - a name


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose second factors these are. `on_the_way` is set while there is no session yet."""

    actor: Actor
    user: User
    on_the_way: Halfway | None

    @property
    def layout(self) -> str:
        return "ui/public.html" if self.on_the_way else "ui/staff.html"

    @property
    def pages(self) -> dict[str, str]:
        """The names of the pages that lead on from here."""
        if self.on_the_way:
            return {"totp": "access:set_up_totp", "passkey": "access:set_up_passkey", "back": "access:set_up"}
        return {"totp": "access:add_totp", "passkey": "access:add_passkey", "back": "access:account"}


View = Callable[[HttpRequest, Owner], HttpResponse]


def on_the_way(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Show a page to whoever is halfway in and may set up a second factor; lead anybody else to where they may."""

    @never_cache
    def guarded(request: HttpRequest) -> HttpResponse:
        person = halfway.current(request)
        if person is None:
            return halfway.begin_again()
        if selectors.second_factors(actor=person.actor).is_enough and not person.has_shown_second_factor:
            return redirect("access:second_step")
        return view(request, Owner(actor=person.actor, user=person.user, on_the_way=person))

    return guarded


def signed_in(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Show a page to whoever is signed in to a local account; 404 for accounts that are kept elsewhere."""

    @never_cache
    def guarded(request: HttpRequest) -> HttpResponse:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        user = selectors.local_account(actor=actor, user_id=actor.id)
        return view(request, Owner(actor=actor, user=user, on_the_way=None))

    return guarded


def choose(request: HttpRequest, owner: Owner) -> HttpResponse:
    """Let somebody choose between an app and a passkey."""
    if owner.on_the_way and selectors.second_factors(actor=owner.actor).is_enough:
        return halfway.go_on(request, owner.on_the_way)
    return render(request, "access/set_up.html", {"name": owner.user.name})


def totp(request: HttpRequest, owner: Owner) -> HttpResponse:
    """Show a code to scan, and take the app when it shows that it has scanned it."""
    form = CodeForm(request.POST or None)
    secret = _secret(request, owner)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_totp(actor=owner.actor, secret=secret, code=form.cleaned_data["code"], now=clock.now())
        except WrongCode as refusal:
            form.add_error("code", _why(refusal))
        else:
            request.session.pop(_SECRET, None)
            return _added(request, owner, Shown.CODE, _("The app is set up."))
    status = 422 if request.method == "POST" else 200
    address = _address(owner, secret, issuer=site_of(request).name)
    shown = {
        "form": form,
        "picture": _picture(address),
        "address": address,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        **_frame(owner),
    }
    return render(request, "access/totp.html", shown, status=status)


def passkey(request: HttpRequest, owner: Owner) -> HttpResponse:
    """Take a new passkey that the browser has made."""
    form = NewPasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_passkey(
                actor=owner.actor,
                site=site_of(request),
                state=asked(request),
                answer=form.cleaned_data["answer"],
                name=form.cleaned_data["name"],
                now=clock.now(),
            )
        except WrongPasskey:
            form.add_error(None, _("The passkey was not accepted. Try once more."))
        else:
            return _added(request, owner, Shown.PASSKEY, _("The passkey is set up."))
    status = 422 if request.method == "POST" else 200
    questions = "access:set_up_passkey_question" if owner.on_the_way else "access:add_passkey_question"
    return render(
        request, "access/passkey.html", {"form": form, "questions": questions, **_frame(owner)}, status=status
    )


def new_passkey_question(request: HttpRequest, owner: Owner) -> HttpResponse:
    """Tell the browser what to ask for to make a passkey."""
    wanted = services.ask_for_new_passkey(actor=owner.actor, site=site_of(request))
    return question(request, wanted.options, wanted.state)


def recovery_codes(request: HttpRequest, owner: Owner) -> HttpResponse:
    """
    Make new recovery codes, and show them in this answer only.

    On the way in, the session opens now: the page that the codes stand on leads to work.
    """
    on_the_way = owner.on_the_way
    if on_the_way and not on_the_way.has_shown_second_factor:
        return halfway.go_on(request, on_the_way)
    if request.method != "POST":
        return render(request, "access/recovery_codes.html", _frame(owner))
    try:
        codes = services.renew_recovery_codes(actor=owner.actor, now=clock.now())
    except LastFactor:
        return redirect(owner.pages["back"])
    next_path = halfway.safe_path(on_the_way.next_path) if on_the_way else reverse("access:account")
    if on_the_way:
        halfway.open_for(request, on_the_way.user, shown=on_the_way.shown)
    file = base64.b64encode("\r\n".join(["Medspiller", owner.user.subject, "", *codes, ""]).encode()).decode()
    shown = {"codes": codes, "next": next_path, "file": f"data:text/plain;charset=utf-8;base64,{file}"}
    return render(request, "access/recovery_codes_shown.html", {**shown, "layout": owner.layout})


def _added(request: HttpRequest, owner: Owner, shown: Shown, text: str) -> HttpResponse:
    messages.success(request, text)
    if owner.on_the_way:
        return halfway.go_on(request, halfway.add(request, owner.on_the_way, shown))
    return redirect("access:account")


def _secret(request: HttpRequest, owner: Owner) -> str:
    """
    The secret that is being set up: sealed in the session until the app has shown a code of it.

    It is this account's, and stays the same when the page is loaded anew or stands in two tabs.
    """
    place, kept = f"session.totp_secret:{owner.user.id}", request.session.get(_SECRET)
    if kept:
        try:
            return encryption.decrypt(base64.b64decode(kept), place=place)
        except (encryption.NotOurs, encryption.NoSuchKey):
            pass
    secret = services.new_totp_secret(actor=owner.actor)
    request.session[_SECRET] = base64.b64encode(encryption.encrypt(secret, place=place)).decode()
    return secret


def _why(refusal: WrongCode) -> str:
    if refusal.clock_is_off:
        return _("The code was right for another time: the clock of your phone is wrong. Set it to automatic time.")
    return _("The code is not right. Wait for the next one, and type that.")


def _address(owner: Owner, secret: str, *, issuer: str) -> str:
    name = f"{issuer} (Medspiller)"
    parameters = urlencode({"secret": secret, "issuer": name}, quote_via=quote)
    return f"otpauth://totp/{quote(name)}:{quote(owner.user.subject)}?{parameters}"


def _picture(address: str) -> str:
    drawn = io.BytesIO()
    qrcode.make(address, image_factory=SvgPathFillImage, box_size=12).save(drawn)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"


def _frame(owner: Owner) -> dict[str, Any]:
    return {"layout": owner.layout, "pages": owner.pages, "on_the_way": owner.on_the_way is not None}
