"""
The main line, walked stage by stage: whom one is at each, and what one looks at first.

It is told of the family Demoås, mother, daughter and grandson, as the stories make it.
"""

from dataclasses import dataclass
from enum import Enum, auto

from medspiller.demo.domain.families.elders import CHILDREN_LEAD, CONTACT, WORKER
from medspiller.demo.domain.forms.telling import SHIPPED

_MOTHER, _DAUGHTER, _SON = ("dementia", "mother"), ("dementia", "daughter"), ("parent-in-care", "son")
_CARER, _STEERS = "datter", "strategiansvarlig"
# The form in which the daughter says what matters to her, first and three months later.
ASKED = "what-matters"


class UnknownStage(LookupError):
    """The main line has no such stage."""


class Of(Enum):
    """Whose id stands in the address of a stage: somebody's own, that of their open plan, or of their first answers."""

    PERSON = auto()
    PLAN = auto()
    FIRST_ANSWERS = auto()


@dataclass(frozen=True, slots=True)
class Stage:
    """
    One stage: the persona one is there, and the page.

    `path` is an address in which `{}` stands for an id, as `of` says, of those of `about` in order; where it is empty,
    the page is that of the measure which the follow-up carries out.
    """

    id: str
    persona: str
    path: str
    about: tuple[tuple[str, str], ...] = ()
    of: Of = Of.PERSON

    @property
    def href(self) -> str:
        """The address that makes one the persona and leads to the page."""
        return f"/demo/historien/{self.id}/"


STAGES = (
    Stage("mott", WORKER, "/arbeid/personer/{}/", (_MOTHER,)),
    Stage("registrert", WORKER, "/arbeid/personer/{}/parorende/{}/", (_MOTHER, _DAUGHTER)),
    Stage("spurt", _CARER, "/min-side/skjema/svar/{}/lest/", (_DAUGHTER,), Of.FIRST_ANSWERS),
    Stage("foreslatt", _CARER, "/min-side/oppfolging/"),
    Stage("pameldt", _CARER, "/min-side/pameldinger/"),
    Stage("plan", CONTACT, "/arbeid/oppfolging/person/{}/", (_DAUGHTER,)),
    Stage("sonnen", CHILDREN_LEAD, "/arbeid/oppfolging/person/{}/", (_SON,)),
    Stage("overlevert", CHILDREN_LEAD, "/arbeid/oppfolging/plan/{}/#ansvar", (_SON,), Of.PLAN),
    Stage("evaluert", CONTACT, f"/arbeid/personer/{{}}/skjema/utvikling/?skjema={SHIPPED}{ASKED}", (_DAUGHTER,)),
    Stage("tallene", _STEERS, ""),
)
# The measure that the follow-up carries out: its area and number in the plan that holds.
MEASURE = (1, 1)


def stage(stage_id: str) -> Stage:
    """
    Return the stage with an id.

    :raises UnknownStage: if there is none.
    """
    for known in STAGES:
        if known.id == stage_id:
            return known
    raise UnknownStage(stage_id)
