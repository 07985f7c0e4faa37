"""Why somebody takes part or does not, as it is said to whoever plans the care."""

from collections.abc import Mapping
from types import MappingProxyType

from medspiller.people.domain.sentences import Sentence
from medspiller.people.domain.telling.answers import Answer, Scope

_RIGHT = Sentence(
    "Den pårørende har rett til å være med.",
    "Den pårørande har rett til å vere med.",
    "The carer has a right to take part.",
)
_ALLOWED = Sentence("Den pårørende kan være med.", "Den pårørande kan vere med.", "The carer may take part.")
PLAINLY: Mapping[tuple[Answer, Scope], Sentence] = MappingProxyType(
    {
        (Answer.MUST, Scope.FULL): _RIGHT,
        (Answer.MUST, Scope.NECESSARY_ONLY): Sentence(
            "Den pårørende har rett til å være med i det som er nødvendig.",
            "Den pårørande har rett til å vere med i det som er nødvendig.",
            "The carer has a right to take part in what is necessary.",
        ),
        (Answer.MAY, Scope.FULL): _ALLOWED,
        (Answer.MAY, Scope.NECESSARY_ONLY): Sentence(
            "Den pårørende kan være med i det som er nødvendig.",
            "Den pårørande kan vere med i det som er nødvendig.",
            "The carer may take part in what is necessary.",
        ),
        (Answer.NO, Scope.NONE): Sentence(
            "Den pårørende kan ikke være med.", "Den pårørande kan ikkje vere med.", "The carer may not take part."
        ),
    }
)

DEAD = Sentence(
    "Pasienten er død. Det er ingen hjelp å være med på å velge.",
    "Pasienten er død. Det er inga hjelp å vere med på å velje.",
    "The patient has died. There is no care left to take part in choosing.",
)
FOR_CHILD = Sentence(
    "De som har foreldreansvaret eller omsorgen, skal være med for barnet og sammen med barnet. Barnet skal høres, "
    "og fra 12 år skal det legges stor vekt på hva barnet mener.",
    "Dei som har foreldreansvaret eller omsorga, skal vere med for barnet og saman med barnet. Barnet skal høyrast, "
    "og frå 12 år skal det leggjast stor vekt på kva barnet meiner.",
    "Those with parental responsibility or the care take part for the child and with the child. The child is heard, "
    "and from 12 the child's view is given great weight.",
)
FOR_CHILD_NECESSARY = Sentence(
    "Foreldrene skal være med i det de må vite om for å ta vare på barnet, og ikke mer. Si det til barnet.",
    "Foreldra skal vere med i det dei må vite om for å ta vare på barnet, og ikkje meir. Sei det til barnet.",
    "The parents take part in what they must know to look after the child, and no more. Tell the child.",
)
FOR_CHILD_WITHHELD = Sentence(
    "Foreldrene kan ikke være med i dette, for de skal ikke få vite om det.",
    "Foreldra kan ikkje vere med i dette, for dei skal ikkje få vite om det.",
    "The parents may not take part in this, because they are not to know of it.",
)
OTHER_PARENT = Sentence(
    "Forelderen kan være med på det som hører til daglig og vanlig omsorg, også uten foreldreansvar.",
    "Forelderen kan vere med på det som høyrer til dagleg og vanleg omsorg, òg utan foreldreansvar.",
    "The parent may take part in what belongs to daily and ordinary care, even without parental responsibility.",
)
WITH_PATIENT = Sentence(
    "Nærmeste pårørende har rett til å være med sammen med pasienten. Pasienten mangler {competence} i denne saken.",
    "Næraste pårørande har rett til å vere med saman med pasienten. Pasienten manglar {competence} i denne saka.",
    "The nearest next of kin has a right to take part together with the patient. The patient lacks {competence} in "
    "this matter.",
)
DECIDES_INSTEAD = Sentence(
    "Personen skal være med, fordi det er den som sier ja eller nei når pasienten mangler {competence} i denne saken.",
    "Personen skal vere med, fordi det er den som seier ja eller nei når pasienten manglar {competence} i denne saka.",
    "The person takes part, because they say yes or no when the patient lacks {competence} in this matter.",
)
WISHED = Sentence(
    "Den pårørende kan være med, fordi pasienten ønsker det.",
    "Den pårørande kan vere med, fordi pasienten ønskjer det.",
    "The carer may take part, because the patient wants it.",
)
NOT_WISHED = Sentence(
    "Den pårørende kan ikke være med uten at pasienten ønsker det. Spør gjerne pasienten igjen.",
    "Den pårørande kan ikkje vere med utan at pasienten ønskjer det. Spør gjerne pasienten igjen.",
    "The carer may not take part unless the patient wants it. Do ask the patient again.",
)
DANGER = Sentence(
    "Nærmeste pårørende har rett til å være med selv om pasienten ikke vil. Pasienten har en alvorlig sinnslidelse "
    "og er en nær og alvorlig fare for andre.",
    "Næraste pårørande har rett til å vere med sjølv om pasienten ikkje vil. Pasienten har ei alvorleg sinnsliding "
    "og er ein nær og alvorleg fare for andre.",
    "The nearest next of kin has a right to take part even if the patient objects. The patient has a serious mental "
    "disorder and is a near and serious danger to others.",
)
CONCERN_FOR_CHILD = Sentence(
    "Nærmeste pårørende har rett til å være med selv om pasienten ikke vil. Hensynet til barn som pasienten har "
    "omsorg for, taler for det.",
    "Næraste pårørande har rett til å vere med sjølv om pasienten ikkje vil. Omsynet til barn som pasienten har "
    "omsorg for, taler for det.",
    "The nearest next of kin has a right to take part even if the patient objects. Concern for a child in the "
    "patient's care speaks for it.",
)
OWN_SUPPORT = Sentence(
    "Dette er den pårørendes egen sak. Den pårørende er bruker her, og det skal legges stor vekt på hva hen mener.",
    "Dette er den pårørande si eiga sak. Den pårørande er brukar her, og det skal leggjast stor vekt på kva hen "
    "meiner.",
    "This is the carer's own case. The carer is the user here, and their view is given great weight.",
)
NOT_OWN_SUPPORT = Sentence(
    "Dette er saken til den som har det tyngende omsorgsarbeidet. Andre er med bare om den personen ønsker det.",
    "Dette er saka til den som har det tyngjande omsorgsarbeidet. Andre er med berre om den personen ønskjer det.",
    "This is the case of whoever has the burdensome care. Others take part only if that person wants it.",
)
PLAN = Sentence(
    "Den pårørende kan være med i individuell plan, så langt både pasienten og den pårørende selv vil. Skriv inn hva "
    "den pårørende bidrar med.",
    "Den pårørande kan vere med i individuell plan, så langt både pasienten og den pårørande sjølv vil. Skriv inn kva "
    "den pårørande bidreg med.",
    "The carer may take part in the individual plan, as far as both the patient and the carer want. Write down what "
    "the carer contributes.",
)
PLAN_NOT_WISHED = Sentence(
    "Den pårørende kan ikke trekkes inn i individuell plan uten at pasienten vil.",
    "Den pårørande kan ikkje trekkjast inn i individuell plan utan at pasienten vil.",
    "The carer may not be drawn into the individual plan unless the patient wants it.",
)
COERCION = Sentence(
    "Nærmeste pårørende kan uttale seg, skal få varsel og kan klage til kontrollkommisjonen på mange vedtak.",
    "Næraste pårørande kan uttale seg, skal få varsel og kan klage til kontrollkommisjonen på mange vedtak.",
    "The nearest next of kin may be heard, must be notified and can complain to the control commission on many "
    "decisions.",
)
COERCION_FOR_DISABLED = Sentence(
    "Pårørende og verge skal høres før vedtaket, og de kan klage.",
    "Pårørande og verje skal høyrast før vedtaket, og dei kan klage.",
    "Carers and the guardian are heard before the decision, and they can complain.",
)
NOT_ON_COERCION = Sentence(
    "Denne rollen gir ingen rett til å bli hørt om tvang.",
    "Denne rolla gir ingen rett til å bli høyrd om tvang.",
    "This role gives no right to be heard on coercion.",
)
