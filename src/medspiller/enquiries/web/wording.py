"""Words for what enquiries are about, how they stand and what came of them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medspiller.enquiries.domain.enquiries import About, Outcome, PartOfDay, Purpose, State
from medspiller.enquiries.domain.wishes import CONTACT_LENGTH, LANGUAGE_LENGTH, NAME_LENGTH, TEXT_LENGTH

PURPOSES: Mapping[Purpose, Promise] = {
    Purpose.CALL: _("Wants to be called"),
    Purpose.ACCESSIBILITY: _("Says that a page cannot be used"),
    Purpose.PRIVACY: _("Asks about privacy"),
}
ABOUTS: Mapping[About, Promise] = {
    About.MYSELF: _("Me, and what it is like to be a carer"),
    About.SOMEBODY: _("Somebody I worry about"),
    About.ENTITLED: _("What I am entitled to"),
    About.OFFER: _("A course, a group or another offer"),
    About.OTHER: _("Something else"),
}
# The same as the unit reads it.
ABOUT_THEM: Mapping[About, Promise] = {
    About.MYSELF: _("Themselves, as a carer"),
    About.SOMEBODY: _("Somebody they worry about"),
    About.ENTITLED: _("What they are entitled to"),
    About.OFFER: _("A course, a group or another offer"),
    About.OTHER: _("Something else"),
}
PARTS: Mapping[PartOfDay, Promise] = {
    PartOfDay.MORNING: _("In the morning"),
    PartOfDay.DAYTIME: _("In the daytime"),
    PartOfDay.EVENING: pgettext_lazy("when to call", "In the evening"),
}
WEEKDAYS: Mapping[int, Promise] = {
    1: pgettext_lazy("when to call", "Monday"),
    2: pgettext_lazy("when to call", "Tuesday"),
    3: pgettext_lazy("when to call", "Wednesday"),
    4: pgettext_lazy("when to call", "Thursday"),
    5: pgettext_lazy("when to call", "Friday"),
}
LANGUAGES: Mapping[str, Promise] = {
    "nb": _("Norwegian"),
    "en": _("English"),
    "se": _("Northern Sámi"),
    "ar": _("Arabic"),
    "pl": _("Polish"),
    "so": _("Somali"),
    "ti": _("Tigrinya"),
    "uk": _("Ukrainian"),
    "nsl": _("Norwegian sign language"),
    "other": _("Another language"),
}
STATES: Mapping[State, Promise] = {
    State.WAITING: _("Nobody has it yet"),
    State.TAKEN: pgettext_lazy("enquiry", "Taken"),
    State.DONE: pgettext_lazy("enquiry", "Done"),
}
COLORS: Mapping[State, str] = {State.WAITING: "warning", State.TAKEN: "info", State.DONE: "success"}
OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.TALKED: _("We talked, and that was enough"),
    Outcome.AGREED: _("We agreed to meet or to talk again"),
    Outcome.TOLD_OF_OFFER: _("They were told about an offer, or helped to sign up"),
    Outcome.PASSED_ON: _("Passed on to those who can help"),
    Outcome.NOT_REACHED: _("They could not be reached"),
    Outcome.NOT_WANTED: _("They do not need it any more"),
    Outcome.MENDED: _("It has been put right"),
    Outcome.NOTED: _("It is noted, and nothing more is done now"),
    Outcome.ANSWERED: _("They have had an answer"),
}
PROBLEMS: Mapping[str, Promise] = {
    "no-phone": _("This is not a phone number. Write eight digits, or begin with + and the country code."),
    "no-email": _("This is not an e-mail address. Write it like kari@example.org."),
    "no-language": _("Write only the name of the language, using letters."),
    "unknown": _("Choose one of the answers."),
}
REQUIRED: Mapping[str, Promise] = {
    "phone": _("Write a phone number or an e-mail address, so that we can reach you."),
    "text": _("Write what it is about."),
}
MOST: Mapping[str, int] = {
    "name": NAME_LENGTH,
    "phone": CONTACT_LENGTH,
    "email": CONTACT_LENGTH,
    "text": TEXT_LENGTH,
    "other_language": LANGUAGE_LENGTH,
}
TOO_LONG = _("Write at most %(most)d characters.")


def problem(field: str, code: str) -> str:
    """Return what is wrong with a field."""
    if code == "too-long":
        return str(TOO_LONG) % {"most": MOST[field]}
    return str(REQUIRED[field] if code == "required" else PROBLEMS[code])
