"""Looking at addresses that editors type: only those of the open internet are asked, and nothing is followed."""

import socket

import pytest

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
    ],
)
def test_what_is_no_page_is_not_asked(address):
    with pytest.raises(fetching.NotToBeAsked):
        fetching.look(address)


@pytest.mark.parametrize(
    "inside",
    ["127.0.0.1", "10.0.0.8", "169.254.169.254", "192.168.1.1", "::1", "fd00::1", "::ffff:10.0.0.8", "ff02::1"],
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


def test_nobody_is_asked_unless_the_installation_says_so(monkeypatch, settings):
    settings.LOOK_AT_ADDRESSES = False
    monkeypatch.setattr(tasks, "_look_at_addresses_of", pytest.fail)

    assert tasks.look_at_addresses(timestamp=0) is None
