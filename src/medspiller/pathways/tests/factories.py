"""A small pathway with something of everything, and runs of it."""

import json
from contextlib import AbstractContextManager
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor, HeldRole
from medspiller.access.domain.roles import Role
from medspiller.content import services as content
from medspiller.content.domain import formats
from medspiller.content.domain.definitions import Definition, Status
from medspiller.core import clock, ids
from medspiller.core.actors import ActorKind
from medspiller.pathways import services
from medspiller.pathways.domain import happenings as told
from medspiller.pathways.domain.accepting import accept
from medspiller.pathways.domain.definition import Pathway
from medspiller.pathways.domain.happenings import Happening
from medspiller.pathways.domain.progress import Progress, progress
from medspiller.pathways.domain.reading import pathway_in
from medspiller.pathways.models import OpenStep, Run
from medspiller.pathways.services import Recorded
from tests.support.database import HERE

FORM = "https://example.no/fhir/Questionnaire/how-it-goes"
START = date(2026, 9, 1)
NINE = datetime(2026, 9, 1, 9, tzinfo=UTC)
SYSTEM = actors.system(HERE)
SLUG = "by-the-side"
URL = f"https://medspiller.no/pathways/{SLUG}"


def texts(text: str) -> dict[str, str]:
    """The same in every language."""
    return {"nb": text, "nn": text, "en": text}


def step(name: str, **more: Any) -> dict[str, Any]:
    """A step that somebody confirms within a week of the start, by local practice."""
    return {
        "id": name,
        "title": texts(name),
        "who": ["carer_contact"],
        "due": {"after": "start", "days": 7},
        "done": "confirm",
        "basis": {"local": texts("Local practice: we do so here.")},
        **more,
    }


def without_due(name: str, **more: Any) -> dict[str, Any]:
    """The same, whose first time is counted by its rhythm."""
    made = step(name, **more)
    del made["due"]
    return made


_LAW = {"basis": {"law": ["pbrl § 1-1"]}, "statutory": True}
_CLARIFY = [
    step(
        "call",
        due={"after": "start", "days": 2},
        results=[{"code": "agreed", "text": texts("agreed")}, {"code": "declined", "text": texts("declined")}],
        **_LAW,
    ),
    step("ask", done={"fact": "children"}),
    step(
        "school", when={"fact": "children"}, waits_for=["call"], due={"after": "step:call", "days": 3}, who=["holder"]
    ),
    step("form", done={"response": FORM}, due={"after": "phase", "weeks": 2}),
]
_ALONG = [
    step(
        "meet",
        due={"after": "phase", "days": 5},
        repeats={"rhythm": [{"days": 2, "times": 1}, {"weeks": 1, "times": 2}, {"months": 1}]},
    ),
    step("notice", repeats={"each": "admitted"}, due={"after": "event:admitted", "days": 1}),
    step(
        "prepare",
        due={"after": "event:discharged", "days": -2},
        when={"not": {"step": "call", "result": "declined"}},
    ),
]
_AFTER = [
    without_due("evaluate", repeats={"rhythm": [{"months": 3}], "until": {"fact": "winding-up"}}),
    step("farewell", when={"event": "death"}, due={"after": "event:death", "working_days": 3}, **_LAW),
]
_BODY: dict[str, Any] = {
    "url": URL,
    "version": "1.0.0",
    "status": "active",
    "slug": SLUG,
    "title": texts("By the side"),
    "summary": texts("For whoever stands by somebody's side."),
    "tells": {},
    "subject": "adult",
    "holder": "carer_contact",
    "trigger": {"event": "identified", "text": texts("Somebody was found.")},
    "facts": {"children": {"label": texts("Are there children?")}, "winding-up": {"label": texts("Is it enough?")}},
    "events": ["admitted", "discharged", "death"],
    "phases": [
        {"id": "clarify", "title": texts("Clarify"), "steps": _CLARIFY},
        {"id": "along", "title": texts("Along"), "ends": {"event": "discharged"}, "steps": _ALONG},
        {"id": "after", "title": texts("Etterpå"), "steps": _AFTER},
    ],
    "evaluation": "evaluate",
    "exit": [
        {"id": "goals-met", "text": texts("It is well.")},
        {"id": "died", "text": texts("Somebody died."), "event": "death"},
    ],
    "sources": [{"ref": "pbrl § 1-1"}],
    "certainty": "certain",
}


def body(**changed: Any) -> dict[str, Any]:
    """The body of the pathway, as its file would say it, with some parts changed."""
    return {**deepcopy(_BODY), **changed}


def definition(made: dict[str, Any] | None = None, *, kind: str = "pathways") -> Definition:
    """Return it as a definition, as its file would give it."""
    said = made or body()
    name = said.get("slug") or f"pv-{said['section'].replace('.', '-')}"
    # What is JSON is YAML too.
    text = json.dumps(said, ensure_ascii=False)
    return Definition(
        kind=kind,
        url=said["url"],
        version=said["version"],
        status=Status(said["status"]),
        body=formats.read(text.encode(), ".yaml"),
        text=text,
        suffix=".yaml",
        package="no.medspiller.examples",
        package_version="1",
        file=f"no.medspiller.examples/{kind}/{name}.yaml",
    )


def by_the_side(**changed: Any) -> Pathway:
    """Return the pathway itself."""
    return pathway_in(definition(body(**changed)))


def publish(tenant_id: UUID, made: dict[str, Any] | None = None) -> None:
    """Publish it as a tenant's own: the web role may publish for no other."""
    content.publish(actor=actors.system(tenant_id), definitions=[definition(made)])


def begin(actor: Actor, **more: Any) -> Recorded:
    """Let the published pathway begin, for somebody whom only the app above knows."""
    given = {"slug": SLUG, "subject_type": "tests.Subject", "subject_id": ids.new_id(), "started_on": START, **more}
    return services.start_run(actor=actor, **given)


def somebody(role: Role = Role.CARER_CONTACT) -> Actor:
    """Somebody at work; whom they may see, the app above decides."""
    held = (HeldRole(role, ids.new_id()),)
    return Actor(id=ids.new_id(), kind=ActorKind.STAFF, tenant_id=HERE, name="Demo Kontakt", roles=held)


def day(number: int) -> date:
    """The day so many days after the start."""
    return START + timedelta(days=number)


def later(number: int) -> AbstractContextManager[None]:
    """Hold the clock so many days after the start."""
    return clock.frozen(NINE + timedelta(days=number))


def stored(run: Run) -> dict[str, date | None]:
    """What is stored as open, with its day."""
    return {one.step: one.due_on for one in OpenStep.objects.filter(run=run)}


def clarify(actor: Actor, run: Run) -> Recorded:
    """Let the first phase be over today."""
    today = clock.today()
    services.record(actor=actor, run_id=run.id, happening=told.done("call", on=today, result="agreed"))
    services.record(actor=actor, run_id=run.id, happening=told.fact_told("children", False, on=today))
    return services.record(actor=actor, run_id=run.id, happening=told.answered(FORM, on=today))


class Story:
    """A run without a database: what happens is accepted or refused, and kept if accepted."""

    def __init__(self, pathway: Pathway | None = None, *, start: date = START):
        self.pathway = pathway or by_the_side()
        self.lines: list[Happening] = [_numbered(told.started(on=start), 1)]

    def then(self, *happenings: Happening) -> "Story":
        """Let these happen, one after the other."""
        for each in happenings:
            self.lines.append(_numbered(accept(self.pathway, self.lines, each), len(self.lines) + 1))
        return self

    def add(self, line: Happening) -> None:
        """Write a line down as the services do, without asking whether it can have happened."""
        self.lines.append(_numbered(line, len(self.lines) + 1))

    def on(self, day: date) -> Progress:
        """Return where the run stands on a day."""
        return progress(self.pathway, self.lines, on=day)

    def states(self, day: date) -> dict[str, str]:
        """Return the state of every step on a day."""
        return {one.step.id: one.state.value for one in self.on(day).steps}

    def due(self, day: date) -> dict[str, date | None]:
        """Return what can be done on a day, and by when."""
        return {one.step.id: one.due_on for one in self.on(day).open_steps}


def clarified(story: Story | None = None, *, on: date = START + timedelta(days=3)) -> Story:
    """A run whose first phase is over on a day."""
    return (story or Story()).then(
        told.done("call", on=on, result="agreed"),
        told.fact_told("children", False, on=on),
        told.answered(FORM, on=on),
    )


def _numbered(line: Happening, seq: int) -> Happening:
    return Happening(**{name: getattr(line, name) for name in Happening.__slots__} | {"seq": seq})
