"""Each check has a planted violation under `packages/broken`, and none is found in `packages/good`."""

import shutil
from pathlib import Path

import pytest

from medspiller.content.domain import checking, loading
from medspiller.content.domain.problems import Problem, Severity
from medspiller.content.tests.kinds import KINDS

PACKAGES = Path(__file__).parent / "packages"

# package: file below it, element, part of what is said
PLANTED = """
unknown-key          package.toml        colour                          is not known here
other-folder         package.toml        id                              the folder is called no.broken.other-folder
bad-version          package.toml        version                         one is not like 2 or 2.1
no-licence           package.toml        licence                         is missing
bad-need             package.toml        needs[0]                        is not like no.example.terms >= 2
missing-need         package.toml        needs[0]                        no.broken.nowhere >= 1 is not here
old-need             package.toml        needs[0]                        no.broken.old is version 2
circle-a             package.toml        needs[0]                        needs no.broken.circle-a in its turn
circle-b             package.toml        needs[0]                        needs no.broken.circle-b in its turn
unknown-folder       nots/typo.yaml      -                               belongs to no kind of content
wrong-suffix         notes/note.csv      -                               notes are written in .yaml
no-url               notes/note.yaml     url                             must be an address
number-version       notes/note.yaml     version                         in quotation marks
bad-status           notes/note.yaml     status                          must be one of draft, active, retired
headless-table       terms/terms.csv     -                               add [definitions."terms/terms.csv"]
two-headers          notes/note.yaml     -                               package.toml must not
header-without-file  package.toml        definitions.terms/gone.csv      there is no such file
yaml-twice           notes/note.yaml     text                            is written twice (line 5)
yaml-norway          notes/note.yaml     country                         no: read as true or false by some
yaml-octal           notes/note.yaml     number                          0301: a number with a leading zero
yaml-clock           notes/note.yaml     from                            12:30: digits with colons are read as base 60
yaml-alias           notes/note.yaml     line~6                          *a repeats another part
yaml-tag             notes/note.yaml     line~5                          is not read
yaml-key             notes/note.yaml     names.no                        the key no is not read as text
yaml-syntax          notes/note.yaml     line~6                          stops being YAML
json-twice           terms/t.json        terms.a                         is written twice
json-syntax          terms/t.json        line~2                          stops being JSON
csv-ragged           terms/t.csv         line~2                          has 1 cells, not 2
csv-ragged           terms/t.csv         line~4                          has 3 cells, not 2
shape                notes/note.yaml     -                               colour is not known here
shape                notes/empty.yaml    text                            is empty
dangling             notes/note.yaml     uses[0]                         which is not here
not-needed           notes/note.yaml     uses[0]                         which package.toml does not need
on-draft             notes/note.yaml     uses[0]                         which is a draft
on-retired           notes/note.yaml     uses[0]                         which is retired
same-key             notes/one.yaml      version                         is also in no.broken.same-key/notes/two.yaml
same-key             notes/two.yaml      version                         is also in no.broken.same-key/notes/one.yaml
among                notes/note.yaml     text                            holds a word
case-fails           cases/note.yaml     [0]                             it fits on a postage stamp: does not hold
case-of-nobody       cases/gone.yaml     -                               bears the name of no definition
case-no-list         cases/note.yaml     -                               is not a list of cases
"""
EXPECTED = [line.split(maxsplit=3) for line in PLANTED.strip().splitlines()]


@pytest.fixture(scope="module")
def broken() -> tuple[Problem, ...]:
    return checking.check(loading.load(PACKAGES / "broken", KINDS), KINDS)


def test_good_packages_have_no_problem():
    library = loading.load(PACKAGES / "good", KINDS)

    assert checking.check(library, KINDS) == ()
    assert len(library.packages) == 2
    assert len(library.definitions) == 4
    assert len(library.cases) == 1


@pytest.mark.parametrize(("package", "file", "element", "message"), EXPECTED)
def test_a_planted_violation_is_named(broken, package, file, element, message):
    place = (f"no.broken.{package}/{file}", "" if element == "-" else element.replace("~", " "))

    assert [problem for problem in broken if (problem.file, problem.element) == place and message in problem.message]


def test_all_problems_are_told_at_once_and_no_others(broken):
    planted = sorted((f"no.broken.{package}/{file}", message) for package, file, _, message in EXPECTED)
    found = sorted((problem.file, problem.message) for problem in broken)

    assert len(found) == len(planted), set(found)


def test_only_the_reference_to_something_retired_is_a_warning(broken):
    warnings = [problem.file for problem in broken if problem.severity is Severity.WARNING]

    assert warnings == ["no.broken.on-retired/notes/note.yaml"]


def test_a_package_alone_is_checked_with_those_it_needs_around_it():
    alone = loading.load(PACKAGES / "good" / "no.example.basics", KINDS)
    around = loading.load(PACKAGES / "good", KINDS)

    without = checking.check(alone, KINDS)

    assert [(problem.file, problem.element) for problem in without] == [
        ("no.example.basics/notes/first-talk.yaml", "uses[0]"),
        ("no.example.basics/package.toml", "needs[0]"),
    ]
    assert checking.check(alone, KINDS, around=around) == ()


def test_what_is_needed_is_published_first():
    library = loading.load(PACKAGES / "good", KINDS)

    order = [definition.file for definition in checking.in_order(library, KINDS)]

    assert order == [
        "no.example.terms/terms/regions.csv",
        "no.example.terms/terms/roles.json",
        "no.example.basics/notes/draft.yaml",
        "no.example.basics/notes/first-talk.yaml",
    ]


def test_two_cases_files_of_one_name_are_told_apart_by_their_folder(tmp_path):
    folder = tmp_path / "no.example.terms"
    shutil.copytree(PACKAGES / "good" / "no.example.terms", folder)
    (folder / "notes").mkdir()
    (folder / "notes" / "roles.yaml").write_text(
        'url: https://example.no/n\nversion: "1"\nstatus: active\ntext: far too long\n'
    )
    (folder / "cases" / "notes").mkdir(parents=True)
    (folder / "cases" / "notes" / "roles.yaml").write_text("- {case: it is short, at_most: 3}\n")

    problems = checking.check(loading.load(folder, KINDS), KINDS)

    assert [problem.file for problem in problems] == ["no.example.terms/cases/notes/roles.yaml"]


def test_a_link_out_of_the_package_is_refused(tmp_path):
    folder = tmp_path / "no.example.terms"
    shutil.copytree(PACKAGES / "good" / "no.example.terms", folder)
    (folder / "terms" / "secret.json").symlink_to("/etc/hostname")

    problems = loading.load(folder, KINDS).problems

    assert [(problem.file, problem.message) for problem in problems] == [
        ("no.example.terms/terms/secret.json", "is a link; a package holds its own files")
    ]


@pytest.mark.parametrize("folder", ["nowhere", "good/no.example.terms/package.toml", "good/no.example.terms/terms"])
def test_a_folder_without_packages_is_said_to_be_one(folder):
    with pytest.raises(loading.NoPackages):
        loading.load(PACKAGES / folder, KINDS)
