"""
The elements of a form, written out without a template.

Django renders a template for each choice of a list, and another for its attributes: hundreds on a page with a few
lists, and most of the time that such a page takes. The words are those of Django's templates, but for line breaks.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {conditional_escape(name)}" if value is True else f' {conditional_escape(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _text(value: object) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attributes(widget)}>'


def _one_of_a_group(widget: Widget) -> str:
    if not widget["wrap_label"]:
        return _input(widget)
    named = f' for="{_text(widget["attrs"]["id"])}"' if widget["attrs"].get("id") else ""
    return f"<label{named}>{_input(widget)} {conditional_escape(localize(widget['label']))}</label>"


def _textarea(widget: Widget) -> str:
    value = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _choice(widget: Widget) -> str:
    label = conditional_escape(localize(widget["label"]))
    return f'<option value="{_text(widget["value"])}"{_attributes(widget)}>{label}</option>'


def _choices(widget: Widget) -> str:
    lines = [f'<select name="{_text(widget["name"])}"{_attributes(widget)}>']
    for group, choices, _number in widget["optgroups"]:
        if group:
            lines.append(f'  <optgroup label="{conditional_escape(localize(group))}">')
        lines += [f"  {_choice(each)}" for each in choices]
        if group:
            lines.append("  </optgroup>")
    return "\n".join([*lines, "</select>"])


_OF_DJANGO = "django/forms/widgets/{}.html"
# By the template that Django would render.
WRITTEN: Mapping[str, Callable[[Widget], str]] = MappingProxyType(
    {
        **{_OF_DJANGO.format(kind): _input for kind in ("text", "number", "email", "date", "hidden", "checkbox")},
        **{_OF_DJANGO.format(kind): _one_of_a_group for kind in ("radio_option", "checkbox_option")},
        _OF_DJANGO.format("textarea"): _textarea,
        _OF_DJANGO.format("select"): _choices,
    }
)


def written(template_name: str, context: Mapping[str, Any]) -> SafeString | None:
    """Return what a widget's template would give; None where there is nothing to replace it by."""
    write = WRITTEN.get(template_name)
    # All of it is escaped above, as in the template.
    return mark_safe(write(context["widget"])) if write else None  # noqa: S308
