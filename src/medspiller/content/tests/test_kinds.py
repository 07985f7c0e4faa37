"""The list of kinds, what reacts to them, and what is remembered of them."""

import pytest

from medspiller.config import wiring
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content import registry
from medspiller.content.domain.kinds import DuplicateKind, Registry
from medspiller.content.domain.remembered import Remembered
from medspiller.content.tests.kinds import KINDS, Notes, Terms


class TestRegistry:
    def test_keeps_the_order_of_publishing(self):
        assert [kind.name for kind in KINDS] == ["terms", "notes"]
        assert KINDS.position("notes") == 1

    @pytest.mark.parametrize("attribute", ["name", "folder"])
    def test_refuses_two_kinds_of_one_name_or_folder(self, attribute):
        other = type("Other", (Terms,), {"name": "other", "folder": "other", attribute: "terms"})()

        with pytest.raises(DuplicateKind):
            Registry([Terms(), other])

    @pytest.mark.parametrize(
        "change", [{"suffixes": frozenset({".xml"})}, {"suffixes": frozenset()}, {"folder": "cases"}]
    )
    def test_refuses_kinds_whose_files_nobody_could_read(self, change):
        with pytest.raises(ValueError, match="cannot be read"):
            Registry([type("Odd", (Notes,), change)()])

    def test_finds_a_kind_by_its_folder(self):
        assert KINDS.kind_in("notes").name == "notes"
        assert KINDS.kind_in("nots") is None


class TestReactions:
    def test_one_tied_to_a_kind_that_is_not_there_is_refused(self):
        with pytest.raises(registry.UnknownKind), registry.connected(KINDS, [("nots", lambda **_: None)]):
            pass

    def test_this_installation_knows_what_the_wiring_says(self):
        assert registry.kinds() is CONTENT_KINDS
        assert [registry.reactions_to(name) for name, _ in wiring.ON_PUBLISH] == [
            (run,) for _, run in wiring.ON_PUBLISH
        ]


class TestRemembered:
    def test_makes_a_thing_once(self):
        made = []
        kept = Remembered[str](at_most=2)

        for _ in range(3):
            assert kept.get("a", lambda: made.append("a") or "A") == "A"

        assert made == ["a"]

    def test_forgets_what_was_not_asked_for_longest(self):
        made = []
        kept = Remembered[str](at_most=2)
        for digest in "abacab":
            kept.get(digest, lambda digest=digest: made.append(digest) or digest)

        assert made == ["a", "b", "c", "b"]
        assert len(kept) == 2
