"""
One's own consents: what holds, giving, narrowing, taking back.

To take one back, or to let less be told, asks for nothing but being signed in. To give one, who
somebody is must have been shown a short while ago: it opens what is kept shut, and whoever
finds an open page must not be able to.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain import actors
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.organisations import selectors as organisations
from medspiller.people import selectors, services
from medspiller.people.domain.consents import (
    AlreadyWithdrawn,
    ConsentDecision,
    ConsentInvalid,
    ConsentTopic,
    NotNarrower,
)
from medspiller.people.selectors import OwnPage, SeenConsent
from medspiller.people.web.acting import acting, end_of, paper_file
from medspiller.people.web.consents import NarrowForm
from medspiller.people.web.own_forms import OTHER, PERSON, UNIT, OwnConsentForm
from medspiller.people.web.own_wording import OWN_OBTAINED, OWN_TOPICS, TOPICS_MEAN
from medspiller.people.web.wording import PROBLEMS

OWN = "people.manage_own_consents"
# Names the consent that is given again.
AGAIN = "igjen"


@requires(OWN)
def own_consents(request: HttpRequest) -> HttpResponse:
    """Show all that the person has decided, what holds now first."""
    found = selectors.own_page(actor=acting(request))
    if found is None:
        return render(request, "people/own_nobody.html")
    lines = [in_words(each) for each in selectors.consents(actor=found.actor, owner_id=found.person_id)]
    shown = {
        "live": [each for each in lines if each["consent"].live],
        "over": [each for each in lines if not each["consent"].live],
    }
    return render(request, "people/own_consents.html", shown)


@requires(OWN)
def own_consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Show one of them: what it means, to whom, until when, and the paper if there is one."""
    return render(request, "people/own_consent.html", in_words(_one(request, consent_id)))


@requires(OWN, methods=("GET", "POST"), recent_sign_in=True)
def give_own_consent(request: HttpRequest) -> HttpResponse:
    """Decide what somebody may know."""
    found = selectors.own_page(actor=acting(request))
    if found is None:
        return render(request, "people/own_nobody.html")
    receivers = _receivers(found)
    form = OwnConsentForm(request.POST or None, receivers=receivers, initial=_again(request, receivers))
    meanings = [(OWN_TOPICS[each], TOPICS_MEAN[each]) for each in ConsentTopic]
    shown = {"form": form, "meanings": meanings}
    if request.method != "POST":
        return render(request, "people/own_consent_form.html", shown)
    if form.is_valid():
        try:
            services.give_consent(actor=found.actor, owner_id=found.person_id, details=form.details)
        except ConsentInvalid as refusal:
            form.refuse(refusal.problems)
        else:
            messages.success(
                request, _("It is written down, and applies from now on. You can take it back at any time.")
            )
            return redirect("citizen:consents")
    return render(request, "people/own_consent_form.html", shown, status=422)


@requires(OWN, methods=("GET", "POST"))
def narrow_own_consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Let less be told than before."""
    before = _one(request, consent_id)
    form = NarrowForm(request.POST or None, before=before, words=OWN_TOPICS)
    shown = {**in_words(before), "form": form}
    if request.method != "POST":
        return render(request, "people/own_consent_narrow.html", shown)
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        try:
            services.narrow_consent(
                actor=acting(request),
                consent_id=consent_id,
                topics=frozenset(map(ConsentTopic, form.cleaned_data["topics"])),
                ends_at=end_of(last_day) if last_day else None,
            )
        except NotNarrower:
            form.add_error("topics", _("Remove something, or choose an earlier last day."))
        except ConsentInvalid as refusal:
            for problem in refusal.problems.items():
                form.add_error("last_day", str(PROBLEMS[problem]))
        except AlreadyWithdrawn:
            messages.info(request, _("It no longer applied. Nothing was changed."))
            return redirect("citizen:consents")
        else:
            messages.success(request, _("From now on less may be told."))
            return redirect("citizen:consents")
    return render(request, "people/own_consent_narrow.html", shown, status=422)


@requires(OWN, methods=("GET", "POST"))
def withdraw_own_consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Ask once whether it is to be taken back, and take it back at once."""
    before = _one(request, consent_id)
    if request.method != "POST":
        return render(request, "people/own_consent_withdraw.html", in_words(before))
    try:
        services.withdraw_consent(actor=acting(request), consent_id=consent_id)
    except AlreadyWithdrawn:
        messages.info(request, _("It no longer applied. Nothing was changed."))
    else:
        messages.success(request, _("It is taken back, and no longer applies from this moment."))
    return redirect("citizen:consent", consent_id)


@requires(OWN)
def own_scan(request: HttpRequest, scan_id: UUID) -> HttpResponse:
    """Give the paper as a file to keep."""
    found, content = selectors.scan(actor=acting(request), scan_id=scan_id)
    return paper_file(found, content)


def in_words(each: SeenConsent) -> dict[str, Any]:
    """Return a consent with all that a page says of it."""
    last_day = clock.day_of(each.ends_at - timedelta(microseconds=1)) if each.ends_at else None
    return {
        "consent": each,
        "again_id": str(each.id),
        "receiver": each.receiver or _("Somebody with a protected address"),
        "topics": [OWN_TOPICS[topic] for topic in each.topics],
        "meanings": [(OWN_TOPICS[topic], TOPICS_MEAN[topic]) for topic in each.topics],
        "is_yes": each.decision is ConsentDecision.GIVEN,
        "obtained": OWN_OBTAINED[each.obtained],
        "last_day": last_day,
    }


def _one(request: HttpRequest, consent_id: UUID) -> SeenConsent:
    return selectors.consent(actor=acting(request), consent_id=consent_id)


def _receivers(found: OwnPage) -> list[tuple[str, str]]:
    """Those around the person whose name they know, and the units."""
    around = [*found.carers, *found.cared_for]
    named = {f"{PERSON}:{each.person_id}": each.name for each in around if each.name}
    units = organisations.units(actor=actors.system(found.actor.tenant_id), on=clock.today())
    return [*named.items(), *((f"{UNIT}:{unit_id}", name) for unit_id, name in units.values_list("id", "name"))]


def _again(request: HttpRequest, receivers: list[tuple[str, str]]) -> dict[str, Any]:
    """What a consent that was taken back said, for giving it again."""
    asked = request.GET.get(AGAIN, "")
    try:
        before = selectors.consent(actor=acting(request), consent_id=UUID(asked)) if asked else None
    except (ValueError, NotFound):
        before = None
    if before is None:
        return {}
    receiver = f"{PERSON}:{before.to_person_id}" if before.to_person_id else f"{UNIT}:{before.to_unit_id}"
    known = receiver in dict(receivers)
    return {
        "receiver": receiver if known else OTHER,
        "other": "" if known else before.receiver,
        "decision": before.decision.value,
        "topics": [each.value for each in before.topics],
    }
