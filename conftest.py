"""What every test has: texts compiled, a database of its own seen as the web role, and pages that are checked."""

import os

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspiller.config.settings")
os.environ.setdefault("MEDSPILLER_STANDARDS", os.path.join(os.path.dirname(__file__), "../shared/standards"))

from medspiller.cli import texts

pytest_plugins = [
    "tests.support.database",
    "tests.support.pages",
    "tests.support.browser",
    "tests.support.staff",
    "tests.support.local_accounts",
    "tests.support.fake_issuer",
    "tests.support.sms_gateway",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the long sweeps too, and nothing else")


def pytest_configure(config: pytest.Config) -> None:
    # Once, before the suite's processes part.
    if not hasattr(config, "workerinput"):
        texts.run_compile(None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("--soak")
    left_out = [item for item in items if bool(item.get_closest_marker("soak")) is not wanted]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if bool(item.get_closest_marker("soak")) is wanted]
