"""`docs/settings.md` lists every variable of the environment that the project reads, and no other."""

import pytest

from tests.support.architecture.settings_read import (
    DOCUMENT,
    disagreements,
    documented,
    read_by_make,
    read_by_python,
    read_by_shell,
)
from tests.support.architecture.sources import ROOT, Source, project_files, sources, told

PYTHON = ("src", "bootstrap", "conftest.py", "tests/support", "bench")


def shell_scripts() -> list[Source]:
    paths = [path for path in project_files() if path.parts[0] in {".ci", "bootstrap"} and path.suffix != ".py"]
    read = [Source(path, (ROOT / path).read_text(encoding="utf-8")) for path in paths]
    return [source for source in read if source.text.startswith("#!") and "sh" in source.lines[0]]


def test_every_setting_is_documented_and_every_documented_setting_exists():
    python = [s for folder in PYTHON for s in sources(".py", under=folder) if "/tests/" not in str(s.path)]
    found = disagreements(
        python=python,
        shell=shell_scripts(),
        makefiles=sources("Makefile", ".mk"),
        document=(ROOT / DOCUMENT).read_text(encoding="utf-8"),
    )

    assert told(found) == ""


def planted(text: str) -> Source:
    return Source(ROOT / "x.py", text)


@pytest.mark.parametrize(
    "text",
    [
        'os.environ["PLANTED"]',
        'os.environ.get("PLANTED", "0")',
        'os.getenv("PLANTED")',
        'environ.get("PLANTED")',
        '"PLANTED" in os.environ',
        'os.environ.setdefault("PLANTED", "1")',
        'os.environ.pop("PLANTED", None)',
    ],
)
def test_each_way_of_reading_is_seen(text):
    assert list(read_by_python(planted(text))) == [("PLANTED", 1)]


def test_a_module_that_only_sets_one_does_not_read_it():
    assert list(read_by_python(planted('os.environ["PLANTED"] = "1"'))) == []


def test_the_shell_reads_what_it_does_not_set():
    assert read_by_shell('HERE=$(pwd)\ncd "$HERE"\necho "${PLANTED:-0}" $OTHER') == {"PLANTED", "OTHER"}


def test_make_reads_what_the_caller_may_set():
    assert read_by_make("PLANTED ?= 8000\nOWN := 1\nifdef OTHER\nendif\n") == {"PLANTED", "OTHER"}


TABLE = "| `PLANTED` | none | What it means. |\n"


def disagree(code: str, document: str) -> str:
    return told(disagreements(python=[planted(code)], shell=[], makefiles=[], document=document))


def test_a_setting_that_is_not_documented_is_caught():
    assert "PLANTED is not in docs/settings.md" in disagree('os.getenv("PLANTED")', "")


def test_a_documented_setting_that_nobody_reads_is_caught():
    assert "nothing reads PLANTED" in disagree("", TABLE)


def test_a_setting_whose_name_is_not_written_out_is_caught():
    assert "not written out" in disagree("os.environ[name]", "")


def test_agreement_passes():
    assert disagree('os.getenv("PLANTED")', TABLE) == ""


def test_a_row_without_a_meaning_documents_nothing():
    assert documented("| `PLANTED` | none |  |\n") == set()
