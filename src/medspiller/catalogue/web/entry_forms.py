"""What is typed of an offer. How long a text may be, and what must be there, is the domain's to say."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspiller.catalogue.domain.reading import LANGUAGES, SUMMARY_LENGTH, TITLE_LENGTH
from medspiller.catalogue.domain.vocabulary import AreaKind
from medspiller.catalogue.web import wording
from medspiller.catalogue.web.staff_wording import LANGUAGE_NAMES
from medspiller.ui.forms import DayField, Form, PhoneInput

NOTE_LENGTH = 500
MOST_ROWS = 9
WEEKDAYS = [(str(day), words) for day, words in wording.WEEKDAYS.items()]


def _choices(words: Mapping[Any, Promise]) -> list[tuple[str, Promise]]:
    return [(str(code), said) for code, said in words.items()]


def _boxes(label: Any, words: Mapping[Any, Promise], *, help_text: Any = "") -> Any:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=_choices(words),
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


def _line(label: Any, *, most: int = 200, help_text: Any = "", **attrs: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, help_text=help_text)


def _text(label: Any, *, rows: int = 4, most: int = 10_000, help_text: Any = "", **attrs: Any) -> Any:
    widget = forms.Textarea(attrs={"rows": rows, "cols": 70, **attrs})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, help_text=help_text)


class InLanguages(Form):
    """A form some of whose fields are asked for once in each language: `title` becomes `title_nb`, and so on."""

    def each_language(self, name: str) -> list[Any]:
        """The fields of one text, one for each language."""
        return [self[f"{name}_{language}"] for language in LANGUAGES]

    def texts(self, name: str) -> dict[str, str]:
        """What was typed of one text, by language; those that were left open are left out."""
        typed = {language: str(self.cleaned_data.get(f"{name}_{language}") or "") for language in LANGUAGES}
        return {language: text.replace("\r\n", "\n").strip() for language, text in typed.items() if text.strip()}


class OfferForm(InLanguages):
    """
    An offer, apart from its places, times and telephone numbers.

    Nothing but the title is asked for here: what must be there is said by `domain.reading`, in one place.
    """

    kind = forms.ChoiceField(label=_("What sort of help is it?"), choices=_choices(wording.KINDS))
    provider = forms.ChoiceField(
        label=_("Who offers it?"), help_text=_("If they are not here, add them under Who offers help.")
    )
    unit = forms.ChoiceField(
        label=_("Which unit keeps it up to date?"),
        help_text=_("Its staff are reminded to look at it, and read reports."),
    )
    organisation = forms.ChoiceField(
        label=_("Which organisation may edit it?"),
        required=False,
        help_text=_("What it writes is shown when your unit has approved it. Leave it empty if it is your own."),
    )
    slug = _line(
        _("Address on the web"),
        most=100,
        help_text=_(
            "Small letters and hyphens. If you leave it empty, it is made from the title. It cannot be changed later."
        ),
    )
    needs = _boxes(_("What does it help with?"), wording.NEEDS, help_text=_("Few and true: people choose by this."))
    relations = _boxes(_("For whom?"), wording.RELATIONS, help_text=_("Choose none if it makes no difference."))
    conditions = _boxes(
        _("What does the one they care for struggle with?"),
        wording.CONDITIONS,
        help_text=_("Choose none if it makes no difference."),
    )
    situations = _boxes(
        _("How is the carer's own life?"),
        wording.SITUATIONS,
        help_text=_("Choose none if it makes no difference."),
    )
    age_from = forms.IntegerField(label=_("From what age?"), required=False, min_value=0, max_value=120)
    last_age = forms.IntegerField(
        label=_("To what age?"),
        required=False,
        min_value=0,
        max_value=120,
        help_text=_("The oldest age that may come."),
    )
    way = forms.ChoiceField(label=_("How do you get it?"), choices=_choices(wording.WAYS), widget=forms.RadioSelect)
    reach = forms.ChoiceField(
        label=_("How far does it reach?"), choices=_choices(wording.AREAS), widget=forms.RadioSelect
    )
    codes = _line(
        _("Numbers of municipalities or counties"),
        most=1000,
        help_text=_("For example 3201, or 3201, 3203 for several. Not for all of Norway."),
    )
    districts = _line(_("Parts of the municipality"), most=1000, help_text=_("Names with a comma between them."))
    languages = _boxes(_("In which languages is the help given?"), wording.LANGUAGES)
    has_interpreter = forms.BooleanField(label=_("An interpreter is available"), required=False)
    is_digital = forms.BooleanField(label=_("It is available from home, by phone or on a screen"), required=False)
    is_anonymous = forms.BooleanField(label=_("Nobody has to say who they are"), required=False)
    website = _line(_("Web page"), most=500, help_text=_("Begins with https://"), inputmode="url")
    email = _line(_("E-mail"), most=254, inputmode="email")
    chat = _line(_("Chat"), most=500, help_text=_("Begins with https://"), inputmode="url")
    is_free = forms.ChoiceField(
        label=_("What does it cost?"),
        choices=[("yes", _("Nothing")), ("no", _("Something"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    amount = _line(_("Kroner"), most=12, help_text=_("Leave it empty if the text says it."), inputmode="decimal")
    exists_from = DayField(label=_("Available from"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty if it goes on."))
    review_on = DayField(
        label=_("Look at it again"),
        help_text=_("On this day it comes up on the unit's work list. At most two years from now."),
    )
    needs_check = forms.BooleanField(label=_("Something here is not certain, and readers are told so"), required=False)
    machine_translated = _boxes(
        _("Which texts were translated by a machine and not read by anybody?"),
        LANGUAGE_NAMES,
        help_text=_("Readers are told so."),
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"data-draft-keep": "yes"}), initial=0)
    note = _text(
        _("A word to whoever approves it"),
        rows=2,
        most=NOTE_LENGTH,
        help_text=_("What is new, and why. Not published."),
    )

    def __init__(
        self,
        *args: Any,
        providers: Iterable[tuple[str, str]],
        units: Iterable[tuple[str, str]],
        organisations: Iterable[tuple[str, str]],
        **given: Any,
    ):
        super().__init__(*args, **given)
        self.fields["provider"].choices = [("", _("Choose")), *providers]  # type: ignore[attr-defined]
        self.order_fields(_ORDER)
        named, others = list(units), list(organisations)
        self.fields["unit"].choices = named  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [("", _("None")), *others]  # type: ignore[attr-defined]
        # One that is there already stays where it is; editors of an organisation choose among their own.
        gone = {"slug": not named and not others, "unit": not named, "organisation": not others}
        for name in (name for name, is_gone in gone.items() if is_gone):
            del self.fields[name]

    @property
    def area_kind(self) -> AreaKind:
        return AreaKind(self.cleaned_data["reach"])

    @property
    def wordings(self) -> list[tuple[str, Promise, list[Any]]]:
        """The texts that everybody reads, language by language: its code, its name and its fields."""
        return [
            (language, said, [self[f"{name}_{language}"] for name, _label, _given in _TEXTS])
            for language, said in LANGUAGE_NAMES.items()
        ]


# Asked once in each language, beneath each other: a text, its field and how it is asked for.
_TEXTS = (
    ("title", _("Title"), {"most": TITLE_LENGTH}),
    ("summary", _("In a sentence or two"), {"rows": 2, "most": SUMMARY_LENGTH}),
    ("text", _("What happens there, and what it is like"), {"rows": 8}),
    ("how", _("What to do to get it"), {"rows": 3}),
)
_FURTHER = (
    ("cost", _("What people pay for"), {"most": 300}),
    ("to_check", _("What is not certain"), {"most": 300}),
    (
        "search",
        _("Words people may search for"),
        {"most": 500, "help_text": _("With a comma between them. Not shown.")},
    ),
)


def _add_texts() -> None:
    for language in LANGUAGES:
        for name, label, given in (*_TEXTS, *_FURTHER):
            made = _text if "rows" in given else _line
            OfferForm.base_fields[f"{name}_{language}"] = made(label, lang=language, **given)  # type: ignore[operator]


_add_texts()
# As they stand on the page, so that what is wrong is listed in the order one meets it.
_ORDER = (
    *("kind", "provider", "unit", "organisation", "slug"),
    *(f"{name}_{language}" for language in LANGUAGES for name, _label, _given in _TEXTS),
    *("machine_translated", "needs", "relations", "conditions", "situations", "age_from", "last_age", "reach", "codes"),
    *("districts", "way", "languages", "has_interpreter", "is_digital", "is_anonymous", "website", "email", "chat"),
    *("is_free", "amount", *(f"cost_{language}" for language in LANGUAGES), "exists_from", "last_day", "review_on"),
    *("needs_check", *(f"to_check_{language}" for language in LANGUAGES)),
    *(f"search_{language}" for language in LANGUAGES),
)


class PlaceRow(InLanguages):
    """One place. A row in which nothing is written is none."""

    name = _line(_("Name of the place"), most=100)
    street = _line(_("Street and number"), most=150)
    postal_code = _line(_("Postal code"), most=4, inputmode="numeric")
    city = _line(_("Town"), most=100)
    municipality = _line(_("Number of the municipality"), most=4, inputmode="numeric")
    district = _line(_("Part of the municipality"), most=100)
    directions_nb = _line(_("How to get there, in bokmål"), most=500, lang="nb")
    directions_nn = _line(_("How to get there, in nynorsk"), most=500, lang="nn")
    directions_en = _line(_("How to get there, in English"), most=500, lang="en")
    access = _boxes(_("What makes the place easy to use?"), wording.ACCESS)


class TimeRow(InLanguages):
    """One time of the week. A row in which nothing is written is none."""

    weekdays = forms.MultipleChoiceField(
        label=_("Which days?"), required=False, choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    opens = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    closes = forms.TimeField(
        label=_("To"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    every_weeks = forms.TypedChoiceField(
        label=_("How often?"),
        required=False,
        coerce=int,
        empty_value=1,  # type: ignore[arg-type]
        choices=[
            ("1", _("Every week")),
            ("2", _("Every other week")),
            ("3", _("Every third week")),
            ("4", _("Every fourth week")),
        ],
    )
    note_nb = _line(_("More about the time, in bokmål"), most=300, lang="nb")
    note_nn = _line(_("More about the time, in nynorsk"), most=300, lang="nn")
    note_en = _line(_("More about the time, in English"), most=300, lang="en")


class PhoneRow(InLanguages):
    """One telephone number. A row in which nothing is written is none."""

    number = forms.CharField(label=_("Phone"), required=False, max_length=30, widget=PhoneInput)
    label_nb = _line(_("What the number is for, in bokmål"), most=100, lang="nb")
    label_nn = _line(_("What the number is for, in nynorsk"), most=100, lang="nn")
    label_en = _line(_("What the number is for, in English"), most=100, lang="en")


def rows_of(made: type[Form], *, extra: int) -> Any:
    """Return a set of rows, `extra` of them empty in a new form."""
    return forms.formset_factory(made, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
