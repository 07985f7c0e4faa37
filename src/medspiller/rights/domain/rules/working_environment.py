"""Arbeidsmiljøloven §§ 10-2, 12-9 and 12-10: leave and working hours, without pay by themselves."""

from medspiller.rights.domain.amounts import Amount, Calculated
from medspiller.rights.domain.conditions import All, Some, SomeChild, View, condition, weighed
from medspiller.rights.domain.rules import Rule
from medspiller.rights.domain.rules.care_benefits import CARE_DAYS, SICK_CHILD, TRAINING
from medspiller.rights.domain.rules.days_for_children import (
    CARE_DAYS_AGES,
    DAYS_PER_YEAR,
    LEAVE_AGES,
    counted_children,
    gives_days,
    leave_days,
    paid_days,
)
from medspiller.rights.domain.rules.in_turn import SomeInTurn, all_in_turn, some_in_turn
from medspiller.rights.domain.truth import Truth, truth_of

_CLOSE = frozenset({"parent", "spouse", "cohabitant", "registered_partner"})
_OWN_CHILD = frozenset({"child", "adult_child"})


@condition("employed", law="aml § 1-8")
def employed(view: View) -> Truth:
    """The act is for employees."""
    return view.truth("carer.employed")


@condition("has_care_of_child", law="aml § 12-9 (1)")
def has_care_of_child(view: View) -> Truth:
    """The child lives with the carer, also with two homes."""
    return view.truth("child.lives_with_carer")


@condition("child_gives_leave", law="aml § 12-9 (2) (3)")
def child_gives_leave(view: View) -> Truth:
    """Up to and including the calendar year it turns 12, or 18 with a chronic or long illness or a disability."""
    return gives_days(view, LEAVE_AGES)


@condition("child_very_seriously_ill", law="aml § 12-9 (4) c")
def child_very_seriously_ill(view: View) -> Truth:
    """Up to and including the calendar year it turns 18, whatever the age with an intellectual disability."""

    def young_enough() -> Truth:
        age, limit = view.age_reached("child.birth_year"), view.parameter("child-leave-age-chronic")
        return Truth.UNKNOWN if age is None or limit is None else truth_of(age <= limit)

    return all_in_turn(
        lambda: view.truth("child.very_serious_illness"),
        lambda: some_in_turn(young_enough, lambda: view.truth("child.intellectual_disability")),
    )


@condition("paid_by_nav", law="aml § 12-9 (5)")
def paid_by_nav(view: View) -> Truth:
    """Whoever Nav pays pleiepenger for a child or opplæringspenger has leave as long."""
    found = SomeInTurn(SICK_CHILD, TRAINING).judge(View(view.facts, view.on, view.parameters, judged=view.judged))
    for line in found.lines:
        view.read += line.read
        view.without_value += line.without_value if found.truth is Truth.UNKNOWN else ()
    view.missing += found.open
    return found.truth


@condition("last_phase_of_life", law="aml § 12-10 (1)")
def last_phase_of_life(view: View) -> Truth:
    """Of somebody close, related or not."""
    return view.truth("recipient.last_phase_of_life")


@condition("cared_for_at_home", law="aml § 12-10 (1)")
def cared_for_at_home(view: View) -> Truth:
    """By the employee, in a home."""
    return view.truth("recipient.cared_for_at_home")


@condition("close_family", law="aml § 12-10 (2)")
def close_family(view: View) -> Truth:
    """Parents, spouse, cohabitant or registered partner; nobody else but one's own adult child."""
    relation = view.fact("recipient.relation")
    return Truth.UNKNOWN if relation is None else truth_of(relation in _CLOSE)


@condition("adult_child_with_lasting_illness", law="aml § 12-10 (2), jf. § 12-9 (3)")
def adult_child_with_lasting_illness(view: View) -> Truth:
    """From the calendar year after the child turned 18, for whoever had such care while it was a child."""

    def own_child() -> Truth:
        relation = view.fact("recipient.relation")
        return Truth.UNKNOWN if relation is None else truth_of(relation in _OWN_CHILD)

    def adult() -> Truth:
        age, limit = view.age_reached("recipient.birth_year"), view.parameter("child-leave-age-chronic")
        return Truth.UNKNOWN if age is None or limit is None else truth_of(age > limit)

    return all_in_turn(
        own_child,
        adult,
        lambda: view.truth("recipient.lasting_illness"),
        lambda: view.truth("carer.cared_before_adult"),
    )


@condition("sixty_two", law="aml § 10-2 (4)", by_judgement=True)
def sixty_two(view: View) -> Truth:
    """By calendar year, where it is known, and not asked for: the employer has to weigh the rest anyway."""
    age, limit = view.age_reached("carer.birth_year"), view.parameter("reduced-hours-age")
    return Truth.UNKNOWN if age is None or limit is None else truth_of(age >= limit)


weighty_reasons = weighed("weighty_reasons", law="aml § 10-2 (4)")
no_great_disadvantage = weighed("no_great_disadvantage", law="aml § 10-2 (4)")


def child_leave_days(view: View) -> tuple[Amount, ...]:
    """
    Return the days of leave in a calendar year: those of this act, or those that are paid if these are more.

    Where no child gives days, the leave lasts as long as what it is for, and there is no number.
    """
    counted = counted_children(view, LEAVE_AGES)
    if counted.children is None:
        return (Amount(DAYS_PER_YEAR, "days", None, (), counted.missing),)
    if not counted.children:
        return ()
    own = leave_days(view, counted.children)
    paid = counted_children(view, CARE_DAYS_AGES).children
    with_pay = None if paid is None else paid_days(view, paid)
    if own.total is None or with_pay is None or with_pay.total is None:
        return (Amount(DAYS_PER_YEAR, "days", None),)
    entitled = CARE_DAYS.judge(View(view.facts, view.on, view.parameters, judged=view.judged))
    if with_pay.total <= own.total or entitled.truth is Truth.NO:
        return (Amount(DAYS_PER_YEAR, "days", own.total, own.calculation),)
    if entitled.truth is Truth.UNKNOWN:
        return (Amount(DAYS_PER_YEAR, "days", None, own.calculation, entitled.open),)
    paid_line = Calculated(
        "paid_days", {"days": with_pay.total}, ("care-days-few", "care-days-many", "care-days-chronic")
    )
    return (Amount(DAYS_PER_YEAR, "days", with_pay.total, (*own.calculation, paid_line)),)


def end_of_life_leave(view: View) -> tuple[Amount, ...]:
    """Days of leave for each patient, for this employee."""
    name = "end-of-life-leave-days"
    return (Amount("days_per_patient", "days", view.parameter(name), (Calculated("each_patient", {}, (name,)),)),)


def necessary_care_days(view: View) -> tuple[Amount, ...]:
    """Days in a calendar year, for all that one cares for together."""
    name = "necessary-care-days"
    return (Amount(DAYS_PER_YEAR, "days", view.parameter(name), (Calculated("in_all", {}, (name,)),)),)


RULES = {
    "child-illness-leave": Rule(
        All(
            employed,
            SomeInTurn(
                SomeChild(SomeInTurn(All(has_care_of_child, child_gives_leave), child_very_seriously_ill)), paid_by_nav
            ),
        ),
        child_leave_days,
    ),
    "end-of-life-leave": Rule(All(employed, last_phase_of_life, cared_for_at_home), end_of_life_leave),
    "necessary-care-leave": Rule(
        All(employed, SomeInTurn(close_family, adult_child_with_lasting_illness)), necessary_care_days
    ),
    "reduced-hours": Rule(All(employed, Some(sixty_two, weighty_reasons), no_great_disadvantage)),
}
