"""
The roles a person can have towards a patient or user, and what the law ties to each.

A role is no kinship: a friend can be the nearest, and a daughter need not be. What a role lets
us tell is decided in `people.domain.telling`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from medspiller.people.domain.sentences import Sentence


class Role(StrEnum):
    """A role towards the patient. The id is stored for good and spoken by the commands."""

    PAARORENDE = "PAARORENDE"
    NAERMESTE = "NAERMESTE"
    NAERMESTE_STATUTORY = "NAERMESTE_STATUTORY"
    FORELDREANSVAR = "FORELDREANSVAR"
    SAMVAERSFORELDER = "SAMVAERSFORELDER"
    BARNEVERN_OMSORG = "BARNEVERN_OMSORG"
    VERGE = "VERGE"
    VERGE_FRATATT = "VERGE_FRATATT"
    FREMTIDSFULLMEKTIG = "FREMTIDSFULLMEKTIG"
    LEGAL_REP_ECON = "LEGAL_REP_ECON"
    FULLMEKTIG = "FULLMEKTIG"
    OMSORGSYTER_TYNGENDE = "OMSORGSYTER_TYNGENDE"
    BARN_PAARORENDE = "BARN_PAARORENDE"
    BARN_ETTERLATT = "BARN_ETTERLATT"
    ETTERLATT = "ETTERLATT"
    UNG_VOKSEN = "UNG_VOKSEN"


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """
    How a role is called, how somebody gets it, and what must be known with it.

    `law` is empty where no law knows the role. `needs_reasoning`: nobody named this person, so
    whoever put them there writes why. `needs_mandate`: the role reaches no further than a paper
    that says how far and until when. `holder_under` and `patient_under`: the age in whole years
    at which the role ends for its holder, and for the patient; None where age does not end it.
    """

    name: Sentence
    gained: Sentence
    law: tuple[str, ...] = ()
    named_by_patient: bool = False
    several: bool = True
    needs_reasoning: bool = False
    needs_mandate: bool = False
    holder_under: int | None = None
    patient_under: int | None = None
    patient_dead: bool = False


ADULT = 18
YOUNG_ADULT_ENDS = 26

FACTS: Mapping[Role, RoleFacts] = MappingProxyType(
    {
        Role.PAARORENDE: RoleFacts(
            name=Sentence("Pårørende", "Pårørande", "Carer"),
            gained=Sentence(
                "Pasienten har sagt at dette er en av de pårørende. De trenger ikke å være i slekt.",
                "Pasienten har sagt at dette er ein av dei pårørande. Dei treng ikkje vere i slekt.",
                "The patient has said that this is one of their carers. They need not be related.",
            ),
            law=("pbrl § 1-3 b",),
            named_by_patient=True,
        ),
        Role.NAERMESTE: RoleFacts(
            name=Sentence("Nærmeste pårørende", "Næraste pårørande", "Nearest next of kin"),
            gained=Sentence(
                "Pasienten har pekt ut denne personen som nærmest. Det kan være flere, og pasienten kan endre det.",
                "Pasienten har peika ut denne personen som nærast. Det kan vere fleire, og pasienten kan endre det.",
                "The patient has named this person as nearest. There may be several, and the patient may change it.",
            ),
            law=("pbrl § 1-3 b",),
            named_by_patient=True,
        ),
        Role.NAERMESTE_STATUTORY: RoleFacts(
            name=Sentence(
                "Nærmeste pårørende etter loven",
                "Næraste pårørande etter lova",
                "Nearest next of kin by law",
            ),
            gained=Sentence(
                "Pasienten kan ikke peke ut noen selv. Da er det den som har hatt mest varig og løpende kontakt.",
                "Pasienten kan ikkje peike ut nokon sjølv. Då er det den som har hatt mest varig og løpande kontakt.",
                "The patient cannot name anybody. Then it is the one with the most lasting and continuous contact.",
            ),
            law=("pbrl § 1-3 b",),
            needs_reasoning=True,
        ),
        Role.FORELDREANSVAR: RoleFacts(
            name=Sentence(
                "Har foreldreansvar",
                "Har foreldreansvar",
                "Has parental responsibility",
            ),
            gained=Sentence(
                "Står i folkeregisteret med foreldreansvar for barnet. Det er oftest to.",
                "Står i folkeregisteret med foreldreansvar for barnet. Det er oftast to.",
                "Registered with parental responsibility for the child. Usually there are two.",
            ),
            law=("barnelova § 30",),
            patient_under=ADULT,
        ),
        Role.SAMVAERSFORELDER: RoleFacts(
            name=Sentence(
                "Forelder uten foreldreansvar",
                "Forelder utan foreldreansvar",
                "Parent without parental responsibility",
            ),
            gained=Sentence(
                "Er mor eller far til barnet, men har ikke foreldreansvar.",
                "Er mor eller far til barnet, men har ikkje foreldreansvar.",
                "Is the child's mother or father, but has no parental responsibility.",
            ),
            law=("barnelova § 47",),
            patient_under=ADULT,
        ),
        Role.BARNEVERN_OMSORG: RoleFacts(
            name=Sentence(
                "Barnevernet, fosterhjem eller institusjon med omsorgen",
                "Barnevernet, fosterheim eller institusjon med omsorga",
                "Child welfare, foster home or institution with the care",
            ),
            gained=Sentence(
                "Barnevernet har overtatt omsorgen for barnet, eller barnet kan ikke flyttes uten at de sier ja.",
                "Barnevernet har teke over omsorga for barnet, eller barnet kan ikkje flyttast utan at dei seier ja.",
                "Child welfare has taken over the care of the child, or the child may not be moved without them.",
            ),
            law=("bvl § 5-1", "bvl § 4-2", "bvl § 4-3"),
            patient_under=ADULT,
        ),
        Role.VERGE: RoleFacts(
            name=Sentence("Verge", "Verje", "Guardian"),
            gained=Sentence(
                "Oppnevnt av statsforvalteren. Mandatet sier hva vergen skal hjelpe med, oftest økonomi.",
                "Oppnemnd av statsforvaltaren. Mandatet seier kva verja skal hjelpe med, oftast økonomi.",
                "Appointed by the county governor. The mandate says what with, most often money.",
            ),
            law=("vgml § 25",),
            needs_mandate=True,
        ),
        Role.VERGE_FRATATT: RoleFacts(
            name=Sentence(
                "Verge for en som er fratatt rettslig handleevne i personlige forhold",
                "Verje for ein som er fråteken rettsleg handleevne i personlege forhold",
                "Guardian of somebody deprived of legal capacity in personal matters",
            ),
            gained=Sentence(
                "Retten har tatt fra pasienten rettslig handleevne i personlige forhold. En verge avgjør i stedet.",
                "Retten har teke frå pasienten rettsleg handleevne i personlege forhold. Ei verje avgjer i staden.",
                "A court has deprived the patient of legal capacity in personal matters; a guardian decides.",
            ),
            law=("vgml § 22 (3)", "pbrl § 4-7"),
            needs_mandate=True,
        ),
        Role.FREMTIDSFULLMEKTIG: RoleFacts(
            name=Sentence(
                "Fremtidsfullmektig",
                "Framtidsfullmektig",
                "Holder of a lasting power of attorney",
            ),
            gained=Sentence(
                "Pasienten skrev en fremtidsfullmakt, og den har trådt i kraft. Den sier selv hva den gjelder.",
                "Pasienten skreiv ei framtidsfullmakt, og ho har tredd i kraft. Ho seier sjølv kva ho gjeld.",
                "The patient wrote a lasting power of attorney and it is in force. It says itself what it covers.",
            ),
            law=("vgml § 78", "vgml § 83"),
            needs_mandate=True,
        ),
        Role.LEGAL_REP_ECON: RoleFacts(
            name=Sentence(
                "Nærstående med representasjonsrett i daglig økonomi",
                "Nærståande med representasjonsrett i dagleg økonomi",
                "Close relative who may act in everyday money matters",
            ),
            gained=Sentence(
                "Ektefelle, samboer, barn, barnebarn eller forelder kan betale det daglige når personen ikke kan.",
                "Ektefelle, sambuar, barn, barnebarn eller forelder kan betale det daglege når personen ikkje kan.",
                "A spouse, cohabitant, child, grandchild or parent may pay for daily life when the person cannot.",
            ),
            law=("vgml § 94",),
        ),
        Role.FULLMEKTIG: RoleFacts(
            name=Sentence("Fullmektig", "Fullmektig", "Holder of a power of attorney"),
            gained=Sentence(
                "Pasienten har gitt en skriftlig fullmakt. Den sier hva den gjelder og hvor lenge.",
                "Pasienten har gitt ei skriftleg fullmakt. Ho seier kva ho gjeld og kor lenge.",
                "The patient has given a written power of attorney, which says for what and for how long.",
            ),
            law=("fvl § 12", "pbrl § 7-2 (3)"),
            named_by_patient=True,
            needs_mandate=True,
        ),
        Role.OMSORGSYTER_TYNGENDE: RoleFacts(
            name=Sentence(
                "Har særlig tyngende omsorgsarbeid",
                "Har særleg tyngjande omsorgsarbeid",
                "Has particularly burdensome care",
            ),
            gained=Sentence(
                "Omsorgen som gis, er særlig tung. Pasienten trenger ikke å ha pekt ut personen.",
                "Omsorga som blir gitt, er særleg tung. Pasienten treng ikkje å ha peika ut personen.",
                "The care given is particularly heavy. The patient need not have named the person.",
            ),
            law=("hol § 3-6",),
        ),
        Role.BARN_PAARORENDE: RoleFacts(
            name=Sentence("Barn som pårørende", "Barn som pårørande", "Child as next of kin"),
            gained=Sentence(
                "Er under 18 år. En forelder eller et søsken er alvorlig syk, psykisk syk eller rusavhengig.",
                "Er under 18 år. Ein forelder eller eit sysken er alvorleg sjuk, psykisk sjuk eller rusavhengig.",
                "Is under 18, and a parent or sibling is seriously ill, mentally ill or addicted.",
            ),
            law=("hpl § 10 a",),
            holder_under=ADULT,
        ),
        Role.BARN_ETTERLATT: RoleFacts(
            name=Sentence("Barn som etterlatt", "Barn som etterlaten", "Bereaved child"),
            gained=Sentence(
                "Er under 18 år, og en forelder eller et søsken er død.",
                "Er under 18 år, og ein forelder eller eit sysken er død.",
                "Is under 18, and a parent or sibling has died.",
            ),
            law=("hpl § 10 b",),
            holder_under=ADULT,
            patient_dead=True,
        ),
        Role.ETTERLATT: RoleFacts(
            name=Sentence(
                "Etterlatt nærmeste pårørende",
                "Etterlaten næraste pårørande",
                "Bereaved nearest next of kin",
            ),
            gained=Sentence(
                "Var nærmeste pårørende da pasienten døde.",
                "Var næraste pårørande då pasienten døydde.",
                "Was the nearest next of kin when the patient died.",
            ),
            law=("pbrl § 5-1 (5)", "hpl § 24"),
            patient_dead=True,
        ),
        Role.UNG_VOKSEN: RoleFacts(
            name=Sentence("Ung voksen pårørende", "Ung vaksen pårørande", "Young adult carer"),
            gained=Sentence(
                "Er mellom 18 og 25 år og pårørende. Loven har ingen egne regler, men kommunen kan ha egne tilbud.",
                "Er mellom 18 og 25 år og pårørande. Lova har ingen eigne reglar, men kommunen kan ha eigne tilbod.",
                "Is a carer aged 18 to 25. The law has no rules of its own, but the municipality may have offers.",
            ),
            holder_under=YOUNG_ADULT_ENDS,
        ),
    }
)

# Whom the law means by "nærmeste pårørende" to a living patient.
NEAREST = frozenset({Role.NAERMESTE, Role.NAERMESTE_STATUTORY})
# And to a dead one: whoever was nearest then, under either word.
NEAREST_AT_DEATH = NEAREST | {Role.ETTERLATT}
# Who is told and acts for a child; the child welfare service takes the parents' place.
RESPONSIBLE_FOR_CHILD = frozenset({Role.FORELDREANSVAR, Role.BARNEVERN_OMSORG})
# Minors who are told of their own, adapted to their age; never counted as somebody who gives care.
CHILDREN_AS_NEXT_OF_KIN = frozenset({Role.BARN_PAARORENDE, Role.BARN_ETTERLATT})
