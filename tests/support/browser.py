"""
A real browser on a real server: Debian's Chromium, driven by Playwright.

The server answers from threads of this process, so that a test can write what a page then shows. Playwright's
event loop lives as long as the browser of a module: jobs in the tests of another module need a loop of their own.
"""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponseBase
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, expect, sync_playwright

CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
# A busy machine is slow; what is right there at once is not waited for.
PATIENCE_SECONDS = 30
MOST_PAGES_IN_PASSING = 3


def chromium() -> str | None:
    """Return the browser to use: `MEDSPILLER_CHROMIUM`, else what the machine has."""
    named = os.environ.get("MEDSPILLER_CHROMIUM")
    found = [shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")]
    return named or next(filter(None, found), None)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing about each request."""


class _Server(ThreadedWSGIServer):
    """A server that knows which of its threads are still at work; each closes its own database connection."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Quiet)
        self.at_work: set[threading.Thread] = set()

    def process_request_thread(self, *request: object) -> None:
        thread = threading.current_thread()
        self.at_work.add(thread)
        try:
            super().process_request_thread(*request)
        finally:
            self.at_work.discard(thread)


class _StaticKept(StaticFilesHandler):
    """Style sheets and scripts that a browser may keep, as in production: else it asks for all of them on each page."""

    def serve(self, request: HttpRequest) -> HttpResponseBase:
        answer = super().serve(request)
        answer.headers["Cache-Control"] = "max-age=3600"
        return answer


@dataclass(frozen=True, slots=True)
class Site:
    """A running server with the test database behind it."""

    url: str


def _cookies_over_http() -> dict[str, object]:
    """The settings of cookies as they are where there is no https: a browser would refuse the others."""
    named = {name: getattr(settings, name).removeprefix("__Host-") for name in dir(settings) if _ends(name, "NAME")}
    return named | {name: False for name in dir(settings) if _ends(name, "SECURE")}


def _ends(setting: str, what: str) -> bool:
    return setting.endswith(f"_COOKIE_{what}")


@contextmanager
def served() -> Iterator[Site]:
    """
    Serve the site on a port of its own, as a demo and without https.

    When this ends nobody is served any more: a request still under way would hold locks on the
    tables that the next test finds empty.
    """
    # Settings are overridden for the whole process, so the server's threads see them too.
    with override_settings(DEMO=True, TEST_PERSON_NUMBERS=True, HTTPS=False, **_cookies_over_http()):
        answering = _StaticKept(get_wsgi_application())
        server = _Server()
        server.set_app(answering)
        listening = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
        listening.start()
        try:
            yield Site(url=f"http://127.0.0.1:{server.server_port}")
        finally:
            server.shutdown()
            server.server_close()
            for thread in (listening, *server.at_work):
                thread.join(PATIENCE_SECONDS)
            assert not server.at_work, "a request is still under way"


@pytest.fixture
def site(committed: None) -> Iterator[Site]:
    """The site for the length of one test."""
    with served() as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.fail("No Chromium found: install it (apt-get install chromium) or set MEDSPILLER_CHROMIUM.")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's event loop would make Django refuse to use the database in this thread.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        # `expect` has a patience of its own, and a short one.
        expect.set_options(timeout=PATIENCE_SECONDS * 1000)
        yield browser
        browser.close()


@contextmanager
def window(browser: Browser, site: Site, **options: object) -> Iterator[BrowserContext]:
    """Open a window of its own: what one person has on one device, with its own cookies."""
    context = browser.new_context(**{"base_url": site.url, "locale": "nb-NO", **options})
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    try:
        yield context
    finally:
        context.close()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    with window(browser, site, viewport={"width": 1280, "height": 900}) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def follow(page: Page, what: Locator) -> None:
    """Click what leads to another page, and wait until that has come: a click alone does not."""
    with page.expect_navigation():
        what.click()


def axe_violations(page: Page) -> list[str]:
    """Return what axe finds wrong on the page as it is now: rule, help and the first element."""
    for _ in range(MOST_PAGES_IN_PASSING):
        try:
            return _axe_violations(page)
        except Error as fault:
            # The page was left while it was looked at: the one that comes is what somebody sees.
            if "context was destroyed" not in str(fault):
                raise
    raise AssertionError("the page never stands still")


def _axe_violations(page: Page) -> list[str]:
    page.wait_for_load_state("domcontentloaded")
    # What is still fading in has not its colours yet.
    page.evaluate("() => Promise.allSettled(document.getAnimations().map(each => each.finished))")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{v['id']}: {v['help']} — {v['nodes'][0]['html']}" for v in found]


def listen_for_complaints(page: Page) -> list[str]:
    """Return a list that fills with what the browser complains of: failing scripts, refusals by the content policy."""
    heard: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            heard.append(f"{message.type}: {message.text}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: heard.append(f"script: {error}"))
    page.on("requestfailed", lambda request: heard.append(f"not fetched: {request.url} ({request.failure})"))
    return heard


def sideways_scroll(page: Page) -> int:
    """Return how many pixels the page is wider than its window."""
    page.wait_for_load_state("domcontentloaded")
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
