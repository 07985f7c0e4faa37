"""What waits for a moderator, and what they decide."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.catalogue import selectors, services
from medspiller.catalogue.domain.changes import differences
from medspiller.catalogue.domain.refusals import NotWaiting, OwnProposal, SlugTaken, UnknownProvider
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.keeping_forms import ReasonForm
from medspiller.catalogue.web.keeping_lines import change_lines, shown_as_public, version_lines
from medspiller.catalogue.web.staff_wording import said
from medspiller.core import clock
from medspiller.ui.paging import page_of

VIEW = "catalogue.view_entries"
MODERATE = "catalogue.moderate"


@requires(MODERATE)
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits for approval, the oldest first."""
    rows = selectors.waiting(actor=acting(request), on=clock.today()).order_by("made_at", "id")
    page = page_of(rows, request, per_page=20)
    lines = [
        (line, row.entry, said(row.body.get("title")), row.entry.live_id is None)
        for line, row in zip(version_lines(list(page.object_list)), page.object_list, strict=True)
    ]
    columns = [_("Offer"), _("Who offers it?"), _("Sent by"), _("When")]
    return render(request, "catalogue/staff/waiting.html", {"page": page, "lines": lines, "columns": columns})


@requires(MODERATE)
def proposal(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Show one proposal: what is new in it, and how the public will see it."""
    return _proposal_page(request, version_id, ReasonForm())


@requires(MODERATE, methods=("POST",))
def approve(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Let the public see a proposal."""
    actor = acting(request)
    version = selectors.version(actor=actor, version_id=version_id, on=clock.today())
    try:
        services.approve(actor=actor, version_id=version_id)
    except NotWaiting:
        messages.warning(request, _("Somebody else has decided it in the meantime."))
    except OwnProposal:
        messages.warning(request, _("Somebody else approves what you have proposed yourself."))
    except SlugTaken:
        messages.warning(request, _("Another offer has this address."))
    except UnknownProvider:
        messages.warning(request, _("Nobody knows who offers it any more. Add them, or change the offer."))
    else:
        messages.success(request, _("It is approved, and the public sees it now."))
    return redirect("catalogue_staff:entry", version.entry_id)


@requires(MODERATE, methods=("POST",))
def reject(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Send a proposal back, with what should be done differently."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _proposal_page(request, version_id, form)
    actor = acting(request)
    version = selectors.version(actor=actor, version_id=version_id, on=clock.today())
    try:
        services.reject(actor=actor, version_id=version_id, reason=form.cleaned_data["reason"])
    except NotWaiting:
        messages.warning(request, _("Somebody else has decided it in the meantime."))
    else:
        messages.success(request, _("It is sent back with your words. What the public sees has not changed."))
    return redirect("catalogue_staff:entry", version.entry_id)


@requires(VIEW, methods=("POST",))
def withdraw(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    actor = acting(request)
    version = selectors.version(actor=actor, version_id=version_id, on=clock.today())
    try:
        services.withdraw(actor=actor, version_id=version_id)
    except NotWaiting:
        messages.warning(request, _("Somebody else has decided it in the meantime."))
    else:
        messages.success(request, _("It is taken back. You find it among the earlier versions."))
    return redirect("catalogue_staff:entry", version.entry_id)


def _proposal_page(request: HttpRequest, version_id: UUID, form: ReasonForm) -> HttpResponse:
    actor, today = acting(request), clock.today()
    version = selectors.version(actor=actor, version_id=version_id, on=today)
    entry = selectors.entry(actor=actor, entry_id=version.entry_id, on=today)
    shown = {
        "entry": entry,
        "title": said(version.body.get("title")) or entry.slug,
        "version": version_lines([version])[0],
        "is_new": entry.live is None,
        "changes": change_lines(differences(entry.live.body, version.body)) if entry.live else [],
        "change_columns": [_("What"), _("Before"), _("After")],
        "may_decide": selectors.may_decide(actor=actor, version=version, on=today),
        "form": form,
        **shown_as_public(request, version.body),
    }
    return render(request, "catalogue/staff/proposal.html", shown, status=422 if form.errors else 200)
