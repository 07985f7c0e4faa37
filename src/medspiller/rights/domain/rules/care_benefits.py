"""
Folketrygdloven chapter 9: omsorgspenger, pleiepenger and opplæringspenger.

Not asked for, because it is the same for nearly everybody and is told in the texts: that pensionable income is lost,
and that the carer stays in Norway or another EEA country (§§ 9-3, 9-4).
"""

from medspiller.rights.domain.amounts import Amount, Calculated
from medspiller.rights.domain.conditions import All, SomeChild, View, condition
from medspiller.rights.domain.rules import Rule
from medspiller.rights.domain.rules.ages import has_turned
from medspiller.rights.domain.rules.days_for_children import CARE_DAYS_AGES, care_days_amount, gives_days
from medspiller.rights.domain.rules.in_turn import all_in_turn, some_in_turn
from medspiller.rights.domain.truth import Truth


@condition("in_work", law="ftrl §§ 9-3, 9-5")
def in_work(view: View) -> Truth:
    """As employee, freelancer or self-employed."""
    return some_in_turn(lambda: view.truth("carer.employed"), lambda: view.truth("carer.self_employed"))


@condition("in_work_or_unemployed", law="ftrl §§ 9-3, 9-15")
def in_work_or_unemployed(view: View) -> Truth:
    """Pleiepenger and opplæringspenger are paid to those on unemployment benefit too."""
    return some_in_turn(lambda: in_work.test(view), lambda: view.truth("carer.unemployment_benefit"))


@condition("worked_four_weeks", law="ftrl § 9-2, jf. § 8-2")
def worked_four_weeks(view: View) -> Truth:
    """Just before the absence; weeks on certain benefits count as work."""
    return view.at_least("carer.weeks_employed", view.parameter("care-benefit-weeks"))


@condition("under_seventy", law="ftrl § 9-3")
def under_seventy(view: View) -> Truth:
    """By birthday."""
    return ~has_turned(view, "carer", view.parameter("care-benefit-age"))


@condition("enough_income", law="ftrl § 9-3")
def enough_income(view: View) -> Truth:
    """What sickness benefit would be counted from is at least half the base amount."""
    base, share = view.parameter("base-amount-least-income"), view.parameter("care-benefit-least-share")
    return view.at_least("carer.income_year", None if base is None or share is None else base * share)


@condition("paid_by_employer_or_enough_income", law="ftrl §§ 9-3, 9-8")
def paid_by_employer_or_enough_income(view: View) -> Truth:
    """The least income is not asked of those whom their employer pays."""
    return some_in_turn(lambda: view.truth("carer.employed"), lambda: enough_income.test(view))


@condition("child_lives_with_carer", law="ftrl §§ 9-5, 9-6")
def child_lives_with_carer(view: View) -> Truth:
    """Also with two homes."""
    return view.truth("child.lives_with_carer")


@condition("child_gives_care_days", law="ftrl § 9-5")
def child_gives_care_days(view: View) -> Truth:
    """Up to and including the calendar year it turns 12, or 18 if it is chronically ill or disabled."""
    return gives_days(view, CARE_DAYS_AGES)


@condition("child_young_enough", law="ftrl § 9-10")
def child_young_enough(view: View) -> Truth:
    """Under 18 by birthday; however old with an intellectual disability and a very serious illness."""
    under = ~has_turned(view, "child", view.parameter("sick-child-benefit-age"))
    if under is not Truth.NO:
        return under
    return all_in_turn(
        lambda: view.truth("child.intellectual_disability"), lambda: view.truth("child.very_serious_illness")
    )


@condition("child_needs_continuous_care", law="ftrl § 9-10")
def child_needs_continuous_care(view: View) -> Truth:
    """Supervision and care, because of illness, injury or a congenital condition."""
    return view.truth("child.needs_continuous_care")


@condition("last_phase_of_life", law="ftrl § 9-13")
def last_phase_of_life(view: View) -> Truth:
    """Of somebody close, related or not."""
    return view.truth("recipient.last_phase_of_life")


@condition("cared_for_at_home", law="ftrl § 9-13")
def cared_for_at_home(view: View) -> Truth:
    """By the carer, in a home."""
    return view.truth("recipient.cared_for_at_home")


@condition("has_training", law="ftrl § 9-14")
def has_training(view: View) -> Truth:
    """At an approved place, to look after a child with a disability or long illness, whatever its age."""
    return view.truth("carer.training")


_QUALIFIES = All(in_work_or_unemployed, worked_four_weeks, under_seventy, enough_income)

CARE_DAYS = All(
    in_work,
    worked_four_weeks,
    under_seventy,
    paid_by_employer_or_enough_income,
    SomeChild(All(child_lives_with_carer, child_gives_care_days)),
)
SICK_CHILD = All(_QUALIFIES, SomeChild(All(child_young_enough, child_needs_continuous_care)))
END_OF_LIFE = All(_QUALIFIES, last_phase_of_life, cared_for_at_home)
TRAINING = All(_QUALIFIES, has_training)


def end_of_life_days(view: View) -> tuple[Amount, ...]:
    """Days with pay for each patient, shared by all who care for them."""
    days = view.parameter("end-of-life-benefit-days")
    pool = Calculated("shared_pool", {"days": days} if days is not None else {}, ("end-of-life-benefit-days",))
    return (Amount("days_per_patient", "days", days, (pool,)),)


RULES = {
    "care-days": Rule(CARE_DAYS, care_days_amount),
    "sick-child-benefit": Rule(SICK_CHILD),
    "end-of-life-benefit": Rule(END_OF_LIFE, end_of_life_days),
    "training-benefit": Rule(TRAINING),
}
