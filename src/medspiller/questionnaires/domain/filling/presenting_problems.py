"""Issues as the person who answers is told them: at which field, and what would be right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from medspiller.questionnaires.domain.answering.comparing import Order, compare, is_same
from medspiller.questionnaires.domain.answering.responses import Answer
from medspiller.questionnaires.domain.answering.walking import Place
from medspiller.questionnaires.domain.definition.definitions import Item, Limits, Option, Value
from medspiller.questionnaires.domain.definition.outcomes import Code, Issue
from medspiller.questionnaires.domain.definition.reading_values import number
from medspiller.questionnaires.domain.filling.presented import NO_WORDS, Problem, ProblemKind
from medspiller.questionnaires.domain.filling.wording import Speaker


@dataclass(slots=True)
class Troubles:
    """The issues of one response, by the place they are about."""

    by_path: dict[str, list[Issue]] = field(default_factory=dict)
    by_scope: dict[tuple[str, str], list[Issue]] = field(default_factory=dict)

    @classmethod
    def of(cls, issues: Iterable[Issue]) -> "Troubles":
        """Gather those that the person who answers can do something about."""
        found = cls()
        for issue in issues:
            if not issue.is_error and issue.code is not Code.INVARIANT:
                continue
            where = issue.expressions[0] if issue.expressions else ""
            if len(issue.expressions) > 1 and issue.code is Code.REQUIRED and issue.link_id:
                found.by_scope.setdefault((where, issue.link_id), []).append(issue)
            else:
                found.by_path.setdefault(where, []).append(issue)
        return found

    def at(self, place: Place) -> list[Issue]:
        """Return what is wrong with the question or group as a whole."""
        found = self.by_scope.get((place.scope.path, place.item.link_id), [])
        return [*found, *(issue for node in place.nodes for issue in self.by_path.get(node.path, ()))]

    def of_answer(self, answer: Answer) -> list[Issue]:
        """Return what is wrong with one answer."""
        return self.by_path.get(answer.path, [])


def problems(
    issues: Sequence[Issue], item: Item, speaker: Speaker, *, value: Value | None = None, options: Sequence[Option] = ()
) -> tuple[Problem, ...]:
    """Return issues about an item, or about one answer to it, as problems; each is told once."""
    found: dict[ProblemKind, Problem] = {}
    for issue in issues:
        problem = _problem(issue, item, speaker, value, options)
        found.setdefault(problem.kind, problem)
    return tuple(found.values())


def unreadable(kind: ProblemKind, item: Item, speaker: Speaker) -> Problem:
    """Return that what was typed could not be read."""
    return Problem(kind, {}, speaker.words(item.validation_text))


def _problem(issue: Issue, item: Item, speaker: Speaker, value: Value | None, options: Sequence[Option]) -> Problem:
    if issue.code is Code.INVARIANT:
        return Problem(ProblemKind.RULE, {}, speaker.plain(issue.text), is_error=issue.is_error)
    kind, values = _told(issue, item, value, options, speaker)
    own = kind not in (ProblemKind.MISSING, ProblemKind.TOO_FEW, ProblemKind.TOO_MANY, ProblemKind.NOT_ALONE)
    return Problem(kind, values, speaker.words(item.validation_text) if own and item.validation_text else NO_WORDS)


_Told = tuple[ProblemKind, Mapping[str, Any]]


def _told(issue: Issue, item: Item, value: Value | None, options: Sequence[Option], speaker: Speaker) -> _Told:
    limits = item.limits
    match issue.code:
        case Code.REQUIRED:
            few = limits.fewest if limits.fewest and limits.fewest > 1 else None
            return (ProblemKind.TOO_FEW, {"count": few}) if few else (ProblemKind.MISSING, {})
        case Code.INVALID if value is None:
            return ProblemKind.TOO_MANY, {"count": limits.times if item.repeats and limits.times else 1}
        case Code.TOO_LONG if value is not None and value.kind == "Attachment":
            return ProblemKind.FILE_TOO_LARGE, {}
        case Code.TOO_LONG:
            return ProblemKind.TOO_LONG, {"count": limits.longest}
        case Code.CODE_INVALID:
            unit = value is not None and value.kind == "Quantity"
            return (ProblemKind.WRONG_UNIT if unit else ProblemKind.NOT_AN_OPTION), {}
        case Code.BUSINESS_RULE if value is None:
            alone = next((option for option in options if option.exclusive), None)
            return ProblemKind.NOT_ALONE, {"option": speaker.words(alone.text) if alone else ""}
        case Code.BUSINESS_RULE:
            return _beyond(limits, value), {}
        case Code.VALUE if value is not None:
            return _malformed(limits, value)
    return ProblemKind.OTHER, {}


def _beyond(limits: Limits, value: Value | None) -> ProblemKind:
    if value is not None and value.kind != "Quantity":
        if limits.least is not None and compare(value, limits.least) is Order.BEFORE:
            return ProblemKind.TOO_LOW
        if limits.most is not None and compare(value, limits.most) is Order.AFTER:
            return ProblemKind.TOO_HIGH
    return ProblemKind.OUT_OF_RANGE


def _malformed(limits: Limits, value: Value) -> _Told:
    if value.kind == "Attachment":
        return ProblemKind.FILE_OF_WRONG_KIND, {}
    if value.kind == "uri":
        return ProblemKind.NO_ADDRESS, {}
    if value.kind == "string" and limits.shortest is not None and len(value.content) < limits.shortest:
        return ProblemKind.TOO_SHORT, {"count": limits.shortest}
    if value.kind in ("decimal", "Quantity") and _has_more_decimals(limits, value):
        return ProblemKind.TOO_MANY_DECIMALS, {"count": limits.decimals}
    return ProblemKind.WRONG_FORM, {}


def _has_more_decimals(limits: Limits, value: Value) -> bool:
    amount = number(value.content.get("value") if value.kind == "Quantity" else value.content)
    if amount is None or limits.decimals is None:
        return False
    exponent = amount.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent > limits.decimals


def is_chosen(option: Option, values: Iterable[Value]) -> bool:
    """Say whether an option is among the answers."""
    return any(is_same(option.value, value) for value in values)
