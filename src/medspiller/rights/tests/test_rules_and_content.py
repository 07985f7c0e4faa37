"""Rules and content know each other: nothing is asked for, and nothing kept, in vain."""

import re
from pathlib import Path

import pytest

from medspiller.rights import domain

DOMAIN = Path(domain.__file__).parent
# In the contract, and told by the register: what rules to come will read.
KEPT_FOR_OTHERS = {"carer.lives_with_recipient"}


@pytest.fixture(scope="module")
def quoted():
    """Every text in quotation marks in rules and calculators."""
    sources = [*(DOMAIN / "rules").glob("*.py"), *DOMAIN.glob("*.py")]
    return {text for path in sources for text in re.findall(r'"([^"\n]+)"', path.read_text(encoding="utf-8"))}


def test_every_figure_is_used_by_a_rule(rulebook, quoted):
    # Rates of several steps are named with their number: f"basic-benefit-rate-{number}".
    families = [re.sub(r"\\\{.*?\\\}", r"\\d+", re.escape(text)) for text in quoted if "{" in text and "-" in text]

    unused = {name for name in rulebook.parameters if name not in quoted}
    assert {name for name in unused if not any(re.fullmatch(family, name) for family in families)} == set()


def test_every_fact_is_read_by_a_rule(rulebook, quoted):
    read = {text.replace("child.", "children.", 1) for text in quoted} | quoted
    parts = {text.split(".")[-1] for text in quoted if re.fullmatch(r"(\{who\})?\.?[a-z_]+", text)}

    unread = {name for name in rulebook.facts if name not in read and name.split(".")[-1] not in parts}
    assert unread - KEPT_FOR_OTHERS == set()


def test_every_right_names_others_that_are_there(rulebook):
    named = {one.other for right in rulebook.rights.values() for one in right.combine}
    named |= {right for situation in rulebook.situations for right in situation.rights}

    assert named <= set(rulebook.rights)


def test_all_rights_of_the_strategy_are_there(rulebook):
    assert set(rulebook.rights) == {
        "R-AML-12-9",
        "R-AML-12-10-1",
        "R-AML-12-10-2",
        "R-AML-10-2",
        "R-FTRL-9-5",
        "R-FTRL-9-10",
        "R-FTRL-9-13",
        "R-FTRL-9-14",
        "R-FTRL-6-3",
        "R-FTRL-6-4",
        "R-FTRL-6-5",
        "R-FTRL-15",
        "R-HOL-3-6",
        "R-BPA",
        "R-REISE",
        "R-BARN-INST",
        "R-OMSORGSOPPTJENING",
        "R-FAMILIEPLEIER",
        "R-KOORDINATOR",
        "R-BARNEKOORDINATOR",
        "R-IP",
        "R-OKONOMISK-RAAD",
    }


def test_each_right_has_an_example_of_each_answer_it_can_give(rulebook):
    """What is weighed is never a yes; what anybody may have is never a no."""
    examples = DOMAIN.parents[3] / "content" / "no.medspiller.rights" / "cases"
    never = {right: {"yes"} for right in rulebook.rights if rulebook.rights[right].discretionary}
    never["R-OKONOMISK-RAAD"] = {"no", "unknown"}

    for right in rulebook.rights:
        written = (examples / f"{right}.yaml").read_text(encoding="utf-8")
        answers = set(re.findall(r"answer: ['\"]?(yes|no|unknown)", written))
        assert {"yes", "no", "unknown"} - answers <= never.get(right, set()), right
