"""
Every route, by every method, asked for by everybody, with things of our tenant, of another's, and of nobody's.

What is expected follows from what the route declares and from the tables below, which are
the specification. A new route is walked from the day it is there: it fails here until its
parameters have something to be filled with, and whatever it narrows beyond its action is
written down.
"""

import re
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.db import connection, transaction

from medspiller.access.domain.actions import ACTIONS
from medspiller.access.domain.roles import Role
from medspiller.cli.routes import routes
from medspiller.core.actors import ActorKind
from tests.security import world as worlds
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

# --- The specification ----------------------------------------------------------------------

# What an answer comes to.
IN, SIGN_IN, NOT_ALLOWED, NOTHING = "let in", "to sign in", "not allowed", "nothing there"
BAD, GONE, DOWN, WRONG_METHOD, FAULT = "bad request", "gone", "not ready", "wrong method", "fault"
_BY_STATUS = {400: BAD, 403: NOT_ALLOWED, 404: NOTHING, 405: WRONG_METHOD, 410: GONE, 503: DOWN}

# A parameter that names no stored thing: one that is there, and one that is not.
NAMES = {
    "slug": ("button", "no-such-component"),
    "persona_id": ("leder", "ingen"),
    "form": ("people.emergency", "people.no_such_form"),
    "own_form": ("people.ask_about_access", "people.no_such_form"),
}

# Public routes that answer a bare question otherwise than by letting in.
PUBLIC = {
    "access:provider_return": BAD,
    "citizen:provider_return": BAD,
    # This is no demo.
    "demo:personas": NOTHING,
    "demo:sign_in": NOTHING,
    # No worker runs here.
    "readyz": DOWN,
}
# Forms that come to something else when nothing is filled in, for those who are let in.
EMPTY_FORM = {
    # The thing is named in the form.
    "access:end_session": NOTHING,
    "citizen:end_session": NOTHING,
    # A button is enough in a demo only.
    "access:confirm": NOT_ALLOWED,
    "citizen:confirm": NOT_ALLOWED,
    # No such colours.
    "appearance": BAD,
}
# Of these a stranger must not learn whether there is anything before a button is pressed.
SILENT = {("access:invitation", "GET")}

# Who is let in to our thing, where that is fewer than those who hold the action; the rest find nothing.
ONLY = {
    # One's own: the walk has one of a colleague's.
    "access:remove_factor": set(),
    # Nobody's account here is kept by the staff's provider; the citizen's is kept by the citizens'.
    "access:provider_step_up": set(),
    "citizen:provider_step_up": {CITIZEN, CITIZEN_ELSEWHERE},
    # The care worker used it.
    "people:end_emergency": {Role.CARE_WORKER.value},
    # A unit that has nothing to do with the person.
    "people:person": {role.value for role in Role if role in ACTIONS["people.view_person"].roles},
    "people:emergency_review": {Role.LEADER.value},
    # Of a person whom the unit follows up.
    **{
        f"people:{what}": {role.value for role in ACTIONS["people.judge"].roles}
        for what in (
            *("carer", "record_told", "carer_consent", "carer_circumstance", "consents", "new_consent", "consent"),
            *("narrow_consent", "withdraw_consent", "add_scan", "scan", "judgements", "decide_competence"),
            *("judge_circumstance", "end_competence", "competence_shown", "end_circumstance", "children"),
        )
    },
    # Of a unit that the actor works in.
    "messages:try_again": {role.value for role in ACTIONS["messages.decide_notice"].roles},
    "messages:stop": {role.value for role in ACTIONS["messages.decide_notice"].roles},
    "people:question": {Role.LEADER.value, Role.CARER_CONTACT.value},
    "people:correction": {Role.LEADER.value, Role.CARER_CONTACT.value},
    # On the list of a unit that the actor works in.
    **{
        f"worklist:{what}": {role.value for role in ACTIONS["worklist.view_items"].roles}
        for what in ("item", "take", "give_back", "finish", "undo")
    },
    # Drafts of a form are for those who may use it.
    "access:draft": {
        ANOTHER_UNIT,
        *(role.value for role in Role if role in ACTIONS["people.use_emergency_access"].roles),
    },
    # Our colleague is not invited.
    "access:administration_withdraw_invitation": set(),
}
# Of a person whom the unit has to do with, or of the unit itself: for every role that holds the route's action, there.
FOLLOWED_UP = {
    f"people:{what}"
    for what in (
        *("person_print", "change_person", "person_history", "add_name", "end_name", "record_death", "inform_person"),
        *("add_contact", "change_contact", "end_contact", "reopen_contact", "add_carer", "change_relation"),
        *("end_relation", "give_role", "end_role", "reopen_role", "relate_choose", "relate", "merge_choose", "merge"),
        *("undo_merge", "first_talk_receipt", "import", "stop_import"),
    )
}
# Things that all in the tenant may know of: whoever holds the action elsewhere in the house is told no, not nothing.
KNOWN_TO_ALL = {
    "workbench:edit_unit",
    *(
        f"workbench:administration_{what}"
        for what in ("unit", "open_unit", "change_unit", "move_unit", "close_unit", "open_post", "close_post")
    ),
}

# Pages that are printed, and have nothing to press.
ON_PAPER = {
    "people:snooping_print",
    "people:person_print",
    "worklist:items_print",
    "citizen:access_log_print",
    "access:administration_permissions_print",
}
# The route that is asked for without a token, and why that is no matter: it only turns the lights off.
WITHOUT_TOKEN = {"appearance"}


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
METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE")
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
    if response.status_code in _BY_STATUS:
        return _BY_STATUS[response.status_code]
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


@pytest.mark.parametrize(("route", "method"), WALKED, ids=name_of)
def test_everybody_gets_what_the_declaration_says(world, route, method):
    things = {"ours": world.ours, "theirs": world.theirs, "nobody's": worlds.made_up(world.ours)}

    wrong = {}
    for persona in world.personas.values():
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

    answers = {method: ask(persona, method, address(route, world.ours)).status_code for method in others}

    assert answers == dict.fromkeys(others, 405)


@pytest.mark.parametrize("route", [route for route in ROUTES if "GET" in route["methods"]], ids=name_of)
def test_a_question_for_the_head_alone_is_answered_like_the_whole(world, route):
    persona, path = somebody_let_in(world, route), address(route, world.ours)

    assert ask(persona, "HEAD", path).status_code == ask(persona, "GET", path).status_code


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
def test_v4_1_1_every_answer_says_what_it_is_and_in_which_letters(world, route):
    answer = ask(somebody_let_in(world, route), "GET", address(route, world.ours))

    if answer.content:
        kind = answer.headers["Content-Type"]
        # What is no text has no letters.
        without_letters = ("application/json", "application/jwk-set+json", "application/pdf", "application/zip")
        assert "charset=utf-8" in kind or kind.startswith(without_letters)


@pytest.mark.parametrize(
    "route", [each for each in ROUTES if each["access"] != "public" and "GET" in each["methods"]], ids=name_of
)
def test_v7_4_4_every_page_leads_out(world, route):
    answer = ask(somebody_let_in(world, route), "GET", address(route, world.ours))
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
