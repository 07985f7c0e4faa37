"""
Rights beside the ones that relieve: pension credits for care, former family carers, coordinators, plan and advice.

Folketrygdloven §§ 3-16, 20-8 and 17-15, pasient- og brukerrettighetsloven §§ 2-5, 2-5 b and 2-5 c with helse- og
omsorgstjenesteloven chapter 7, and sosialtjenesteloven § 17.
"""

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from medspiller.rights.domain.amounts import Amount, Calculated
from medspiller.rights.domain.conditions import All, Some, View, condition
from medspiller.rights.domain.parameters import Absent
from medspiller.rights.domain.rules import Rule
from medspiller.rights.domain.rules.ages import has_turned
from medspiller.rights.domain.truth import Truth, truth_of

_ENDED = "care.ended"
_BENEFIT = "recipient.attendance_benefit"
_SERVICES = "recipient.needs_several_services"
_HIGH_RATES = frozenset({"increased_3", "increased_4"})


@condition("age_for_pension_credits", law="ftrl §§ 3-16 (2), 20-8 (2)")
def age_for_pension_credits(view: View) -> Truth:
    """From the calendar year of one birthday to that of another, both included."""
    age = view.age_reached("carer.birth_year")
    least, most = view.parameter("pension-credit-least-age"), view.parameter("pension-credit-most-age")
    return truth_of(None if age is None or least is None or most is None else least <= age <= most)


@condition("enough_hours", law="ftrl §§ 3-16 (1) b, 20-8 (1) b")
def enough_hours(view: View) -> Truth:
    """Hours a week, travel included up to half an hour a visit."""
    return view.at_least("care.hours_per_week", view.parameter("pension-credit-hours"))


@condition("half_the_year", law="ftrl §§ 3-16 (1) b, 20-8 (1) b")
def half_the_year(view: View) -> Truth:
    """At least half of the calendar year."""
    return view.truth("care.half_year")


@condition("ended_by_death_or_institution", law="ftrl §§ 3-16 (1) b, 20-8 (1) b")
def ended_by_death_or_institution(view: View) -> Truth:
    """Then a shorter part of the year counts too."""
    ended = view.fact(_ENDED)
    return truth_of(None if ended is None else ended in ("death", "institution"))


@condition("credited_three_years", law="ftrl §§ 3-16 (1) b, 20-8 (1) b")
def credited_three_years(view: View) -> Truth:
    """For each of the three years just before."""
    return view.truth("care.credited_three_years")


@condition("not_in_institution", law="forskrift 1997-03-11-204 § 4, forskrift 2009-12-22-1810 § 3-9")
def not_in_institution(view: View) -> Truth:
    """Care given in an institution does not count."""
    return view.truth("recipient.cared_for_at_home")


@condition("child_with_high_rate", law="forskrift 1997-03-11-204 § 6, forskrift 2009-12-22-1810 § 3-11")
def child_with_high_rate(view: View) -> Truth:
    """A parent of a child with the two highest rates of hjelpestønad is credited without applying."""
    if view.facts.get(_BENEFIT) not in (None, *_HIGH_RATES):
        view.fact(_BENEFIT)
        return Truth.NO
    relation = view.fact("recipient.relation")
    if relation != "child":
        return truth_of(None if relation is None else False)
    return truth_of(None if view.fact(_BENEFIT) is None else True)


PENSION_CREDITS = All(
    age_for_pension_credits,
    Some(
        All(
            enough_hours,
            not_in_institution,
            Some(half_the_year, All(ended_by_death_or_institution, credited_three_years)),
        ),
        child_with_high_rate,
    ),
)


# Folketrygdloven §§ 19-1 and 20-1: those born in between have a part of their pension by each of the two sets of rules.
_LAST_BIRTH_YEAR_OF_POINTS = 1962
_FIRST_BIRTH_YEAR_OF_SAVINGS = 1954
_MONTH_OF_NEW_BASE_AMOUNT = 5


def pension_credits(view: View) -> tuple[Amount, ...]:
    """Points or kroner for a year, by when the carer was born; less what was earned that year in other ways."""
    born = view.number("carer.birth_year")
    points = (_points(view),) if born is None or born <= _LAST_BIRTH_YEAR_OF_POINTS else ()
    savings = (_savings(view),) if born is None or born >= _FIRST_BIRTH_YEAR_OF_SAVINGS else ()
    return (*points, *savings)


def _points(view: View) -> Amount:
    points = view.parameter("pension-credit-points")
    return Amount("pension_points_per_year", "points", points, (Calculated("points", {}, ("pension-credit-points",)),))


def _savings(view: View) -> Amount:
    """The base amount is the average of the calendar year, and is known once the one from May is."""
    name, unit = "pension_savings_per_year", "kroner"
    times, percent = view.parameter("pension-credit-in-g"), view.parameter("pension-credit-percent")
    if times is None or percent is None:
        return Amount(name, unit, None)
    figures = {"times": times, "percent": percent}
    parameters = ("pension-credit-in-g", "pension-credit-percent", "base-amount")
    average = _average_base_amount(view)
    if average is None:
        return Amount(name, unit, None, (Calculated("savings_later", figures, parameters),))
    saved = (average * times * percent / 100).quantize(Decimal(1), ROUND_HALF_EVEN)
    shown = average.quantize(Decimal(1), ROUND_HALF_EVEN)
    return Amount(name, unit, saved, (Calculated("savings", {**figures, "base": shown}, parameters),))


def _average_base_amount(view: View) -> Decimal | None:
    """Four months of the old amount and eight of the new one, which holds from May."""
    if view.on.month < _MONTH_OF_NEW_BASE_AMOUNT:
        return None
    new, old = view.parameter("base-amount"), view.parameters["base-amount"].on(date(view.on.year, 1, 1))
    if new is None or isinstance(old, Absent):
        return None
    return (4 * old + 8 * new) / 12


@condition("years_of_care", law="ftrl § 17-15 (1)")
def years_of_care(view: View) -> Truth:
    """Necessary supervision and care of somebody close."""
    return view.at_least("care.years", view.parameter("former-carer-years"))


@condition("care_has_ended", law="ftrl § 17-15 (1)")
def care_has_ended(view: View) -> Truth:
    """Nobody is a former carer before that."""
    ended = view.fact(_ENDED)
    return truth_of(None if ended is None else ended != "ongoing")


@condition("unmarried", law="ftrl § 17-15 (3) a")
def unmarried(view: View) -> Truth:
    """For at least five years while caring, and now."""
    return view.truth("care.unmarried")


@condition("prevented_work", law="ftrl § 17-15 (3) c")
def prevented_work(view: View) -> Truth:
    """The care left little room for making a living."""
    return view.truth("care.prevented_work")


@condition("cannot_support_self", law="ftrl § 17-15 (1), (3) d and e")
def cannot_support_self(view: View) -> Truth:
    """Neither by work nor by other means, because of the care."""
    return ~view.truth("care.can_support_self")


@condition("under_67", law="ftrl § 17-15 (6), § 17-11")
def under_67(view: View) -> Truth:
    """By birthday."""
    return ~has_turned(view, "carer", view.parameter("former-carer-age"))


FORMER_CARER = All(years_of_care, care_has_ended, unmarried, prevented_work, cannot_support_self, under_67)


def former_carer_benefit(view: View) -> tuple[Amount, ...]:
    """Kroner a year with 40 years of insurance, before anything is taken off for income."""
    share, base = view.parameter("former-carer-share"), view.parameter("base-amount")
    if share is None or base is None:
        return (Amount("full_per_year", "kroner", None),)
    full = (share * base).quantize(Decimal(1), ROUND_HALF_EVEN)
    line = Calculated(
        "share_of_base_amount", {"share": share, "base": base, "full": full}, ("former-carer-share", "base-amount")
    )
    return (Amount("full_per_year", "kroner", full, (line,)),)


@condition("needs_several_services", law="pbrl § 2-5 b, hol § 7-2")
def needs_several_services(view: View) -> Truth:
    """Complex needs, or long-lasting ones that several services must work together on."""
    return view.truth(_SERVICES)


@condition("needs_long_term_services", law="pbrl § 2-5, hol § 7-1")
def needs_long_term_services(view: View) -> Truth:
    """Long-lasting needs that several services must work together on."""
    return view.truth(_SERVICES)


@condition("family_needs_several_services", law="pbrl § 2-5 c, hol § 7-2 a (1)")
def family_needs_several_services(view: View) -> Truth:
    """Health and care services and other welfare services, for long."""
    return view.truth(_SERVICES)


@condition("serious_condition", law="pbrl § 2-5 c, hol § 7-2 a (1)")
def serious_condition(view: View) -> Truth:
    """Illness, injury or disability of the child."""
    return view.truth("recipient.serious_condition")


@condition("own_child", law="pbrl § 2-5 c, hol § 7-2 a (1)")
def own_child(view: View) -> Truth:
    """Parents, or whoever consents for the child."""
    relation = view.fact("recipient.relation")
    return truth_of(None if relation is None else relation == "child")


@condition("child_expected", law="pbrl § 2-5 c, hol § 7-2 a (1)")
def child_expected(view: View) -> Truth:
    """Families who expect the child have the right too."""
    return view.truth("recipient.unborn")


@condition("child_under_18", law="hol § 7-2 a (3)")
def child_under_18(view: View) -> Truth:
    """By birthday."""
    return ~has_turned(view, "recipient", view.parameter("childrens-coordinator-age"))


@condition("open_to_everybody", law="sotjl §§ 2, 17")
def open_to_everybody(view: View) -> Truth:
    """Whoever stays in the municipality may ask."""
    return Truth.YES


RULES = {
    "pension-credits": Rule(PENSION_CREDITS, pension_credits),
    "former-carer": Rule(FORMER_CARER, former_carer_benefit),
    "coordinator": Rule(All(needs_several_services)),
    "individual-plan": Rule(All(needs_long_term_services)),
    "childrens-coordinator": Rule(
        All(own_child, Some(child_under_18, child_expected), serious_condition, family_needs_several_services)
    ),
    "economic-advice": Rule(All(open_to_everybody)),
}
