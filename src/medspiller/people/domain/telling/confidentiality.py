"""Whose consent frees information, and what may be shared for the sake of the patient's children."""

from datetime import date
from enum import StrEnum

from medspiller.people.domain.sentences import Sentence
from medspiller.people.domain.telling import laws, words
from medspiller.people.domain.telling.answers import Answer, Scope, Telling
from medspiller.people.domain.telling.cases import Patient
from medspiller.people.domain.telling.information import DECIDES_ALONE, MAY_REFUSE_PARENTS

_UNTIL_OBJECTED = Sentence(
    "Du kan dele det som er nødvendig med dem du samarbeider med om pasientens mindreårige barn og søsken. "
    "Pasienten har ikke sagt nei.",
    "Du kan dele det som er nødvendig med dei du samarbeider med om mindreårige barn og sysken av pasienten. "
    "Pasienten har ikkje sagt nei.",
    "You may share what is necessary with those you work with on the patient's minor children and siblings. "
    "The patient has not objected.",
)
_OBJECTED = Sentence(
    "Du kan ikke dele dette, for pasienten har sagt nei. Pliktene etter §§ 31 til 33, som å melde til barnevernet, "
    "gjelder uansett.",
    "Du kan ikkje dele dette, for pasienten har sagt nei. Pliktene etter §§ 31 til 33, som å melde til barnevernet, "
    "gjeld uansett.",
    "You may not share this, because the patient has objected. The duties in §§ 31 to 33, such as reporting to child "
    "welfare, apply in any case.",
)
_NOT_YET_LAW = Sentence(
    "Regelen om å dele for barnas skyld kom først senere. Be om samtykke.",
    "Regelen om å dele av omsyn til barna kom først seinare. Be om samtykke.",
    "The rule on sharing for the children's sake came later. Ask for consent.",
)
_NEW_RULE = Sentence(
    "Du kan dele det som er relevant og nødvendig med dem du samarbeider med om pasientens mindreårige barn og "
    "søsken. Skjul navnet der du kan. Vanlig vei til skole og barnehage er fortsatt samtykke.",
    "Du kan dele det som er relevant og nødvendig med dei du samarbeider med om mindreårige barn og sysken av "
    "pasienten. Skjul namnet der du kan. Vanleg veg til skule og barnehage er framleis samtykke.",
    "You may share what is relevant and necessary with those you work with on the patient's minor children and "
    "siblings. Hide the name where you can. The ordinary way to school and kindergarten is still consent.",
)
_OBJECTED_NOW = Sentence(
    "Vi kan ikke svare. Pasienten sier nei, og loven fra 1. juli 2026 nevner ikke denne delingen blant dem pasienten "
    "kan si nei til. Spør leder eller jurist før du deler.",
    "Vi kan ikkje svare. Pasienten seier nei, og lova frå 1. juli 2026 nemner ikkje denne delinga blant dei pasienten "
    "kan seie nei til. Spør leiar eller jurist før du deler.",
    "We cannot answer. The patient objects, and the law from 1 July 2026 does not list this sharing among those the "
    "patient can refuse. Ask your leader or a lawyer before you share.",
)
RESERVATION = Sentence(
    "Ikke bekreftet av jurist: om pasienten kan si nei til dette etter 1. juli 2026.",
    "Ikkje stadfesta av jurist: om pasienten kan seie nei til dette etter 1. juli 2026.",
    "Not confirmed by a lawyer: whether the patient can refuse this after 1 July 2026.",
)


def sharing_for_children(*, on: date, patient_objects: bool | None, for_sibling: bool = False) -> Telling:
    """
    Say whether staff may share with cooperating staff to meet the needs of the patient's minor children.

    To 30 June 2026 the patient can object (hpl § 25 third paragraph). From 1 July 2026 the rule is
    § 28 first paragraph f, which § 29 does not list among those one can object to. Until counsel
    has confirmed what that means, an objection is answered *unknown* and every answer carries a
    reservation. `for_sibling`: the minor is a sibling, whom the rule has covered since 2018.
    """
    begins = laws.SIBLINGS_AND_BEREAVED if for_sibling else laws.CHILDREN_AS_NEXT_OF_KIN
    if on < begins:
        return Telling(Answer.NO, Scope.NONE, "S0", ("hpl § 21",), _NOT_YET_LAW)
    if on < laws.CONFIDENTIALITY_REFORM:
        return _while_one_could_object(patient_objects)
    law = ("hpl § 28 (1) f", "hpl § 29")
    if patient_objects is None:
        text = words.find_out(["patient_objects"], day=on)
        return Telling(Answer.UNKNOWN, Scope.NONE, "S2", law, text, ("patient_objects",), reservation=RESERVATION)
    if patient_objects:
        return Telling(Answer.UNKNOWN, Scope.NONE, "S2", law, _OBJECTED_NOW, ("counsel",), reservation=RESERVATION)
    return Telling(
        Answer.MAY,
        Scope.NECESSARY_ONLY,
        "S2",
        law,
        _NEW_RULE,
        conditions=frozenset({"on", "patient_objects"}),
        reservation=RESERVATION,
    )


def _while_one_could_object(patient_objects: bool | None) -> Telling:
    law = ("hpl § 25 (3)", "hpl § 10 a")
    if patient_objects is None:
        text = words.find_out(["patient_objects"], day=None)
        return Telling(Answer.UNKNOWN, Scope.NONE, "S1", law, text, ("patient_objects",))
    if patient_objects:
        return Telling(Answer.NO, Scope.NONE, "S1", law, _OBJECTED)
    conditions = frozenset({"on", "patient_objects"})
    return Telling(Answer.MAY, Scope.NECESSARY_ONLY, "S1", law, _UNTIL_OBJECTED, conditions=conditions)


class ConsentGiver(StrEnum):
    """Whose yes frees information to others (hpl § 22)."""

    PARENTS = "parents"
    PARENTS_OR_CHILD = "parents_or_child"
    PATIENT = "patient"
    NEAREST = "nearest"
    NOT_KNOWN = "not_known"


def who_consents(patient: Patient) -> ConsentGiver:
    """
    Return whose consent frees information about a living patient to others.

    Under 16 those who consent for the child (pbrl § 4-4); from 12 the child itself in what the
    parents are not told of (§ 4-3 c). From 16 the patient; the nearest, if the patient lacks
    competence in the matter.
    """
    if patient.age is None:
        return ConsentGiver.NOT_KNOWN
    if patient.age < MAY_REFUSE_PARENTS:
        return ConsentGiver.PARENTS
    if patient.age < DECIDES_ALONE:
        return ConsentGiver.PARENTS_OR_CHILD
    if patient.competent is None:
        return ConsentGiver.NOT_KNOWN
    return ConsentGiver.PATIENT if patient.competent else ConsentGiver.NEAREST
