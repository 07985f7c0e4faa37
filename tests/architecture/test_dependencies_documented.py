"""`docs/dependencies.md` names every direct dependency, each with its licence, and no other."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs/dependencies.md"

# A row of one of the tables: package, for, licence, kept by, without it.
_ROW = re.compile(r"^\| `(?P<package>[^`]+)` \|(?P<cells>.+)\|$", re.MULTILINE)
_CELLS = ("for", "licence", "kept by", "without it")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
# What older packages say instead of an SPDX name.
_FAMILIES = {"MIT License": "MIT", "BSD License": "BSD", "Apache Software License": "Apache"}

Rows = Mapping[str, Mapping[str, str]]


def rows(document: str) -> dict[str, dict[str, str]]:
    found = {}
    for row in _ROW.finditer(document):
        cells = [cell.strip() for cell in row["cells"].split("|")]
        found[row["package"]] = dict(zip(_CELLS, cells, strict=True))
    return found


def python_packages(pyproject: str) -> set[str]:
    said = tomllib.loads(pyproject)
    project = said["project"]
    wanted = [*said["build-system"]["requires"], *project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        wanted += extra
    return {_NAME.match(requirement)[0].lower() for requirement in wanted}  # type: ignore[index]


def npm_packages(package_json: str) -> set[str]:
    said = json.loads(package_json)
    return {*said.get("dependencies", {}), *said.get("devDependencies", {})}


def licences_python(packages: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each installed package with what it says its licence is: an SPDX name, else the family of it."""
    for package in sorted(packages):
        try:
            said = metadata.metadata(package)
        except metadata.PackageNotFoundError:  # Node is installed only where the machine has none
            continue
        classifiers = (name.rpartition(" :: ")[2] for name in said.get_all("Classifier") or ())
        family = next((_FAMILIES[name] for name in classifiers if name in _FAMILIES), None)
        yield package, said.get("License-Expression") or family or said.get("License") or _in_its_file(package)


def _in_its_file(package: str) -> str | None:
    """Return the family that the heading of the packaged licence names, for packages that say nothing else."""
    texts = [file.read_text() for file in metadata.files(package) or () if file.name.upper().startswith("LICENSE")]
    return next((_FAMILIES[text.strip().splitlines()[0]] for text in texts if text.startswith(tuple(_FAMILIES))), None)


def licences_npm(*locks: str) -> Iterator[tuple[str, str]]:
    for lock in locks:
        for path, said in json.loads(lock)["packages"].items():
            if path:
                yield path.removeprefix("node_modules/"), said["license"]


def disagreements(documented: Rows, used: set[str]) -> Iterator[str]:
    yield from (f"{package} is used and has no row" for package in sorted(used - set(documented)))
    yield from (f"{package} has a row and is not used" for package in sorted(set(documented) - used))
    for package, cells in documented.items():
        yield from (f"{package}: `{name}` is empty" for name, cell in cells.items() if not cell)


def wrong_licences(documented: Rows, said: Mapping[str, str]) -> Iterator[str]:
    for package, cells in documented.items():
        licence = said.get(package, cells["licence"])
        exact = licence not in _FAMILIES.values() or licence == "MIT"
        if cells["licence"] != licence if exact else not cells["licence"].startswith(licence):
            yield f"{package} says that its licence is {licence}, not {cells['licence']}"


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def all_used() -> set[str]:
    return (
        python_packages(text_of("pyproject.toml"))
        | npm_packages(text_of("package.json"))
        | npm_packages(text_of("bootstrap/postgresql/package.json"))
    )


def test_every_direct_dependency_has_a_full_row_and_every_row_a_dependency():
    assert list(disagreements(rows(DOCUMENT.read_text(encoding="utf-8")), all_used())) == []


def test_the_licences_are_those_that_the_packages_state():
    said = dict(licences_npm(text_of("package-lock.json"), text_of("bootstrap/postgresql/package-lock.json")))
    said |= dict(licences_python(python_packages(text_of("pyproject.toml"))))

    assert len(said) > 40, "most packages are installed where tests run"
    assert list(wrong_licences(rows(DOCUMENT.read_text(encoding="utf-8")), said)) == []


def test_no_table_row_is_overlooked():
    tables = DOCUMENT.read_text(encoding="utf-8").split("## From the machine")[0]
    lines = [line for line in tables.splitlines() if line.startswith("| ") and not line.startswith("| package")]

    assert len(lines) == len(rows(tables))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "django is used and has no row"),
        (
            "| `django` | web | MIT | DSF | – |\n| `flask` | web | MIT | Pallets | – |",
            "flask has a row and is not used",
        ),
        ("| `django` | web | MIT | | – |", "django: `kept by` is empty"),
    ],
)
def test_a_planted_disagreement_is_found(table, said):
    assert list(disagreements(rows(table), {"django"})) == [said]


@pytest.mark.parametrize(("stated", "written"), [("BSD-3-Clause", "MIT"), ("BSD", "MIT"), ("MIT", "MIT-0")])
def test_a_planted_wrong_licence_is_found(stated, written):
    documented = rows(f"| `django` | web | {written} | DSF | – |")

    assert list(wrong_licences(documented, {"django": stated})) != []


def test_extras_and_build_requirements_count_as_dependencies():
    pyproject = """
        build-system.requires = ["hatchling>=1"]
        project.dependencies = ["Django>=5.2,<5.3", "psycopg[binary,pool]>=3.2"]
        project.optional-dependencies.dev = ["pytest"]
    """

    assert python_packages(pyproject) == {"hatchling", "django", "psycopg", "pytest"}
