"""What a browser sent of a first talk: its three kinds of forms, held together, with rows added and taken away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict

from medspiller.access.domain.actors import Actor
from medspiller.access.web.drafts import OpenDraft
from medspiller.people import selectors
from medspiller.people.domain import first_talk as rules
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.first_talk import MOST_CARERS, MOST_CHILDREN, FirstTalk, Part, Problem
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.selectors import SoFar
from medspiller.people.web.first_talk_forms import CarerRow, ChildRow, PatientForm, rows_of
from medspiller.people.web.first_talk_wording import problem
from medspiller.ui.components.formats import day as day_in_words
from medspiller.ui.forms import Form

ROWS: dict[Part, tuple[type[Form], int]] = {
    Part.CARERS: (CarerRow, MOST_CARERS),
    Part.CHILDREN: (ChildRow, MOST_CHILDREN),
}
Units = Sequence[tuple[UUID, str]]


@dataclass
class Sent:
    """The forms of one talk. `patient` holds whom it is with, the sets the carers and the children."""

    patient: PatientForm
    carers: Any
    children: Any

    @classmethod
    def of(cls, data: QueryDict, units: Units) -> "Sent":
        """Read what was sent."""
        sets = {part: rows_of(made, extra=0, most=most) for part, (made, most) in ROWS.items()}
        return cls(
            PatientForm(data, units=units),
            sets[Part.CARERS](data, prefix=Part.CARERS.value),
            sets[Part.CHILDREN](data, prefix=Part.CHILDREN.value),
        )

    @classmethod
    def fresh(cls, draft: OpenDraft, units: Units, *, initial: dict[str, Any], rows: int) -> "Sent":
        """Return a new form, with what a draft holds in it."""
        sets = {part: rows_of(made, extra=rows, most=most) for part, (made, most) in ROWS.items()}
        return cls(
            draft.fill(PatientForm, units=units, initial=initial),
            draft.fill_set(sets[Part.CARERS], prefix=Part.CARERS.value),
            draft.fill_set(sets[Part.CHILDREN], prefix=Part.CHILDREN.value),
        )

    @property
    def all(self) -> list[forms.Form]:
        """Every form, in the order of the page."""
        return [self.patient, *self.carers.forms, *self.children.forms]

    @property
    def is_valid(self) -> bool:
        """Whether everything typed can be read."""
        return all([self.patient.is_valid(), self.carers.is_valid(), self.children.is_valid()])

    @property
    def patient_id(self) -> UUID | None:
        """Whom the talk is with, if that is somebody registered."""
        try:
            return UUID(str(self.patient["patient"].value() or ""))
        except ValueError:
            return None

    def written(self, part: Part) -> list[Any]:
        """The rows of a part in which anything is written."""
        rows = (self.carers if part is Part.CARERS else self.children).forms
        return [row for row in rows if row.has_changed()]

    def said(self) -> FirstTalk:
        """What was said, for the service."""
        return FirstTalk(
            key=self.patient.cleaned_data["key"],
            patient=self.patient.said(),
            carers=tuple(row.said() for row in self.written(Part.CARERS)),
            children=tuple(row.said() for row in self.written(Part.CHILDREN)),
            replies=self.patient.replies(),
        )

    def form_of(self, part: Part, row: int) -> Any:
        """The form of a part's row, as the domain counts them: empty rows are nobody."""
        return self.patient if part is Part.PATIENT else self.written(part)[row]

    def refuse(self, problems: Collection[Problem]) -> None:
        """Say at each field what is wrong with it."""
        for each in problems:
            self.form_of(each.part, each.row).refuse(each.detail, each.code)

    def hush(self) -> None:
        """Take back what was said to be wrong: nobody has asked for the form to be stored."""
        for each in self.all:
            each._errors, each.cleaned_data = ErrorDict(), {}  # type: ignore[attr-defined]
        for rows in (self.carers, self.children):
            rows._errors, rows._non_form_errors = [], ErrorList()

    def suggest(self, actor: Actor, *, asked: Collection[tuple[Part, int]] = (), wrong: bool = False) -> bool:
        """
        Ask of those named, and of those it was asked of before, whether they are somebody registered.

        With `wrong` it is also an error that nobody has answered. Whether anybody may be meant is returned.
        """
        rows = [
            (part, number, self.form_of(part, number))
            for part in Part
            for number in range(1 if part is Part.PATIENT else len(self.written(part)))
        ]
        wanted = [each for each in rows if each[:2] in asked or each[2]["who"].value()]
        if self.patient_id is not None:
            wanted = [each for each in wanted if each[0] is not Part.PATIENT]
        if not wanted:
            return False
        forms_of = [form for _part, _number, form in wanted]
        found = selectors.alike(
            actor=actor,
            details=[_typed(form) for form in forms_of],
            phones=[form["phone"].value() or "" if "phone" in form.fields else "" for form in forms_of],
        )
        for (part, number, form), people in zip(wanted, found, strict=True):
            if people:
                form.suggest([(str(each.person_id), _called(each)) for each in people])
                if wrong and (part, number) in asked:
                    form.add_error("who", problem("who", "choose"))
        return any(found)


def _typed(form: Any) -> PersonDetails:
    birth_date = None
    for name in ("birth_date", "born"):
        if name in form.fields:
            written = form.fields[name].widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
            try:
                read = form.fields[name].clean(written)
            except forms.ValidationError:
                read = None
            birth_date = read[0] if isinstance(read, tuple) else read
    return rules.persons.tidy(
        PersonDetails(form["given_name"].value() or "", form["family_name"].value() or "", birth_date=birth_date)
    )


def _called(alike: selectors.Alike) -> str:
    return f"{alike.name}, {day_in_words(alike.birth_date)}" if alike.birth_date else alike.name


def add_row(data: QueryDict, part: Part) -> str:
    """Add an empty row to what was sent, and return the id of where one begins to write in it."""
    made, most = ROWS[part]
    number = _count(data, part)
    if number < most:
        data[f"{part}-TOTAL_FORMS"] = str(number + 1)
        for name, field in made.base_fields.items():
            initial = field.initial
            if initial not in (None, False):
                data[f"{part}-{number}-{name}"] = "on" if initial is True else str(initial)
            elif isinstance(field, forms.ChoiceField):
                data[f"{part}-{number}-{name}"] = ""
    return f"id_{part}-{min(number, most - 1)}-given_name"


def drop_row(data: QueryDict, part: Part, number: int) -> str:
    """Take a row away from what was sent, and return the id of where one then is."""
    made, _most = ROWS[part]
    count = _count(data, part)
    if not 0 <= number < count:
        return ""
    for name in made.base_fields:
        for row in range(number, count - 1):
            values = data.getlist(f"{part}-{row + 1}-{name}")
            if values:
                data.setlist(f"{part}-{row}-{name}", values)
            else:
                data.pop(f"{part}-{row}-{name}", None)
        data.pop(f"{part}-{count - 1}-{name}", None)
    data[f"{part}-TOTAL_FORMS"] = str(count - 1)
    return f"id_{part}-{min(number, count - 2)}-given_name" if count > 1 else "id_matters"


def choose_patient(data: QueryDict, so_far: SoFar) -> None:
    """Let the talk be with somebody registered; what is known of the children is not asked anew."""
    data["patient"], data["seen"], data["who"] = str(so_far.family.id), so_far.mark, ""
    for topic, reply in so_far.replies.items():
        if data.get(topic.value, ChildrenReply.NOT_ASKED) == ChildrenReply.NOT_ASKED:
            data[topic.value] = reply.value


def other_patient(data: QueryDict) -> str:
    """Let the talk be with somebody else, and return the id of where one then is."""
    data["patient"] = data["seen"] = data["who"] = ""
    for topic in ChildrenTopic:
        data[topic.value] = ChildrenReply.NOT_ASKED.value
    return "id_person_number"


def _count(data: QueryDict, part: Part) -> int:
    written = data.get(f"{part}-TOTAL_FORMS", "")
    _made, most = ROWS[part]
    return min(int(written), most) if written.isdecimal() and len(written) < len("1000") else 0
