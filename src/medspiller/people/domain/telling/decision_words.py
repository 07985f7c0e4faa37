"""Who decides on health care, and who says yes to sharing, in plain words."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from medspiller.people.domain.sentences import Sentence
from medspiller.people.domain.telling import laws, words
from medspiller.people.domain.telling.confidentiality import ConsentGiver
from medspiller.people.domain.telling.decisions import Decider, HealthDecision, Voice
from medspiller.people.domain.telling.information import DECIDES_ALONE

_ADULT_DECIDES = Sentence(
    "Pasienten bestemmer selv om helsehjelpen.",
    "Pasienten avgjer sjølv om helsehjelpa.",
    "The patient decides about the health care.",
)
_YOUTH_DECIDES = Sentence(
    "Fra 16 år bestemmer ungdommen selv om helsehjelpen, om ikke noe annet følger av loven eller av hva tiltaket er.",
    "Frå 16 år avgjer ungdommen sjølv om helsehjelpa, om ikkje noko anna følgjer av lova eller av kva tiltaket er.",
    "From the age of 16 the young person decides about the health care, unless the law or the nature of the measure "
    "says otherwise.",
)
_CHILD_DECIDES = Sentence(
    "Foreldrene får ikke vite om dette. Da bestemmer barnet selv i saken.",
    "Foreldra får ikkje vite om dette. Då avgjer barnet sjølv i saka.",
    "The parents are not told of this. Then the child decides in the matter.",
)
_PARENTS_DECIDE = Sentence(
    "De som har foreldreansvar, bestemmer om helsehjelpen. Til daglig og vanlig helsehjelp er det nok at en av dem "
    "sier ja. Har barnevernet overtatt omsorgen, bestemmer barnevernet.",
    "Dei som har foreldreansvar, avgjer om helsehjelpa. Til dagleg og vanleg helsehjelp er det nok at ein av dei "
    "seier ja. Har barnevernet teke over omsorga, avgjer barnevernet.",
    "Those with parental responsibility decide about the health care. For daily and ordinary care the yes of one of "
    "them is enough. Where child welfare has taken over the care, child welfare decides.",
)
_PARENTS_OF_YOUTH = Sentence(
    "Ungdommen har ikke {competence} i denne saken. De som har foreldreansvar, bestemmer, men ikke hvis ungdommen "
    "motsetter seg det. Det ungdommen mener, skal veie tungt.",
    "Ungdommen har ikkje {competence} i denne saka. Dei som har foreldreansvar, avgjer, men ikkje om ungdommen set seg "
    "imot det. Det ungdommen meiner, skal vege tungt.",
    "The young person does not have {competence} in this matter. Those with parental responsibility decide, but not "
    "if the young person resists. What the young person thinks weighs heavily.",
)
_GUARDIAN_DECIDES = Sentence(
    "Pasienten bestemmer selv så langt det går. Ellers bestemmer vergen for den som en domstol har fratatt rettslig "
    "handleevne i personlige forhold.",
    "Pasienten avgjer sjølv så langt det går. Elles avgjer verja for den som ein domstol har teke rettsleg handleevne "
    "frå i personlege forhold.",
    "The patient decides as far as possible. Otherwise the guardian decides for somebody whom a court has deprived of "
    "legal capacity in personal matters.",
)
_PROVIDER_DECIDES = Sentence(
    "Pasienten har ikke {competence} i denne saken. Den som gir helsehjelpen, bestemmer. Inngripende helsehjelp må "
    "være i pasientens interesse og noe pasienten trolig ville ha sagt ja til. Spør nærmeste pårørende hva pasienten "
    "ville ha ønsket, og skriv det i journalen. Motsetter pasienten seg det, kan det ikke gjøres etter denne regelen.",
    "Pasienten har ikkje {competence} i denne saka. Den som gir helsehjelpa, avgjer. Inngripande helsehjelp må vere i "
    "pasienten si interesse og noko pasienten truleg ville ha sagt ja til. Spør næraste pårørande kva pasienten ville "
    "ha ønskt, og skriv det i journalen. Set pasienten seg imot det, kan det ikkje gjerast etter denne regelen.",
    "The patient does not have {competence} in this matter. Whoever gives the care decides. Serious care must be in "
    "the patient's interest and something the patient would probably have agreed to. Ask the nearest next of kin what "
    "the patient would have wanted, and write it in the journal. If the patient resists, it cannot be done by this "
    "rule.",
)
_STRICTLY_NECESSARY = Sentence(
    "Foreldrene får ikke vite om dette, og barnet er under 12 år. Da kan den som gir helsehjelpen, gi det som er "
    "strengt nødvendig og ikke inngripende, for en begrenset tid.",
    "Foreldra får ikkje vite om dette, og barnet er under 12 år. Då kan den som gir helsehjelpa, gi det som er strengt "
    "nødvendig og ikkje inngripande, for ei avgrensa tid.",
    "The parents are not told of this, and the child is under 12. Then whoever gives the care may give what is "
    "strictly necessary and not intrusive, for a limited time.",
)
_VOICES: Mapping[Voice, Sentence] = MappingProxyType(
    {
        Voice.IF_ABLE_TO_FORM_VIEWS: Sentence(
            "Barnet skal bli hørt når det kan gjøre seg opp en mening.",
            "Barnet skal bli høyrt når det kan gjere seg opp ei meining.",
            "The child is heard when able to form a view.",
        ),
        Voice.HEARD: Sentence(
            "Fra 7 år skal barnet få informasjon og få si hva det mener.",
            "Frå 7 år skal barnet få informasjon og få seie kva det meiner.",
            "From the age of 7 the child is informed and may say what it thinks.",
        ),
        Voice.GREAT_WEIGHT: Sentence(
            "Fra 12 år skal det veie tungt hva barnet mener.",
            "Frå 12 år skal det vege tungt kva barnet meiner.",
            "From the age of 12 what the child thinks weighs heavily.",
        ),
    }
)
_CONSENTS: Mapping[ConsentGiver, tuple[Sentence, tuple[str, ...]]] = MappingProxyType(
    {
        ConsentGiver.PARENTS: (
            Sentence(
                "De som har foreldreansvar, sier ja eller nei til at opplysninger om barnet blir delt.",
                "Dei som har foreldreansvar, seier ja eller nei til at opplysningar om barnet blir delte.",
                "Those with parental responsibility say yes or no to sharing information about the child.",
            ),
            ("hpl § 22", "pbrl § 4-4"),
        ),
        ConsentGiver.PARENTS_OR_CHILD: (
            Sentence(
                "De som har foreldreansvar, sier ja eller nei til at opplysninger om barnet blir delt. I det "
                "foreldrene ikke får vite om, er det barnet selv.",
                "Dei som har foreldreansvar, seier ja eller nei til at opplysningar om barnet blir delte. I det "
                "foreldra ikkje får vite om, er det barnet sjølv.",
                "Those with parental responsibility say yes or no to sharing information about the child. In what the "
                "parents are not told of, it is the child.",
            ),
            ("hpl § 22", "pbrl § 4-4", "pbrl § 4-3 (1) c"),
        ),
        ConsentGiver.PATIENT: (
            Sentence(
                "Pasienten sier selv ja eller nei til at opplysninger blir delt.",
                "Pasienten seier sjølv ja eller nei til at opplysningar blir delte.",
                "The patient says yes or no to sharing information.",
            ),
            ("hpl § 22",),
        ),
        ConsentGiver.NEAREST: (
            Sentence(
                "Pasienten har ikke {competence} i denne saken. Nærmeste pårørende kan si ja til at opplysninger blir "
                "delt.",
                "Pasienten har ikkje {competence} i denne saka. Næraste pårørande kan seie ja til at opplysningar blir "
                "delte.",
                "The patient does not have {competence} in this matter. The nearest next of kin can say yes to sharing "
                "information.",
            ),
            ("hpl § 22 (3)",),
        ),
    }
)


def who_decides_in_words(decision: HealthDecision, *, age: int | None, on: date | None) -> Sentence:
    """Say who decides on a patient's health care, and what a child's view weighs, in the words of the law of a day."""
    if decision.decider is Decider.NOT_KNOWN or age is None:
        return words.find_out(decision.missing, day=on)
    return words.filled(_decided(decision, age), competence=laws.word_for_competence(on))


def _decided(decision: HealthDecision, age: int) -> Sentence:
    match decision.decider, decision.voice:
        case Decider.PATIENT, Voice.DECIDES:
            return _YOUTH_DECIDES if age >= DECIDES_ALONE else _CHILD_DECIDES
        case Decider.PATIENT, _:
            return _ADULT_DECIDES
        case Decider.GUARDIAN, _:
            return _GUARDIAN_DECIDES
        case Decider.PROVIDER, _:
            return _PROVIDER_DECIDES
        case Decider.PARENTS, _ if age >= DECIDES_ALONE:
            return _PARENTS_OF_YOUTH
    begun = _PARENTS_DECIDE if decision.decider is Decider.PARENTS else _STRICTLY_NECESSARY
    voice = _VOICES.get(decision.voice) if decision.voice else None
    return words.followed_by(begun, voice) if voice else begun


def who_consents_in_words(giver: ConsentGiver, *, age: int | None, on: date | None) -> tuple[Sentence, tuple[str, ...]]:
    """Say whose yes frees information to others, and by which law; where that is not known, what to find out first."""
    if giver is ConsentGiver.NOT_KNOWN:
        return words.find_out(["age" if age is None else "competent"], day=on), ("hpl § 22",)
    said, law = _CONSENTS[giver]
    return words.filled(said, competence=laws.word_for_competence(on)), law
