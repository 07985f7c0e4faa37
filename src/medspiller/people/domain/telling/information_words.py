"""Why something may or may not be told, row by row, as it is said to whoever stands with the carer."""

from collections.abc import Mapping
from types import MappingProxyType

from medspiller.people.domain.sentences import Sentence
from medspiller.people.domain.telling.answers import Answer, Scope

PLAINLY: Mapping[tuple[Answer, Scope], Sentence] = MappingProxyType(
    {
        (Answer.MUST, Scope.FULL): Sentence(
            "Du skal fortelle dette.", "Du skal fortelje dette.", "You must tell this."
        ),
        (Answer.MUST, Scope.NECESSARY_ONLY): Sentence(
            "Du skal fortelle det som er nødvendig, og ikke mer.",
            "Du skal fortelje det som er nødvendig, og ikkje meir.",
            "You must tell what is necessary, and no more.",
        ),
        (Answer.MAY, Scope.FULL): Sentence("Du kan fortelle dette.", "Du kan fortelje dette.", "You may tell this."),
        (Answer.MAY, Scope.NECESSARY_ONLY): Sentence(
            "Du kan fortelle det som er nødvendig, og ikke mer.",
            "Du kan fortelje det som er nødvendig, og ikkje meir.",
            "You may tell what is necessary, and no more.",
        ),
        (Answer.MAY, Scope.GENERAL_ONLY): Sentence(
            "Du kan lytte og snakke om det som er allment.",
            "Du kan lytte og snakke om det som er allment.",
            "You can listen and talk about what is general.",
        ),
        (Answer.NO, Scope.NONE): Sentence(
            "Du kan ikke fortelle dette.", "Du kan ikkje fortelje dette.", "You may not tell this."
        ),
    }
)

GENERAL = Sentence(
    "Du kan snakke om det som er allment: rutiner, rettigheter, tilbud og hvordan en sykdom vanligvis utvikler seg. "
    "Det er ikke taushetsbelagt. Ikke si noe om akkurat denne pasienten.",
    "Du kan snakke om det som er allment: rutinar, rettar, tilbod og korleis ein sjukdom vanlegvis utviklar seg. "
    "Det er ikkje omfatta av teieplikta. Ikkje sei noko om akkurat denne pasienten.",
    "You may talk about what is general: routines, rights, offers and how an illness usually develops. "
    "That is not confidential. Say nothing about this particular patient.",
)
KNOWN = Sentence(
    "Du kan snakke om det den pårørende vet fra før. Det er ikke taushetsbelagt for dem. Ikke fortell noe nytt.",
    "Du kan snakke om det den pårørande veit frå før. Det er ikkje omfatta av teieplikta overfor dei. "
    "Ikkje fortel noko nytt.",
    "You may talk about what the carer already knows. It is not confidential to them. Tell nothing new.",
)
LISTENING = Sentence(
    "Du kan alltid lytte. Å lytte er ikke å gi ut noe. Si gjerne at det kan bli skrevet i journalen, "
    "og at pasienten kan lese det der.",
    "Du kan alltid lytte. Å lytte er ikkje å gi ut noko. Sei gjerne at det kan bli skrive i journalen, "
    "og at pasienten kan lese det der.",
    "You can always listen. Listening gives nothing away. Do say that it may be written in the record, "
    "and that the patient can read it there.",
)
AGAINST_PARENTS = Sentence(
    "Du kan ikke fortelle dette til foreldrene. Tungtveiende hensyn til barnet taler mot det. "
    "Forklar barnet tidlig hva foreldrene får vite, og hva de ikke får vite.",
    "Du kan ikkje fortelje dette til foreldra. Tungtvegande omsyn til barnet taler mot det. "
    "Forklar barnet tidleg kva foreldra får vite, og kva dei ikkje får vite.",
    "You may not tell the parents this. Weighty concern for the child speaks against it. "
    "Explain to the child early what the parents are told and what they are not.",
)
CHILD_REFUSES = Sentence(
    "Du kan ikke fortelle dette til foreldrene. Barnet er mellom 12 og 16 år og har grunner som bør respekteres. "
    "Forklar barnet tidlig hva foreldrene får vite, og hva de ikke får vite.",
    "Du kan ikkje fortelje dette til foreldra. Barnet er mellom 12 og 16 år og har grunnar som bør respekterast. "
    "Forklar barnet tidleg kva foreldra får vite, og kva dei ikkje får vite.",
    "You may not tell the parents this. The child is between 12 and 16 and has reasons that should be respected. "
    "Explain to the child early what the parents are told and what they are not.",
)
NECESSARY_FOR_PARENTS = Sentence(
    "Du skal fortelle foreldrene det de må vite for å ta vare på barnet, og ikke mer. "
    "Det gjelder selv om barnet ikke vil. Si til barnet at du gjør det.",
    "Du skal fortelje foreldra det dei må vite for å ta vare på barnet, og ikkje meir. "
    "Det gjeld sjølv om barnet ikkje vil. Sei til barnet at du gjer det.",
    "You must tell the parents what they need to know to look after the child, and no more. "
    "That applies even if the child does not want it. Tell the child that you do.",
)
PARENTS = Sentence(
    "Du skal fortelle dette til den som har foreldreansvaret. Barnet er under 16 år. Barnet skal også få vite det, "
    "på sin måte.",
    "Du skal fortelje dette til den som har foreldreansvaret. Barnet er under 16 år. Barnet skal òg få vite det, "
    "på sin måte.",
    "You must tell this to whoever has parental responsibility. The child is under 16. The child is told too, "
    "in a way that suits.",
)
IN_PLACE_OF_PARENTS = Sentence(
    "Du skal fortelle dette til barnevernstjenesten og til fosterhjemmet eller institusjonen der barnet bor. "
    "De har omsorgen i foreldrenes sted. Barnet skal også få vite det, på sin måte.",
    "Du skal fortelje dette til barnevernstenesta og til fosterheimen eller institusjonen der barnet bur. "
    "Dei har omsorga i staden for foreldra. Barnet skal òg få vite det, på sin måte.",
    "You must tell this to the child welfare service and to the foster home or institution where the child lives. "
    "They have the care in the parents' place. The child is told too, in a way that suits.",
)
# The wording with foster parents and institutions came on 1 January 2026.
CHILD_WELFARE_ONLY = Sentence(
    "Du skal fortelle dette til barnevernstjenesten. Den har omsorgen i foreldrenes sted. Fosterhjem og institusjon "
    "står i denne regelen først fra 1. januar 2026.",
    "Du skal fortelje dette til barnevernstenesta. Ho har omsorga i staden for foreldra. Fosterheim og institusjon "
    "står i denne regelen først frå 1. januar 2026.",
    "You must tell this to the child welfare service. It has the care in the parents' place. Foster homes and "
    "institutions are covered by this rule only from 1 January 2026.",
)
OTHER_PARENT = Sentence(
    "Du kan fortelle dette når forelderen ber om det. Også en forelder uten foreldreansvar har rett til å få vite "
    "hvordan barnet har det. Du kan si nei hvis det kan skade barnet. Forelderen kan klage til statsforvalteren.",
    "Du kan fortelje dette når forelderen ber om det. Òg ein forelder utan foreldreansvar har rett til å få vite "
    "korleis barnet har det. Du kan seie nei dersom det kan skade barnet. Forelderen kan klage til statsforvaltaren.",
    "You may tell this when the parent asks. A parent without parental responsibility also has a right to know how "
    "the child is. You can refuse if it may harm the child. The parent can complain to the county governor.",
)
YOUTH_DECIDES = Sentence(
    "Du kan ikke fortelle dette til foreldrene uten at ungdommen sier ja. Fra 16 år bestemmer ungdommen selv. "
    "Foreldrene skal bare få det de må vite for å ta vare på ungdommen.",
    "Du kan ikkje fortelje dette til foreldra utan at ungdommen seier ja. Frå 16 år bestemmer ungdommen sjølv. "
    "Foreldra skal berre få det dei må vite for å ta vare på ungdommen.",
    "You may not tell the parents this unless the young person agrees. From 16 the young person decides. "
    "The parents are told only what they must know to look after the young person.",
)
LACKS_COMPETENCE = Sentence(
    "Du skal fortelle dette til nærmeste pårørende. Pasienten mangler {competence} i denne saken. "
    "Pasienten har rett til å få vite det samme.",
    "Du skal fortelje dette til næraste pårørande. Pasienten manglar {competence} i denne saka. "
    "Pasienten har rett til å få vite det same.",
    "You must tell this to the nearest next of kin. The patient lacks {competence} in this matter. "
    "The patient has a right to know the same.",
)
DECIDES_FOR_YOUTH = Sentence(
    "Du skal fortelle foreldrene det de må vite for å si ja eller nei til hjelpen. Ungdommen mangler {competence} "
    "i denne saken, og da avgjør foreldrene. Hjelpen kan ikke gis hvis ungdommen motsetter seg den.",
    "Du skal fortelje foreldra det dei må vite for å seie ja eller nei til hjelpa. Ungdommen manglar {competence} "
    "i denne saka, og då avgjer foreldra. Hjelpa kan ikkje givast dersom ungdommen set seg imot.",
    "You must tell the parents what they need in order to say yes or no to the care. The young person lacks "
    "{competence} in this matter, so the parents decide. Care cannot be given if the young person resists it.",
)
CHILD_WELFARE_DECIDES_FOR_YOUTH = Sentence(
    "Du kan fortelle barnevernstjenesten det den må vite for å si ja eller nei til hjelpen, når den har overtatt "
    "omsorgen etter barnevernsloven § 5-1. Ungdommen mangler {competence} i denne saken.",
    "Du kan fortelje barnevernstenesta det ho må vite for å seie ja eller nei til hjelpa, når ho har teke over "
    "omsorga etter barnevernslova § 5-1. Ungdommen manglar {competence} i denne saka.",
    "You may tell the child welfare service what it needs in order to say yes or no to the care, when it has taken "
    "over the care under the Child Welfare Act § 5-1. The young person lacks {competence} in this matter.",
)
GUARDIAN_DECIDES = Sentence(
    "Du skal fortelle vergen det vergen må vite for å si ja eller nei til hjelpen. Pasienten er fratatt rettslig "
    "handleevne i personlige forhold og kan ikke avgjøre dette selv.",
    "Du skal fortelje verja det verja må vite for å seie ja eller nei til hjelpa. Pasienten er fråteken rettsleg "
    "handleevne i personlege forhold og kan ikkje avgjere dette sjølv.",
    "You must tell the guardian what the guardian needs in order to say yes or no to the care. The patient is "
    "deprived of legal capacity in personal matters and cannot decide this.",
)
MANDATE_SHOWN = Sentence(
    "Du kan fortelle det som trengs for oppgaven som står i mandatet eller fullmakten, og ikke mer. "
    "Pasienten mangler {competence} i denne saken.",
    "Du kan fortelje det som trengst for oppgåva som står i mandatet eller fullmakta, og ikkje meir. "
    "Pasienten manglar {competence} i denne saka.",
    "You may tell what is needed for the task that the mandate or power of attorney names, and no more. "
    "The patient lacks {competence} in this matter.",
)
EMERGENCY = Sentence(
    "Du skal fortelle dette til nærmeste pårørende. Det er akutt og pasienten kan ikke spørres, men ville trolig "
    "sagt ja.",
    "Du skal fortelje dette til næraste pårørande. Det er akutt og pasienten kan ikkje spørjast, men ville truleg "
    "sagt ja.",
    "You must tell this to the nearest next of kin. It is an emergency and the patient cannot be asked, but would "
    "probably have agreed.",
)
CONSENTED = Sentence(
    "Du skal fortelle dette til nærmeste pårørende. Pasienten har sagt ja til det. Hold deg til det pasienten har "
    "sagt ja til.",
    "Du skal fortelje dette til næraste pårørande. Pasienten har sagt ja til det. Hald deg til det pasienten har "
    "sagt ja til.",
    "You must tell this to the nearest next of kin. The patient has agreed to it. Keep to what the patient has "
    "agreed to.",
)
OTHER_CONSENTED = Sentence(
    "Du kan fortelle dette, fordi det er gitt samtykke til det. Hold deg til det samtykket gjelder.",
    "Du kan fortelje dette, fordi det er gitt samtykke til det. Hald deg til det samtykket gjeld.",
    "You may tell this because consent to it has been given. Keep to what the consent covers.",
)
NEAREST_CONSENTED = Sentence(
    "Du kan fortelle dette. Pasienten mangler {competence} i denne saken, og nærmeste pårørende har sagt ja for "
    "pasienten.",
    "Du kan fortelje dette. Pasienten manglar {competence} i denne saka, og næraste pårørande har sagt ja for "
    "pasienten.",
    "You may tell this. The patient lacks {competence} in this matter, and the nearest next of kin has agreed for "
    "the patient.",
)
CHILD_TOLD = Sentence(
    "Du skal hjelpe barnet til å forstå: hva som feiler pasienten, hva som blir gjort, og når de kan møtes. "
    "Det er gitt samtykke til det. Si det slik at barnet forstår, og ikke mer enn barnet trenger.",
    "Du skal hjelpe barnet til å forstå: kva som feilar pasienten, kva som blir gjort, og når dei kan møtast. "
    "Det er gitt samtykke til det. Sei det slik at barnet forstår, og ikkje meir enn barnet treng.",
    "You must help the child understand what is wrong with the patient, what is being done and when they can meet. "
    "Consent to it has been given. Say it so that the child understands, and no more than the child needs.",
)
DANGER = Sentence(
    "Du skal fortelle dette til nærmeste pårørende selv om pasienten ikke vil. Pasienten har en alvorlig sinnslidelse "
    "og er en nær og alvorlig fare for andres liv eller helse.",
    "Du skal fortelje dette til næraste pårørande sjølv om pasienten ikkje vil. Pasienten har ei alvorleg sinnsliding "
    "og er ein nær og alvorleg fare for liv eller helse hos andre.",
    "You must tell this to the nearest next of kin even if the patient objects. The patient has a serious mental "
    "disorder and is a near and serious danger to the life or health of others.",
)
CONCERN_FOR_CHILD = Sentence(
    "Du skal fortelle dette til nærmeste pårørende selv om pasienten ikke vil. Hensynet til barn som pasienten har "
    "omsorg for, taler for det. Husk også pliktene overfor barnet selv.",
    "Du skal fortelje dette til næraste pårørande sjølv om pasienten ikkje vil. Omsynet til barn som pasienten har "
    "omsorg for, taler for det. Hugs òg pliktene overfor barnet sjølv.",
    "You must tell this to the nearest next of kin even if the patient objects. Concern for a child in the patient's "
    "care speaks for it. Remember the duties towards the child too.",
)
DIED_UNEXPECTEDLY = Sentence(
    "Du skal fortelle nærmeste pårørende om dødsfallet, så langt taushetsplikten ikke hindrer det. Dødsfallet var "
    "uventet. Kom det av en alvorlig hendelse, skal de få tilbud om et møte senest ti dager etter hendelsen.",
    "Du skal fortelje næraste pårørande om dødsfallet, så langt teieplikta ikkje hindrar det. Dødsfallet var "
    "uventa. Kom det av ei alvorleg hending, skal dei få tilbod om eit møte seinast ti dagar etter hendinga.",
    "You must tell the nearest next of kin about the death, as far as confidentiality does not prevent it. The death "
    "was unexpected. If a serious event caused it, they are offered a meeting within ten days of the event.",
)
WEIGHTY_REASONS = Sentence(
    "Du kan fortelle dette, fordi vektige grunner taler for det. Tenk på hva den døde ville ha ønsket.",
    "Du kan fortelje dette, fordi vektige grunnar taler for det. Tenk på kva den døde ville ha ønskt.",
    "You may tell this, because weighty reasons speak for it. Consider what the person who died would have wanted.",
)
DEAD_NEAREST = Sentence(
    "Du kan ikke fortelle dette uten at dødsfallet var uventet eller vektige grunner taler for det. Men nærmeste "
    "pårørende har rett til å se journalen når ikke særlige grunner taler mot det.",
    "Du kan ikkje fortelje dette utan at dødsfallet var uventa eller vektige grunnar taler for det. Men næraste "
    "pårørande har rett til å sjå journalen når ikkje særlege grunnar taler mot det.",
    "You may not tell this unless the death was unexpected or weighty reasons speak for it. But the nearest next of "
    "kin has a right to see the record unless special reasons speak against it.",
)
DEAD_OTHERS = Sentence(
    "Du kan ikke fortelle dette. Taushetsplikten gjelder også etter døden, med mindre vektige grunner taler for å "
    "fortelle.",
    "Du kan ikkje fortelje dette. Teieplikta gjeld òg etter døden, med mindre vektige grunnar taler for å fortelje.",
    "You may not tell this. Confidentiality lasts after death unless weighty reasons speak for telling.",
)
DEAD_CHILD = Sentence(
    "Du kan ikke fortelle dette uten at vektige grunner taler for det. Men du skal hjelpe barnet med det barnet "
    "trenger å vite etter dødsfallet, helst sammen med dem som har omsorgen.",
    "Du kan ikkje fortelje dette utan at vektige grunnar taler for det. Men du skal hjelpe barnet med det barnet "
    "treng å vite etter dødsfallet, helst saman med dei som har omsorga.",
    "You may not tell this unless weighty reasons speak for it. But you must help the child with what the child "
    "needs to know after the death, preferably together with those who care for the child.",
)
NEAREST_WITHOUT_CONSENT = Sentence(
    "Du kan ikke fortelle dette. Pasienten kan avgjøre det selv og har ikke sagt ja. Du kan lytte og snakke om det "
    "som er allment. Er du bekymret for et barn, gjelder pliktene overfor barnet uansett.",
    "Du kan ikkje fortelje dette. Pasienten kan avgjere det sjølv og har ikkje sagt ja. Du kan lytte og snakke om "
    "det som er allment. Er du uroleg for eit barn, gjeld pliktene overfor barnet uansett.",
    "You may not tell this. The patient can decide it and has not agreed. You can listen and talk about what is "
    "general. If you are worried about a child, the duties towards the child apply in any case.",
)
OTHERS = Sentence(
    "Du kan ikke fortelle dette. Den pårørende har ingen egen rett til å få vite det, og det er ikke gitt samtykke. "
    "Du kan lytte og snakke om det som er allment.",
    "Du kan ikkje fortelje dette. Den pårørande har ingen eigen rett til å få vite det, og det er ikkje gitt "
    "samtykke. Du kan lytte og snakke om det som er allment.",
    "You may not tell this. The carer has no right of their own to know it, and consent has not been given. "
    "You can listen and talk about what is general.",
)
OTHERS_CANNOT_BE_ASKED = Sentence(
    "Du kan ikke fortelle dette. Den pårørende har ingen egen rett til å få vite det. Pasienten mangler {competence} "
    "i denne saken, men nærmeste pårørende kan si ja for pasienten.",
    "Du kan ikkje fortelje dette. Den pårørande har ingen eigen rett til å få vite det. Pasienten manglar "
    "{competence} i denne saka, men næraste pårørande kan seie ja for pasienten.",
    "You may not tell this. The carer has no right of their own to know it. The patient lacks {competence} in this "
    "matter, but the nearest next of kin can agree for the patient.",
)
REPRESENTATIVE = Sentence(
    "Du kan ikke fortelle dette. Rollen gir ikke rett til å vite om helsen. Gjelder mandatet eller fullmakten også "
    "helse, må den vises fram.",
    "Du kan ikkje fortelje dette. Rolla gir ikkje rett til å vite om helsa. Gjeld mandatet eller fullmakta òg "
    "helse, må ho visast fram.",
    "You may not tell this. The role gives no right to know about health. If the mandate or power of attorney covers "
    "health too, it must be shown.",
)
CHILD_NOT_TOLD = Sentence(
    "Du kan ikke fortelle dette uten samtykke. Men barnet skal ses: snakk med pasienten om hva barnet trenger å vite, "
    "og be om samtykke. Du kan alltid lytte til barnet og snakke om det som er allment.",
    "Du kan ikkje fortelje dette utan samtykke. Men barnet skal bli sett: snakk med pasienten om kva barnet treng å "
    "vite, og be om samtykke. Du kan alltid lytte til barnet og snakke om det som er allment.",
    "You may not tell this without consent. But the child must be seen: talk with the patient about what the child "
    "needs to know, and ask for consent. You can always listen to the child and talk about what is general.",
)
