"""What editors type: a questionnaire, and what the list of forms is narrowed by."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspiller.questionnaires.domain.definition.audience import Subject
from medspiller.questionnaires.domain.library.importing import MOST_BYTES
from medspiller.questionnaires.selectors.editing import FormState
from medspiller.questionnaires.web.editing_wording import STATES, SUBJECTS
from medspiller.ui.forms import Form

OWN, SHIPPED = "egne", "levert"


class ImportForm(Form):
    """A questionnaire, as a file or as text, and whose answers it asks for if it does not say so."""

    file = forms.FileField(
        label=_("A file"),
        required=False,
        help_text=_("JSON, at most two megabytes. Forms from Helsenorge can be used as they are."),
    )
    text = forms.CharField(
        label=_("Or the text of the form"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"spellcheck": "false", "autocapitalize": "off"}),
        help_text=_("Paste the whole questionnaire (FHIR R4, JSON)."),
    )
    subject = forms.ChoiceField(
        label=_("Whose answers are they?"),
        required=False,
        choices=[("", _("As the form says")), *((subject.value, words) for subject, words in SUBJECTS.items())],
        widget=forms.RadioSelect,
        help_text=_(
            "What a carer answers about themselves belongs to the carer and is not shown on the patient's page."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and tell of a file that is too large before it is read."""
        typed = super().clean() or {}
        file, text = typed.get("file"), typed.get("text", "")
        if file and file.size > MOST_BYTES:
            too_large = gettext("The file is larger than two megabytes. No form that people fill in is that large.")
            self.add_error("file", too_large)
        elif not file and not text.strip() and "file" not in self.errors:
            self.add_error("file", gettext("Choose a file, or paste the text of the form."))
        return typed

    @property
    def raw(self) -> bytes:
        """What was given; the file goes before the text."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file:
            file.seek(0)
            return bytes(file.read())
        return str(self.cleaned_data["text"]).encode("utf-8", "surrogatepass")

    @property
    def chosen_subject(self) -> Subject | None:
        return Subject(self.cleaned_data["subject"]) if self.cleaned_data["subject"] else None


class NarrowForm(Form):
    """Words, a state and where from; all may be left open."""

    q = forms.CharField(label=_("Words in the name or address"), required=False, max_length=200)
    tilstand = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *((state.value, words) for state, words in STATES.items())],
    )
    fra = forms.ChoiceField(
        label=_("From where"),
        required=False,
        choices=[("", _("All")), (OWN, _("Our own")), (SHIPPED, _("Came with Medspiller"))],
    )

    @property
    def words(self) -> list[str]:
        return str(self._typed("q")).casefold().split()

    @property
    def state(self) -> FormState | None:
        return FormState(self._typed("tilstand")) if self._typed("tilstand") else None

    @property
    def own(self) -> bool | None:
        return {OWN: True, SHIPPED: False}.get(self._typed("fra"))

    def _typed(self, name: str) -> str:
        return str(self.cleaned_data.get(name, "")) if self.is_valid() else ""
