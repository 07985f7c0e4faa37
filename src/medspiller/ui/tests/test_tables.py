"""Tables as text, as people's programmes write them, and what is no table."""

import pytest

from medspiller.ui.tables import NotTable, cells_of_text

LIMITS = {"rows_most": 3, "columns_most": 2, "letters_most": 7}
WHOLE = [["Åse", "b"], ["1, 2; 3", "4"]]


def read(content, **limits):
    return cells_of_text(content, **(LIMITS | limits))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("between", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_reads_the_letters_and_signs_that_programmes_use(encoding, between, end):
    text = f'Åse{between}b{end}"1, 2; 3"{between}4{end}'

    assert read(text.encode(encoding)) == WHOLE


def test_looks_at_the_first_line_that_says_something_for_what_stands_between_cells():
    assert read(b"\n\na,b\n1;2,3\n", rows_most=9) == [[], [], ["a", "b"], ["1;2", "3"]]


def test_gives_no_more_than_asked_for_and_one_more_to_tell_that_there_is_more():
    assert read(b"abcdefghi;b;c\n" + b"\n" * 9) == [["abcdefgh", "b"], [], [], []]


def test_knows_no_letter_that_stands_for_nothing():
    assert read(b"a;\x81b") == [["a", "\N{REPLACEMENT CHARACTER}b"]]


@pytest.mark.parametrize(
    "content", [b"a\x00b", b"\x89PNG\x00", b"\xff\xfe\x00", b"a;" + b"x" * 200_000], ids=["NUL", "PNG", "half", "long"]
)
def test_refuses_what_is_no_table(content):
    with pytest.raises(NotTable):
        read(content)
