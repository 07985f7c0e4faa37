"""
People who fill in forms while the site is being hurt: over HTTP, signed in, as a browser without script would.

    with typing(installation, by="tilgangsstyrer", at=form_address, fields=a_new_unit) as sent:
        installation.kill_web_workers()
        sent.wait_for(100, seconds=60)
    assert sent.acknowledged …
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import html5lib
import requests

from tests.faults.installation import Installation

# What a person gives up after and tries again.
PATIENCE_SECONDS = 15
PAUSE_SECONDS = 0.1
STORED, UNAVAILABLE = 302, 503

Fields = Callable[[str], Mapping[str, str]]


class NoAnswer(Exception):
    """Nobody answered, or somebody answered that it cannot be done now. Whether anything is stored is unknown."""


class Refused(Exception):
    """The site answered that it will not: the test asks for something it should not."""


class Visitor:
    """One person in one browser."""

    def __init__(self, installation: Installation, persona: str):
        self.installation = installation
        self.persona = persona
        self.browser = requests.Session()
        self.browser.trust_env = False

    def sign_in(self) -> None:
        """
        Become a persona of the demo.

        :raises NoAnswer: if it did not work; try again.
        """
        answer = self._answered("GET", f"/demo/logg-inn/{self.persona}/")
        if answer.status_code != STORED:
            raise Refused(f"{self.persona} cannot sign in: {answer.status_code}")

    def send(self, path: str, fields: Mapping[str, str]) -> None:
        """
        Open the form at `path`, fill in `fields` and send it with what stands in it already, hidden fields too.

        :raises NoAnswer: if it is not known whether it was stored.
        :raises Refused: if the form came back, with what stood at its fields.
        """
        self.press(path, self.filled(path, fields))

    def filled(self, path: str, fields: Mapping[str, str]) -> dict[str, str]:
        """
        Open the form at `path` and return what a browser would send of it with `fields` filled in.

        :raises NoAnswer: if there was none.
        :raises Refused: if there is no such form.
        """
        page = self._answered("GET", path)
        if page.status_code != 200:
            raise Refused(f"{path}: {page.status_code} {page.headers.get('Location', '')}")
        return form_of(page.text, fields) | dict(fields)

    def press(self, path: str, filled: Mapping[str, str]) -> None:
        """
        Send a form that was filled in, for the first time or again.

        :raises NoAnswer: if it is not known whether it was stored.
        :raises Refused: if the form came back, with what stood at its fields.
        """
        answer = self._answered("POST", path, data=dict(filled), headers={"Referer": self.installation.url + path})
        if answer.status_code != STORED:
            raise Refused(f"{path}: {answer.status_code} for {sorted(filled)}")

    def _answered(self, method: str, path: str, **options: object) -> requests.Response:
        try:
            answer = self.browser.request(
                method, self.installation.url + path, timeout=PATIENCE_SECONDS, allow_redirects=False, **options
            )
        except requests.RequestException as fault:
            raise NoAnswer(str(fault)) from None
        if answer.status_code == UNAVAILABLE:
            raise NoAnswer(path)
        return answer


def form_of(page: str, wanted: Mapping[str, str]) -> dict[str, str]:
    """Return what a browser would send of the form on `page` that has all fields of `wanted`, before anybody types."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    for form in document.iter("form"):
        values = {each.get("name"): each.get("value", "") for each in form.iter("input") if sends(each)}
        values |= {each.get("name"): "".join(each.itertext()) for each in form.iter("textarea")}
        for choice in form.iter("select"):
            chosen = [each for each in choice.iter("option") if "selected" in each.attrib] or list(
                choice.iter("option")
            )
            values |= {choice.get("name"): chosen[0].get("value", "") for _ in chosen[:1]}
        named = {each.get("name") for each in form.iter() if each.get("name")}
        if named >= {*wanted, "csrfmiddlewaretoken"}:
            return values
    raise Refused(f"no form with {sorted(wanted)} on the page")


def sends(control: object) -> bool:
    """Say whether an input is sent as it stands: named, and ticked if it can be."""
    kind, attributes = control.get("type", "text"), control.attrib  # type: ignore[attr-defined]
    return "name" in attributes and (kind not in {"checkbox", "radio"} or "checked" in attributes)


@dataclass
class Sent:
    """
    What several visitors have sent. A mark is acknowledged once the site has answered that it is stored.

    `unanswered` has a mark each time that nobody answered, also where it was acknowledged afterwards.
    """

    marks: Iterator[str]
    limit: int | None = None
    acknowledged: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def next_mark(self) -> str:
        with self.changed:
            return next(self.marks)

    def note(self, kept: list[str], what: str) -> None:
        with self.changed:
            kept.append(what)
            if self.refused or (self.limit is not None and len(self.acknowledged) >= self.limit):
                self.over.set()
            self.changed.notify_all()

    def wait_for(self, more: int, *, seconds: float) -> bool:
        """Wait until so many more are acknowledged than now; False if that takes too long, or they stop before."""
        with self.changed:
            wanted = len(self.acknowledged) + more
            self.changed.wait_for(lambda: len(self.acknowledged) >= wanted or self.over.is_set(), timeout=seconds)
            return len(self.acknowledged) >= wanted


@contextmanager
def typing(
    installation: Installation,
    *,
    by: str,
    at: str,
    fields: Fields,
    visitors: int = 3,
    limit: int | None = None,
    again: bool = False,
) -> Iterator[Sent]:
    """
    Let `visitors` fill in the form at `at`, each time with `fields` of a mark that was never used before.

    What is not acknowledged is not sent again, so that a mark is stored once or not at all. With `again` the very same
    is sent until it is acknowledged, as by somebody who presses the button once more. They stop at the end of the
    block, or once `limit` are acknowledged.
    """
    began = f"{time.time_ns():x}"
    sent = Sent(marks=(f"{began}-{number}" for number in range(10**9)), limit=limit)
    threads = [
        threading.Thread(target=_type, args=(Visitor(installation, by), at, fields, sent, again), daemon=True)
        for _ in range(visitors)
    ]
    for thread in threads:
        thread.start()
    try:
        yield sent
    finally:
        sent.over.set()
        for thread in threads:
            thread.join(4 * PATIENCE_SECONDS)
    assert not any(thread.is_alive() for thread in threads), "a visitor still waits for an answer"
    assert sent.refused == []


def _type(visitor: Visitor, at: str, fields: Fields, sent: Sent, again: bool) -> None:
    signed_in = False
    mark, filled = "", None
    while not sent.over.is_set():
        mark = mark or sent.next_mark()
        try:
            if not signed_in:
                visitor.sign_in()
                signed_in = True
            filled = filled or visitor.filled(at, fields(mark))
            visitor.press(at, filled)
        except NoAnswer:
            sent.note(sent.unanswered, mark)
            time.sleep(PAUSE_SECONDS)
            if again:
                continue
        except Refused as refused:
            sent.note(sent.refused, str(refused))
        else:
            sent.note(sent.acknowledged, mark)
        mark, filled = "", None
