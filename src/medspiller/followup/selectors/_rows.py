"""Rows as they are shown, several at a time."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q
from django.db.models.expressions import RawSQL

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Shown
from medspiller.core import clock
from medspiller.followup import policies
from medspiller.followup.domain.files import NoteCode
from medspiller.followup.domain.holding import BouncedBecause, HandoverState, How
from medspiller.followup.models import CarerFile, FileNote, Handover, Holding, Plan
from medspiller.followup.selectors._seen import PlanLine, PlanOutline, SeenHandover, SeenHolding, SeenNote, Texts
from medspiller.pathways import selectors as pathways
from medspiller.people import selectors as people
from medspiller.people.selectors import Reach


def named_about(
    actor: Actor,
    plans: Collection[Plan],
    *,
    within: Reach | None = None,
    opened: Mapping[UUID, people.Mentioned] | None = None,
) -> dict[UUID, people.Mentioned]:
    """
    Return whom plans are about, by their id, as far as the reader may open them: each is in the log.

    `opened` spares looking up who that is: those of them whom the reader may open are among these.

    That somebody cares for them is what is shown, in somebody else's file; so it is they who read of it in their log.
    """
    about = {plan.about_id for plan in plans if plan.about_id}
    if not about:
        return {}
    if opened is None:
        opened = people.mentioned(actor=actor, person_ids=about, within=within or people.reach(actor=actor))
    named = {each: opened[each] for each in about if each in opened}
    audit.record_list(
        actor=actor,
        action=policies.READ_FILE,
        information=(Information.NAME_AND_BIRTH, Information.CARERS),
        shown=[
            Shown(each.id, "people.Person", each.id, basis=each.basis)
            for each in sorted(named.values(), key=lambda each: each.id)
        ],
    )
    return named


def plan_lines(
    actor: Actor,
    plans: Collection[Plan],
    *,
    within: Reach | None = None,
    about: bool = True,
    opened: Mapping[UUID, people.Mentioned] | None = None,
) -> list[PlanLine]:
    """
    Return plans as they stand in a list, in their order; whom one is about only where the reader may open them.

    With `about` false nobody is named, and nothing is logged of whom they are about. `opened` as in `named_about`.
    """
    if not plans:
        return []
    system = actors.system(actor.tenant_id)
    run_ids = [plan.run_id for plan in plans]
    steps = pathways.open_steps(actor=system, run_ids=run_ids)
    held = {row.plan_id: row for row in Holding.objects.filter(plan_id__in=[plan.id for plan in plans], ends_at=None)}
    named = named_about(actor, plans, within=within, opened=opened) if about else {}
    today = clock.today()
    lines = []
    for plan in plans:
        days = [step.due_on for step in steps.get(plan.run_id, ()) if step.due_on is not None]
        pathway = pathways.pathway_of(actor=system, pin=plan.run.pin)
        holding = held.get(plan.id)
        somebody = named.get(plan.about_id) if plan.about_id else None
        lines.append(
            PlanLine(
                id=plan.id,
                run_id=plan.run_id,
                slug=pathway.slug,
                title=pathway.title,
                about=somebody.name if somebody else "",
                about_id=somebody.id if somebody else None,
                unit_id=plan.unit_id,
                holder_id=holding.holder_id if holding else None,
                holder=holding.holder_name if holding else "",
                is_open=plan.is_open,
                opened_at=plan.opened_at,
                closed_at=plan.closed_at,
                closing_reason=plan.closing_reason,
                open_steps=len(steps.get(plan.run_id, ())),
                late_steps=sum(day < today for day in days),
                due_on=min(days, default=None),
            )
        )
    return lines


# A file and those that were closed because they turned out to be the same person's: the line that closed such a file
# says into which other it went. Once they are two again the closed one is open, and none of these any more.
_WITH_JOINED = """
WITH RECURSIVE one(id) AS (
    SELECT %s::uuid
    UNION
    SELECT gone.id FROM one JOIN followup_carerfile AS kept ON kept.id = one.id
    JOIN followup_carerfile AS gone ON gone.carer_id = kept.carer_id AND gone.closed_because = 'merged'
    JOIN followup_filenote AS line ON line.file_id = gone.id AND line.code = 'closed' AND line.about_id = one.id
)
SELECT id FROM one
"""


def notes_of(file_id: UUID) -> tuple[SeenNote, ...]:
    """
    Return what happened in a file, the latest first, with what happened in files that have gone on in it.

    That such a file was closed is no event of this one.
    """
    joined = FileNote.objects.filter(file_id__in=RawSQL(_WITH_JOINED, [file_id]))  # noqa: S611 - a constant
    found = joined.exclude(~Q(file_id=file_id), code=NoteCode.CLOSED.value, about_type=CarerFile._meta.label)
    return tuple(
        SeenNote(
            id=row.id,
            code=NoteCode(row.code),
            on=row.on,
            text=str(row.text or ""),
            by=row.by_name,
            at=row.at,
            about_id=row.about_id,
        )
        for row in found.order_by("-on", "-at", "-id")
    )


def seen_holding(row: Holding) -> SeenHolding:
    """Return a holding as it is shown."""
    return SeenHolding(
        holder_id=row.holder_id,
        holder=row.holder_name,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        how=How(row.how),
        stands_in_for=row.absence.user_name if row.absence is not None else "",
    )


def seen_handover(
    row: Handover, *, title: Texts, carer: str, in_words: bool = True, outline: PlanOutline | None = None
) -> SeenHandover:
    """Return an offer as it is shown; without what was written of it to whoever may not know of the carer."""
    return SeenHandover(
        id=row.id,
        plan_id=row.plan_id,
        file_id=row.plan.file_id,
        title=title,
        carer=carer,
        from_name=row.from_name,
        to_id=row.to_user_id,
        to_name=row.to_name,
        to_unit_id=row.to_unit_id,
        rests_on_consent=row.rests_on_consent,
        why=str(row.why or "") if in_words else "",
        offered_at=row.offered_at,
        answer_by=row.answer_by,
        state=HandoverState(row.state),
        bounced_because=BouncedBecause(row.bounced_because) if row.bounced_because else None,
        answered_at=row.answered_at,
        answer_note=str(row.answer_note or "") if in_words else "",
        outline=outline,
    )
