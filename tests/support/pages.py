"""
A test client that holds every page any test fetches to the rules of `tests.support.page_rules`.

The fixture `client` is one, so each new screen is checked by its first test. A test in a
browser hands its page to `page_rules.problems_in` itself.
"""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from tests.support import template_queries
from tests.support.page_rules import Page, Problem, problems_in


class BadPage(AssertionError):
    """A page that a test fetched breaks rules that hold for every page."""

    def __init__(self, request: str, problems: list[Problem]):
        self.problems = problems
        lines = "\n".join(f"  - {problem}" for problem in dict.fromkeys(problems))
        super().__init__(f"{request} breaks rules that hold for every page:\n{lines}")


class CheckedClient(Client):
    """
    Django's test client, which refuses a bad page.

    :raises BadPage: from `get`, `post` and the rest, with every rule that the answer breaks.
    """

    def request(self, **request: Any) -> Any:
        with template_queries.watched() as queries:
            response = super().request(**request)
        problems = [Problem("no query from a template", query) for query in queries]
        page = page_of(response)
        if page is not None:
            problems += problems_in(page)
        if problems:
            asked = response.wsgi_request
            raise BadPage(f"{asked.method} {asked.get_full_path()} ({response.status_code})", problems)
        return response


def page_of(response: HttpResponseBase) -> Page | None:
    """Return the page, or part of one, that an answer carries; None if it carries something else."""
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    if response.streaming or not is_html or not response.content.strip():  # type: ignore[attr-defined]
        return None
    asked = response.wsgi_request  # type: ignore[attr-defined]
    return Page(
        html=response.content.decode(response.charset),  # type: ignore[attr-defined]
        url=asked.get_full_path(),
        headers=response.headers,
        origin=f"{asked.scheme}://{asked.get_host()}",
        part_wanted=asked.headers.get("HX-Request") == "true",
        needs_token=_needs_token,
    )


def _needs_token(address: str) -> bool:
    try:
        view = resolve(urlsplit(address).path).func
    except Resolver404:
        return True
    return not getattr(view, "csrf_exempt", False)


@pytest.fixture
def client() -> CheckedClient:
    """A browser that nobody has signed in with, and that refuses bad pages."""
    return CheckedClient()
