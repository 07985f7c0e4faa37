"""Reading the rulebook that is in use."""

from medspiller.content import selectors as content
from medspiller.content.domain.remembered import Remembered
from medspiller.core import clock
from medspiller.core.actors import Actor
from medspiller.rights.domain.from_content import KINDS, rulebook_from
from medspiller.rights.domain.rulebook import Rulebook

_READ: Remembered[Rulebook] = Remembered(at_most=4)


def rulebook(*, actor: Actor) -> tuple[Rulebook, str]:
    """
    Return the rules, figures and texts that are in use today, with their pin: another pin is another rulebook.

    It is the same for everybody; nothing in it is about anybody.
    """
    today = clock.today()
    pin = content.fingerprint(actor=actor, kinds=KINDS, on=today)

    def read() -> Rulebook:
        found = content.active_by_kind(actor=actor, kinds=KINDS, on=today)
        return rulebook_from(definition for kind in KINDS for definition in found[kind])

    return _READ.get(pin, read), pin
