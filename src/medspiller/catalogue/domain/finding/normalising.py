"""
Words out of what somebody typed, and one spelling for each.

What is not a letter or a figure parts words and is gone: nothing of HTML, SQL or a search syntax is left.
"""

import unicodedata
from functools import lru_cache

import regex

# A search box is no letter: what stands further on is not read.
MOST_LETTERS = 10_000
MOST_WORDS = 40
LONGEST_WORD = 60

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")
_LETTERS = {"æ": "ae", "ø": "o", "å": "a", "ä": "ae", "ö": "o", "đ": "d", "ŧ": "t", "ŋ": "n", "ß": "ss", "þ": "th"}
_FOLD = str.maketrans(_LETTERS)
_DIGRAPHS = (("aa", "a"), ("oe", "o"))


def words_in(text: str, *, at_most: int | None = MOST_WORDS) -> tuple[str, ...]:
    """Return the words of a text in small letters, in their order; `at_most=None` for all of them."""
    cut = unicodedata.normalize("NFKC", text[:MOST_LETTERS] if at_most is not None else text).lower()
    # A dash or an apostrophe inside a word is written and left out alike: can't, cant; e-læring, elæring.
    joined = regex.sub(r"(?<=\p{L})['’`´](?=\p{L})", "", cut)
    found = [word[:LONGEST_WORD] for word in _WORD.findall(joined)]
    return tuple(found if at_most is None else found[:at_most])


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """
    Return a word as somebody writes it who lacks the letters: pårørende, paarørende and parorende are all parorende.

    >>> fold("pårørende"), fold("paaroerende"), fold("café")
    ('parorende', 'parorende', 'cafe')
    """
    plain = unicodedata.normalize("NFD", word.lower().translate(_FOLD))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for written, meant in _DIGRAPHS:
        bare = bare.replace(written, meant)
    return bare


def has_marks(word: str) -> bool:
    """Say whether a word has a letter that can be left out of reach of a keyboard."""
    return any(letter in _LETTERS for letter in word)
