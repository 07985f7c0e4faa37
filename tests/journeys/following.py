"""People who follow carers up: the shipped pathways in a town, and what one does at a file and a plan."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from playwright.sync_api import expect

from medspiller.access.domain import actors
from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.content import services as content
from medspiller.content.domain.definitions import Definition
from medspiller.core import tenancy
from tests.journeys.asking import Answering, library
from tests.support.browser import sideways_scroll
from tests.support.database import HERE
from tests.support.jobs import run_jobs

_NEEDED = ("/adult-carer", "/child-of-parent", "/what-matters")


def _shipped() -> tuple[Definition, ...]:
    found = [each for kind in ("pathways", "questionnaires") for each in library().of_kind(kind)]
    return (*(each for each in found if each.url.endswith(_NEEDED)), *library().of_kind("guideline"))


def publish_pathways() -> None:
    """Publish the pathways and forms that the journeys go through."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        content.publish(actor=actors.system(HERE), definitions=_shipped())


def the_house_hears() -> None:
    """Let what waits to be told be told. In a thread of its own: the browser has an event loop here."""
    with ThreadPoolExecutor(max_workers=1) as worker:
        worker.submit(run_jobs).result()


@dataclass(frozen=True, slots=True)
class Following(Answering):
    """Somebody at a file or a plan, with script or without. Fields are named as the address of a form names them."""

    def fills(self, name: str, text: str) -> "Following":
        self.page.locator(f"#id_{name}").fill(text)
        return self

    def picks(self, name: str, label: str) -> "Following":
        """Choose from a list."""
        self.page.locator(f"#id_{name}").select_option(label=label)
        return self

    def ticks(self, name: str, value: str) -> "Following":
        """Choose one of several that stand there."""
        self.page.locator(f'input[name="{name}"][value="{value}"]').check()
        return self

    def sends(self, button: str) -> "Following":
        """Press the button of a form, and come to the next page."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=button, exact=True).click()
        return self

    def at(self) -> str:
        """The address one is at."""
        return urlsplit(self.page.url).path

    def does(self, plan: str, step: str, result: str = "") -> "Following":
        """Say that a step of a plan is done; one is at the plan then."""
        self.visit(f"{plan}steg/{step}/")
        if result:
            self.ticks("resultat", result)
        return self.sends("Det er gjort").is_at_plan(plan)

    def skips(self, plan: str, step: str, reason: str) -> "Following":
        self.visit(f"{plan}steg/{step}/hopp-over/").fills("grunn", reason)
        return self.sends("Hopp over steget").is_at_plan(plan)

    def finds(self, plan: str, fact: str, answer: str) -> "Following":
        """Answer a question of a plan: `ja`, `nei`."""
        self.visit(f"{plan}vet/{fact}/").ticks("svar", answer)
        return self.sends("Lagre").is_at_plan(plan)

    def tells(self, plan: str, event: str) -> "Following":
        self.visit(f"{plan}hendelse/")
        self.page.locator("#id_hendelse").select_option(event)
        return self.sends("Lagre").is_at_plan(plan)

    def is_at_plan(self, plan: str) -> "Following":
        assert self.at() == plan, self.at()
        return self

    def finds_no_sideways_scroll(self) -> "Following":
        assert sideways_scroll(self.page) == 0, self.page.url
        return self

    def goes_through_the_form(self, chosen: Mapping[str, str] = MappingProxyType({}), most: int = 12) -> "Following":
        """Choose what is to be answered, question by question, leave all others as they are, and finish."""
        left = dict(chosen)
        for _step in range(most):
            for asked in [each for each in left if self.question(each).count()]:
                self.answers(asked, left.pop(asked))
            if self.page.get_by_role("button", name="Fullfør", exact=True).count():
                break
            with self.page.expect_navigation():
                self.goes_on()
        assert not left, f"never asked: {left}"
        self.finishes()
        return self

    def sees_holder(self, name: str) -> "Following":
        expect(self.page.locator("#ansvar strong").first).to_have_text(name)
        return self
