"""Finds among what npm brought exactly the files that pages use."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage, Storage


class NpmFiles(BaseFinder):
    """
    The files of `settings.NPM_STATIC_FILES`: static name → path under `settings.NPM_DIR`.

    One by one and not folder by folder: the packages also bring source maps, other themes and alphabets nobody
    here asks for, and all of it would be hashed and compressed at set-up.
    """

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.files: dict[str, str] = settings.NPM_STATIC_FILES
        self.directory = Path(settings.NPM_DIR)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        missing = [path for path in self.files.values() if not (self.directory / path).is_file()]
        if not missing:
            return []
        return [
            Error(
                f"npm has not brought {', '.join(missing)}.", hint="Run `make setup`.", obj=self.directory, id="ui.E001"
            )
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the file that is served under the static name `path`; an empty list if it is not npm's."""
        file = self.directory / self.files[path] if path in self.files else None
        if file is None or not file.is_file():
            return []
        return [str(file)] if find_all else str(file)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:  # type: ignore[override]
        """Yield each file with a storage that opens it under its static name."""
        storage = _Renamed(location=self.directory, names=self.files)
        for name in self.files:
            yield name, storage


class _Renamed(FileSystemStorage):
    """Opens npm's files by the names they are served under."""

    prefix = ""

    def __init__(self, *, location: Path, names: dict[str, str]):
        super().__init__(location=str(location))
        self.names = names

    def path(self, name: str) -> str:
        return super().path(self.names.get(name, name))
