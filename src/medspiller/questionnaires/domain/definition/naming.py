"""
What the fields of a form are called when they are posted: the same for `presenting` and `submitting`.

A name is `q-` and the linkId, with what has no place in a name written as `~xx`. Inside a repeated
group it says in which occurrence: `q-child:1/name`. What has the linkId of an earlier item gets a
number. Parts of an answer stand behind a plus: `q-weight+unit`.
"""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote

from medspiller.questionnaires.domain.definition.definitions import Item, Questionnaire

UNIT, CLOCK, OWN_WORDS = "+unit", "+clock", "+own"
# The option that stands for one's own words, which no option's own value can be.
OWN = "+"
PRESSED, LARGE = "_press", "_large"
ADD, REMOVE = "add:", "remove:"


@dataclass(slots=True)
class Names:
    """The names of the items of one questionnaire."""

    _keys: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, questionnaire: Questionnaire) -> "Names":
        """Return the names of a questionnaire's items."""
        names, seen = cls(), Counter[str]()
        for item in questionnaire.every_item():
            seen[item.link_id] += 1
            again = f"!{seen[item.link_id]}" if seen[item.link_id] > 1 else ""
            names._keys[item.path] = quoted(item.link_id) + again
        return names

    def name(self, item: Item, prefix: str = "") -> str:
        """Return the name of an item in a scope, `prefix` being what `inside` gave for that scope."""
        return f"q-{prefix}{self._keys[item.path]}"

    def inside(self, item: Item, prefix: str, number: int) -> str:
        """Return the prefix of what stands inside an occurrence of an item, or under one of its answers."""
        if not item.repeats and number == 0:
            return prefix
        return f"{prefix}{self._keys[item.path]}:{number}/"


def field_id(name: str, number: int) -> str:
    """Return the id of the input for one of several answers."""
    return name if number == 0 else f"{name}:{number}"


def quoted(link_id: str) -> str:
    """
    Return a linkId as it can stand in a name and in an address.

    >>> quoted("1. Hvem?")
    '1.~20Hvem~3F'
    """
    return quote(link_id, safe="").replace("~", "%7E").replace("%", "~")
