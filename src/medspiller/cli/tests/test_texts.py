"""One text says one thing: apps that share a text share its translation."""

import re

import pytest

from medspiller.cli import texts


@pytest.fixture
def two_apps(tmp_path, monkeypatch):
    """Return a function that writes the bokmål catalogues of two apps, each with one entry."""
    monkeypatch.setattr(texts, "SOURCE", tmp_path)

    def written(*entries):
        for name, entry in zip(("first", "second"), entries, strict=True):
            folder = tmp_path / name / "locale/nb/LC_MESSAGES"
            folder.mkdir(parents=True)
            (tmp_path / name / "__init__.py").touch()
            (folder / "django.po").write_text(entry, encoding="utf-8")
        return list(texts.told_apart("nb"))

    return written


def test_two_translations_of_one_text_are_told_of(two_apps):
    (problem,) = two_apps('msgid "You"\nmsgstr "Deg"\n', 'msgid "You"\nmsgstr "Du"\n')

    assert problem == {"app": "second", "language": "nb", "text": "You", "problem": "translated otherwise in first"}


@pytest.mark.parametrize(
    "other", ['msgid "You"\nmsgstr "Deg"\n', 'msgctxt "whose answers"\nmsgid "You"\nmsgstr "Du"\n']
)
def test_the_same_translation_and_another_context_are_in_order(two_apps, other):
    assert two_apps('msgid "You"\nmsgstr "Deg"\n', other) == []


def test_a_list_is_called_one_thing_in_bokmal():
    ours = texts.SOURCE.glob("*/locale/nb/LC_MESSAGES/django.po")
    written = "".join(path.read_text(encoding="utf-8") for path in ours)

    assert "listen" in written
    assert not re.search(r"\blista\b", written, re.IGNORECASE)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_ours_are_in_order(language):
    assert list(texts.told_apart(language)) == []
