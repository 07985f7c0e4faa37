"""From a folder of packages to definitions. Everything that cannot be read is told, none of it stops the rest."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from medspiller.content.domain import formats, packages
from medspiller.content.domain.definitions import MAX_URL, URL, VERSION, Definition, Status
from medspiller.content.domain.faults import Fault, Unreadable
from medspiller.content.domain.kinds import CaseFile, ContentKind, Registry
from medspiller.content.domain.packages import Package
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.values import Json

CASES = "cases"
_BESIDE = frozenset({packages.FILE_NAME, "README.md", "CHANGELOG.md", "LICENSE", "LICENSE.md"})


class NoPackages(ValueError):
    """A folder holds no package, or is no folder."""


@dataclass(frozen=True)
class Library:
    """
    Packages read together, with what was wrong with their files.

    `cases` maps the file of a definition to the examples that must hold for it. `incomplete`
    names kinds of which a file could not be read or has the wrong shape.
    """

    packages: Mapping[str, Package] = field(default_factory=dict)
    definitions: tuple[Definition, ...] = ()
    cases: Mapping[str, CaseFile] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    incomplete: frozenset[str] = frozenset()

    def of_kind(self, kind: str) -> tuple[Definition, ...]:
        """Return all definitions of a kind, in all versions."""
        return tuple(definition for definition in self.definitions if definition.kind == kind)

    def named(self, url: str, version: str | None = None) -> tuple[Definition, ...]:
        """Return the definitions with that url, all versions if none is given."""
        return tuple(
            definition
            for definition in self.definitions
            if definition.url == url and version in (None, definition.version)
        )

    def with_others(self, other: "Library") -> "Library":
        """Return this library and those packages of the other that this one does not have, without their problems."""
        extra = {name: package for name, package in other.packages.items() if name not in self.packages}
        definitions = tuple(definition for definition in other.definitions if definition.package in extra)
        cases = {file: found for file, found in other.cases.items() if found.package in extra}
        return Library(
            packages={**self.packages, **extra},
            definitions=self.definitions + definitions,
            cases={**self.cases, **cases},
            problems=self.problems,
        )

    def without(self, files: Collection[str], *, incomplete: frozenset[str]) -> "Library":
        """Return this library without the definitions of some files."""
        kept = tuple(definition for definition in self.definitions if definition.file not in files)
        return replace(self, definitions=kept, incomplete=incomplete)


def load(folder: Path, kinds: Registry) -> Library:
    """
    Read one package, or every package directly below `folder`.

    :raises NoPackages: if there is none.
    """
    if not folder.is_dir():
        raise NoPackages(f"{folder} is not a folder")
    if (folder / packages.FILE_NAME).is_file():
        return _join([_Loader(folder.resolve(), kinds).load()])
    found = sorted(path.parent for path in folder.glob(f"*/{packages.FILE_NAME}"))
    if not found:
        raise NoPackages(f"{folder} holds no package: no {packages.FILE_NAME} in it or directly below it")
    return _join(_Loader(path.resolve(), kinds).load() for path in found)


def _join(libraries: Iterable[Library]) -> Library:
    parts = list(libraries)
    return Library(
        packages={name: package for part in parts for name, package in part.packages.items()},
        definitions=tuple(definition for part in parts for definition in part.definitions),
        cases={file: cases for part in parts for file, cases in part.cases.items()},
        problems=tuple(problem for part in parts for problem in part.problems),
    )


class _Loader:
    """Reads one package."""

    def __init__(self, folder: Path, kinds: Registry):
        self.folder, self.kinds = folder, kinds
        self.problems: list[Problem] = []

    def load(self) -> Library:
        package = self._package()
        if package is None:
            return Library(problems=tuple(self.problems))
        definitions: list[Definition] = []
        case_files: list[Path] = []
        for path in self._files():
            inside = path.relative_to(self.folder)
            if inside.parts[0] == CASES:
                case_files.append(path)
            elif kind := self._kind_of(path):
                definitions.extend(self._definition(path, kind, package))
        self._unused_headers(package)
        cases = dict(found for path in case_files for found in self._cases(path, package, definitions))
        return Library({package.id: package}, tuple(definitions), cases, tuple(self.problems))

    def _package(self) -> Package | None:
        path = self.folder / packages.FILE_NAME
        body = self._read(path)
        if body is None:
            return None
        faults = list(packages.faults_in(body, folder=self.folder.name))
        self._add(path, faults)
        return None if faults or not isinstance(body, Mapping) else packages.package_from(body)

    def _files(self) -> Iterator[Path]:
        """Yield the files that should say something, in a fixed order."""
        for path in sorted(self.folder.rglob("*")):
            inside = path.relative_to(self.folder)
            if any(part.startswith(".") for part in inside.parts) or str(inside) in _BESIDE:
                continue
            if path.is_symlink():
                self._add(path, [Fault("", "is a link; a package holds its own files")])
            elif path.is_file():
                yield path

    def _kind_of(self, path: Path) -> ContentKind | None:
        inside = path.relative_to(self.folder)
        kind = self.kinds.kind_in(inside.parts[0]) if len(inside.parts) > 1 else None
        if kind is None:
            folders = ", ".join(sorted([*(kind.folder for kind in self.kinds), CASES]))
            self._add(path, [Fault("", f"belongs to no kind of content; folders are {folders}")])
        elif path.suffix not in kind.suffixes:
            self._add(path, [Fault("", f"{kind.name} are written in {', '.join(sorted(kind.suffixes))}")])
            kind = None
        return kind

    def _definition(self, path: Path, kind: ContentKind, package: Package) -> Iterator[Definition]:
        body = self._read(path)
        if body is None:
            return
        header = self._header(path, body, package)
        if header is None:
            return
        yield Definition(
            kind=kind.name,
            url=str(header["url"]),
            version=str(header["version"]),
            status=Status(str(header["status"])),
            body=body,
            text=formats.decode(path.read_bytes(), path.suffix),
            suffix=path.suffix,
            package=package.id,
            package_version=package.version,
            file=self._name(path),
        )

    def _header(self, path: Path, body: Json, package: Package) -> Mapping[str, Json] | None:
        """Return where url, version and status of a file stand: in itself, else in `package.toml`."""
        inside = path.relative_to(self.folder).as_posix()
        if isinstance(body, Mapping) and inside not in package.headers:
            faults = list(_header_faults(body))
            self._add(path, faults)
            return None if faults else body
        if isinstance(body, Mapping):
            self._add(path, [Fault("", "says its url, version and status itself; package.toml must not")])
            return None
        header = package.headers.get(inside)
        if header is None:
            self._add(
                path, [Fault("", f'has no url, version and status: add [definitions."{inside}"] to package.toml')]
            )
            return None
        faults = list(_header_faults(header))
        place = f"definitions.{inside}"
        self._add(
            self.folder / packages.FILE_NAME, [Fault(f"{place}.{fault.element}", fault.message) for fault in faults]
        )
        return None if faults else header

    def _unused_headers(self, package: Package) -> None:
        for file in package.headers:
            if not (self.folder / file).is_file():
                fault = Fault(f"definitions.{file}", "there is no such file in the package")
                self._add(self.folder / packages.FILE_NAME, [fault])

    def _cases(self, path: Path, package: Package, definitions: list[Definition]) -> Iterator[tuple[str, CaseFile]]:
        inside = path.relative_to(self.folder / CASES)
        meant = [
            definition
            for definition in definitions
            if Path(definition.file).stem == path.stem
            and (len(inside.parts) == 1 or Path(definition.file).parts[1] == inside.parts[0])
        ]
        if path.suffix != ".yaml":
            self._add(path, [Fault("", "cases are written in .yaml")])
        elif len(meant) != 1:
            which = " and ".join(definition.file for definition in meant) or "no definition"
            message = f"bears the name of {which}; it must be that of one definition that can be read"
            self._add(path, [Fault("", message)])
        elif (body := self._read(path)) is not None:
            if isinstance(body, tuple) and body:
                yield meant[0].file, CaseFile(package=package.id, file=self._name(path), cases=body)
            else:
                self._add(path, [Fault("", "is not a list of cases")])

    def _read(self, path: Path) -> Json:
        """Return what a file says, None if it cannot be read or says nothing."""
        try:
            body = formats.read(path.read_bytes(), path.suffix)
        except OSError as fault:
            self._add(path, [Fault("", f"cannot be opened: {fault.strerror}")])
            return None
        except Unreadable as fault:
            self._add(path, fault.faults)
            return None
        if body is None:
            self._add(path, [Fault("", "is empty")])
        return body

    def _add(self, path: Path, faults: Iterable[Fault]) -> None:
        self.problems.extend(Problem(self._name(path), fault.element, fault.message) for fault in faults)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder.parent).as_posix()


def _header_faults(header: Mapping[str, Json]) -> Iterator[Fault]:
    url, version, status = header.get("url"), header.get("version"), header.get("status")
    if not isinstance(url, str) or not URL.fullmatch(url) or len(url) > MAX_URL:
        yield Fault("url", f"must be an address beginning with https:// or urn:, at most {MAX_URL} characters")
    if not isinstance(version, str) or not VERSION.fullmatch(version):
        yield Fault("version", 'must be text such as "1" or "2.1", in quotation marks')
    if status not in set(Status):
        yield Fault("status", f"must be one of {', '.join(Status)}")
