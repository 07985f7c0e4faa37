"""What is typed in a first talk: the patient, a carer, a child."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from medspiller.people.domain import first_talk as rules
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.contacts import Channel
from medspiller.people.domain.first_talk import CHILD_KINDS, SIBLING_KINDS, LooksAfter, SaidToBe
from medspiller.people.domain.persons import BEST_TIME_MOST, NAME_LENGTH, PersonDetails, ProtectedAddress
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.role_rules import REASONING_MOST
from medspiller.people.domain.statements import TEXT_MOST
from medspiller.people.web.family_forms import Answer
from medspiller.people.web.family_wording import CHANNELS, GRADES, RELATIONS
from medspiller.people.web.first_talk_wording import LOOKED_AFTER_BY, SAID_TO_BE, problem
from medspiller.people.web.wording import CHILDREN_REPLIES, CHILDREN_TOPICS
from medspiller.ui.forms import DayField, Form, PhoneInput

NOBODY_OF_THESE = "new"
# Ours alone, sealed: a draft of this form is of no use without whom it is about.
_KEPT = {"data-draft-keep": "yes"}
_TYPED = {"autocomplete": "off"}


class BornField(forms.CharField):
    """A day of birth, or the year alone where nobody knows the day. Cleans to the two of them, one of them None."""

    default_error_messages = {"invalid": _("Write the day as 21.11.2016, or the year alone.")}

    def __init__(self, **given: Any):
        super().__init__(required=False, max_length=20, **given)

    def clean(self, value: Any) -> Any:
        """Return day and year."""
        written = (super().clean(value) or "").strip()
        if not written:
            return None, None
        if len(written) == len("2016") and written.isdecimal():
            return None, int(written)
        try:
            return DayField().clean(written), None
        except forms.ValidationError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


def _question(topic: ChildrenTopic) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=CHILDREN_TOPICS[topic],  # type: ignore[arg-type]
        choices=[(each.value, words) for each, words in CHILDREN_REPLIES.items()],
        initial=ChildrenReply.NOT_ASKED.value,
        widget=forms.RadioSelect,
    )


class _Somebody(Form):
    """Somebody who is typed, and whom it may be among those registered. `who` is asked only where there is a choice."""

    who = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput(attrs=_KEPT))
    given_name = forms.CharField(
        label=_("Given name"), required=False, max_length=NAME_LENGTH, widget=forms.TextInput(attrs=_TYPED)
    )
    family_name = forms.CharField(
        label=_("Family name"), required=False, max_length=NAME_LENGTH, widget=forms.TextInput(attrs=_TYPED)
    )

    def suggest(self, choices: Sequence[tuple[str, str]]) -> None:
        """Ask whether it is one of these."""
        chosen = forms.ChoiceField(
            label=_("Is it one of these?"),
            required=False,
            choices=[*choices, (NOBODY_OF_THESE, _("No, somebody else"))],
            widget=forms.RadioSelect,
        )
        self.fields["who"] = chosen

    def refuse(self, detail: str, code: str) -> None:
        """Say beside a field what is wrong with it; above them all where it is no field's."""
        words = problem(detail, code)
        self.add_error(detail if detail in self.fields and not self[detail].is_hidden else None, words)

    @property
    def chosen(self) -> UUID | None:
        """Who was chosen among those registered; None if nobody was."""
        try:
            return UUID(self.cleaned_data.get("who") or "")
        except ValueError:
            return None

    @property
    def is_new(self) -> bool:
        """Whether it was said that it is none of those registered."""
        return bool(self.cleaned_data.get("who") == NOBODY_OF_THESE)


class PatientForm(_Somebody):
    """The patient, the questions that are always asked, and what matters to the patient."""

    key = forms.UUIDField(widget=forms.HiddenInput(attrs=_KEPT))
    patient = forms.UUIDField(required=False, widget=forms.HiddenInput(attrs=_KEPT))
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput(attrs=_KEPT))
    person_number = forms.CharField(
        label=_("National identity number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=_KEPT | _TYPED | {"inputmode": "numeric", "size": 14}),
        help_text=_("11 digits. If you do not have it, use the name and the date of birth."),
    )
    birth_date = DayField(label=_("Date of birth"), required=False)
    unit = forms.ChoiceField(label=_("Which unit are you acting for?"))
    minor_children, minor_siblings, imprisonment, disability = map(_question, ChildrenTopic)
    matters = forms.CharField(
        label=_("What matters to the patient"),
        required=False,
        max_length=TEXT_MOST,
        help_text=_("In the patient's own words. It belongs to the patient; the carers do not see it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, units: Sequence[tuple[UUID, str]], **given: Any):
        super().__init__(*args, **given)
        self.fields["unit"].choices = [(str(unit_id), name) for unit_id, name in units]  # type: ignore[attr-defined]
        self.fields["unit"].initial = str(units[0][0])
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput(attrs=_KEPT)

    def fold_away(self) -> None:
        """Keep unseen what was typed to find somebody who was found, for whoever goes back to another patient."""
        for name in ("who", "person_number", "given_name", "family_name", "birth_date"):
            self.fields[name].widget = forms.HiddenInput(attrs=_KEPT)
            self.fields[name].help_text = ""

    def said(self) -> rules.Patient:
        """What was typed of the patient."""
        typed = self.cleaned_data
        return rules.Patient(
            details=PersonDetails(
                given_name=typed["given_name"],
                family_name=typed["family_name"],
                birth_date=typed["birth_date"],
                person_number=typed["person_number"],
            ),
            person_id=typed["patient"] or self.chosen,
            is_new=self.is_new,
            seen=typed["seen"],
            matters=typed["matters"],
        )

    def replies(self) -> tuple[tuple[ChildrenTopic, ChildrenReply], ...]:
        """What was answered about children and siblings."""
        return tuple((topic, ChildrenReply(self.cleaned_data[topic.value])) for topic in ChildrenTopic)


class CarerRow(_Somebody):
    """One carer. A row in which nothing is written is nobody."""

    kind = forms.ChoiceField(
        label=_("What are they to the patient?"),
        required=False,
        choices=[("", _("Choose")), *((each.value, words) for each, words in RELATIONS.items())],
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40, widget=PhoneInput(attrs=_TYPED))
    safe_to_call = Answer(label=_("Safe to call"))
    safe_to_leave_message = Answer(label=_("Safe to leave a message"))
    cohabiting = Answer(label=_("Do they live together?"))
    said_to_be = forms.ChoiceField(
        label=_("Nearest next of kin?"),
        required=False,
        choices=[("", _("Not asked")), *((each.value, words) for each, words in SAID_TO_BE.items())],
    )
    reasoning = forms.CharField(
        label=_("Why this person is taken to be the nearest"),
        required=False,
        max_length=REASONING_MOST,
        help_text=_("Needed where the patient cannot say: who has had the most lasting and continuous contact."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    wants_contact = Answer(label=_("Does the carer want us to get in touch?"))
    may_know = Answer(label=_("Does the patient say that this carer may know about their health?"))
    matters = forms.CharField(
        label=_("What matters to the carer"),
        required=False,
        max_length=TEXT_MOST,
        help_text=_("In the carer's own words. It belongs to the carer; the patient does not see it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    birth_date = DayField(label=_("Date of birth"), required=False)
    person_number = forms.CharField(
        label=_("National identity number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=_KEPT | _TYPED | {"inputmode": "numeric", "size": 14}),
        help_text=_(
            "If they are registered already, number and name together find them."
            " Their own page stays closed if it is closed to you now."
        ),
    )
    protected_address = forms.ChoiceField(
        label=_("Protected address"),
        choices=[(each.value, words) for each, words in GRADES.items()],
        initial=ProtectedAddress.NONE.value,
    )
    parental = Answer(
        label=_("Parental responsibility for the patient"), help_text=_("Only where the patient is under 18.")
    )
    own_phone = forms.BooleanField(
        label=_("The phone is the person's own"),
        required=False,
        initial=True,
        help_text=_("Not if it is a parent's, a neighbour's or at work."),
    )
    channel = forms.ChoiceField(
        label=_("Wants to be reached by"),
        required=False,
        choices=[("", _("Not asked")), *((each.value, words) for each, words in CHANNELS.items())],
    )
    best_time = forms.CharField(label=_("When it suits best"), required=False, max_length=BEST_TIME_MOST)

    def said(self) -> rules.Carer:
        """What was typed of the carer."""
        typed = self.cleaned_data
        return rules.Carer(
            details=PersonDetails(
                given_name=typed["given_name"],
                family_name=typed["family_name"],
                birth_date=typed["birth_date"],
                person_number=typed["person_number"],
                protected_address=ProtectedAddress(typed["protected_address"]),
            ),
            kind=RelationKind(typed["kind"]) if typed["kind"] else None,
            person_id=self.chosen,
            is_new=self.is_new,
            cohabiting=Answer.read(typed["cohabiting"]),
            said_to_be=SaidToBe(typed["said_to_be"]) if typed["said_to_be"] else None,
            reasoning=typed["reasoning"],
            parental=Answer.read(typed["parental"]),
            phone=typed["phone"],
            own_phone=typed["own_phone"],
            safe_to_call=Answer.read(typed["safe_to_call"]),
            safe_to_leave_message=Answer.read(typed["safe_to_leave_message"]),
            wants_contact=Answer.read(typed["wants_contact"]),
            may_know=Answer.read(typed["may_know"]),
            channel=Channel(typed["channel"]) if typed["channel"] else None,
            best_time=typed["best_time"],
            matters=typed["matters"],
        )

    @property
    def has_more(self) -> bool:
        """Whether anything stands in the part that lies folded, or is wrong there."""
        folded = ("reasoning", "birth_date", "person_number", "protected_address", "parental", "own_phone", "channel",
                  "best_time")  # fmt: skip
        return self.is_bound and any(name in self.changed_data or name in self.errors for name in folded)


class ChildRow(_Somebody):
    """One minor child or sibling. A row in which nothing is written is nobody."""

    family_name = forms.CharField(
        label=_("Family name"),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs=_TYPED),
        help_text=_("If it is not the patient's own."),
    )
    born = BornField(label=_("Born"), widget=forms.TextInput(attrs=_TYPED), help_text=_("The day, or the year alone."))
    kind = forms.ChoiceField(
        label=_("What are they to the patient?"),
        choices=[(each.value, RELATIONS[each]) for each in (*CHILD_KINDS, *SIBLING_KINDS)],
        initial=RelationKind.CHILD.value,
    )
    looked_after_by = forms.ChoiceField(
        label=_("Who looks after the child now?"),
        required=False,
        choices=[("", _("Not asked")), *((each.value, words) for each, words in LOOKED_AFTER_BY.items())],
    )
    person_number = forms.CharField(
        label=_("National identity number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=_KEPT | _TYPED | {"inputmode": "numeric", "size": 14}),
        help_text=_("Only if you have it. A child who is registered already is found by number and name together."),
    )

    def said(self) -> rules.Child:
        """What was typed of the child."""
        typed = self.cleaned_data
        day, year = typed["born"]
        return rules.Child(
            details=PersonDetails(
                typed["given_name"], typed["family_name"], birth_date=day, person_number=typed["person_number"]
            ),
            kind=RelationKind(typed["kind"]),
            birth_year=year,
            person_id=self.chosen,
            is_new=self.is_new,
            looked_after_by=LooksAfter(typed["looked_after_by"]) if typed["looked_after_by"] else None,
        )

    @property
    def has_more(self) -> bool:
        """Whether a number stands in the part that lies folded, or is wrong there."""
        return self.is_bound and ("person_number" in self.changed_data or "person_number" in self.errors)


def rows_of(made: type[Form], *, extra: int, most: int) -> Any:
    """Return a set of rows, `extra` of them empty in a new form."""
    return forms.formset_factory(made, extra=extra, max_num=most, absolute_max=most)
