"""Forms: the form element, fields of Django forms, and what is wrong with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.template import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from medspiller.ui.components.attributes import attributes, htmx, one_of
from medspiller.ui.components.drawing import drawn

register = template.Library()

MARKS = ("required", "optional", "none")


@register.simple_block_tag(takes_context=True)
def form(
    context: Context,
    content: str,
    *,
    action: str = "",
    method: str = "post",
    id: str = "",  # noqa: A002 - the attribute's name
    label: str = "",
    files: bool = False,
    warn_unsaved: bool = False,
    draft: Any = None,
    hx_get: str = "",
    hx_post: str = "",
    hx_target: str = "",
    hx_swap: str = "",
    hx_trigger: str = "",
    hx_indicator: str = "",
    hx_push_url: bool = False,
) -> SafeString:
    """
    Show a form, with its token when it posts. The server says what is wrong; the browser does not stop anybody.

    `warn_unsaved` asks, with script, before somebody leaves what they have typed. `draft`, from `access.web.drafts`,
    keeps it instead, and says so below the form: with it a form that cannot be sent for want of a network stays.
    """
    one_of("form", "method", method, ("get", "post"))
    element = attributes(
        {
            "action": action,
            "method": method,
            "id": id,
            "aria-label": label,
            "enctype": "multipart/form-data" if files else "",
            "data-warn-unsaved": warn_unsaved,
            "data-draft": draft.address if draft else "",
            "data-draft-number": draft.number if draft else "",
            "novalidate": True,
            **htmx(
                hx_get=hx_get,
                hx_post=hx_post,
                hx_target=hx_target,
                hx_swap=hx_swap,
                hx_trigger=hx_trigger,
                hx_indicator=hx_indicator,
                hx_push_url=hx_push_url,
            ),
        }
    )
    # For whom the form is shown, so that somebody else's next sign-in in this browser does not send it.
    sent = {"csrfmiddlewaretoken": "csrf_token", "session_mark": "session_mark"} if method == "post" else {}
    values = {name: context.get(known, "") for name, known in sent.items()}
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{conditional_escape(value)}">'
        for name, value in values.items()
        if value
    )
    state = drawn("ui/components/_draft_state.html", {"draft": draft}) if draft else ""
    return SafeString(f'<form class="m-form"{element}>{hidden}{conditional_escape(content)}{state}</form>')


@register.simple_tag(takes_context=True)
def draft_notice(context: Context, draft: Any = None) -> SafeString:
    """
    Say that the form below holds a draft, from when it is, and let it be thrown away. Nothing where there is none.

    Stands before the form, and not in it: there its button would be the one that Enter presses.
    """
    if draft is None or draft.saved_at is None:
        return SafeString()
    inputs = {
        "draft": draft,
        "token": context.get("csrf_token", ""),
        "mark": context.get("session_mark", ""),
    }
    return drawn("ui/components/draft_notice.html", inputs)


@register.simple_tag
def field(
    bound: BoundField,
    *,
    label: str = "",
    description: str = "",
    mark: str = "required",
    size: str = "",
    autocomplete: str = "",
    inputmode: str = "",
    rows: int | None = None,
    limit: int | None = None,
    prefix: str = "",
    suffix: str = "",
    boxes: bool = False,
    hide_label: bool = False,
    hx_get: str = "",
    hx_target: str = "",
    hx_trigger: str = "",
) -> SafeString:
    """
    Show a field of a form: label, description, input and what is wrong with it, tied together.

    `mark` says whether required or optional fields are marked, or none. `size` is how many characters are expected,
    `limit` how many are counted down, `boxes` sets choices in boxes that are easy to hit with a thumb.
    """
    one_of("field", "mark", mark, MARKS)
    if bound.is_hidden:
        return SafeString(bound.as_widget())
    inputs: dict[str, Any] = {
        "bound": bound,
        "label": label or bound.label,
        "description": description or bound.help_text,
        "mark": _mark(bound, mark),
        "limit": limit,
        "prefix": prefix,
        "suffix": suffix,
        "boxes": boxes,
        "hide_label": hide_label,
        "ids": _Ids(bound.auto_id or bound.html_name),
    }
    inputs["described_by"] = _described_by(inputs)
    inputs["outer"] = htmx(hx_get=hx_get, hx_target=hx_target, hx_trigger=hx_trigger)
    if _is_group(bound):
        inputs["options"] = [_option(widget, bound) for widget in bound.subwidgets]
        return drawn("ui/components/field_group.html", inputs)
    widget = {"autocomplete": autocomplete, "inputmode": inputmode, "rows": rows, "size": size}
    inputs["input"] = _input(bound, {**widget, **inputs["outer"]}, inputs["described_by"])
    return drawn(_template_of(bound), inputs)


@register.simple_block_tag
def fieldset(
    content: str,
    *,
    legend: str = "",
    description: str = "",
    error: str = "",
    id: str = "",  # noqa: A002 - the attribute's name
) -> SafeString:
    """Bind fields together that answer one question. With `description` or `error` it needs an `id`."""
    ids = _Ids(id or "fieldset")
    described = [each for each, there in ((ids.description, description), (ids.error, error)) if there]
    outer = attributes({"id": id, "aria-describedby": " ".join(described)})
    inputs = {
        "content": content,
        "legend": legend,
        "description": description,
        "error": error,
        "ids": ids,
        "outer": outer,
    }
    return drawn("ui/components/fieldset.html", inputs)


@register.simple_tag
def error_summary(
    rejected: forms.BaseForm | Iterable[forms.BaseForm] | None = None,
    *,
    heading: str = "",
    level: int = 2,
    id: str = "error-summary",  # noqa: A002 - the attribute's name
) -> SafeString:
    """
    List what is wrong with one form or several, each line a link to its field, and take focus.

    Nothing is shown when nothing is wrong. Stands first in the page's content.
    """
    asked = [rejected] if isinstance(rejected, forms.BaseForm) else list(rejected or ())
    problems = [problem for each in asked for problem in _problems(each)]
    if not problems:
        return SafeString()
    inputs = {"problems": problems, "heading": heading, "level": level, "id": id}
    return drawn("ui/components/error_summary.html", inputs)


@register.simple_tag
def toggle_group(
    *,
    legend: str = "",
    name: str = "",
    options: Iterable[tuple[str, Any]] = (),
    value: str = "",
    hide_legend: bool = False,
) -> SafeString:
    """Let one of a few be chosen, all of them in sight. `options`: value and text. A radio group to all but the eye."""
    inputs = {"legend": legend, "name": name, "value": value, "hide_legend": hide_legend}
    return drawn("ui/components/toggle_group.html", {**inputs, "options": list(options)})


@register.simple_tag
def suggestion(
    bound: BoundField, *, options: Iterable[str] = (), label: str = "", description: str = "", mark: str = "required"
) -> SafeString:
    """Let something be typed, with suggestions. What is not among them may be typed too; the server decides."""
    one_of("suggestion", "mark", mark, MARKS)
    inputs: dict[str, Any] = {
        "bound": bound,
        "label": label or bound.label,
        "description": description or bound.help_text,
        "mark": _mark(bound, mark),
        "ids": _Ids(bound.auto_id or bound.html_name),
        "options": list(options),
    }
    list_id = f"{inputs['ids'].input}-options"
    inputs["list_id"] = list_id
    described_by = _described_by(inputs)
    inputs["input"] = _input(bound, {"list": list_id, "autocomplete": "off"}, described_by)
    return drawn("ui/components/suggestion.html", inputs)


@register.simple_tag
def search(
    *,
    action: str = "",
    name: str = "q",
    value: str = "",
    label: str = "",
    hide_label: bool = True,
    button: str = "",
    id: str = "search",  # noqa: A002 - the attribute's name
    hx_get: str = "",
    hx_target: str = "",
    hx_push_url: bool = False,
) -> SafeString:
    """Show a search box with its button. With HTMX the result follows while one types."""
    live = {"hx_trigger": "input changed delay:300ms, search"} if hx_get else {}
    live_input = attributes(htmx(hx_get=hx_get, hx_target=hx_target, hx_push_url=hx_push_url, **live))
    inputs = {"action": action, "name": name, "value": value, "label": label, "hide_label": hide_label}
    return drawn("ui/components/search.html", {**inputs, "button": button, "id": id, "live": live_input})


@dataclass(frozen=True, slots=True)
class _Ids:
    """The ids by which the parts of one field find each other."""

    input: str

    @property
    def description(self) -> str:
        return f"{self.input}-description"

    @property
    def error(self) -> str:
        return f"{self.input}-error"

    @property
    def legend(self) -> str:
        return f"{self.input}-legend"


@dataclass(frozen=True, slots=True)
class _Problem:
    """A line of the error summary; `target` is empty for what concerns no single field."""

    text: str
    target: str


def _is_group(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def _template_of(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "ui/components/field_checkbox.html"
    if isinstance(widget, forms.FileInput):
        return "ui/components/field_file.html"
    return "ui/components/field.html"


def _mark(bound: BoundField, mark: str) -> str:
    """Which words stand behind the label: those for required, those for optional, or none."""
    if mark == "required" and bound.field.required:
        return "required"
    if mark == "optional" and not bound.field.required:
        return "optional"
    return ""


def _described_by(inputs: dict[str, Any]) -> str:
    ids, parts = inputs["ids"], []
    if inputs["description"]:
        parts.append(ids.description)
    if inputs["bound"].errors:
        parts.append(ids.error)
    return " ".join(parts)


def _input(bound: BoundField, extra: dict[str, Any], described_by: str) -> SafeString:
    attrs: dict[str, Any] = {"class": "ds-input", "aria-describedby": described_by, **extra}
    attrs = {name: value for name, value in attrs.items() if value not in ("", None, False)}
    # Django would point to a help text of its own making.
    attrs.setdefault("aria-describedby", False)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return SafeString(bound.as_widget(attrs=attrs))


def _option(widget: BoundWidget, bound: BoundField) -> dict[str, Any]:
    attrs = widget.data["attrs"]
    attrs["class"] = "ds-input"
    # The group carries these for all of its options.
    for name in ("aria-describedby", "required"):
        attrs.pop(name, None)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {"input": widget.tag(), "label": widget.choice_label, "id": widget.id_for_label}


def _problems(rejected: forms.BaseForm) -> list[_Problem]:
    problems = [_Problem(text=str(text), target="") for text in rejected.non_field_errors()]
    for name in rejected.fields:
        bound = rejected[name]
        for text in bound.errors:
            # Translators: a line of the list of what is wrong: the field's name, then what is wrong with it.
            line = _("%(field)s – %(problem)s") % {"field": str(bound.label).rstrip(":"), "problem": text}
            problems.append(_Problem(text=line, target=_focusable_id(bound)))
    return problems


def _focusable_id(bound: BoundField) -> str:
    """The id of what takes the focus: the input, or the first choice of a group."""
    if _is_group(bound):
        first = next(iter(bound.subwidgets), None)
        return first.id_for_label if first else bound.auto_id
    return bound.auto_id
