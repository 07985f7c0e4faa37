"""The content kind `instruments`: what totals of other people's forms mean, and what their owners allow."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import PurePosixPath
from typing import Any

from medspiller.content.domain import shape_parts as shapes
from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.shapes import Shape
from medspiller.questionnaires.domain.library.content_questionnaires import (
    NON_COMMERCIAL,
    QUESTIONNAIRES,
    questionnaire_in,
)
from medspiller.questionnaires.domain.library.instruments import (
    Band,
    Certainty,
    Direction,
    Instrument,
    Licence,
    MissingRule,
    Relevant,
    Respondent,
    Scale,
    TalkRule,
    Wording,
)

_NUMBER: Mapping[str, Any] = {"type": "number"}
_CERTAINTY = {"enum": list(Certainty)}
_BAND = shapes.closed(
    {
        "from": _NUMBER,
        "to": _NUMBER,
        "label": shapes.TEXTS,
        "certainty": _CERTAINTY,
        "valid_from": shapes.DAY,
        "source": shapes.TEXT,
    }
)
_SCALE = shapes.closed(
    {
        "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "description": "negative-impact"},
        "name": shapes.TEXTS,
        "item": shapes.or_none(shapes.TEXT),
        "least": shapes.or_none(_NUMBER),
        "most": shapes.or_none(_NUMBER),
        "certainty": _CERTAINTY,
        "higher": {"enum": [*Direction, None]},
        "bands": {"type": "array", "items": _BAND},
        "relevant_change": shapes.or_none(
            shapes.closed({"by": _NUMBER, "certainty": _CERTAINTY, "source": shapes.TEXT})
        ),
    }
)
_TALK = shapes.closed({"any_answer_at_most": _NUMBER, "total": shapes.TEXT, "total_at_most": _NUMBER})
_SHAPE = Shape(
    shapes.closed(
        {
            "url": shapes.TEXT,
            "version": shapes.TEXT,
            "status": shapes.TEXT,
            "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "description": "who-5"},
            "name": shapes.TEXTS,
            "about": shapes.TEXTS,
            "licence": {"enum": list(Licence)},
            "attribution": shapes.TEXT,
            "owner_link": shapes.LINK_OR_NONE,
            "respondent": {"enum": list(Respondent)},
            "languages": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]{2,3}$"}},
            "least_age": {"type": ["integer", "null"]},
            "staff_only": {"type": "boolean"},
            "questionnaire": shapes.or_none(shapes.CANONICAL),
            "wording": shapes.or_none(
                {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {language: {"enum": list(Wording)} for language in shapes.LANGUAGES},
                }
            ),
            "totals": {"type": "array", "items": _SCALE},
            "talk": shapes.or_none(_TALK),
            "missing_rule": shapes.closed({"rule": {"enum": list(MissingRule)}, "text": shapes.TEXTS}),
            "not_a_diagnosis": shapes.TEXTS,
            "sources": {**shapes.SOURCES, "minItems": 1},
        }
    )
)


class Instruments:
    """The kind `instruments`."""

    name = "instruments"
    folder = "instruments"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield what is wrong with shape, ranges and bands, and words that the licence does not allow."""
        misfits = list(_SHAPE.problems(definition))
        yield from misfits
        if not misfits:
            for element, message in (*_of_whole(definition), *_of_scales(definition)):
                yield Problem(definition.file, element, message)

    def references(self, definition: Definition) -> Iterator[Reference]:
        """Yield the questionnaire that asks for it."""
        if canonical := _body(definition)["questionnaire"]:
            url, version = shapes.canonical_parts(canonical)
            yield Reference(url, version, "questionnaire", QUESTIONNAIRES.name)

    def check_among(self, definition: Definition, library: Library) -> Iterator[Problem]:
        """Yield totals that the questionnaire does not compute, and non-commercial words among others."""
        instrument = instrument_in(definition)
        if instrument.questionnaire is None:
            return
        if instrument.licence is Licence.NC_ONLY:
            yield from _not_apart(definition, library)
        for asked in library.named(*shapes.canonical_parts(instrument.questionnaire)):
            items = questionnaire_in(asked).by_link_id
            for index, scale in enumerate(instrument.scales):
                if scale.item not in items:
                    message = f"{scale.item} is not asked in {asked.file}"
                    yield Problem(definition.file, f"totals[{index}].item", message)

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterable[Problem]:
        yield Problem(cases.file, "", "instruments have no cases")


def instrument_in(definition: Definition) -> Instrument:
    """Return the instrument of a definition that passed its check."""
    body = _body(definition)
    return Instrument(
        url=definition.url,
        version=definition.version,
        id=body["id"],
        name=body["name"],
        about=body["about"],
        licence=Licence(body["licence"]),
        attribution=body["attribution"],
        owner_link=body["owner_link"],
        respondent=Respondent(body["respondent"]),
        languages=tuple(body["languages"]),
        least_age=body["least_age"],
        staff_only=body["staff_only"],
        questionnaire=body["questionnaire"],
        wording={language: Wording(said) for language, said in (body["wording"] or {}).items()},
        scales=tuple(_scale(one) for one in body["totals"]),
        talk=_talk(body["talk"]),
        missing_rule=MissingRule(body["missing_rule"]["rule"]),
        missing_text=body["missing_rule"]["text"],
        not_a_diagnosis=body["not_a_diagnosis"],
        sources=shapes.sources_in(body, "sources"),
    )


def _scale(written: Mapping[str, Any]) -> Scale:
    relevant = written["relevant_change"]
    return Scale(
        id=written["id"],
        name=written["name"],
        item=written["item"],
        range=None if written["least"] is None else (Decimal(written["least"]), Decimal(written["most"])),
        certainty=Certainty(written["certainty"]),
        higher=None if written["higher"] is None else Direction(written["higher"]),
        bands=tuple(_band(one) for one in written["bands"]),
        relevant_change=relevant
        and Relevant(Decimal(relevant["by"]), Certainty(relevant["certainty"]), relevant["source"]),
    )


def _band(written: Mapping[str, Any]) -> Band:
    return Band(
        least=Decimal(written["from"]),
        most=Decimal(written["to"]),
        label=written["label"],
        certainty=Certainty(written["certainty"]),
        valid_from=date.fromisoformat(written["valid_from"]),
        source=written["source"],
    )


def _talk(written: Mapping[str, Any] | None) -> TalkRule | None:
    if written is None:
        return None
    return TalkRule(Decimal(written["any_answer_at_most"]), written["total"], Decimal(written["total_at_most"]))


def _body(definition: Definition) -> Mapping[str, Any]:
    return definition.body  # type: ignore[return-value]


def _of_whole(definition: Definition) -> Iterator[tuple[str, str]]:
    body = _body(definition)
    if body["id"] != PurePosixPath(definition.file).stem:
        yield "id", f"is {body['id']}, but the file is called {PurePosixPath(definition.file).stem}"
    if body["questionnaire"] and not Licence(body["licence"]).allows_items:
        yield "questionnaire", f"the licence {body['licence']} allows no words of items here; keep the total only"
    if body["wording"] and not body["questionnaire"]:
        yield "wording", "is about words of items, and there are none"
    names = [scale["id"] for scale in body["totals"]]
    if len(set(names)) < len(names):
        yield "totals", "two have the same id"
    if body["talk"] and body["talk"]["total"] not in names:
        yield "talk.total", f"{body['talk']['total']} is none of its totals"


def _of_scales(definition: Definition) -> Iterator[tuple[str, str]]:
    body = _body(definition)
    for index, scale in enumerate(body["totals"]):
        place = f"totals[{index}]"
        if (scale["item"] is None) is not (body["questionnaire"] is None):
            yield f"{place}.item", "is given if, and only if, there is a questionnaire"
        if len({scale[key] is None for key in ("least", "most", "higher")}) > 1:
            yield place, "least, most and higher are given all three, or none of them: it then has no score"
        elif scale["least"] is None:
            if scale["bands"] or scale["relevant_change"] or scale["item"]:
                yield place, "has no score, and so neither bands, change nor item"
            continue
        elif scale["least"] >= scale["most"]:
            yield f"{place}.most", "is not above least"
        for number, band in enumerate(scale["bands"]):
            yield from _of_band(scale, band, f"{place}.bands[{number}]")
        for one, other in combinations(scale["bands"], 2):
            meet = one["from"] <= other["to"] and other["from"] <= one["to"]
            if meet and one["valid_from"] == other["valid_from"]:
                yield f"{place}.bands", f"{one['from']}-{one['to']} and {other['from']}-{other['to']} meet"


def _of_band(scale: Mapping[str, Any], band: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    if not scale["least"] <= band["from"] <= band["to"] <= scale["most"]:
        yield place, f"{band['from']}-{band['to']} is not within {scale['least']}-{scale['most']}"
    try:
        date.fromisoformat(band["valid_from"])
    except ValueError:
        yield f"{place}.valid_from", "is no day of the calendar"


def _not_apart(definition: Definition, library: Library) -> Iterator[Problem]:
    """Words for non-commercial use stand in a package of their own, so that they can be left out as a whole."""
    package = library.packages[definition.package]
    if package.licence not in NON_COMMERCIAL:
        message = f"is NC_ONLY, but the package is {package.licence}: give it a package of its own"
        yield Problem(definition.file, "licence", message)
    for other in library.of_kind(definition.kind):
        if other.package == definition.package and instrument_in(other).licence is not Licence.NC_ONLY:
            yield Problem(definition.file, "licence", f"is NC_ONLY and shares its package with {other.file}")


INSTRUMENTS = Instruments()
