"""
Helse- og omsorgstjenesteloven § 3-6 with pasient- og brukerrettighetsloven §§ 2-8 and 2-1 d: what municipalities offer.

Support to carers is weighed by the municipality: what is here are the conditions and what weighs, never an outcome.
"""

from medspiller.rights.domain.amounts import Amount, Calculated
from medspiller.rights.domain.conditions import All, Condition, Some, View, condition, weighed
from medspiller.rights.domain.rules import Rule
from medspiller.rights.domain.rules.ages import has_turned
from medspiller.rights.domain.truth import Truth

_HOURS = "recipient.assistance_hours_per_week"
# What municipalities weigh stands in a circular that the law does not mention.
_CIRCULAR = "rundskriv I-42/98"


@condition("particularly_heavy", law="hol § 3-6, pbrl § 2-8")
def particularly_heavy(view: View) -> Truth:
    """Whoever gives the care: neither kinship nor a shared home is asked for."""
    return view.truth("care.particularly_heavy")


def _weighed_from(name: str, *, reads: str) -> Condition:
    """Return what is weighed from something the carer can tell, but that settles nothing alone."""

    def test(view: View) -> Truth:
        view.fact(reads)
        return Truth.UNKNOWN

    return condition(name, law=_CIRCULAR, by_judgement=True)(test)


extent = _weighed_from("extent", reads="care.hours_per_week")
nights = _weighed_from("nights", reads="care.night")
heaviness = weighed("heaviness", law=_CIRCULAR)
duration = weighed("duration", law=_CIRCULAR)
isolation = weighed("isolation", law=_CIRCULAR)
several_people = weighed("several_people", law=_CIRCULAR)
duty_of_care = weighed("duty_of_care", law=_CIRCULAR)
good_solution = weighed("good_solution", law=_CIRCULAR)

CARER_SUPPORT = All(
    particularly_heavy,
    extent,
    nights,
    heaviness,
    duration,
    isolation,
    several_people,
    duty_of_care,
    good_solution,
)


@condition("under_67", law="pbrl § 2-1 d (1)")
def under_67(view: View) -> Truth:
    """By birthday."""
    return ~has_turned(view, "recipient", view.parameter("personal-assistance-age"))


@condition("granted_before_67", law="pbrl § 2-1 d (1)")
def granted_before_67(view: View) -> Truth:
    """Whoever had it before that birthday keeps the right."""
    return view.truth("recipient.assistance_before_67")


@condition("lasting_need", law="pbrl § 2-1 d (3)")
def lasting_need(view: View) -> Truth:
    """More than two years."""
    return view.truth("recipient.need_over_two_years")


@condition("large_need", law="pbrl § 2-1 d (4)")
def large_need(view: View) -> Truth:
    """From so many hours a week the right is certain."""
    return view.at_least(_HOURS, view.parameter("personal-assistance-hours"))


@condition("need_of_25_hours", law="pbrl § 2-1 d (4)")
def need_of_25_hours(view: View) -> Truth:
    """From so many hours a week there is a right unless it costs much more."""
    return view.at_least(_HOURS, view.parameter("personal-assistance-least-hours"))


no_great_cost = weighed("no_great_cost", law="pbrl § 2-1 d (4)")

PERSONAL_ASSISTANCE = All(
    Some(under_67, granted_before_67), lasting_need, Some(large_need, All(need_of_25_hours, no_great_cost))
)


def price_of_respite(view: View) -> tuple[Amount, ...]:
    """Kroner for a stay that is meant to relieve the carer: the municipality may not charge for it."""
    price = view.parameter("respite-charge")
    return (Amount("respite_charge", "kroner", price, (Calculated("respite_is_free", {}, ("respite-charge",)),)),)


RULES = {
    "carer-support": Rule(CARER_SUPPORT, price_of_respite),
    "personal-assistance": Rule(PERSONAL_ASSISTANCE),
}
