import re

import html5lib
import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from medspiller.ui.templatetags.ui import register
from medspiller.workbench.web.components import COMPONENTS, component

EXAMPLES = [(each, example) for each in COMPONENTS for example in each.examples]
EVERY_TAG = {*register.tags, *register.filters}


def test_every_component_has_one_example_page():
    shown = [tag for each in COMPONENTS for tag in each.tags]

    assert sorted(shown) == sorted(EVERY_TAG)


@pytest.mark.parametrize("shown", COMPONENTS, ids=lambda each: each.slug)
def test_the_examples_of_a_page_use_its_tags(shown):
    sources = " ".join(
        get_template(f"workbench/components/examples/{name}.html").template.source for name in shown.examples
    )
    used = set(re.findall(r"{% (\w+)", sources)) | set(re.findall(r"\|(\w+)", sources))

    assert set(shown.tags) <= used


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("shown", COMPONENTS, ids=lambda each: each.slug)
def test_the_page_is_valid_and_titled(shown, language):
    with translation.override(language):
        response = component(RequestFactory().get(f"/arbeid/ui/{shown.slug}/"), slug=shown.slug)
        page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())
        ids = [element.get("id") for element in page.iter() if element.get("id")]

        assert page.find(".//title").text == f"{shown.title} – Medspiller"
        assert ["".join(h1.itertext()) for h1 in page.iter("h1")] == [str(shown.title)]
        assert sorted(ids) == sorted(set(ids))
