"""The pages that show every component of `ui`: how it looks, what to write, how it behaves without script."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.core.periods import Period
from medspiller.ui.components.tables import Column
from medspiller.ui.forms import DayField, Form, PhoneInput

# Examples are in bokmål on every page, and their boxes say so.
EXAMPLES_LANGUAGE = "nb"

SAME = _("Works the same without script.")
ASKS_SERVER = _("Works without script: every choice is a link or a form that the server answers.")


@dataclass(frozen=True, slots=True)
class Component:
    """One page: the tags and filters it shows, and its examples, each a template under `examples/`."""

    slug: str
    title: Promise
    tags: tuple[str, ...]
    examples: tuple[str, ...]
    without_script: Promise = SAME


COMPONENTS = (
    Component("button", _("Button"), ("button", "actions"), ("button", "button_icon", "button_state")),
    Component("link-button", _("Link that looks like a button"), ("link_button",), ("link_button",)),
    Component("link", _("Link"), ("link", "skip_link"), ("link", "skip_link")),
    Component("icon", _("Icon"), ("icon",), ("icon",)),
    Component("heading", _("Heading and section"), ("heading", "section"), ("heading", "section")),
    Component("paragraph", _("Paragraph"), ("paragraph",), ("paragraph",)),
    Component("card", _("Card"), ("card",), ("card",)),
    Component("door", _("Door"), ("door", "grid"), ("door", "door_plain")),
    Component("list", _("List"), ("item_list",), ("item_list",)),
    Component("facts", _("Names and values"), ("facts", "fact"), ("facts",)),
    Component("divider", _("Divider"), ("divider",), ("divider",)),
    Component("details", _("Fold"), ("details",), ("details",)),
    Component("tag", _("Tag"), ("tag",), ("tag",)),
    Component("badge", _("Badge"), ("badge",), ("badge",)),
    Component("chip", _("Chip"), ("chip",), ("chip",), ASKS_SERVER),
    Component("avatar", _("Avatar"), ("avatar", "avatar_stack"), ("avatar", "avatar_stack")),
    Component(
        "form",
        _("Form and error summary"),
        ("form", "error_summary"),
        ("form",),
        _("Works the same without script. With script, people are asked before they leave what they have typed."),
    ),
    Component(
        "draft",
        _("Draft of a form"),
        ("draft_notice",),
        ("draft",),
        _("With script a form keeps what is typed by itself. Without it there is a button for that."),
    ),
    Component(
        "field",
        _("Field"),
        ("field",),
        ("field", "field_error", "field_choices", "field_other"),
        _("Works the same without script, except that characters are not counted."),
    ),
    Component("fieldset", _("Group of fields"), ("fieldset", "validation_message"), ("fieldset", "validation_message")),
    Component(
        "question",
        _("Question of a questionnaire"),
        (
            "question",
            "answer_input",
            "answer_text",
            "answer_select",
            "answer_options",
            "suggestions",
            "error_list",
        ),
        ("question_text", "question_options", "question_wrong"),
    ),
    Component("toggle-group", _("Toggle group"), ("toggle_group",), ("toggle_group",)),
    Component(
        "suggestion",
        _("Suggestion"),
        ("suggestion",),
        ("suggestion",),
        _("The browser itself shows the suggestions; where it cannot, people type as in any field."),
    ),
    Component("search", _("Search"), ("search",), ("search",), ASKS_SERVER),
    Component("table", _("Table"), ("table", "row", "cell"), ("table", "table_empty"), ASKS_SERVER),
    Component("pagination", _("Pages of a list"), ("pagination",), ("pagination",), ASKS_SERVER),
    Component("tabs", _("Tabs"), ("tabs", "tab"), ("tabs",), ASKS_SERVER),
    Component("steps", _("Steps"), ("steps",), ("steps",)),
    Component("breadcrumbs", _("Breadcrumbs"), ("breadcrumbs", "crumb"), ("breadcrumbs",)),
    Component(
        "dropdown",
        _("Menu"),
        ("dropdown", "dropdown_item"),
        ("dropdown",),
        _("Opens and closes without script. With script it also closes by Escape and by a click beside it."),
    ),
    Component(
        "dialog",
        _("Dialog"),
        ("dialog",),
        ("dialog",),
        _("Without script it folds out below its button, with the same content."),
    ),
    Component(
        "popover",
        _("Popover"),
        ("popover",),
        ("popover",),
        _("The browser opens it. Where it cannot, the text is on the page."),
    ),
    Component("tooltip", _("Tooltip"), ("tooltip",), ("tooltip",), _("Without script the text is on the page.")),
    Component("alert", _("Alert"), ("alert",), ("alert",)),
    Component(
        "toast",
        _("Notice"),
        ("toasts",),
        ("toasts",),
        _("Without script it stays until the next page. With script it can be closed; it never goes away by itself."),
    ),
    Component("empty-state", _("Nothing here"), ("empty_state",), ("empty_state",)),
    Component("waiting", _("Waiting"), ("spinner", "skeleton"), ("spinner", "skeleton")),
    Component("acute-help", _("Who to call"), ("acute_help",), ("acute_help",)),
    Component(
        "switches",
        _("Language and appearance"),
        ("language_switch", "theme_switch"),
        ("switches",),
        _("Works without script: the page is loaded again in the chosen look."),
    ),
    Component(
        "formats",
        _("Days, periods and numbers"),
        (
            "day",
            "weekday",
            "short_day",
            "time_of_day",
            "until",
            "moment",
            "iso",
            "period",
            "number",
            "kroner",
            "hours",
            "percent",
            "telephone",
            "law",
        ),
        ("formats",),
    ),
)


class ExampleForm(Form):
    """Made-up questions, one of each kind of field."""

    name = forms.CharField(label="Hva skal vi kalle deg?", help_text="Fornavnet holder.", max_length=60)
    phone = forms.CharField(label="Telefon", widget=PhoneInput, required=False)
    since = DayField(label="Når begynte det?", help_text="Omtrent er godt nok.")
    story = forms.CharField(label="Hva er viktig for deg nå?", widget=forms.Textarea, required=False)
    relation = forms.ChoiceField(
        label="Hvem hjelper du?",
        choices=[("parent", "Mor eller far"), ("partner", "Partneren min"), ("child", "Barnet mitt")],
        widget=forms.RadioSelect,
    )
    helped_with = forms.MultipleChoiceField(
        label="Hva hjelper du til med?",
        choices=[("meals", "Mat"), ("night", "Nettene"), ("talk", "Å ha noen å snakke med")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    unit = forms.ChoiceField(label="Enhet", choices=[("", "Velg enhet"), ("home", "Hjemmetjenesten"), ("dps", "DPS")])
    agrees = forms.BooleanField(label="Dere kan ringe meg", help_text="Du kan ombestemme deg når som helst.")
    document = forms.FileField(label="Vedlegg", help_text="PDF eller bilde, høyst 10 MB.", required=False)
    place = forms.CharField(label="Hvor bor du?", required=False)


@requires("ui.view_components")
@require_safe
def component_index(request: HttpRequest) -> HttpResponse:
    """Show all components, each a link to its page."""
    return render(request, "workbench/components/index.html", {"components": COMPONENTS})


@requires("ui.view_components")
@require_safe
def component(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one component: each example as it looks and as it is written."""
    found = next((each for each in COMPONENTS if each.slug == slug), None)
    if found is None:
        raise Http404
    shown = [_shown(request, name) for name in found.examples]
    return render(request, "workbench/components/component.html", {"component": found, "examples": shown})


def _shown(request: HttpRequest, name: str) -> dict[str, str]:
    example = get_template(f"workbench/components/examples/{name}.html")
    with translation.override(EXAMPLES_LANGUAGE):
        return {
            "name": name,
            "source": example.template.source.strip(),  # type: ignore[attr-defined]
            "rendered": example.render(_material(), request),
        }


_ASKED = {
    "answers": [("example-night-yes", "yes", "Ja", True, False), ("example-night-no", "no", "Nei", False, False)],
    "choices": [("home", "Hjemmetjenesten", False), ("dps", "DPS", False)],
    "mistakes": [("Skriv når barnet er født", "example-born-answer")],
    "missing": ["Skriv når barnet er født"],
}


def _material() -> dict[str, Any]:
    """What the examples are about. All people are made up."""
    rejected = ExampleForm({"rejected-name": "", "rejected-since": "i fjor", "rejected-unit": ""}, prefix="rejected")
    return {
        "form": ExampleForm(),
        "rejected": rejected,
        "today": date(2026, 11, 21),
        "now": clock.now().replace(year=2026, month=11, day=21, hour=13, minute=5),
        "in_march": Period(date(2026, 3, 1), date(2026, 3, 15)),
        "open_period": Period(date(2026, 3, 1)),
        "columns": [
            Column("Navn", sort="navn"),
            Column("Pårørende til"),
            Column("Siste samtale", sort="samtale"),
            Column("Timer", numeric=True),
        ],
        "carers": [
            {"name": "Kari Demo", "of": "Ola Demo", "talk": date(2026, 11, 3), "hours": 14, "new": True},
            {"name": "Amal Demo", "of": "Yusuf Demo", "talk": date(2026, 10, 19), "hours": 6.5, "new": False},
            {"name": "Nils Ánte Demo", "of": "Risten Demo", "talk": date(2026, 9, 30), "hours": 22, "new": False},
        ],
        "long_list": Paginator(range(480), 20).get_page(7),
        "draft": SimpleNamespace(
            address="#",
            address_and_back="#",
            number=0,
            saved_at=clock.now().replace(year=2026, month=11, day=21, hour=11, minute=3),
        ),
        "sent": [
            Message(constants.SUCCESS, "Samtalen er lagret."),
            Message(constants.WARNING, "Planen mangler en som har ansvaret."),
        ],
        "steps_to_go": [("Om deg", "#om-deg"), "Den du hjelper", "Hva du trenger", "Se over"],
        "rows": [("day", "Dag"), ("week", "Uke"), ("month", "Måned")],
        "names": ["Kari Demo", "Amal Demo", "Nils Ánte Demo", "Eva Demo", "Ivar Demo", "Siri Demo"],
        **_ASKED,
        "places": ["Bærum", "Asker", "Lillestrøm", "Nordre Follo"],
    }
