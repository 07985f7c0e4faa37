"""Pathways, letters and guideline lines that are published. Nothing in them is about anybody, so all may read them."""

from collections.abc import Collection
from datetime import date

from medspiller.access.domain.actors import Actor
from medspiller.content import selectors as content
from medspiller.content.domain.definitions import Definition, Pin
from medspiller.content.domain.remembered import Remembered
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.pathways.domain.content_guideline import GUIDELINE, Line, Section, lines_in, section_in
from medspiller.pathways.domain.content_letters import LETTERS, Letter, letter_in
from medspiller.pathways.domain.content_pathways import PATHWAYS
from medspiller.pathways.domain.definition import Pathway
from medspiller.pathways.domain.reading import pathway_in
from medspiller.pathways.domain.vocabulary import Subject

_READ: Remembered[Pathway] = Remembered(at_most=500)
_SECTIONS: Remembered[Section] = Remembered(at_most=100)
_LINES: Remembered[tuple[Line, ...]] = Remembered(at_most=200)


class PinBroken(LookupError):
    """What is published under a run's url and version is not what the run began with."""


def pathways(*, actor: Actor, subject: Subject | None = None, as_of: date | None = None) -> list[Pathway]:
    """
    Return the pathways with which something new can begin today, by their slug; those for one subject if named.

    `as_of` is another day whose pathways are asked for.
    """
    found = [_read(one) for one in content.active(actor=actor, kind=PATHWAYS, on=as_of or clock.today())]
    return sorted((one for one in found if subject in (None, one.subject)), key=lambda one: one.slug)


def pathway(*, actor: Actor, slug: str, as_of: date | None = None) -> Pathway:
    """
    Return one of them.

    :raises NotFound: if none of that slug can be begun on that day.
    """
    found = next((one for one in pathways(actor=actor, as_of=as_of) if one.slug == slug), None)
    if found is None:
        raise NotFound(f"pathway {slug}")
    return found


def pathway_at(*, actor: Actor, url: str, version: str) -> Pathway:
    """
    Return exactly that version, retired or not.

    :raises NotFound: if there is none.
    """
    return _read(content.pinned(actor=actor, url=url, version=version))


def pathway_of(*, actor: Actor, pin: Pin) -> Pathway:
    """
    Return the pathway that a run goes through, without a query if this process has read it before.

    :raises PinBroken: if it is not what the run began with any more.
    """

    def read() -> Pathway:
        definition = content.pinned(actor=actor, url=pin.url, version=pin.version)
        if definition.digest != pin.digest:
            raise PinBroken(f"{pin.url}|{pin.version}")
        return pathway_in(definition)

    return _READ.get(pin.digest, read)


def letters(*, actor: Actor) -> list[Letter]:
    """Return every letter that is sent today, by its slug."""
    found = [letter_in(each) for each in content.active(actor=actor, kind=LETTERS, on=clock.today())]
    return sorted(found, key=lambda each: each.slug)


def letter(*, actor: Actor, slug: str) -> Letter:
    """
    Return the letter of that slug as it is sent today.

    :raises NotFound: if there is none.
    """
    found = next((each for each in letters(actor=actor) if each.slug == slug), None)
    if found is None:
        raise NotFound(f"letter {slug}")
    return found


def guideline_sections(*, actor: Actor) -> tuple[Section, ...]:
    """Return every section of the guideline that is published, in its order."""
    found = content.active(actor=actor, kind=GUIDELINE, on=clock.today())
    read = (_SECTIONS.get(one.digest, lambda one=one: section_in(one)) for one in found)  # type: ignore[misc]
    return tuple(sorted(read, key=lambda one: tuple(int(part) for part in one.number.split("."))))


def guideline_lines(*, actor: Actor, ids: Collection[str]) -> dict[str, Line]:
    """Return those of these lines of the guideline that are published, by id."""
    if not ids:
        return {}
    definitions = content.active(actor=actor, kind=GUIDELINE, on=clock.today())
    every = (line for one in definitions for line in _LINES.get(one.digest, lambda one=one: tuple(lines_in(one))))  # type: ignore[misc]
    return {line.id: line for line in every if line.id in ids}


def _read(definition: Definition) -> Pathway:
    return _READ.get(definition.digest, lambda: pathway_in(definition))
