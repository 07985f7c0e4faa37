"""This could be …: the question before somebody is registered, in the form in which they are."""

from collections.abc import Mapping

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.people.domain.duplicates import Reason
from medspiller.people.domain.persons import PersonDetails, same_name
from medspiller.people.selectors import Duplicates, LikelySame, SeenPerson
from medspiller.ui.components.formats import short_day
from medspiller.ui.forms import Form

FIELD, SOMEBODY_ELSE = "duplicate", "somebody_else"

REASONS: Mapping[Reason, Promise] = {
    Reason.SAME_NUMBER: gettext_lazy("the same national identity number"),
    Reason.SAME_NAME: gettext_lazy("the same name"),
    Reason.SOUNDS_ALIKE: gettext_lazy("a name that sounds the same"),
    Reason.CLOSE_NAME: gettext_lazy("a name that is almost the same"),
    Reason.SAME_BIRTH: gettext_lazy("the same date of birth"),
    Reason.CLOSE_BIRTH: gettext_lazy("almost the same date of birth"),
    Reason.SAME_PHONE: gettext_lazy("the same phone number"),
}


class AsksWho(Form):
    """
    A form that registers somebody, and asks first whether they are registered already.

    Until there is somebody to ask about, the question is a hidden field; `people/_duplicates.html` shows it.
    `known` is whom it turned out to be, None for somebody new.
    """

    duplicate = forms.CharField(
        label=gettext_lazy("Is it one of these?"), required=False, max_length=40, widget=forms.HiddenInput
    )

    known: SeenPerson | None = None
    number_is_taken = False

    def is_settled(self, details: PersonDetails, found: Duplicates) -> bool:
        """
        Say whether it is known who was typed, in a form that is valid; otherwise ask.

        Whoever typed the number and the name of somebody they may open has said who it is.
        """
        same = [each.person for each in found.likely if _is_named_with_number(each, details)]
        chosen = [each.person for each in found.likely if str(each.person.id) == self.cleaned_data[FIELD]]
        self.known = next(iter([*same, *chosen]), None)
        if self.known or not found.likely:
            return True
        self._ask(found)
        if self.cleaned_data[FIELD] == SOMEBODY_ELSE:
            return True
        self.add_error(FIELD, _("Choose whether it is one of these, or somebody else. Nothing is saved yet."))
        return False

    def _ask(self, found: Duplicates) -> None:
        self.number_is_taken = found.number_is_taken
        choices = [(str(each.person.id), _said(each)) for each in found.likely]
        self.fields[FIELD].widget = forms.RadioSelect(choices=[*choices, (SOMEBODY_ELSE, _("It is somebody else"))])


def _is_named_with_number(likely: LikelySame, details: PersonDetails) -> bool:
    person = likely.person
    return (
        Reason.SAME_NUMBER in likely.reasons
        and same_name(person.given_name, details.given_name)
        and same_name(person.family_name, details.family_name)
    )


def _said(likely: LikelySame) -> str:
    told = {
        "name": likely.person.name,
        "born": short_day(likely.person.birth_date),
        "reasons": ", ".join(str(REASONS[reason]) for reason in likely.reasons),
    }
    if likely.person.birth_date is None:
        return _("It is %(name)s (%(reasons)s)") % told
    return _("It is %(name)s, born %(born)s (%(reasons)s)") % told
