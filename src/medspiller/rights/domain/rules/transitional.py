"""
Folketrygdloven chapter 15: overgangsstønad to those alone with a child, up to 30 June 2026 and from 1 July 2026.

Not asked for, because it is the same for nearly everybody and is told in the texts: that carer and child stay in
Norway or another EEA country (§ 15-3).
"""

from decimal import Decimal

from medspiller.rights.domain.amounts import Amount, Calculated
from medspiller.rights.domain.conditions import All, SomeChild, View, condition
from medspiller.rights.domain.rules import Rule
from medspiller.rights.domain.rules.ages import has_turned, within_months
from medspiller.rights.domain.rules.in_turn import AllInTurn, SomeInTurn, all_in_turn, some_in_turn
from medspiller.rights.domain.transitional_benefit import PARAMETERS, Figures, full_benefit, monthly
from medspiller.rights.domain.truth import Truth

_MONTHS_IN_YEAR = 12


@condition("single_parent", law="ftrl § 15-4 (3)")
def single_parent(view: View) -> Truth:
    """Unmarried, separated or divorced, and not living with somebody as if married."""
    return view.truth("carer.sole_parent")


@condition("sole_care", law="ftrl § 15-4 (4)")
def sole_care(view: View) -> Truth:
    """Lastingly clearly more of the daily care than the other parent."""
    return view.truth("child.sole_care")


@condition("member_five_years", law="ftrl § 15-2")
def member_five_years(view: View) -> Truth:
    """Up to the claim. Where how many years it took then is not known, fewer than five may have been enough."""
    years, held = view.parameter("transitional-membership-years"), view.truth("carer.member_five_years")
    return Truth.UNKNOWN if held is Truth.NO and years is None else held


@condition("kept_job", law="ftrl § 15-5")
def kept_job(view: View) -> Truth:
    """Nobody gets it who gave up work without good reason in the six months before applying."""
    return ~view.truth("carer.left_job")


@condition("birth_soon", law="ftrl § 15-5")
def birth_soon(view: View) -> Truth:
    """The two months before a birth."""
    return view.truth("carer.birth_within_two_months")


@condition("child_until_fourteen_months", law="ftrl § 15-5")
def child_until_fourteen_months(view: View) -> Truth:
    """Up to the end of the month in which it turns 14 months."""
    return within_months(view, view.parameter("transitional-child-months"))


@condition("extended_for_illness", law="ftrl § 15-5")
def extended_for_illness(view: View) -> Truth:
    """Directly after a period with the benefit, while a passing illness of the child keeps the parent from work."""
    months, longer = view.parameter("transitional-child-months"), view.parameter("transitional-illness-months")
    until = None if months is None or longer is None else months + longer
    return all_in_turn(
        lambda: within_months(view, until),
        lambda: view.truth("carer.receives_transitional"),
        lambda: view.truth("child.temporarily_ill"),
    )


@condition("child_needs_special_supervision", law="ftrl § 15-5")
def child_needs_special_supervision(view: View) -> Truth:
    """So much that the parent cannot work, up to the end of the month in which it turns 18."""
    years = view.parameter("transitional-special-age")
    return all_in_turn(
        lambda: within_months(view, None if years is None else years * _MONTHS_IN_YEAR),
        lambda: view.truth("child.needs_special_supervision"),
    )


@condition("new_case", law="lov 12. juni 2026 nr. 27 del II")
def new_case(view: View) -> Truth:
    """Rules of their own hold for those who had the benefit or had applied before 1 July 2026; nobody has read them."""
    had = view.truth("carer.transitional_before_july_2026")
    if had is Truth.YES:
        view.parameter("transitional-old-cases-months")
        return Truth.UNKNOWN
    return ~had


@condition("child_under_eight", law="ftrl § 15-5")
def child_under_eight(view: View) -> Truth:
    """By birthday."""
    return ~has_turned(view, "child", view.parameter("transitional-child-years"))


@condition("child_special_supervision_under_eighteen", law="ftrl §§ 15-5, 15-8")
def child_special_supervision_under_eighteen(view: View) -> Truth:
    """So much that the parent cannot work, until the child is 18."""
    return all_in_turn(
        lambda: ~has_turned(view, "child", view.parameter("transitional-special-age")),
        lambda: view.truth("child.needs_special_supervision"),
    )


@condition("period_left", law="ftrl § 15-8")
def period_left(view: View) -> Truth:
    """Three years in all, and longer for some: for education, many children, illness or waiting for child care."""
    years = view.parameter("transitional-years")
    limit = None if years is None else int(years) * _MONTHS_IN_YEAR
    return some_in_turn(
        lambda: ~view.at_least("carer.transitional_months", limit), lambda: view.truth("carer.transitional_longer")
    )


@condition("new_period_for_small_child", law="ftrl § 15-8 (1)")
def new_period_for_small_child(view: View) -> Truth:
    """Whoever has used up all the years may have it again for a child up to 14 months."""
    return within_months(view, view.parameter("transitional-new-period-months"))


@condition("active", law="ftrl § 15-6")
def active(view: View) -> Truth:
    """At work, looking for work or in education, or excused from it."""
    return view.truth("carer.active")


@condition("child_under_one", law="ftrl § 15-6")
def child_under_one(view: View) -> Truth:
    """While the youngest child is not yet one, nothing is asked of the parent."""
    return ~has_turned(view, "child", view.parameter("transitional-active-from-age"))


# Whether there is such a child settles most; the rest is asked of those who have one.
UNTIL_JUNE_2026 = AllInTurn(
    single_parent,
    SomeInTurn(
        SomeChild(All(sole_care, SomeInTurn(child_under_eight, child_special_supervision_under_eighteen))), birth_soon
    ),
    All(
        member_five_years,
        kept_job,
        SomeInTurn(
            period_left, SomeChild(SomeInTurn(new_period_for_small_child, child_special_supervision_under_eighteen))
        ),
        SomeInTurn(SomeChild(child_under_one), active, SomeChild(child_special_supervision_under_eighteen), birth_soon),
    ),
)
FROM_JULY_2026 = AllInTurn(
    single_parent,
    SomeInTurn(
        SomeChild(
            All(
                sole_care,
                SomeInTurn(child_until_fourteen_months, child_needs_special_supervision, extended_for_illness),
            )
        ),
        birth_soon,
    ),
    All(member_five_years, kept_job, new_case),
)


def monthly_benefit(view: View) -> tuple[Amount, ...]:
    """
    Return what is paid a month, and the most it can be, in whole kroner as Nav rounds them.

    From a year of income above half the base amount, 45 % is taken off (§§ 15-7, 15-9).
    """
    known = {key: view.parameter(name) for key, name in PARAMETERS.items()}
    values = {key: value for key, value in known.items() if value is not None}
    if len(values) < len(known):
        return (Amount("monthly", "NOK", None), Amount("full", "NOK", None))
    figures = Figures(**values)
    full = full_benefit(figures.base, figures.share)
    most = Calculated("full", {"base": figures.base, "share": figures.share, "full": full}, _OF_FULL)
    at_most = Amount("full", "NOK", full, (most,))
    income = view.number("carer.income_year")
    if income is None:
        return (Amount("monthly", "NOK", None, (most,), ("carer.income_year",)), at_most)
    found = monthly(income, figures)
    free, percent = _plain(figures.free * figures.base), _plain(figures.cut * 100)
    taken = Calculated("cut", {"income": income, "limit": free, "cut": found.cut, "percent": percent}, _OF_CUT)
    return (Amount("monthly", "NOK", found.paid, (most, taken)), at_most)


def _plain(number: Decimal) -> Decimal:
    """Return a number as it is read aloud: 45 and not 45.00."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


_OF_FULL = (PARAMETERS["base"], PARAMETERS["share"])
_OF_CUT = (PARAMETERS["free"], PARAMETERS["cut"])

RULES = {
    "transitional-benefit-until-june-2026": Rule(UNTIL_JUNE_2026, monthly_benefit),
    "transitional-benefit": Rule(FROM_JULY_2026, monthly_benefit),
}
