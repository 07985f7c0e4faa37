"""Writing an entry: a new one, a copy, a change; with a look at it as the public will see it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.catalogue import selectors, services
from medspiller.catalogue.domain.entries import Status
from medspiller.catalogue.domain.importing import slug_of
from medspiller.catalogue.domain.reading import LANGUAGES, Unreadable, read_offer
from medspiller.catalogue.domain.refusals import AlreadyWaiting, SlugTaken, UnknownProvider
from medspiller.catalogue.models import Entry, Version
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.entry_forms import OfferForm, PhoneRow, PlaceRow, TimeRow
from medspiller.catalogue.web.entry_sent import ROWS, Sent, add_row, drop_row
from medspiller.catalogue.web.keeping_lines import shown_as_public
from medspiller.catalogue.web.staff_wording import LANGUAGE_NAMES, said
from medspiller.core import clock
from medspiller.core.errors import Conflict, NotFound
from medspiller.organisations import selectors as organisations

VIEW = "catalogue.view_entries"
EDIT = "catalogue.edit_entry"
DRAFTS = drafts.of_form("catalogue.entry", action=VIEW, fields_of=[OfferForm, PlaceRow, TimeRow, PhoneRow])
# The button that was pressed. Without one the wording is proposed.
BUTTON, SAVE, PREVIEW, ADD, DROP = "do", "save", "preview-", "add-", "drop-"
# What a copy does not take along: it is another offer.
_OWN = ("slug",)


@requires(VIEW, methods=("GET", "POST"))
def edit_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Change an entry. What is sent is a proposal; the wording that is live stays until somebody approves it."""
    actor, today = acting(request), clock.today()
    entry = selectors.entry(actor=actor, entry_id=entry_id, on=today)
    newest = next(iter(selectors.versions(actor=actor, entry_id=entry_id, on=today)))
    body = {**newest.body, "review_on": _review_on(entry, newest)}
    return _Writing(request, entry=entry, body=body, number=newest.number).answer()


@requires(VIEW, methods=("GET", "POST"))
def new_entry(request: HttpRequest) -> HttpResponse:
    """Write a new entry, with `?kopi=` from another one."""
    return _Writing(request, entry=None, body=_copied(request), number=0).answer()


class _Writing:
    """One visit to the form, of an entry that is there or of a new one."""

    def __init__(self, request: HttpRequest, *, entry: Any, body: Mapping[str, Any], number: int):
        self.request, self.entry, self.base, self.number = request, entry, body, number
        self.actor, self.today = acting(request), clock.today()
        providers = selectors.providers_to_name(actor=self.actor, entry=entry, on=self.today)
        self.lists = {
            "providers": sorted(((each.slug, said(each.body["name"])) for each in providers), key=lambda pair: pair[1]),
            "units": [] if entry else self._units(),
            "organisations": [] if entry else self._organisations(),
        }
        self.draft = DRAFTS.open(request, key=entry.id if entry else "")

    def answer(self) -> HttpResponse:
        """Show the form, do what a button asks for, or take the wording in."""
        if self.request.method != "POST":
            begun = self.base or {"period": {"from": self.today.isoformat()}, "languages": ["nb"]}
            return self._page(Sent.fresh(self.draft, begun, based_on=self.number, **self.lists))
        data, pressed = self.request.POST.copy(), self.request.POST.get(BUTTON, SAVE)
        if pressed.startswith((ADD, DROP)):
            return self._rows(data, pressed)
        sent = Sent.of(data, **self.lists)
        if not sent.is_valid:
            return self._page(sent, status=422)
        body = sent.body(base=self.base, slug=self._slug(sent))
        if pressed.startswith(PREVIEW):
            return self._preview(sent, body, pressed.removeprefix(PREVIEW))
        return self._save(sent, body)

    def _save(self, sent: Sent, body: dict[str, Any]) -> HttpResponse:
        typed = sent.offer.cleaned_data
        try:
            version = services.propose(
                actor=self.actor,
                entry_id=self.entry.id if self.entry else None,
                body=body,
                note=typed["note"],
                based_on=typed["based_on"] or 0,
                unit_id=UUID(typed["unit"]) if typed.get("unit") else None,
                organisation_id=UUID(typed["organisation"]) if typed.get("organisation") else None,
            )
        except Unreadable as refusal:
            sent.refuse(refusal.problems)
        except SlugTaken:
            sent.offer.add_error("slug" if "slug" in sent.offer.fields else None, _("Another offer has this address."))
        except UnknownProvider:
            sent.offer.add_error("provider", _("Choose one of those in the list."))
        except AlreadyWaiting:
            told = _("A colleague's proposal waits for approval. When it is decided, you can send yours.")
            sent.offer.add_error(None, told)
        except Conflict:
            told = _(
                "Somebody has changed this since you opened it. Look at what is new on the offer's page, copy "
                "what you need, and send again."
            )
            sent.offer.add_error(None, told)
            return self._page(self._again(sent), status=409)
        else:
            self.draft.forget()
            messages.success(self.request, _("It is sent. The public sees it when somebody has approved it."))
            return redirect("catalogue_staff:entry", version.entry_id)
        return self._page(sent, status=422)

    def _again(self, sent: Sent) -> Sent:
        """The same forms, from now on based on the newest version: the next time it is meant."""
        data = self.request.POST.copy()
        data["based_on"] = str(self.number)
        again = Sent.of(data, **self.lists)
        again.is_valid  # noqa: B018 - the forms read what was sent when they are asked
        for told in sent.offer.non_field_errors():
            again.offer.add_error(None, told)
        return again

    def _rows(self, data: QueryDict, pressed: str) -> HttpResponse:
        focus = ""
        name, _dash, number = pressed.removeprefix(ADD).removeprefix(DROP).partition("-")
        if name in ROWS and pressed.startswith(ADD):
            focus = add_row(data, name)
        elif name in ROWS and number.isdecimal() and len(number) < len("100"):
            drop_row(data, name, int(number))
        return self._page(Sent.of(data, **self.lists).unchecked(), focus=focus)

    def _preview(self, sent: Sent, body: dict[str, Any], language: str) -> HttpResponse:
        try:
            read_offer(body)
        except Unreadable as refusal:
            sent.refuse(refusal.problems)
            return self._page(sent, status=422)
        language = language if language in LANGUAGES else LANGUAGES[0]
        with translation.override(language):
            shown = {**shown_as_public(self.request, body), "here": self.request.path}
            preview = render_to_string("catalogue/staff/_as_public.html", shown, self.request)
        return self._page(sent, preview=preview, preview_language=language)

    def _page(self, sent: Sent, *, status: int = 200, **more: Any) -> HttpResponse:
        shown = {
            "sent": sent,
            "form": sent.offer,
            "forms": sent.all,
            **{f"has_{name}": name in sent.offer.fields for name in ("unit", "organisation", "slug")},
            "entry": self.entry,
            "title": said(self.base.get("title")) if self.entry else "",
            "draft": self.draft,
            "speaks_for_all": self.actor.may(EDIT, unit_id=self.entry.unit_id if self.entry else None),
            "here": self.request.get_full_path(),
            "languages": LANGUAGE_NAMES,
            "language_names": LANGUAGE_NAMES.items(),
            **more,
        }
        page = "catalogue/staff/edit.html"
        is_part = bool(getattr(self.request, "htmx", False)) and status == 200
        return render(self.request, f"{page}#offer" if is_part else page, shown, status=status)

    def _slug(self, sent: Sent) -> str:
        if self.entry:
            return str(self.entry.slug)
        typed = sent.offer.cleaned_data
        return str(typed.get("slug") or "").strip().lower() or slug_of(typed.get("title_nb") or "")

    def _units(self) -> list[tuple[str, str]]:
        """The units for which the writer may keep a new entry."""
        able = self.actor.units_with(EDIT)
        return [
            (str(each.id), each.name)
            for each in organisations.units(actor=self.actor, on=self.today)
            if each.id in able
        ]

    def _organisations(self) -> list[tuple[str, str]]:
        """Which organisations may edit a new entry: any of them to staff, their own to its editors."""
        if self.actor.may(EDIT):
            return [(str(each.id), each.name) for each in organisations.organisations(actor=self.actor)]
        return [(str(each.id), each.name) for each in selectors.own_organisations(actor=self.actor, on=self.today)]


def _review_on(entry: Entry, newest: Version) -> str:
    """The day that holds: somebody may have said, since the last wording, that it is still right."""
    days = [entry.review_on.isoformat()] if entry.live_id else []
    if not days or newest.status == Status.PROPOSED.value:
        days.append(newest.body["review_on"])
    return max(days)


def _copied(request: HttpRequest) -> dict[str, Any]:
    asked = request.GET.get("kopi", "")
    actor, today = acting(request), clock.today()
    try:
        entry = selectors.entry(actor=actor, entry_id=UUID(asked), on=today)
    except (ValueError, NotFound):
        return {}
    newest = next(iter(selectors.versions(actor=actor, entry_id=entry.id, on=today)))
    return {name: value for name, value in newest.body.items() if name not in _OWN}
