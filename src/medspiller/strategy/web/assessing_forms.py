"""What a service says of a line, of a chapter, and the measure that a gap becomes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.core import clock
from medspiller.pathways.domain.content_guideline import Line
from medspiller.strategy.domain.guideline import (
    AssessmentDetails,
    Barrier,
    EvidenceKind,
    LineState,
    is_demand,
    states_for,
)
from medspiller.strategy.domain.inputs import MeasureDetails
from medspiller.strategy.domain.seen_guideline import Place, SectionRows
from medspiller.strategy.domain.self_assessment import SheetAnswer, said_as
from medspiller.strategy.domain.vocabulary import TEXT_MOST, Service
from medspiller.strategy.templatetags.guideline_words import BARRIERS, EVIDENCE, line_state, spoken
from medspiller.strategy.web.forms import YearsForm, codes, line_field, text_field, version_field, year_field
from medspiller.ui.forms import DayField, Form

SEEN_MOST = 10_000


class AssessmentForm(Form):
    """What is said of one line in one service."""

    state = forms.ChoiceField(label=gettext_lazy("How far have you come?"), widget=forms.RadioSelect)
    evidence_kind = forms.ChoiceField(
        label=gettext_lazy("What is it based on?"),
        required=False,
        choices=codes(EVIDENCE, first=gettext_lazy("Nothing yet")),
    )
    indicator = forms.ChoiceField(label=gettext_lazy("Which indicator?"), required=False)
    evidence = text_field(
        gettext_lazy("Where can it be seen?"),
        rows=2,
        help_text=gettext_lazy("The name of a document, or what you can tell. Write no names of people."),
    )
    barrier = forms.ChoiceField(
        label=gettext_lazy("What stands in the way?"),
        required=False,
        choices=codes(BARRIERS, first=gettext_lazy("Nothing")),
    )
    barrier_text = text_field(gettext_lazy("In more words"), rows=2)
    next_step = text_field(gettext_lazy("What is the next step?"), rows=2)
    who = line_field(gettext_lazy("Who takes it?"), help_text=gettext_lazy("A role or a unit, not a name."))
    on = DayField(label=gettext_lazy("Assessed on"))
    version = version_field()

    def __init__(self, *args: Any, line: Line, place: Place, indicators: Iterable[tuple[str, str]], **given: Any):
        super().__init__(*args, initial=_initial(place), **given)
        self._line, self._place = line, place
        self.fields["state"].choices = [(each.value, line_state(each)) for each in states_for(line)]  # type: ignore[attr-defined]
        self.fields["indicator"].choices = [("", _("None")), *indicators]  # type: ignore[attr-defined]

    def details(self) -> AssessmentDetails:
        """Return what was said."""
        said = self.cleaned_data
        kind, barrier = said["evidence_kind"], said["barrier"]
        return AssessmentDetails(
            line=self._line.id,
            service=self._place.service,
            state=LineState(said["state"]),
            on=said["on"],
            evidence_kind=EvidenceKind(kind) if kind else None,
            evidence=said["evidence"],
            indicator=said["indicator"] if kind == EvidenceKind.OWN_DATA.value else "",
            barrier=Barrier(barrier) if barrier else None,
            barrier_text=said["barrier_text"],
            next_step=said["next_step"],
            who=said["who"],
        )


def _initial(place: Place) -> dict[str, Any]:
    said = place.said
    if said is None:
        return {"on": clock.today(), "version": 0}
    return {
        "state": said.state.value,
        "evidence_kind": said.evidence_kind.value if said.evidence_kind else "",
        "evidence": said.evidence,
        "indicator": said.indicator,
        "barrier": said.barrier.value if said.barrier else "",
        "barrier_text": said.barrier_text,
        "next_step": said.next_step,
        "who": said.who,
        "on": clock.today(),
        "version": said.version,
    }


class ChapterForm(Form):
    """The lines of a chapter: one choice each, and room for a comment. What is not answered stays as it was."""

    form_version = forms.CharField(widget=forms.HiddenInput)
    # What was said of each line when the page was opened: `pv-2-1-1:mark`, with a space between two.
    seen = forms.CharField(
        required=False, max_length=SEEN_MOST, widget=forms.HiddenInput(attrs={"data-draft-keep": "yes"})
    )

    def __init__(self, *args: Any, sections: Sequence[SectionRows], version: str, **given: Any):
        super().__init__(*args, initial={"form_version": version, "seen": _seen(sections)}, **given)
        self._sections = sections
        for section in sections:
            for row in section.rows:
                said, name = row.places[0].said, _name(row.line)
                self.fields[name] = forms.ChoiceField(
                    label=f"{row.line.id}: {spoken(row.line.text)}",
                    required=False,
                    choices=[(each.value, line_state(each)) for each in states_for(row.line)],
                    widget=forms.RadioSelect,
                    initial=said.state.value if said else None,
                    help_text=_basis(row.line),
                )
                self.fields[name + "-comment"] = forms.CharField(
                    label=_("Comment on %(line)s") % {"line": row.line.id},
                    required=False,
                    max_length=TEXT_MOST,
                    widget=forms.Textarea(attrs={"rows": 2}),
                    initial=said.evidence if said else "",
                )

    def groups(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """Return the fields as they stand on the page: each section with its pairs of choice and comment."""
        return [
            (
                f"{each.section.number} {spoken(each.section.title)}",
                [(self[_name(row.line)], self[_name(row.line) + "-comment"]) for row in each.rows],
            )
            for each in self._sections
        ]

    def answers(self) -> list[SheetAnswer]:
        """Return what was answered."""
        said = self.cleaned_data
        marks = dict(each.partition(":")[::2] for each in said["seen"].split())
        return [
            SheetAnswer(row.line.id, LineState(said[name]), said[name + "-comment"], marks.get(name, ""))
            for section in self._sections
            for row in section.rows
            if said.get(name := _name(row.line))
        ]

    def came_too_late(self, changed: Mapping[str, str], *, now: Sequence[SectionRows]) -> None:
        """
        Say at each line what somebody else has said of it since, and let the page be sent again over that.

        `now` is what stands once they have: the page may have been read before.
        """
        for line, state in changed.items():
            words = _(
                "Somebody else has answered this since you opened the page: %(state)s. Save again if your "
                "answer is still right."
            )
            self.add_error(line.replace(".", "-").lower(), words % {"state": line_state(LineState(state))})
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = _seen(now)
        self.data = data


def _seen(sections: Sequence[SectionRows]) -> str:
    rows = [row for section in sections for row in section.rows]
    said = [(row.line, row.places[0].said) for row in rows]
    return " ".join(f"{_name(line)}:{said_as(one.state.value, one.evidence) if one else 'none'}" for line, one in said)


def _name(line: Line) -> str:
    return line.id.replace(".", "-").lower()


def _basis(line: Line) -> str:
    if is_demand(line):
        return _("Required by law: %(law)s") % {"law": ", ".join(line.law)}
    if line.may_be_quoted:
        return _("A recommendation, in our words.")
    return _("A recommendation, in our words: to be checked against the guideline.")


class GapForm(YearsForm):
    """The measure that a gap becomes: what, where in a plan, who and when."""

    area = forms.ChoiceField(label=gettext_lazy("In which strategy and focus area?"))
    text = text_field(gettext_lazy("What is to be done?"), rows=3, required=True)
    owner = line_field(
        gettext_lazy("Who is responsible for it?"), help_text=gettext_lazy("A role or a unit, not a name.")
    )
    from_year = year_field(
        gettext_lazy("First year"), help_text=gettext_lazy("Leave both open if it runs as long as the strategy.")
    )
    to_year = year_field(gettext_lazy("Last year"))

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **given: Any):
        super().__init__(*args, **given)
        self.fields["area"].choices = list(areas)  # type: ignore[attr-defined]

    def details(self, service: Service) -> MeasureDetails:
        """Return the measure's own fields."""
        said = self.cleaned_data
        return MeasureDetails(
            text=said["text"], from_year=said["from_year"], to_year=said["to_year"], services=(service,)
        )

    def area_id(self) -> UUID:
        """Return the focus area that was chosen."""
        return UUID(self.cleaned_data["area"])
