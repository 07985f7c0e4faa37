"""kill -9 of web and database while carers answer: what was kept is there, and what is finished is finished once."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import psycopg
import pytest

from tests.faults.installation import START_SECONDS, Installation, running
from tests.faults.visitor import PAUSE_SECONDS, STORED, NoAnswer, Refused, Visitor, form_of

OWN_FORMS = "/min-side/skjema/"
FORM = "https://medspiller.no/fhir/Questionnaire/what-matters"
CARERS = ("datter", "etterlatt", "forelder")
EACH_WITHIN_SECONDS = 30
ANSWERS = f"SELECT status, answers::text FROM questionnaires_response WHERE questionnaire_url = '{FORM}'"


@dataclass
class Told:
    """What the site has acknowledged. `kept` is by carer: what they last wrote, and whether it has been finished."""

    wanted: int
    kept: dict[str, str] = field(default_factory=dict)
    finished: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def is_over(self) -> bool:
        return bool(self.faults) or len(self.finished) >= self.wanted

    def note(self, act: Callable[[], object]) -> None:
        with self.changed:
            act()
            self.changed.notify_all()

    def wait_for(self, more: int) -> bool:
        with self.changed:
            wanted = len(self.finished) + more
            return self.changed.wait_for(
                lambda: self.is_over or len(self.finished) >= wanted, timeout=more * EACH_WITHIN_SECONDS
            )


class Answerer(Visitor):
    """A carer who writes one thing, keeps it, and finishes; then begins again."""

    def answer(self, told: Told) -> None:
        number = 0
        while not told.is_over:
            number += 1
            self.answer_once(told, f"{self.persona} {number}.")

    def answer_once(self, told: Told, mark: str) -> None:
        address = self.keep(mark)
        told.note(lambda: told.kept.update({self.persona: mark}))
        self.finish(address)
        told.note(lambda: told.finished.append(mark))

    def keep(self, mark: str) -> str:
        """Begin the form, write in it what matters and leave it; return where it is gone on with."""
        address = self.until(lambda: self.sent(OWN_FORMS, f"{OWN_FORMS}?begynn={FORM}", {"form": FORM}))
        self.until(lambda: self.sent(address, address, {"q-what-matters": mark, "gaa": "senere"}))
        return address

    def finish(self, address: str) -> None:
        self.until(lambda: self.sent(f"{address}oversikt/", f"{address}oversikt/", {}))

    def until(self, act: Callable[[], str]) -> str:
        """Do it until it is acknowledged, as one who presses again."""
        while True:
            try:
                return act()
            except NoAnswer:
                threading.Event().wait(PAUSE_SECONDS)

    def sent(self, to: str, page: str, fields: dict[str, str]) -> str:
        """Fill in the form on a page, and return where the answer leads. What is finished already leads on at once."""
        shown = self._answered("GET", page)
        if shown.status_code == STORED:
            return shown.headers["Location"]
        named = {"csrfmiddlewaretoken": "", "_seen": ""} if "/svar/" in page else fields
        filled = form_of(shown.text, named) | fields
        answer = self._answered("POST", to, data=filled, headers={"Referer": self.installation.url + page})
        if answer.status_code != STORED:
            raise Refused(f"{to}: {answer.status_code}")
        return answer.headers["Location"]


def answers(visitor: Answerer, told: Told) -> None:
    try:
        visitor.until(lambda: visitor.sign_in() or "")
        visitor.answer(told)
    except (Refused, KeyError) as fault:
        what = repr(fault)
        told.note(lambda: told.faults.append(what))


@pytest.fixture(scope="module")
def installation(with_demo: Path) -> Iterator[Installation]:
    with running(with_demo) as made:
        yield made


def stored(installation: Installation) -> list[tuple[str, str]]:
    """What the carers here have written, each with the state that its answers are in."""
    rows = [(status, written(text)) for status, text in installation.asked(ANSWERS)]
    return [(status, text) for status, text in rows if text.split(" ")[0] in CARERS]


def survived(installation: Installation, *, finished: int, every: int) -> Counter[str]:
    """Let carers finish so many while web and database are killed in turn, and find all that was acknowledged."""
    told, killed = Told(finished), Counter[str]()
    people = [
        threading.Thread(target=answers, args=(Answerer(installation, each), told), daemon=True) for each in CARERS
    ]
    for each in people:
        each.start()
    kills = (("web workers", installation.kill_web_workers), ("database", installation.kill_database))
    for name, kill in cycle(kills):
        assert told.wait_for(every), f"{killed}\n{installation.told()}"
        if told.is_over:
            break
        kill()
        killed[name] += 1
    for each in people:
        each.join(4 * EACH_WITHIN_SECONDS)
    assert told.faults == []

    rows = stored(installation)
    done = Counter(text for status, text in rows if status == "completed")
    assert [mark for mark in told.finished if done[mark] != 1] == []
    assert [mark for mark in told.kept.values() if mark not in [text for _status, text in rows]] == []
    assert {text: times for text, times in done.items() if times != 1} == {}
    return killed


def stored_within(installation: Installation, seconds: float) -> list[tuple[str, str]]:
    """The same, once the database answers again."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return stored(installation)
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(PAUSE_SECONDS)


def written(answers_text: str) -> str:
    """What somebody wrote that matters to them; empty in answers where nothing is written yet."""

    def texts(items: list[dict[str, object]]) -> Iterator[str]:
        for item in items:
            if item["linkId"] == "what-matters":
                yield from (each["valueString"] for each in item.get("answer", ()))  # type: ignore[attr-defined]
            yield from texts(item.get("item", []))  # type: ignore[arg-type]

    return next(texts(json.loads(answers_text).get("item", [])), "")


@pytest.mark.slow
@pytest.mark.parametrize("kill", [Installation.kill_web_workers, Installation.kill_database], ids=["web", "database"])
def test_killed_between_keeping_and_finishing_it_is_all_there_and_finished_once(installation, kill):
    carer, mark = Answerer(installation, CARERS[0]), f"{CARERS[0]} {kill.__name__}."
    carer.until(lambda: carer.sign_in() or "")
    address = carer.keep(mark)

    kill(installation)

    assert ("in_progress", mark) in stored_within(installation, START_SECONDS)
    carer.finish(address)
    carer.finish(address)
    assert [status for status, text in stored(installation) if text == mark] == ["completed"]


@pytest.mark.slow
def test_what_carers_have_kept_and_finished_is_there_though_web_and_database_were_killed(installation):
    assert set(survived(installation, finished=12, every=4)) == {"web workers", "database"}


@pytest.mark.soak
def test_three_hundred_finished_answers_are_there_once_each(installation):
    assert min(survived(installation, finished=300, every=20).values()) >= len(("early", "halfway", "late"))
