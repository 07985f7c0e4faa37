"""Where a carer begins: a sentence that is true of them, what it tells already, and which rights it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medspiller.rights.domain.facts import Value
from medspiller.rights.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation of life. `presets` are facts by path that are known by choosing it; `rights` the foremost first."""

    id: str
    url: str
    version: str
    order: int
    title: Texts
    text: Texts
    presets: Mapping[str, Value]
    rights: Sequence[str]
