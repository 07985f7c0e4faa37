"""Which of a text's languages is shown, and how."""

import re
from dataclasses import dataclass
from html import escape

from medspiller.questionnaires.domain.definition.definitions import Text
from medspiller.questionnaires.domain.filling.presented import NO_WORDS, Words
from medspiller.questionnaires.domain.filling.taming import tame_markdown, tame_xhtml, text_of_markup

# More markup than this in one form is shown as plain text.
MOST_MARKUP = 300_000

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_SAME = {"no": "nb", "nb-no": "nb", "nn-no": "nn", "no-no": "nb"}


@dataclass(slots=True)
class Speaker:
    """
    Says texts in one language on a page in another or the same.

    `own` is the language that a questionnaire was written in. What says nothing of its language
    is taken to be in the page's.
    """

    language: str
    own: str
    page: str = ""
    left: int = MOST_MARKUP

    def __post_init__(self) -> None:
        self.language, self.own = plain_language(self.language), plain_language(self.own)
        self.page = plain_language(self.page or self.language)

    def words(self, text: Text, *, inline: bool = True) -> Words:
        """Return a text; `inline` where it becomes a label or a heading."""
        if not text:
            return NO_WORDS
        translated = self._translated(text)
        if translated is not None:
            return Words(translated, self._mark(self.language))
        markup = self._markup(text, inline)
        plain = text.plain or text_of_markup(markup)
        return Words(plain, self._mark(self.own), markup if markup != escape(plain) else "")

    def plain(self, said: str) -> Words:
        """Return a text that has one language only, the questionnaire's own."""
        return Words(said, self._mark(self.own)) if said else NO_WORDS

    def _translated(self, text: Text) -> str | None:
        if not text.others or self.language == self.own:
            return None
        if self.language in text.others:
            return text.others[self.language] or None
        return next(
            (said for code, said in text.others.items() if said and plain_language(code) == self.language),
            None,
        )

    def _markup(self, text: Text, inline: bool) -> str:
        written = text.xhtml or text.markdown
        if not written or len(written) > self.left:
            return ""
        self.left -= len(written)
        return (tame_xhtml if text.xhtml else tame_markdown)(written, inline=inline)

    def _mark(self, language: str) -> str:
        return "" if language == self.page else language


def plain_language(code: str) -> str:
    """Return a code of a language as we write it: `nb` for `no` and `nb-NO`, nothing for what is no code."""
    if not _LANGUAGE.fullmatch(code):
        return ""
    lower = code.lower()
    known = _SAME.get(lower)
    if known is not None:
        return known
    return lower.split("-")[0] if lower.split("-")[0] in ("nb", "nn", "en", "se") else code
