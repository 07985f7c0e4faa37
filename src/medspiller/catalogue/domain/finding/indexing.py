"""
The words by which an offer is found, as stems with a weight.

Each stem stands once, under its highest weight: A title and search words, B summary, C text and places, D how one
gets it, who offers it, and the parts of words.
"""

from collections.abc import Iterable, Iterator, Mapping

from medspiller.catalogue.domain.finding.normalising import words_in
from medspiller.catalogue.domain.finding.stemming import ENGLISH, NORWEGIAN
from medspiller.catalogue.domain.finding.wording import Wording
from medspiller.catalogue.domain.offers import Offer, Provider, Texts

WEIGHTS = ("A", "B", "C", "D")
_LOWER = {"A": "B", "B": "C", "C": "D", "D": "D"}
# A long text is about what it says first, and the table that is searched stays small.
_MOST_OF_A_TEXT = 220

_BOKMAL, _NYNORSK = "nb", "nn"


def words_of(offer: Offer, provider: Provider | None, wording: Wording) -> Mapping[str, Mapping[str, str]]:
    """
    Return, for `no` and `en`, the stems of each weight, with blanks between, for `to_tsvector('simple', …)`.

    Bokmål and nynorsk share `no`. Languages beyond the three stand in both, as they are written.
    """
    return {language: _laid_out(offer, provider, wording, language) for language in (NORWEGIAN, ENGLISH)}


def _laid_out(offer: Offer, provider: Provider | None, wording: Wording, language: str) -> Mapping[str, str]:
    held: dict[str, str] = {}
    for weight, text in sorted(_texts(offer, provider, language), key=lambda each: each[0]):
        for word in words_in(text, at_most=None)[:_MOST_OF_A_TEXT]:
            if wording.is_idle(word, language):
                continue
            held.setdefault(wording.stem(word, language), weight)
            if language == NORWEGIAN:
                for part in wording.parts_of(word):
                    _raise(held, part, _LOWER[weight])
    return {weight: " ".join(stem for stem, own in held.items() if own == weight) for weight in WEIGHTS}


def _raise(held: dict[str, str], stem: str, weight: str) -> None:
    held[stem] = min(held.get(stem, weight), weight)


def _texts(offer: Offer, provider: Provider | None, language: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a language with its weight."""
    for text in _in(offer.title, language):
        yield "A", text
    for written, words in (offer.search_words or {}).items():
        if _belongs(written, language):
            yield "A", " ".join(words)
    for weight, texts in (("B", offer.summary), ("C", offer.text), ("D", offer.how)):
        for text in _in(texts, language):
            yield weight, text
    for place in offer.places:
        yield "C", f"{place.name} {place.city} {place.district}"
    for area in offer.areas:
        yield "C", area.district
    if provider is not None:
        for text in _in(provider.name, language):
            yield "B", text


def _in(texts: Texts, language: str) -> Iterable[str]:
    return (text for written, text in texts.items() if _belongs(written, language))


def _belongs(written: str, language: str) -> bool:
    if written in (_BOKMAL, _NYNORSK):
        return language == NORWEGIAN
    return language == ENGLISH if written == ENGLISH else True
