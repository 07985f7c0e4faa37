"""
The access log in plain words: `{% load access_log %}`.

Selectors give codes; here each code has its words, and each kind of entry one whole
sentence. A test holds the tables to the enums.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from babel.lists import format_list
from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from medspiller.audit.domain.basis import BasisCode
from medspiller.audit.domain.entries import Entry, SeenEntry, as_seen
from medspiller.audit.domain.information import Information, SearchTerm
from medspiller.audit.domain.kinds import Kind
from medspiller.audit.domain.visibility import Audience, Viewer, Withheld, WithheldReason
from medspiller.core.actors import ActorKind

register = template.Library()

INFORMATION: Mapping[Information, Promise] = {
    Information.REGISTRATION: _("that the person is registered"),
    Information.NAME_AND_BIRTH: _("name and date of birth"),
    Information.CONTACT_DETAILS: _("contact details"),
    Information.PROTECTED_ADDRESS: _("a protected address"),
    Information.CARERS: _("who the carers are"),
    Information.CARED_FOR: _("who the person cares for"),
    Information.CHILDREN: _("children in the family"),
    Information.CONTACT_PERSON: _("who the contact person is"),
    Information.CONSENTS: _("consents"),
    Information.MAY_BE_TOLD: _("what each carer may be told"),
    Information.INVOLVEMENT: _("who takes part in the follow-up"),
    Information.HEALTH: _("health information"),
    Information.NEEDS: _("what is important or needed"),
    Information.ANSWERS: _("answers to questions"),
    Information.PLAN: _("the plan"),
    Information.NOTES: _("notes from conversations"),
    Information.AGREEMENT: _("the carer agreement"),
    Information.MESSAGES: _("messages"),
    Information.APPOINTMENTS: _("appointments"),
    Information.APPLICATIONS: _("applications"),
    Information.DECISIONS: _("decisions"),
    Information.COMPLAINTS: _("complaints"),
    Information.RESPITE: _("respite"),
    Information.RIGHTS: _("which rights may apply"),
    Information.COURSES: _("courses and groups"),
    Information.DOCUMENTS: _("documents"),
    Information.CONCERN_FOR_CHILD: _("concern for a child"),
    Information.SAFETY: _("questions about safety"),
    Information.KEPT_FROM_PARENTS: _("what the parents are not told"),
    Information.ACCOUNT: _("user account and sign-in"),
    Information.ROLES: _("jobs and roles"),
    Information.ACCESS_LOG: _("who has looked at the information"),
}
UNSPECIFIED = _("information that is not described further")

SEARCH_TERMS: Mapping[SearchTerm, Promise] = {
    SearchTerm.NAME: pgettext_lazy("searched by", "name"),
    SearchTerm.PERSON_NUMBER: pgettext_lazy("searched by", "national identity number"),
    SearchTerm.BIRTH_DATE: pgettext_lazy("searched by", "date of birth"),
    SearchTerm.PHONE: pgettext_lazy("searched by", "phone number"),
    SearchTerm.ADDRESS: pgettext_lazy("searched by", "address"),
    SearchTerm.UNIT: pgettext_lazy("searched by", "unit"),
    SearchTerm.ROLE: pgettext_lazy("searched by", "role"),
    SearchTerm.STATUS: pgettext_lazy("searched by", "status"),
    SearchTerm.PERIOD: pgettext_lazy("searched by", "period"),
    SearchTerm.WORDS: pgettext_lazy("searched by", "words in the text"),
}

BASES: Mapping[BasisCode, Promise] = {
    BasisCode.INVOLVEMENT: _("The unit takes part in the follow-up."),
    BasisCode.BLUE_LIGHT: _("It was urgent. The reason was written down, and a leader checks it afterwards."),
    BasisCode.OWN: _("It was the person's own information."),
    BasisCode.REPRESENTATIVE: _("It was done on behalf of the person."),
    BasisCode.CONSENT: _("The person had agreed to it."),
    BasisCode.LEGAL_DUTY: _("The law requires it."),
    BasisCode.ADMINISTRATION: _("It was part of running the service."),
    BasisCode.REVIEW: _("It was a check of who has looked at the information."),
    BasisCode.SYSTEM: _("It was done automatically."),
    BasisCode.UNSTATED: _("No reason is given."),
}

OWN_TO_READER = _("It was your own information.")

WITHHELD: Mapping[Withheld, Promise] = {
    Withheld.NONE: _("Shown to the person and to representatives"),
    Withheld.REPRESENTATIVES: _("Not shown to representatives"),
    Withheld.PERSON_AND_REPRESENTATIVES: _("Not shown to the person or to representatives"),
}
WITHHELD_REASONS: Mapping[WithheldReason, Promise] = {
    WithheldReason.CONCERN_FOR_CHILD: _("Concern for a child"),
    WithheldReason.SAFETY: _("Questions about safety"),
    WithheldReason.KEPT_FROM_PARENTS: _("The parents are not to be told"),
    WithheldReason.PROTECTED_ADDRESS: _("Protected address"),
    WithheldReason.NOT_WITHHELD: _("Nothing is held back"),
}
AUDIENCES: Mapping[Audience, Promise] = {
    Audience.PERSON: _("The person"),
    Audience.PERSON_AND_REPRESENTATIVES: _("The person and representatives"),
}


class _Actor(StrEnum):
    """How the sentence names whoever acted."""

    READER = "reader"
    SYSTEM = "system"
    FROM_SOMEWHERE = "from_somewhere"
    NAMED = "named"
    UNKNOWN = "unknown"


SENTENCES: Mapping[tuple[Kind, _Actor], Promise] = {
    (Kind.READ, _Actor.READER): _("You looked at: %(information)s."),
    (Kind.READ, _Actor.SYSTEM): _("The system used: %(information)s."),
    (Kind.READ, _Actor.FROM_SOMEWHERE): _("%(who)s at %(organisation)s looked at: %(information)s."),
    (Kind.READ, _Actor.NAMED): _("%(who)s looked at: %(information)s."),
    (Kind.READ, _Actor.UNKNOWN): _("Somebody who was not signed in looked at: %(information)s."),
    (Kind.SEARCH, _Actor.READER): _("You searched and saw: %(information)s."),
    (Kind.SEARCH, _Actor.SYSTEM): _("The system searched and found: %(information)s."),
    (Kind.SEARCH, _Actor.FROM_SOMEWHERE): _("%(who)s at %(organisation)s searched and saw: %(information)s."),
    (Kind.SEARCH, _Actor.NAMED): _("%(who)s searched and saw: %(information)s."),
    (Kind.SEARCH, _Actor.UNKNOWN): _("Somebody who was not signed in searched and saw: %(information)s."),
    (Kind.WRITE, _Actor.READER): _("You registered or changed: %(information)s."),
    (Kind.WRITE, _Actor.SYSTEM): _("The system registered or changed: %(information)s."),
    (Kind.WRITE, _Actor.FROM_SOMEWHERE): _("%(who)s at %(organisation)s registered or changed: %(information)s."),
    (Kind.WRITE, _Actor.NAMED): _("%(who)s registered or changed: %(information)s."),
    (Kind.WRITE, _Actor.UNKNOWN): _("Somebody who was not signed in registered or changed: %(information)s."),
    (Kind.REFUSED, _Actor.READER): _("You tried to see or change this, and were refused: %(information)s."),
    (Kind.REFUSED, _Actor.SYSTEM): _("The system tried to use this, and was refused: %(information)s."),
    (Kind.REFUSED, _Actor.FROM_SOMEWHERE): _(
        "%(who)s at %(organisation)s tried to see or change this, and was refused: %(information)s."
    ),
    (Kind.REFUSED, _Actor.NAMED): _("%(who)s tried to see or change this, and was refused: %(information)s."),
    (Kind.REFUSED, _Actor.UNKNOWN): _(
        "Somebody who was not signed in tried to see or change this, and was refused: %(information)s."
    ),
}
SEARCHED_BY = _("Searched by: %(terms)s.")


@register.filter
def sentence(entry: SeenEntry | Entry) -> str:
    """Return what happened as one plain sentence in the reader's language."""
    seen = _as_seen(entry)
    text = str(SENTENCES[seen.kind, _actor_in(seen)])
    return text % {
        "who": seen.actor_name,
        "organisation": seen.organisation,
        "information": information_words(seen.information),
    }


@register.filter
def searched_by(entry: Entry) -> str:
    """Return what a search went by as one sentence; empty for anything but a search."""
    if not entry.searched_by:
        return ""
    return str(SEARCHED_BY) % {"terms": _listed(SEARCH_TERMS[term] for term in entry.searched_by)}


@register.filter
def basis_sentence(entry: SeenEntry | Entry) -> str:
    """Return on which basis it happened, as one plain sentence to whoever reads it."""
    seen = _as_seen(entry)
    return str(OWN_TO_READER if seen.by_viewer and seen.basis is BasisCode.OWN else BASES[seen.basis])


@register.filter
def information_words(categories: Iterable[Information]) -> str:
    """Return categories of information as a list in words."""
    named = [INFORMATION[category] for category in categories]
    return _listed(named or [UNSPECIFIED])


@register.filter
def withheld_words(level: Withheld) -> str:
    """Return from whom an entry is withheld, in words."""
    return str(WITHHELD[level])


@register.filter
def withheld_reason_words(reason: WithheldReason) -> str:
    """Return why an entry is withheld, in words."""
    return str(WITHHELD_REASONS[reason])


@register.filter
def audience_words(audience: Audience) -> str:
    """Return to whom an entry was released, in words."""
    return str(AUDIENCES[audience])


def _as_seen(entry: SeenEntry | Entry) -> SeenEntry:
    return as_seen(entry, viewer=Viewer.STAFF, viewer_id=None) if isinstance(entry, Entry) else entry


def _actor_in(entry: SeenEntry) -> _Actor:
    if entry.by_viewer:
        return _Actor.READER
    if entry.actor_kind is ActorKind.SYSTEM:
        return _Actor.SYSTEM
    if entry.actor_kind is ActorKind.ANONYMOUS or not entry.actor_name:
        return _Actor.UNKNOWN
    return _Actor.FROM_SOMEWHERE if entry.organisation and entry.actor_kind is ActorKind.STAFF else _Actor.NAMED


def _listed(words: Iterable[Promise]) -> str:
    return format_list([str(word) for word in words], locale=get_language() or "nb")
