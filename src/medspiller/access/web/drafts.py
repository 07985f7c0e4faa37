"""
Drafts of forms: what is typed survives a closed browser, a dropped network and an ended session.

A view says once which form it is, `DRAFTS = drafts.of_form("people.emergency", …)`, opens the
draft with `draft = DRAFTS.open(request)`, shows `draft.fill(EmergencyForm)` instead of an
empty form, and calls `draft.forget()` when the form was accepted. Its template says
`{% draft_notice draft %}` and `{% form draft=draft %}`. The pages' script does the rest;
without it there is a button.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from medspiller.access import refusals, selectors, services
from medspiller.access.declare import requires
from medspiller.access.domain.actions import action as action_named
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.drafts import (
    KEY_LENGTH,
    MOST_DRAFTS,
    Draft,
    DraftIsOlder,
    DraftRefused,
    Keeping,
    TooManyDrafts,
    kept,
    number_at,
    rule_of,
)
from medspiller.core import clock
from medspiller.core.errors import NotFound

# What a form is sent with beside its own fields: the button that keeps or forgets, and the number of the save.
BUTTON, NUMBER = "_draft", "_draft_number"
SAVE, FORGET = "save", "forget"
# Says of a field's widget that a draft always or never holds its value: `attrs={MARK: "no"}`.
MARK = "data-draft-keep"
_KEEP, _LEAVE_OUT = "yes", "no"
# What browsers fill in that nobody else should find.
_SECRET_AUTOCOMPLETE = frozenset({"current-password", "new-password", "one-time-code"})
# Tells the page how high the number of a newer draft has to be.
NEWEST = "X-Draft-Number"

AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)
AnySet = TypeVar("AnySet", bound=forms.BaseFormSet)  # type: ignore[type-arg]

_registered: dict[str, "DraftedForm"] = {}


class TwoForms(RuntimeError):
    """Two forms were given the same name, and would show each other's drafts."""


@dataclass(frozen=True, slots=True)
class DraftedForm:
    """A form whose drafts are kept: its name, the action that using it needs, and what is kept of its fields."""

    name: str
    action: str
    rules: Mapping[str, Keeping]

    def open(self, request: HttpRequest, *, key: object = "") -> "OpenDraft":
        """
        Return the draft of whoever is signed in, for this form; `key` where it is about one thing of several.

        Read when a page is fetched, once: a form that was sent shows what was sent.
        """
        opened: dict[tuple[str, str], OpenDraft] = request.__dict__.setdefault("opened_drafts", {})
        place = (self.name, str(key))
        if place not in opened:
            opened[place] = self._opened(request, str(key))
        return opened[place]

    def _opened(self, request: HttpRequest, key: str) -> "OpenDraft":
        is_fetched = request.method in ("GET", "HEAD")
        draft = selectors.draft(actor=_actor(request), form=self.name, key=key) if is_fetched else None
        address, asked = refusals.route_of(request.path, "draft", self.name), {"key": key} if key else {}
        return OpenDraft(
            form=self,
            key=key,
            actor=_actor(request),
            address=f"{address}?{urlencode(asked)}" if asked else address,
            address_and_back=f"{address}?{urlencode({**asked, 'next': request.get_full_path()})}",
            number=number_at(clock.now()),
            draft=draft,
        )


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """
    A form's draft on one page, for its view and for the components `draft_notice` and `form`.

    `address` is where the script sends what is typed; `address_and_back` where a button
    does, which then leads back to this page. `number` is what the script counts on from.
    """

    form: DraftedForm
    key: str
    actor: Actor = field(repr=False)
    address: str
    address_and_back: str
    number: int
    draft: Draft | None = field(repr=False)

    @property
    def saved_at(self) -> datetime | None:
        """When it was kept; None if there is none."""
        return self.draft.saved_at if self.draft else None

    @property
    def typed(self) -> QueryDict | None:
        """What was typed, as the form would have sent it, repeated fields included; None if there is no draft."""
        if self.draft is None:
            return None
        typed = QueryDict(mutable=True)
        for each in self.draft.fields:
            typed.appendlist(each.name, each.value)
        return typed

    def fill(self, made: type[AnyForm], **given: Any) -> AnyForm:
        """
        Return a new form with what was typed in it, as it was typed, and nothing said to be wrong.

        What drafts leave out stands as it does in a new form.
        """
        empty = made(**given)
        typed = self.typed
        if typed is None:
            return empty
        found = {}
        for name, each in empty.fields.items():
            sent_as = empty.add_prefix(name)
            is_kept = rule_of(sent_as, self.form.rules) is not Keeping.NEVER
            if is_kept and not each.widget.value_omitted_from_data(typed, {}, sent_as):
                found[name] = each.widget.value_from_datadict(typed, {}, sent_as)
        return made(**{**given, "initial": {**(given.get("initial") or {}), **found}})

    def fill_set(self, made: type[AnySet], **given: Any) -> AnySet:
        """Return a set of forms with as many forms as there were, and what was typed in them."""
        typed = self.typed
        if typed is None:
            return made(**given)
        filled = made(typed, **given)
        if not filled.management_form.is_valid():
            return made(**given)
        # Bound, so that new rows stay new; but nobody has sent it, so nothing is wrong with it yet.
        filled._errors, filled._non_form_errors = [], ErrorList()  # type: ignore[attr-defined]
        for each in filled.forms:
            each._errors = ErrorDict()
        return filled

    def forget(self) -> None:
        """Forget the draft, because the form was accepted: with what it stored, or not at all."""
        services.forget_draft(actor=self.actor, form=self.form.name, key=self.key)


def of_form(name: str, *, action: str, fields_of: Iterable[type[forms.BaseForm]]) -> DraftedForm:
    """
    Let drafts of a form be kept. Said once, beside its view.

    `name` is stable, since drafts are found by it: `app.what`. `action` is what the form's
    view requires. Of the fields of `fields_of`, all are kept but passwords, codes, files,
    hidden ones, person numbers and those whose widget says `data-draft-keep="no"`;
    `data-draft-keep="yes"` keeps a person number, or a hidden field such as the version of
    what is changed.

    :raises TwoForms: if another form has that name.
    :raises UnknownAction: if the table of actions has no such name.
    """
    action_named(action)
    rules = {name: rule for made in fields_of for name, rule in _rules(made)}
    drafted = DraftedForm(name=name, action=action, rules=MappingProxyType(rules))
    if _registered.setdefault(name, drafted) != drafted:
        raise TwoForms(name)
    return drafted


def registered() -> list[DraftedForm]:
    """Return the forms whose drafts are kept in this process."""
    return list(_registered.values())


@requires("access.keep_draft", methods=("POST",))
def keep(request: HttpRequest, form: str) -> HttpResponse:
    """
    Keep what is typed so far, or with `_draft=forget` forget it; `?key=` says what the form is about.

    204; with a button of the page, back to the page. 409 with `X-Draft-Number` if a newer
    draft is kept, 422 with a sentence if this one cannot be, 404 for whoever may not use the form.
    """
    drafted, key = _registered.get(form), request.GET.get("key", "")
    if drafted is None or not _actor(request).may(drafted.action) or len(key) > KEY_LENGTH or "\x00" in key:
        raise NotFound(form)
    pressed = request.POST.get(BUTTON, "")
    if pressed == FORGET:
        services.forget_draft(actor=_actor(request), form=form, key=key)
        return _done(request, pressed, _("The draft has been deleted."))
    try:
        _save(request, drafted, key)
    except DraftIsOlder as refusal:
        return HttpResponse(status=409, headers={NEWEST: str(refusal.number)})
    except DraftRefused as refusal:
        why = _why(refusal)
        if pressed:
            return refusals.draft_refused(request, why)
        return HttpResponse(why, status=422, content_type="text/plain; charset=utf-8")
    return _done(request, pressed, _("The draft is saved. You will find it here again, on other devices too."))


@requires("access.keep_draft", methods=("POST",))
def keep_own(request: HttpRequest, own_form: str) -> HttpResponse:
    """Do the same for the forms of one's own page."""
    return keep(request, own_form)  # type: ignore[no-any-return]


def _save(request: HttpRequest, drafted: DraftedForm, key: str) -> None:
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    number = request.POST.get(NUMBER, "")
    services.save_draft(
        actor=_actor(request),
        form=drafted.name,
        key=key,
        fields=kept(sent, rules=drafted.rules),  # type: ignore[arg-type]
        number=int(number) if number.isdecimal() and len(number) < 16 else None,
    )


def _why(refusal: DraftRefused) -> str:
    if isinstance(refusal, TooManyDrafts):
        return _(
            "You have %(most)s drafts already, and cannot have more. Send one of them or delete it, and then try again."
        ) % {"most": MOST_DRAFTS}
    return _("This is too long to be kept as a draft. Send the form, or make the text shorter.")


def _done(request: HttpRequest, pressed: str, told: str) -> HttpResponse:
    if not pressed:
        return HttpResponse(status=204)
    messages.success(request, told)
    back = request.GET.get("next", "")
    is_ours = back.isprintable() and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours and back.startswith("/") else refusals.home_of(request.path))


def _rules(made: type[forms.BaseForm]) -> Iterable[tuple[str, Keeping]]:
    for name, each in made.base_fields.items():  # type: ignore[attr-defined]
        rule = _rule(each)
        yield name, rule
        # A field of several inputs is sent as one value from each.
        yield from ((f"{name}{suffix}", rule) for suffix in getattr(each.widget, "widgets_names", ()))


def _rule(each: forms.Field) -> Keeping:
    widget, said = each.widget, each.widget.attrs.get(MARK, "")
    is_secret = isinstance(widget, forms.PasswordInput) or widget.attrs.get("autocomplete") in _SECRET_AUTOCOMPLETE
    if is_secret or isinstance(widget, forms.FileInput) or said == _LEAVE_OUT:
        return Keeping.NEVER
    if said == _KEEP:
        return Keeping.ALWAYS
    return Keeping.NEVER if widget.is_hidden else Keeping.TYPED


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
