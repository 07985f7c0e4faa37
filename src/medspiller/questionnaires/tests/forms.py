"""Forms as a browser sends them, and short ways to say present and submit."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.definition import reading
from medspiller.questionnaires.domain.filling.presented import Control, Form, Question, Section, every_part
from medspiller.questionnaires.domain.filling.presenting import present
from medspiller.questionnaires.domain.filling.submitting import Submitted, submitted

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHOSEN = (Control.RADIO, Control.BOXES, Control.TICK)


def engine(form: dict[str, Any], **more: Any) -> Engine:
    return Engine(reading.read(form), now=NOW, **more)


def shown(form: dict[str, Any], written: dict[str, Any] | None = None, **more: Any) -> Form:
    return present(engine(form), written or nothing(), **{"language": "nb", **more})


def nothing() -> dict[str, Any]:
    return {"resourceType": "QuestionnaireResponse", "status": "in-progress"}


def question(form: Form, link_id: str) -> Question:
    found = [
        part for step in form.steps for part in every_part(step.parts)
        if isinstance(part, Question) and part.link_id == link_id
    ]  # fmt: skip
    assert found, f"{link_id} is not shown"
    return found[0]


def is_shown(form: Form, link_id: str) -> bool:
    return any(part.link_id == link_id for step in form.steps for part in every_part(step.parts))


def as_sent(form: Form) -> dict[str, list[str]]:
    """What a browser would send if nobody touched anything."""
    sent: dict[str, list[str]] = defaultdict(list)
    for step in form.steps:
        for part in every_part(step.parts):
            if isinstance(part, Section) and part.marker:
                sent[part.name].append(part.marker)
            if isinstance(part, Question) and part.control not in (Control.SHOWN, Control.FILE):
                _fields(part, sent)
    return dict(sent)


def _fields(part: Question, sent: dict[str, list[str]]) -> None:
    if part.control in CHOSEN or part.control is Control.DROP_DOWN:
        chosen = [option.value for option in part.options if option.checked]
        sent[part.name] += ["", *chosen] if part.control in CHOSEN else chosen or [""]
    for field in part.fields:
        sent[field.name].append(field.value)
        if part.units or part.unit_is_open:
            sent[f"{field.name}+unit"].append(field.unit)
        if part.control is Control.MOMENT:
            sent[f"{field.name}+clock"].append(field.clock)
    if part.own_words:
        sent[part.own_words.name].append(part.own_words.value)


def send(form: dict[str, Any], before: dict[str, Any] | None = None, /, **changes: Any) -> Submitted:
    """Send a form as it is shown, but for the fields changed: `night_care="yes"` for `q-night-care`."""
    named = {f"q-{name.replace('_', '-')}": value for name, value in changes.items() if not name.startswith("_")}
    own = {name: value for name, value in changes.items() if name.startswith("_")}
    return send_fields(form, before, {**named, **own})


def send_fields(
    form: dict[str, Any],
    before: dict[str, Any] | None,
    changes: dict[str, str | list[str]],
    *,
    unreadable: dict[str, str] | None = None,
    **more: Any,
) -> Submitted:
    made = engine(form)
    written = before or nothing()
    sent = as_sent(present(made, written, language="nb", unreadable=unreadable))
    for name, value in changes.items():
        sent[name] = value if isinstance(value, list) else [value]
    return submitted(made, sent, before=written, unreadable=unreadable, **more)


def answers(response: dict[str, Any], link_id: str) -> list[Any]:
    """All answers to a question, wherever it stands, without what is under them."""
    found: list[Any] = []
    waiting = [response]
    while waiting:
        node = waiting.pop(0)
        if node.get("linkId") == link_id:
            found += [value for answer in node.get("answer", ()) for key, value in answer.items() if key != "item"]
        waiting += node.get("item", [])
        waiting += node.get("answer", [])
    return found
