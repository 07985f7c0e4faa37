"""
Ids that somebody puts into a form in place of those it was given with: another tenant's, and nobody's.

The walk forges what stands in addresses; this forges what stands in hidden fields, in choices, on buttons and in the
names of fields, of every form that a page shows to whoever is let in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.core import clock, ids
from tests.security.test_walk import ROUTES, address, name_of, somebody_let_in
from tests.security.world import ask

READ = [route for route in ROUTES if "GET" in route["methods"]]
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# What was asked for stands there, found or not.
_MAY_NAME_IT = {"audit_accessentry", "django_session"}
_TYPED = {"email": "kari@example.org", "number": "1", "tel": "+47 00 00 00 01", "password": "femten grønne sykler"}
# A form whose every press is one of the same list is tried for so many of them.
_FIELDS_MOST = 4


@dataclass(frozen=True, slots=True)
class Form:
    """A form as a page shows it: where it is sent, and what a browser would send with every choice made."""

    path: str
    fields: dict[str, str] = field(default_factory=dict)
    presses: list[tuple[str, str]] = field(default_factory=list)

    def with_ids(self) -> Iterator[tuple[str, str]]:
        """Yield name and value of what holds an id: one field of each kind, and one press."""
        seen: set[str] = set()
        for name, value in (*self.fields.items(), *self.presses):
            kind = _ID.sub("*", f"{name}={value}") if _ID.search(name) else name
            if _ID.search(f"{name}={value}") and kind not in seen:
                seen.add(kind)
                yield name, value

    def sent(self, name: str, value: str, id_: str) -> dict[str, str]:
        """Return what is sent with an id put into one field; the address of the form says nothing of it."""
        kept = {each: text for each, text in self.fields.items() if each != name}
        return kept | {_ID.sub(id_, name): _ID.sub(id_, value)}


class _Forms(HTMLParser):
    """Collects the forms of a page that are sent by POST, each filled in with the first of what can be chosen."""

    def __init__(self, here: str):
        super().__init__()
        self._here, self._open, self._choice = here, False, ""
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = given.get("method", "").lower() == "post"
            if self._open:
                self.found.append(Form(urljoin(self._here, given.get("action") or self._here)))
        elif self._open:
            self._see(tag, given.get("name", ""), given.get("value", ""), given.get("type", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False

    def _see(self, tag: str, name: str, value: str, kind: str) -> None:
        form = self.found[-1]
        if tag == "option":
            form.fields[self._choice] = form.fields[self._choice] or value
        elif not name or name == "csrfmiddlewaretoken":
            return
        elif tag == "button" or kind == "submit":
            form.presses.append((name, value))
        elif tag == "select":
            self._choice, form.fields[name] = name, ""
        elif kind in ("checkbox", "radio"):
            form.fields.setdefault(name, value)
        elif tag in ("input", "textarea"):
            form.fields[name] = value or _TYPED.get(kind, _typed(name))


def forms_on(page: str, here: str) -> list[Form]:
    """Return the forms of a page that are sent by POST, filled in; none where no id stands on it."""
    parser = _Forms(here)
    if _ID.search(page):
        parser.feed(page)
    return parser.found


def _typed(name: str) -> str:
    is_day = any(word in name for word in ("dag", "dato", "date", "day", "_on", "fra", "til", "frist"))
    return clock.today().strftime("%d.%m.%Y") if is_day else "Skrevet av noen andre"


def stored(queries: list[dict[str, Any]], id_: str) -> list[str]:
    """Return the statements that write an id anywhere but where it is told of."""
    told = ((match, each["sql"]) for each in queries if (match := _WRITES.match(each["sql"])))
    return [sql for match, sql in told if id_ in sql and match[1].lower() not in _MAY_NAME_IT]


def forged(world: Any, value: str) -> Iterator[str]:
    """Yield the same thing of another tenant where there is one, else its unit, and a thing that nobody has."""
    own = _ID.search(value)
    kinds = [name for name, each in world.ours.items() if own and str(each) == own[0]]
    yield str(world.theirs[kinds[0] if kinds else "unit_id"])
    yield str(ids.new_id())


@pytest.mark.parametrize("route", READ, ids=name_of)
def test_an_id_of_somebody_elses_is_neither_stored_nor_a_fault(world, route):
    persona, here = somebody_let_in(world, route), address(route, world.ours)
    page = ask(persona, "GET", here)
    if not page.get("Content-Type", "").startswith("text/html") or page.status_code != 200:
        return

    wrong = {}
    for form in forms_on(page.content.decode(), here):
        for name, value in list(form.with_ids())[:_FIELDS_MOST]:
            for id_ in forged(world, f"{name}={value}"):
                with CaptureQueriesContext(connection) as asked:
                    answer = ask(persona, "POST", urlsplit(form.path).path, form.sent(name, value, id_))
                if answer.status_code >= 500 or stored(asked.captured_queries, id_):
                    wrong[form.path, name] = (answer.status_code, stored(asked.captured_queries, id_))

    assert wrong == {}


# What pages read from behind the question mark, and what it names there.
ASKED = {
    **dict.fromkeys(("enhet", "unit"), "unit_id"),
    **dict.fromkeys(("person", "pasient", "for", "barn"), "person_id"),
    **dict.fromkeys(("nasjonal", "strategi"), "strategy_id"),
    **dict.fromkeys(("kopi", "mot"), "entry_id"),
    **dict.fromkeys(("fra", "igjen"), "response_id"),
    "retter": "measure_id",
}
# Shows a new secret as a picture each time.
DRAWS = {"access:add_totp"}
# What is drawn anew for each page.
_DRAWN = re.compile(rf'(?:nonce|value|content)="[^"]*"|{_ID.pattern}|\d{{6,}}')


@pytest.mark.parametrize("route", [route for route in READ if route["access"] != "public"], ids=name_of)
def test_a_page_tells_nothing_of_an_id_that_is_asked_about(world, route):
    persona, here = somebody_let_in(world, route), address(route, world.ours)
    of_theirs = {name: str(world.theirs[thing]) for name, thing in ASKED.items()}
    of_nobody = {name: str(ids.new_id()) for name in ASKED}

    theirs, nobodys = (ask(persona, "GET", f"{here}?{urlencode(asked)}") for asked in (of_theirs, of_nobody))

    assert theirs.status_code == nobodys.status_code < 500
    if theirs.get("Content-Type", "").startswith("text/html") and route["name"] not in DRAWS:
        assert _DRAWN.sub("", theirs.content.decode()) == _DRAWN.sub("", nobodys.content.decode())


class TestTheseTests:
    """A forgery that reaches nothing would prove nothing."""

    def test_find_ids_on_pages(self, world):
        pages = 0
        for route in READ:
            if route["name"].rpartition(":")[2] in ("item", "open_involvement", "new_measure", "participants", "unit"):
                here = address(route, world.ours)
                page = ask(somebody_let_in(world, route), "GET", here).content.decode()
                pages += any(list(form.with_ids()) for form in forms_on(page, here))

        assert pages >= 2

    def test_see_an_id_that_is_stored(self):
        id_ = str(ids.new_id())
        written = [{"sql": f'INSERT INTO "people_involvement" ("unit_id") VALUES (\'{id_}\'::uuid)'}]
        told = [{"sql": f'INSERT INTO "audit_accessentry" ("subject_id") VALUES (\'{id_}\'::uuid)'}]

        assert stored(written, id_)
        assert not stored(told, id_)
        assert not stored([{"sql": f"SELECT 1 WHERE id = '{id_}'"}], id_)

    def test_fill_in_what_a_form_shows(self):
        id_ = str(ids.new_id())
        page = (
            '<form method="post" action="ny/"><select name="unit"><option value=""><option value="x"></select>'
            f'<input type="hidden" name="of" value="{id_}"><button name="gjor" value="stryk:{id_}"></form>'
        )
        (form,) = forms_on(page, "/arbeid/liste/")

        assert form.path == "/arbeid/liste/ny/"
        assert form.fields["unit"] == "x"
        assert [name for name, _value in form.with_ids()] == ["of", "gjor"]
        assert form.sent("gjor", f"stryk:{id_}", "y") == {"unit": "x", "of": id_, "gjor": "stryk:y"}
