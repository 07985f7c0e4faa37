"""Faults of one file, before it is known where the file lies."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of a text."""

    element: str
    message: str


class Unreadable(ValueError):
    """A file could not be read. `faults` is all that was found, not only the first."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.element}: {fault.message}".lstrip(": ") for fault in self.faults))
