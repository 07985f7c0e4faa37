"""What is filled in besides the questions themselves."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.rights.domain.reading import OLDEST_DAY
from medspiller.rights.domain.rulebook import Rulebook
from medspiller.rights.web.presenting import Reader
from medspiller.rights.web.wording import DECIDES
from medspiller.ui.forms import DayField, Form


class DayForm(Form):
    """The reference date."""

    dag = DayField(label=gettext_lazy("Which day do you ask about?"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_dag(self) -> date:
        """Refuse days of which nothing is known."""
        day: date = self.cleaned_data.get("dag") or self.today
        if day < OLDEST_DAY:
            raise forms.ValidationError(_("Choose a day from 1 January 1970."))
        if day.year > self.today.year + 1:
            raise forms.ValidationError(_("Choose a day no later than the end of next year."))
        return day


class SearchForm(Form):
    """Words, a situation of life, and who decides; all may be left open."""

    q = forms.CharField(label=gettext_lazy("What are you looking for?"), required=False, max_length=100)
    situasjon = forms.ChoiceField(label=gettext_lazy("Life situation"), required=False)
    avgjor = forms.ChoiceField(
        label=gettext_lazy("Who decides"),
        required=False,
        choices=[("", gettext_lazy("Everybody")), *((each.value, words) for each, words in DECIDES.items())],
    )

    def __init__(self, *args: Any, rulebook: Rulebook, reader: Reader, **kwargs: Any):
        super().__init__(*args, **kwargs)
        situations = [(each.id, reader.say(each.title)) for each in rulebook.situations]
        self.fields["situasjon"].choices = [("", gettext_lazy("All situations")), *situations]  # type: ignore[attr-defined]
