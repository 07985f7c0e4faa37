"""
What a package says about itself in its `package.toml`.

    id = "no.example.carers-basics"
    version = "2.1"
    title = "The basics"
    licence = "CC-BY-4.0"
    source = "where it comes from, for content made by others"     (may be left out)
    languages = ["nb", "nn", "en"]
    needs = ["no.example.terms >= 2"]                               (may be left out)

    [definitions."municipalities/2026.csv"]     only for files that cannot say it themselves
    url = "https://example.no/municipalities/2026"
    version = "1"
    status = "active"
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from medspiller.content.domain import versions
from medspiller.content.domain.faults import Fault
from medspiller.content.domain.values import Json

FILE_NAME = "package.toml"

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+")
_NEED = re.compile(r"(?P<package>[a-z0-9.-]+) *>= *(?P<version>[0-9.]+)")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TEXTS = ("id", "version", "title", "licence")
_KNOWN = frozenset({*_TEXTS, "source", "languages", "needs", "definitions"})
_HEADER = ("url", "version", "status")


@dataclass(frozen=True, slots=True)
class Need:
    """A package that another builds on, in this version or a later one."""

    package: str
    version: str

    def __str__(self) -> str:
        return f"{self.package} >= {self.version}"


@dataclass(frozen=True, slots=True)
class Package:
    """A folder of definitions that are made, licensed and versioned together."""

    id: str
    version: str
    title: str
    licence: str
    languages: tuple[str, ...]
    needs: tuple[Need, ...]
    source: str = ""
    headers: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The path of its `package.toml` below the folder of packages."""
        return f"{self.id}/{FILE_NAME}"


def faults_in(body: Json, *, folder: str) -> Iterator[Fault]:
    """Yield everything wrong with a `package.toml` that lies in `folder`."""
    if not isinstance(body, Mapping):
        yield Fault("", "is not a table")
        return
    for key in sorted(set(body) - _KNOWN):
        yield Fault(key, f"is not known here; known are {', '.join(sorted(_KNOWN))}")
    for key in _TEXTS:
        if not _is_text(body.get(key)):
            yield Fault(key, "is missing or not text")
    if "source" in body and not _is_text(body["source"]):
        yield Fault("source", "is not text")
    yield from _identity_faults(body, folder)
    yield from _list_faults(body)
    yield from _header_faults(body.get("definitions", {}))


def package_from(body: Mapping[str, Json]) -> Package:
    """Return the package that a `package.toml` without faults describes."""
    return Package(
        id=str(body["id"]),
        version=str(body["version"]),
        title=str(body["title"]),
        licence=str(body["licence"]),
        languages=tuple(str(language) for language in _items(body["languages"])),
        needs=tuple(need for item in _items(body.get("needs", ())) if (need := need_from(item))),
        source=str(body.get("source", "")),
        headers=body.get("definitions", {}),  # type: ignore[arg-type]
    )


def need_from(written: Json) -> Need | None:
    """Read `no.example.terms >= 2`; None if it is anything else."""
    found = _NEED.fullmatch(written.strip()) if isinstance(written, str) else None
    if found is None or not _ID.fullmatch(found["package"]) or not versions.is_number(found["version"]):
        return None
    return Need(package=found["package"], version=found["version"])


def _identity_faults(body: Mapping[str, Json], folder: str) -> Iterator[Fault]:
    name, version = body.get("id"), body.get("version")
    if isinstance(name, str) and not _ID.fullmatch(name):
        yield Fault("id", f"{name} is not like no.example.carers-basics")
    elif isinstance(name, str) and name != folder:
        yield Fault("id", f"is {name}, but the folder is called {folder}")
    if isinstance(version, str) and not versions.is_number(version):
        yield Fault("version", f"{version} is not like 2 or 2.1")


def _list_faults(body: Mapping[str, Json]) -> Iterator[Fault]:
    languages, needs = body.get("languages"), body.get("needs", ())
    if not isinstance(languages, tuple) or not languages:
        yield Fault("languages", "is missing or not a list of languages")
    for index, language in enumerate(_items(languages)):
        if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
            yield Fault(f"languages[{index}]", f"{language} is not a language like nb, nn or en")
    if not isinstance(needs, tuple):
        yield Fault("needs", 'is not a list like ["no.example.terms >= 2"]')
    for index, need in enumerate(_items(needs)):
        if need_from(need) is None:
            yield Fault(f"needs[{index}]", f"{need} is not like no.example.terms >= 2")


def _header_faults(headers: Json) -> Iterator[Fault]:
    if not isinstance(headers, Mapping):
        yield Fault("definitions", "is not a table")
        return
    for file, header in headers.items():
        place = f"definitions.{file}"
        if not isinstance(header, Mapping):
            yield Fault(place, "is not a table")
            continue
        for key in sorted(set(header) - set(_HEADER)):
            yield Fault(f"{place}.{key}", f"is not known here; known are {', '.join(_HEADER)}")


def _is_text(value: Json) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _items(value: Json) -> tuple[Json, ...]:
    return value if isinstance(value, tuple) else ()
