"""The tenant is told to the database in one place, and for one transaction at a time."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("src", "content", "bench", "deploy", "bootstrap")
SUFFIXES = {".py", ".sql", ".html", ".sh", ".toml", ".yaml", ".yml", ".conf", ".service", ""}

# Whoever sets it another way sets it for a session, a role or a database.
_FOR_LONGER = re.compile(
    r"set_config\s*\((?:[^()]|\([^()]*\))*,\s*(?:false|False|'f(?:alse)?'|'off'|0)\s*\)"
    r"|\bSET\s+(?!LOCAL\b)(?:SESSION\s+)?[\"']?medspiller\."
    r"|-c\s*[\"']?medspiller\.",
    re.IGNORECASE,
)
_NAME = re.compile(r"medspiller\.tenant\b(?!\w*_)")
# Where the setting's name may stand: who sets it, and the function that reads it.
MAY_NAME_IT = {"src/medspiller/core/tenancy.py", "src/medspiller/core/migrations/0001_create_ground.py"}


def ours() -> Iterator[Path]:
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*")):
            if path.is_file() and path.suffix in SUFFIXES and "tests" not in path.parts and "results" not in path.parts:
                yield path


def set_for_longer(text: str) -> list[str]:
    return [found[0] for found in _FOR_LONGER.finditer(text)]


def test_nothing_is_set_for_longer_than_a_transaction():
    assert {str(path.relative_to(ROOT)): found for path in ours() if (found := set_for_longer(path.read_text()))} == {}


def test_only_one_place_names_the_setting():
    naming = {str(path.relative_to(ROOT)) for path in ours() if _NAME.search(path.read_text())}

    assert naming == MAY_NAME_IT


@pytest.mark.parametrize(
    "planted",
    [
        "SELECT set_config('medspiller.tenant', %s, false)",
        "SELECT set_config('medspiller.tenant', (SELECT id FROM x), false)",
        "select set_config(\n  %s, %s,\n  false\n)",
        "SET medspiller.tenant = 'x'",
        "SET SESSION medspiller.tenant TO 'x'",
        "ALTER ROLE medspiller_web SET medspiller.tenant = 'x'",
        "options=-c medspiller.tenant=x",
    ],
)
def test_a_setting_that_would_last_is_caught(planted):
    assert set_for_longer(planted)


@pytest.mark.parametrize(
    "harmless",
    [
        "SELECT set_config(%s, %s, true), set_config(%s, %s, true)",
        "SET LOCAL medspiller.tenant = 'x'",
        "SELECT current_setting('medspiller.tenant', true)",
    ],
)
def test_a_setting_for_one_transaction_is_not(harmless):
    assert not set_for_longer(harmless)
