"""Pages without the rest of the house: templates and texts of `ui` and the questionnaires, no apps, no database."""

from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from medspiller.config import secrets
from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.definition.definitions import Item, ItemType
from medspiller.questionnaires.domain.definition.outcomes import Code, Issue, error
from medspiller.questionnaires.domain.definition.reading import NotReadable
from medspiller.questionnaires.domain.filling.opening import opened
from medspiller.questionnaires.domain.filling.presented import Form
from medspiller.questionnaires.domain.filling.presenting import present

_SOURCE = Path(__file__).resolve().parents[1]
_APPS = ("ui", "questionnaires")


def page(engine: Engine, response: Any, *, language: str) -> str:
    """
    Return a questionnaire as one complete HTML page, with the answers of a response or those it begins with.

    Our own words are not translated to Northern Sámi: around a text in it the page is in bokmål.

    :raises NotReadable: if it asks with types that FHIR R4 does not have, or `response` is none.
    :raises NotComputable: if expressions need each other or more time than there is.
    """
    if unknown := [item for item in engine.questionnaire.every_item() if item.type is ItemType.UNKNOWN]:
        raise NotReadable([_refused(item) for item in unknown])
    issues = engine.validate(response) if response is not None else []
    answered = opened(engine).response if response is None else response
    around = "nb" if language == "se" else language
    form = present(engine, answered, language=language, page_language=around, issues=issues)
    return document(form)


def document(form: Form) -> str:
    """Return a form as one complete HTML page, in the language of the page."""
    _prepare()
    with translation.override(form.language):
        return render_to_string("questionnaires/form/document.html", {"form": form})


def _refused(item: Item) -> Issue:
    told = f"The type '{item.written_type[:40]}' is none of FHIR R4's" if item.written_type else "It has no type"
    return error(Code.NOT_SUPPORTED, f"{item.path}.type", told, link_id=item.link_id)


def _prepare() -> None:
    """Set Django up with as little as templates need, unless the whole house is up already."""
    if settings.configured:
        return
    settings.configure(
        LANGUAGE_CODE="nb",
        LANGUAGES=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")],
        LOCALE_PATHS=[_SOURCE / app / "locale" for app in _APPS],
        USE_TZ=True,
        TIME_ZONE="Europe/Oslo",
        STATIC_URL="/static/",
        ICONS_DIR=secrets.ROOT / "node_modules/@navikt/aksel-icons/dist/svg",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [_SOURCE / app / "templates" for app in _APPS],
                "OPTIONS": {
                    "libraries": {"questionnaire_form": "medspiller.questionnaires.templatetags.questionnaire_form"},
                    "builtins": [
                        "django.templatetags.i18n",
                        "django.templatetags.static",
                        "medspiller.ui.templatetags.ui",
                    ],
                },
            }
        ],
    )
    django.setup(set_prefix=False)
