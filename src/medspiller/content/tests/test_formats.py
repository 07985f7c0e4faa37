"""What files may say, and what is refused before anybody misreads it."""

import json
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.content.domain import formats, values
from medspiller.content.domain.faults import Unreadable


def faults(raw: bytes, suffix: str) -> list[str]:
    with pytest.raises(Unreadable) as refusal:
        formats.read(raw, suffix)
    return [fault.message for fault in refusal.value.faults]


def read_or_told(raw: bytes, suffix: str) -> bool:
    """Say whether the file was read, or refused with at least one fault."""
    try:
        formats.read(raw, suffix)
    except Unreadable as refusal:
        return bool(refusal.faults)
    return True


class TestDigest:
    def test_is_the_same_for_other_orders_of_keys_and_other_white_space_in_json(self):
        one = formats.read(b'{"a": 1, "b": [true, null]}', ".json")
        other = formats.read(b'{"b":[true,null],\n\n  "a":1}', ".json")

        assert values.digest(one) == values.digest(other)

    def test_is_the_same_for_other_orders_of_keys_white_space_and_quoting_in_yaml(self):
        one = formats.read(b"a: 1\nb: [true, null]\nc: text\n", ".yaml")
        other = formats.read(b'c: "text"\n# a remark\nb:\n  - true\n  - null\na: 1\n', ".yaml")

        assert values.digest(one) == values.digest(other)

    def test_is_the_same_whatever_format_says_it(self):
        assert values.digest(formats.read(b'{"a": [1.50, "x"]}', ".json")) == values.digest(
            formats.read(b"a: [1.50, x]", ".yaml")
        )

    @pytest.mark.parametrize("other", [b'{"a": 1.0}', b'{"a": "1"}', b'{"a": true}', b'{"a": [1]}', b'{"b": 1}', b"{}"])
    def test_differs_when_what_is_said_differs(self, other):
        assert values.digest(formats.read(other, ".json")) != values.digest(formats.read(b'{"a": 1}', ".json"))

    def test_differs_when_a_list_is_in_another_order(self):
        assert values.digest((1, 2)) != values.digest((2, 1))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"])),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text("abcæøå", max_size=5), parts, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_json_and_quoted_yaml_are_read_alike(value):
    written = json.dumps(value, ensure_ascii=False)

    assert formats.read(written.encode(), ".json") == values.freeze(value)
    # JSON is YAML, as long as keys do not pass YAML's limit and lines stay together.
    assert values.digest(formats.read(written.encode(), ".yaml")) == values.digest(values.freeze(value))


@given(st.binary(max_size=200), st.sampled_from([".json", ".yaml", ".csv", ".toml"]))
def test_no_bytes_make_a_reader_crash(raw, suffix):
    assert read_or_told(raw, suffix)


@given(st.text(alphabet="ab:{}[]&*!|>-\n \"'#%0,.~", max_size=60))
def test_no_text_like_yaml_makes_the_reader_crash(text):
    assert read_or_told(text.encode(), ".yaml")


class TestYaml:
    @pytest.mark.parametrize("word", ["yes", "No", "NO", "on", "Off", "y", "True", "FALSE"])
    def test_words_that_some_read_as_truth_values_are_refused_by_name(self, word):
        (said,) = faults(f"country: {word}".encode(), ".yaml")

        assert said.startswith(f"{word}: read as true or false by some")

    @pytest.mark.parametrize(
        "word", ["0301", "0x1F", "0o17", "12:30", "1_000", "1e3", ".5", "5.", ".inf", ".NaN", "9" * 50]
    )
    def test_numbers_that_are_read_in_two_ways_are_refused_by_name(self, word):
        (said,) = faults(f"number: {word}".encode(), ".yaml")

        assert said.startswith(f"{word}: ")

    @pytest.mark.parametrize("word", ["yes", "NO", "0301", "12:30", "1e3"])
    def test_the_same_words_in_quotation_marks_are_text(self, word):
        assert formats.read(f"'{word}'".encode(), ".yaml") == word

    @pytest.mark.parametrize(
        ("word", "value"),
        [
            ("true", True),
            ("7", 7),
            ("-7", -7),
            ("1.50", Decimal("1.50")),
            ("~", None),
            ("2024-01-01", "2024-01-01"),
            ("nb", "nb"),
        ],
    )
    def test_plain_words_mean_what_everybody_reads(self, word, value):
        read = formats.read(f"- {word}".encode(), ".yaml")

        assert read == (value,)
        assert type(read[0]) is type(value)

    def test_every_fault_of_a_file_is_told(self):
        assert len(faults(b"a: no\nb: 0301\na: 1\n", ".yaml")) == 3


class TestSize:
    @pytest.mark.parametrize("suffix", [".json", ".yaml", ".csv", ".toml"])
    def test_ten_megabytes_are_refused_in_one_line(self, suffix):
        (said,) = faults(b"x" * 10_000_000, suffix)

        assert said.startswith("is 10000 kB; at most")

    @pytest.mark.parametrize(
        ("raw", "suffix"),
        [
            (b"[" * 2_000_000, ".json"),
            (b"[" * 900 + b"]" * 900, ".json"),
            (b'{"a":' * 500_000, ".json"),
            (b"[" * 500_000, ".yaml"),
            (b"{a: " * 200_000, ".yaml"),
            (b"- " * 400_000, ".yaml"),
            (b"".join(b" " * depth + b"a:\n" for depth in range(1000)), ".yaml"),
            (b"a = " + b"[" * 90_000, ".toml"),
        ],
    )
    def test_bottomless_nesting_is_refused_in_one_line_and_at_once(self, raw, suffix):
        began = time.process_time()

        (said,) = faults(raw, suffix)

        assert "deep" in said
        assert time.process_time() - began < 2

    def test_a_file_as_large_as_allowed_is_read_in_two_seconds(self):
        raw = b"[" + b",".join(b'{"linkId": "1.2.3", "text": "What is it?"}' for _ in range(110_000)) + b"]"
        assert len(raw) > 4_500_000

        began = time.process_time()
        read = formats.read(raw, ".json")

        assert len(read) == 110_000
        assert time.process_time() - began < 2


class TestText:
    def test_what_is_not_utf_8_is_refused_with_its_line(self):
        with pytest.raises(Unreadable) as refusal:
            formats.read("a: 1\nb: få\n".encode("latin-1"), ".yaml")

        assert [(fault.element, fault.message) for fault in refusal.value.faults] == [("line 2", "is not UTF-8 text")]

    def test_the_mark_that_spreadsheets_write_first_is_left_out(self):
        assert formats.read(b"\xef\xbb\xbfcode,label\na,b\n", ".csv") == ({"code": "a", "label": "b"},)

    @pytest.mark.parametrize("raw", [rb'["\ud800"]', rb'["\u0000"]', rb'{"\u0000": 1}'])
    def test_characters_that_cannot_be_stored_are_refused(self, raw):
        assert faults(raw, ".json") == ["holds a character that cannot be stored"]

    @pytest.mark.parametrize("raw", [b"[NaN]", b"[-Infinity]", b"[" + b"1" * 5000 + b"]"])
    def test_numbers_that_are_none_are_refused(self, raw):
        assert len(faults(raw, ".json")) == 1


def test_what_is_read_cannot_be_changed():
    read = formats.read(b'{"a": [1]}', ".json")

    with pytest.raises(TypeError):
        read["a"] = 2
    assert read["a"] == (1,)
