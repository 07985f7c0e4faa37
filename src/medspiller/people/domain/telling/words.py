"""What is said when something is not known, or does not matter."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from medspiller.people.domain.sentences import Sentence
from medspiller.people.domain.telling import laws

# Each goes on after "find out" and "whatever turns out about".
_QUESTIONS: Mapping[str, Sentence] = MappingProxyType(
    {
        "on": Sentence("hvilken dag det gjelder", "kva dag det gjeld", "which day this is about"),
        "age": Sentence("hvor gammel pasienten er", "kor gammal pasienten er", "how old the patient is"),
        "dead": Sentence("om pasienten lever", "om pasienten lever", "whether the patient is alive"),
        "competent": Sentence(
            "om pasienten har {competence} i denne saken",
            "om pasienten har {competence} i denne saka",
            "whether the patient has {competence} in this matter",
        ),
        "emergency": Sentence(
            "om det er akutt, så pasienten ikke kan spørres",
            "om det er akutt, så pasienten ikkje kan spørjast",
            "whether it is an emergency in which the patient cannot be asked",
        ),
        "roles": Sentence(
            "hvilken rolle den pårørende har",
            "kva rolle den pårørande har",
            "which role the carer has",
        ),
        "already_knows": Sentence(
            "om den pårørende vet dette fra før",
            "om den pårørande veit dette frå før",
            "whether the carer knows this already",
        ),
        "topic": Sentence("hva spørsmålet gjelder", "kva spørsmålet gjeld", "what the question is about"),
        "consent": Sentence("om det er gitt samtykke", "om det er gitt samtykke", "whether consent has been given"),
        "weighty_interest_against_parents": Sentence(
            "om tungtveiende hensyn til barnet taler mot at foreldrene får vite det",
            "om tungtvegande omsyn til barnet taler mot at foreldra får vite det",
            "whether weighty concern for the child speaks against telling the parents",
        ),
        "child_refuses_with_reason": Sentence(
            "om barnet har sagt nei av grunner som bør respekteres",
            "om barnet har sagt nei av grunnar som bør respekterast",
            "whether the child has said no for reasons that should be respected",
        ),
        "necessary_for_parental_responsibility": Sentence(
            "om foreldrene må vite det for å ta vare på barnet",
            "om foreldra må vite det for å ta vare på barnet",
            "whether the parents must know it to look after the child",
        ),
        "danger_to_others": Sentence(
            "om pasienten har en alvorlig sinnslidelse og er en nær og alvorlig fare for andre",
            "om pasienten har ei alvorleg sinnsliding og er ein nær og alvorleg fare for andre",
            "whether the patient has a serious mental disorder and is a near and serious danger to others",
        ),
        "concern_for_child_in_care": Sentence(
            "om hensynet til barn pasienten har omsorg for, taler for det",
            "om omsynet til barn pasienten har omsorg for, taler for det",
            "whether concern for a child in the patient's care speaks for it",
        ),
        "death_unexpected": Sentence(
            "om dødsfallet var uventet",
            "om dødsfallet var uventa",
            "whether the death was unexpected",
        ),
        "weighty_reason_after_death": Sentence(
            "om vektige grunner taler for å fortelle det etter døden",
            "om vektige grunnar taler for å fortelje det etter døden",
            "whether weighty reasons speak for telling it after the death",
        ),
        "patient_objects": Sentence(
            "om pasienten sier nei til det",
            "om pasienten seier nei til det",
            "whether the patient objects",
        ),
        "expected_days": Sentence(
            "hvor lenge tjenesten er ventet å vare",
            "kor lenge tenesta er venta å vare",
            "how long the service is expected to last",
        ),
    }
)

_FIND_OUT = Sentence(
    "Vi kan ikke svare ennå. Finn først ut {questions}. Til da kan du lytte og snakke om det som er allment.",
    "Vi kan ikkje svare enno. Finn først ut {questions}. Til då kan du lytte og snakke om det som er allment.",
    "We cannot answer yet. First find out {questions}. Until then you can listen and talk about what is general.",
)

_IN_ANY_CASE = Sentence(
    "Svaret er det samme uansett {questions}.",
    "Svaret er det same uansett {questions}.",
    "The answer is the same regardless of {questions}.",
)

_PERHAPS_MORE = Sentence(
    "Kanskje er svaret videre når du har funnet ut {questions}.",
    "Kanskje er svaret vidare når du har funne ut {questions}.",
    "The answer may reach further once you have found out {questions}.",
)

BEFORE_THE_LAW = Sentence(
    "Vi kjenner ikke reglene før 1. januar 2001. Spør en jurist.",
    "Vi kjenner ikkje reglane før 1. januar 2001. Spør ein jurist.",
    "We do not know the rules before 1 January 2001. Ask a lawyer.",
)


def find_out(inputs: Sequence[str], *, day: date | None) -> Sentence:
    """Say what has to be found out before there is an answer."""
    return filled(_FIND_OUT, questions=_listed(inputs, day=day))


def in_any_case(plainly: Sentence, inputs: Sequence[str], *, day: date | None) -> Sentence:
    """Say an answer that does not depend on what is not known."""
    return followed_by(plainly, filled(_IN_ANY_CASE, questions=_listed(inputs, day=day)))


def perhaps_more(plainly: Sentence, inputs: Sequence[str], *, day: date | None) -> Sentence:
    """Say an answer that can only grow when more is known."""
    return followed_by(plainly, filled(_PERHAPS_MORE, questions=_listed(inputs, day=day)))


def filled(text: Sentence, **parts: Sentence) -> Sentence:
    """Put parts into their places, each in the language of the text around it."""
    return Sentence(
        text.nb.format(**{name: part.nb for name, part in parts.items()}),
        text.nn.format(**{name: part.nn for name, part in parts.items()}),
        text.en.format(**{name: part.en for name, part in parts.items()}),
    )


def followed_by(first: Sentence, *others: Sentence) -> Sentence:
    """Put whole sentences one after the other."""
    every = (first, *others)
    return Sentence(
        " ".join(one.nb for one in every), " ".join(one.nn for one in every), " ".join(one.en for one in every)
    )


def _listed(inputs: Sequence[str], *, day: date | None) -> Sentence:
    competence = laws.word_for_competence(day)
    questions = [filled(_QUESTIONS[name], competence=competence) for name in inputs]
    return Sentence(
        _joined([question.nb for question in questions], "og"),
        _joined([question.nn for question in questions], "og"),
        _joined([question.en for question in questions], "and"),
    )


def _joined(parts: Sequence[str], word: str) -> str:
    *before, last = parts
    return f"{', '.join(before)} {word} {last}" if before else last
