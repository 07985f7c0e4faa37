"""
Every route, by every method, asked for by everybody, with things of our tenant, of another's, and of nobody's.

What is expected follows from what the route declares and from `walk_tables`, the
specification. A new route is walked from the day it is there: it fails here until its
parameters have something to be filled with, and whatever it narrows beyond its action is
written down.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.db import connection, transaction

from medspiller.access.domain.actions import ACTIONS
from medspiller.access.domain.roles import Role
from medspiller.cli.routes import routes
from medspiller.core.actors import ActorKind
from tests.security import world as worlds
from tests.security.walk_tables import (
    BY_STATUS,
    EMPTY_FORM,
    FAULT,
    FOLLOWED_UP,
    GONE,
    IN,
    KNOWN_TO_ALL,
    NAMES,
    NOT_ALLOWED,
    NOTHING,
    ON_PAPER,
    ONLY,
    PUBLIC,
    SIGN_IN,
    SILENT,
    WITHOUT_TOKEN,
)
from tests.security.world import (
    ANONYMOUS,
    ANOTHER_UNIT,
    CITIZEN,
    CITIZEN_ELSEWHERE,
    NO_SECOND_FACTOR,
    ROLE_ENDED,
    STAFF_ELSEWHERE,
    Persona,
    World,
    ask,
)
from tests.support.database import HERE

# --- What is expected -------------------------------------------------------------------------


def expected(route: dict[str, Any], persona: Persona, whose: str, method: str) -> str:
    """Return what a persona's question must come to, by the route's declaration and the tables above."""
    name, is_theirs = route["name"], whose != "ours"
    if whose == "theirs" and persona.tenant_id != HERE:
        is_theirs = False
    elif whose == "ours" and persona.tenant_id != HERE:
        is_theirs = bool(parameters(route))
    if route["access"] == "public":
        if (name, method) in SILENT:
            return IN
        if is_theirs and parameters(route):
            return GONE if name == "access:invitation" else NOTHING
        return EMPTY_FORM.get(name, IN) if method == "POST" else PUBLIC.get(name, IN)
    action = ACTIONS[route["action"]]
    area = ActorKind.CITIZEN if route["path"].startswith("/min-side/") else ActorKind.STAFF
    if persona.kind is not area:
        return SIGN_IN
    if not (action.citizens if area is ActorKind.CITIZEN else persona.role in action.roles):
        return NOT_ALLOWED
    if is_theirs and parameters(route):
        return NOTHING
    if method == "POST" and name in EMPTY_FORM:
        return EMPTY_FORM[name]
    if name in FOLLOWED_UP and persona.name == ANOTHER_UNIT:
        return NOTHING
    return _narrowed(name, persona)


def _narrowed(name: str, persona: Persona) -> str:
    if name in KNOWN_TO_ALL and persona.name == ANOTHER_UNIT:
        return NOT_ALLOWED
    if name in ONLY and persona.name not in ONLY[name]:
        # Whoever leads another tenant's house is let in to that house's own things.
        return IN if persona.name == STAFF_ELSEWHERE and Role.LEADER.value in ONLY[name] else NOTHING
    return IN


# --- The walk -------------------------------------------------------------------------------

ROUTES = list(routes())
WALKED = [(route, method) for route in ROUTES for method in route["methods"]]
METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY")
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def asked_about(route: dict[str, Any], persona: Persona) -> tuple[str, ...]:
    """Whoever is turned away before the thing is looked for is so whatever is asked about: once is enough."""
    if not parameters(route):
        return ("ours",)
    if route["access"] == "public":
        everything = persona.name in (ANONYMOUS, CITIZEN, STAFF_ELSEWHERE)
    else:
        everything = expected(route, persona, "nobody's", route["methods"][0]) == NOTHING
    return ("ours", "theirs", "nobody's") if everything else ("ours",)


def name_of(value: Any) -> str:
    return value if isinstance(value, str) else value["name"]


def parameters(route: dict[str, Any]) -> list[str]:
    """Return the names of a route's parameters that stand for stored things."""
    return [name for name in _PARAMETER.findall(route["path"]) if name not in NAMES]


def address(route: dict[str, Any], things: Any, *, is_there: bool = True) -> str:
    """Return a route's address with its parameters filled in."""

    def filled(match: re.Match[str]) -> str:
        name = match[1]
        if name in NAMES:
            return NAMES[name][0 if is_there else 1]
        return quote(str(things[name]), safe="")

    return _PARAMETER.sub(filled, route["path"])


def outcome(response: Any, path: str) -> str:
    """Return what an answer comes to."""
    if response.status_code in BY_STATUS:
        return BY_STATUS[response.status_code]
    if response.status_code >= 500:
        return f"{FAULT} {response.status_code}"
    if response.status_code == 302:
        to = urlsplit(response["Location"])
        own = "/min-side/logg-inn/" if path.startswith("/min-side/") else "/arbeid/logg-inn/"
        if to.path == own and "next=" in to.query and not to.netloc:
            return SIGN_IN
    return IN


def test_every_parameter_has_something_to_be_filled_with(world):
    unfilled = {(route["name"], name) for route in ROUTES for name in parameters(route) if name not in world.ours}

    assert unfilled == set()


def test_every_route_is_declared_and_has_a_method():
    assert [route["name"] for route in ROUTES if route["access"] == "closed" or not route["methods"]] == []


def test_nothing_in_the_tables_is_about_a_route_that_does_not_exist():
    named = {
        *PUBLIC,
        *EMPTY_FORM,
        *ONLY,
        *FOLLOWED_UP,
        *KNOWN_TO_ALL,
        *WITHOUT_TOKEN,
        *ON_PAPER,
        *(name for name, _ in SILENT),
    }

    assert named - {route["name"] for route in ROUTES} == set()


def test_everybody_is_here(world):
    assert set(world.personas) == {
        *(ANONYMOUS, CITIZEN, CITIZEN_ELSEWHERE, STAFF_ELSEWHERE, ANOTHER_UNIT, ROLE_ENDED, NO_SECOND_FACTOR),
        *(role.value for role in Role),
    }


# Of the roles that an action is closed to, a third ask for each route, others for its neighbours; all in the soak.
# That an action is closed to each of them is what `test_actions` asks.
SHARE = 3


def who_asks(world: World, number: int, how_many: str) -> list[Persona]:
    """Return everybody who is let in somewhere on the way, and all or some of the roles that the route is closed to."""
    route, method = WALKED[number]
    turned_away = [
        persona
        for persona in world.personas.values()
        if persona.name in set(Role) and expected(route, persona, "ours", method) == NOT_ALLOWED
    ]
    left_out = [] if how_many == "all" else [one for at, one in enumerate(turned_away) if (at + number) % SHARE]
    return [persona for persona in world.personas.values() if persona not in left_out]


@pytest.mark.parametrize("how_many", ["some", pytest.param("all", marks=pytest.mark.soak)])
@pytest.mark.parametrize("number", range(len(WALKED)), ids=lambda number: "-".join(map(name_of, WALKED[number])))
def test_everybody_gets_what_the_declaration_says(world, number, how_many):
    (route, method), wrong = WALKED[number], {}
    things = {"ours": world.ours, "theirs": world.theirs, "nobody's": worlds.made_up(world.ours)}

    for persona in who_asks(world, number, how_many):
        statuses = {}
        for whose in asked_about(route, persona):
            filling = things[whose]
            path = address(route, filling)
            response = ask(persona, method, path)
            statuses[whose] = response.status_code
            came_to, wanted = outcome(response, path), expected(route, persona, whose, method)
            if came_to != wanted:
                wrong[persona.name, whose] = f"{came_to}, not {wanted}"
        another = "ours" if persona.tenant_id != HERE else "theirs"
        if statuses.get(another) != statuses.get("nobody's", statuses.get(another)):
            wrong[persona.name, "tells what is another's from what is nobody's"] = statuses

    assert wrong == {}


def test_every_role_is_turned_away_often(world):
    """The shares together leave no role out."""
    closed = [number for number in range(len(WALKED)) if len(who_asks(world, number, "some")) < len(world.personas)]
    asked = Counter(each.name for number in closed for each in who_asks(world, number, "some"))

    assert min(asked[role.value] for role in Role) > len(closed) // (SHARE + 1)


@pytest.mark.parametrize(
    "route", [each for each in ROUTES if set(_PARAMETER.findall(each["path"])) & set(NAMES)], ids=name_of
)
def test_a_name_of_nothing_is_a_404_for_whoever_is_let_in(world, route):
    somebody = somebody_let_in(world, route)

    assert ask(somebody, route["methods"][0], address(route, world.ours, is_there=False)).status_code == 404


@pytest.mark.parametrize("route", ROUTES, ids=name_of)
def test_no_other_method_than_the_declared_ones_is_answered(world, route):
    persona = somebody_let_in(world, route)
    others = set(METHODS) - set(route["methods"])

    answers = {method: ask(persona, method, address(route, world.ours), checks=True).status_code for method in others}

    assert answers == dict.fromkeys(others, 405)


@pytest.fixture(scope="module")
def seen(world: World) -> Callable[[dict[str, Any]], Any]:
    """What somebody who is let in gets when they ask for a route; asked once, since nothing changes in between."""
    answers: dict[str, Any] = {}

    def of(route: dict[str, Any]) -> Any:
        if route["name"] not in answers:
            answers[route["name"]] = ask(somebody_let_in(world, route), "GET", address(route, world.ours))
        return answers[route["name"]]

    return of


@pytest.mark.parametrize("route", [route for route in ROUTES if "GET" in route["methods"]], ids=name_of)
def test_a_question_for_the_head_alone_is_answered_like_the_whole(world, seen, route):
    persona, path = somebody_let_in(world, route), address(route, world.ours)

    assert ask(persona, "HEAD", path).status_code == seen(route).status_code


@pytest.mark.parametrize("route", [route for route in ROUTES if "POST" in route["methods"]], ids=name_of)
class TestForgedForms:
    """ASVS 5.0 V3.5.1."""

    def test_a_form_without_its_token_is_refused(self, world, route):
        answer = ask(somebody_let_in(world, route), "POST", address(route, world.ours), {"a": "b"}, checks=True)

        assert (answer.status_code == 403) is (route["name"] not in WITHOUT_TOKEN)

    def test_nothing_of_a_form_from_another_site_is_shown(self, world, route):
        planted = "planted-by-somebody-else"
        answer = ask(
            somebody_let_in(world, route), "POST", address(route, world.ours), {"text": planted}, checks=True,
            Origin="https://evil.example",
        )  # fmt: skip

        assert planted not in answer.content.decode()


@pytest.mark.parametrize("route", [route for route in ROUTES if route["access"] != "public"], ids=name_of)
def test_what_is_for_somebody_is_kept_by_no_cache(world, route):
    path = address(route, world.ours)
    for persona in (somebody_let_in(world, route), world.personas[ANONYMOUS]):
        assert "no-store" in ask(persona, route["methods"][0], path)["Cache-Control"]


@pytest.mark.parametrize("route", [route for route in ROUTES if "GET" in route["methods"]], ids=name_of)
def test_v4_1_1_every_answer_says_what_it_is_and_in_which_letters(seen, route):
    answer = seen(route)

    if answer.content:
        kind = answer.headers["Content-Type"]
        # What is no text has no letters.
        without_letters = ("application/json", "application/jwk-set+json", "application/pdf", "application/zip",
                           "application/vnd.openxmlformats")  # fmt: skip
        assert "charset=utf-8" in kind or kind.startswith(without_letters)


@pytest.mark.parametrize(
    "route", [each for each in ROUTES if each["access"] != "public" and "GET" in each["methods"]], ids=name_of
)
def test_v7_4_4_every_page_leads_out(seen, route):
    answer = seen(route)
    is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")

    if is_page and route["name"] not in ON_PAPER:
        assert re.search(rb'action="/(?:arbeid|min-side)/logg-ut/"', answer.content)


def somebody_let_in(world: World, route: dict[str, Any]) -> Persona:
    """Return somebody who holds what a route asks for; nobody in particular where it asks for nothing."""
    if route["access"] == "public":
        return world.personas[ANONYMOUS]
    if route["path"].startswith("/min-side/"):
        return world.personas[CITIZEN]
    holders = ONLY.get(route["name"]) or {role.value for role in ACTIONS[route["action"]].roles}
    return world.personas[sorted(holders)[0]]


class TestTheWalkItself:
    """A walk that could not find anything would be no check."""

    def test_tells_being_let_in_from_being_turned_away(self, world):
        home, leader = "/arbeid/", world.personas[Role.LEADER.value]

        assert outcome(ask(leader, "GET", home), home) == IN
        assert outcome(ask(world.personas[ROLE_ENDED], "GET", home), home) == NOT_ALLOWED
        assert outcome(ask(world.personas[NO_SECOND_FACTOR], "GET", home), home) == SIGN_IN

    def test_leaves_nothing_behind(self, world):
        leader = world.personas[Role.LEADER.value]
        ask(leader, "POST", "/arbeid/logg-ut/")

        assert ask(leader, "GET", "/arbeid/").status_code == 200

    def test_would_see_an_open_door(self, world):
        route = next(route for route in ROUTES if route["name"] == "people:person")
        leader = world.personas[ANOTHER_UNIT]

        assert expected(route, leader, "ours", "GET") == NOTHING
        assert expected({**route, "action": "ui.view_components", "name": "x"}, leader, "ours", "GET") == IN

    def test_is_in_a_transaction_of_its_own(self, world):
        assert connection.in_atomic_block
        assert not transaction.get_connection().needs_rollback
