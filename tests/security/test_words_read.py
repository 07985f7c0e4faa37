"""Every word that a page or a form reads, seen by asking for it once: none is forgotten when one is added."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from medspiller.ui.languages import PARAMETER
from tests.security.test_hostile_input import ENDS_STRINGS, HOSTILE, READ, SENT
from tests.security.test_walk import address, name_of, somebody_let_in
from tests.security.world import ask

# What falls most often, for every word; everything in the soak.
STRINGS_OR_ALL = pytest.mark.parametrize("how_many", ["strings", pytest.param("all", marks=pytest.mark.soak)])


@STRINGS_OR_ALL
@pytest.mark.parametrize("route", READ, ids=name_of)
def test_v16_5_3_none_of_an_address_brings_a_page_down(world, route, how_many, monkeypatch):
    persona, path = somebody_let_in(world, route), address(route, world.ours)
    read = words_read(monkeypatch, lambda: ask(persona, "GET", path))
    # Every page reads the language.
    together = [read, *({name} for name in sorted(read - {PARAMETER}))]

    assert fallen(persona, route, path, together, how_many) == {}


@STRINGS_OR_ALL
@pytest.mark.parametrize("route", SENT, ids=name_of)
def test_v16_5_3_none_of_a_form_brings_it_down(world, route, how_many, monkeypatch):
    persona, path = somebody_let_in(world, route), address(route, world.ours)
    read = words_read(monkeypatch, lambda: ask(persona, "POST", path, {"": ""}))
    together = [read, *({name} for name in sorted(read) if how_many == "all")]

    assert fallen(persona, route, path, together, how_many, method="POST") == {}


def words_read(monkeypatch: pytest.MonkeyPatch, look: Callable[[], object]) -> set[str]:
    """Return the names that were looked for in what was sent while something happens."""
    read: set[str] = set()
    with monkeypatch.context() as patch:
        for how in ("__getitem__", "__contains__", "get", "getlist"):
            patch.setattr(QueryDict, how, _noting(read, getattr(QueryDict, how)), raising=False)
        look()
    return {name for name in read if isinstance(name, str) and name}


def _noting(read: set[str], ask_for: Callable[..., Any]) -> Callable[..., Any]:
    def noting(sent: QueryDict, name: str, *more: Any, **named: Any) -> Any:
        read.add(name)
        return ask_for(sent, name, *more, **named)

    return noting


def fallen(
    persona: Any, route: dict[str, Any], path: str, together: list[set[str]], how_many: str, *, method: str = "GET"
) -> dict[str, int]:
    """Return what brings a route down when it is sent under these names."""
    fell: dict[str, int] = {}
    for what in HOSTILE if how_many == "all" else (ENDS_STRINGS,):
        for names in filter(None, together):
            sent = dict.fromkeys(names, HOSTILE[what])
            asked, data = (f"{path}?{urlencode(sent)}", None) if method == "GET" else (path, sent)
            status = ask(persona, method, asked, data).status_code
            if status >= 500 and route["name"] != "readyz":
                fell[f"{what} as {', '.join(sorted(names))}"] = status
    return fell
