"""Codes of people in words."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspiller.audit.domain import Kind
from medspiller.people.domain.emergency import Verdict
from medspiller.people.domain.involvements import InvolvementBasis

BASES: Mapping[InvolvementBasis, Promise] = {
    InvolvementBasis.TREATMENT: _("Health care and follow-up"),
    InvolvementBasis.ASSESSMENT: _("Finding out what is needed"),
    InvolvementBasis.APPLICATION: _("Handling an application"),
    InvolvementBasis.SUPPORT: _("Support as a carer"),
    InvolvementBasis.CHILD_NEXT_OF_KIN: _("Looking after a child as next of kin"),
    InvolvementBasis.COORDINATION: _("Coordinating services"),
    InvolvementBasis.EMERGENCY_CONTACT: _("Is the one to call for somebody else"),
}
VERDICTS: Mapping[Verdict, Promise] = {
    Verdict.OK: _("In order"),
    Verdict.NOT_OK: _("Not in order"),
}
# What somebody may narrow their own log to.
KINDS: Mapping[Kind, Promise] = {
    Kind.READ: _("Looked at"),
    Kind.SEARCH: _("Searched for"),
    Kind.WRITE: _("Registered or changed"),
    Kind.REFUSED: _("Tried, but was refused"),
}


def role_words(role: str) -> str:
    """Return a role's code as people say it; empty for none. The words are `access`' own."""
    return render_to_string("people/_role.txt", {"role": role}).strip()
