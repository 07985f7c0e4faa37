"""What pictures are wanted, and where each is put."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

from tests.journeys.visits import THEMES, Look, Visit, visits

# A phone, a tablet, a desktop.
WIDTHS = (360, 768, 1280)


@dataclass(frozen=True, slots=True)
class Order:
    """
    What is wanted: pages whose route or visitor has one of the words (all where there is none), and how they are seen.

    Pictures that are there already are left alone, unless wanted `again`.
    """

    folder: Path
    words: tuple[str, ...] = ()
    widths: tuple[int, ...] = WIDTHS
    themes: tuple[str, ...] = THEMES
    language: str = "nb"
    again: bool = False

    def as_text(self) -> str:
        """Return it for another process: see `read`."""
        return json.dumps(asdict(self) | {"folder": str(self.folder)})

    @classmethod
    def read(cls, text: str) -> "Order":
        """Return the order that `as_text` wrote."""
        given = json.loads(text)
        lists = {name: tuple(given[name]) for name in ("words", "widths", "themes")}
        return cls(**given | lists | {"folder": Path(given["folder"])})

    def visits(self) -> list[Visit]:
        """Return the visits that are wanted, those of one visitor together."""
        wanted = [visit for visit in visits() if not self.words or any(word in str(visit) for word in self.words)]
        return sorted(wanted, key=lambda visit: (visit.persona_id, visit.route))

    def looks(self) -> list[Look]:
        return [Look(self.language, theme, width) for theme, width in product(self.themes, self.widths)]

    def missing(self) -> Iterator[tuple[Visit, Look, Path]]:
        """Yield the pictures that are not there yet."""
        for visit, look in product(self.visits(), self.looks()):
            file = self.folder / name_of(visit, look)
            if self.again or not file.exists():
                yield visit, look, file


def name_of(visit: Visit, look: Look) -> str:
    """Return where a picture lies: visitor, route, then how it was seen."""
    return f"{visit.persona_id}/{visit.route.replace(':', '.')}/{look.language}-{look.theme}-{look.width}.png"
