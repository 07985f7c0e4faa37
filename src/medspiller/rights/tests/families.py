"""Facts as anybody could have them, for properties: any of the catalogue, known or not."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

from hypothesis import strategies as st

from medspiller.cli.rights import shipped
from medspiller.rights.domain.facts import Facts, Value
from medspiller.rights.domain.known_facts import CHILDREN, Catalogue, FactKind, KnownFact
from medspiller.rights.domain.rulebook import Rulebook

DAYS = st.one_of(
    st.sampled_from([date(2026, 6, 30), date(2026, 7, 1), date(2026, 11, 21)]),
    st.dates(date(2009, 1, 1), date(2027, 12, 31)),
)
# A family is made from one number: there are so many facts that drawing each would take longer than judging them all.
SEEDS = st.integers(0, 2**32)

_AGES = (0, 1, 2, 7, 8, 12, 13, 17, 18, 19, 40, 61, 62, 67, 69, 70, 90)


@cache
def shipped_rulebook() -> Rulebook:
    """Return the rulebook that is shipped, read once."""
    return shipped()


def some_facts(catalogue: Catalogue, on: date, seed: int) -> Facts:
    """Return facts of which any may be missing, many or few of them; how many children there are may be, too."""
    dice = Random(seed)  # noqa: S311 - a family, not a secret
    children = dice.choice([None, 0, 1, 2, 3])
    known = dice.random()
    return Facts(
        {path: value_of(fact, on, dice) for path, fact in paths(catalogue, children or 0) if dice.random() < known},
        children,
    )


def fewer(facts: Facts, seed: int) -> Facts:
    """Return facts of which some are not known any more."""
    dice = Random(seed)  # noqa: S311 - a family, not a secret
    share = dice.random()
    return Facts({path: value for path, value in facts.values.items() if dice.random() < share}, facts.children)


def paths(catalogue: Catalogue, children: int) -> Iterator[tuple[str, KnownFact]]:
    """Yield every path that so many children give, but that of their number."""
    for name, fact in catalogue.items():
        if fact.head != CHILDREN:
            yield name, fact
        elif name != CHILDREN:
            for number in range(children):
                yield f"{CHILDREN}[{number}].{name.removeprefix(f'{CHILDREN}.')}", fact


def value_of(fact: KnownFact, on: date, dice: Random) -> Value:
    """Return a value that a fact can have on a day, often one at which something changes."""
    least, most = fact.bounds(on)
    match fact.kind:
        case FactKind.YES_NO:
            return dice.random() < 0.5
        case FactKind.CHOICE:
            return dice.choice(sorted(fact.choices))
        case FactKind.YEAR:
            return min(max(on.year - dice.choice(_AGES), least), most)
        case FactKind.MONTH:
            return f"{on.year - dice.choice(_AGES)}-{dice.randint(1, 12):02}"
        case FactKind.HOURS | FactKind.PERCENT:
            return Decimal(dice.randint(least * 10, most * 10)) / 10
        case _:
            return dice.choice([least, most, dice.randint(least, most), dice.randint(least, min(most, least + 50))])
