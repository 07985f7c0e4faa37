"""
What everyday words stand for: phrases that lead to concepts, words that are alike, and how dialects say them.

A *concept* is a code with its kind, as offers bear them: `need:night-rest`, `condition:dementia`, `kind:group`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from medspiller.catalogue.domain.finding import compounds, stemming
from medspiller.catalogue.domain.finding.normalising import fold, has_marks, words_in
from medspiller.catalogue.domain.finding.stemming import ENGLISH, NORWEGIAN
from medspiller.catalogue.domain.finding.typos import KnownWords

LANGUAGES = ("nb", "nn", "en")


class Urgency(StrEnum):
    """Why acute help stands before everything else."""

    SUICIDE = "suicide"
    DANGER = "danger"


class Who(StrEnum):
    """What words tell of the age of whoever asks."""

    CHILD = "child"
    GROWN_UP = "grown-up"


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """
    What phrases stand for. `phrases` by language; each is found where all its words are, in any order.

    `also` are words to look for as well, by language. `show` is how the everyday entrance says it, None for what is
    only understood. A meaning is found in another language than it is asked in, too.
    """

    id: str
    concepts: tuple[str, ...]
    phrases: Mapping[str, tuple[str, ...]]
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    show: Mapping[str, str] | None = None
    urgency: Urgency | None = None
    who: Who | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase as it is looked for: its stems, and each word as it was written."""

    stems: frozenset[str]
    words: Mapping[str, str]
    meaning: Meaning


@dataclass(frozen=True)
class Wording:
    """
    All that is known of words. `pairs` are words in bokmål by how nynorsk and dialects say them; `inside` are parts.

    `parts` are words that others are made of; `idle` words say nothing of what is looked for, by language.
    """

    meanings: tuple[Meaning, ...] = ()
    pairs: Mapping[str, str] = field(default_factory=dict, repr=False)
    inside: tuple[tuple[str, str], ...] = ()
    parts: frozenset[str] = frozenset()
    idle: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def stem(self, word: str, language: str) -> str:
        """Return the stem of a word in `no` or `en`."""
        if language == ENGLISH:
            return stemming.english(word)
        return stemming.norwegian(word, pairs=self._folded_pairs, inside=self._folded_inside)

    def parts_of(self, word: str) -> tuple[str, ...]:
        """Return the stems of the words that a Norwegian word is made of; nothing if it is one word."""
        found = compounds.remembered(self._in_bokmal(fold(word)), self._folded_parts)
        return tuple(self.stem(part, NORWEGIAN) for part in found)

    def is_idle(self, word: str, language: str) -> bool:
        """Say whether a word says nothing of what is looked for."""
        known = self._idle.get(language, {})
        return any(self.may_be(word, written) for written in known.get(self.stem(word, language), ()))

    @cached_property
    def phrases(self) -> Mapping[str, Mapping[str, tuple[Phrase, ...]]]:
        """By language, `no` or `en`, and by its longest stem: the phrases that have it."""
        found: dict[str, dict[str, list[Phrase]]] = {NORWEGIAN: defaultdict(list), ENGLISH: defaultdict(list)}
        for meaning in self.meanings:
            for written, texts in meaning.phrases.items():
                language = ENGLISH if written == ENGLISH else NORWEGIAN
                for text in texts:
                    words = {self.stem(word, language): word for word in words_in(text)}
                    if words:
                        phrase = Phrase(frozenset(words), words, meaning)
                        found[language][max(words, key=lambda stem: (len(stem), stem))].append(phrase)
        return {language: {stem: tuple(all_of) for stem, all_of in by.items()} for language, by in found.items()}

    @cached_property
    def known(self) -> Mapping[str, KnownWords]:
        """The stems of all words in phrases, by language."""
        stems: dict[str, set[str]] = {NORWEGIAN: set(), ENGLISH: set()}
        for language, by_stem in self.phrases.items():
            for phrases in by_stem.values():
                stems[language].update(*(phrase.stems for phrase in phrases))
        stems[NORWEGIAN].update(self.stem(part, NORWEGIAN) for part in self.parts)
        for meaning in self.meanings:
            for written, texts in meaning.also.items():
                language = ENGLISH if written == ENGLISH else NORWEGIAN
                stems[language].update(self.stem(word, language) for text in texts for word in words_in(text))
        return {language: KnownWords(all_of) for language, all_of in stems.items()}

    def may_be(self, typed: str, known: str) -> bool:
        """
        Say whether a typed word may be a known one of the same stem.

        Whoever types å means it: *får* is neither *far* nor *faren*, but *far* may be any of them. What nynorsk or a
        dialect says otherwise may have letters of its own.
        """
        folded = fold(typed)
        meant = self._meant_by.get(folded, typed)
        return not has_marks(meant) or has_marks(known) or (meant is typed and self._in_bokmal(folded) != folded)

    def shown(self) -> Iterable[Meaning]:
        """Return the meanings of the everyday entrance, in their order."""
        return (meaning for meaning in self.meanings if meaning.show is not None)

    @cached_property
    def _folded_pairs(self) -> Mapping[str, str]:
        return {fold(said): fold(meant) for said, meant in self.pairs.items()}

    @cached_property
    def _meant_by(self) -> Mapping[str, str]:
        return {fold(said): meant for said, meant in self.pairs.items()}

    @cached_property
    def _folded_inside(self) -> tuple[tuple[str, str], ...]:
        return tuple((fold(said), fold(meant)) for said, meant in self.inside)

    @cached_property
    def _folded_parts(self) -> frozenset[str]:
        return frozenset(map(fold, self.parts))

    @cached_property
    def _idle(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        found: dict[str, dict[str, list[str]]] = {NORWEGIAN: defaultdict(list), ENGLISH: defaultdict(list)}
        for written, words in self.idle.items():
            language = ENGLISH if written == ENGLISH else NORWEGIAN
            for word in words:
                found[language][self.stem(word, language)].append(word)
        return {language: {stem: tuple(all_of) for stem, all_of in by.items()} for language, by in found.items()}

    def _in_bokmal(self, folded: str) -> str:
        for said, meant in self._folded_inside:
            folded = folded.replace(said, meant)
        return self._folded_pairs.get(folded, folded)
