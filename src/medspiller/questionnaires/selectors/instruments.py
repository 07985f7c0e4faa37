"""Which instruments there are, what a score means by them, and which forms their licence keeps closed."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.conf import settings

from medspiller.access.domain.actors import Actor
from medspiller.content import selectors as content
from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.remembered import Remembered
from medspiller.content.domain.shape_parts import canonical_parts
from medspiller.core import clock
from medspiller.questionnaires.domain.library.content_instruments import INSTRUMENTS, instrument_in
from medspiller.questionnaires.domain.library.instruments import Instrument, Licence, Reading, readings

_READ: Remembered[Instrument] = Remembered(at_most=200)


def instruments(*, actor: Actor) -> tuple[Instrument, ...]:
    """Return the instruments that may be used for something new today, by address."""
    found = content.active(actor=actor, kind=INSTRUMENTS.name, on=clock.today())
    return tuple(_instrument(definition) for definition in found)


def instrument(*, actor: Actor, url: str, version: str) -> Instrument:
    """
    Return exactly that one, whatever its status now.

    :raises NotFound: if the actor's tenant has none of that address and version.
    """
    return _instrument(content.pinned(actor=actor, url=url, version=version))


def instrument_of_form(*, actor: Actor, questionnaire_url: str) -> Instrument | None:
    """Return the instrument that a questionnaire asks for, None if it is no instrument."""
    return next(
        (
            each
            for each in instruments(actor=actor)
            if each.questionnaire and canonical_parts(each.questionnaire)[0] == questionnaire_url
        ),
        None,
    )


def meaning_of_scores(
    *, actor: Actor, questionnaire_url: str, scores: Mapping[str, Decimal | None]
) -> tuple[Reading, ...]:
    """Return what scores by linkId mean today by the form's instrument; nothing if it is no instrument."""
    found = instrument_of_form(actor=actor, questionnaire_url=questionnaire_url)
    return readings(found, scores, on=clock.today()) if found else ()


def closed_forms(*, actor: Actor) -> frozenset[str]:
    """
    Return the addresses of questionnaires that nobody may begin here, because of their instrument's licence.

    What is for non-commercial use only is open where the installation confirms that it is that
    (`MEDSPILLER_NON_COMMERCIAL_USE`). Answers already given stay readable.
    """
    return _closed_by(instruments(actor=actor))


def _closed_by(found: Iterable[Instrument]) -> frozenset[str]:
    return frozenset(
        canonical_parts(each.questionnaire)[0]
        for each in found
        if each.questionnaire and not _may_be_asked(each.licence)
    )


def _may_be_asked(licence: Licence) -> bool:
    if licence is Licence.NC_ONLY:
        return bool(settings.NON_COMMERCIAL_USE)
    return licence.allows_items


def _instrument(definition: Definition) -> Instrument:
    return _READ.get(definition.digest, lambda: instrument_in(definition))
