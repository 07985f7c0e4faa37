"""From a questionnaire and a response to what is shown: `present`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from medspiller.questionnaires.domain.answering.evaluating import Engine, NotComputable
from medspiller.questionnaires.domain.answering.option_rules import options_by_item
from medspiller.questionnaires.domain.answering.walking import Layout, Place, Scope
from medspiller.questionnaires.domain.definition.audience import CHILDREN, tags_of
from medspiller.questionnaires.domain.definition.definitions import Item, ItemType, Text
from medspiller.questionnaires.domain.definition.extensions import by_meaning, value_of
from medspiller.questionnaires.domain.definition.naming import ADD, REMOVE, Names, field_id
from medspiller.questionnaires.domain.definition.outcomes import Code, Issue, error
from medspiller.questionnaires.domain.definition.reading_values import flag, text
from medspiller.questionnaires.domain.filling.presented import (
    NO_WORDS,
    Control,
    Fault,
    Form,
    Note,
    Part,
    Question,
    Repeated,
    Section,
    Step,
    Taken,
    every_part,
    questions_in,
)
from medspiller.questionnaires.domain.filling.presenting_controls import is_only_read, look_of_text
from medspiller.questionnaires.domain.filling.presenting_problems import Troubles, problems
from medspiller.questionnaires.domain.filling.presenting_questions import Asking, answer_words
from medspiller.questionnaires.domain.filling.wording import Speaker

STEP_PER_GROUP = "https://medspiller.no/fhir/StructureDefinition/step-per-group"

# A form with more items is refused: nobody answers it, and a page must be there within two seconds.
MOST_ITEMS = 2000

_PAGES = ("page", "step")
_PAGE_HOLDERS = ("page-container", "tab-container")
# Texts that belong to the question or group around them, and are shown there.
_PARTS_OF_QUESTION = ("help", "flyover", "prompt", "unit", "lower", "upper")
_LOOKS = {"gtable": "table", "table": "table", "htable": "table", "grid": "row", "atable": "table"}
_FOLDS = {"default-open": "fold-open", "default-closed": "fold"}
_DEEPEST_HEADING = 6


def present(
    engine: Engine,
    written: Any,
    *,
    language: str,
    issues: Sequence[Issue] = (),
    taken_from: Mapping[str, Taken] | None = None,
    unreadable: Mapping[str, str] | None = None,
    large: bool = False,
    page_language: str = "",
) -> Form:
    """
    Return a questionnaire as it is shown in a language, with the answers of a response in it.

    What is not asked now is left out. `issues` are about this very response and shown at their
    questions; `taken_from` says, by linkId, where an answer comes from that is still to be
    confirmed; `unreadable` is what `submitting` could not read, by the id of its field.
    `page_language` is that of the page around, if another.

    :raises NotReadable: if it is no response.
    :raises NotComputable: if expressions need each other or more time than there is, or there are
        more items than anybody answers (`MOST_ITEMS`).
    """
    form = engine.questionnaire
    if (count := sum(1 for _ in form.every_item())) > MOST_ITEMS:
        told = f"It has {count} items, and {MOST_ITEMS} can be shown"
        raise NotComputable([error(Code.TOO_COSTLY, "Questionnaire.item", told)])
    filled = engine.filled(written)
    asking = Asking(
        names=form.once(Names.of),
        speaker=Speaker(language, form.language, page_language),
        options=form.once(options_by_item),
        value_sets=form.value_sets,
        troubles=Troubles.of(issues),
        typed=unreadable or {},
        taken=taken_from or {},
        calculator=filled.calculator,
        layout=filled.layout,
    )
    steps = _Presenting(filled.layout, asking).steps()
    return Form(
        title=replace(asking.speaker.words(form.title or Text(text(form.source, "name"))), markup=""),
        language=asking.speaker.page,
        steps=steps,
        variant="child" if tags_of(form.source) & CHILDREN else "",
        large=large,
        asked=sum(step.asked for step in steps),
        answered=sum(step.answered for step in steps),
        faults=tuple(fault for step in steps for fault in step.faults),
    )


@dataclass(slots=True)
class _Presenting:
    layout: Layout
    asking: Asking

    def steps(self) -> tuple[Step, ...]:
        places = [place for place in self.layout.root.places.values() if _is_shown(place)]
        pages, places = self._pages(places)
        runs: list[tuple[Place | None, list[Place]]] = []
        for place in places:
            if place.item.path in pages:
                leading = runs.pop()[1] if runs and runs[-1][0] is None else []
                runs.append((place, [*leading, place]))
            elif runs:
                runs[-1][1].append(place)
            else:
                runs.append((None, [place]))
        made = [self._step(number, page, run) for number, (page, run) in enumerate(runs or [(None, [])], start=1)]
        return tuple(made)

    def _pages(self, places: list[Place]) -> tuple[set[str], list[Place]]:
        """Which places are pages; where all pages are in one group, its places stand for it."""
        every = flag(by_meaning(self.layout.questionnaire.source), STEP_PER_GROUP)
        groups = [place for place in places if place.item.type is ItemType.GROUP and not place.item.repeats]
        if len(places) == len(groups) == 1:
            inner = (
                [place for place in groups[0].inner[0].places.values() if _is_shown(place)] if groups[0].inner else []
            )
            held = any(control in _PAGE_HOLDERS for control in groups[0].item.controls)
            if inner and (held or any(_is_page(place.item) for place in inner)):
                groups = [place for place in inner if place.item.type is ItemType.GROUP and not place.item.repeats]
                pages = [place for place in groups if held or _is_page(place.item)]
                return {place.item.path for place in pages}, inner
        return {place.item.path for place in groups if every or _is_page(place.item)}, places

    def _step(self, number: int, page: Place | None, run: Sequence[Place]) -> Step:
        parts: list[Part] = []
        top = 3 if page is not None and page.item.text else 2
        for place in run:
            if place is page:
                parts.extend(self._in_scope(place.inner[0], "", top) if place.inner else ())
            else:
                parts.extend(self._parts(place, "", top))
        faults = [*self._faults_of_page(page, parts), *_faults(parts)]
        questions = [part for part in every_part(tuple(parts)) if isinstance(part, Question)]
        questions = [question for question in questions if question.control is not Control.SHOWN]
        return Step(
            number=number,
            link_id=page.item.link_id if page else "",
            title=self.asking.text(page) if page else NO_WORDS,
            parts=tuple(parts),
            faults=tuple(faults),
            asked=len(questions),
            answered=sum(question.is_answered for question in questions),
        )

    def _faults_of_page(self, page: Place | None, parts: Sequence[Part]) -> Iterator[Fault]:
        if page is not None:
            for problem in problems(self.asking.troubles.at(page), page.item, self.asking.speaker):
                yield Fault(self.asking.label(page), problem, _first_input(parts))

    def _in_scope(self, scope: Scope, prefix: str, level: int) -> tuple[Part, ...]:
        return tuple(
            part for place in scope.places.values() if _is_shown(place) for part in self._parts(place, prefix, level)
        )

    def _parts(self, place: Place, prefix: str, level: int) -> Iterator[Part]:
        item = place.item
        if is_only_read(item):
            if not _is_part_of_question(place):
                yield self._note(place, prefix, level)
        elif item.type is ItemType.GROUP:
            yield self._repeated(place, prefix, level) if item.repeats else self._section(place, prefix, level)
        elif item.type.is_question:
            question = self.asking.question(place, prefix)
            under = self._under(place, prefix, level)
            yield replace(question, parts=under) if under else question

    def _note(self, place: Place, prefix: str, level: int) -> Note:
        look = look_of_text(place.item)
        inner = place.inner[0] if place.inner else None
        return Note(
            id=self.asking.names.name(place.item, prefix),
            link_id=place.item.link_id,
            words=self.asking.text(place, inline=look == "fold"),
            look=look,
            parts=self._in_scope(inner, prefix, level) if inner is not None else (),
        )

    def _section(self, place: Place, prefix: str, level: int) -> Section:
        item, name = place.item, self.asking.names.name(place.item, prefix)
        troubles = self.asking.troubles.at(place)
        return Section(
            id=name,
            link_id=item.link_id,
            title=self.asking.text(place),
            parts=tuple(
                part
                for number, scope in enumerate(place.inner)
                for part in self._in_scope(scope, self.asking.names.inside(item, prefix, number), _below(level, item))
            ),
            level=min(level, _DEEPEST_HEADING),
            look=_look(item),
            prefix=item.prefix,
            help=self.asking.speaker.words(item.help, inline=False),
            sublabel=self.asking.speaker.words(item.sublabel),
            problems=problems(troubles, item, self.asking.speaker),
        )

    def _repeated(self, place: Place, prefix: str, level: int) -> Repeated:
        item, name = place.item, self.asking.names.name(place.item, prefix)
        count = len(place.inner)
        may_go = len(place.nodes) > max(1, item.limits.fewest or 0)
        title = self.asking.text(place)
        sections = tuple(
            Section(
                id=f"{field_id(name, number)}+set",
                link_id=item.link_id,
                title=title,
                parts=self._in_scope(scope, self.asking.names.inside(item, prefix, number), _below(level, item)),
                level=min(level, _DEEPEST_HEADING),
                name=name,
                marker=str(number),
                number=number + 1,
                of=count,
                remove=f"{REMOVE}{name}:{number}" if may_go else "",
            )
            for number, scope in enumerate(place.inner)
        )
        return Repeated(
            id=name,
            link_id=item.link_id,
            title=title,
            sections=sections,
            level=min(level, _DEEPEST_HEADING),
            add=f"{ADD}{name}" if item.limits.times is None or count < item.limits.times else "",
            add_words=self.asking.speaker.words(item.repeats_text),
            look=_look(item),
            problems=problems(self.asking.troubles.at(place), item, self.asking.speaker),
        )

    def _under(self, place: Place, prefix: str, level: int) -> tuple[Part, ...]:
        """What is asked under a question; where it has several answers, under each of them."""
        item, names = place.item, self.asking.names
        if not item.items:
            return ()
        if len(place.inner) == 1:
            parts, look = self._in_scope(place.inner[0], names.inside(item, prefix, 0), level), _look(item)
            if not parts or look not in _FOLDS.values():
                return parts
            identity = f"{names.name(item, prefix)}:0+under"
            return (Section(identity, item.link_id, NO_WORDS, parts, level=level, look=look),)
        options = self.asking.options.get(item.link_id, ((), True))[0]
        found = []
        for number, scope in enumerate(place.inner):
            parts = self._in_scope(scope, names.inside(item, prefix, number), _below(level, item))
            if parts and scope.answer is not None:
                title = answer_words(options, scope.answer, self.asking.speaker)
                identity = f"{names.name(item, prefix)}:{number}+under"
                found.append(Section(identity, item.link_id, title, parts, level=min(level, _DEEPEST_HEADING)))
        return tuple(found)


def _is_shown(place: Place) -> bool:
    return place.enabled and not place.item.hidden and place.item.type is not ItemType.UNKNOWN


def _is_page(item: Item) -> bool:
    return any(control in _PAGES for control in item.controls)


def _is_part_of_question(place: Place) -> bool:
    """Help and the like inside a question or group; a text of that kind that stands alone is a text."""
    return place.scope.owner is not None and any(control in _PARTS_OF_QUESTION for control in place.item.controls)


def _look(item: Item) -> str:
    for control in item.controls:
        if control in _LOOKS:
            return _LOOKS[control]
    folds = (value_of(one) for one in item.extensions.get("collapsible", ()))
    return next((_FOLDS[said] for said in folds if isinstance(said, str) and said in _FOLDS), "")


def _below(level: int, item: Item) -> int:
    """A group without a title has no heading, so what is in it stands no deeper."""
    return level + 1 if item.text else level


def _faults(parts: Sequence[Part]) -> Iterator[Fault]:
    for part in every_part(tuple(parts)):
        if isinstance(part, Note):
            continue
        target = part.first_input if isinstance(part, Question) else _first_input([part]) or part.id
        label = part.label if isinstance(part, Question) else part.title
        for problem in part.problems:
            if problem.is_error:
                yield Fault(label, problem, target)
        for field in part.fields if isinstance(part, Question) else ():
            for problem in field.problems:
                if problem.is_error:
                    yield Fault(label, problem, field.id)


def _first_input(parts: Sequence[Part]) -> str:
    """Where somebody begins to answer a group of which nothing is answered; empty if nothing is asked in it."""
    answered = (one for one in questions_in(tuple(parts)) if one.control is not Control.SHOWN)
    return next((question.first_input for question in answered), "")
