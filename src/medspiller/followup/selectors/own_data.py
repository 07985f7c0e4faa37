"""What is a citizen's own of follow-up, for the file that they take out (GDPR art. 15 and 20)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information, Kind
from medspiller.catalogue.domain.vocabulary import Need as Code
from medspiller.followup import policies
from medspiller.followup.domain.agreements import AgreementState
from medspiller.followup.domain.files import FileKind, NoteCode
from medspiller.followup.domain.needs import NeedSource
from medspiller.followup.domain.suggesting import DeclineReason, SuggestionState
from medspiller.followup.models import Agreement, CarerFile, FileNote, Holding, Need, Plan, Suggestion
from medspiller.followup.selectors._seen import Texts
from medspiller.followup.selectors.sharing import UNNAMED
from medspiller.followup.templatetags.care_words import AGREEMENT_STATES
from medspiller.followup.templatetags.followup_words import NOTES
from medspiller.followup.templatetags.suggestion_words import DECLINED, NEEDS, SOURCES, STATES
from medspiller.pathways import selectors as pathways
from medspiller.people import selectors as people
from medspiller.people.domain.taking_out import Table


@dataclass(frozen=True, slots=True)
class OwnFileLine:
    """One time in which somebody was followed up, in [opened_at, closed_at)."""

    opened_at: datetime
    why: str
    situation: str
    what_matters: str
    contact: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnPlanLine:
    """
    A plan in [opened_at, closed_at), by the name that is for the carer; `goal` is what they wanted to come of it.

    What the plan knows is not told: some of it is the patient's. `goal` is empty in a child's file.
    """

    title: Texts
    opened_at: datetime
    holder: str
    goal: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnNoteLine:
    """Something that happened, as somebody wrote it down; `text` is empty in a child's file."""

    on: date
    code: NoteCode
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class OwnNeedLine:
    """What somebody lacks or lacked, and where they said so."""

    need: Code
    source: NeedSource
    said_on: date
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnSuggestionLine:
    """What was suggested and answered; `title` is by language."""

    title: dict[str, str]
    suggested_at: datetime
    state: SuggestionState
    reason: DeclineReason | None
    note: str


@dataclass(frozen=True, slots=True)
class OwnAgreementLine:
    """An agreement, and how far it has come."""

    state: AgreementState
    agreed_on: date | None
    review_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class OwnFollowUp:
    """All of it, from every time in which they were followed up. A concern for a child is left out."""

    files: tuple[OwnFileLine, ...] = ()
    plans: tuple[OwnPlanLine, ...] = ()
    notes: tuple[OwnNoteLine, ...] = ()
    needs: tuple[OwnNeedLine, ...] = ()
    suggestions: tuple[OwnSuggestionLine, ...] = ()
    agreements: tuple[OwnAgreementLine, ...] = ()


def own_follow_up(*, actor: Actor) -> OwnFollowUp:
    """
    Return what is a citizen's own; nothing for somebody in no register. That it was read is in their log.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.READ_OWN_FILE)
    oneself = people.registered_as(actor=actor)
    rows = list(CarerFile.objects.filter(carer_id=oneself.person_id).order_by("opened_at", "id"))
    if oneself.person_id is None or not rows:
        return OwnFollowUp()
    audit.record(
        actor=oneself,
        action=policies.READ_OWN_FILE,
        kind=Kind.READ,
        information=(
            Information.NEEDS,
            Information.PLAN,
            Information.NOTES,
            Information.RIGHTS,
            Information.AGREEMENT,
            Information.CONTACT_PERSON,
        ),
        subject_type="people.Person",
        subject_id=oneself.person_id,
        person_id=oneself.person_id,
        basis=BasisCode.OWN,
    )
    return OwnFollowUp(
        files=tuple(_file(row) for row in rows),
        plans=_plans(actor, rows),
        notes=_notes(rows),
        needs=tuple(
            OwnNeedLine(Code(each.code), NeedSource(each.source), each.said_on, each.ended_at)
            for each in Need.objects.filter(file__in=rows).order_by("said_on", "id")
        ),
        suggestions=tuple(
            _suggestion(each) for each in Suggestion.objects.filter(file__in=rows).order_by("suggested_at", "id")
        ),
        agreements=tuple(
            OwnAgreementLine(AgreementState(each.state), each.agreed_on, each.review_on, each.closed_on)
            for each in Agreement.objects.filter(file__in=rows).order_by("drafted_at", "id")
        ),
    )


def own_tables(*, actor: Actor) -> list[Table]:
    """
    Return a citizen's own files, plans, what happened, needs, suggestions and agreements.

    :raises NotAllowed: for anybody but a citizen.
    """
    found = own_follow_up(actor=actor)
    files = tuple((each.opened_at, each.why, each.situation, each.what_matters, each.contact, each.closed_at)
                  for each in found.files)  # fmt: skip
    plans = tuple((each.opened_at, _called(each.title), each.holder, each.goal, each.closed_at) for each in found.plans)
    notes = tuple((each.on, NOTES[each.code], each.text, each.by) for each in found.notes)
    needs = tuple((NEEDS[each.need], SOURCES[each.source], each.said_on, each.ended_at) for each in found.needs)
    suggestions = tuple(
        (each.suggested_at, _called(each.title), STATES[each.state], DECLINED[each.reason] if each.reason else "",
         each.note)
        for each in found.suggestions
    )  # fmt: skip
    agreements = tuple(
        (AGREEMENT_STATES[each.state], each.agreed_on, each.review_on, each.closed_on) for each in found.agreements
    )
    return [
        Table("follow_up", _("My follow-up"), (
            ("from", _("When")), ("why", _("Why")), ("situation", _("Situation")),
            ("what_matters", _("What matters to me")), ("contact", _("Contact person")), ("ended", _("Ended")),
        ), files),
        Table("plans", _("My plans"), (
            ("from", _("When")), ("what", _("What")), ("who", _("Who sees to it")), ("goal", _("What I wanted")),
            ("ended", _("Ended")),
        ), plans),
        Table("happened", _("What has happened"), (
            ("on", _("When")), ("what", _("What")), ("text", _("What was written")), ("by", _("By whom")),
        ), notes),
        Table("needs", _("What I have said I need"), (
            ("need", _("What")), ("where", _("How we know")), ("said", _("When")), ("ended", _("Ended")),
        ), needs),
        Table("suggestions", _("What we have suggested"), (
            ("at", _("When")), ("what", _("What")), ("answer", _("Answer")), ("why", _("Why")), ("note", _("Note")),
        ), suggestions),
        Table("agreements", _("My agreements"), (
            ("state", _("State")), ("agreed", _("Agreed on")), ("review", _("Go through it again on")),
            ("ended", _("Ended")),
        ), agreements),
    ]  # fmt: skip


def _called(title: Mapping[str, str]) -> str:
    """A title in the language of the page."""
    return title.get((get_language() or "nb").split("-")[0], title.get("nb", ""))


def _file(row: CarerFile) -> OwnFileLine:
    return OwnFileLine(
        opened_at=row.opened_at,
        why=str(row.why or ""),
        situation=str(row.situation or ""),
        what_matters=str(row.what_matters or ""),
        contact=row.contact_name,
        closed_at=row.closed_at,
    )


def _plans(actor: Actor, files: Sequence[CarerFile]) -> tuple[OwnPlanLine, ...]:
    system = actors.system(actor.tenant_id)
    rows = list(Plan.objects.select_related("run").filter(file__in=files).order_by("opened_at", "id"))
    # Who has it now, or had it last.
    held = dict(Holding.objects.filter(plan__in=rows).order_by("starts_at").values_list("plan_id", "holder_name"))
    return tuple(
        OwnPlanLine(
            title=pathways.pathway_of(actor=system, pin=row.run.pin).own_title or UNNAMED,
            opened_at=row.opened_at,
            holder=held.get(row.id, ""),
            goal=_said(row.file_id, row.goal, files),
            closed_at=row.closed_at,
        )
        for row in rows
    )


def _notes(files: Sequence[CarerFile]) -> tuple[OwnNoteLine, ...]:
    return tuple(
        OwnNoteLine(each.on, NoteCode(each.code), _said(each.file_id, each.text, files), each.by_name)
        for each in FileNote.objects.filter(file__in=files).order_by("on", "at", "id")
    )


def _said(file_id: UUID, text: object, files: Sequence[CarerFile]) -> str:
    """
    What staff wrote; nothing of it from a child's file.

    Others may read over a child's shoulder, and some of it may be of what a parent does: a child asks to hear it.
    """
    is_childs = any(each.id == file_id and each.kind == FileKind.CHILD for each in files)
    return "" if is_childs else str(text or "")


def _suggestion(row: Suggestion) -> OwnSuggestionLine:
    return OwnSuggestionLine(
        title=row.title,
        suggested_at=row.suggested_at,
        state=SuggestionState(row.state),
        reason=DeclineReason(row.reason) if row.reason else None,
        note=str(row.note or ""),
    )
