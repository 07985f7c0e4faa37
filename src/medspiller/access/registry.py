"""
Who knows the names of citizens that the provider does not tell: a register above. Filled by the wiring.

ID-porten sends a person number and no name.
"""

from collections.abc import Callable

from medspiller.core.actors import Actor

# Takes `actor=`, a citizen who is signed in, and returns the name a register has of them; empty for none.
NameOfCitizen = Callable[..., str]


def nobody_knows(*, actor: Actor) -> str:
    """Know no name: what holds until a register is connected."""
    return ""


_ask: list[NameOfCitizen] = [nobody_knows]


def connect(*, name_of_citizen: NameOfCitizen) -> None:
    """Make this, and no other, the register that is asked in this process."""
    _ask[:] = [name_of_citizen]


def name_of_citizen(*, actor: Actor) -> str:
    """Return the registered name of a citizen; empty if there is none."""
    return _ask[0](actor=actor)
