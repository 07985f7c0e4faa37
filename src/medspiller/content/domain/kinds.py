"""
What an app says about a kind of content it makes: the contract, and the list of kinds.

A kind is plain Python and needs neither Django nor a database, so that content can be
checked anywhere in a moment. What publishing a definition sets in motion (filling tables
of another app, say) does need them. The two are therefore made known in two places:

- the kind object lives in its app's `domain/` and is listed in `config/content_kinds.py`,
  which imports nothing else;
- the function that runs when one is published lives in the app's `subscribers.py` and is
  tied to the kind by name in `config/wiring.py`, as subscribers are tied to events.

A smallest kind:

    class Terms:
        name = "terms"                     # as stored with each definition
        folder = "terms"                   # the folder inside a package
        suffixes = frozenset({".yaml"})

        def check(self, definition): ...
        def references(self, definition): return ()
        def check_among(self, definition, library): return ()
        def run_cases(self, definition, cases, library): return ()
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.formats import SUFFIXES
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.values import Json

if TYPE_CHECKING:
    from medspiller.content.domain.loading import Library


@dataclass(frozen=True, slots=True)
class Reference:
    """
    That a definition rests on another. `version=None` means any version of it will do.

    `element` is the place that refers; `kind`, if given, is what it must refer to.
    """

    url: str
    version: str | None
    element: str
    kind: str | None = None


class ContentKind(Protocol):
    """
    One kind of content. Each step is asked only if the ones before it found no error.

    `check` looks at one definition alone, `references` says what it rests on, `check_among`
    looks at it beside all others, and `run_cases` tries the examples that must hold (only
    called where the package has a case file for the definition). The library they are given
    holds only definitions that passed their own `check`; where `library.incomplete` names a
    kind, some of it are missing, and what follows from their absence should not be said.
    """

    @property
    def name(self) -> str: ...
    @property
    def folder(self) -> str: ...
    @property
    def suffixes(self) -> frozenset[str]: ...

    def check(self, definition: Definition) -> Iterable[Problem]: ...
    def references(self, definition: Definition) -> Iterable[Reference]: ...
    def check_among(self, definition: Definition, library: "Library") -> Iterable[Problem]: ...
    def run_cases(self, definition: Definition, cases: "CaseFile", library: "Library") -> Iterable[Problem]: ...


@dataclass(frozen=True, slots=True)
class CaseFile:
    """
    Examples that must hold for one definition: `cases/<its name>.yaml`, a list of cases.

    Where two definitions of a package have the same name, `cases/<folder>/<its name>.yaml`.
    """

    package: str
    file: str
    cases: Sequence[Json]


class DuplicateKind(ValueError):
    """Two kinds have the same name or folder."""


class Registry:
    """
    The kinds there are, in the order in which they are published.

    :raises DuplicateKind: if two have the same name or folder.
    :raises ValueError: if one wants files that no reader reads.
    """

    def __init__(self, kinds: Iterable[ContentKind]):
        self._by_name: dict[str, ContentKind] = {}
        self._by_folder: dict[str, ContentKind] = {}
        for kind in kinds:
            if kind.name in self._by_name or kind.folder in self._by_folder:
                raise DuplicateKind(f"{kind.name} in {kind.folder}/")
            if not kind.suffixes or not kind.suffixes <= SUFFIXES or kind.folder == "cases":
                raise ValueError(f"{kind.name}: files {sorted(kind.suffixes)} in {kind.folder}/ cannot be read")
            self._by_name[kind.name] = self._by_folder[kind.folder] = kind
        self._order = {name: position for position, name in enumerate(self._by_name)}

    def __iter__(self) -> Iterator[ContentKind]:
        return iter(self._by_name.values())

    def kind(self, name: str) -> ContentKind:
        """Return the kind of that name; KeyError if there is none."""
        return self._by_name[name]

    def kind_in(self, folder: str) -> ContentKind | None:
        """Return the kind whose files lie in the folder of that name."""
        return self._by_folder.get(folder)

    def position(self, name: str) -> int:
        """Return where in the order of publishing a kind stands."""
        return self._order[name]
