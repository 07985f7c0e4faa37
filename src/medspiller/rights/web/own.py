"""A citizen's own page of rights: what they keep, hand over, and say became of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.people import selectors as people
from medspiller.rights import selectors, services
from medspiller.rights.domain.dialogue import NoDialogue
from medspiller.rights.domain.findings import find
from medspiller.rights.domain.grouping import Group, group_of
from medspiller.rights.domain.outcomes import WEEKS, Outcome
from medspiller.rights.domain.rulebook import Rulebook
from medspiller.rights.selectors import Kept
from medspiller.rights.web import answers, state
from medspiller.rights.web.area import PUBLIC, acting, language
from medspiller.rights.web.presenting import Reader
from medspiller.rights.web.wording import OUTCOMES

OWN = "rights.keep_own"
_WEEKS = frozenset(map(str, WEEKS))


@requires(OWN)
def own_list(request: HttpRequest) -> HttpResponse:
    """Show what is kept."""
    actor = acting(request)
    rulebook, _pin = selectors.rulebook(actor=actor)
    lines = [(one, *_summary(rulebook, one)) for one in selectors.kept_answers(actor=actor)]
    return render(request, "rights/own_list.html", {"lines": lines})


@requires(OWN, methods=("POST",))
def keep(request: HttpRequest) -> HttpResponse:
    """Keep answers that a form brought, and go to them."""
    actor = acting(request)
    rulebook, pin = selectors.rulebook(actor=actor)
    try:
        dialogue = state.sent(request, PUBLIC, rulebook.facts)
        kept = services.keep(actor=actor, dialogue=dialogue, pin=pin, weeks=WEEKS[1])
    except NoDialogue:
        return redirect("rights:start")
    except services.TooMuchKept:
        messages.error(request, _("You keep as much as there is room for. Delete something first."))
        return redirect("own_rights:list")
    messages.success(request, _("Kept on your page."))
    return redirect("own_rights:kept", kept.id)


@requires(OWN, methods=("GET", "POST"))
def kept(request: HttpRequest, kept_id: UUID) -> HttpResponse:
    """Show one of them as it looks by today's rules, and do what its buttons say."""
    actor = acting(request)
    if request.method == "POST":
        return _done(request, actor, kept_id)
    one = selectors.kept(actor=actor, kept_id=kept_id)
    rulebook, _pin = selectors.rulebook(actor=actor)
    return render(request, "rights/own_kept.html", _shown(actor, rulebook, one))


def _shown(actor: Actor, rulebook: Rulebook, one: Kept) -> dict[str, Any]:
    oneself = people.registered_as(actor=actor)
    return answers.found(rulebook, one.dialogue, PUBLIC) | {
        "kept": one,
        "state": state.signed(one.dialogue, PUBLIC),
        "area": PUBLIC,
        "is_registered": oneself.person_id is not None,
        "asks": one.asked_at is not None and one.told_at is None,
        "outcomes": _outcomes(rulebook, one),
        "weeks": [(f"spor-{each}", each) for each in WEEKS],
    }


def _done(request: HttpRequest, actor: Actor, kept_id: UUID) -> HttpResponse:
    what = request.POST.get("gjor", "")
    if what == "slett":
        services.forget_kept(actor=actor, kept_id=kept_id)
        messages.success(request, _("It is deleted."))
        return redirect("own_rights:list")
    if what == "gi-videre":
        try:
            services.hand_over(actor=actor, kept_id=kept_id)
            messages.success(request, _("Those who follow you up can read it now."))
        except services.NotRegistered:
            messages.error(request, _("Nobody in the municipality follows you up yet, so there is nobody to show it."))
    elif what == "trekk-tilbake":
        services.take_back(actor=actor, kept_id=kept_id)
        messages.success(request, _("Only you can read it now."))
    elif what.startswith("spor-"):
        weeks = what.removeprefix("spor-")
        services.choose_when_asked(actor=actor, kept_id=kept_id, weeks=int(weeks) if weeks in _WEEKS else 0)
    elif what == "fikk":
        _tell(request, actor, kept_id)
    else:
        selectors.kept(actor=actor, kept_id=kept_id)
    return redirect("own_rights:kept", kept_id)


def _tell(request: HttpRequest, actor: Actor, kept_id: UUID) -> None:
    one = selectors.kept(actor=actor, kept_id=kept_id)
    rulebook, _pin = selectors.rulebook(actor=actor)
    told = {}
    for right in _asked_about(rulebook, one):
        chosen = request.POST.get(f"ble-{right}", "")
        if chosen in {each.value for each in Outcome}:
            told[right] = Outcome(chosen)
    try:
        services.tell_outcomes(actor=actor, kept_id=kept_id, outcomes=told)
    except services.NothingTold:
        messages.error(request, _("Choose what became of at least one of them."))
        return
    messages.success(request, _("Thank you. What you said is counted without your name."))


def _asked_about(rulebook: Rulebook, one: Kept) -> list[str]:
    found = find(rulebook, one.dialogue.facts(rulebook.facts), on=one.dialogue.on)
    return [finding.right for finding in found if group_of(finding) in (Group.YES, Group.WEIGHED)]


def _outcomes(rulebook: Rulebook, one: Kept) -> list[tuple[str, str, list[tuple[str, str, str, bool, bool]]]]:
    """For each right that may be had: its name, its title, and what can be said of it."""
    reader = Reader(rulebook, language(), one.dialogue.on)
    return [
        (
            f"ble-{right}",
            reader.say(rulebook.rights[right].title),
            [(f"ble-{right}-{each.value}", each.value, str(words), False, False) for each, words in OUTCOMES.items()],
        )
        for right in _asked_about(rulebook, one)
    ]


def _summary(rulebook: Rulebook, one: Kept) -> tuple[str, int]:
    found = find(rulebook, one.dialogue.facts(rulebook.facts), on=one.dialogue.on)
    situation = rulebook.situation(one.dialogue.situation)
    title = situation.title[language()] if situation else _("No situation chosen")
    return title, sum(group_of(finding) is Group.YES for finding in found)
