"""What content calls an agency is what the agency calls itself."""

import re

import pytest

from tests.support.architecture.sources import ROOT

# Since 2024 it is written like any other name. In the name of an act it stands as the act has it.
_OLD = re.compile(r"(?<!Social Services in )\bNAV(?:s|en)?\b")
_SHIPPED = ("content/**/*.yaml", "content/**/*.json", "content/**/*.toml", "src/**/locale/**/*.po", "src/**/*.html")


def old_names(text: str) -> list[str]:
    """The lines that write the agency in the old way."""
    return [line.strip() for line in text.splitlines() if _OLD.search(line)]


def test_what_is_shipped_writes_nav_as_nav_does():
    files = [path for pattern in _SHIPPED for path in ROOT.glob(pattern)]
    found = {path.relative_to(ROOT): lines for path in files if (lines := old_names(path.read_text(encoding="utf-8")))}

    assert len(files) > 300
    assert found == {}


@pytest.mark.parametrize(
    "line", ["nb: Søk NAV.", "en: NAV's own pages", "nb: NAVs sider", "nn: NAV-kontoret", "- ref: 'NAV: x'"]
)
def test_the_old_way_is_found(line):
    assert old_names(f"version: 1\n{line}\n") == [line]


@pytest.mark.parametrize("line", ["nb: Søk Nav.", "en: Social Services in NAV Act section 45", "nb: NAVN"])
def test_the_new_way_and_the_names_of_acts_pass(line):
    assert old_names(line) == []
