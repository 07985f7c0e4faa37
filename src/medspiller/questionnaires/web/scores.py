"""What answers came to, in words: never a verdict, and always with what the score is not."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from medspiller.questionnaires.domain.library.instruments import Reading, in_language
from medspiller.questionnaires.selectors import ReadResponse
from medspiller.questionnaires.web.acting import language


@dataclass(frozen=True, slots=True)
class Line:
    """One score: what it is called, what it came to, between what it can lie, and what its band is called."""

    label: str
    value: str
    range: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores, and what is said below them."""

    lines: tuple[Line, ...]
    not_a_diagnosis: str
    attribution: str


def scores_in_words(found: ReadResponse) -> Scores:
    """Return the scores of finished answers: by their instrument where there is one, else as the form calls them."""
    instrument = found.instrument
    read = {each.scale.item: each for each in found.readings}
    items = found.blank.questionnaire.by_link_id
    lines = []
    for link_id, value in found.scores.items():
        if link_id in read:
            lines.append(_read(read[link_id]))
        elif link_id in items and not items[link_id].hidden and instrument is None:
            lines.append(Line(items[link_id].text.in_language(language()), _number(value)))
    told = in_language(instrument.not_a_diagnosis, language()) if instrument else ""
    return Scores(
        lines=tuple(lines),
        not_a_diagnosis=told or _("A score is a help in the talk. It is not a diagnosis, and it decides nothing."),
        attribution=instrument.attribution if instrument else "",
    )


def _read(reading: Reading) -> Line:
    scale: Any = reading.scale
    between = ""
    if scale.range is not None:
        least, most = (_number(each) for each in scale.range)
        between = _("(from %(least)s to %(most)s)") % {"least": least, "most": most}
    band = in_language(reading.band.label, language()) if reading.band else ""
    return Line(in_language(scale.name, language()), _number(reading.value), between, band)


def _number(value: Decimal) -> str:
    return number_format(value.normalize() if value != value.to_integral_value() else int(value))
