"""What is filled in: by those who ask, by those who answer, by those who decide who does."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medspiller.core.errors import InvalidInput
from medspiller.enquiries.domain.enquiries import FEWEST_DAYS, MOST_DAYS, About, Outcome, PartOfDay
from medspiller.enquiries.domain.wishes import LANGUAGES, CallWish, Feedback, read_call
from medspiller.enquiries.selectors import Choice, Narrowing, Seen
from medspiller.enquiries.web import wording
from medspiller.enquiries.web.wording import problem
from medspiller.ui.forms import Form, PhoneInput

YES, NO = "ja", "nei"
_UNKNOWN = {"invalid_choice": _("Choose one of the answers.")}
_LONGEST_SEARCH = 100


class _Showing(Form):
    """A form beside whose fields stands what the service said is wrong."""

    def show(self, problems: Mapping[str, str]) -> None:
        """Show beside each field what is wrong with it."""
        for field, code in problems.items():
            self.add_error(field, problem(field, code))


class CallForm(_Showing):
    """How and when one can be reached, and what it is about: a choice, and no words."""

    about = forms.ChoiceField(
        label=_("What do you want to talk about?"),
        choices=[(each.value, words) for each, words in wording.ABOUTS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you want to talk about."), **_UNKNOWN},
    )
    name = forms.CharField(label=_("What shall we call you?"), required=False)
    phone = forms.CharField(label=_("Phone number"), required=False, widget=PhoneInput)
    email = forms.CharField(label=_("E-mail"), required=False)
    parts = forms.MultipleChoiceField(
        label=_("When would suit you?"),
        required=False,
        choices=[(each.value, words) for each, words in wording.PARTS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages=_UNKNOWN,
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        required=False,
        coerce=int,
        choices=[(str(each), words) for each, words in wording.WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages=_UNKNOWN,
    )
    may_leave_message = forms.ChoiceField(
        label=_("Is it safe for us to leave a message?"),
        required=False,
        initial=NO,
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=forms.RadioSelect,
        error_messages=_UNKNOWN,
    )
    language = forms.ChoiceField(
        label=_("Which language do you want to talk in?"),
        required=False,
        initial=LANGUAGES[0],
        choices=[(code, wording.LANGUAGES[code]) for code in LANGUAGES],
        error_messages=_UNKNOWN,
    )
    other_language = forms.CharField(label=_("If it is another language, which one?"), required=False)
    needs_interpreter = forms.BooleanField(label=_("I need an interpreter"), required=False)

    def clean(self) -> dict[str, Any]:
        """Say all at once what is wrong, also what only the fields together tell."""
        data = super().clean() or {}
        self._wish = CallWish(
            about=About(data.get("about", About.OTHER)),
            name=data.get("name", ""),
            phone=data.get("phone", ""),
            email=data.get("email", ""),
            parts=tuple(PartOfDay(each) for each in data.get("parts", ())),
            weekdays=tuple(data.get("weekdays", ())),
            language=data.get("language") or LANGUAGES[0],
            other_language=data.get("other_language", ""),
            needs_interpreter=data.get("needs_interpreter", False),
            may_leave_message=data.get("may_leave_message") == YES,
        )
        try:
            read_call(self._wish)
        except InvalidInput as refusal:
            self.show(refusal.problems)
        return data

    def wish(self) -> CallWish | None:
        """Return what was filled in; None if something is wrong with it."""
        return self._wish if self.is_valid() else None


class FeedbackForm(_Showing):
    """What does not work, or what one wonders about, and where an answer can be sent."""

    text = forms.CharField(label=_("What do you want to tell us?"), required=False, widget=forms.Textarea)
    email = forms.CharField(label=_("Your e-mail, if you want an answer"), required=False)

    def feedback(self) -> Feedback:
        """Return what was filled in; the service says what is wrong with it."""
        self.full_clean()
        return Feedback(text=self.cleaned_data.get("text", ""), email=self.cleaned_data.get("email", ""))


class NarrowForm(Form):
    """Words that a list is narrowed by."""

    q = forms.CharField(label=_("Name, phone number or e-mail"), required=False)

    def words(self) -> str:
        """Return the words on one line, cut where they are too long."""
        self.full_clean()
        return " ".join(self.cleaned_data.get("q", "")[:_LONGEST_SEARCH].split())

    def narrowing(self, *, is_open: bool) -> Narrowing:
        """Return what the list is narrowed to."""
        return Narrowing(is_open=is_open, words=self.words())


class FinishForm(Form):
    """What came of it."""

    utfall = forms.ChoiceField(
        label=_("What came of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it."), **_UNKNOWN},
    )

    def __init__(self, *args: Any, seen: Seen, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [(each.value, wording.OUTCOMES[each]) for each in seen.outcomes]
        self.fields["utfall"].choices = choices  # type: ignore[attr-defined]

    def outcome(self) -> Outcome:
        """Return what was chosen."""
        return Outcome(self.cleaned_data["utfall"])


class RecipientForm(Form):
    """Which unit reads, and within how many working days; no unit lets the form go away."""

    enhet = forms.ChoiceField(label=_("Who reads it?"), required=False, error_messages=_UNKNOWN)
    dager = forms.IntegerField(
        label=_("Answers within this many working days"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Write a whole number from 1 to 10.")),
    )

    def __init__(self, *args: Any, choice: Choice, units: list[tuple[Any, str]], **kwargs: Any):
        initial = {"enhet": str(choice.unit_id or ""), "dager": choice.within_days}
        super().__init__(*args, prefix=choice.purpose.value, initial=initial, **kwargs)
        nobody = pgettext_lazy("which unit", "Nobody: the form is not shown")
        self.fields["enhet"].choices = [("", nobody), *((str(key), name) for key, name in units)]  # type: ignore[attr-defined]
