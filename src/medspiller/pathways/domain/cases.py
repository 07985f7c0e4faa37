"""Examples that must hold: what happens from day to day, and where the run then stands."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from medspiller.content.domain.kinds import CaseFile
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.shape_parts import canonical_parts
from medspiller.pathways.domain import happenings as told
from medspiller.pathways.domain.accepting import accept
from medspiller.pathways.domain.definition import Pathway
from medspiller.pathways.domain.happenings import Happening, HappeningRefused, Refusal
from medspiller.pathways.domain.progress import Progress, StepState, progress

FEWEST = 3
_CASE = frozenset({"name", "start", "facts", "happenings", "on", "expect"})
_NEEDED = frozenset({"name", "start", "on", "expect"})
_EXPECT = frozenset(
    [
        "phase",
        "open",
        "late",
        "waiting",
        "unknown",
        "not_needed",
        "done",
        "skipped",
        "can_close",
        "reasons",
        "paused_until",
        "through",
    ]
)
# What can be expected of single steps, besides what can be done now.
_STATES = (StepState.WAITING, StepState.NOT_NEEDED, StepState.DONE, StepState.SKIPPED)
_TRUTHS: Mapping[Any, bool | None] = {True: True, False: False, "yes": True, "no": False, "unknown": None}
_KEYS: Mapping[str, frozenset[str]] = {
    "done": frozenset({"result", "occurrence"}),
    "skipped": frozenset({"reason", "occurrence"}),
    "fact": frozenset({"is"}),
    "event": frozenset(),
    "response": frozenset(),
    "paused_until": frozenset({"reason"}),
    "resumed": frozenset(),
    "closed": frozenset(),
}


class BadCase(ValueError):
    """An example is not written as examples are, or something in it was refused that should not be."""


def run(pathway: Pathway, cases: CaseFile) -> Iterator[Problem]:
    """Yield every example that does not hold, and that there are too few, or only smooth ones."""
    is_rough = False
    for number, case in enumerate(cases.cases):
        name = case.get("name") if isinstance(case, Mapping) else None
        place = f"[{number}] {name}" if name else f"[{number}]"
        try:
            found, refused, expect = _walk(pathway, case)
        except BadCase as fault:
            yield Problem(cases.file, place, str(fault))
            continue
        is_rough = is_rough or refused or bool(found.late_steps) or _has_skipped(found)
        for message in _differences(found, expect):
            yield Problem(cases.file, place, message)
    if len(cases.cases) < FEWEST:
        yield Problem(cases.file, "", f"holds {len(cases.cases)} cases; at least {FEWEST} are needed")
    elif not is_rough:
        yield Problem(cases.file, "", "in no case is a step refused, skipped or late; at least one is needed")


def _has_skipped(found: Progress) -> bool:
    return any(one.state is StepState.SKIPPED for one in found.steps)


def _walk(pathway: Pathway, case: Any) -> tuple[Progress, bool, Mapping[str, Any]]:
    """Return where the run then stands, whether anything was refused as it should be, and what is expected."""
    if not isinstance(case, Mapping) or not _NEEDED <= set(case) <= _CASE:
        raise BadCase(f"a case has {', '.join(sorted(_NEEDED))}, may have facts and happenings, and nothing else")
    expect = case["expect"]
    if not isinstance(expect, Mapping) or not expect or not set(expect) <= _EXPECT:
        raise BadCase(f"expect holds some of {', '.join(sorted(_EXPECT))}, and nothing else")
    start, on = _day(case["start"], "start"), _day(case["on"], '"on"')
    lines: list[Happening] = []
    _add(pathway, lines, told.started(on=start))
    for fact, value in dict(case.get("facts", {})).items():
        truth = _truth(value, f"facts.{fact}")
        if fact not in pathway.facts:
            raise BadCase(f"the fact {fact} is not declared")
        if truth is not None:
            _add(pathway, lines, told.fact_told(fact, truth, on=start))
    was_refused = False
    for number, body in enumerate(case.get("happenings", ())):
        was_refused |= _happen(pathway, lines, body, f"happenings[{number}]")
    if lines[-1].told_on > on:
        raise BadCase(f'"on" is {on}, and something is told after it, on {lines[-1].told_on}')
    return progress(pathway, lines, on=on), was_refused, expect


def _happen(pathway: Pathway, lines: list[Happening], body: Any, place: str) -> bool:
    """Let one thing happen, and return whether it was refused as it should be."""
    if not isinstance(body, Mapping) or "on" not in body:
        raise BadCase(f'{place}: is an object with "on" (in quotation marks) and what happens')
    on = _day(body["on"], place)
    if "refused" not in body:
        try:
            _add(pathway, lines, _line(body, on, place))
        except HappeningRefused as refusal:
            raise BadCase(f"{place}: was refused, because {refusal}") from None
        return False
    if set(body) != {"on", "refused", "because"} or not isinstance(body["refused"], Mapping):
        raise BadCase(f'{place}: has exactly "on", refused and because')
    if body["because"] not in set(Refusal):
        raise BadCase(f"{place}: {body['because']} is no reason to refuse; reasons are {', '.join(Refusal)}")
    told_on = {"told": body["on"], "on": body["on"], **body["refused"]}
    try:
        _add(pathway, list(lines), _line(told_on, _day(told_on["on"], place), place))
    except HappeningRefused as refusal:
        if refusal.code != body["because"]:
            raise BadCase(f"{place}: was refused because {refusal}, not {body['because']}") from None
        return True
    raise BadCase(f"{place}: was not refused")


def _add(pathway: Pathway, lines: list[Happening], new: Happening) -> None:
    if lines and new.told_on < lines[-1].told_on:
        raise BadCase(f"what happens is told in order; {new.told_on} comes after {lines[-1].told_on}")
    kept = new if not lines else accept(pathway, lines, new)
    lines.append(_numbered(kept, len(lines) + 1))


def _numbered(line: Happening, seq: int) -> Happening:
    return Happening(**{name: getattr(line, name) for name in Happening.__slots__} | {"seq": seq})


def _line(body: Mapping[str, Any], on: date, place: str) -> Happening:
    said = [key for key in _KEYS if key in body]
    if len(said) != 1:
        raise BadCase(f"{place}: says {' and '.join(said) or 'nothing'}; it is one of {', '.join(_KEYS)}")
    (kind,) = said
    strange = set(body) - {"on", "told", kind} - _KEYS[kind]
    if strange:
        raise BadCase(f"{place}: {', '.join(sorted(strange))} does not belong to {kind}")
    told_on = _day(body.get("told", body["on"]), f"{place}.told")
    number, name = body.get("occurrence", 0), body[kind]
    match kind:
        case "done":
            return told.done(name, on=on, told_on=told_on, result=body.get("result", ""), occurrence=number)
        case "skipped":
            return told.skipped(name, on=on, told_on=told_on, reason=body.get("reason", ""), occurrence=number)
        case "fact":
            return told.fact_told(name, _truth(body.get("is", True), f"{place}.is"), on=on, told_on=told_on)
        case "event":
            return told.event_told(name, on=on, told_on=told_on)
        case "response":
            return told.answered(canonical_parts(name)[0], on=on, told_on=told_on)
        case "paused_until":
            until = _day(name, f"{place}.paused_until")
            return told.paused(on=on, until=until, reason=body.get("reason", ""), told_on=told_on)
        case "resumed":
            return told.resumed(on=on, told_on=told_on)
        case _:
            return told.closed(on=on, reason=str(name), told_on=told_on)


def _day(written: Any, place: str) -> date:
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        raise BadCase(f"{place}: {written} is no day like 2026-09-01") from None


def _truth(written: Any, place: str) -> bool | None:
    if isinstance(written, bool | str) and written in _TRUTHS:
        return _TRUTHS[written]
    raise BadCase(f"{place}: must be true, false or unknown")


def _differences(found: Progress, expect: Mapping[str, Any]) -> Iterator[str]:
    yield from _differences_of_run(found, expect)
    if "open" in expect:
        yield from _differences_of_open(found, dict(expect["open"]))
    if "late" in expect and (late := {one.step.id for one in found.late_steps}) != set(expect["late"]):
        yield f"late are {_told(late)}, not {_told(expect['late'])}"
    for state in _STATES:
        for step in expect.get(state.value, ()):
            if (said := _state(found, step)) != state.value:
                yield f"{step} is {said}, not {state.value}"
    for step, facts in dict(expect.get("unknown", {})).items():
        one = found.step(step)
        if one is None or one.state is not StepState.UNKNOWN:
            yield f"{step} is {_state(found, step)}, not unknown"
        elif set(one.facts) != set(facts):
            yield f"{step} needs to know {_told(one.facts)}, not {_told(facts)}"


def _differences_of_run(found: Progress, expect: Mapping[str, Any]) -> Iterator[str]:
    reasons = {each.id for each in found.reached}
    paused = found.paused_until.isoformat() if found.paused_until else None
    if "phase" in expect and found.phase != expect["phase"]:
        yield f"the phase is {found.phase}, not {expect['phase']}"
    if "can_close" in expect and found.may_close is not expect["can_close"]:
        yield f"it can{'' if found.may_close else 'not'} be closed; open and statutory are {_told(found.keeps_open)}"
    if "reasons" in expect and reasons != set(expect["reasons"]):
        yield f"reasons to close are {_told(reasons)}, not {_told(expect['reasons'])}"
    if "paused_until" in expect and paused != expect["paused_until"]:
        yield f"it is paused until {paused}, not {expect['paused_until']}"
    if "through" in expect and found.is_through is not expect["through"]:
        yield f"it is {'' if found.is_through else 'not '}through all its phases"


def _differences_of_open(found: Progress, expected: Mapping[str, str | None]) -> Iterator[str]:
    there = {one.step.id: one.due_on.isoformat() if one.due_on else None for one in found.open_steps}
    for step in sorted(set(expected) - set(there)):
        yield f"{step} is {_state(found, step)}, not open"
    for step in sorted(set(there) - set(expected)):
        yield f"{step} is open, due {there[step]}, and was not expected"
    for step in sorted(set(there) & set(expected)):
        if there[step] != expected[step]:
            yield f"{step} is due {there[step]}, not {expected[step]}"


def _state(found: Progress, step: str) -> str:
    one = found.step(step)
    return one.state.value if one else "no step of this pathway"


def _told(names: Sequence[str] | set[str]) -> str:
    return ", ".join(sorted(names)) or "none"
