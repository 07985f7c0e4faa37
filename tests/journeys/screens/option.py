"""Lets pytest be told which pictures are wanted. Loaded before Django, so it knows no more than text."""

import pytest

NAME = "--screens"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(NAME, help="the order, as `Order.as_text` writes it")
