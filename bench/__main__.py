"""
Run every benchmark against a database of its own and write `bench/results/latest.json`.

With words: only those whose names hold one of them, and with `--smoke`: a tenth of the data and three runs, to see
that they still work. Both only print; the file holds whole runs.
"""

import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspiller.config.settings")
os.environ.setdefault("MEDSPILLER_TEST_DB", "bench_medspiller")

from medspiller.cli import cluster, texts
from medspiller.config import secrets

# Collected anew: what was collected for the last set-up may lack what pages name by now.
os.environ["MEDSPILLER_STATIC"] = str(secrets.DATA / "bench-static")

RESULTS = Path(__file__).parent / "results/latest.json"


def main(given: list[str]) -> None:
    """Run all, or those whose name holds one of the given words."""
    smoke, wanted = "--smoke" in given, [word for word in given if word != "--smoke"]
    texts.run_compile(None)
    cluster.ensure_running()
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    import bench  # noqa: PLC0415 - Django first
    from bench import measure  # noqa: PLC0415
    from tests.support.database import made_database  # noqa: PLC0415

    measure.scale = 10 if smoke else 1
    collected = measure.Bench()
    with made_database():
        for module in sorted(info.name for info in pkgutil.iter_modules(bench.__path__)):
            if module.startswith("_") or module == "measure":
                continue
            for name, function in sorted(vars(importlib.import_module(f"bench.{module}")).items()):
                if name.startswith("bench_") and (not wanted or any(word in name for word in wanted)):
                    print(f"{name} …", file=sys.stderr, flush=True)
                    function(collected)
    if not smoke and not wanted:
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(json.dumps(collected.as_json(), indent=2, ensure_ascii=False) + "\n")
    print(collected.table())


if __name__ == "__main__":
    main(sys.argv[1:])
