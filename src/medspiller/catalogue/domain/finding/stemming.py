"""What a word has in common in all its forms: bokmål, nynorsk and dialect come out alike, English for itself."""

from collections.abc import Mapping
from functools import lru_cache

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.norwegian_stemmer import NorwegianStemmer

from medspiller.catalogue.domain.finding.normalising import fold

NORWEGIAN, ENGLISH = "no", "en"
_SHORTEST = 3


def norwegian(word: str, *, pairs: Mapping[str, str], inside: tuple[tuple[str, str], ...]) -> str:
    """
    Return the stem of a Norwegian word. `pairs` are whole words in bokmål by how else they are said, folded.

    `inside` are parts of words that nynorsk writes otherwise wherever they stand: sjuk is syk in sjukdom too.
    """
    written = fold(word)
    meant = pairs.get(written)
    if meant is None:
        meant = written
        for nynorsk, bokmal in inside:
            if nynorsk in meant:
                meant = meant.replace(nynorsk, bokmal)
        meant = pairs.get(meant, meant)
    return _norwegian(meant)


def english(word: str) -> str:
    """Return the stem of an English word."""
    return _english(fold(word))


# A stemmer holds the word it works on, and threads share this module: each word gets one of its own, once.
@lru_cache(maxsize=50_000)
def _norwegian(word: str) -> str:
    if len(word) <= _SHORTEST:
        return word
    return _single_end(NorwegianStemmer().stemWord(word))


@lru_cache(maxsize=50_000)
def _english(word: str) -> str:
    return str(EnglishStemmer().stemWord(word))


def _single_end(stem: str) -> str:
    """Return the stem with one consonant at its end: gruppe and grupper, rom and rommet."""
    doubled = len(stem) > _SHORTEST and stem[-1] == stem[-2] and stem[-1] not in "aeiouy"
    return stem[:-1] if doubled else stem
