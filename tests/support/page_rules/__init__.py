"""
The rules that every page any test fetches is held to.

`problems_in` applies all of them to one answer; the modules beside say what each asks.
"""

from collections.abc import Iterator

from tests.support.page_rules import forms, language, safety, structure
from tests.support.page_rules.document import Page, Problem

RULES = (*structure.RULES, *forms.RULES, *safety.RULES, *language.RULES)


def problems_in(page: Page) -> Iterator[Problem]:
    """Yield every rule that a page, or a part of one, breaks."""
    for rule in RULES:
        yield from rule(page)
