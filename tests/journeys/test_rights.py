"""Somebody who wants to know what they are entitled to, asked as little as possible, on a phone, without signing in."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, Page, expect

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.core import clock, tenancy
from medspiller.rights.tests.publishing import publish_rules
from tests.journeys.conftest import PHONE
from tests.support.browser import Site, axe_violations, follow, sideways_scroll, window
from tests.support.database import HERE

pytestmark = pytest.mark.browser

THIS_YEAR = clock.today().year
Answers = Mapping[str, str | tuple[str, ...]]
# The words that the stories look for, by language.
WORDS = {
    "nb": {
        "title": "Hva du kan ha rett til",
        "twenty": "20 dager",
        "sixty": "60 dager",
        "unknown": "ikke kjent ennå",
        "why": "Hvorfor",
        "last_checked": "Sist kontrollert",
        "numbers": "Tallene, og hvor de står",
    },
    "en": {
        "title": "What you may be entitled to",
        "twenty": "20 days",
        "sixty": "60 days",
        "unknown": "not known yet",
        "why": "Why",
        "last_checked": "Last checked",
        "numbers": "The numbers, and where they are written",
    },
}
# Each language and each way of working comes up in every run, all four together in the long sweeps.
EVERY_WAY = pytest.mark.parametrize(
    ("language", "script"),
    [
        ("nb", True),
        ("en", False),
        pytest.param("nb", False, marks=pytest.mark.soak),
        pytest.param("en", True, marks=pytest.mark.soak),
    ],
)


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[[str, str, bool], Page]]:
    """Open a page on a phone, in a language, with or without script."""
    opened: list[AbstractContextManager] = []
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        publish_rules(HERE)

    def go(address: str, language: str, script: bool) -> Page:
        opening = window(browser, site, **PHONE, java_script_enabled=script)
        opened.append(opening)
        page = opening.__enter__().new_page()
        page.goto(f"{address}?lang={language}")
        return page

    yield go
    for opening in opened:
        opening.__exit__(None, None, None)


def press(page: Page, what: str) -> None:
    follow(page, page.locator(f'button[name="gjor"][value="{what}"]').first)


def answer_all(page: Page, known: Answers, *, most: int = 30) -> list[str]:
    """Answer what is asked from what is known and skip the rest, until all that is known has been told."""
    asked: list[str] = []
    left = dict(known)
    while left and len(asked) < most and page.locator("#sporsmal").count():
        question = page.locator('input[name="sporsmal"]').get_attribute("value") or ""
        asked.append(question)
        value = left.pop(question, None)
        if value is None:
            press(page, "hopp")
            continue
        inputs = list(dict.fromkeys(each.get_attribute("name") for each in page.locator("#sporsmal .ds-input").all()))
        for name, said in zip(inputs, (value,) * len(inputs) if isinstance(value, str) else value, strict=True):
            radio = page.locator(f'input[type="radio"][name="{name}"][value="{said}"]')
            radio.check() if radio.count() else page.locator(f'input[name="{name}"]').fill(said)
        press(page, "svar")
    assert not left, f"never asked for {sorted(left)}; asked {asked}"
    return asked


def see_answers(page: Page) -> None:
    follow(page, page.locator('button[formaction$="/svar/"]').first)


def ensure_good_to_use(page: Page, script: bool) -> None:
    """No route leads to these pages by itself, so they are looked at where somebody comes to them; axe is a script."""
    if script:
        assert axe_violations(page) == []
    assert sideways_scroll(page) <= 0


def open_right(page: Page, slug: str) -> None:
    follow(page, page.locator(f'button[formaction="/rettigheter/svar/rett/{slug}/"]'))


@EVERY_WAY
def test_parent_of_two_with_one_chronically_ill_child(visit, language, script):
    said = WORDS[language]
    page = visit("/rettigheter/situasjon/child-ill/", language, script)

    # The children are asked about by number, and nobody's name is
    asked = answer_all(
        page,
        {
            "carer.employed": "yes",
            "children": "2",
            "children.birth_year": (str(THIS_YEAR - 8), str(THIS_YEAR - 5)),
            "children.lives_with_carer": "yes",
            "children.chronic": ("yes", "no"),
            "children.sole_care": "no",
        },
    )
    assert len(asked) == len(set(asked))

    # Twenty days: ten, and ten more for the one who is chronically ill
    see_answers(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(said["title"])
    ensure_good_to_use(page, script)
    open_right(page, "omsorgspenger")
    expect(page.locator("#hvor-mye")).to_contain_text(said["twenty"])
    ensure_good_to_use(page, script)
    expect(page.get_by_role("heading", name=said["numbers"])).to_be_visible()
    expect(page.get_by_text(said["last_checked"]).first).to_be_visible()

    # Nothing of it stands in the address, and only the form's own cookie and the language were left behind
    assert "?" not in page.url
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"medspiller_form", "medspiller_language"}


@EVERY_WAY
def test_daughter_of_a_dying_mother(visit, language, script):
    said = WORDS[language]
    page = visit("/rettigheter/situasjon/somebody-dying/", language, script)

    # A slip of the finger is told, and nothing is lost
    press(page, "svar")
    expect(page.locator("#error-summary")).to_be_visible()
    ensure_good_to_use(page, script)
    answer_all(
        page,
        {
            "recipient.cared_for_at_home": "yes",
            "carer.employed": "yes",
            "carer.weeks_employed": "300",
            "recipient.relation": "parent",
        },
    )

    # She changes her mind about one answer, and comes back to the answers
    see_answers(page)
    follow(page, page.locator('button[name="endre"][value="carer.weeks_employed"]'))
    page.locator("#sporsmal .ds-input").fill("3")
    press(page, "svar")
    expect(page.get_by_role("heading", level=1)).to_have_text(said["title"])

    open_right(page, "permisjon-livets-sluttfase")
    expect(page.locator("#hvor-mye")).to_contain_text(said["sixty"])
    expect(page.get_by_role("heading", name=said["why"], exact=True)).to_be_visible()


@EVERY_WAY
def test_sole_carer_who_does_not_know_her_income(visit, language, script):
    said = WORDS[language]
    page = visit("/rettigheter/situasjon/alone-with-child/", language, script)
    asked = answer_all(
        page,
        {
            "children": "1",
            "children.birth_year": str(THIS_YEAR),
            "carer.employed": "no",
            "children.sole_care": "yes",
            "carer.member_five_years": "yes",
            "carer.left_job": "no",
        },
    )
    assert "carer.income_year" not in asked

    # What nobody has told stays unknown: no amount is made up
    see_answers(page)
    open_right(page, "overgangsstoenad")
    expect(page.locator("#hvor-mye")).to_contain_text(said["unknown"])

    # She keeps it behind a private link, and opens it at home
    follow(page, page.locator('form[action="/rettigheter/svar/"] button').first)
    follow(page, page.locator('button[formaction$="/lagre/"]'))
    ensure_good_to_use(page, script)
    link = page.locator(".r-saved-link a").get_attribute("href")
    page.goto(link)
    expect(page.get_by_text(str(THIS_YEAR))).to_have_count(0)
    press(page, "vis")
    expect(page.get_by_role("heading", level=1)).to_have_text(said["title"])
    expect(page.locator("#dine-svar")).to_contain_text(str(THIS_YEAR))
