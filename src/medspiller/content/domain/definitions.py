"""A definition: one thing that content says, known by url and version and proved by its digest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from medspiller.content.domain import values
from medspiller.content.domain.values import Json

URL = re.compile(r"(https?://|urn:)[^\s|#]+")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,63}")
MAX_URL = 400


class Status(StrEnum):
    """
    Where a definition is in its life. It goes forward only.

    A draft may be edited; an active one is frozen and may be used for something new; a
    retired one is used only by what began with it.
    """

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"

    def may_become(self, other: "Status") -> bool:
        """Say whether `other` is the same or lies ahead."""
        order = list(Status)
        return order.index(other) >= order.index(self)


class Key(NamedTuple):
    """What identifies a definition."""

    url: str
    version: str

    def __str__(self) -> str:
        return f"{self.url}|{self.version}"


@dataclass(frozen=True, slots=True)
class Pin:
    """
    The exact definition that something rests on: an answer, a running pathway, a decision.

    Higher apps store the three as columns and give url and version to `selectors.pinned`.
    The digest says whether what they get is what they had.
    """

    url: str
    version: str
    digest: str


@dataclass(frozen=True)
class Definition:
    """
    One definition as its file says it.

    `body` is frozen; `text` is the file as written and `suffix` the format to read it by.
    `package` and `package_version` tell where it came from, `file` the path below the
    folder of packages.
    """

    kind: str
    url: str
    version: str
    status: Status
    body: Json = field(repr=False, hash=False)
    text: str = field(repr=False, hash=False)
    suffix: str
    package: str
    package_version: str
    file: str

    @property
    def key(self) -> Key:
        return Key(self.url, self.version)

    @property
    def pin(self) -> Pin:
        return Pin(self.url, self.version, self.digest)

    @cached_property
    def digest(self) -> str:
        """
        SHA-256 over the canonical form of what it says.

        The status is left out, because retiring a definition does not change what it says.
        """
        body = self.body
        if isinstance(body, Mapping):
            body = {key: part for key, part in body.items() if key != "status"}
        return values.digest({"kind": self.kind, "url": self.url, "version": self.version, "body": body})
