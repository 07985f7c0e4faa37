"""Telephone numbers are shown as people in Norway write them."""

import pytest

from medspiller.core.telephones import written


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("", ""),
        ("113", "113"),
        ("02800", "02800"),
        ("116117", "116 117"),
        ("00112233", "00 11 22 33"),
        ("+4700112233", "00 11 22 33"),
        # Put together here, so that no number that rings stands in the tree.
        ("+47" + "8" * 8, " ".join(["8" * 3, "8" * 2, "8" * 3])),
        ("+46812345678", "+46 8 123 456 78"),
        ("+442079460958", "+44 20 7946 0958"),
        # What is no whole number, or already as somebody typed it, is left as it is.
        ("+47123", "+47123"),
        ("+46", "+46"),
        ("0046812345678", "0046812345678"),
        ("00 11 22 33", "00 11 22 33"),
        ("kari@example.org", "kari@example.org"),
    ],
)
def test_a_number_is_written_in_the_groups_it_is_read_in(number, shown):
    assert written(number) == shown
