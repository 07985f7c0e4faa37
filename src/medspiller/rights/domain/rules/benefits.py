"""
Folketrygdloven chapter 6: grunnstønad and hjelpestønad.

Both are paid to the person who is ill, not to the carer. That this person is a member of the national insurance
scheme is not asked for: it is the same for nearly everybody who lives in Norway, and is told in the texts.
"""

from decimal import Decimal

from medspiller.rights.domain.amounts import Amount, Calculated
from medspiller.rights.domain.conditions import All, Some, View, condition, weighed
from medspiller.rights.domain.rules import Rule
from medspiller.rights.domain.rules.ages import has_turned
from medspiller.rights.domain.truth import Truth, truth_of

_COSTS = "recipient.extra_costs"
_COSTS_A_MONTH = "recipient.extra_costs_month"
_SPECIAL_CARE = "recipient.needs_special_care"
_BLIND = "recipient.blind"
_BASIC_RATES = tuple(f"basic-benefit-rate-{number}" for number in range(1, 7))
_INCREASED_RATES = (2, 3, 4)


@condition("lasting_illness", law="ftrl § 6-2")
def lasting_illness(view: View) -> Truth:
    """Illness, injury or a congenital condition that goes on after suitable treatment."""
    return view.truth("recipient.lasting_illness")


@condition("extra_costs", law="ftrl § 6-3 (1)")
def extra_costs(view: View) -> Truth:
    """Of a kind that the law lists."""
    kind = view.fact(_COSTS)
    return truth_of(None if kind is None else kind != "none")


@condition("transport_need_in_time", law="ftrl § 6-3 (4)")
def transport_need_in_time(view: View) -> Truth:
    """Costs of transport count only if the conditions were met before the age of 70; other costs at any age."""
    kind = view.fact(_COSTS)
    if kind is None:
        return Truth.UNKNOWN
    if kind != "transport_only":
        return Truth.YES
    too_old = has_turned(view, "recipient", view.parameter("basic-benefit-transport-age"))
    return view.truth("recipient.transport_need_before_70") if too_old is Truth.YES else ~too_old


@condition("costs_reach_lowest_rate", law="ftrl § 6-3 (3)")
def costs_reach_lowest_rate(view: View) -> Truth:
    """Where the rate is not known, there is nothing to hold the costs against, and they are not asked for."""
    least = view.parameter(_BASIC_RATES[0])
    return Truth.UNKNOWN if least is None else view.at_least(_COSTS_A_MONTH, least)


@condition("needs_special_care", law="ftrl § 6-4 (1)")
def needs_special_care(view: View) -> Truth:
    """Supervision and care; for a child only what healthy children of that age do not need."""
    return view.truth(_SPECIAL_CARE)


@condition("cared_for_privately", law="ftrl §§ 6-4 (1), 6-8")
def cared_for_privately(view: View) -> Truth:
    """By family or others close, at home or in a foster home."""
    return view.truth("recipient.cared_for_at_home")


@condition("blind", law="ftrl § 6-4 (5)")
def blind(view: View) -> Truth:
    """Then the conditions count as met. Asked for only once the ordinary way to the benefit has been looked at."""
    if view.facts.get(_BLIND) is None and view.facts.get(_SPECIAL_CARE) is None:
        view.fact(_SPECIAL_CARE)
        return Truth.UNKNOWN
    return view.truth(_BLIND)


@condition("under_18", law="ftrl § 6-5 (1)")
def under_18(view: View) -> Truth:
    """By birthday."""
    return ~has_turned(view, "recipient", view.parameter("increased-attendance-benefit-age"))


need_reaches_rate = weighed("need_reaches_rate", law="ftrl § 6-4 (3)")
much_greater_need = weighed("much_greater_need", law="ftrl § 6-5 (1), (3)")
helps_to_live_at_home = weighed("helps_to_live_at_home", law="ftrl § 6-5 (1)")

BASIC = All(lasting_illness, extra_costs, transport_need_in_time, costs_reach_lowest_rate)
ATTENDANCE = All(lasting_illness, Some(All(needs_special_care, cared_for_privately, need_reaches_rate), blind))
INCREASED = All(
    under_18, lasting_illness, needs_special_care, cared_for_privately, much_greater_need, helps_to_live_at_home
)


def basic_benefit(view: View) -> tuple[Amount, ...]:
    """Kroner a month: the highest rate that the costs reach. Nobody knows it where a rate is not known."""
    name, unit = "per_month", "kroner"
    rates = {rate: view.parameter(rate) for rate in _BASIC_RATES}
    known = {rate: value for rate, value in rates.items() if value is not None}
    if len(known) < len(rates):
        return (Amount(name, unit, None, (Calculated("rate_unknown", {}, _BASIC_RATES[:1]),)),)
    costs = view.number(_COSTS_A_MONTH)
    if costs is None:
        return (Amount(name, unit, None, missing=(_COSTS_A_MONTH,)),)
    reached = [(rate, value) for rate, value in known.items() if costs >= value]
    if not reached:
        return ()
    rate, value = reached[-1]
    line = Calculated("highest_rate_reached", {"costs": costs, "number": len(reached), "rate": value}, (rate,))
    return (Amount(name, unit, value, (line,)),)


def attendance_benefit(view: View) -> tuple[Amount, ...]:
    """Kroner a month, to the person who is cared for."""
    return (_rate(view, "per_month", "attendance-benefit-rate-1"),)


def increased_attendance_benefit(view: View) -> tuple[Amount, ...]:
    """Kroner a month at each rate; which one it is, Nav weighs."""
    return tuple(
        _rate(view, f"per_month_rate_{number}", f"attendance-benefit-rate-{number}") for number in _INCREASED_RATES
    )


def _rate(view: View, name: str, parameter: str) -> Amount:
    value: Decimal | None = view.parameter(parameter)
    text, figures = ("rate_unknown", {}) if value is None else ("rate", {"rate": value})
    return Amount(name, "kroner", value, (Calculated(text, figures, (parameter,)),))


RULES = {
    "basic-benefit": Rule(BASIC, basic_benefit),
    "attendance-benefit": Rule(ATTENDANCE, attendance_benefit),
    "increased-attendance-benefit": Rule(INCREASED, increased_attendance_benefit),
}
