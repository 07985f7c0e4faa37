"""What is typed about one person: details, other names, death."""

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspiller.access.web.drafts import MARK
from medspiller.people.domain.contacts import Channel, Gender, NameUse
from medspiller.people.domain.persons import (
    BEST_TIME_MOST,
    NAME_LENGTH,
    NameDetails,
    PersonChanges,
    ProtectedAddress,
)
from medspiller.people.web.family_forms import NOT_ASKED, Answer, Refusable, choices_of
from medspiller.people.web.family_wording import CHANNELS, GENDERS, GRADES, NAME_USES, spoken
from medspiller.ui.forms import DayField

# The languages that interpreters are most often asked for, first; all others can be chosen too.
FIRST_LANGUAGES = ("nb", "nn", "se", "en", "ar", "fa", "pl", "ru", "so", "ti", "uk", "ur")


def languages(*, unanswered: Any = NOT_ASKED) -> list[tuple[str, Any]]:
    """All languages that have a name here, after the words for none: the common first, the others by name."""
    names = Locale.parse((get_language() or "nb").split("-")[0]).languages
    others = sorted((name, tag) for tag, name in names.items() if len(tag) <= 3 and tag not in FIRST_LANGUAGES)
    return [
        ("", unanswered),
        *((tag, spoken(tag)) for tag in FIRST_LANGUAGES),
        *((tag, name) for name, tag in others),
    ]


class PersonForm(Refusable):
    """All that is said of a person. `version` is the one it was filled from, and travels unseen."""

    given_name = forms.CharField(label=_("Given name"), required=False, max_length=NAME_LENGTH)
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=NAME_LENGTH)
    birth_date = DayField(label=_("Date of birth"), required=False)
    person_number = forms.CharField(label=_("National identity number"), required=False, max_length=20)
    protected_address = forms.ChoiceField(
        label=_("Protected address"),
        choices=choices_of(GRADES),
        help_text=_("As the population register has it. The address is then shown to nobody who does not need it."),
    )
    language = forms.ChoiceField(label=_("Language the person wants to speak"), required=False)
    needs_interpreter = Answer(label=_("Needs an interpreter"))
    gender = forms.ChoiceField(
        label=_("Gender, as the person says"),
        required=False,
        choices=choices_of(GENDERS, empty=_("Not asked")),
    )
    preferred_channel = forms.ChoiceField(
        label=_("Wants to be reached by"), required=False, choices=choices_of(CHANNELS, empty=_("Not asked"))
    )
    best_time = forms.CharField(
        label=_("When it suits best"), required=False, max_length=BEST_TIME_MOST,
        help_text=_("In the person's own words, for example: after four, not on Fridays."),
    )  # fmt: skip
    wants_notices = Answer(label=_("Wants reminders and notices from us"))
    # A draft from yesterday meets what was changed since, and overwrites nobody.
    version = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={MARK: "yes"}))

    def __init__(self, *args: Any, has_number: bool = False, **given: Any):
        super().__init__(*args, **given)
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]
        if has_number:
            del self.fields["person_number"]

    @property
    def changes(self) -> PersonChanges:
        """What was typed."""
        typed = self.cleaned_data
        return PersonChanges(
            given_name=typed["given_name"],
            family_name=typed["family_name"],
            birth_date=typed["birth_date"],
            person_number=typed.get("person_number", ""),
            protected_address=ProtectedAddress(typed["protected_address"]),
            gender=Gender(typed["gender"]) if typed["gender"] else None,
            language=typed["language"],
            needs_interpreter=Answer.read(typed["needs_interpreter"]),
            preferred_channel=Channel(typed["preferred_channel"]) if typed["preferred_channel"] else None,
            best_time=typed["best_time"],
            wants_notices=Answer.read(typed["wants_notices"]),
        )


def person_values(said: PersonChanges) -> dict[str, Any]:
    """Return what is said of a person as the form shows it."""
    return {
        "given_name": said.given_name,
        "family_name": said.family_name,
        "birth_date": said.birth_date,
        "protected_address": said.protected_address.value,
        "gender": said.gender.value if said.gender else "",
        "language": said.language,
        "needs_interpreter": Answer.written(said.needs_interpreter),
        "preferred_channel": said.preferred_channel.value if said.preferred_channel else "",
        "best_time": said.best_time,
        "wants_notices": Answer.written(said.wants_notices),
    }


class NameForm(Refusable):
    """Another name."""

    use = forms.ChoiceField(label=_("What kind of name"), choices=choices_of(NAME_USES), widget=forms.RadioSelect)
    given_name = forms.CharField(label=_("Given name"), required=False, max_length=NAME_LENGTH)
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=NAME_LENGTH)
    valid_from = DayField(label=_("Used from"), required=False)
    valid_to = DayField(label=_("Not used from"), required=False)

    @property
    def details(self) -> NameDetails:
        """What was typed."""
        typed = self.cleaned_data
        return NameDetails(**{**typed, "use": NameUse(typed["use"])})


class DeathForm(Refusable):
    """On which day somebody died."""

    died_on = DayField(label=_("Date of death"))
