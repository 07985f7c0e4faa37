"""From what a page posted to the response: `submitted`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.answering.option_rules import options_by_item
from medspiller.questionnaires.domain.answering.responses import Answer, Answered, read_response
from medspiller.questionnaires.domain.answering.walking import Place, Scope, lay
from medspiller.questionnaires.domain.definition.definitions import Item, ItemType
from medspiller.questionnaires.domain.definition.naming import ADD, LARGE, PRESSED, REMOVE, Names, field_id
from medspiller.questionnaires.domain.filling.presenting_controls import is_locked, is_only_read
from medspiller.questionnaires.domain.filling.submitting_answers import Posted, Reading
from medspiller.questionnaires.domain.filling.wording import Speaker

# More occurrences of a group than this are not added; one reads them no more.
MOST_OCCURRENCES = 100


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was sent and is kept elsewhere: its address, name, sniffed type and size in bytes."""

    url: str
    title: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Submitted:
    """
    What came of a page that was sent.

    `unreadable` is what was typed and cannot be read, by the id of its field, to be shown again;
    an empty one is room for one more answer that somebody asked for. `pressed` is the button among
    the form's own that was pressed (`add:…`, `remove:…`), empty if none: then the same step is
    shown again, with `focus`, an id, to go to. `large` says that large text was asked for.
    """

    response: dict[str, Any]
    unreadable: Mapping[str, str]
    pressed: str = ""
    focus: str = ""
    large: bool = False


def submitted(
    engine: Engine,
    posted: Mapping[str, Sequence[str]],
    *,
    before: Any,
    language: str = "nb",
    files: Mapping[str, Attachment] | None = None,
    unreadable: Mapping[str, str] | None = None,
) -> Submitted:
    """
    Return the response after a page was sent.

    Fields that were on the screen replace those answers in `before`; all else stays, also answers
    to what is no longer asked, which `finishing` drops. `files` are new files by the name that
    their field was posted with. `unreadable` is what stood there before. `language` is the page's,
    in which numbers were written. Sending what was shown changes nothing.

    :raises NotReadable: if `before` is no response.
    """
    form = engine.questionnaire
    pressed = (posted.get(PRESSED) or [""])[0]
    response = read_response(before)
    layout = lay(form, response)
    reading = Reading(
        options=form.once(options_by_item),
        value_sets=form.value_sets,
        speaker=Speaker(language, form.language),
        typed=dict(unreadable or {}),
    )
    work = _Submitting(form.once(Names.of), Posted(posted), reading, dict(files or {}), pressed)
    items = work.in_scope(layout.root, form.items, "")
    changed = {key: value for key, value in before.items() if key != "item"}
    if items:
        changed["item"] = items
    pressed = pressed if pressed.startswith((ADD, REMOVE)) else ""
    return Submitted(changed, reading.typed, pressed, work.focus, large=LARGE in posted)


@dataclass(slots=True)
class _Submitting:
    names: Names
    posted: Posted
    reading: Reading
    files: dict[str, Attachment]
    pressed: str
    focus: str = ""

    def in_scope(self, scope: Scope, items: Sequence[Item], prefix: str) -> list[dict[str, Any]]:
        """Return the items of a scope after the page; those that nobody changed stay as they were written."""
        new: dict[str, list[dict[str, Any]]] = {}
        for place in scope.places.values():
            new[place.item.link_id] = self._place(place, prefix)
        found: list[dict[str, Any]] = []
        for node in scope.nodes:
            waiting = new.get(node.link_id)
            if waiting is None:
                found.append(dict(node.source))
            elif waiting:
                found.append(waiting.pop(0))
        added = [one for nodes in new.values() for one in nodes]
        if not added:
            return found
        order = {item.link_id: number for number, item in reversed(list(enumerate(items)))}
        return sorted([*found, *added], key=lambda one: order.get(str(one.get("linkId")), len(order)))

    def _place(self, place: Place, prefix: str) -> list[dict[str, Any]]:
        item = place.item
        if is_only_read(item) or item.type is ItemType.UNKNOWN or item.hidden:
            return [dict(node.source) for node in place.nodes]
        if item.type is ItemType.GROUP:
            return self._group(place, prefix)
        return self._question(place, prefix)

    def _group(self, place: Place, prefix: str) -> list[dict[str, Any]]:
        item, name = place.item, self.names.name(place.item, prefix)
        found: list[dict[str, Any]] = []
        empty = 0
        for number, scope in enumerate(place.inner):
            inner = self.in_scope(scope, item.items, self.names.inside(item, prefix, number))
            kept = {key: value for key, value in scope.node.source.items() if key != "item"} if scope.node else {}
            if inner:
                # Those before it that nobody has filled in stay before it.
                found.extend({"linkId": item.link_id} for _ in range(empty))
                empty = 0
                found.append({"linkId": item.link_id, **kept, "item": inner})
            elif scope.node is not None and (item.repeats or "item" not in scope.node.source):
                # An occurrence that was asked for stays until it is taken away, or the form is completed.
                found.append({"linkId": item.link_id, **kept})
            elif item.repeats:
                empty += 1
        return self._pressed_at(item, name, found, len(place.inner)) if item.repeats else found

    def _pressed_at(self, item: Item, name: str, found: list[dict[str, Any]], shown: int) -> list[dict[str, Any]]:
        if self.pressed == f"{ADD}{name}":
            most = min(item.limits.times or MOST_OCCURRENCES, MOST_OCCURRENCES)
            while len(found) < min(shown + 1, most):
                found.append({"linkId": item.link_id})
            self.focus = f"{field_id(name, len(found) - 1)}+set"
        elif self.pressed.startswith(f"{REMOVE}{name}:"):
            number = self.pressed.removeprefix(f"{REMOVE}{name}:")
            if number.isdecimal() and len(number) < 6 and int(number) < len(found):
                found.pop(int(number))
                self._renumber(name, int(number))
                self.focus = name
        return found

    def _renumber(self, name: str, gone: int) -> None:
        """What was typed in later occurrences moves up with them."""
        typed, start = self.reading.typed, f"{name}:"
        for key in [key for key in typed if key.startswith(start)]:
            number, slash, rest = key.removeprefix(start).partition("/")
            if slash and number.isdecimal() and int(number) >= gone:
                said = typed.pop(key)
                if int(number) > gone:
                    typed[f"{start}{int(number) - 1}/{rest}"] = said

    def _question(self, place: Place, prefix: str) -> list[dict[str, Any]]:
        item, name = place.item, self.names.name(place.item, prefix)
        under = [
            self.in_scope(scope, item.items, self.names.inside(item, prefix, number)) if item.items else []
            for number, scope in enumerate(place.inner)
        ] or [[]]
        old = list(place.answers)
        if is_locked(item):
            new = [_without_items(answer) for answer in old]
        elif item.type is ItemType.ATTACHMENT:
            new = self._files(item, name, old)
        else:
            given = [answer for answer in old if answer.given]
            said = self.reading.answers(item, name, self.posted, given, self.pressed)
            self.focus = self.reading.focus or self.focus
            new = said if said is not None else [_without_items(answer) for answer in old]
        return self._as_nodes(place, old, new, under)

    def _files(self, item: Item, name: str, old: Sequence[Answer]) -> list[dict[str, Any]]:
        kept = [_without_items(answer) for answer in old]
        for number in range(len(kept) - 1, -1, -1):
            if self.pressed == f"{REMOVE}{name}:{number}":
                kept.pop(number)
                self.focus = f"{name}+file"
        if (sent := self.files.get(name)) is None:
            return kept
        written = {"contentType": sent.content_type, "url": sent.url, "size": sent.size, "title": sent.title}
        answer = {"valueAttachment": {key: value for key, value in written.items() if value not in ("", None)}}
        return [*kept, answer] if item.repeats else [answer]

    def _as_nodes(
        self, place: Place, old: Sequence[Answer], new: list[dict[str, Any]], under: list[list[dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        """Put what is asked under a question under the answers that it was asked under."""
        belongs = _inner_of(place, old, new)
        answers = []
        for number, answer in enumerate(new):
            at = belongs.get(number)
            inner = under[at] if at is not None and at < len(under) else []
            answers.append({**answer, "item": inner} if inner else answer)
        lost = [inner for number, inner in enumerate(under) if inner and number not in belongs.values()]
        if lost and not new:
            answers = [{"item": lost[0]}]
        answers = [answer for answer in answers if answer]
        nodes = list(place.nodes)
        if answers == [dict(answer.source) for answer in old] and all(not node.items for node in nodes):
            return [dict(node.source) for node in nodes]
        kept = _kept_of(nodes)
        return [{"linkId": place.item.link_id, **kept, "answer": answers}] if answers else []


def _kept_of(nodes: Sequence[Answered]) -> dict[str, Any]:
    if not nodes:
        return {}
    return {key: value for key, value in nodes[0].source.items() if key not in ("answer", "item")}


def _without_items(answer: Answer) -> dict[str, Any]:
    return {key: value for key, value in answer.source.items() if key != "item"}


def _inner_of(place: Place, old: Sequence[Answer], new: Sequence[dict[str, Any]]) -> dict[int, int]:
    """For each new answer, under which of the old ones what is under it was asked."""
    chosen = place.item.type in (ItemType.CHOICE, ItemType.OPEN_CHOICE) and place.item.repeats
    if not chosen or not old:
        return {number: number for number in range(len(new))}
    # Two options may be one answer by their codes: the first of the new ones is the first of the old.
    before: dict[str, list[int]] = {}
    for number, answer in enumerate(old):
        before.setdefault(_key(_without_items(answer)), []).append(number)
    found = ((number, before.get(_key(answer))) for number, answer in enumerate(new))
    return {number: waiting.pop(0) for number, waiting in found if waiting}


def _key(answer: Mapping[str, Any]) -> str:
    coding = answer.get("valueCoding")
    if isinstance(coding, Mapping) and coding.get("code"):
        return f"{coding.get('system')}|{coding.get('code')}"
    return repr(answer)
