"""From a body of the right shape to a pathway. Everything that cannot be read is told at once, with its place."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from medspiller.content.domain.definitions import Definition, Pin
from medspiller.content.domain.faults import Fault
from medspiller.content.domain.shape_parts import canonical_parts
from medspiller.pathways.domain.conditions import Condition, Every, FactIs, Happened, Not, Some, StepCameTo
from medspiller.pathways.domain.definition import (
    Anchor,
    Basis,
    Beat,
    Done,
    DoneBy,
    Due,
    Exit,
    Pathway,
    Phase,
    Result,
    Rhythm,
    Source,
    Span,
    Step,
    Tells,
    Unit,
    Uses,
    UsesKind,
)
from medspiller.pathways.domain.vocabulary import CarersSituation, Certainty, Event, Owner, PatientsCondition, Subject

_UNITS = [unit.value for unit in Unit]
_DEEPEST = 8
_CONFIRM = "confirm"
# For how long before a run begins answers count, where the step does not say it.
_GIVEN_WITHIN = Span(Unit.MONTHS, 3)
_BY_STEPS = "steps"
_GIVEN = "given_within"


class PathwayUnreadable(ValueError):
    """A pathway cannot be read. `faults` is all that was found, not only the first."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.element}: {fault.message}" for fault in self.faults))


def pathway_in(definition: Definition) -> Pathway:
    """
    Return the pathway of a definition that has the right shape.

    :raises PathwayUnreadable: with everything in it that cannot be read.
    """
    body: Any = definition.body
    return read(body, pin=definition.pin)


def read(body: Mapping[str, Any], *, pin: Pin) -> Pathway:
    """
    Return the pathway that a body of the right shape says.

    :raises PathwayUnreadable: with everything in it that cannot be read.
    """
    reading = _Reading()
    pathway = reading.pathway(body, pin)
    if reading.faults or pathway is None:
        raise PathwayUnreadable(reading.faults)
    return pathway


class _Reading:
    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def pathway(self, body: Mapping[str, Any], pin: Pin) -> Pathway | None:
        trigger = body["trigger"]["event"]
        evaluation = body["evaluation"]
        phases = tuple(self._phase(one, f"phases[{place}]") for place, one in enumerate(body["phases"]))
        exits = tuple(self._exit(one, f"exit[{place}]") for place, one in enumerate(body["exit"]))
        if trigger not in set(Event):
            self._fault("trigger.event", f"{trigger} is no event; events are {', '.join(Event)}")
            return None
        return Pathway(
            pin=pin,
            slug=body["slug"],
            title=body["title"],
            summary=body["summary"],
            subject=Subject(body["subject"]),
            holder=body["holder"],
            trigger=Event(trigger),
            trigger_text=body["trigger"]["text"],
            facts={name: fact["label"] for name, fact in body.get("facts", {}).items()},
            events=frozenset(body.get("events", ())),
            phases=phases,
            evaluations=(evaluation,) if isinstance(evaluation, str) else tuple(evaluation),
            exits=exits,
            sources=tuple(Source(one["ref"], one.get("url")) for one in body["sources"]),
            certainty=Certainty(body["certainty"]),
            to_check=body.get("to_check"),
            patients_facts=frozenset(
                name for name, fact in body.get("facts", {}).items() if fact.get("owner") == Owner.PATIENT
            ),
            own_title=body.get("own_title"),
            tells=self._tells(body["tells"]) if "tells" in body else None,
        )

    def _tells(self, body: Mapping[str, Any]) -> Tells:
        return Tells(
            frozenset(map(PatientsCondition, body.get("conditions", ()))),
            frozenset(map(CarersSituation, body.get("situations", ()))),
        )

    def _phase(self, body: Mapping[str, Any], place: str) -> Phase:
        ends = body.get("ends", _BY_STEPS)
        if isinstance(ends, str) and ends != _BY_STEPS:
            self._fault(f"{place}.ends", f"{ends} is neither `steps` nor a condition like {{event: discharged}}")
        return Phase(
            id=body["id"],
            title=body["title"],
            ends=None if isinstance(ends, str) else self._condition(ends, f"{place}.ends"),
            steps=tuple(self._step(one, f"{place}.steps[{number}]") for number, one in enumerate(body["steps"])),
        )

    def _step(self, body: Mapping[str, Any], place: str) -> Step:
        basis = body["basis"]
        if not basis:
            self._fault(f"{place}.basis", "names neither lines nor law, and does not say that it is local practice")
        return Step(
            id=body["id"],
            title=body["title"],
            text=body.get("text"),
            who=tuple(body["who"]),
            when=self._condition(body["when"], f"{place}.when") if "when" in body else None,
            waits_for=tuple(body.get("waits_for", ())),
            due=self._due(body["due"], f"{place}.due") if "due" in body else None,
            repeats=self._rhythm(body["repeats"], f"{place}.repeats") if "repeats" in body else None,
            uses=self._uses(body["uses"], f"{place}.uses") if "uses" in body else None,
            done=self._done(body["done"], f"{place}.done"),
            results=tuple(Result(one["code"], one["text"]) for one in body.get("results", ())),
            basis=Basis(tuple(basis.get("lines", ())), tuple(basis.get("law", ())), basis.get("local")),
            is_statutory=body.get("statutory", False),
            says_whether_statutory="statutory" in body,
            for_carer=body.get("for_carer"),
        )

    def _exit(self, body: Mapping[str, Any], place: str) -> Exit:
        given = [key for key in ("event", "fact", "when") if key in body]
        if len(given) > 1:
            self._fault(place, f"names {' and '.join(given)}; put them into one `when`")
        when: Condition | None = None
        if "when" in body:
            when = self._condition(body["when"], f"{place}.when")
        elif given:
            when = self._condition({given[0]: body[given[0]]}, place)
        return Exit(id=body["id"], text=body["text"], when=when, leads_to=body.get("leads_to", ""))

    def _due(self, body: Mapping[str, Any], place: str) -> Due | None:
        anchor, _, name = body["after"].partition(":")
        span = self._span(body, place)
        if anchor not in set(Anchor) or bool(name) is not (anchor in (Anchor.STEP, Anchor.EVENT)):
            self._fault(f"{place}.after", f"{body['after']} is none of start, phase, step:<id>, event:<code>")
            return None
        if span and span.count < 0 and anchor != Anchor.EVENT:
            self._fault(place, "only an event can lie ahead, so that something is due before it")
        return Due(Anchor(anchor), span, name) if span else None

    def _rhythm(self, body: Mapping[str, Any], place: str) -> Rhythm:
        until = self._condition(body["until"], f"{place}.until") if "until" in body else None
        if ("rhythm" in body) is ("each" in body):
            self._fault(place, "says either a `rhythm`, or `each` and an event")
        beats = [
            self._beat(one, f"{place}.rhythm[{number}]", is_last=number == len(body["rhythm"]) - 1)
            for number, one in enumerate(body.get("rhythm", ()))
        ]
        return Rhythm(tuple(beat for beat in beats if beat), body.get("each", ""), until)

    def _beat(self, body: Mapping[str, Any], place: str, *, is_last: bool) -> Beat | None:
        span = self._span(body, place)
        if span and span.count < 1:
            self._fault(place, "comes back at once, or before it was done")
        if "times" not in body and not is_last:
            self._fault(place, "goes on without end, so what follows is never reached; say how many `times`")
        return Beat(span, body.get("times")) if span else None

    def _span(self, body: Mapping[str, Any], place: str) -> Span | None:
        units = [unit for unit in _UNITS if unit in body]
        if len(units) != 1:
            self._fault(place, f"says {' and '.join(units) or 'nothing'} of how long; say one of {', '.join(_UNITS)}")
            return None
        return Span(Unit(units[0]), body[units[0]])

    def _uses(self, body: Mapping[str, Any], place: str) -> Uses | None:
        if len(body) != 1:
            self._fault(place, "names one of questionnaire, letter or page")
            return None
        ((kind, name),) = body.items()
        return Uses(UsesKind(kind), name)

    def _done(self, body: str | Mapping[str, Any], place: str) -> Done:
        if isinstance(body, str):
            if body != _CONFIRM:
                self._fault(place, f"{body} is neither `confirm` nor {{response: …}}, {{event: …}} or {{fact: …}}")
            return Done(DoneBy.CONFIRM)
        by, *others = [key for key in body if key != _GIVEN] or [""]
        if not by or others:
            self._fault(place, "names one of response, event and fact")
            return Done(DoneBy.CONFIRM)
        if by != DoneBy.RESPONSE:
            if _GIVEN in body:
                self._fault(f"{place}.{_GIVEN}", "is for answers to a questionnaire")
            return Done(DoneBy(by), body[by])
        # Whichever version is answered: the question was the same.
        name, _ = canonical_parts(body[by])
        return Done(DoneBy.RESPONSE, name, self._given_within(body, f"{place}.{_GIVEN}"))

    def _given_within(self, body: Mapping[str, Any], place: str) -> Span:
        span = self._span(body[_GIVEN], place) if _GIVEN in body else None
        if span and span.count < 0:
            self._fault(place, "is how long before the start, so not less than nothing")
        return span or _GIVEN_WITHIN

    def _condition(self, body: Any, place: str, depth: int = 0) -> Condition | None:
        if not isinstance(body, Mapping) or depth > _DEEPEST:
            self._fault(place, "is no condition, or nested too deep")
            return None
        match dict(body):
            case {"fact": str(name), **rest} if set(rest) <= {"is"}:
                return self._fact_is(name, rest.get("is", True), place)
            case {"event": str(name), **rest} if not rest:
                return Happened(name)
            case {"step": str(name), **rest} if set(rest) <= {"result"} and isinstance(rest.get("result", ""), str):
                return StepCameTo(name, rest.get("result", ""))
            case {"not": part, **rest} if not rest:
                inner = self._condition(part, f"{place}.not", depth + 1)
                return Not(inner) if inner else None
            case {"all": parts, **rest} if not rest:
                return self._joined(Every, parts, f"{place}.all", depth)
            case {"any": parts, **rest} if not rest:
                return self._joined(Some, parts, f"{place}.any", depth)
        known = "{fact: …, is: true}, {event: …}, {step: …, result: …}, {all: […]}, {any: […]} or {not: …}"
        self._fault(place, f"is no condition that we know: write {known}")
        return None

    def _fact_is(self, name: str, wanted: Any, place: str) -> Condition | None:
        if not isinstance(wanted, bool):
            self._fault(f"{place}.is", "must be true or false")
            return None
        return FactIs(name, wanted)

    def _joined(self, kind: type[Every] | type[Some], parts: Any, place: str, depth: int) -> Condition | None:
        if isinstance(parts, str) or not isinstance(parts, Sequence) or len(parts) < 2:
            self._fault(place, "holds fewer than two conditions")
            return None
        read_ = [self._condition(part, f"{place}[{number}]", depth + 1) for number, part in enumerate(parts)]
        found = tuple(part for part in read_ if part)
        return kind(found) if len(found) == len(parts) else None

    def _fault(self, place: str, message: str) -> None:
        self.faults.append(Fault(place, message))
