"""
People who answer forms: the shipped forms in a town, a family that is asked, and what one does at a form.

The daughter and the boy have a page of their own; the nurse works where the grandmother is followed up.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from playwright.sync_api import BrowserContext, Locator, expect

from medspiller.access.domain import actors
from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content import services as content
from medspiller.content.domain import loading
from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.loading import Library
from medspiller.core import clock, tenancy
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.models import Person as Registered
from medspiller.people.tests import factories
from tests.journeys.person import MOST_TABS, NotReached, Person
from tests.journeys.town import Town, sign_in
from tests.support.browser import axe_violations, follow, sideways_scroll
from tests.support.database import HERE

SHIPPED = Path(__file__).resolve().parents[2] / "content"
OWN_FORMS = "/min-side/skjema/"
DAUGHTER, BOY, NURSE = "datter", "ungdom", "omsorgsarbeider"
AGE_OF_THE_BOY = 15
CHILDREN = "Barn som pårørende: avklaring og samtale"
SMALL = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}


@cache
def library() -> Library:
    """All content as it is shipped, read once."""
    return loading.load(SHIPPED, CONTENT_KINDS)


def _shipped() -> tuple[Definition, ...]:
    return library().of_kind("questionnaires")


def shipped(name: str) -> Definition:
    """Return a form as it is shipped, by the last part of its url."""
    return next(each for each in _shipped() if each.url.endswith(f"/{name}"))


def ask_the_family(town: Town) -> None:
    """Publish the shipped forms, and tie the family together: daughter and grandson are the grandmother's carers."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        content.publish(actor=actors.system(HERE), definitions=_shipped())
        mother, daughter, boy = (Registered.objects.get(id=town.persons[name]) for name in ("Solveig", "Kari", "Noah"))
        boy.birth_date = clock.today().replace(month=1, day=1, year=clock.today().year - AGE_OF_THE_BOY)
        boy.save(update_fields=["birth_date"])
        for carer, kind, role in (
            (daughter, RelationKind.CHILD, Role.PAARORENDE),
            (boy, RelationKind.GRANDCHILD, Role.BARN_PAARORENDE),
        ):
            relation = factories.relate(mother, carer, kind)
            factories.give_role(relation, patient=mother, carer=carer, role=role)


@dataclass(frozen=True, slots=True)
class Answering(Person):
    """Somebody at a form, with script or without. A question is named by some of its words, an answer by all."""

    script: bool = True

    def begins(self, form: str, **told: str) -> "Answering":
        """Choose a form from the list one stands at, and begin it. `told` is who it is about, or how one is told."""
        self.press(form)
        if "about" in told:
            self.page.get_by_label("pårørende til").select_option(label=told["about"])
        if "how" in told:
            self.page.get_by_label(told["how"], exact=True).check()
        self.goes_by("Begynn på skjemaet")
        return self

    def question(self, asked: str) -> Locator:
        """The question that is asked now, with all that it is answered with."""
        legend = self.page.locator("legend, label", has_text=asked)
        return self.page.locator(".m-question").filter(has=legend).last

    def answers(self, asked: str, *chosen: str) -> "Answering":
        for each in chosen:
            self.question(asked).get_by_label(each, exact=True).check()
        return self

    def writes(self, asked: str, text: str) -> "Answering":
        self.page.get_by_label(asked).fill(text)
        return self

    def is_not_asked(self, *questions: str) -> "Answering":
        for each in questions:
            expect(self.page.locator("legend, label", has_text=each)).to_have_count(0)
        return self

    def is_asked(self, *questions: str) -> "Answering":
        for each in questions:
            expect(self.page.locator("legend, label", has_text=each)).to_be_visible()
        return self

    def waits_until_gone(self, text: str) -> "Answering":
        expect(self.page.get_by_text(text)).to_have_count(0)
        return self

    def goes_on(self) -> "Answering":
        """Go to the next step, or to the same one with what is wrong: a part may have said so before the page does."""
        follow(
            self.page, self.page.locator("#q-go").get_by_role("button", name=re.compile("^(Neste|Se over svarene)$"))
        )
        return self

    def follows(self) -> "Answering":
        """See what follows from an answer: at once with script, else when the page is sent."""
        if not self.script:
            self.goes_on().sees("Det er noe nytt lenger ned")
        return self

    def is_at(self, step: str) -> "Answering":
        expect(self.page.get_by_role("heading", level=2, name=step, exact=True)).to_be_visible()
        return self

    def enters(self, name: str) -> "Answering":
        """Go to what bears that name with the Tab key, press Enter on it, and come to the next page."""
        self.tabs_to(name)
        with self.page.expect_navigation():
            self.presses_enter()
        return self

    def tabs_into(self, name: str) -> "Answering":
        """Press Tab until the field, or one of the choices, of that name has the focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.name") == name:
                return self
        raise NotReached(name)

    def presses(self, *keys: str) -> "Answering":
        for each in keys:
            self.page.keyboard.press(each)
        return self

    def keys(self, text: str) -> "Answering":
        self.page.keyboard.type(text)
        return self

    def finds_nothing_wrong(self) -> "Answering":
        """The page is no wider than the window, and axe, which needs script, has nothing to say of it."""
        assert sideways_scroll(self.page) == 0, self.page.url
        if self.script:
            assert axe_violations(self.page) == []
        return self

    def finishes(self) -> "Answering":
        self.press("Fullfør").sees("Svarene er lagret.")
        return self


def at_own_forms(window: BrowserContext, persona_id: str, *, script: bool = True) -> Answering:
    """Somebody who is signed in and stands at the list of their own forms."""
    somebody = Answering(sign_in(window, persona_id), script)
    somebody.visit(OWN_FORMS)
    return somebody


def at_forms_of(window: BrowserContext, person_id: UUID, *, script: bool = True) -> Answering:
    """The nurse, at the list of forms of a person."""
    nurse = Answering(sign_in(window, NURSE), script)
    nurse.visit(f"/arbeid/personer/{person_id}/skjema/")
    return nurse
