"""What the how-tos show is in order: every example package passes the check, and every file they name is there."""

import re
from pathlib import Path

import pytest

from medspiller.cli import main
from medspiller.config.secrets import ROOT

HOWTO = ROOT / "docs/howto"
EXAMPLES = sorted(path.parent for path in (HOWTO / "examples").glob("*/package.toml"))
# Paths of the project as the pages write them.
_NAMED = re.compile(r"`((?:src|content|docs|tests)/[\w./-]+[\w/])`")


def test_there_are_examples():
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize("package", EXAMPLES, ids=lambda path: path.name)
def test_an_example_passes_the_check(package: Path, capsys):
    assert main.main(["content", "check", str(package)]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("page", sorted(HOWTO.glob("*.md")), ids=lambda path: path.name)
def test_what_a_page_names_is_there(page: Path):
    named = set(_NAMED.findall(page.read_text(encoding="utf-8")))

    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
