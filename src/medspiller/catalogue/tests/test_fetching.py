"""Looking at addresses that editors type: only those of the open internet are asked, and nothing is followed."""

import socket

import pytest

from medspiller.access.services import rounds
from medspiller.catalogue import fetching, tasks
from medspiller.catalogue.domain.feedback import LinkState


def means(monkeypatch, *addresses):
    """Let every name mean these addresses."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        "ftp://example.org",
        "file:///etc/passwd",
        "https://",
        "https://somebody@example.org",
        "https://example.org:8443/",
        "https://example.org:99999/",
        "https://[example/",
        "https://example..org/",
    ],
)
def test_what_is_no_page_is_not_asked(address):
    with pytest.raises(fetching.NotToBeAsked):
        fetching.look(address)


@pytest.mark.parametrize(
    "inside",
    [
        *("127.0.0.1", "10.0.0.8", "169.254.169.254", "192.168.1.1", "::1", "fd00::1", "ff02::1"),
        # Addresses that carry another one.
        *("::ffff:10.0.0.8", "::ffff:93.184.215.14", "::10.0.0.8"),
        *("64:ff9b::a00:8", "64:ff9b:1::a00:8", "2002:a00:8::1"),
    ],
)
def test_our_own_network_is_not_asked(monkeypatch, inside):
    means(monkeypatch, "93.184.215.14", inside)

    with pytest.raises(fetching.NotToBeAsked):
        fetching.look("https://example.org/")


def test_whom_nobody_reaches_is_told_as_such(monkeypatch):
    def nobody(*_args, **_kept):
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", nobody)

    assert fetching.look("https://example.org/") is LinkState.UNREACHABLE


@pytest.mark.parametrize(
    ("answers", "asked", "state"),
    [([200], ["HEAD"], "fine"), ([405, 404], ["HEAD", "GET"], "gone"), ([301], ["HEAD"], "moved")],
)
def test_the_page_is_asked_once_or_twice(monkeypatch, answers, asked, state):
    means(monkeypatch, "93.184.215.14")
    methods = []

    def answered(host, where, method, path):
        methods.append(method)
        assert (host, where, path) == ("example.org", "93.184.215.14", "/a?b=c")
        return answers[len(methods) - 1]

    monkeypatch.setattr(fetching, "_status", answered)

    assert fetching.look("https://example.org/a?b=c") == state
    assert methods == asked


@pytest.mark.parametrize(
    ("address", "host", "path"),
    [
        ("https://example.org/pårørende?q=søvn&a=%20", "example.org", "/p%C3%A5r%C3%B8rende?q=s%C3%B8vn&a=%20"),
        ("https://pårørende.example/", "xn--prrende-exa6o.example", "/"),
    ],
)
def test_letters_beyond_ascii_are_asked_as_the_network_writes_them(monkeypatch, address, host, path):
    means(monkeypatch, "93.184.215.14")
    asked = []
    monkeypatch.setattr(fetching, "_status", lambda host, _where, _method, path: asked.append((host, path)) or 200)

    assert fetching.look(address) is LinkState.FINE
    assert asked == [(host, path)]


def test_what_fails_for_one_municipality_does_not_end_the_look_for_the_others(monkeypatch, settings):
    settings.LOOK_AT_ADDRESSES = True
    looked = []

    def look(system):
        looked.append(system.tenant_id)
        raise ValueError(system)

    monkeypatch.setattr(rounds.organisations, "tenant_ids", lambda **_: ["one", "other"])
    monkeypatch.setattr(tasks, "_look_at_addresses", look)
    tasks.look_at_addresses(timestamp=0)

    assert looked == ["one", "other"]


def test_nobody_is_asked_unless_the_installation_says_so(monkeypatch, settings):
    settings.LOOK_AT_ADDRESSES = False
    monkeypatch.setattr(tasks, "_look_at_addresses", pytest.fail)

    assert tasks.look_at_addresses(timestamp=0) is None
