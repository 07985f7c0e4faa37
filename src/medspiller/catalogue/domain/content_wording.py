"""The content kind `wording`: what everyday words and phrases stand for, and how nynorsk and dialects say things."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from medspiller.catalogue.domain.finding.normalising import words_in
from medspiller.catalogue.domain.finding.wording import LANGUAGES, Meaning, Urgency, Who, Wording
from medspiller.catalogue.domain.vocabulary import Access, Condition, Need, OfferKind, Relation, Situation, Way
from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.shape_parts import TEXT, TEXTS, closed
from medspiller.content.domain.shapes import Shape

WORDING = "wording"
# The codes that an offer bears, by their sort.
CONCEPTS = frozenset(
    f"{sort}:{code}"
    for sort, codes in (
        ("need", Need),
        ("condition", Condition),
        ("relation", Relation),
        ("situation", Situation),
        ("kind", OfferKind),
        ("way", Way),
        ("access", Access),
    )
    for code in codes
)
_WORDS = {"type": "array", "items": TEXT, "minItems": 1}
_MEANING = closed(
    {"means": {"type": "array", "items": {"enum": sorted(CONCEPTS)}, "uniqueItems": True}, "nb": _WORDS, "en": _WORDS},
    {
        "nn": _WORDS,
        "also": closed({}, {"nb": _WORDS, "en": _WORDS}),
        "show": TEXTS,
        "urgency": {"enum": list(Urgency)},
        "who": {"enum": list(Who)},
    },
)
_SHAPE = Shape(
    closed(
        {"url": TEXT, "version": TEXT, "status": TEXT, "id": TEXT},
        {
            "meanings": {"type": "array", "items": _MEANING, "minItems": 1},
            "pairs": {"type": "object", "additionalProperties": TEXT},
            "inside": {"type": "object", "additionalProperties": TEXT},
            "parts": _WORDS,
            "idle": closed({}, dict.fromkeys(LANGUAGES, _WORDS)),
        },
    )
)


class WordingKind:
    """The kind `wording`."""

    name = WORDING
    folder = "wording"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield what is wrong with shape, names and phrases."""
        misfits = list(_SHAPE.problems(definition))
        yield from misfits
        if misfits:
            return
        body = _body(definition)
        if body["id"] != PurePosixPath(definition.file).stem:
            yield Problem(definition.file, "id", "is not the name of the file")
        for number, meaning in enumerate(body.get("meanings", ())):
            place = f"meanings[{number}]"
            if not (meaning["means"] or "also" in meaning or "urgency" in meaning or "who" in meaning):
                yield Problem(definition.file, place, "stands for nothing")
            for language in LANGUAGES:
                phrases = meaning.get(language, [])
                if strange := [phrase for phrase in phrases if not words_in(phrase)]:
                    yield Problem(definition.file, f"{place}.{language}", f"{strange[0]} has no word")
        for said, meant in (*body.get("pairs", {}).items(), *body.get("inside", {}).items()):
            if len(words_in(said)) != 1 or len(words_in(meant)) != 1:
                yield Problem(definition.file, said, "must be one word for one word")

    def references(self, definition: Definition) -> Iterable[Reference]:
        return ()

    def check_among(self, definition: Definition, library: Library) -> Iterable[Problem]:
        return ()

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterable[Problem]:
        yield Problem(cases.file, "", "wording has no cases; a table of queries tries it")


def wording_from(definitions: Iterable[Definition]) -> Wording:
    """Return all that definitions of this kind know, in the order of their addresses."""
    bodies = [_body(one) for one in sorted(definitions, key=lambda one: one.url)]
    idle: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for body in bodies:
        for language, words in body.get("idle", {}).items():
            idle[language].update(words)
    return Wording(
        meanings=tuple(
            _meaning(f"{body['id']}-{number}", written)
            for body in bodies
            for number, written in enumerate(body.get("meanings", ()))
        ),
        pairs={said: meant for body in bodies for said, meant in body.get("pairs", {}).items()},
        inside=tuple((said, meant) for body in bodies for said, meant in body.get("inside", {}).items()),
        parts=frozenset(part for body in bodies for part in body.get("parts", ())),
        idle={language: frozenset(words) for language, words in idle.items()},
    )


def _meaning(meaning_id: str, written: Mapping[str, Any]) -> Meaning:
    return Meaning(
        id=meaning_id,
        concepts=tuple(written["means"]),
        phrases={language: tuple(written.get(language, ())) for language in LANGUAGES},
        also={language: tuple(words) for language, words in written.get("also", {}).items()},
        show=written.get("show"),
        urgency=Urgency(written["urgency"]) if "urgency" in written else None,
        who=Who(written["who"]) if "who" in written else None,
    )


def _body(definition: Definition) -> Mapping[str, Any]:
    return definition.body  # type: ignore[return-value]


WORDING_KIND = WordingKind()
