"""
Pasientreiseforskriften as rewritten from 3 March 2025, and forskrift om barns opphold i helseinstitusjon.

Whom a journey is covered for depends on what it is for, and so does whether somebody has to confirm it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from medspiller.rights.domain.amounts import Amount, Calculated
from medspiller.rights.domain.conditions import All, View, condition
from medspiller.rights.domain.facts import Value
from medspiller.rights.domain.rules import Rule
from medspiller.rights.domain.rules.ages import has_turned
from medspiller.rights.domain.truth import Truth, some_hold, truth_of

_TRAVEL = "care.travel"
_SERIOUS = "recipient.serious_condition"
_BY_CHILDREN = frozenset({"visit_parent", "child_talk"})
_NEEDS_NO_CONFIRMATION = frozenset({"rare_centre", "child_talk"})
_WITHOUT_OWN_SHARE = frozenset({"escort", "child_psychiatry"})
# Forskriften § 1 e, seen from the carer: whoever has a child-in-law has a parent-in-law.
_NEAR = frozenset(
    {
        "child",
        "adult_child",
        "parent",
        "spouse",
        "cohabitant",
        "registered_partner",
        "sibling",
        "grandparent",
        "grandchild",
        "parent_in_law",
    }
)


@condition("journey_is_covered", law="pasientreiseforskriften §§ 17, 19")
def journey_is_covered(view: View) -> Truth:
    """To go with a patient, or one of the journeys that relatives may make."""
    purpose = view.fact(_TRAVEL)
    return truth_of(None if purpose is None else purpose != "none")


@condition("journey_is_for_you", law="pasientreiseforskriften §§ 1, 17, 19")
def journey_is_for_you(view: View) -> Truth:
    """Anybody may go with a patient; other journeys are for near relatives and the household, or for children."""
    purpose = view.fact(_TRAVEL)
    if purpose is None:
        return Truth.UNKNOWN
    if purpose in ("escort", "none"):
        return Truth.YES
    if purpose in _BY_CHILDREN:
        return ~has_turned(view, "carer", view.parameter("child-travel-age"))
    return _is_near(view)


@condition("journey_is_confirmed", law="pasientreiseforskriften §§ 17, 19")
def journey_is_confirmed(view: View) -> Truth:
    """By the one who treats, the leader of the place or the doctor, where the regulation asks for it."""
    purpose = view.fact(_TRAVEL)
    if purpose is None:
        return Truth.UNKNOWN
    if purpose == "none" or purpose in _NEEDS_NO_CONFIRMATION:
        return Truth.YES
    return view.truth("care.travel_confirmed")


@condition("your_child", law="barns opphold i helseinstitusjon § 3")
def your_child(view: View) -> Truth:
    """Also a foster child, or one to whom the carer is as a parent."""
    relation = view.fact("recipient.relation")
    return truth_of(None if relation is None else relation == "child")


@condition("child_under_18", law="barns opphold i helseinstitusjon § 3")
def child_under_18(view: View) -> Truth:
    """By birthday."""
    return ~has_turned(view, "recipient", view.parameter("child-stay-age"))


@condition("admitted", law="barns opphold i helseinstitusjon §§ 1, 3")
def admitted(view: View) -> Truth:
    """To an institution of the specialist health services."""
    return view.truth("recipient.admitted")


JOURNEY = All(journey_is_covered, journey_is_for_you, journey_is_confirmed)
CHILD_IN_HOSPITAL = All(your_child, child_under_18, admitted)

# Names of amounts, and the figures they are.
_EVERY_JOURNEY: Mapping[str, str] = MappingProxyType(
    {
        "car_per_km": "travel-car-per-km",
        "food_per_day": "travel-food-per-day",
        "lodging_per_night_at_most": "travel-lodging-per-night",
    }
)
_WITH_A_PATIENT: Mapping[str, str] = MappingProxyType(
    {
        "lost_income_per_hour": "travel-lost-income-per-hour",
        "hired_help_per_hour_at_most": "travel-hired-help-per-hour",
    }
)


def travel_refund(view: View) -> tuple[Amount, ...]:
    """Kroner, by the rates of the year; lost income only for whoever goes with a patient."""
    purpose = view.fact(_TRAVEL)
    amounts = [_rate(view, name, "kroner", parameter) for name, parameter in _EVERY_JOURNEY.items()]
    if purpose in (None, "escort"):
        amounts += [_rate(view, name, "kroner", parameter) for name, parameter in _WITH_A_PATIENT.items()]
        amounts.append(_rate(view, "hours_per_day_at_most", "hours", "travel-hours-per-day"))
    return (*amounts, *_own_share(view, purpose))


def during_a_childs_stay(view: View) -> tuple[Amount, ...]:
    """For how many parents the stay is free, and after how many days one of them has a journey home each week."""
    serious = view.truth(_SERIOUS)
    which = "child-stay-parents-serious" if serious is Truth.YES else "child-stay-parents"
    parents = view.parameter(which)
    text = "both_parents" if serious is Truth.YES else "at_least_one_parent"
    missing = (_SERIOUS,) if serious is Truth.UNKNOWN else ()
    return (
        Amount("parents_with_free_meals", "parents", parents, (Calculated(text, {}, (which,)),), missing),
        _rate(view, "days_before_weekly_travel", "days", "child-stay-days-before-travel"),
    )


def _rate(view: View, name: str, unit: str, parameter: str) -> Amount:
    value = view.parameter(parameter)
    text = "rate_unknown" if value is None else "rate"
    return Amount(name, unit, value, (Calculated(text, {} if value is None else {"rate": value}, (parameter,)),))


def _own_share(view: View, purpose: Value | None) -> tuple[Amount, ...]:
    """Nothing is said of children: whether they pay depends on a birthday of its own."""
    if purpose is None or purpose in _BY_CHILDREN:
        return ()
    parameter = "travel-own-share-exempt" if purpose in _WITHOUT_OWN_SHARE else "travel-own-share"
    return (_rate(view, "own_share_each_way", "kroner", parameter),)


def _is_near(view: View) -> Truth:
    relation = view.fact("recipient.relation")
    related = truth_of(None if relation is None else relation in _NEAR)
    return related if related is Truth.YES else some_hold((related, view.truth("carer.lives_with_recipient")))


RULES = {
    "patient-travel": Rule(JOURNEY, travel_refund),
    "child-in-hospital": Rule(CHILD_IN_HOSPITAL, during_a_childs_stay),
}
