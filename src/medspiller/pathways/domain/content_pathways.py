"""The content kind `pathways`: declared steps that run, with the cases that must hold."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from medspiller.content.domain.definitions import Definition, Status
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem, Severity
from medspiller.content.domain.shape_parts import canonical_parts
from medspiller.pathways.domain import cases as casebook
from medspiller.pathways.domain import checks, content_shapes
from medspiller.pathways.domain.content_guideline import GUIDELINE, known_lines
from medspiller.pathways.domain.content_letters import LETTERS, letter_in
from medspiller.pathways.domain.definition import DoneBy, Pathway, Step, UsesKind
from medspiller.pathways.domain.reading import PathwayUnreadable, pathway_in
from medspiller.pathways.domain.vocabulary import LineType

PATHWAYS = "pathways"
_QUESTIONNAIRES = "questionnaires"
_ADDRESS = "https://medspiller.no/pathways/"


class Pathways:
    """The kind `pathways`."""

    name = PATHWAYS
    folder = "pathways"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield what is wrong with shape, names, waits and ends."""
        misfits = list(content_shapes.PATHWAY.problems(definition))
        yield from misfits
        if misfits:
            return
        try:
            pathway = pathway_in(definition)
        except PathwayUnreadable as unreadable:
            yield from (Problem(definition.file, fault.element, fault.message) for fault in unreadable.faults)
            return
        stem = PurePosixPath(definition.file).stem
        if pathway.slug != stem:
            yield Problem(definition.file, "slug", f"is {pathway.slug}, and the file is called {stem}")
        if definition.package.startswith("no.medspiller.") and definition.url != f"{_ADDRESS}{stem}":
            yield Problem(definition.file, "url", f"must be {_ADDRESS}{stem}")
        for found in checks.problems(pathway):
            severity = Severity.ERROR if found.is_error else Severity.WARNING
            yield Problem(definition.file, found.place, found.message, severity)
        yield from _undecided(definition, pathway)

    def references(self, definition: Definition) -> Iterator[Reference]:
        """Yield the questionnaires that steps use, and those whose answers count as done."""
        for place, step in checks.places(pathway_in(definition)):
            if step.uses and step.uses.kind is UsesKind.QUESTIONNAIRE:
                url, version = canonical_parts(step.uses.name)
                yield Reference(url, version, f"{place}.uses", _QUESTIONNAIRES)
            if step.done.by is DoneBy.RESPONSE:
                yield Reference(step.done.name, None, f"{place}.done", _QUESTIONNAIRES)

    def check_among(self, definition: Definition, library: Library) -> Iterator[Problem]:
        """Yield names of lines, letters and pathways that are not there, and that no case was written."""
        pathway = pathway_in(definition)
        if definition.file not in library.cases and definition.status is not Status.RETIRED:
            yield Problem(definition.file, "", f"has no cases; write {casebook.FEWEST} into cases/{pathway.slug}.yaml")
        if GUIDELINE not in library.incomplete:
            yield from _strange_lines(definition, pathway, library)
        if LETTERS not in library.incomplete:
            letters = {letter_in(one).slug for one in library.of_kind(LETTERS)}
            for place, step in checks.places(pathway):
                if step.uses and step.uses.kind is UsesKind.LETTER and step.uses.name not in letters:
                    yield Problem(definition.file, f"{place}.uses.letter", f"there is no letter {step.uses.name}")
        others = library.of_kind(PATHWAYS)
        slugs = {pathway_in(one).slug for one in others}
        for number, each in enumerate(pathway.exits):
            if each.leads_to and each.leads_to not in slugs and PATHWAYS not in library.incomplete:
                yield Problem(definition.file, f"exit[{number}].leads_to", f"there is no pathway {each.leads_to}")
        for other in others:
            if other.url != definition.url and pathway_in(other).slug == pathway.slug:
                yield Problem(definition.file, "slug", f"{pathway.slug} is also that of {other.file}")

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterator[Problem]:
        """Yield every example that does not hold."""
        yield from casebook.run(pathway_in(definition), cases)


def _undecided(definition: Definition, pathway: Pathway) -> Iterator[Problem]:
    """Yield steps that name a law and do not say whether it demands them."""
    for place, step in checks.places(pathway):
        if step.basis.law and not step.says_whether_statutory:
            yield Problem(definition.file, f"{place}.statutory", _SAY_WHETHER)


def _strange_lines(definition: Definition, pathway: Pathway, library: Library) -> Iterator[Problem]:
    known = known_lines(library)
    for place, step in checks.places(pathway):
        for line in step.basis.lines:
            if line not in known:
                yield Problem(definition.file, f"{place}.basis.lines", f"there is no guideline line {line}")
        demands = _demands(step, {line for line in known if known[line].type is LineType.DEMAND})
        if demands and not step.basis.law and not step.says_whether_statutory:
            yield Problem(definition.file, f"{place}.statutory", _SAY_WHETHER)
        if step.is_statutory and not demands:
            message = "is demanded by no law and by no `krav` line that it names"
            yield Problem(definition.file, f"{place}.statutory", message)


_SAY_WHETHER = "names what the law demands: say true if that is this step, false if the law is only its background"


def _demands(step: Step, demanding: set[str]) -> bool:
    return bool(step.basis.law) or bool(demanding.intersection(step.basis.lines))


PATHWAY_KIND = Pathways()
