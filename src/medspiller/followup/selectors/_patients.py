"""
What of a plan is about whom the carer cares for.

A plan stands in the carer's file, and some of what it asks about is the patient's: competence, consent, admission. That
is shown to, and told by, those alone who may open the patient, and stands in the patient's own log.
"""

from dataclasses import replace

from medspiller.access.domain.actors import Actor
from medspiller.followup.models import Plan
from medspiller.pathways.domain.conditions import parts_of
from medspiller.pathways.domain.definition import Exit, Pathway
from medspiller.pathways.domain.happenings import Happening
from medspiller.pathways.domain.progress import Progress
from medspiller.pathways.selectors import SeenRun
from medspiller.people import selectors as people


def opened_patient(actor: Actor, plan: Plan) -> people.Mentioned | None:
    """Return whom a plan is about, if it is about somebody whom the actor may open now. Whoever uses it logs whom."""
    if plan.about_id is None:
        return None
    within = people.reach(actor=actor)
    return people.mentioned(actor=actor, person_ids=[plan.about_id], within=within).get(plan.about_id)


def is_patients(pathway: Pathway, line: Happening) -> bool:
    """Say whether a line of a plan's history is about the patient."""
    return line.fact in pathway.patients_facts or line.event in pathway.patients_events


def kept_back(run: SeenRun) -> SeenRun:
    """Return a run without what it knows of the patient. Which steps there are, and how they stand, stays."""
    theirs = {each.line.seq for each in run.history if is_patients(run.pathway, each.line)}
    history = tuple(each for each in run.history if not theirs & {each.line.seq, each.line.undoes})
    return replace(run, history=history, progress=_progress(run.pathway, run.progress))


def _progress(pathway: Pathway, now: Progress) -> Progress:
    facts = pathway.patients_facts
    return replace(
        now,
        facts=tuple((name, value) for name, value in now.facts if name not in facts),
        steps=tuple(replace(each, facts=tuple(name for name in each.facts if name not in facts)) for each in now.steps),
        reached=tuple(each for each in now.reached if not _tells(pathway, each)),
    )


def _tells(pathway: Pathway, way_out: Exit) -> bool:
    named = {getattr(part, "fact", "") or getattr(part, "event", "") for part in parts_of(way_out.when)}
    return bool(named & (pathway.patients_facts | pathway.patients_events))
