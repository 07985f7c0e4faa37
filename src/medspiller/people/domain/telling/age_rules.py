"""The rules that hang on an age, as data: at which age, on which day, for whom, by which law."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from medspiller.people.domain.sentences import Sentence

MONTHS = 12


class Concerns(StrEnum):
    """For whom something changes."""

    CHILD = "child"
    PARENTS = "parents"
    CARERS = "carers"


class Turns(StrEnum):
    """On which day an age makes its change."""

    BIRTHDAY = "birthday"
    # The first day of the month after the one in which the age is reached.
    NEXT_MONTH = "next_month"
    # 1 January after the year in which the age is reached.
    NEXT_YEAR = "next_year"


@dataclass(frozen=True, slots=True)
class AgeRule:
    """A change at an age in months, in law from `valid_from` (not included: `valid_to`)."""

    id: str
    months: int
    turns: Turns
    concerns: Concerns
    what: Sentence
    law: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None


PATIENT_RIGHTS_ACT = date(2001, 1, 1)

RULES: tuple[AgeRule, ...] = (
    AgeRule(
        "heard-7",
        7 * MONTHS,
        Turns.BIRTHDAY,
        Concerns.CHILD,
        Sentence(
            "Barnet skal alltid få informasjon og bli hørt før noen sier ja til helsehjelp for det.",
            "Barnet skal alltid få informasjon og bli høyrt før nokon seier ja til helsehjelp for det.",
            "The child is always informed and heard before anybody agrees to health care for them.",
        ),
        ("pbrl § 4-4 (5)",),
        date(2018, 1, 1),
    ),
    AgeRule(
        "weight-12",
        12 * MONTHS,
        Turns.BIRTHDAY,
        Concerns.CHILD,
        Sentence(
            "Det skal legges stor vekt på hva barnet mener om helsehjelp.",
            "Det skal leggjast stor vekt på kva barnet meiner om helsehjelp.",
            "The child's view on health care is given great weight.",
        ),
        ("pbrl § 4-4 (5)",),
        PATIENT_RIGHTS_ACT,
    ),
    AgeRule(
        "refuses-12",
        12 * MONTHS,
        Turns.BIRTHDAY,
        Concerns.PARENTS,
        Sentence(
            "Foreldrene skal ikke få vite det barnet vil holde for seg selv av grunner som bør respekteres.",
            "Foreldra skal ikkje få vite det barnet vil halde for seg sjølv av grunnar som bør respekterast.",
            "The parents are not told what the child wants to keep to themselves for reasons that should be respected.",
        ),
        ("pbrl § 3-4 (2)",),
        PATIENT_RIGHTS_ACT,
    ),
    AgeRule(
        "party-12",
        12 * MONTHS,
        Turns.BIRTHDAY,
        Concerns.CHILD,
        Sentence(
            "Barnet er selv part i egne saker om helse- og omsorgstjenester.",
            "Barnet er sjølv part i eigne saker om helse- og omsorgstenester.",
            "The child is a party in their own cases on health and care services.",
        ),
        ("pbrl § 6-5",),
        date(2018, 1, 1),
    ),
    AgeRule(
        "decides-16",
        16 * MONTHS,
        Turns.BIRTHDAY,
        Concerns.CHILD,
        Sentence(
            "Ungdommen bestemmer selv om helsehjelp og om hvem som får vite om helsen.",
            "Ungdommen bestemmer sjølv om helsehjelp og om kven som får vite om helsa.",
            "The young person decides on health care and on who may know about their health.",
        ),
        ("pbrl § 4-3 (1) b", "pbrl § 3-3"),
        PATIENT_RIGHTS_ACT,
    ),
    AgeRule(
        "told-less-16",
        16 * MONTHS,
        Turns.BIRTHDAY,
        Concerns.PARENTS,
        Sentence(
            "Foreldrene får bare vite det ungdommen sier ja til, og det de må vite for å ta vare på ungdommen.",
            "Foreldra får berre vite det ungdommen seier ja til, og det dei må vite for å ta vare på ungdommen.",
            "The parents are told only what the young person agrees to, and what they must know to look after them.",
        ),
        ("pbrl § 3-4 (1)", "pbrl § 3-4 (4)"),
        PATIENT_RIGHTS_ACT,
    ),
    AgeRule(
        "adult-18",
        18 * MONTHS,
        Turns.BIRTHDAY,
        Concerns.PARENTS,
        Sentence(
            "Foreldreansvaret er slutt. Foreldrene får vite det den unge sier ja til.",
            "Foreldreansvaret er slutt. Foreldra får vite det den unge seier ja til.",
            "Parental responsibility ends. The parents are told what the young adult agrees to.",
        ),
        ("pbrl § 3-4 (4)", "pbrl § 3-3"),
        PATIENT_RIGHTS_ACT,
    ),
    AgeRule(
        "next-of-kin-18",
        18 * MONTHS,
        Turns.BIRTHDAY,
        Concerns.CHILD,
        Sentence(
            "Reglene om barn som pårørende og barn som etterlatte gjelder ikke lenger. Den unge er voksen pårørende.",
            "Reglane om barn som pårørande og barn som etterlatne gjeld ikkje lenger. Den unge er vaksen pårørande.",
            "The rules on children as next of kin and bereaved children no longer apply. The young person is an adult "
            "carer.",
        ),
        ("hpl § 10 a", "hpl § 10 b"),
        date(2010, 1, 1),
    ),
    AgeRule(
        "child-coordinator-18",
        18 * MONTHS,
        Turns.BIRTHDAY,
        Concerns.PARENTS,
        Sentence(
            "Retten til barnekoordinator er slutt. Koordinator kan fortsatt være en rett.",
            "Retten til barnekoordinator er slutt. Koordinator kan framleis vere ein rett.",
            "The right to a children's coordinator ends. There may still be a right to a coordinator.",
        ),
        ("hol § 7-2 a", "pbrl § 2-5 c"),
        date(2022, 8, 1),
    ),
    AgeRule(
        "attendance-allowance-18",
        18 * MONTHS,
        Turns.BIRTHDAY,
        Concerns.PARENTS,
        Sentence(
            "Pleiepenger for sykt barn gjelder barn under 18 år. Ved utviklingshemming og svært alvorlig sykdom er "
            "det ingen aldersgrense.",
            "Pleiepengar for sjukt barn gjeld barn under 18 år. Ved utviklingshemming og svært alvorleg sjukdom er "
            "det inga aldersgrense.",
            "Attendance allowance for a sick child is for children under 18. With intellectual disability and very "
            "serious illness there is no age limit.",
        ),
        ("ftrl § 9-10",),
        date(2017, 10, 1),
    ),
    AgeRule(
        "raised-attendance-benefit-18",
        18 * MONTHS,
        Turns.BIRTHDAY,
        Concerns.PARENTS,
        Sentence(
            "Forhøyet hjelpestønad er for barn under 18 år. Spør Nav om siste måned.",
            "Forhøgd hjelpestønad er for barn under 18 år. Spør Nav om siste månad.",
            "The higher attendance benefit is for children under 18. Ask Nav about the last month.",
        ),
        ("ftrl § 6-5",),
        PATIENT_RIGHTS_ACT,
    ),
    AgeRule(
        "transitional-benefit-14-months",
        14,
        Turns.NEXT_MONTH,
        Concerns.PARENTS,
        Sentence(
            "Vanlig overgangsstønad til den som er alene med barnet, er slutt.",
            "Vanleg overgangsstønad til den som er aleine med barnet, er slutt.",
            "The ordinary transitional benefit to a sole carer of the child ends.",
        ),
        ("ftrl kapittel 15",),
        date(2026, 7, 1),
    ),
    AgeRule(
        "transitional-benefit-18",
        18 * MONTHS,
        Turns.NEXT_MONTH,
        Concerns.PARENTS,
        Sentence(
            "Overgangsstønad for barn som trenger særlig tilsyn, er slutt.",
            "Overgangsstønad for barn som treng særleg tilsyn, er slutt.",
            "The transitional benefit for a child who needs special supervision ends.",
        ),
        ("ftrl kapittel 15",),
        date(2026, 7, 1),
    ),
    AgeRule(
        "care-days-12",
        12 * MONTHS,
        Turns.NEXT_YEAR,
        Concerns.PARENTS,
        Sentence(
            "Omsorgsdager og fri ved barns sykdom gjelder ikke lenger, om barnet ikke er kronisk sykt eller har en "
            "funksjonsnedsettelse.",
            "Omsorgsdagar og fri når barnet er sjukt gjeld ikkje lenger, om barnet ikkje er kronisk sjukt eller har "
            "ei funksjonsnedsetjing.",
            "Care days and leave for a sick child no longer apply, unless the child is chronically ill or disabled.",
        ),
        ("ftrl § 9-5", "aml § 12-9 (2)"),
        PATIENT_RIGHTS_ACT,
    ),
    AgeRule(
        "care-days-18",
        18 * MONTHS,
        Turns.NEXT_YEAR,
        Concerns.PARENTS,
        Sentence(
            "Omsorgsdager for kronisk sykt barn eller barn med funksjonsnedsettelse gjelder ikke lenger.",
            "Omsorgsdagar for kronisk sjukt barn eller barn med funksjonsnedsetjing gjeld ikkje lenger.",
            "Care days for a chronically ill or disabled child no longer apply.",
        ),
        ("ftrl § 9-6 (4)", "aml § 12-9 (3)"),
        PATIENT_RIGHTS_ACT,
    ),
    AgeRule(
        "necessary-care-leave-18",
        18 * MONTHS,
        Turns.NEXT_YEAR,
        Concerns.PARENTS,
        Sentence(
            "Forelder i arbeid kan ha rett til ti dager fri i året for voksent barn med funksjonsnedsettelse eller "
            "kronisk sykdom.",
            "Forelder i arbeid kan ha rett til ti dagar fri i året for vakse barn med funksjonsnedsetjing eller "
            "kronisk sjukdom.",
            "A working parent may have a right to ten days of leave a year for an adult child who is disabled or "
            "chronically ill.",
        ),
        ("aml § 12-10 (2)",),
        date(2010, 7, 1),
    ),
)
