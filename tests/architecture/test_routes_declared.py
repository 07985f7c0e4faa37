"""Every address says who may use it."""

import pytest
from django.urls import get_resolver

from medspiller.cli import routes as routes_command
from tests.support.architecture.routes import undeclared
from tests.support.architecture.sources import told


def test_every_route_declares_an_action_or_why_it_is_public():
    routes = list(routes_command.walk(get_resolver().url_patterns))

    assert routes
    assert told(undeclared(routes)) == ""


def planted(**declared: str) -> list[tuple]:
    def view(request): ...

    vars(view).update(declared)
    return [("planted/", "planted", view)]


@pytest.mark.parametrize(
    ("declared", "problem"),
    [
        ({}, "declares no action"),
        ({"required_action": ""}, "declares no action"),
        ({"required_action": "people.view", "public_reason": "anyone may read"}, "which is it?"),
        ({"public_reason": "public"}, "does not say why"),
    ],
)
def test_a_route_that_does_not_say_who_may_use_it_is_caught(declared, problem):
    found = told(undeclared(planted(**declared)))

    assert found.startswith("/planted/ (planted):0: ")
    assert problem in found


@pytest.mark.parametrize("declared", [{"required_action": "people.view"}, {"public_reason": "anyone may read"}])
def test_one_that_does_passes(declared):
    assert told(undeclared(planted(**declared))) == ""
