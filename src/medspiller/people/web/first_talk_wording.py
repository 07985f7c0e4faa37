"""What stands in a first talk, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspiller.people.domain.first_talk import LooksAfter, SaidToBe
from medspiller.people.web import family_wording, wording

SAID_TO_BE: Mapping[SaidToBe, Promise] = {
    SaidToBe.NEAREST: _("Yes, the patient says so"),
    SaidToBe.CARER: _("No, but one of the patient's carers"),
    SaidToBe.TAKEN_TO_BE_NEAREST: _("The patient cannot say; we take this one to be the nearest"),
}
LOOKED_AFTER_BY: Mapping[LooksAfter, Promise] = {
    LooksAfter.PATIENT: _("The patient"),
    LooksAfter.OTHER_PARENT: _("The other parent"),
    LooksAfter.FAMILY: _("Somebody else in the family"),
    LooksAfter.FOSTER_HOME: _("A foster home"),
    LooksAfter.OTHER: _("Somebody else"),
    LooksAfter.NOBODY: _("Nobody"),
}
STAYS_CLOSED = _(
    "This carer is registered already, and their own page stays closed to your unit. Remove this, and save again."
)
# What is wrong, by detail and code; the rest is said as on the other pages of people.
_PROBLEMS: Mapping[tuple[str, str], Promise] = {
    ("person_number", "elsewhere"): _(
        "Somebody with this number is registered, and your unit does not follow them up."
        " If you have to see them now, use emergency access first."
    ),
    ("person_number", "another_name"): _(
        "Somebody with this number is registered with another name. Check both of them."
    ),
    ("given_name", "number_unknown"): _("Nobody is registered with this number. Write the name too."),
    ("given_name", "closed"): _("You cannot write about this person. Ask a colleague to do it."),
    ("given_name", "twice"): _("This person is in the form twice. Remove one of them."),
    ("kind", "already_there"): _("They are already registered with this relation to each other."),
    ("kind", "said_no"): _("You have answered no above. Check which of the two is right."),
    ("kind", "not_that_kin"): _("Only children and siblings under 18 are written here."),
    ("birth_date", "write_as_child"): _(
        "This is a child. Write about the child further down, under children and siblings."
    ),
    ("born", "not_minor"): _("Only those under 18 are written here. Write an adult as a carer."),
    ("reasoning", "missing"): _("Write why: who has had the most lasting and continuous contact."),
    ("reasoning", "not_needed"): _("Choose above that we take this one to be the nearest, or remove this."),
    ("matters", "needs_contact"): _(
        "This is the carer's own. We keep it only if the carer wants us to get in touch: choose yes, or remove it."
    ),
    ("channel", "needs_contact"): _("We need this only if the carer wants us to get in touch."),
    ("best_time", "needs_contact"): _("We need this only if the carer wants us to get in touch."),
    ("matters", "stays_closed"): STAYS_CLOSED,
    ("channel", "stays_closed"): STAYS_CLOSED,
    ("best_time", "stays_closed"): STAYS_CLOSED,
    ("wants_contact", "protected"): _(
        "Somebody with a protected address is only registered if they want us to get in touch."
    ),
    ("phone", "missing"): _("Write the phone number, or choose that it was not asked."),
    ("said_to_be", "already_there"): _("They have this role already."),
    ("who", "choose"): _("Somebody with this name is registered. Say whether it is one of these."),
}  # fmt: skip


def problem(detail: str, code: str) -> str:
    """Return what is wrong in words."""
    own = _PROBLEMS.get((detail, code))
    if own is not None:
        return str(own)
    if detail == "may_know":
        return str(wording.PROBLEMS["obtained", code])
    return family_wording.problem("not_a_birth_date" if detail == "born" and code == "not_a_day" else code)
