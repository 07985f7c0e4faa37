"""A questionnaire's parts as templates: which template shows what, and in what words limits and problems are told."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from html import escape
from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.questionnaires.domain.definition.definitions import ItemType
from medspiller.questionnaires.domain.definition.naming import OWN
from medspiller.questionnaires.domain.filling.presented import (
    Choice,
    Control,
    Fault,
    Field,
    Note,
    Part,
    Problem,
    ProblemKind,
    Question,
    Repeated,
    Section,
    ShownValue,
    Step,
    Words,
    every_part,
)
from medspiller.ui.components.answering import about

register = template.Library()

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")

_PARTS: Mapping[type, str] = {
    Note: "questionnaires/form/note.html",
    Section: "questionnaires/form/section.html",
    Repeated: "questionnaires/form/repeated.html",
    Question: "questionnaires/form/question.html",
}

# How a question is answered → what shows it.
_CONTROLS: Mapping[Control, str] = {
    Control.LINE: "line",
    Control.TEXT: "text",
    Control.NUMBER: "number",
    Control.AMOUNT: "amount",
    Control.DAY: "day",
    Control.PART_OF_DATE: "part_of_date",
    Control.MOMENT: "moment",
    Control.TIME: "time",
    Control.ADDRESS: "address",
    Control.TICK: "tick",
    Control.RADIO: "radio",
    Control.BOXES: "boxes",
    Control.DROP_DOWN: "drop_down",
    Control.SUGGESTIONS: "suggestions",
    Control.FILE: "file",
    Control.SHOWN: "shown",
}

_PROBLEMS = {
    ProblemKind.MISSING: gettext_lazy("Answer this to go on."),
    ProblemKind.TOO_FEW: gettext_lazy("Give at least %(count)s answers."),
    ProblemKind.TOO_MANY: gettext_lazy("Give no more answers than %(count)s."),
    ProblemKind.TOO_LOW: gettext_lazy("This is less than what can be given here."),
    ProblemKind.TOO_HIGH: gettext_lazy("This is more than what can be given here."),
    ProblemKind.OUT_OF_RANGE: gettext_lazy("This is outside what can be given here."),
    ProblemKind.TOO_LONG: gettext_lazy("Write at most %(count)s characters."),
    ProblemKind.TOO_SHORT: gettext_lazy("Write at least %(count)s characters."),
    ProblemKind.TOO_MANY_DECIMALS: gettext_lazy("Give at most %(count)s decimals."),
    ProblemKind.WRONG_FORM: gettext_lazy("This is not written as it should be here."),
    ProblemKind.NOT_AN_OPTION: gettext_lazy("Choose one of the answers in the list."),
    ProblemKind.NOT_ALONE: gettext_lazy("“%(option)s” cannot be chosen together with other answers."),
    ProblemKind.WRONG_UNIT: gettext_lazy("Choose one of the units in the list."),
    ProblemKind.FILE_TOO_LARGE: gettext_lazy("The file is larger than what can be sent here."),
    ProblemKind.FILE_OF_WRONG_KIND: gettext_lazy("A file of this kind cannot be sent here."),
    ProblemKind.RULE: gettext_lazy("This does not fit with what you have answered elsewhere."),
    ProblemKind.NO_NUMBER: gettext_lazy("Write a number with figures, such as 12 or 1.5."),
    ProblemKind.NO_WHOLE_NUMBER: gettext_lazy("Write a whole number with figures, such as 12."),
    ProblemKind.NO_DAY: gettext_lazy("Write the day as day, month and year: 21.11.2026."),
    ProblemKind.NO_TIME: gettext_lazy("Write the time as 14.30."),
    ProblemKind.NO_MOMENT: gettext_lazy("Write the day as 21.11.2026 and the time as 14.30."),
    ProblemKind.NO_ADDRESS: gettext_lazy("Write a whole web address without spaces."),
    ProblemKind.OTHER: gettext_lazy("This answer cannot be used as it stands."),
}


@register.simple_tag(takes_context=True)
def form_part(context: Context, part: Part) -> SafeString:
    """Show one part of a form: a question, a text, a group."""
    return _shown(context, _PARTS[type(part)], part)


@register.simple_tag(takes_context=True)
def form_control(context: Context, question: Question) -> SafeString:
    """Show what a question is answered with."""
    return _shown(context, f"questionnaires/form/controls/{_CONTROLS[question.control]}.html", question)


def _shown(context: Context, name: str, part: Part) -> SafeString:
    loaded: Any = get_template(name)
    with context.push(part=part):
        shown: SafeString = loaded.template.render(context)
        return shown


@register.filter
def said(words: Words) -> SafeString:
    """Show a text, marked with its language where that is not the page's."""
    # What is markup was made anew by `taming`, of a dozen elements and escaped text.
    shown = mark_safe(words.markup or escape(words.plain))  # noqa: S308
    return format_html('<span lang="{}">{}</span>', words.lang, shown) if words.lang else shown


@register.filter
def asked(question: Question) -> SafeString:
    """Show what a question asks, with its number if it has one."""
    label = said(question.label)
    return format_html("{} {}", question.prefix, label) if question.prefix else label


@register.filter
def problem_text(problem: Problem) -> SafeString | str:
    """Say what is wrong, in the questionnaire's own words if it has some."""
    if problem.said:
        return said(problem.said)
    values = {key: str(value) for key, value in problem.values.items()}
    return str(_PROBLEMS[problem.kind]) % values


@register.filter
def problem_texts(thing: Question | Section | Repeated | Field) -> list[SafeString | str]:
    """Say all that is wrong with a question or one of its fields."""
    return [problem_text(problem) for problem in thing.problems]


@register.filter
def shown_ids(step: Step) -> str:
    """Return the ids of all that stands in a step, with spaces between, as the page says it when it is sent."""
    return " ".join(part.id for part in every_part(step.parts))


@register.filter
def lines(faults: Sequence[Fault]) -> list[tuple[str, str]]:
    """Return what is wrong, as lines of the summary, each with the id to go to."""
    # Translators: a line of the list of what is wrong: the question, then what is wrong with it.
    line = _("%(question)s – %(problem)s")
    return [
        (line % {"question": fault.label.plain.rstrip(" :?."), "problem": _plain(fault.problem)}, fault.target)
        for fault in faults
    ]


def _plain(problem: Problem) -> str:
    return problem.said.plain if problem.said else str(problem_text(problem))


@register.filter
def hints(question: Question) -> list[str]:
    """Say what an answer must keep to, before anybody has given one."""
    limits = question.hints
    is_time = question.type in (ItemType.DATE, ItemType.DATE_TIME, ItemType.TIME)
    told = [_between(limits.least, limits.most, is_time=is_time)]
    if limits.entry_format:
        told.append(_("Write it like this: %(form)s.") % {"form": limits.entry_format.rstrip(".")})
    elif question.control is Control.PART_OF_DATE:
        told.append(_("Write the year, as 2026.") if question.precision == "year" else _("Write it as 11.2026."))
    if limits.shortest and limits.shortest > 1:
        told.append(_("At least %(count)s characters.") % {"count": limits.shortest})
    if limits.longest:
        told.append(_("At most %(count)s characters.") % {"count": limits.longest})
    told.extend(_how_many(question))
    if limits.megabytes:
        told.append(_("At most %(size)s MB.") % {"size": limits.megabytes})
    if limits.media_types:
        told.append(_("Kinds of files: %(kinds)s.") % {"kinds": ", ".join(_kinds(limits.media_types))})
    if question.options_unknown:
        told.append(_("The list to choose from is kept elsewhere and cannot be shown here. Answer in your own words."))
    return [each for each in told if each]


def _between(least: str | None, most: str | None, *, is_time: bool) -> str:
    if least is not None and most is not None:
        return _("From %(least)s to %(most)s.") % {"least": least, "most": most}
    if least is not None:
        return (_("On %(least)s or later.") if is_time else _("At least %(least)s.")) % {"least": least}
    if most is not None:
        return (_("On %(most)s or earlier.") if is_time else _("At most %(most)s.")) % {"most": most}
    return ""


def _how_many(question: Question) -> list[str]:
    fewest, times = question.hints.fewest, question.hints.times
    if question.control is Control.BOXES and not fewest and not times:
        return [_("You may choose several.")]
    if fewest and times:
        return [_("From %(fewest)s to %(most)s answers.") % {"fewest": fewest, "most": times}]
    if fewest:
        return [_("At least %(count)s answers.") % {"count": fewest}]
    return [_("At most %(count)s answers.") % {"count": times}] if times and times > 1 else []


def _kinds(media_types: Sequence[str]) -> list[str]:
    return [kind.rpartition("/")[2].upper() for kind in media_types]


@register.filter
def rows(question: Question) -> list[tuple[Any, ...]]:
    """Return the options as `answer_options` takes them."""
    return [(each.id, each.value, _choice(each), each.checked, each.exclusive) for each in question.options]


@register.filter
def entries(choices: Sequence[Choice]) -> list[tuple[str, str, bool]]:
    """Return options as `answer_select` takes them; a list that opens holds plain text only."""
    return [(each.value, _plain_choice(each), each.checked) for each in choices]


@register.filter
def unit_entries(question: Question, chosen: str) -> list[tuple[str, str, bool]]:
    """Return the units as `answer_select` takes them."""
    return [(each.value, each.words.plain, each.value == chosen) for each in question.units]


@register.filter
def texts(question: Question) -> list[str]:
    """Return what the options say."""
    return [each.words.plain for each in question.options]


def _choice(choice: Choice) -> SafeString | str:
    text = said(choice.words) if choice.words else _unsaid(choice.value)
    return format_html("{} {}", choice.prefix, text) if choice.prefix else text


def _plain_choice(choice: Choice) -> str:
    text = choice.words.plain or _unsaid(choice.value)
    return f"{choice.prefix} {text}" if choice.prefix else text


def _unsaid(value: str) -> str:
    if value == OWN:
        return _("Something else, which I write myself")
    return {"true": _("Yes"), "false": _("No")}.get(value, value)


@register.filter
def value_text(value: ShownValue) -> SafeString | str:
    """Show an answer as it is read."""
    if value.kind == "boolean":
        return _("Yes") if value.content else _("No")
    return said(value.words)


@register.simple_tag
def described_by(question: Question, field: Field | None = None) -> str:
    """Return the ids of what describes an input, for where its question has no legend that carries them."""
    wrong = f"{field.id}-wrong" if field is not None and field.problems else ""
    if question.is_group_of_inputs:
        return wrong
    return about(question.id + "+q", question.sublabel or question.prompt, hints(question), question.problems, wrong)


@register.simple_tag
def input_name(question: Question, field: Field) -> str:
    """Return what names an input that is one of several; empty where the question's own label does."""
    if not question.is_group_of_inputs:
        return ""
    if len(question.fields) == 1 and not question.add:
        return question.label.plain
    # Translators: the name of one of several inputs for one question: "Names, answer 2".
    return _("%(question)s, answer %(number)s") % {"question": question.label.plain, "number": field.number}


@register.filter
def mark(question: Question) -> str:
    """Return how a question is marked."""
    return "required" if question.required else ""


@register.filter
def description(question: Question) -> SafeString | str:
    """Return what stands below a question's text."""
    both = [said(words) for words in (question.sublabel, question.prompt) if words]
    return mark_safe("<br>".join(both)) if both else ""  # noqa: S308 - `said` escapes


@register.filter
def prose(words: Words) -> SafeString:
    """Show a text that is only read, with paragraphs."""
    if words.markup:
        return format_html('<div class="q-prose"{}>{}</div>', _lang(words), mark_safe(words.markup))  # noqa: S308 - tamed
    # In one go: a text may have a million lines.
    start = f"<p{_lang(words)}>"
    shown = _BLANK_LINES.sub(f"</p>{start}", escape(words.plain.strip())).replace("\n", "<br>")
    return mark_safe(f"{start}{shown}</p>") if shown else SafeString()  # noqa: S308 - escaped


def _lang(words: Words) -> SafeString:
    return format_html(' lang="{}"', words.lang) if words.lang else SafeString()


@register.filter
def is_wrong(field: Field, question: Question) -> bool:
    """Say whether an input is to be marked as wrong."""
    return bool(field.problems or question.problems)


@register.filter
def keys(question: Question) -> str:
    """Return which keys a phone shows for a number; a minus is on the full keyboard only."""
    if question.hints.least is None or question.hints.least.startswith("-"):
        return ""
    return "numeric" if question.type.value == "integer" else "decimal"


@register.filter
def day_type(field: Field) -> str:
    """Return the type of an input for a day; a browser's calendar would drop what is no whole day."""
    return "date" if not field.value or _is_whole_day(field.value) else "text"


@register.filter
def time_type(field: Field) -> str:
    """Return the type of an input for a time of day."""
    return "time" if not field.value or _is_clock(field.value) else "text"


@register.filter
def clock_type(field: Field) -> str:
    """Return the type of the input for the time of day of a moment."""
    return "time" if not field.clock or _is_clock(field.clock) else "text"


def _is_whole_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-01-01")


def _is_clock(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return len(text) in (len("14:30"), len("14:30:00"))


@register.filter
def select_name(question: Question) -> str:
    """Return what names a list beside which one may write: its label is then a legend."""
    return question.label.plain if question.is_group_of_inputs else ""


@register.filter
def own_label(question: Question, otherwise: str) -> SafeString | str:
    """Return what is said of the room for one's own words."""
    return said(question.own_words_label) if question.own_words_label else otherwise


@register.filter
def step_names(steps: Sequence[Step]) -> list[str]:
    """Return what the steps are called."""
    return [step.title.plain or _("Part %(number)s") % {"number": step.number} for step in steps]


@register.filter
def step_address(address: str, number: int) -> str:
    """Return the address of a step of the form."""
    return f"{address}?steg={number}"
