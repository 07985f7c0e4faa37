"""The one form that the demo municipality has made itself: what people thought of a course or a group."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

URL = "https://demokommunen.example/skjema/tilbakemelding"
# The first is in use; the second waits for somebody to publish it.
VERSIONS = ("1.0.0", "1.1.0")

_TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
_CODES = "https://demokommunen.example/koder/tilbakemelding"

# Each in bokmål, nynorsk and English.
Words = tuple[str, str, str]

_TITLE = ("Hva synes du om tilbudet?", "Kva synest du om tilbodet?", "What did you think of it?")
_WHICH: Mapping[str, Words] = {
    "course": ("Kurs", "Kurs", "A course"),
    "group": ("Samtalegruppe", "Samtalegruppe", "A discussion group"),
    "evening": ("Temakveld", "Temakveld", "A themed evening"),
    "other": ("Noe annet", "Noko anna", "Something else"),
}
_USEFUL: Mapping[str, Words] = {
    "yes": ("Ja", "Ja", "Yes"),
    "partly": ("Litt", "Litt", "A little"),
    "no": ("Nei", "Nei", "No"),
    "unsure": ("Vet ikke", "Veit ikkje", "I don't know"),
}
_WHEN: Mapping[str, Words] = {
    "day": ("På dagtid", "På dagtid", "During the day"),
    "evening": ("På kvelden", "På kvelden", "In the evening"),
    "online": ("På nett", "På nett", "Online"),
}


def written(version: str) -> bytes:
    """Return the form in one of its `VERSIONS`, as the file that is imported."""
    items = [
        _question("which", "choice", ("Hva var du med på?", "Kva var du med på?", "What did you take part in?"), _WHICH),
        _question("useful", "choice", ("Fikk du noe ut av det?", "Fekk du noko ut av det?", "Did it help you?"), _USEFUL),
        _question("good", "text", ("Hva var bra?", "Kva var bra?", "What was good?")),
        _question("better", "text", ("Hva kan vi gjøre bedre?", "Kva kan vi gjere betre?", "What can we do better?")),
        _question("when", "choice", ("Når passer det best for deg?", "Når passar det best for deg?", "When suits you best?"),
                  _WHEN, repeats=True),
    ]  # fmt: skip
    if version != VERSIONS[0]:
        more = ("Hva bør neste temakveld handle om?", "Kva bør neste temakveld handle om?", "What should come next?")
        items.append(_question("next-theme", "string", more))
    form = {
        "resourceType": "Questionnaire",
        "url": URL,
        "version": version,
        "name": "Tilbakemelding",
        "status": "active",
        "language": "nb",
        "subjectType": ["RelatedPerson"],
        "meta": {"tag": [{"system": "urn:medspiller:questionnaire-tag", "code": "self"}]},
        **_said("title", _TITLE),
        "item": items,
    }
    return json.dumps(form, ensure_ascii=False, indent=2).encode()


def _question(
    link_id: str, kind: str, words: Words, options: Mapping[str, Words] | None = None, *, repeats: bool = False
) -> dict[str, Any]:
    found: dict[str, Any] = {"linkId": link_id, "type": kind, **_said("text", words)}
    if repeats:
        found["repeats"] = True
    if options is not None:
        found["answerOption"] = [
            {"valueCoding": {"system": _CODES, "code": code, **_said("display", said)}}
            for code, said in options.items()
        ]
    return found


def _said(key: str, words: Sequence[str]) -> dict[str, Any]:
    first, *others = words
    translations = [
        {
            "url": _TRANSLATION,
            "extension": [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": said}],
        }
        for language, said in zip(("nn", "en"), others, strict=True)
    ]
    return {key: first, f"_{key}": {"extension": translations}}
