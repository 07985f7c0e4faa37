"""What an attacker would send: every route gets it, and none may fall, echo it, or lead away."""

import logging
import re
from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain.roles import Role
from tests.security.test_walk import ROUTES, address, name_of, somebody_let_in
from tests.security.world import ANONYMOUS, ANOTHER_UNIT, PASSWORD, ROLE_ENDED, TODAY, ask, thrown_away

READ = [route for route in ROUTES if "GET" in route["methods"]]
SENT = [route for route in ROUTES if "POST" in route["methods"]]
# Every word that a page of ours reads from its address, and some that it does not.
IN_ADDRESSES = (
    *("q", "vis", "next", "iss", "sid", "state", "code", "error", "etter", "fra", "til", "hva", "sort", "sorter"),
    *("page", "side", "enhet", "person", "persona", "theme", "lang", "unit", "id", "format", "dag", "dato"),
)
IN_FORMS = (
    *("next", "username", "password", "again", "old", "code", "answer", "name", "email", "session", "theme", "version"),
    *("text", "reason", "note", "notice", "about", "opening_hours", "verdict", "unit", "person_number", "birth_date"),
    *("given_name", "family_name", "sure", "post_id", "unit_id", "role", "first_day", "last_day", "grant_ids", "kind"),
    *("issuer", "client_id", "scopes", "acr_values", "amr_values", "active", "title", "parent_id", "closed_from"),
)
MARKUP = "\"'><script>alert(4711)</script>"
ENDS_STRINGS = "a sign that ends strings"
HOSTILE = {
    ENDS_STRINGS: "a\x00b",
    "a new line": "1\r\nX-Planted: yes",
    "sql": "' OR 1=1; DROP TABLE audit_accessentry; --",
    "a number beyond all columns": "9" * 400,
    "a day beyond the calendar": "99999-13-45",
    "letters turned around": "\u202e\ufeff\U000e0041",
}
AWAY = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "\t//evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "/arbeid/\r\nLocation: https://evil.example/",
)


# Two of them for each route, other ones for its neighbours; all of them for every route in the soak.
SOME_OR_ALL = pytest.mark.parametrize("how_many", ["some", pytest.param("all", marks=pytest.mark.soak)])


def of_these(everything: tuple[Any, ...], how_many: str, route: dict[str, Any]) -> list[Any]:
    if how_many == "all":
        return list(everything)
    first = ROUTES.index(route)
    return [everything[(2 * first + step) % len(everything)] for step in (0, 1)]


@pytest.mark.parametrize("route", READ, ids=name_of)
class TestAddresses:
    @SOME_OR_ALL
    def test_v16_5_3_hostile_words_bring_no_page_down(self, world, route, how_many):
        persona, path = somebody_let_in(world, route), address(route, world.ours)
        fell = {}
        for what, text in of_these(tuple(HOSTILE.items()), how_many, route):
            answer = ask(persona, "GET", f"{path}?{urlencode(dict.fromkeys(IN_ADDRESSES, text))}")
            if answer.status_code >= 500 and route["name"] != "readyz":
                fell[what] = answer.status_code
            assert "X-Planted" not in answer.headers

        assert fell == {}

    def test_v1_2_1_markup_is_shown_as_text(self, world, route):
        persona, path = somebody_let_in(world, route), address(route, world.ours)

        answer = ask(persona, "GET", f"{path}?{urlencode(dict.fromkeys(IN_ADDRESSES, MARKUP))}")

        assert b"<script>alert(4711)" not in answer.content

    @SOME_OR_ALL
    def test_v3_7_2_nobody_is_led_away(self, world, route, how_many):
        persona, path = somebody_let_in(world, route), address(route, world.ours)
        for to in of_these(AWAY, how_many, route):
            answer = ask(persona, "GET", f"{path}?{urlencode({'next': to})}")
            ends_at = urlsplit(answer.headers.get("Location", ""))

            assert not ends_at.netloc.endswith("evil.example")
            assert ends_at.scheme in ("", "https")

    def test_v3_5_3_looking_changes_nothing(self, world, route):
        """Only the access log grows, and what a sign-in under way needs."""
        with CaptureQueriesContext(connection) as asked:
            ask(somebody_let_in(world, route), "GET", address(route, world.ours))

        assert written(asked.captured_queries) <= {"audit_accessentry", *MAY_WRITE.get(route["name"], ())}


def test_every_hostile_word_comes_up_often():
    for everything in (tuple(HOSTILE), AWAY):
        for routes in (READ, SENT):
            used = Counter(each for route in routes for each in of_these(everything, "some", route))
            assert min(used[each] for each in everything) > len(routes) // 6


# What a question may write, beside that it was asked.
MAY_WRITE = {
    "access:provider_begin": {"access_signinattempt", "access_throttle"},
    "citizen:provider_begin": {"access_signinattempt", "access_throttle"},
    "citizen:provider_step_up": {"access_signinattempt", "access_throttle"},
    # The secret that is being set up is kept in the browser's session until a code of it is shown.
    "access:add_totp": {"django_session"},
    # Only the provider knows the name that ends a session.
    "citizen:front_channel_sign_out": {"access_sessionrecord"},
}
_WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


def written(queries: list[dict[str, Any]]) -> set[str]:
    """Return the tables that statements write to."""
    return {match[1].lower() for each in queries if (match := _WRITES.match(each["sql"]))}


@pytest.mark.parametrize("route", SENT, ids=name_of)
class TestForms:
    @SOME_OR_ALL
    def test_v16_5_3_hostile_words_bring_no_form_down(self, world, route, how_many):
        persona, path = somebody_let_in(world, route), address(route, world.ours)
        fell = {}
        for what, text in {*of_these(tuple(HOSTILE.items()), how_many, route), ("markup", MARKUP)}:
            answer = ask(persona, "POST", path, dict.fromkeys(IN_FORMS, text))
            if answer.status_code >= 500:
                fell[what] = answer.status_code
            if b"<script>alert(4711)" in answer.content:
                fell[what] = "shown as markup"

        assert fell == {}

    @SOME_OR_ALL
    def test_v3_7_2_nobody_is_led_away_by_a_form(self, world, route, how_many):
        persona, path = somebody_let_in(world, route), address(route, world.ours)
        for to in of_these(AWAY, how_many, route):
            answer = ask(persona, "POST", path, {"next": to, "theme": "dark"}, Referer=to.strip())

            assert not urlsplit(answer.headers.get("Location", "")).netloc.endswith("evil.example")


@pytest.mark.parametrize("route", [each for each in READ if each["access"] != "public"], ids=name_of)
class TestParts:
    """A part of a page passes the same checks as the page (HTMX)."""

    def test_whoever_is_turned_away_gets_no_part_either(self, world, route):
        path = address(route, world.ours)
        part = {"HX-Request": "true", "HX-Target": "units", "HX-Current-URL": "https://evil.example/x"}

        stranger = ask(world.personas[ANONYMOUS], "GET", path, **part)
        former = ask(world.personas[ROLE_ENDED], "GET", path, **part)

        assert stranger.content == b""
        assert stranger.headers["HX-Redirect"].startswith(("/arbeid/logg-inn/", "/min-side/logg-inn/"))
        assert "evil.example" not in stranger.headers["HX-Redirect"]
        assert former.status_code == 403 or route["path"].startswith("/min-side/")

    def test_whoever_finds_nothing_finds_no_part_either(self, world, route):
        for things in (world.ours, world.theirs):
            path, colleague = address(route, things), world.personas[ANOTHER_UNIT]
            whole, part = (ask(colleague, "GET", path, **more) for more in ({}, {"HX-Request": "true"}))

            assert (whole.status_code in (403, 404)) is (part.status_code in (403, 404))


class TestHosts:
    def test_v4_1_3_an_unknown_host_is_refused(self, world):
        for path in ("/", "/arbeid/", "/arbeid/logg-inn/"):
            assert ask(world.personas[ANONYMOUS], "GET", path, Host="evil.example").status_code == 400

    @pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL"])
    def test_v4_1_3_what_a_proxy_would_say_is_not_believed(self, world, header):
        value = "host=evil.example" if header == "Forwarded" else "evil.example"

        answer = ask(world.personas[ANONYMOUS], "GET", "/arbeid/", **{header: value})

        assert answer.status_code == 302
        assert "evil.example" not in answer.headers["Location"]

    def test_v15_3_4_an_address_is_believed_from_a_proxy_only(self, world, settings):
        settings.SECURE_PROXY_SSL_HEADER = None

        for number in range(70):
            answer = ask(
                world.personas[ANONYMOUS], "POST", "/arbeid/konto/logg-inn/", {"username": "x", "password": ""},
                **{"X-Forwarded-For": f"192.0.2.{number}"},
            )  # fmt: skip
            assert answer.status_code == 422


class TestCookies:
    @pytest.mark.parametrize("value", ["\x00" * 32, "a" * 5000, "' OR 1=1 --aaaaaaaaaaaaaaaaaaaa", "a\xe6\xff" * 12])
    @pytest.mark.parametrize(
        "name",
        [
            settings.SESSION_COOKIE_NAME,
            settings.CSRF_COOKIE_NAME,
            settings.DEVICE_COOKIE_NAME,
            settings.LANGUAGE_COOKIE_NAME,
        ],
    )
    def test_a_broken_cookie_brings_nothing_down(self, world, name, value):
        client = Client(raise_request_exception=False)
        client.cookies[name] = value

        assert client.get("/arbeid/").status_code == 302
        assert client.get("/").status_code == 200

    def test_v7_2_4_a_planted_session_is_never_signed_in(self, world):
        """Session fixation: whoever gets on gets a name that nobody knew before."""
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = planted = "a" * 32

        with thrown_away():
            client.post("/arbeid/konto/logg-inn/", {"username": "halvveis@example.org", "password": PASSWORD})

        assert client.cookies[settings.SESSION_COOKIE_NAME].value not in ("", planted)


class TestLogs:
    """ASVS 5.0 V16.4.1 and V16.2.5: nobody writes lines of their own into the log, and no secret lands there."""

    @pytest.mark.parametrize("path", ["/a%0a2026-11-21%20CRITICAL%20planted", "/a%0d%0aplanted", "/a%1b[2Jplanted"])
    def test_v16_4_1_a_new_line_in_an_address_is_no_new_line_in_the_log(self, world, caplog, path):
        ask(world.personas[ANONYMOUS], "GET", path)

        assert caplog.records
        assert not any(re.search(r"[\x00-\x1f]", record.getMessage()) for record in caplog.records)

    @pytest.mark.parametrize("checks", [True, False], ids=["forged", "wrong"])
    def test_v16_2_5_an_invitations_secret_is_in_no_log(self, world, caplog, checks):
        token = world.ours["token"]
        caplog.set_level(logging.DEBUG, logger="django.request")
        path = f"/arbeid/konto/invitasjon/{token if checks else token + 'x'}/"

        ask(world.personas[ANONYMOUS], "POST", path, {}, checks=checks)

        assert not any(token in record.getMessage() for record in caplog.records)

    @pytest.mark.parametrize("checks", [True, False], ids=["forged", "wrong"])
    def test_v16_2_5_a_private_links_secret_is_in_no_log(self, world, caplog, checks):
        secret = "a" * 22
        caplog.set_level(logging.DEBUG, logger="django.request")

        ask(world.personas[ANONYMOUS], "POST", f"/rettigheter/lagret/{secret}/", {}, checks=checks)

        assert caplog.records
        assert not any(secret in record.getMessage() for record in caplog.records)

    def test_v16_3_1_a_wrong_password_is_logged(self, world, caplog):
        """Counting tries is no log: nobody could see afterwards that an account was tried, and from where."""
        caplog.set_level(logging.DEBUG, logger="medspiller")
        typed = {"username": "halvveis@example.org", "password": "feil passord til noen"}

        with CaptureQueriesContext(connection) as asked:
            ask(world.personas[ANONYMOUS], "POST", "/arbeid/konto/logg-inn/", typed)

        told = [record for record in caplog.records if record.name.startswith("medspiller")]
        assert told or "audit_accessentry" in written(asked.captured_queries)

    def test_v16_2_5_what_was_typed_is_in_no_log(self, world, caplog):
        caplog.set_level(logging.DEBUG, logger="medspiller")
        typed = {"username": "secret-name@example.org", "password": "secret-password"}

        ask(world.personas[ANONYMOUS], "POST", "/arbeid/konto/logg-inn/", typed)

        assert "secret-" not in caplog.text


class TestMassAssignment:
    """ASVS 5.0 V15.3.3: a form changes what it shows, whatever else is sent along."""

    def test_a_unit_is_neither_moved_nor_closed_nor_given_away(self, world):
        unit_id, leader = world.ours["unit_id"], world.personas[Role.LEADER.value]
        sent = {
            "notice": "Nytt",
            "about": "",
            "opening_hours": "",
            "version": "1",
            "name": "Min",
            "kind": "other",
            "tenant_id": str(leader.tenant_id),
            "parent_id": "",
            "closed_from": "2026-01-01",
            "id": str(unit_id),
        }
        with CaptureQueriesContext(connection) as asked:
            answer = ask(leader, "POST", f"/arbeid/enhet/{unit_id}/endre/", sent)

        changed = [each["sql"] for each in asked.captured_queries if each["sql"].startswith("UPDATE")]
        assert answer.status_code == 302
        assert changed
        for column in ("tenant_id", "parent_id", "closed_from"):
            assert not any(re.search(rf'"{column}" = (?!.*WHERE)', sql.split(" WHERE ")[0]) for sql in changed)

    def test_nobody_ends_anothers_session_by_its_id(self, world):
        for things in (world.ours, world.theirs):
            sent = {"session": str(things["session_id"]), "user_id": "1"}
            for name in (Role.CARE_WORKER.value, Role.ADMINISTRATOR.value):
                assert ask(world.personas[name], "POST", "/arbeid/okter/avslutt/", sent).status_code == 404

    def test_emergency_access_is_for_ones_own_units_only(self, world):
        worker = world.personas[Role.CARE_WORKER.value]
        sent = {
            "given_name": "Kari",
            "family_name": "Demolund",
            "birth_date": "17.05.1951",
            "sure": "on",
            "reason": "Hun har falt hjemme, og vi må vite hvem som kan komme nå.",
            "person_id": "x",
        }
        answers = {
            whose: ask(worker, "POST", "/arbeid/blalys/", {**sent, "unit": str(things["unit_id"])}).status_code
            for whose, things in (("ours", world.ours), ("theirs", world.theirs))
        }

        assert answers == {"ours": 302, "theirs": 422}

    def test_a_role_is_one_of_ours_for_a_unit_of_ours(self, world):
        administrator, ours, theirs = world.personas[Role.ADMINISTRATOR.value], world.ours, world.theirs
        path = f"/arbeid/styring/ansatte/{ours['user_id']}/stilling/{ours['holding_id']}/rolle/"
        days = {"first_day": f"{TODAY:%d.%m.%Y}", "last_day": f"{TODAY + timedelta(days=9):%d.%m.%Y}"}

        def given(**sent: object) -> int:
            sent = {"role": "leader", "unit_id": ours["unit_id"], "user_id": theirs["user_id"]} | sent
            return ask(
                administrator, "POST", path, days | {name: str(value) for name, value in sent.items()}
            ).status_code

        assert given() == 302
        assert given(unit_id=theirs["unit_id"]) == 422
        assert given(role="owner") == 422

    def test_what_an_account_holds_is_changed_at_that_account_only(self, world):
        """The two ids of an address must belong together."""
        administrator, ours, theirs = world.personas[Role.ADMINISTRATOR.value], world.ours, world.theirs
        for user, holding in ((ours, theirs), (theirs, ours)):
            path = f"/arbeid/styring/ansatte/{user['user_id']}/stilling/{holding['holding_id']}/avslutt/"

            assert ask(administrator, "POST", path).status_code == 404
