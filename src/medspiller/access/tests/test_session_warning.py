"""What a page does, in a real browser, when its session is about to close or has closed."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from medspiller.access.domain import actors
from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.access.domain.roles import Role
from medspiller.access.models import SessionRecord
from medspiller.core import clock, tenancy
from tests.support.browser import axe_violations
from tests.support.database import HERE
from tests.support.staff import build_house, employ

pytestmark = pytest.mark.browser

HEADING = "Du blir snart logget ut"


@pytest.fixture
def leader_at_a_form(site, page: Page, settings) -> Page:
    settings.DEMO = True
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        unit_id = build_house(HERE).carers
        employ(tenant_id=HERE, unit_id=unit_id, role=Role.LEADER, issuer=DEMO_ISSUER, subject="leder")
    page.goto("/demo/logg-inn/leder/")
    page.goto(f"/arbeid/enhet/{unit_id}/endre/")
    return page


def change_session(**values: object) -> None:
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        assert SessionRecord.objects.filter(ended_at=None).update(**values) == 1


def look_at_the_tab_again(page: Page) -> None:
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_it_asks_in_time_and_one_may_stay(leader_at_a_form):
    page = leader_at_a_form
    expect(page.get_by_role("heading", name=HEADING)).to_have_count(0)

    change_session(seen_at=clock.now() - timedelta(minutes=29))
    look_at_the_tab_again(page)
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible()
    assert axe_violations(page) == []

    page.get_by_role("button", name="Fortsett å være logget inn").click()
    expect(page.get_by_role("heading", name=HEADING)).to_be_hidden()
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        assert clock.now() - SessionRecord.objects.get().seen_at < timedelta(minutes=1)


def test_before_the_absolute_limit_it_only_tells(leader_at_a_form):
    page = leader_at_a_form

    change_session(expires_at=clock.now() + timedelta(seconds=60))
    look_at_the_tab_again(page)

    expect(page.get_by_text("Send eller kopier det du har skrevet nå")).to_be_visible()
    expect(page.get_by_role("button", name="Fortsett å være logget inn")).to_be_hidden()


def test_when_it_is_over_nobody_else_reads_the_page(leader_at_a_form):
    page = leader_at_a_form

    change_session(ended_at=clock.now())
    look_at_the_tab_again(page)

    page.wait_for_url("**/arbeid/logg-inn/**")
    expect(page.get_by_text("Du ble logget ut fra et annet sted")).to_be_visible()


def test_but_what_somebody_was_typing_stays_and_comes_back_when_sent(leader_at_a_form):
    page = leader_at_a_form
    page.get_by_role("textbox").first.fill("Nye tider fra mandag")

    change_session(ended_at=clock.now())
    look_at_the_tab_again(page)
    expect(page.get_by_text("Det du har skrevet, står fortsatt på denne siden")).to_be_visible()
    page.get_by_role("button", name="Lukk").last.click()
    page.get_by_role("button", name="Lagre").click()

    expect(page.get_by_role("heading", name="Du er logget ut", level=1)).to_be_visible()
    expect(page.get_by_role("textbox").first).to_have_value("Nye tider fra mandag")
    assert axe_violations(page) == []


def test_without_referrer_browsers_hide_where_a_form_comes_from(page: Page, site):
    """Why personal pages keep `same-origin`: with `no-referrer` every form would be refused as forged."""
    sent: list[str] = []
    page.route(
        "**/from",
        lambda route: route.fulfill(
            content_type="text/html",
            headers={"Referrer-Policy": "no-referrer"},
            body='<!doctype html><form method="post" action="/to"><button>Send</button></form>',
        ),
    )
    page.route("**/to", lambda route: (sent.append(route.request.headers.get("origin", "")), route.fulfill(body="ok")))

    page.goto("/from")
    page.get_by_role("button").click()
    page.wait_for_url("**/to")

    assert sent == ["null"]
