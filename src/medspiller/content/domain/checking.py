"""
Whether content holds together: shape, then references, then cases.

A later step is asked only of definitions that passed the earlier ones, and shown only
others whose shape is right; what it would say otherwise is noise. Everything that is found
is told at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from medspiller.content.domain import versions
from medspiller.content.domain.definitions import Definition, Status
from medspiller.content.domain.kinds import ContentKind, Reference, Registry
from medspiller.content.domain.loading import Library
from medspiller.content.domain.packages import Package
from medspiller.content.domain.problems import Problem, Severity, errors


def check(library: Library, kinds: Registry, *, around: Library | None = None) -> tuple[Problem, ...]:
    """
    Return every problem of the library, by file, in the order the steps found them.

    `around` holds packages that these may build on; what is wrong with them is not told.
    """
    whole = library.with_others(around) if around else library
    shape = {definition.file: list(kinds.kind(definition.kind).check(definition)) for definition in whole.definitions}
    broken = {file for file, problems in shape.items() if errors(problems)}
    unsound = {problem.file for problem in library.problems} | broken
    sound = whole.without(broken, incomplete=frozenset(_kinds_of(unsound, kinds)))

    found = [*library.problems, *_package_problems(library, whole), *_written_twice(library, whole)]
    for definition in library.definitions:
        kind = kinds.kind(definition.kind)
        problems = shape[definition.file]
        if not errors(problems):
            problems += _dangling(definition, kind, whole)
        if not errors(problems):
            problems += kind.check_among(definition, sound)
        if not errors(problems) and definition.file in sound.cases:
            problems += kind.run_cases(definition, sound.cases[definition.file], sound)
        found += problems
    return tuple(sorted(found, key=lambda problem: problem.file))


def in_order(library: Library, kinds: Registry) -> tuple[Definition, ...]:
    """Return the definitions in the order of publishing: what a package needs before it, then by kind."""
    depth = {name: _depth(package, library.packages, ()) for name, package in library.packages.items()}

    def place(found: Definition) -> tuple[object, ...]:
        return depth[found.package], kinds.position(found.kind), found.url, versions.order(found.version)

    return tuple(sorted(library.definitions, key=place))


# --- Packages -----------------------------------------------------------------------------


def _package_problems(library: Library, whole: Library) -> Iterator[Problem]:
    for package in library.packages.values():
        for index, need in enumerate(package.needs):
            element, there = f"needs[{index}]", whole.packages.get(need.package)
            if there is None:
                yield Problem(package.file, element, f"{need} is not here")
            elif not versions.is_at_least(there.version, need.version):
                yield Problem(package.file, element, f"{need} is not met: {there.id} is version {there.version}")
            elif package.id in _needed_by(there, whole.packages):
                yield Problem(package.file, element, f"{there.id} needs {package.id} in its turn")


def _needed_by(package: Package, packages: Mapping[str, Package]) -> set[str]:
    """Return the ids of the package and all it builds on."""
    needed: set[str] = set()
    waiting = [package.id]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += [need.package for need in packages[name].needs] if name in packages else []
    return needed


def _depth(package: Package, packages: Mapping[str, Package], above: tuple[str, ...]) -> int:
    needed = [
        packages[need.package]
        for need in package.needs
        if need.package in packages and need.package not in (*above, package.id)
    ]
    return 1 + max((_depth(found, packages, (*above, package.id)) for found in needed), default=-1)


def _written_twice(library: Library, whole: Library) -> Iterator[Problem]:
    by_key = sorted(whole.definitions, key=lambda definition: definition.key)
    own = {definition.file for definition in library.definitions}
    for key, group in groupby(by_key, key=lambda definition: definition.key):
        same = list(group)
        for definition in same:
            others = [other.file for other in same if other is not definition]
            if others and definition.file in own:
                yield Problem(definition.file, "version", f"{key} is also in {', '.join(others)}")


# --- References ---------------------------------------------------------------------------


def _dangling(definition: Definition, kind: ContentKind, whole: Library) -> Iterator[Problem]:
    for reference in kind.references(definition):
        for message, severity in _faults_of(reference, definition, whole):
            yield Problem(definition.file, reference.element, message, severity)


def _faults_of(reference: Reference, definition: Definition, whole: Library) -> Iterator[tuple[str, Severity]]:
    meant = whole.named(reference.url, reference.version)
    name = reference.url if reference.version is None else f"{reference.url}|{reference.version}"
    if not meant:
        yield f"refers to {name}, which is not here", Severity.ERROR
        return
    if reference.kind and all(found.kind != reference.kind for found in meant):
        yield f"refers to {name}, which is {meant[0].kind}, not {reference.kind}", Severity.ERROR
    reachable = _needed_by(whole.packages[definition.package], whole.packages)
    if all(found.package not in reachable for found in meant):
        yield f"refers to {name} of {meant[0].package}, which package.toml does not need", Severity.ERROR
    states = {found.status for found in meant}
    if definition.status is Status.ACTIVE and states == {Status.DRAFT}:
        yield f"is active and refers to {name}, which is a draft", Severity.ERROR
    elif definition.status is Status.ACTIVE and Status.ACTIVE not in states:
        yield f"refers to {name}, which is retired", Severity.WARNING


def _kinds_of(files: Iterable[str], kinds: Registry) -> Iterator[str]:
    for file in files:
        folder = file.split("/")[1]
        kind = kinds.kind_in(folder)
        if kind:
            yield kind.name
