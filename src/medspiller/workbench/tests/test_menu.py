"""The menu at work: what is used most first, the rest under headings, and folded without script."""

import re

import pytest

from medspiller.access.domain.roles import Role
from medspiller.config.menus import MENUS
from medspiller.ui.navigation import Place
from tests.support.staff import employ, sign_in

MOST_UNDER_ONE = 7


@pytest.fixture
def menu(client, house):
    sign_in(client, employ(tenant_id=house.tenant_id, unit_id=house.top, role=Role.LEADER))
    page = client.get("/arbeid/oppgaver/").content.decode()
    return re.search(r'<nav class="m-side".*?</nav>', page, re.DOTALL)[0]


def test_a_leaders_is_in_parts_that_can_be_taken_in(menu):
    parts = re.findall(r"<ul.*?</ul>", menu, re.DOTALL)

    assert len(parts) == 6
    assert all(1 <= part.count("<li>") <= MOST_UNDER_ONE for part in parts)
    assert "Oppgaver" in parts[0]
    assert "aria-labelledby" not in parts[0]


def test_every_other_part_is_named_by_the_heading_above_it(menu):
    named = re.findall(r'<ul [^>]*aria-labelledby="([^"]+)"', menu)
    headings = re.findall(r'<p class="m-menu-heading" id="([^"]+)">([^<]+)</p>', menu)

    assert named == [name for name, _words in headings]
    assert [words for _name, words in headings][:2] == ["I hverdagen", "Tilbud og henvendelser"]


def test_it_folds_without_script(menu):
    assert re.search(r"<details[^>]*>\s*<summary", menu)


def test_entries_of_one_heading_follow_each_other():
    groups = [str(entry.group) for entry in MENUS[Place.STAFF]]

    assert len(list(dict.fromkeys(groups))) == sum(
        1 for at, group in enumerate(groups) if at == 0 or groups[at - 1] != group
    )
