"""
What somebody looks for who typed some words: words, what they stand for, who asks, and whether it is urgent.

In two steps, since the catalogue knows more words than the wording does: `read` says which words to ask it about, and
`understand` is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from medspiller.catalogue.domain.finding.normalising import words_in
from medspiller.catalogue.domain.finding.stemming import ENGLISH, NORWEGIAN
from medspiller.catalogue.domain.finding.typos import closest
from medspiller.catalogue.domain.finding.wording import Phrase, Urgency, Who, Wording

# An age that is written out: 14 år, 14 years old; and what stands before one's own.
_YEARS = frozenset({"år", "ar", "åring", "aring", "years", "year", "yrs", "yo"})
_I, _AM, _IM = frozenset({"jeg", "eg", "æ", "e", "i", "ej"}), frozenset({"er", "e", "am", "æ"}), frozenset({"im"})
_BEFORE_AN_AGE = _AM | _IM | frozenset({"på", "is", "aged", "turned", "fylte", "fylt", "blir"})
_OLDEST = 120
_SURE, _ONE_WORD = 1.0, 0.8
_WANTED = ("need:", "kind:")
# Whoever speaks of these is no child, however much else in what they write a child could write too.
_OF_GROWN_UPS = frozenset(
    {
        "relation:partner",
        "relation:parent",
        "relation:grandparent",
        "condition:frailty",
        "need:work-and-leave",
        "need:economy",
        "need:respite-hours",
        "need:respite-stay",
        "situation:working",
    }
)
_FOR_CHILDREN = "kind:children"
_CHILDREN_OF_THEIRS = "need:children-at-home"
_EITHER_CHILD = ("relation:grown-child", "relation:young-child")
_GROWN_AT, _GROWN_SIBLING, _CHILDREN_OF_THE_OLD_ARE_GROWN_AT = 18, 25, 60
_TO_BEGIN_WITH = {"need:someone-to-talk-to": 0.5, "need:information": 0.4}


@dataclass(frozen=True, slots=True)
class Word:
    """A typed word and its stem in the language it is read in."""

    typed: str
    stem: str


@dataclass(frozen=True, slots=True)
class Reading:
    """
    The words of a query, read in `language` (`no` or `en`).

    `to_ask` are stems that the wording does not know: the catalogue may.
    """

    language: str
    words: tuple[Word, ...]
    to_ask: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """
    What is looked for. `stems` are the words themselves, `also` their parts and what is said alike.

    `concepts` bear how sure they are, from 0 to 1. `age` is the age that was named, `who` what the words tell of it.
    `names_the_young` says that a child or teenager is spoken of, whoever asks. `corrected` are typed words that were
    read as others.
    """

    language: str
    stems: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    concepts: Mapping[str, float] = field(default_factory=dict)
    who: Who | None = None
    names_the_young: bool = False
    age: int | None = None
    urgency: Urgency | None = None
    corrected: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for: then everything is shown."""
        return not (self.stems or self.concepts)


def read(query: str, *, wording: Wording, language: str) -> Reading:
    """Return the words of a query; `language` is that of the page, and counts where the words do not tell."""
    typed = words_in(query)
    spoken = _language_of(typed, wording, language)
    words = tuple(Word(word, wording.stem(word, spoken)) for word in typed)
    known = wording.known[spoken].words
    unknown = {word.stem for word in words if word.stem not in known and not wording.is_idle(word.typed, spoken)}
    return Reading(spoken, words, tuple(sorted(stem for stem in unknown if not stem.isdigit())))


def understand(reading: Reading, *, wording: Wording, like: Mapping[str, tuple[str, ...]]) -> Understanding:
    """
    Return what is looked for.

    `like` names words of the catalogue that look like each of `reading.to_ask`; the word itself among them means that
    the catalogue has it.
    """
    meant, corrected, parts = _meant(reading, wording, like)
    stems = {stem: word.typed for word, stem in zip(reading.words, meant, strict=True)}
    whole = {**{part: part for found in parts.values() for part in found}, **stems}
    age, ages = _age_in(reading.words), _ages_in(reading.words)
    found = _found(whole, wording, reading.language)
    matched = _matched(found, age, ages)
    who = next((phrase.meaning.who for phrase in matched if phrase.meaning.who), None)
    concepts = _concepts(matched)
    names_the_young = _names_the_young(concepts, who, ages) or any(map(_is_name_of_the_young, found))
    if not names_the_young and concepts.keys() >= set(_EITHER_CHILD):
        # Mother and father are said by all ages: without a sign of a child it is not one.
        del concepts[_EITHER_CHILD[1]]
    telling = [
        stem
        for word, stem in zip(reading.words, meant, strict=True)
        if not wording.is_idle(word.typed, reading.language) and not _is_age(word.typed)
    ]
    also = {part for stem in stems for part in parts.get(stem, ())}
    also.update(
        wording.stem(word, reading.language)
        for phrase in matched
        for said, texts in phrase.meaning.also.items()
        if (said == ENGLISH) is (reading.language == ENGLISH)
        for text in texts
        for word in words_in(text)
    )
    return Understanding(
        language=reading.language,
        stems=tuple(dict.fromkeys(telling)),
        also=tuple(sorted(also - set(telling))),
        concepts=concepts,
        who=who,
        names_the_young=names_the_young,
        age=age,
        urgency=_urgency(matched),
        corrected=corrected,
    )


def _language_of(typed: tuple[str, ...], wording: Wording, page: str) -> str:
    """Return the language that more of the words are known in; that of the page where neither has more."""
    count = {NORWEGIAN: 0, ENGLISH: 0}
    for language in count:
        known = wording.known[language].words
        count[language] = sum(
            wording.is_idle(word, language) or wording.stem(word, language) in known for word in typed
        )
    if count[NORWEGIAN] != count[ENGLISH]:
        return max(count, key=lambda language: count[language])
    return ENGLISH if page == ENGLISH else NORWEGIAN


def _meant(
    reading: Reading, wording: Wording, like: Mapping[str, tuple[str, ...]]
) -> tuple[list[str], dict[str, str], dict[str, tuple[str, ...]]]:
    """Return the stem that each word stands for, the typed words that were corrected, and the parts of stems."""
    known = wording.known[reading.language]
    meant, corrected, parts = [], {}, {}
    for word in reading.words:
        stem = word.stem
        if stem in reading.to_ask and stem not in like.get(stem, ()):
            made_of = wording.parts_of(word.typed) if reading.language == NORWEGIAN else ()
            right = None if made_of else closest(stem, (*known.like(stem), *like.get(stem, ())))
            if right is not None:
                corrected[word.typed] = stem = right
        if reading.language == NORWEGIAN and (found := wording.parts_of(word.typed)):
            parts[stem] = found
        meant.append(stem)
    return meant, corrected, parts


def _found(stems: Mapping[str, str], wording: Wording, language: str) -> list[Phrase]:
    """Return the phrases whose words all stand in the query."""
    return [
        phrase
        for stem in stems
        for phrase in wording.phrases[language].get(stem, ())
        if all(other in stems and wording.may_be(stems[other], phrase.words[other]) for other in phrase.stems)
    ]


def _matched(found: Sequence[Phrase], age: int | None, ages: Sequence[int]) -> dict[Phrase, float]:
    """Return the phrases that count, with how sure each is: without a child's voice where a grown-up writes."""
    matched = _unhidden(found)
    if not _speaks_of_grown_ups(matched, age, ages):
        return matched
    return _unhidden([each for each in found if each.meaning.who is not Who.CHILD or _is_name_of_the_young(each)])


def _unhidden(found: Sequence[Phrase]) -> dict[Phrase, float]:
    """
    Return phrases with how sure each is.

    A phrase of several words is surer than one of its words alone, and hides it: *syk av å passe på* is not *syk*.
    """
    return {
        phrase: _SURE if len(phrase.stems) > 1 else _ONE_WORD
        for phrase in found
        if not any(phrase.stems < larger.stems for larger in found)
    }


def _concepts(matched: Mapping[Phrase, float]) -> dict[str, float]:
    """
    Return what the phrases stand for, each as sure as the surest of them.

    Whoever tells of somebody, or of an illness, and of nothing that is wanted is led to where one can ask and talk.
    """
    concepts: dict[str, float] = {}
    for phrase, sureness in matched.items():
        for concept in phrase.meaning.concepts:
            concepts[concept] = max(concepts.get(concept, 0.0), sureness)
    if concepts and not any(concept.startswith(_WANTED) for concept in concepts):
        concepts |= _TO_BEGIN_WITH
    return concepts


def _speaks_of_grown_ups(matched: Iterable[Phrase], age: int | None, ages: Sequence[int]) -> bool:
    """
    Say whether it is a grown-up who writes, whatever else in it a child could write too: *flau*, *mamma er syk*.

    The more somebody writes, the more of it is such.
    """
    if age is not None:
        return age >= _GROWN_AT
    told = {concept for phrase in matched for concept in phrase.meaning.concepts}
    oldest = max(ages, default=0)
    return (
        not _OF_GROWN_UPS.isdisjoint(told)
        or oldest >= _CHILDREN_OF_THE_OLD_ARE_GROWN_AT
        or ("relation:sibling" in told and oldest >= _GROWN_SIBLING)
    )


def _is_name_of_the_young(phrase: Phrase) -> bool:
    """Say whether a word only names children or teenagers: grown-ups look for help for them, too."""
    return phrase.meaning.concepts == (_FOR_CHILDREN,) and len(phrase.stems) == 1


def _names_the_young(concepts: Mapping[str, float], who: Who | None, ages: Sequence[int]) -> bool:
    return (
        who is Who.CHILD
        or _FOR_CHILDREN in concepts
        or _CHILDREN_OF_THEIRS in concepts
        or any(each < _GROWN_AT for each in ages)
    )


def _urgency(matched: Mapping[Phrase, float]) -> Urgency | None:
    told = {phrase.meaning.urgency for phrase in matched}
    return next((urgency for urgency in Urgency if urgency in told), None)


def _is_age(typed: str) -> bool:
    return typed.isdigit() or typed in _YEARS


def _age_in(words: tuple[Word, ...]) -> int | None:
    """
    Return how old whoever asks says they are: *jeg er 14*, *14 år og redd*.

    The age of somebody else, *mor er 82 år*, is none; nor is a number alone.
    """
    typed = [word.typed for word in words]
    for at, word in enumerate(typed):
        if not word.isdecimal() or int(word) > _OLDEST:
            continue
        begins = at == 0 and typed[1:2] and typed[1] in _YEARS
        if begins or (at >= 1 and typed[at - 1] in _IM) or (at > 1 and typed[at - 1] in _AM and typed[at - 2] in _I):
            return int(word)
    return None


def _ages_in(words: tuple[Word, ...]) -> tuple[int, ...]:
    """
    Return the ages that are named, whoever's they are: *datter på 12*, *mor er 82*, *14 år*.

    A number alone is none.
    """
    typed = [word.typed for word in words]
    return tuple(
        int(word)
        for at, word in enumerate(typed)
        if word.isdecimal()
        and int(word) <= _OLDEST
        and ((at + 1 < len(typed) and typed[at + 1] in _YEARS) or (at > 0 and typed[at - 1] in _BEFORE_AN_AGE))
    )
