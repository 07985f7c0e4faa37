"""What the rest of some letters may be."""

from medspiller.catalogue.domain.finding.normalising import fold, has_marks, words_in
from medspiller.catalogue.domain.finding.results import Suggestion, SuggestionKind
from medspiller.catalogue.domain.finding.wording import Wording

MOST = 8
MOST_PHRASES = 4
FEWEST_LETTERS = 2


def phrases_for(text: str, *, wording: Wording, language: str) -> tuple[Suggestion, ...]:
    """
    Return the phrases of the everyday entrance that have words with these beginnings, in the language of the page.

    Without letters it is the first ones: something to begin with.
    """
    typed = words_in(text)
    found: list[tuple[int, str]] = []
    for meaning in wording.shown():
        shown = (meaning.show or {}).get(language, "")
        if shown and begins(typed, shown):
            found.append((0 if fold(shown).startswith(fold(text.strip())) else 1, shown))
    found.sort(key=lambda each: each[0])
    return tuple(Suggestion(SuggestionKind.PHRASE, shown) for _, shown in found[:MOST_PHRASES])


def begins(typed: tuple[str, ...], shown: str) -> bool:
    """Say whether every typed word is how some word of a text begins."""
    words = words_in(shown)
    return all(any(_begins(each, word) for word in words) for each in typed)


def fits(typed: tuple[str, ...], title: str, *, wording: Wording, language: str) -> bool:
    """Say whether every typed word is how some word of a title begins, or a form of it."""
    words = words_in(title)
    stems = {wording.stem(word, language) for word in words}
    return all(begins((each,), title) or wording.stem(each, language) in stems for each in typed)


def place_of(typed: tuple[str, ...], title: str) -> int:
    """Return at which word of a title the first typed one stands: what begins so comes first."""
    words = words_in(title)
    return next((at for at, word in enumerate(words) if fold(word).startswith(fold(typed[0]))), len(words))


def _begins(typed: str, word: str) -> bool:
    return word.startswith(typed) or (not has_marks(typed) and fold(word).startswith(fold(typed)))
