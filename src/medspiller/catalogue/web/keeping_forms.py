"""What is typed on the pages where entries are kept true, apart from the offers themselves."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from medspiller.catalogue.domain.offers import Place
from medspiller.catalogue.domain.sessions import LONGEST, MOST_MEETINGS, MOST_SEATS, REASON_LENGTH, SessionPlan
from medspiller.catalogue.selectors.keeping import State
from medspiller.catalogue.web.entry_forms import InLanguages
from medspiller.catalogue.web.staff_wording import STATES
from medspiller.catalogue.web.wording import PROVIDERS
from medspiller.ui.forms import DayField, Form

_OSLO = ZoneInfo("Europe/Oslo")
_TEXT = 500


def _line(label: Any, *, most: int = 200, help_text: Any = "", lang: str = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", **({"lang": lang} if lang else {})})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, help_text=help_text)


def _said(label: Any, lang: str, *, rows: int = 2, most: int = _TEXT) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "cols": 60, "lang": lang})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget)


def _clock(label: Any, *, required: bool = True) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(
        label=label,
        required=required,
        widget=widget,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages={"invalid": _("Write the time as hours and minutes: 18:00.")},
    )


class NarrowForm(Form):
    """Words and a state; both may be left open."""

    q = forms.CharField(label=_("Words in the title"), required=False, max_length=200)
    tilstand = forms.ChoiceField(
        label=_("How it stands"),
        required=False,
        choices=[("", _("All")), *((state.value, words) for state, words in STATES.items())],
    )

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""

    @property
    def state(self) -> State | None:
        asked = self.cleaned_data.get("tilstand") if self.is_valid() else ""
        return State(asked) if asked else None


class MoveForm(Form):
    """The unit that keeps an entry from now on."""

    unit = forms.ChoiceField(
        label=_("Which unit keeps it from now on?"),
        error_messages={
            "required": _("Choose the unit that keeps it from now on."),
            "invalid_choice": _("Choose the unit that keeps it from now on."),
        },
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **given: Any):
        super().__init__(*args, **given)
        self.fields["unit"].choices = [("", _("Choose a unit")), *units]  # type: ignore[attr-defined]


class ReviewForm(Form):
    """When to look at an entry the next time."""

    review_on = DayField(label=_("Look at it again"))


class ReasonForm(Form):
    """Why something is sent back."""

    reason = forms.CharField(
        label=_("What should be done differently?"),
        max_length=_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=_("Whoever proposed it reads this."),
    )


class ClosureForm(InLanguages):
    """From when an offer is not there, until when, and what everybody is told: in words if the unit closes it."""

    closed_from = DayField(label=_("From this day it is closed"))
    opens_on = DayField(label=_("Opens again"), required=False, help_text=_("Leave it empty if nobody knows yet."))
    text_nb = _said(_("What readers are told, in bokmål"), "nb")
    text_nn = _said(_("What readers are told, in nynorsk"), "nn")
    text_en = _said(_("What readers are told, in English"), "en")

    def __init__(self, *args: Any, has_words: bool, **given: Any):
        super().__init__(*args, **given)
        for name in [] if has_words else [each for each in self.fields if each.startswith("text_")]:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuse a time that ends before it begins, and a word in one language only."""
        typed = super().clean() or {}
        start, end = typed.get("closed_from"), typed.get("opens_on")
        if start and end and end <= start:
            self.add_error("opens_on", gettext("It opens again after it closes."))
        _all_or_none(self, typed, "text")
        return typed


class OpenAgainForm(Form):
    """From which day an offer is there again; today if left open."""

    opens_on = DayField(label=_("Opens again"), required=False)


class SessionForm(InLanguages):
    """One meeting, or the first of a series."""

    day = DayField(label=_("Day"))
    begins = _clock(_("From"))
    ends = _clock(_("To"))
    ends_on = DayField(label=_("Day it ends"), required=False, help_text=_("Only if it goes on past midnight."))
    count = forms.IntegerField(
        label=_("How many meetings?"),
        min_value=1,
        max_value=MOST_MEETINGS,
        initial=1,
        help_text=_("More than one makes a series."),
    )
    every_weeks = forms.TypedChoiceField(
        label=_("How often?"),
        required=False,
        coerce=int,
        empty_value=1,  # type: ignore[arg-type]
        choices=[("1", _("Every week")), ("2", _("Every other week")), ("4", _("Every fourth week"))],
    )
    is_series = forms.BooleanField(
        label=_("Whoever signs up, signs up for all of them"), required=False, help_text=_("As for a course.")
    )
    capacity = forms.IntegerField(
        label=pgettext_lazy("how many can come", "Places"),
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        help_text=_("Leave it empty if there is no limit."),
    )
    deadline_day = DayField(
        label=_("Last day to sign up"), required=False, help_text=_("Leave it empty to take sign-ups until it begins.")
    )
    has_waiting_list = forms.BooleanField(
        label=_("There is a waiting list when it is full"), required=False, initial=True
    )
    allows_anonymous = forms.BooleanField(label=_("People may sign up without a name"), required=False)
    place = forms.ChoiceField(label=_("Where?"), required=False)
    online_address = _line(_("Address of the meeting on the web"), most=500, help_text=_("Begins with https://"))
    title_nb = _line(
        _("Name of the meeting, in bokmål"),
        most=70,
        lang="nb",
        help_text=_("If you leave it empty, the offer's is used."),
    )
    title_nn = _line(_("Name of the meeting, in nynorsk"), most=70, lang="nn")
    title_en = _line(_("Name of the meeting, in English"), most=70, lang="en")

    def __init__(self, *args: Any, places: list[str], **given: Any):
        super().__init__(*args, **given)
        found = [(str(number), name) for number, name in enumerate(places)]
        self.fields["place"].choices = [*found, ("", _("Nowhere: on the web only"))]  # type: ignore[attr-defined]
        self.fields["place"].initial = "0" if found else ""

    def clean(self) -> dict[str, Any]:
        """Refuse a meeting that ends before it begins, and a title in one language only."""
        typed = super().clean() or {}
        day = typed.get("day")
        self._ensure_ends_after_it_begins(typed)
        if day and typed.get("deadline_day") and typed["deadline_day"] > day:
            self.add_error("deadline_day", gettext("People sign up before it begins."))
        address = typed.get("online_address")
        if address and not address.startswith("https://"):
            self.add_error("online_address", gettext("A web address begins with https://"))
        _all_or_none(self, typed, "title")
        return typed

    def _ensure_ends_after_it_begins(self, typed: dict[str, Any]) -> None:
        begins, ends, day, ends_on = (typed.get(name) for name in ("begins", "ends", "day", "ends_on"))
        if begins and ends and not ends_on and "ends_on" not in self.errors and ends <= begins:
            told = gettext("It ends after it begins. If it goes on past midnight, write the day it ends too.")
            self.add_error("ends", told)
        if begins and ends and day and ends_on:
            lasts = _moment(ends_on, ends).astimezone(UTC) - _moment(day, begins).astimezone(UTC)
            if lasts <= timedelta():
                self.add_error("ends_on", gettext("It ends after it begins."))
            elif lasts > LONGEST:
                told = gettext("One meeting lasts at most %(days)s days. Plan it as several.") % {"days": LONGEST.days}
                self.add_error("ends_on", told)

    def plan(self, places: Sequence[Place]) -> SessionPlan:
        """The meeting that was typed. Sign-up closes with the end of its last day."""
        typed = self.cleaned_data
        last: date | None = typed["deadline_day"]
        starts_at = _moment(typed["day"], typed["begins"])
        return SessionPlan(
            starts_at=starts_at,
            ends_at=_moment(typed["ends_on"] or typed["day"], typed["ends"]),
            title=self.texts("title"),
            place=places[int(typed["place"])] if typed["place"] else None,
            online_address=typed["online_address"],
            capacity=typed["capacity"],
            deadline=min(starts_at, _moment(last + timedelta(days=1), time())) if last else None,
            has_waiting_list=typed["has_waiting_list"],
            allows_anonymous=typed["allows_anonymous"],
        )


class ChangedSessionForm(SessionForm):
    """One meeting that is planned already: it is moved or changed by itself."""

    def __init__(self, *args: Any, places: list[str], **given: Any):
        super().__init__(*args, places=places, **given)
        for name in ("count", "every_weeks", "is_series"):
            del self.fields[name]


class CancelForm(InLanguages):
    """Why a meeting does not take place, in words for those who signed up."""

    reason_nb = _said(_("Why, in bokmål"), "nb", most=REASON_LENGTH)
    reason_nn = _said(_("Why, in nynorsk"), "nn", most=REASON_LENGTH)
    reason_en = _said(_("Why, in English"), "en", most=REASON_LENGTH)

    def clean(self) -> dict[str, Any]:
        """Ask for all three languages: nobody knows who has signed up."""
        typed = super().clean() or {}
        for name in self.fields:
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, gettext("This must be said in bokmål, nynorsk and English."))
        return typed


class EditorForm(Form):
    """Who may propose changes to an organisation's entries, and until when."""

    user = forms.ChoiceField(label=_("Who?"), help_text=_("Somebody who has the role of editor for an organisation."))
    organisation = forms.ChoiceField(label=_("For which organisation?"))
    valid_from = DayField(label=_("From"))
    last_day = DayField(
        label=_("Up to and including"), help_text=_("At most two years from now: then somebody looks again.")
    )

    def __init__(self, *args: Any, users: list[tuple[str, str]], organisations: list[tuple[str, str]], **given: Any):
        super().__init__(*args, **given)
        self.fields["user"].choices = [("", _("Choose")), *users]  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [("", _("Choose")), *organisations]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a time that ends before it begins, or that nobody would look at again for long."""
        typed = super().clean() or {}
        start, last = typed.get("valid_from"), typed.get("last_day")
        if start and last and last < start:
            self.add_error("last_day", gettext("The last day cannot be before the first."))
        elif start and last and last - start > timedelta(days=2 * 366):
            self.add_error("last_day", gettext("At most two years from now: then somebody looks again."))
        return typed


class ProviderForm(InLanguages):
    """Whoever offers help."""

    name_nb = _line(_("Name, in bokmål"), lang="nb")
    name_nn = _line(_("Name, in nynorsk"), lang="nn")
    name_en = _line(_("Name, in English"), lang="en")
    kind = forms.ChoiceField(
        label=_("What are they?"), choices=[(each.value, words) for each, words in PROVIDERS.items()]
    )
    about_nb = _said(_("In a sentence or two, in bokmål"), "nb")
    about_nn = _said(_("In a sentence or two, in nynorsk"), "nn")
    about_en = _said(_("In a sentence or two, in English"), "en")
    website = _line(_("Web page"), most=500, help_text=_("Begins with https://"))
    organisation_number = _line(
        _("Organisation number"), most=9, help_text=_("Nine digits. Leave it empty if you are not sure.")
    )


def _all_or_none(form: Form, typed: dict[str, Any], name: str) -> None:
    """Refuse a text in some of the languages: readers of the others would be told nothing."""
    names = [each for each in form.fields if each.startswith(f"{name}_")]
    if any(typed.get(each) for each in names):
        for each in names:
            if not typed.get(each) and each not in form.errors:
                form.add_error(each, gettext("This must be said in bokmål, nynorsk and English."))


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=_OSLO)
