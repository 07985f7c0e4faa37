"""What staff write in a carer's file."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from medspiller.access.selectors import Colleague
from medspiller.core import clock
from medspiller.followup.domain.files import BY_HAND, TEXT_MOST, FileKind, Identified
from medspiller.followup.selectors import FileNarrowing, Which
from medspiller.followup.templatetags.followup_words import CLOSED_BECAUSE, CLOSED_BY_HAND, IDENTIFIED, NOTES, OUTCOMES
from medspiller.ui.forms import DayField, Form

SEARCH_MOST = 100
# How the address names the parts of the list.
PARTS = {"mine": Which.MINE, "enheten": Which.UNIT, "avsluttede": Which.CLOSED}


def _text(label: Any, *, rows: int = 4, help_text: Any = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=TEXT_MOST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _version() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"data-draft-keep": "yes"}))


def _people(first: Any, colleagues: Iterable[Colleague]) -> list[tuple[str, Any]]:
    return [("", first), *((str(each.id), each.name) for each in colleagues)]


class NarrowingForm(Form):
    """A name."""

    q = forms.CharField(label=_("Search for a name"), required=False, max_length=SEARCH_MOST)

    def narrowing(self, part: str) -> FileNarrowing:
        """Return what is asked for."""
        words = self.cleaned_data.get("q", "") if self.is_valid() else ""
        return FileNarrowing(which=PARTS.get(part, Which.MINE), words=words)


class OpenFileForm(Form):
    """How somebody was seen to be a carer, and what matters to them."""

    hva_er_viktig = _text(
        _("What matters to the carer?"),
        help_text=_("In their own words. Only about the carer, not about the one who is ill."),
    )
    situasjon = _text(_("How is daily life for the carer?"), help_text=_("What they do, what is hard, who else helps."))
    hvordan = forms.ChoiceField(
        label=_("How did we learn that they are a carer?"),
        choices=[(each.value, words) for each, words in IDENTIFIED.items()],
    )
    dag = DayField(label=_("On which day?"))
    alder = forms.ChoiceField(
        label=_("Is the carer under 18?"),
        choices=[(FileKind.CHILD.value, _("Yes, under 18")), (FileKind.ADULT.value, _("No, 18 or older"))],
        widget=forms.RadioSelect,
        help_text=_(
            "The date of birth is not known here. Every page of a child's file has a link to the child's safety."
        ),
    )
    kontakt = forms.ChoiceField(label=_("Who is the carer's contact person?"), required=False)

    def __init__(self, *args: Any, colleagues: Sequence[Colleague], is_age_known: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if is_age_known:
            del self.fields["alder"]
        self.fields["kontakt"].choices = _people(_("Not decided yet"), colleagues)  # type: ignore[attr-defined]

    def opened(self) -> dict[str, Any]:
        """Return what a file is opened with."""
        asked = self.cleaned_data
        return {
            "identified_on": asked["dag"],
            "identified_how": Identified(asked["hvordan"]),
            "what_matters": asked["hva_er_viktig"],
            "situation": asked["situasjon"],
            "contact_id": UUID(asked["kontakt"]) if asked["kontakt"] else None,
            "kind": FileKind(asked["alder"]) if asked.get("alder") else None,
        }


class FileForm(Form):
    """What the carer says of themselves."""

    hva_er_viktig = _text(_("What matters to the carer?"), help_text=_("In their own words."))
    situasjon = _text(_("How is daily life for the carer?"))
    hvorfor = _text(_("Why we follow up"), rows=3)
    version = _version()


class ContactForm(Form):
    """Who answers when the carer calls."""

    til_hvem = forms.ChoiceField(label=_("Contact person"), required=False)
    version = _version()

    def __init__(self, *args: Any, colleagues: Sequence[Colleague], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["til_hvem"].choices = _people(_("Nobody for now"), colleagues)  # type: ignore[attr-defined]

    def clean_til_hvem(self) -> str:
        """That nobody is to be the contact person is said: what was not sent is not taken for it."""
        if self.add_prefix("til_hvem") not in self.data:
            raise forms.ValidationError(_("Choose who it is, or that it is nobody for now."))
        return str(self.cleaned_data["til_hvem"])


class NoteForm(Form):
    """One line of what happened."""

    hva = forms.ChoiceField(
        label=_("What was it?"), choices=[(each.value, words) for each, words in NOTES.items() if each in BY_HAND]
    )
    dag = DayField(label=_("On which day?"))
    tekst = _text(
        _("What happened?"),
        help_text=_("Only about the carer. What you learn about the patient belongs in the patient's record."),
        required=True,
    )


class CloseFileForm(Form):
    """Why follow-up ends, and what it came to."""

    arsak = forms.ChoiceField(
        label=_("Why does follow-up end?"),
        choices=[("", _("Choose")), *((each.value, CLOSED_BECAUSE[each]) for each in CLOSED_BY_HAND)],
    )
    utfall = forms.MultipleChoiceField(
        label=_("How did it turn out, as the carer sees it?"),
        choices=[(each.value, words) for each, words in OUTCOMES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    merknad = _text(_("Anything else to remember?"), rows=3)
    version = _version()


class ReopenForm(Form):
    """Why somebody is followed up again."""

    hvorfor = _text(_("Why do we follow up again?"), rows=3, required=True)


class AbsenceForm(Form):
    """When somebody is away, and who stands in."""

    hvem = forms.ChoiceField(label=_("Who is away?"))
    fra = DayField(label=_("First day away"))
    til = DayField(label=_("First day back"), required=False, help_text=_("Leave this empty if nobody knows yet."))
    vikar = forms.ChoiceField(
        label=_("Who stands in?"), required=False, help_text=_("Without a stand-in the plans go to the leader.")
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], stand_ins: Sequence[Colleague], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["hvem"].choices = list(people)  # type: ignore[attr-defined]
        self.fields["vikar"].choices = _people(_("Nobody: the leader has the plans"), stand_ins)  # type: ignore[attr-defined]
        self.fields["fra"].initial = clock.today()
