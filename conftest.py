"""What every test has: texts compiled, a database of its own seen as the web role, and pages that are checked."""

import gc
import os

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspiller.config.settings")
os.environ.setdefault("MEDSPILLER_STANDARDS", os.path.join(os.path.dirname(__file__), "../shared/standards"))

from medspiller.cli import texts

# Migrations, and tests that are being collected, leave many objects that stay: looking through them again and again,
# as often as Python does by itself, took a third of that time.
gc.set_threshold(50_000, 20, 50)

pytest_plugins = [
    "tests.support.database",
    "tests.support.pages",
    "tests.support.browser",
    "tests.support.staff",
    "tests.support.local_accounts",
    "tests.support.fake_issuer",
    "tests.support.sms_gateway",
]


# The files that take longest are begun first, so that none of them is left when the others are done; those that mostly
# wait for processes stand between those that mostly calculate.
LONGEST = (
    "tests/faults/test_demo.py",
    "tests/journeys/test_every_page.py",
    "tests/faults/test_serving.py",
    "tests/security/test_walk.py",
    "tests/faults/test_processes_are_killed.py",
    "tests/security/test_hostile_input.py",
    "tests/security/test_words_read.py",
    "tests/faults/test_registrations_survive.py",
    "tests/journeys/test_asking.py",
    "tests/faults/test_database_is_killed.py",
    "tests/journeys/",
    "tests/faults/",
    "src/medspiller/demo/",
    "src/medspiller/access/",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the long sweeps too, and nothing else")


def pytest_configure(config: pytest.Config) -> None:
    # Once, before the suite's processes part.
    if not hasattr(config, "workerinput"):
        texts.run_compile(None)


def pytest_collection_finish() -> None:
    # What has been collected is there to the end, and is not looked through for what could be thrown away.
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("--soak")
    left_out = [item for item in items if bool(item.get_closest_marker("soak")) is not wanted]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if bool(item.get_closest_marker("soak")) is wanted]
    items.sort(key=lambda item: next((at for at, path in enumerate(LONGEST) if item.nodeid.startswith(path)), 99))
