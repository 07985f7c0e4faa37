"""What tests of this app work with: the rulebook that is shipped."""

import pytest

from medspiller.rights.tests.families import shipped_rulebook


@pytest.fixture(scope="session")
def rulebook():
    return shipped_rulebook()


@pytest.fixture
def parameters(rulebook):
    return rulebook.parameters
