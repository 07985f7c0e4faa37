"""Who may complain, in the words said to whoever asks."""

from collections.abc import Mapping
from types import MappingProxyType

from medspiller.people.domain.sentences import Sentence
from medspiller.people.domain.telling.answers import Answer, Scope

PLAINLY: Mapping[tuple[Answer, Scope], Sentence] = MappingProxyType(
    {
        (Answer.MAY, Scope.FULL): Sentence("Personen kan klage.", "Personen kan klage.", "The person can complain."),
        (Answer.NO, Scope.NONE): Sentence(
            "Personen kan ikke klage på dette.",
            "Personen kan ikkje klage på dette.",
            "The person cannot complain about this.",
        ),
    }
)
WITH_POWER_OF_ATTORNEY = Sentence(
    "Personen kan klage for pasienten til statsforvalteren. Klagen sendes til den som tok avgjørelsen, innen fire "
    "uker. Fullmakten må vises fram skriftlig, med mindre personen er advokat.",
    "Personen kan klage for pasienten til statsforvaltaren. Klagen går til den som tok avgjerda, innan fire veker. "
    "Fullmakta må visast fram skriftleg, med mindre personen er advokat.",
    "The person can complain for the patient to the county governor. The complaint is sent to whoever decided, within "
    "four weeks. The power of attorney must be shown in writing, unless the person is a lawyer.",
)
FOR_PATIENT = Sentence(
    "Personen kan klage for pasienten til statsforvalteren, fordi det er den som avgjør om helsehjelp. Klagen sendes "
    "til den som tok avgjørelsen, innen fire uker.",
    "Personen kan klage for pasienten til statsforvaltaren, fordi det er den som avgjer om helsehjelp. Klagen går "
    "til den som tok avgjerda, innan fire veker.",
    "The person can complain for the patient to the county governor, because they decide on care. The complaint is "
    "sent to whoever decided, within four weeks.",
)
NOT_FOR_PATIENT = Sentence(
    "Personen kan ikke klage for pasienten uten skriftlig fullmakt. Pasienten kan klage selv. Du kan hjelpe til.",
    "Personen kan ikkje klage for pasienten utan skriftleg fullmakt. Pasienten kan klage sjølv. Du kan hjelpe til.",
    "The person cannot complain for the patient without a written power of attorney. The patient can complain, and "
    "you can help with it.",
)
OWN_RIGHTS = Sentence(
    "Personen kan klage til statsforvalteren over sin egen rett til å få vite, være med eller se journalen. Klagen "
    "sendes til den som tok avgjørelsen, innen fire uker.",
    "Personen kan klage til statsforvaltaren over sin eigen rett til å få vite, vere med eller sjå journalen. Klagen "
    "går til den som tok avgjerda, innan fire veker.",
    "The person can complain to the county governor about their own right to be told, to take part or to see the "
    "record. The complaint is sent to whoever decided, within four weeks.",
)
OTHER_PARENT = Sentence(
    "Forelderen kan klage til statsforvalteren når hen ikke får vite hvordan barnet har det. Klagen sendes til den "
    "som sa nei.",
    "Forelderen kan klage til statsforvaltaren når hen ikkje får vite korleis barnet har det. Klagen går til den som "
    "sa nei.",
    "The parent can complain to the county governor when not told how the child is. The complaint is sent to whoever "
    "refused.",
)
NO_OWN_RIGHTS = Sentence(
    "Denne rollen gir ingen egne rettigheter her å klage over. Pasient- og brukerombudet kan likevel hjelpe.",
    "Denne rolla gir ingen eigne rettar her å klage over. Pasient- og brukarombodet kan likevel hjelpe.",
    "This role gives no rights of its own here to complain about. The patient and user ombud can still help.",
)
OWN_SUPPORT = Sentence(
    "Den som vedtaket om pårørendestøtte gjelder, kan klage til statsforvalteren. Klagen sendes til kommunen innen "
    "fire uker.",
    "Den som vedtaket om pårørandestøtte gjeld, kan klage til statsforvaltaren. Klagen går til kommunen innan "
    "fire veker.",
    "Whoever the decision on carer support is about can complain to the county governor. The complaint is sent to the "
    "municipality within four weeks.",
)
SUPERVISION = Sentence(
    "Personen kan be statsforvalteren vurdere om noen har brutt en plikt. Det er ingen frist i loven.",
    "Personen kan be statsforvaltaren vurdere om nokon har brote ei plikt. Det er ingen frist i lova.",
    "The person can ask the county governor to assess whether a duty was broken. The law sets no deadline.",
)
TIP_ONLY = Sentence(
    "Personen har ikke krav på at dette blir behandlet, men kan alltid si fra til tjenesten eller statsforvalteren.",
    "Personen har ikkje krav på at dette blir behandla, men kan alltid seie frå til tenesta eller statsforvaltaren.",
    "The person cannot demand that this is dealt with, but can always tell the service or the county governor.",
)
SERIOUS_EVENT = Sentence(
    "Pasienten og nærmeste pårørende kan varsle om en alvorlig hendelse til tilsynet og til undersøkelseskommisjonen.",
    "Pasienten og næraste pårørande kan varsle om ei alvorleg hending til tilsynet og til undersøkingskommisjonen.",
    "The patient and the nearest next of kin can report a serious event to the supervisory authority and the "
    "investigation board.",
)
OMBUD = Sentence(
    "Alle kan ta kontakt med pasient- og brukerombudet. Det er gratis, og det er ingen frist.",
    "Alle kan ta kontakt med pasient- og brukarombodet. Det er gratis, og det er ingen frist.",
    "Anybody can contact the patient and user ombud. It is free, and there is no deadline.",
)
FORMAL = Sentence(
    "Tjenesten er ventet å vare mer enn to uker. Da skal det være skriftlig vedtak med begrunnelse og klagerett.",
    "Tenesta er venta å vare meir enn to veker. Då skal det vere skriftleg vedtak med grunngiving og klagerett.",
    "The service is expected to last more than two weeks. Then there must be a written decision with reasons and a "
    "right to complain.",
)
NOT_FORMAL = Sentence(
    "Tjenesten er ventet å vare to uker eller kortere. Loven krever ikke formelt vedtak, men skriv likevel hvorfor.",
    "Tenesta er venta å vare to veker eller kortare. Lova krev ikkje formelt vedtak, men skriv likevel kvifor.",
    "The service is expected to last two weeks or less. The law demands no formal decision, but write down why.",
)
FORMAL_BY_LENGTH = Sentence(
    "Er tjenesten til den pårørende ventet å vare mer enn to uker, skal det være skriftlig vedtak med begrunnelse og "
    "klagerett. Er den ventet å vare to uker eller kortere, krever loven ikke formelt vedtak, men skriv likevel "
    "hvorfor.",
    "Er tenesta til den pårørande venta å vare meir enn to veker, skal det vere skriftleg vedtak med grunngiving og "
    "klagerett. Er ho venta å vare to veker eller kortare, krev lova ikkje formelt vedtak, men skriv likevel kvifor.",
    "If the service to the carer is expected to last more than two weeks, there must be a written decision with "
    "reasons and a right to complain. If it is expected to last two weeks or less, the law demands no formal decision, "
    "but write down why.",
)
