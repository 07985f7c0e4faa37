"""Modules are small, called the same in every app, and say what they are."""

import pytest

from tests.support.architecture import structure
from tests.support.architecture.sources import PACKAGE, Source, sources, told

# What an app has beyond the names of every app, and why.
FURTHER_NAMES = {
    "access": {
        "declare.py": "every door declares who may pass with it",
        "middleware.py": "surrounds every request",
        "providers": "the one way out to OpenID Connect providers, which services ask",
        "registry.py": "who knows citizens' names in this process; filled by the wiring",
        "session_store.py": "Django loads it by this place, from the settings",
        "refusals.py": "the pages that both middleware and views refuse a form with",
    },
    "catalogue": {
        "fetching.py": "the one way out to addresses that entries name, which jobs ask",
    },
    "messages": {
        "gateways": "the ways out: one contract, one module for each kind of gateway",
        "registry.py": "which gateways there are in this process, and who knows where somebody is reached",
    },
    "people": {
        "registry.py": "what apps above hold of a person that is theirs to take with them; filled by the wiring",
    },
    "content": {
        "registry.py": "which kinds there are in this process; filled by the wiring",
    },
    "worklist": {
        "registry.py": "where items of the apps above are done; filled by the wiring",
    },
}
# These packages are no apps of the pattern: assembly and ground.
OTHER_SHAPE = {"cli", "config", "core", "ui"}

# Modules that must import late, and why.
IMPORTS_LATE = {
    "src/medspiller/config/apps.py": "wiring needs the loaded apps",
    "src/medspiller/cli": "a command loads Django only if it needs it, and starts in well under a second",
}


@pytest.fixture(scope="module")
def code() -> list[Source]:
    return list(sources(".py"))


@pytest.fixture(scope="module")
def ours(code) -> list[Source]:
    return [source for source in code if source.path.is_relative_to(PACKAGE)]


class TestTheTree:
    def test_no_module_and_no_function_is_two_things(self, code):
        assert told(structure.too_long(code)) == ""

    def test_every_name_says_what_is_there(self, code):
        assert told(structure.without_purpose(code)) == ""

    def test_every_app_has_the_same_names(self, ours):
        shaped = [source for source in ours if source.app not in OTHER_SHAPE and source.path.suffix == ".py"]

        assert told(structure.odd_names(shaped, FURTHER_NAMES)) == ""

    def test_nothing_is_left_for_later(self):
        assert told(structure.unfinished(sources(".py", ".html", ".js", ".css", ".toml", "Makefile", ".md"))) == ""

    def test_migrations_say_what_happens(self, ours):
        assert told(structure.unnamed_migrations(ours)) == ""

    def test_imports_stand_at_the_top(self, ours):
        checked = [source for source in ours if not source.is_test]

        assert told(structure.imports_inside_functions(checked, IMPORTS_LATE)) == ""

    def test_every_app_introduces_itself(self, ours):
        assert told(structure.not_introduced(ours)) == ""


def planted(text: str, path: str = "people/services.py") -> list[Source]:
    return [Source(PACKAGE / path, text)]


class TestTooLong:
    def test_catches_a_module_of_401_lines(self):
        assert "a module of 401 lines" in told(structure.too_long(planted("x = 1\n" * 401)))
        assert told(structure.too_long(planted("x = 1\n" * 400))) == ""

    def test_catches_a_function_of_41_lines(self):
        assert "long has 41 lines" in told(structure.too_long(planted("def long():\n" + "    x = 1\n" * 41)))
        assert told(structure.too_long(planted("def long():\n" + "    x = 1\n" * 40))) == ""

    def test_does_not_count_docstring_and_signature(self):
        text = 'def explained(\n    a,\n    b,\n):\n    """\n' + "    Words.\n" * 30 + '    """\n' + "    x = 1\n" * 40

        assert told(structure.too_long(planted(text))) == ""
        assert "explained has 41 lines" in told(structure.too_long(planted(text + "    x = 1\n")))


@pytest.mark.parametrize("path", ["people/utils.py", "people/helpers/names.py", "common/__init__.py", "core/misc.py"])
def test_a_name_that_says_nothing_is_caught(path):
    assert "says nothing" in told(structure.without_purpose(planted("", path)))


class TestOddNames:
    def test_catches_a_name_that_no_other_app_has(self):
        assert "`manager.py`" in told(structure.odd_names(planted("", "people/manager.py"), {}))

    def test_lets_an_excused_one_be(self):
        found = structure.odd_names(planted("", "people/manager.py"), {"people": {"manager.py": "a reason"}})

        assert told(found) == ""

    def test_catches_an_excuse_that_nothing_needs(self):
        assert "does not exist" in told(structure.odd_names(planted(""), {"people": {"manager.py": "a reason"}}))

    def test_looks_at_the_app_itself_only(self):
        assert told(structure.odd_names(planted("", "people/domain/anything.py"), {})) == ""


@pytest.mark.parametrize("mark", ["".join(parts) for parts in (("TO", "DO"), ("FIX", "ME"), ("XX", "X"))])
def test_a_mark_of_unfinished_work_is_caught(mark):
    assert mark in told(structure.unfinished(planted(f"x = 1  # {mark}: more")))


@pytest.mark.parametrize("name", ["0002_auto_20260101_1200.py", "0001_initial.py"])
def test_a_migration_without_a_name_is_caught(name):
    assert "name the migration" in told(structure.unnamed_migrations(planted("", f"people/migrations/{name}")))


class TestImportsInside:
    LATE = "def draw():\n    from medspiller.people import worker\n"

    def test_catches_an_import_in_a_function(self):
        found = structure.imports_inside_functions(planted("def f():\n    import json\n"), {})

        assert "f imports inside" in told(found)

    def test_lets_a_task_import_its_worker(self):
        assert told(structure.imports_inside_functions(planted(self.LATE, "people/tasks.py"), {})) == ""

    def test_lets_nobody_else_do_so(self):
        assert told(structure.imports_inside_functions(planted(self.LATE, "people/services.py"), {})) != ""
        assert told(structure.imports_inside_functions(planted(self.LATE, "grants/tasks.py"), {})) != ""

    def test_lets_an_excused_module_be(self):
        path = "src/medspiller/people/services.py"

        assert told(structure.imports_inside_functions(planted(self.LATE), {path})) == ""


class TestNotIntroduced:
    def test_catches_an_app_without_a_word(self):
        assert "say what people is" in told(structure.not_introduced(planted("", "people/__init__.py")))

    def test_catches_an_app_that_does_something_when_imported(self):
        text = '"""People."""\nfrom medspiller.people import models'

        assert "must do nothing" in told(structure.not_introduced(planted(text, "people/__init__.py")))

    def test_says_nothing_of_inner_packages(self):
        assert told(structure.not_introduced(planted("", "people/domain/__init__.py"))) == ""
