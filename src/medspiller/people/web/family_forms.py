"""What is typed about persons, how they are reached, and what they are to each other."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspiller.people.domain.contacts import (
    LAST_RANK,
    NOTE_MOST,
    ContactDetails,
    ContactSystem,
    as_said,
)
from medspiller.people.domain.informing import REASON_MOST, How
from medspiller.people.domain.persons import (
    NAME_LENGTH,
    PersonDetails,
    ProtectedAddress,
)
from medspiller.people.domain.relations import RelationDetails, RelationKind, begins
from medspiller.people.domain.role_rules import BASIS_MOST, END_REASON_MOST, REASONING_MOST, RoleDetails
from medspiller.people.domain.roles import FACTS, Role
from medspiller.people.web.duplicates import AsksWho
from medspiller.people.web.family_wording import (
    GRADES,
    HOWS,
    RELATIONS,
    SYSTEMS,
    problem,
    role_name,
)
from medspiller.ui.forms import DayField, Form

YES, NO = "yes", "no"
NOT_ASKED = _("Not asked")


class Answer(forms.ChoiceField):
    """Yes, no, or not asked, in words of `unanswered`: the three are kept apart."""

    widget = forms.RadioSelect

    def __init__(self, *, unanswered: Any = NOT_ASKED, **given: Any):
        choices = [(YES, _("Yes")), (NO, _("No")), ("", unanswered)]
        super().__init__(choices=choices, required=False, **given)

    @staticmethod
    def read(value: str) -> bool | None:
        """Return what was answered; None for not asked."""
        return {YES: True, NO: False}.get(value)

    @staticmethod
    def written(value: bool | None) -> str:
        """Return an answer as the field shows it."""
        return {True: YES, False: NO}.get(value, "") if value is not None else ""


class Refusable(Form):
    """A form that shows what the domain found wrong at the fields it is about; the rest above them."""

    # Detail of the domain → field, where they are called differently.
    fields_of: Mapping[str, str] = {}

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Add what is wrong, in words."""
        for detail, code in problems.items():
            name = self.fields_of.get(detail, detail)
            self.add_error(name if name in self.fields else None, problem(code))


def choices_of(words: Mapping[Any, Any], *, empty: Any = None) -> list[tuple[str, Any]]:
    start = [("", empty)] if empty is not None else []
    return [*start, *((each.value, label) for each, label in words.items())]


class ContactForm(Refusable):
    """A way to reach somebody, and what is safe there."""

    system = forms.ChoiceField(label=_("What is it?"), choices=choices_of(SYSTEMS), widget=forms.RadioSelect)
    value = forms.CharField(
        label=_("Number, e-mail or address"), max_length=400, widget=forms.Textarea(attrs={"rows": 2, "cols": 50})
    )
    own = forms.BooleanField(
        label=_("It is the person's own"),
        required=False,
        initial=True,
        help_text=_("Not if it is a parent's, a neighbour's or at work."),
    )
    safe_to_call = Answer(label=_("Safe to call"))
    safe_to_leave_message = Answer(label=_("Safe to leave a message"))
    safe_for_notices = Answer(label=_("Safe for reminders and notices"))
    note = forms.CharField(label=_("Good to know"), required=False, max_length=NOTE_MOST)
    rank = forms.IntegerField(label=_("Try it as number"), initial=1, min_value=1, max_value=LAST_RANK)

    def __init__(self, *args: Any, only: ContactSystem | None = None, number_only: bool = False, **given: Any):
        super().__init__(*args, **given)
        if number_only:
            # Whether notices are safe is not theirs to say, and where somebody lives not theirs to know.
            del self.fields["safe_for_notices"]
            choices = [each for each in choices_of(SYSTEMS) if each[0] != ContactSystem.ADDRESS.value]
            self.fields["system"].choices = choices  # type: ignore[attr-defined]
        if only is not None:
            # What it is stays.
            self.fields["system"].choices = [(only.value, SYSTEMS[only])]  # type: ignore[attr-defined]
            self.fields["system"].widget = forms.HiddenInput()
            self.fields["system"].initial = only.value
            self.fields["value"].label = str(SYSTEMS[only])

    @property
    def details(self) -> ContactDetails:
        """What was typed."""
        typed = dict(self.cleaned_data)
        for name in ("safe_to_call", "safe_to_leave_message", "safe_for_notices"):
            typed[name] = Answer.read(typed.get(name, ""))
        return ContactDetails(**{**typed, "system": ContactSystem(typed["system"])})


def contact_values(details: ContactDetails) -> dict[str, Any]:
    """Return a way to reach somebody as the form shows it."""
    names = ("safe_to_call", "safe_to_leave_message", "safe_for_notices")
    return {
        "system": details.system.value,
        "value": as_said(details.system, details.value),
        "own": details.own,
        "note": details.note,
        "rank": details.rank,
        **{name: Answer.written(getattr(details, name)) for name in names},
    }


class RelationForm(Refusable):
    """What somebody is to the person. `version` is the one it was filled from, and travels unseen."""

    kind = forms.ChoiceField(label=_("What are they to the person?"), choices=choices_of(RELATIONS))
    cohabiting = Answer(label=_("Do they live together?"))
    valid_from = DayField(
        label=_("Since when"), required=False, help_text=_("Leave it open for family, or if nobody knows.")
    )
    valid_to = DayField(label=_("No longer so from"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def details(self, *, person_born: date | None, related_born: date | None, today: date) -> RelationDetails:
        """Return what was typed; since when, if nobody said, is the domain's to know."""
        typed = self.cleaned_data
        kind = RelationKind(typed["kind"])
        since = typed["valid_from"] or begins(kind, person_born=person_born, related_born=related_born, today=today)
        return RelationDetails(
            kind=kind,
            valid_from=since,
            valid_to=typed.get("valid_to"),
            cohabiting=Answer.read(typed["cohabiting"]),
        )


class RelateForm(RelationForm):
    """What two persons who are registered already are to each other, from some day on."""

    def __init__(self, *args: Any, **given: Any):
        super().__init__(*args, **given)
        del self.fields["valid_to"], self.fields["version"]


def relation_values(details: RelationDetails) -> dict[str, Any]:
    """Return a relation as the form shows it."""
    return {
        "kind": details.kind.value,
        "cohabiting": Answer.written(details.cohabiting),
        "valid_from": details.valid_from,
        "valid_to": details.valid_to,
    }


class EndForm(Refusable):
    """From which day something is no more."""

    fields_of = {"valid_to": "from_day", "end_reason": "reason"}

    from_day = DayField(label=_("From which day"))
    reason = forms.CharField(label=_("Why"), required=False, max_length=END_REASON_MOST)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RoleForm(Refusable):
    """A role to be given."""

    role = forms.ChoiceField(label=_("Role"))
    named_by_patient = forms.BooleanField(
        label=_("The patient has named this person"),
        required=False,
        help_text=_("Needed for next of kin, nearest next of kin and holder of a power of attorney."),
    )
    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("Until, not including that day"), required=False)
    basis = forms.CharField(
        label=_("What it is based on"),
        required=False,
        max_length=BASIS_MOST,
        help_text=_("A talk, a decision or a paper, and its date. Needed for guardians and powers of attorney."),
    )
    covers_personal = Answer(
        label=_("Does the mandate cover health and other personal matters?"),
        help_text=_("For guardians and powers of attorney. Read it in the paper itself."),
    )
    reasoning = forms.CharField(
        label=_("Why this person is taken to be the nearest"),
        required=False,
        max_length=REASONING_MOST,
        help_text=_("Needed where the patient cannot say: who has had the most lasting and continuous contact."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )

    def __init__(self, *args: Any, offered: Iterable[Role], **given: Any):
        super().__init__(*args, **given)
        self.fields["role"].choices = [(each.value, role_name(each)) for each in offered]  # type: ignore[attr-defined]

    @property
    def details(self) -> RoleDetails:
        """What was typed."""
        typed = self.cleaned_data
        role = Role(typed["role"])
        named = typed["named_by_patient"] or (False if FACTS[role].named_by_patient else None)
        return RoleDetails(
            role=role,
            valid_from=typed["valid_from"],
            valid_to=typed["valid_to"],
            named_by_patient=named,
            basis=typed["basis"],
            reasoning=typed["reasoning"],
            covers_personal=Answer.read(typed["covers_personal"]),
        )


class CarerForm(AsksWho, RelationForm):
    """A carer to be put into the register."""

    fields_of = {"value": "phone", "role": "roles", "named_by_patient": "roles"}

    given_name = forms.CharField(label=_("Given name"), required=False, max_length=NAME_LENGTH)
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=NAME_LENGTH)
    birth_date = DayField(label=_("Date of birth"), required=False)
    person_number = forms.CharField(
        label=_("National identity number"), required=False, max_length=20,
        help_text=_("If they are registered already, number and name together find them."),
    )  # fmt: skip
    protected_address = forms.ChoiceField(
        label=_("Protected address"), choices=choices_of(GRADES), initial=ProtectedAddress.NONE.value
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    safe_to_call = Answer(label=_("Safe to call"))
    roles = forms.ChoiceField(
        label=_("What the patient says"),
        required=False,
        choices=[
            ("", _("The patient has said nothing about it")),
            (Role.PAARORENDE.value, _("This is one of the patient's carers")),
            (Role.NAERMESTE.value, _("This is the nearest, or one of them")),
        ],
        widget=forms.RadioSelect,
    )
    unit = forms.ChoiceField(label=_("Which unit registers this?"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **given: Any):
        super().__init__(*args, **given)
        del self.fields["valid_to"], self.fields["version"]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0][0]

    @property
    def person(self) -> PersonDetails:
        """Who was typed."""
        typed = self.cleaned_data
        return PersonDetails(
            given_name=typed["given_name"],
            family_name=typed["family_name"],
            birth_date=typed["birth_date"],
            person_number=typed["person_number"],
            protected_address=ProtectedAddress(typed["protected_address"]),
        )

    @property
    def contacts(self) -> list[ContactDetails]:
        """The telephone, if one was typed."""
        typed = self.cleaned_data
        if not typed["phone"]:
            return []
        return [ContactDetails(ContactSystem.PHONE, typed["phone"], safe_to_call=Answer.read(typed["safe_to_call"]))]

    def roles_from(self, day: date) -> list[RoleDetails]:
        """Return the role that the patient gave them, from a day on."""
        chosen = self.cleaned_data["roles"]
        return [RoleDetails(role=Role(chosen), valid_from=day, named_by_patient=True)] if chosen else []


class InformedForm(Refusable):
    """That somebody was told that they are registered, or why not."""

    fields_of = {"reason": "reason"}

    told = forms.ChoiceField(
        label=_("Have they been told?"),
        choices=[("yes", _("Yes, they have been told")), ("no", _("No, and there is a reason not to"))],
        widget=forms.RadioSelect,
    )
    how = forms.ChoiceField(label=_("How"), required=False, choices=choices_of(HOWS, empty="–"))
    reason = forms.CharField(
        label=_("The reason"),
        required=False,
        max_length=REASON_MOST,
        help_text=_("For example: it could put somebody in danger. Your leader and the person can read it later."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what belongs to the answer."""
        typed = super().clean() or {}
        if typed.get("told") == "yes" and not typed.get("how"):
            self.add_error("how", problem("missing"))
        if typed.get("told") == "no" and not typed.get("reason"):
            self.add_error("reason", problem("missing"))
        return typed

    @property
    def said_how(self) -> How:
        return How(self.cleaned_data["how"])
