import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import get_finders
from django.template.loader import get_template

from medspiller.ui.finders import NpmFiles
from medspiller.ui.storage import StaticFiles


@pytest.mark.parametrize("name", settings.NPM_STATIC_FILES)
def test_what_npm_brought_is_found_under_its_served_name(name):
    assert finders.find(name) == str(settings.NPM_DIR / settings.NPM_STATIC_FILES[name])


def test_npm_files_are_collected_under_their_served_names():
    (ours,) = [finder for finder in get_finders() if isinstance(finder, NpmFiles)]
    collected = dict(ours.list([]))

    assert set(collected) == set(settings.NPM_STATIC_FILES)
    for name, storage in collected.items():
        with storage.open(name) as file:
            assert file.read(1)


def test_a_missing_package_is_told_with_what_to_do(settings, tmp_path):
    settings.NPM_DIR = tmp_path

    (problem,) = NpmFiles().check()
    assert "make setup" in problem.hint


def test_before_collecting_files_have_their_plain_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path

    assert StaticFiles().url("ui/medspiller.css") == "/static/ui/medspiller.css"


def test_every_file_that_layouts_ask_for_exists():
    source = get_template("ui/base.html").template.source
    asked = re.findall(r'{% static "([^"]+)" %}', source)

    assert len(asked) > 8
    assert [name for name in asked if finders.find(name) is None] == []


def test_no_page_has_style_or_script_of_its_own():
    for template in (settings.BASE_DIR / "src/medspiller/ui/templates").rglob("*.html"):
        source = template.read_text(encoding="utf-8")
        assert not re.search(r"""\sstyle=|\son[a-z]+=["']|<style|<script(?![^>]*\ssrc=)""", source), template
