"""
What is wrong with a pathway that can be read: names that mean nothing, waits that never end, ends that never come.

Each fault names its place. A warning is for what is allowed and looks like a slip.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from medspiller.pathways.domain import trying
from medspiller.pathways.domain.conditions import Condition, FactIs, Guess, Happened, StepCameTo, parts_of, shown_by
from medspiller.pathways.domain.definition import Anchor, DoneBy, Pathway, Step, Texts
from medspiller.pathways.domain.vocabulary import HOLDER, PATIENTS_EVENTS, WHO, Certainty, Event

LONGEST_TITLE = 70
LONGEST_STEP_TITLE = 80
LONGEST_FOR_CARER = 200


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is wrong, or (a warning) looks so."""

    place: str
    message: str
    is_error: bool = True


def problems(pathway: Pathway) -> Iterator[Found]:
    """Yield everything that is wrong with a pathway by itself; nothing here looks at other content."""
    twice = list(_used_twice(pathway))
    yield from twice
    yield from _texts(pathway)
    yield from _head(pathway)
    if twice:
        return
    for place, step in places(pathway):
        yield from _names_in_step(pathway, place, step)
        yield from _sense_of_step(pathway, place, step)
    yield from _names_in_ends(pathway)
    yield from _told_to_carers(pathway)
    yield from _phases_that_never_end(pathway)
    yield from _unused(pathway)
    circular = list(_circular(pathway))
    yield from circular
    if not circular:
        yield from _never_needed(pathway)


def places(pathway: Pathway) -> Iterator[tuple[str, Step]]:
    """Yield each step with its place in the body."""
    for number, phase in enumerate(pathway.phases):
        for index, step in enumerate(phase.steps):
            yield f"phases[{number}].steps[{index}]", step


def _used_twice(pathway: Pathway) -> Iterator[Found]:
    seen: set[str] = set()
    named = [(place, step.id) for place, step in places(pathway)]
    named += [(f"phases[{number}]", f"phase {phase.id}") for number, phase in enumerate(pathway.phases)]
    named += [(f"exit[{number}]", f"exit {each.id}") for number, each in enumerate(pathway.exits)]
    for place, name in named:
        if name in seen:
            yield Found(f"{place}.id", f"{name} is used twice")
        seen.add(name)


def _texts(pathway: Pathway) -> Iterator[Found]:
    yield from _too_long("title", pathway.title, LONGEST_TITLE)
    yield from _too_long("own_title", pathway.own_title or {}, LONGEST_TITLE)
    for place, step in places(pathway):
        yield from _too_long(f"{place}.title", step.title, LONGEST_STEP_TITLE)
        yield from _too_long(f"{place}.for_carer", step.for_carer or {}, LONGEST_FOR_CARER)


def _too_long(place: str, texts: Texts, most: int) -> Iterator[Found]:
    for language, text in texts.items():
        if len(text) > most:
            yield Found(f"{place}.{language}", f"is {len(text)} characters long; {most} have room")


def _head(pathway: Pathway) -> Iterator[Found]:
    if pathway.holder not in WHO - {HOLDER}:
        yield Found("holder", f"{pathway.holder} is no role; roles are {', '.join(sorted(WHO - {HOLDER}))}")
    for event in sorted(pathway.events - set(Event)):
        yield Found("events", f"{event} is no event; events are {', '.join(Event)}")
    if pathway.tells is None:
        yield Found("tells", "is missing: say what offers can fit whoever has such a plan, or {}", is_error=False)
    if (pathway.to_check is not None) is not (pathway.certainty is Certainty.CHECK):
        yield Found("to_check", "belongs to `certainty: check`, and is needed there")
    for name in pathway.evaluations:
        evaluation = pathway.steps.get(name)
        if evaluation is None:
            yield Found("evaluation", f"there is no step {name}")
        elif evaluation.repeats is None:
            yield Found("evaluation", f"{name} does not repeat: evaluation is done again and again")
    for number, each in enumerate(pathway.exits):
        if each.leads_to == pathway.slug:
            yield Found(f"exit[{number}].leads_to", "leads back to this pathway itself")


def _names_in_step(pathway: Pathway, place: str, step: Step) -> Iterator[Found]:
    for role in step.who:
        if role not in WHO:
            yield Found(f"{place}.who", f"{role} is no role; roles are {', '.join(sorted(WHO))}")
    yield from _names(pathway, f"{place}.when", step.when)
    for other in step.waits_for:
        yield from _other_step(pathway, f"{place}.waits_for", step, other)
    for part in parts_of(step.when):
        if isinstance(part, StepCameTo):
            yield from _other_step(pathway, f"{place}.when", step, part.step)
    if step.due and step.due.after is Anchor.STEP:
        yield from _other_step(pathway, f"{place}.due.after", step, step.due.name)
    if step.due and step.due.after is Anchor.EVENT:
        yield from _event(pathway, f"{place}.due.after", step.due.name)
    if step.done.by is DoneBy.EVENT:
        yield from _event(pathway, f"{place}.done", step.done.name)
    if step.done.by is DoneBy.FACT:
        yield from _fact(pathway, f"{place}.done", step.done.name)
    if step.repeats and step.repeats.each:
        yield from _event(pathway, f"{place}.repeats.each", step.repeats.each)
    if step.repeats:
        yield from _names(pathway, f"{place}.repeats.until", step.repeats.until)


def _other_step(pathway: Pathway, place: str, step: Step, other: str) -> Iterator[Found]:
    if other not in pathway.steps:
        yield Found(place, f"there is no step {other}")
    elif other == step.id:
        yield Found(place, "names the step itself")
    elif pathway.phase_of[other] > pathway.phase_of[step.id]:
        yield Found(place, f"{other} stands in a later phase, which may wait for this one")


def _names(pathway: Pathway, place: str, condition: Condition | None) -> Iterator[Found]:
    for part in parts_of(condition):
        match part:
            case FactIs(fact):
                yield from _fact(pathway, place, fact)
            case Happened(event):
                yield from _event(pathway, place, event)
            case StepCameTo(other, result):
                declared = pathway.steps.get(other)
                if declared is None:
                    yield Found(place, f"there is no step {other}")
                elif result and result not in declared.result_codes:
                    yield Found(place, f"{other} has no result {result}; it has {_told(declared.result_codes)}")


def _fact(pathway: Pathway, place: str, fact: str) -> Iterator[Found]:
    if fact not in pathway.facts:
        yield Found(place, f"the fact {fact} is not declared under `facts`")


def _event(pathway: Pathway, place: str, event: str) -> Iterator[Found]:
    if event not in pathway.reacts_to:
        yield Found(place, f"the event {event} is not declared under `events`")


def _sense_of_step(pathway: Pathway, place: str, step: Step) -> Iterator[Found]:
    if step.results and step.done.by is not DoneBy.CONFIRM:
        yield Found(f"{place}.results", "are for steps that somebody confirms")
    if len(step.result_codes) < len(step.results):
        yield Found(f"{place}.results", "has a code twice")
    if step.due is None and not (step.repeats and step.repeats.beats):
        yield Found(f"{place}.due", "is missing: say by when")
    if step.is_statutory and not (step.basis.law or step.basis.lines):
        yield Found(f"{place}.statutory", "names no law and no line of the guideline that demands it")
    if step.repeats and step.done.by is DoneBy.FACT:
        yield Found(f"{place}.repeats", "a fact becomes known once; it cannot repeat")
    if step.done.by is DoneBy.EVENT and step.done.name == pathway.trigger:
        yield Found(f"{place}.done", "is done by the trigger, so before anybody could do it")


def _names_in_ends(pathway: Pathway) -> Iterator[Found]:
    ends = [(f"phases[{number}].ends", phase.ends) for number, phase in enumerate(pathway.phases)]
    ends += [(f"exit[{number}]", each.when) for number, each in enumerate(pathway.exits)]
    at_the_start = Guess(happened=frozenset({pathway.trigger.value}))
    for place, condition in ends:
        yield from _names(pathway, place, condition)
        if condition is not None and condition.hold(at_the_start).holds:
            yield Found(place, "is there from the start, so nothing comes before it")


def _told_to_carers(pathway: Pathway) -> Iterator[Found]:
    for place, step in places(pathway):
        given_away = sorted(_given_away(pathway, step, {step.id})) if step.for_carer else []
        if given_away:
            told = " and ".join(given_away)
            message = f"tells the carer of {told}, which is the patient's: a carer reads nothing of such a step"
            yield Found(f"{place}.for_carer", message)


def _given_away(pathway: Pathway, step: Step, seen: set[str]) -> set[str]:
    """What is a patient's and is given away by a step that stands there: by why it does, and from when."""
    found = {step.due.name} if step.due and step.due.after is Anchor.EVENT else set()
    if step.repeats and step.repeats.each:
        found.add(step.repeats.each)
    for part in shown_by(step.when):
        match part:
            case FactIs(fact):
                found |= {fact} & pathway.patients_facts
            case Happened(event):
                found.add(event)
            case StepCameTo(other) if other in pathway.steps and other not in seen:
                found |= _given_away(pathway, pathway.steps[other], seen | {other})
    return found & (PATIENTS_EVENTS | pathway.patients_facts)


def _phases_that_never_end(pathway: Pathway) -> Iterator[Found]:
    for number, phase in enumerate(pathway.phases[:-1]):
        if phase.ends is not None:
            continue
        for index, step in enumerate(phase.steps):
            if step.repeats and step.repeats.is_endless:
                message = f"repeats without end, so {pathway.phases[number + 1].id} is never reached"
                yield Found(f"phases[{number}].steps[{index}].repeats", message)


def _unused(pathway: Pathway) -> Iterator[Found]:
    conditions: list[Condition | None] = [phase.ends for phase in pathway.phases]
    conditions += [each.when for each in pathway.exits]
    used: set[str] = set()
    for step in pathway.steps.values():
        conditions += [step.when, step.repeats.until if step.repeats else None]
        used |= {step.done.name, step.due.name if step.due else "", step.repeats.each if step.repeats else ""}
    for condition in conditions:
        for part in parts_of(condition):
            used.add(part.fact if isinstance(part, FactIs) else part.event if isinstance(part, Happened) else "")
    for fact in sorted(set(pathway.facts) - used):
        yield Found(f"facts.{fact}", "nothing asks about it", is_error=False)
    for event in sorted(pathway.events - used - {pathway.trigger.value}):
        yield Found("events", f"nothing reacts to {event}", is_error=False)


def _circular(pathway: Pathway) -> Iterator[Found]:
    waits: Mapping[str, frozenset[str]] = {
        step.id: (frozenset(step.waits_for) | step.asks_about[2]) & set(pathway.steps)
        for step in pathway.steps.values()
    }
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as fault:
        yield Found("phases", f"these wait for each other in a circle: {' → '.join(reversed(fault.args[1]))}")


def _never_needed(pathway: Pathway) -> Iterator[Found]:
    for place, step in places(pathway):
        if step.when is not None and not trying.can_hold(step.when, pathway):
            yield Found(f"{place}.when", "can never hold, whatever is known and happens: nobody is ever asked to do it")
    for number, phase in enumerate(pathway.phases):
        if phase.ends is not None and not trying.can_hold(phase.ends, pathway):
            yield Found(f"phases[{number}].ends", "can never hold: the phase never ends")
    for number, each in enumerate(pathway.exits):
        if each.when is not None and not trying.can_hold(each.when, pathway):
            yield Found(f"exit[{number}]", "can never hold")


def _told(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "none"
