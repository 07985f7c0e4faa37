"""From definitions that passed their check to what the rules work with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from medspiller.content.domain import versions
from medspiller.content.domain.definitions import Definition, Status
from medspiller.rights.domain.known_facts import CHILDREN, FactKind, KnownFact
from medspiller.rights.domain.parameters import Absent, Certainty, Dated, Source, Step
from medspiller.rights.domain.rights import (
    ApplyAt,
    Combine,
    DecidedBy,
    Period,
    Refused,
    Right,
    RightKind,
    State,
)
from medspiller.rights.domain.rulebook import Rulebook
from medspiller.rights.domain.rules import Rules
from medspiller.rights.domain.rules.every import RULES
from medspiller.rights.domain.situations import Situation
from medspiller.rights.domain.truth import Truth

FACTS, PARAMETERS, RIGHTS, SITUATIONS = "facts", "parameters", "rights", "situations"
KINDS = (FACTS, PARAMETERS, RIGHTS, SITUATIONS)
# How many children there are is written under the head `children` by this name.
COUNT = "_count"


def rulebook_from(definitions: Iterable[Definition], rules: Rules = RULES) -> Rulebook:
    """Return the rulebook of definitions of our kinds: of each url the highest version that is not retired."""
    newest: dict[str, Definition] = {}
    for one in definitions:
        if one.kind not in KINDS or one.status is Status.RETIRED:
            continue
        held = newest.get(one.url)
        if held is None or versions.order(held.version) < versions.order(one.version):
            newest[one.url] = one
    by_kind: dict[str, list[Definition]] = {kind: [] for kind in KINDS}
    for one in newest.values():
        by_kind[one.kind].append(one)
    rights = sorted((right_in(one) for one in by_kind[RIGHTS]), key=lambda right: right.id)
    situations = sorted((situation_in(one) for one in by_kind[SITUATIONS]), key=lambda one: (one.order, one.id))
    return Rulebook(
        rights={right.id: right for right in rights},
        parameters={found.name: found for found in map(parameter_in, by_kind[PARAMETERS])},
        facts={fact.name: fact for one in by_kind[FACTS] for fact in facts_in(one)},
        situations=tuple(situations),
        rules=rules,
    )


def facts_in(definition: Definition) -> tuple[KnownFact, ...]:
    """Return the facts of one head."""
    body = body_of(definition)
    head = body["head"]
    return tuple(
        KnownFact(
            name=fact_name(head, key),
            kind=FactKind(one["kind"]),
            ask=one["ask"],
            why=one["why"],
            help=one.get("help"),
            least=one.get("least"),
            most=one.get("most"),
            choices=one.get("choices", {}),
            usual=one.get("usual"),
        )
        for key, one in body["facts"].items()
    )


def fact_name(head: str, key: str) -> str:
    """Return the name in the catalogue of a key under a head."""
    return CHILDREN if (head, key) == (CHILDREN, COUNT) else f"{head}.{key}"


def parameter_in(definition: Definition) -> Dated:
    """Return the figure through time; where it ends without another step, it is not known from then on."""
    body = body_of(definition)
    steps = [Step(date.fromisoformat(one["from"]), _figure(one["value"]), source_in(one)) for one in body["steps"]]
    last = body["steps"][-1]
    if last.get("to"):
        steps.append(Step(date.fromisoformat(last["to"]), Absent.UNKNOWN, source_in(last)))
    return Dated(name=body["id"], unit=body["unit"], steps=tuple(steps), label=body["label"])


def _figure(written: Any) -> Decimal | Absent:
    if written is None:
        return Absent.ABOLISHED
    return Absent.UNKNOWN if written == "unknown" else Decimal(written)


def source_in(body: Mapping[str, Any]) -> Source:
    """Return the source that stands in a step or a period."""
    source = body["source"]
    return Source(source["ref"], source.get("url"), Certainty(source["certainty"]))


def periods_in(body: Mapping[str, Any]) -> tuple[Period, ...]:
    """Return the periods of a right; after the last one, if it has an end, nothing has been read."""
    periods = [
        Period(
            start=None if one["from"] is None else date.fromisoformat(one["from"]),
            rule=one.get("rule"),
            state=State(one["state"]) if "state" in one else None,
            source=source_in(one) if "source" in one else None,
        )
        for one in body["periods"]
    ]
    if end := body["periods"][-1].get("to"):
        periods.append(Period(start=date.fromisoformat(end), state=State.NOT_READ))
    return tuple(periods)


def right_in(definition: Definition) -> Right:
    """Return the right that a definition tells of."""
    body = body_of(definition)
    refused, apply_at = body["refused"], body["apply_at"]
    return Right(
        id=body["id"],
        slug=body["slug"],
        url=definition.url,
        version=definition.version,
        title=body["title"],
        short=body["short"],
        kind=RightKind(body["kind"]),
        decided_by=DecidedBy(body["decided_by"]),
        discretionary=body["discretionary"],
        periods=periods_in(body),
        conditions={name: _by_truth(texts) for name, texts in body["conditions"].items()},
        calculations=body["calculations"],
        amounts={name: one["label"] for name, one in body["amounts"].items()},
        answers=_by_truth(body["answers"]),
        document=body["document"],
        how=body["how"],
        apply_at=apply_at and ApplyAt(apply_at.get("url"), apply_at["label"]),
        deadline=body["deadline"],
        refused=Refused(refused["body"], refused["text"], refused["deadline_days"], Certainty(refused["certainty"])),
        combine=_combine(body["combine"]),
        verify=body["verify"],
        checked=date.fromisoformat(body["checked"]),
    )


def _by_truth(texts: Mapping[str, Any]) -> dict[Truth, Any]:
    return {Truth(key): text for key, text in texts.items()}


def _combine(written: Sequence[Mapping[str, Any]]) -> tuple[Combine, ...]:
    return tuple(Combine(one["with"], one["text"], Certainty(one["certainty"])) for one in written)


def situation_in(definition: Definition) -> Situation:
    """Return the situation that a definition tells of."""
    body = body_of(definition)
    return Situation(
        id=body["id"],
        url=definition.url,
        version=definition.version,
        order=body["order"],
        title=body["title"],
        text=body["text"],
        presets=body["presets"],
        rights=tuple(body["rights"]),
    )


def body_of(definition: Definition) -> Mapping[str, Any]:
    """Return what a definition of an object says."""
    return definition.body  # type: ignore[return-value]
