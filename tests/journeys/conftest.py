"""A town that journeys happen in, and the people in it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext

from medspiller.core import clock
from tests.journeys.things import Things, make
from tests.journeys.town import Town, settle
from tests.support.browser import Site, served, window
from tests.support.database import commits
from tests.support.fake_issuer import listening

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}

# Each width and each way of working comes up in every run, all four together in the long sweeps.
ON_EVERY_DEVICE = pytest.mark.parametrize(
    ("kind", "script"),
    [
        pytest.param(PHONE, True, id="360px-script"),
        pytest.param(DESK, False, id="1280px-no script"),
        pytest.param(PHONE, False, id="360px-no script", marks=pytest.mark.soak),
        pytest.param(DESK, True, id="1280px-script", marks=pytest.mark.soak),
    ],
)

Device = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def visited(django_db_setup: None, django_db_blocker: object) -> Iterator[tuple[Site, Town, Things]]:
    """One town for all tests of a module that only look at it, with one of each thing in it."""
    with django_db_blocker.unblock(), commits(), served() as site, listening() as issuer:  # type: ignore[attr-defined]
        town = settle()
        yield site, town, make(town, issuer)


@pytest.fixture
def town(site: Site) -> Town:
    """A town of its own, for a test that changes something."""
    return settle()


@pytest.fixture
def days_go_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let days go by for the whole house: `frozen` holds the clock for one thread, and the server has its own."""
    real, gone = clock.now, [timedelta()]
    monkeypatch.setattr(clock, "now", lambda: real() + gone[0])

    def go_by(days: int) -> None:
        gone[0] += timedelta(days=days)

    return go_by


@pytest.fixture
def device(browser: Browser, site: Site, town: Town) -> Iterator[Device]:
    """Give somebody a device: `device(PHONE)` or `device(DESK, java_script_enabled=False)` is a window of their own."""
    opened = []

    def given(kind: dict[str, object], **options: object) -> BrowserContext:
        opening = window(browser, site, **kind, **options)
        opened.append(opening)
        return opening.__enter__()

    yield given
    for opening in opened:
        opening.__exit__(None, None, None)
