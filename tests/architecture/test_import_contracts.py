"""Imports keep to the contracts in pyproject.toml, and each contract catches what it is for."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.architecture.sources import PACKAGE, ROOT


def lint(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    search = os.pathsep.join([str(root / "src"), str(ROOT)])
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo", *arguments],
        cwd=root,
        env=os.environ | {"PYTHONPATH": search, "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_is_kept():
    answer = lint(ROOT)

    assert answer.returncode == 0, answer.stdout + answer.stderr


# Contract → what is planted in a copy of the package (file → text) → what the refusal must name.
PLANTED = {
    "a package that imports upwards": (
        "stack",
        {"core/planted.py": "from medspiller.portal import apps"},
        "medspiller.core.planted -> medspiller.portal.apps",
    ),
    "a package that imports from its own line": (
        "stack",
        {"audit/planted.py": "from medspiller.ui import apps"},
        "medspiller.audit.planted -> medspiller.ui.apps",
    ),
    "an import upwards inside a function": (
        "stack",
        {"core/planted.py": "def late():\n    from medspiller.portal import apps\n"},
        "medspiller.core.planted -> medspiller.portal.apps",
    ),
    "a package that nobody gave a place": ("stack", {"newcomer/__init__.py": ""}, "medspiller.newcomer"),
    "a model that calls a service": (
        "inside-an-app",
        {"people/models.py": "from medspiller.people import services", "people/services.py": ""},
        "medspiller.people.models -> medspiller.people.services",
    ),
    "a selector that calls a service": (
        "inside-an-app",
        {"people/selectors.py": "from medspiller.people import services", "people/services.py": ""},
        "medspiller.people.selectors -> medspiller.people.services",
    ),
    "a service that knows a page": (
        "inside-an-app",
        {"people/services.py": "from medspiller.people.web import views", "people/web/views.py": ""},
        "medspiller.people.services -> medspiller.people.web.views",
    ),
    "a template tag that sees models": (
        "inside-an-app",
        {"people/templatetags/planted.py": "from medspiller.people import models", "people/models.py": ""},
        "medspiller.people.templatetags.planted -> medspiller.people.models",
    ),
    "a migration that imports code of its app": (
        "inside-an-app",
        {"people/migrations/p.py": "from medspiller.people.domain import rules", "people/domain/rules.py": ""},
        "medspiller.people.migrations.p -> medspiller.people.domain.rules",
    ),
    "an app that takes another's models": (
        "apps-meet",
        {"followup/services.py": "from medspiller.people.models import Person", "people/models.py": ""},
        "medspiller.followup.services imports medspiller.people.models",
    ),
    "an app that takes another's page": (
        "apps-meet",
        {"portal/planted.py": "import medspiller.people.web.views", "people/web/views.py": ""},
        "medspiller.portal.planted imports medspiller.people.web.views",
    ),
    "a service that reaches for the declaration of routes": (
        "apps-meet",
        {"portal/services.py": "from medspiller.access import declare"},
        "medspiller.portal.services imports medspiller.access.declare",
    ),
    "a rule that knows Django": (
        "plain-domain",
        {"people/domain/rules.py": "from django.utils import timezone"},
        "medspiller.people.domain.rules imports django",
    ),
    "a rule that reads the clock": (
        "plain-domain",
        {"people/domain/rules.py": "from medspiller.core import clock"},
        "medspiller.people.domain.rules imports medspiller.core.clock",
    ),
    "a rule that reads its own rows": (
        "plain-domain",
        {"people/domain/rules.py": "from medspiller.people import models", "people/models.py": ""},
        "medspiller.people.domain.rules imports medspiller.people.models",
    ),
    "a rule that throws a dice": (
        "plain-domain",
        {"people/domain/rules.py": "import random"},
        "medspiller.people.domain.rules imports random",
    ),
    "plain core code that stops being plain": (
        "plain-domain",
        {"core/periods.py": "from django.db import models"},
        "medspiller.core.periods imports django",
    ),
    "a service that draws": (
        "heavy-libraries",
        {"people/services.py": "import altair"},
        "medspiller.people.services imports altair",
    ),
    "a page that imports what draws": (
        "worker-stays-out",
        {"people/web/views.py": "from medspiller.people import worker", "people/worker.py": "import altair"},
        "medspiller.people.web.views -> medspiller.people.worker",
    ),
    "a service that borrows from a test": (
        "nobody-imports",
        {"people/services.py": "from medspiller.people.tests import factories", "people/tests/factories.py": ""},
        "medspiller.people.services -> medspiller.people.tests.factories",
    ),
    "code that borrows from a migration": (
        "nobody-imports",
        {"people/services.py": "from medspiller.people.migrations import p", "people/migrations/p.py": ""},
        "medspiller.people.services -> medspiller.people.migrations.p",
    ),
}


def plant(root: Path, files: Mapping[str, str]) -> None:
    """Make a copy of the project's Python code under `root`, and add files to its package."""
    shutil.copytree(
        ROOT / PACKAGE, root / PACKAGE, ignore=shutil.ignore_patterns("__pycache__", "locale", "static", "templates")
    )
    shutil.copy(ROOT / "pyproject.toml", root)
    for name, text in files.items():
        path = root / PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in path.relative_to(root / PACKAGE).parents[:-1]:
            (root / PACKAGE / folder / "__init__.py").touch()
        path.write_text(text)


@pytest.mark.parametrize("planted", PLANTED)
def test_a_contract_catches(planted: str, tmp_path: Path):
    contract, files, named = PLANTED[planted]
    plant(tmp_path, files)

    answer = lint(tmp_path, "--contract", contract)

    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert named in " ".join(answer.stdout.split())


def test_what_is_allowed_is_let_through(tmp_path: Path):
    plant(
        tmp_path,
        {
            "people/domain/rules.py": "from medspiller.core import errors, periods\nimport dataclasses",
            "people/models.py": "from medspiller.people.domain import rules",
            "people/selectors.py": "from medspiller.people import models",
            "people/services.py": "from medspiller.people import selectors\nfrom medspiller.people.domain import rules",
            "people/worker.py": "import altair\nfrom medspiller.people import services",
            "people/tasks.py": "def draw():\n    from medspiller.people import worker\n",
            "people/tests/test_people.py": "from medspiller.portal import apps",
            "followup/services.py": "from medspiller.people import domain, selectors, services",
            "followup/web/views.py": "from medspiller.access import declare",
        },
    )

    answer = lint(tmp_path)

    assert not {"people", "followup"} & {word.split(".")[1] for word in answer.stdout.split() if word.count(".") > 1}
