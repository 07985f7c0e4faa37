"""The web process never loads the heavy libraries."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.support.architecture.sources import ROOT

_ASK = """
import importlib, json, sys
for name in {modules!r}:
    importlib.import_module(name)
from django.urls import get_resolver
def load(patterns):
    for pattern in patterns:
        load(getattr(pattern, "url_patterns", ()))
load(get_resolver().url_patterns)
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""


def heavy_libraries() -> set[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return set(next(contract for contract in contracts if contract["id"] == "heavy-libraries")["libraries"])


def loaded_by(*modules: str, also: Path | None = None) -> set[str]:
    """Return the top-level packages in a fresh process that has imported `modules` and all routes."""
    search = os.pathsep.join(str(folder) for folder in (ROOT / "src", ROOT, also) if folder)
    answer = subprocess.run(
        [sys.executable, "-c", _ASK.format(modules=modules)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": search},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return set(json.loads(answer.stdout))


def test_the_web_process_loads_no_heavy_library():
    loaded = loaded_by("medspiller.config.wsgi")

    assert "django" in loaded
    assert loaded & heavy_libraries() == set()


def test_a_heavy_library_in_it_is_caught(tmp_path: Path):
    (tmp_path / "planted.py").write_text("import altair")
    (tmp_path / "altair.py").touch()

    loaded = loaded_by("medspiller.config.wsgi", "planted", also=tmp_path)

    assert loaded & heavy_libraries() == {"altair"}
