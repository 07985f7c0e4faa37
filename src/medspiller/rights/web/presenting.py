"""Rights and findings as pages show them, in the language of the page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils.translation import gettext as _

from medspiller.rights.domain import findings as judged
from medspiller.rights.domain.amounts import Amount
from medspiller.rights.domain.conditions import View
from medspiller.rights.domain.dialogue import Dialogue
from medspiller.rights.domain.facts import Facts, in_catalogue
from medspiller.rights.domain.findings import Finding
from medspiller.rights.domain.formatting import filled, shown_value
from medspiller.rights.domain.grouping import Group, group_of
from medspiller.rights.domain.known_facts import CHILDREN
from medspiller.rights.domain.parameters import Absent, Certainty, Source
from medspiller.rights.domain.rights import Right, State
from medspiller.rights.domain.rulebook import Rulebook
from medspiller.rights.domain.texts import Texts, places_in
from medspiller.rights.domain.truth import Truth
from medspiller.rights.web import wording


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition in words. `holds` is None where it is not known; `answered` is what the carer said, if anything."""

    text: str
    holds: bool | None
    law: str
    child: str
    answered: str
    by_judgement: bool
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the law: what it is on the day, from when, and where that stands."""

    name: str
    label: str
    value: str
    since: date | None
    source: Source | None
    certainty: str


@dataclass(frozen=True, slots=True)
class HowMuch:
    """An amount with its calculation; `missing` is what would tell it."""

    label: str
    value: str
    calculation: tuple[str, ...]
    figures: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A right in a list."""

    right: str
    slug: str
    title: str
    short: str
    decides: str
    kind: str
    group: str
    answer: str
    because: tuple[str, ...]
    would_change: tuple[str, ...]
    amounts: tuple[HowMuch, ...]
    href: str = ""

    @property
    def more(self) -> int:
        """How many questions there are behind the first."""
        return max(0, len(self.would_change) - 1)


@dataclass(frozen=True, slots=True)
class Given:
    """A question that was answered or skipped. `question` is its name, by which it can be opened again."""

    question: str
    head: str
    asked: str
    answers: tuple[tuple[str, str], ...]
    is_from_register: bool


class Reader:
    """The rulebook in one language, for one day."""

    def __init__(self, rulebook: Rulebook, language: str, on: date):
        self.rulebook, self.language, self.on = rulebook, language, on

    def say(self, texts: Texts | None) -> str:
        """Return a text in the language."""
        return texts[self.language] if texts else ""

    # --- Lists ---------------------------------------------------------------------------

    def step(self, finding: Finding, href: str = "") -> Step:
        """Return a finding for a list, with the address of its page."""
        right, group = self.rulebook.rights[finding.right], group_of(finding)
        against = [one for one in judged.because(self.rulebook, finding) if one.holds is False]
        return Step(
            right=right.id,
            slug=right.slug,
            title=self.say(right.title),
            short=self.say(right.short),
            decides=str(wording.DECIDES[right.decided_by]),
            kind=str(wording.KINDS[right.kind]),
            group=group.value,
            answer=self.answer(right, finding),
            because=_once(self.say(one.text) for one in against) if group is Group.NO else (),
            would_change=self.questions(finding.would_change if group is Group.NO else finding.open),
            # How much of what one may not have would be read as a promise.
            amounts=tuple(self.how_much(finding, one) for one in finding.amounts if one.value is not None)
            if group is Group.YES
            else (),
            href=href,
        )

    def plain(self, right: Right) -> Step:
        """Return a right for a list of all."""
        return Step(
            right=right.id, slug=right.slug, title=self.say(right.title), short=self.say(right.short),
            decides=str(wording.DECIDES[right.decided_by]), kind=str(wording.KINDS[right.kind]), group="", answer="",
            because=(), would_change=(), amounts=(),
        )  # fmt: skip

    def answer(self, right: Right, finding: Finding) -> str:
        """Return the short answer, in the right's own words where it has some."""
        group = group_of(finding)
        if group is Group.NOT_LAW:
            repealed = finding.period.state is State.REPEALED
            return _("It was repealed before that day.") if repealed else _("It had not come into force on that day.")
        if finding.period.state is State.NOT_READ:
            return _("We have not read which rules applied on that day, and so give no answer.")
        truth = {Group.YES: Truth.YES, Group.NO: Truth.NO}.get(group, Truth.UNKNOWN)
        return self.say(right.answers[truth])

    def questions(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Return the questions behind facts, once each."""
        names = dict.fromkeys(in_catalogue(path) for path in paths)
        return tuple(self.say(self.rulebook.facts[name].ask) for name in names if name in self.rulebook.facts)

    # --- One right -----------------------------------------------------------------------

    def reasons(self, finding: Finding, dialogue: Dialogue) -> tuple[Reason, ...]:
        """Return the conditions of a finding, with what was answered."""
        several = (dialogue.children or 0) > 1
        return tuple(
            Reason(
                text=self.say(one.text),
                holds=one.holds,
                law=one.law,
                child=child_name(one.child) if one.child is not None and several else "",
                answered=self.answered(dialogue, one.fact) if one.fact else "",
                by_judgement=one.by_judgement,
                figures=one.parameters,
            )
            for one in judged.because(self.rulebook, finding)
        )

    def demands(self, right: Right) -> tuple[Reason, ...]:
        """Return what a right asks for, without anything being known: each condition once."""
        finding = judged.finding_of(self.rulebook, right.id, Facts(), on=self.on)
        lines = {line.condition: line for line in finding.lines}
        return tuple(
            Reason(
                text=self._demanded(right, name, line.limit),
                holds=None,
                law=line.law,
                child="",
                answered="",
                by_judgement=line.by_judgement,
                figures=(*line.parameters, *line.without_value),
            )
            for name, line in lines.items()
        )

    def _demanded(self, right: Right, name: str, limit: object) -> str:
        """A condition that is not met says what it asks for; one whose words need an answer says what is not known."""
        by_truth = right.conditions[name]
        for truth in (Truth.NO, Truth.UNKNOWN):
            needed = places_in(self.say(by_truth[truth]))
            if needed <= ({"limit"} if limit is not None else set()):
                return self.say(filled(by_truth[truth], {"limit": limit} if limit is not None else {}))  # type: ignore[dict-item]
        return self.say(filled(by_truth[Truth.UNKNOWN], {}))

    def how_much(self, finding: Finding, amount: Amount) -> HowMuch:
        """Return an amount with how it came about."""
        right = self.rulebook.rights[finding.right]
        lines = judged.calculation(self.rulebook, finding, amount)
        used = chain.from_iterable(line.parameters for line in amount.calculation)
        return HowMuch(
            label=self.say(right.amounts.get(amount.name)),
            value="" if amount.value is None else wording.amount_in(amount.unit, amount.value),
            calculation=tuple(self.say(line) for line in lines),
            figures=tuple(dict.fromkeys(used)),
            missing=self.questions(amount.missing),
        )

    def figures(self, names: Iterable[str]) -> tuple[Figure, ...]:
        """Return figures of the law as of the day, once each."""
        return tuple(self._figure(name) for name in dict.fromkeys(names) if name in self.rulebook.parameters)

    def figures_of(self, finding: Finding) -> tuple[Figure, ...]:
        """Return the figures that a finding rests on."""
        of_lines = chain.from_iterable((*line.parameters, *line.without_value) for line in finding.lines)
        of_amounts = (name for amount in finding.amounts for line in amount.calculation for name in line.parameters)
        return self.figures((*of_lines, *of_amounts))

    def figures_behind(self, right: Right) -> tuple[Figure, ...]:
        """Return the figures that a right rests on whoever asks, as far as that shows without facts."""
        period = right.period_on(self.on)
        if period.rule is None:
            return ()
        finding = judged.finding_of(self.rulebook, right.id, Facts(), on=self.on)
        view = View(Facts(), self.on, self.rulebook.parameters)
        self.rulebook.rules[period.rule].amounts(view)
        names = chain.from_iterable((*line.parameters, *line.without_value) for line in finding.lines)
        return self.figures((*names, *view.used, *view.without_value))

    def _figure(self, name: str) -> Figure:
        dated = self.rulebook.parameters[name]
        step, value = dated.step_on(self.on), dated.on(self.on)
        return Figure(
            name=name,
            label=self.say(dated.label) or name,
            value=str(wording.ABSENT[value]) if isinstance(value, Absent) else wording.amount_in(dated.unit, value),
            since=step.start if step else None,
            source=step.source if step else None,
            certainty=str(wording.CERTAINTIES[step.source.certainty]) if step else "",
        )

    # --- Answers -------------------------------------------------------------------------

    def answered(self, dialogue: Dialogue, path: str) -> str:
        """Return what was answered to a fact, in words; empty if nothing was."""
        known, value = self.rulebook.facts.get(in_catalogue(path)), dialogue.answers.get(path)
        return "" if known is None or value is None else shown_value(known, value, self.language)

    def given(self, dialogue: Dialogue) -> tuple[Given, ...]:
        """Return every question that was answered or skipped, and what was known from the start, in order."""
        known = dict.fromkeys((*map(in_catalogue, dialogue.answers), *dialogue.asked))
        order = {name: at for at, name in enumerate(self.rulebook.facts)}
        names = sorted((name for name in known if name in order), key=order.__getitem__)
        return tuple(self._given(dialogue, name) for name in names)

    def _given(self, dialogue: Dialogue, name: str) -> Given:
        fact = self.rulebook.facts[name]
        paths = sorted(path for path in {*dialogue.answers, *dialogue.skipped} if in_catalogue(path) == name)
        skipped = _("Skipped")
        answers = tuple(
            (child_name(_child_of(path)) if "[" in path else "", self.answered(dialogue, path) or skipped)
            for path in sorted(paths, key=_child_of)
        )
        return Given(
            question=name,
            head=str(wording.HEADS.get(fact.head, "")),
            asked=self.say(fact.ask),
            answers=answers or (("", skipped),),
            is_from_register=any(path in dialogue.register for path in paths),
        )


def child_name(number: int | None) -> str:
    """Return what a child is called: by its number, never by name."""
    return "" if number is None else _("Child %(number)s") % {"number": number + 1}


def unverified(certainty: Certainty) -> bool:
    """Say whether something must be shown as not verified."""
    return certainty is Certainty.UNVERIFIED


def matching(steps: Sequence[Step], words: str, also: Callable[[Step], str] = lambda step: "") -> tuple[Step, ...]:
    """Return the rights that hold every word."""
    wanted = words.casefold().split()
    return tuple(
        step
        for step in steps
        if all(word in f"{step.title} {step.short} {step.decides} {also(step)}".casefold() for word in wanted)
    )


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _child_of(path: str) -> int:
    inside = path.partition("[")[2].partition("]")[0]
    return int(inside) if inside.isdecimal() else -1


__all__ = ["CHILDREN", "Figure", "Given", "HowMuch", "Reader", "Reason", "Step", "child_name", "matching", "unverified"]
