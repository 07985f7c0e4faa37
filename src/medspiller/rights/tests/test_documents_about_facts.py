"""The page about facts says what the content says."""

from medspiller.cli.rights import FACTS_PAGE
from medspiller.config import secrets
from medspiller.rights.domain.facts_page import facts_page


def test_the_page_about_facts_is_up_to_date(rulebook):
    written = (secrets.ROOT / FACTS_PAGE).read_text(encoding="utf-8")

    assert written == facts_page(rulebook.facts), "run `medspiller rights facts`"


def test_every_fact_is_on_it(rulebook):
    page = facts_page(rulebook.facts)

    assert all(f"`{name.split('.')[1]}`" in page for name in rulebook.facts if "." in name)
