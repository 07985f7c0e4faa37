"""
Questions that are no Django form: what asks, the inputs, and options.

Their values come prepared, so these take plain inputs where `field` takes a bound field. A text that
comes with markup is given as safe HTML.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from medspiller.ui.components.attributes import attributes, one_of
from medspiller.ui.components.drawing import drawn

register = template.Library()

OPTIONS = ("radio", "checkbox")


@register.simple_block_tag
def question(
    content: str,
    *,
    id: str = "",  # noqa: A002 - the attribute's name
    label: str = "",
    input_id: str = "",
    group: bool = False,
    mark: str = "",
    description: str = "",
    hints: Sequence[str] = (),
    errors: Sequence[str] = (),
    describes: bool = True,
    changes: str = "",
) -> SafeString:
    """
    Show a question around its inputs: its text, what explains it, what is wrong.

    `group` where several inputs share the text, which is then a legend; else `input_id` is the one
    it labels, and with neither it is only read. `changes` names what is new on the page when it
    appears. Its inputs are described by the ids of `about`.
    """
    one_of("question", "mark", mark, ("", "required", "optional"))
    inputs = {
        "content": content,
        "id": id,
        "label": label,
        "input_id": input_id,
        "group": group,
        "mark": mark,
        "description": description,
        "hints": hints,
        "errors": errors,
        "outer": attributes({"id": id, "data-question": changes}),
        "described_by": about(id, description, hints, errors) if group and describes else "",
    }
    return drawn("ui/components/question.html", inputs)


def about(identity: str, description: object, hints: object, errors: object, *more: str) -> str:
    """Return the ids of what describes the inputs of a question, for `aria-describedby`."""
    parts = ((f"{identity}-about", description), (f"{identity}-hints", hints), (f"{identity}-wrong", errors))
    return " ".join([*(each for each, there in parts if there), *(each for each in more if each)])


@register.simple_tag
def answer_input(
    *,
    id: str = "",  # noqa: A002 - the attribute's name
    name: str = "",
    value: str = "",
    type: str = "text",  # noqa: A002 - the attribute's name
    inputmode: str = "",
    size: int | str = "",
    label: str = "",
    described_by: str = "",
    invalid: bool = False,
    options_id: str = "",
    accept: str = "",
    prefix: str = "",
    suffix: str = "",
) -> SafeString:
    """Show one input. `label` names it where it has no label of its own; `options_id` is the id of its suggestions."""
    element = _attributes(
        {
            "type": type,
            "id": id,
            "name": name,
            "value": value,
            "inputmode": inputmode,
            "size": size,
            "list": options_id,
            "accept": accept,
            "aria-label": label,
            "aria-describedby": described_by,
            "aria-invalid": "true" if invalid else "",
            "autocomplete": "off",
        }
    )
    shown = SafeString(f'<input class="ds-input"{element}>')
    if not (prefix or suffix):
        return shown
    return drawn("ui/components/affixes.html", {"input": shown, "prefix": prefix, "suffix": suffix})


@register.simple_tag
def answer_text(
    *,
    id: str = "",  # noqa: A002 - the attribute's name
    name: str = "",
    value: str = "",
    rows: int = 4,
    label: str = "",
    described_by: str = "",
    invalid: bool = False,
) -> SafeString:
    """Show room for a longer text."""
    element = attributes(
        {
            "id": id,
            "name": name,
            "rows": rows,
            "aria-label": label,
            "aria-describedby": described_by,
            "aria-invalid": "true" if invalid else "",
        }
    )
    # A line break right after the tag is not part of the text.
    return format_html('<textarea class="ds-input"{}>\n{}</textarea>', element, value)


@register.simple_tag
def answer_select(
    *,
    id: str = "",  # noqa: A002 - the attribute's name
    name: str = "",
    options: Iterable[tuple[str, str, bool]] = (),
    empty: str = "",
    label: str = "",
    described_by: str = "",
    invalid: bool = False,
) -> SafeString:
    """Show a list that opens. `options`: value, text and whether it is chosen; `empty` is said before one is."""
    element = attributes(
        {
            "id": id,
            "name": name,
            "aria-label": label,
            "aria-describedby": described_by,
            "aria-invalid": "true" if invalid else "",
        }
    )
    inputs = {"element": element, "options": options, "empty": empty}
    return drawn("ui/components/answer_select.html", inputs)


@register.simple_tag
def answer_options(
    *,
    kind: str = "radio",
    name: str = "",
    options: Iterable[tuple[str, str, str, bool, bool]] = (),
    described_by: str = "",
    invalid: bool = False,
    boxes: bool = True,
    across: bool = False,
    start: str = "",
    end: str = "",
) -> SafeString:
    """
    Show options that all are in sight: id, value, text, whether chosen, and whether one stands alone.

    `across` lays them side by side as a scale, with words for its ends in `start` and `end`.
    """
    one_of("answer_options", "kind", kind, OPTIONS)
    rows = [_option(kind, name, each, described_by, invalid) for each in options]
    inputs = {"rows": rows, "name": name, "boxes": boxes, "across": across, "start": start, "end": end}
    return drawn("ui/components/answer_options.html", inputs)


def _option(kind: str, name: str, option: tuple[Any, ...], described_by: str, invalid: bool) -> SafeString:
    identity, value, text, is_chosen, is_exclusive = option
    element = _attributes(
        {
            "type": kind,
            "id": identity,
            "name": name,
            "value": value,
            "checked": is_chosen,
            "aria-describedby": described_by,
            "aria-invalid": "true" if invalid else "",
            "data-exclusive": is_exclusive,
        }
    )
    shown = text if isinstance(text, SafeString) else escape(text)
    return SafeString(
        f'<input class="ds-input"{element}><label class="ds-label" for="{escape(identity)}">{shown}</label>'
    )


def _attributes(values: Mapping[str, object]) -> str:
    """What `attributes` does, for the hundreds of inputs of a long form: without looking whether a value is safe."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in values.items()
        if value is not None and value is not False and value != ""
    )


@register.simple_tag
def suggestions(*, id: str = "", options: Iterable[str] = ()) -> SafeString:  # noqa: A002 - the attribute's name
    """Show nothing, but let an input that names this id suggest what could be typed."""
    listed = mark_safe("".join(f'<option value="{conditional_escape(each)}"></option>' for each in options))  # noqa: S308 - each is escaped
    return format_html('<datalist id="{}">{}</datalist>', id, listed)


@register.simple_tag
def error_list(
    problems: Iterable[tuple[str, str]] = (),
    *,
    heading: str = "",
    level: int = 2,
    id: str = "error-summary",  # noqa: A002 - the attribute's name
    focus: bool = True,
) -> SafeString:
    """
    List what is wrong, each line with the id of the field that it leads to, or none; take focus unless told not to.

    Nothing is shown when nothing is wrong. `error_summary` does this for Django's forms.
    """
    listed = [{"text": text, "target": target} for text, target in problems]
    if not listed:
        return SafeString()
    inputs = {"problems": listed, "heading": heading, "level": level, "id": id, "quiet": not focus}
    return drawn("ui/components/error_summary.html", inputs)
