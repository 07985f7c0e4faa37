"""People who use a whole site over HTTP, as browsers would: many threads, one person and one connection each."""

import http.client
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import quote, urlencode, urlsplit

# What a browser gives up after.
PATIENCE_SECONDS = 30
_HREF = re.compile(r'href="(/[^"#]*)"')
_ID = "[0-9a-f-]{36}"
# What names a page of its kind, and how many of them a person looks at in turn.
_LINKS_MOST = 40

Get = Callable[[str], "Answer"]


class NoAnswer(Exception):
    """Nobody answered: refused, cut off, or too late."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, where a redirect leads, and the page."""

    status: int
    location: str
    page: str


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of visitor: who they are in the demo, the pages they look at, and what they write.

    `pages` are addresses, each as often as it stands there. `lists` are read once for links that fit one of `links`.
    `writes` are addresses of forms with what is filled in; `{mark}` is put in for a mark of its own.
    """

    personas: Sequence[str]
    pages: Sequence[str]
    lists: Sequence[str] = ()
    links: Sequence[str] = ()
    form_below: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    writes_of_100: int = 0


_SEARCHED = [f"/arbeid/personer/?q={quote(name)}" for name in ("kari", "demo", "ola demo", "nora", "hansen")]
_FOUND = [f"/tilbud/?q={quote(words)}" for words in ("samtale", "avlastning", "demens", "barn sorg", "kurs")]

CARERS = Kind(
    personas=("datter", "forelder", "ungdom", "etterlatt"),
    pages=("/min-side/", "/min-side/", "/min-side/oppfolging/", "/min-side/skjema/", "/min-side/rundt-meg/",
           "/min-side/samtykker/", "/min-side/varsler/", "/min-side/innsyn/", "/min-side/pameldinger/"),
    form_below="/min-side/kontakt/onsker/",
    writes_of_100=4,
)  # fmt: skip
STAFF = Kind(
    personas=("pårørendekontakt", "omsorgsarbeider", "leder", "barneansvarlig"),
    pages=("/arbeid/", "/arbeid/", "/arbeid/oppgaver/", "/arbeid/oppgaver/", "/arbeid/personer/", "/arbeid/oppfolging/",
           *_SEARCHED),
    lists=("/arbeid/personer/", "/arbeid/oppfolging/", "/arbeid/oppgaver/"),
    links=(rf"/arbeid/personer/{_ID}/", rf"/arbeid/oppfolging/{_ID}/", rf"/arbeid/oppgaver/{_ID}/"),
    form_below="hendelse/",
    form={"tekst": "{mark}"},
    writes_of_100=10,
)  # fmt: skip
STEERING = Kind(
    personas=("strategiansvarlig",),
    pages=("/arbeid/strategi/", "/arbeid/strategi/", "/arbeid/strategi/indikatorer/"),
    lists=("/arbeid/strategi/",),
    links=(rf"/arbeid/strategi/{_ID}/",),
)
STRANGERS = Kind(
    personas=("",),
    pages=("/", "/tilbud/", "/rettigheter/", "/rettigheter/alle/", "/ung/", "/plan/", *_FOUND),
    lists=("/tilbud/",),
    links=(r"/tilbud/[a-z0-9-]+/",),
)
# Of twelve visitors.
MIX = (STAFF, STRANGERS, CARERS, STAFF, CARERS, STRANGERS, STAFF, CARERS, STAFF, STRANGERS, CARERS, STEERING)


class Visitor:
    """One person in one browser."""

    def __init__(self, url: str, kind: Kind, number: int):
        self.kind, self._number = kind, number
        self._host = urlsplit(url).netloc
        self._origin = url
        self._choose = random.Random(number)  # noqa: S311 - the same visits in each run
        self._cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None
        self._links: dict[str, list[str]] = {}

    def begin(self) -> None:
        """
        Sign in, and find out which things there are to look at.

        :raises NoAnswer: if the site does not let them.
        """
        persona = self.kind.personas[self._number % len(self.kind.personas)]
        if persona and self.ask("GET", f"/demo/logg-inn/{quote(persona)}/").status != HTTPStatus.FOUND:
            raise NoAnswer(f"{persona} cannot sign in")
        seen = [_HREF.findall(self.ask("GET", path).page) for path in self.kind.lists]
        for pattern in self.kind.links:
            found = sorted({path for page in seen for path in page if re.fullmatch(pattern, path)})
            if found:
                self._links[pattern] = self._choose.sample(found, min(_LINKS_MOST, len(found)))

    def visit(self, next_mark: Callable[[], str]) -> tuple[str, str, Callable[[], Answer]]:
        """
        Choose what to do next: return what it is called, the mark that it writes if it does, and how it is done.

        A form is opened here, which is a visit of its own; what is returned sends it.
        """
        form = self._form() if self._choose.randrange(100) < self.kind.writes_of_100 else ""
        if form:
            mark = next_mark()
            page = self.ask("GET", form)
            if page.status != HTTPStatus.OK:
                return f"GET {plain(form)}", "", lambda: page
            filled = {name: value.format(mark=mark) for name, value in self.kind.form.items()}
            sent = fields_of(page.page) | filled
            marked = mark if filled else ""
            return f"POST {plain(form)}", marked, lambda: self.ask("POST", form, sent)
        # Every other page is one of many of its kind, where there are any.
        if self._links and self._choose.random() < 0.5:
            path = self._choose.choice(self._links[self._choose.choice(sorted(self._links))])
        else:
            path = self._choose.choice(self.kind.pages)
        return f"GET {plain(path)}", "", lambda: self.ask("GET", path)

    def _form(self) -> str:
        if self.kind.form_below.startswith("/"):
            return self.kind.form_below
        files = self._links.get(rf"/arbeid/oppfolging/{_ID}/", [])
        return f"{self._choose.choice(files)}{self.kind.form_below}" if files and self.kind.form_below else ""

    def ask(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> Answer:
        """
        Send one request on the visitor's connection, and keep the cookies.

        :raises NoAnswer: if nobody answers.
        """
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self._origin}
        try:
            self._connection = self._connection or http.client.HTTPConnection(self._host, timeout=PATIENCE_SECONDS)
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            page = answer.read().decode()
        except (OSError, http.client.HTTPException) as fault:
            self._hang_up()
            raise NoAnswer(type(fault).__name__) from None
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.will_close:
            self._hang_up()
        return Answer(answer.status, answer.headers.get("Location", ""), page)

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def plain(path: str) -> str:
    """
    Return an address without what names one thing, so that pages of a kind are counted together.

    >>> plain("/tilbud/?q=kurs")
    '/tilbud/?q='
    """
    short = re.sub(_ID, "*", path)
    return re.sub(r"(?<=^/tilbud/)[a-z0-9-]+(?=/$)", "*", re.sub(r"=.*", "=", short))


def fields_of(page: str) -> dict[str, str]:
    """Return what a browser would send of the form of a page that has the most fields."""
    parser = _Fields()
    parser.feed(page)
    return max(parser.forms, key=len, default={})


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._choice = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value, kind = given.get("name", ""), given.get("value", ""), given.get("type", "")
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag == "option" and self._choice:
            if "selected" in given or self._choice not in self.forms[-1]:
                self.forms[-1][self._choice] = value
        elif name and tag == "select":
            self._choice = name
        elif name and tag == "textarea":
            self.forms[-1][name], self._text = "", name
        elif name and tag == "input" and (kind not in ("checkbox", "radio") or "checked" in given):
            self.forms[-1][name] = value

    def handle_data(self, data: str) -> None:
        if self._text:
            self.forms[-1][self._text] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select"):
            self._text = self._choice = ""


def wait_until(moment: float) -> None:
    """Sleep until a moment of `time.perf_counter`."""
    left = moment - time.perf_counter()
    if left > 0:
        time.sleep(left)
