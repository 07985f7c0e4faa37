"""Taking the answers along without saying who one is: a private link, and a PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from medspiller.access import services as access
from medspiller.access.declare import public
from medspiller.access.domain.saved_links import SavedLinkGone, SavedTooMuch
from medspiller.access.domain.throttling import TooManyTries
from medspiller.access.web.addresses import client_address
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.rights import selectors, services
from medspiller.rights.domain.dialogue import Dialogue, NoDialogue, dialogue_from
from medspiller.rights.web import answers, state
from medspiller.rights.web.area import PUBLIC, acting, unkept
from medspiller.ui.documents import Problem

PURPOSE = "rights"
_WHY = "anybody may take along what they have answered, without saying who they are"
_PROBLEMS = {
    Problem.MISSING: lambda: _(
        "The machine that Medspiller runs on lacks what makes PDFs. Print the page instead: most printers let you "
        "choose PDF."
    ),
    Problem.TOO_LARGE: lambda: _("The answers are too long for a PDF. Print the page instead."),
    Problem.FAULT: lambda: _("Something went wrong, and there is no PDF. Try again, or print the page instead."),
}


@public(_WHY, methods=("GET", "POST"))
@unkept
def save(request: HttpRequest) -> HttpResponse:
    """Keep the answers behind a private link for 30 days."""
    actor = acting(request)
    rulebook, _pin = selectors.rulebook(actor=actor)
    try:
        dialogue = state.sent(request, PUBLIC, rulebook.facts)
    except NoDialogue:
        return redirect(PUBLIC.start_url)
    try:
        secret, gone_at = access.save_link(
            actor=actor, purpose=PURPOSE, text=dialogue.written(), address=client_address(request), now=clock.now()
        )
    except (TooManyTries, SavedTooMuch):
        return render(request, "rights/saved_not.html", _again(dialogue), status=429)
    path = PUBLIC.url("saved", secret)
    shown = _again(dialogue) | {"link": request.build_absolute_uri(path), "path": path, "gone_at": gone_at}
    return _quiet(render(request, "rights/saved.html", shown))


@public("whoever has the link may open it", methods=("GET", "POST"))
@unkept
@sensitive_variables("secret")
def saved(request: HttpRequest, secret: str) -> HttpResponse:
    """Say that something is kept here, and show or delete it when a button is pressed."""
    if request.method != "POST":
        return _quiet(render(request, "rights/saved_open.html"))
    actor, now, address = acting(request), clock.now(), client_address(request)
    try:
        if request.POST.get("gjor") == "slett":
            access.forget_saved_link(actor=actor, purpose=PURPOSE, secret=secret, address=address, now=now)
            return _quiet(render(request, "rights/saved_deleted.html"))
        text, gone_at = access.take_saved_link(actor=actor, purpose=PURPOSE, secret=secret, address=address, now=now)
    except SavedLinkGone:
        return _quiet(render(request, "rights/saved_gone.html", status=404))
    except TooManyTries:
        return _quiet(render(request, "rights/saved_open.html", {"wait": True}, status=429))
    rulebook, _pin = selectors.rulebook(actor=actor)
    more = {"saved_path": request.path, "gone_at": gone_at}
    return _quiet(answers.show(request, PUBLIC, rulebook, dialogue_from(text, rulebook.facts), more=more))


@public(_WHY, methods=("GET", "POST"))
@unkept
@sensitive_post_parameters("hemmelig")
def pdf(request: HttpRequest) -> HttpResponse:
    """Let a PDF be made of the answers, and show how far it has come. Asked for with its secret, by POST alone."""
    actor = acting(request)
    rulebook, _pin = selectors.rulebook(actor=actor)
    try:
        dialogue = state.sent(request, PUBLIC, rulebook.facts)
    except NoDialogue:
        return redirect(PUBLIC.start_url)
    secret = request.POST.get("hemmelig", "")
    if not secret:
        page = answers.on_paper(request, PUBLIC, rulebook, dialogue).content.decode()
        try:
            secret = services.order_document(actor=actor, page=page, address=client_address(request))
        except TooManyTries:
            return render(request, "rights/saved_not.html", _again(dialogue), status=429)
    try:
        found = selectors.document(actor=actor, secret=secret)
    except NotFound:
        found = None
    shown = _again(dialogue) | {
        "secret": secret,
        "file_url": PUBLIC.url("pdf_file"),
        "is_ready": found is not None and found.is_ready,
        "is_gone": found is None,
        "problem": _PROBLEMS[found.problem]() if found and found.problem else "",
    }
    return render(request, "rights/pdf.html", shown)


@public(_WHY, methods=("GET", "POST"))
@unkept
@sensitive_post_parameters("hemmelig")
def pdf_file(request: HttpRequest) -> HttpResponse:
    """Give the PDF as a file."""
    if request.method != "POST":
        return redirect(PUBLIC.start_url)
    content = selectors.document_file(actor=acting(request), secret=request.POST.get("hemmelig", ""))
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("what-i-may-be-entitled-to.pdf")
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _again(dialogue: Dialogue) -> dict[str, object]:
    """What a page needs to lead back to the answers."""
    return {"area": PUBLIC, "state": state.signed(dialogue, PUBLIC), "ui_languages": ()}


def _quiet(response: HttpResponse) -> HttpResponse:
    # Not `no-referrer`: with that, browsers send `Origin: null` with the form, which is refused as forged.
    response["Referrer-Policy"] = "strict-origin"
    return response
