"""What people type about themselves on their own page."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from medspiller.people.domain.consents import RECEIVER_MOST, ConsentDecision, ConsentDetails, ConsentTopic, Obtained
from medspiller.people.domain.contacts import NOTE_MOST, Channel, ContactDetails, ContactSystem, Gender
from medspiller.people.domain.corrections import TEXT_MOST, About, Outcome
from medspiller.people.domain.persons import BEST_TIME_MOST, NAME_LENGTH, PersonChanges
from medspiller.people.domain.statements import TEXT_MOST as STATEMENT_MOST
from medspiller.people.web.acting import end_of
from medspiller.people.web.family_forms import Answer, Refusable
from medspiller.people.web.family_wording import CHANNELS, GENDERS, SYSTEMS
from medspiller.people.web.own_wording import ABOUT, OUTCOMES, OWN_TOPICS
from medspiller.people.web.person_forms import languages, person_values
from medspiller.people.web.wording import PROBLEMS
from medspiller.ui.forms import DayField, Form

PERSON, UNIT, OTHER = "person", "unit", "other"
# Nobody else has asked: it is their own page.
UNANSWERED = _("I have not answered")


class AboutMeForm(Refusable):
    """Name, language and gender."""

    given_name = forms.CharField(label=_("Given name"), required=False, max_length=NAME_LENGTH)
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=NAME_LENGTH)
    language = forms.ChoiceField(label=_("Which language do you want to speak with us?"), required=False)
    needs_interpreter = Answer(label=_("Do you need an interpreter?"), unanswered=UNANSWERED)
    gender = forms.ChoiceField(
        label=_("Gender"),
        required=False,
        choices=[("", _("I would rather not say")), *((each.value, words) for each, words in GENDERS.items())],
        help_text=_("Only what you say yourself. You need not say anything."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **given: Any):
        super().__init__(*args, **given)
        self.fields["language"].choices = languages(unanswered=UNANSWERED)  # type: ignore[attr-defined]

    @property
    def said(self) -> dict[str, object]:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        return {
            "given_name": typed["given_name"],
            "family_name": typed["family_name"],
            "language": typed["language"],
            "needs_interpreter": Answer.read(typed["needs_interpreter"]),
            "gender": Gender(typed["gender"]) if typed["gender"] else None,
        }


class WishesForm(Refusable):
    """How somebody wants to hear from us."""

    preferred_channel = forms.ChoiceField(
        label=_("How do you want us to reach you?"),
        required=False,
        choices=[("", _("It does not matter")), *((each.value, words) for each, words in CHANNELS.items())],
    )
    best_time = forms.CharField(
        label=_("When does it suit you best?"),
        required=False,
        max_length=BEST_TIME_MOST,
        help_text=_("For example: after four, not on Fridays."),
    )
    wants_notices = Answer(
        label=_("Do you want short messages from us?"),
        unanswered=UNANSWERED,
        help_text=_("They say nothing about health and name nobody: only that there is something new."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def said(self) -> dict[str, object]:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        return {
            "preferred_channel": Channel(typed["preferred_channel"]) if typed["preferred_channel"] else None,
            "best_time": typed["best_time"],
            "wants_notices": Answer.read(typed["wants_notices"]),
        }


def details_of(said: PersonChanges, made: type[AboutMeForm] | type[WishesForm]) -> dict[str, Any]:
    """Return what somebody has said before, as one of the two forms shows it."""
    return {name: value for name, value in person_values(said).items() if name in made.base_fields}


class OwnContactForm(Refusable):
    """One's own telephone or e-mail, and what is safe there."""

    system = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(each.value, SYSTEMS[each]) for each in (ContactSystem.PHONE, ContactSystem.EMAIL)],
        widget=forms.RadioSelect,
    )
    value = forms.CharField(label=_("Number or e-mail"), max_length=254)
    safe_to_call = Answer(
        label=_("Is it safe that we call?"),
        help_text=_("Think about who else may hear or see it."),
        unanswered=UNANSWERED,
    )
    safe_to_leave_message = Answer(label=_("May we leave a message?"), unanswered=UNANSWERED)
    safe_for_notices = Answer(label=_("May we send short messages here?"), unanswered=UNANSWERED)
    note = forms.CharField(label=_("Something we should know?"), required=False, max_length=NOTE_MOST)

    def __init__(self, *args: Any, only: ContactSystem | None = None, **given: Any):
        super().__init__(*args, **given)
        if only is not None:
            # What it is stays.
            self.fields["system"].choices = [(only.value, SYSTEMS[only])]  # type: ignore[attr-defined]
            self.fields["system"].widget = forms.HiddenInput()
            self.fields["system"].initial = only.value
            self.fields["value"].label = str(SYSTEMS[only])
            if only is ContactSystem.ADDRESS:
                self.fields["value"].widget = forms.Textarea(attrs={"rows": 3, "cols": 40})
                for name in ("safe_to_call", "safe_to_leave_message", "safe_for_notices"):
                    del self.fields[name]
            elif only is ContactSystem.EMAIL:
                del self.fields["safe_to_call"], self.fields["safe_to_leave_message"]

    def details(self, *, rank: int = 1) -> ContactDetails:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        return ContactDetails(
            system=ContactSystem(typed["system"]),
            value=typed["value"],
            own=True,
            safe_to_call=Answer.read(typed.get("safe_to_call", "")),
            safe_to_leave_message=Answer.read(typed.get("safe_to_leave_message", "")),
            safe_for_notices=Answer.read(typed.get("safe_for_notices", "")),
            note=typed["note"],
            rank=rank,
        )


class OwnConsentForm(Form):
    """Who may know what about oneself."""

    receiver = forms.ChoiceField(label=_("Who is it about?"), choices=[])
    other = forms.CharField(
        label=_("Who outside the municipality?"),
        required=False,
        max_length=RECEIVER_MOST,
        help_text=_("For example a school. Fill this in only if you chose somebody outside."),
    )
    decision = forms.ChoiceField(
        label=_("What do you say?"),
        choices=[
            (ConsentDecision.GIVEN.value, _("Yes, they may know")),
            (ConsentDecision.REFUSED.value, _("No, they may not know")),
        ],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("About what?"),
        choices=[(each.value, words) for each, words in OWN_TOPICS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    last_day = DayField(
        label=_("Last day"), required=False, help_text=_("Leave it empty, and it lasts until you take it back.")
    )

    def __init__(self, *args: Any, receivers: list[tuple[str, str]], **given: Any):
        super().__init__(*args, **given)
        choices = [("", _("Choose")), *receivers, (OTHER, _("Somebody outside the municipality"))]
        self.fields["receiver"].choices = choices  # type: ignore[attr-defined]

    @property
    def details(self) -> ConsentDetails:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        kind, _colon, chosen = typed["receiver"].partition(":")
        return ConsentDetails(
            topics=frozenset(map(ConsentTopic, typed["topics"])),
            to_person_id=UUID(chosen) if kind == PERSON else None,
            to_unit_id=UUID(chosen) if kind == UNIT else None,
            to_other=typed["other"] if kind == OTHER else "",
            decision=ConsentDecision(typed["decision"]),
            obtained=Obtained.ELECTRONIC,
            ends_at=end_of(typed["last_day"]) if typed["last_day"] else None,
        )

    def refuse(self, problems: dict[str, str]) -> None:
        """Say beside each field what is wrong with it."""
        for detail, code in problems.items():
            name = {"ends_at": "last_day", "obtained": "decision"}.get(detail, detail)
            if (detail, code) == ("receiver", "missing"):
                name = "other"
            words = _TOO_YOUNG if (detail, code) == ("obtained", "too_young") else PROBLEMS[detail, code]
            self.add_error(name if name in self.fields else None, str(words))


_TOO_YOUNG = _("Until you are 16 your parents say yes to this for you. You can always say no.")


class StatementForm(Form):
    """What matters to somebody."""

    text = forms.CharField(
        label=_("What matters to you?"),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 50}),
        max_length=STATEMENT_MOST,
        help_text=_("In your own words. Those who follow you up can read it."),
    )


class CorrectionForm(Form):
    """What somebody asks to have corrected."""

    about = forms.ChoiceField(
        label=_("What is wrong?"), choices=[(each.value, ABOUT[each]) for each in About], widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What should it say?"), widget=forms.Textarea(attrs={"rows": 4, "cols": 50}), max_length=TEXT_MOST
    )


class CorrectionAnswerForm(Form):
    """What came of a request."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[(each.value, OUTCOMES[each]) for each in Outcome],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        max_length=TEXT_MOST,
        help_text=_("If it stays as it is, write why, and that they can complain to the Data Protection Authority."),
    )
