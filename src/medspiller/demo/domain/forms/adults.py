"""What grown carers have answered, or somebody for them: how they are, what was agreed, and whom to call."""

from collections.abc import Iterator
from datetime import date

from medspiller.demo.domain.families.elders import CONTACT, WORKER
from medspiller.demo.domain.forms.telling import SELF, Answered, Measured, ago
from medspiller.questionnaires.domain.states import How

RSS = "https://medspiller.no/instruments/rss"


def answered(today: date) -> Iterator[Answered]:
    """Yield the answers, with dates as they are on a day."""
    yield from _kari(today)
    yield _crisis_plan_of_sole_carer(today)
    yield _bereaved(today)
    yield from _begun(today)


def measured() -> Iterator[Measured]:
    """Yield the totals of instruments whose questions are not ours to show."""
    yield Measured(98, WORKER, "sole-carer", "wife", RSS, "total", 34)
    yield Measured(12, WORKER, "sole-carer", "wife", RSS, "total", 27)


def _kari(today: date) -> Iterator[Answered]:
    """Three months, and what changed in them. Then an agreement, and a plan that she has not finished."""
    yield from _kari_at_first()
    yield from _kari_now()
    yield _kari_agrees(today)
    yield Answered(2, SELF, "dementia", "daughter", "crisis-contact-plan", {
        "people": [{"person-name": "Torleif", "person-helps-with": "Sitte hos mamma til jeg kommer"}],
        "services": [{"service-name": "Hjemmetjenesten vest", "service-open": "Hele døgnet"}],
    }, finished=False, step=3)  # fmt: skip


def _kari_at_first() -> Iterator[Answered]:
    yield Answered(120, CONTACT, "dementia", "daughter", "what-matters", {
        "what-matters": "At mamma er trygg om natta, og at jeg klarer å stå i jobben.",
        "lives-together": False,
        "tasks": ["housework", "medicines", "transport", "paperwork", "supervision"],
        "unwanted-tasks": "yes", "unwanted-tasks-which": "Å telle opp medisinene. Jeg er redd for å ta feil.",
        "hours": "22-to-40", "nights": "weekly",
        "duration": "half-to-two", "several-people": "yes", "can-leave": "no",
        "own-health": "a-lot", "own-health-how": ["sleep", "tired", "worried"],
        "occupation": ["work"], "work-affected": "a-lot", "economy": "a-little",
        "network": "too-little", "children-at-home": "yes", "children-support": "unsure",
        "helps-now": "Torleif ser innom når jeg er på jobb.",
        "missing-talk": ["information", "someone-to-talk-to", "coordination"],
        "missing-relief": ["respite-hours", "night-rest", "practical-help"],
        "missing-life": ["own-health", "work-and-leave"],
        "one-thing": "Å vite hvem jeg skal ringe om natta.",
        "contact-wish": "phone", "contact-times": ["evening"], "support-request": "unsure", "interpreter": "no",
    }, about="mother", how=How.CONVERSATION)  # fmt: skip
    yield _carerqol(119, support="none", health="a-lot", days="a-lot", happiness=4)


def _kari_now() -> Iterator[Answered]:
    yield Answered(28, SELF, "dementia", "daughter", "what-matters", {
        "what-matters": "At mamma får gå på dagsenteret, og at jeg har tid til Noah.",
        "lives-together": False,
        "tasks": ["housework", "transport", "paperwork", "company"],
        "unwanted-tasks": "no",
        "hours": "11-to-21", "nights": "some",
        "duration": "half-to-two", "several-people": "yes", "can-leave": "with-help",
        "own-health": "a-little", "own-health-how": ["tired"],
        "occupation": ["work"], "work-affected": "a-little", "economy": "a-little",
        "network": "enough", "children-at-home": "yes", "children-support": "yes",
        "helps-now": "Hjemmetjenesten tar medisinene nå. Og samtalene med Ingrid.",
        "missing-talk": ["peers", "crisis-plan"],
        "missing-relief": ["respite-hours"],
        "one-thing": "Én kveld i uka for meg selv.",
        "contact-wish": "message", "support-request": "yes", "interpreter": "no",
    }, about="mother")  # fmt: skip
    yield _carerqol(27, support="some", health="some", days="some", happiness=6)


def _kari_agrees(today: date) -> Answered:
    return Answered(20, CONTACT, "dementia", "daughter", "carer-agreement", {
        "agreement-date": ago(today, 20),
        "participants": [
            {"participant-name": "Kari Demoås", "participant-role": "carer"},
            {"participant-name": "Ingrid Demovik", "participant-role": "service"},
        ],
        "patient-agrees": "yes",
        "what-matters": "Å være datter, og ikke bare den som ordner.",
        "needs": ["respite-hours", "coordination", "crisis-plan", "peers"],
        "tasks-do": ["housework", "transport", "paperwork", "company"],
        "tasks-wish": ["company", "transport"],
        "tasks-not": ["medicines", "night"],
        "tasks-not-more": "Hjemmetjenesten gir medisiner hver dag, også i ferier.",
        "tasks-service": "Medisiner morgen og kveld, og tilsyn om natta når det trengs.",
        "wish-information": "Når medisinene blir endret, og hvis mamma faller.",
        "wish-involvement": "Møtene om dagsenter og om det som kommer etterpå.",
        "wish-for-us": "At det er de samme som kommer, og at noen tar telefonen.",
        "contact-person": "Ingrid Demovik", "contact-backup": "Pårørendesenteret",
        "contact-who-calls": "service", "contact-how": ["phone", "message"], "contact-often": "monthly",
        "contact-best-time": "Etter klokka 19",
        "contact-urgent": "Vi ringer hjemmetjenesten. Er det fare for liv, ringer vi 113.",
        "steps": [
            {"step-what": "Søke om avlastning én kveld i uka", "step-who": "Kari, med hjelp fra Ingrid",
             "step-when": ago(today, 13)},
            {"step-what": "Melde Kari på kveldsgruppa", "step-who": "Ingrid", "step-when": ago(today, -10)},
        ],
        "review-date": ago(today, -18), "told-not-a-decision": True,
    }, about="mother", how=How.CONVERSATION)  # fmt: skip


def _carerqol(ago_in_days: int, *, support: str, health: str, days: str, happiness: int) -> Answered:
    return Answered(ago_in_days, SELF, "dementia", "daughter", "carerqol-7d", {
        "fulfilment": "a-lot", "relational-problems": "some", "mental-health": health, "daily-activities": days,
        "financial-problems": "none", "support": support, "physical-health": "some", "happiness": happiness,
    }, about="mother")  # fmt: skip


def _crisis_plan_of_sole_carer(today: date) -> Answered:
    return Answered(40, CONTACT, "sole-carer", "wife", "crisis-contact-plan", {
        "people": [
            {"person-name": "Søsteren min", "person-helps-with": "Kan komme på et par timer, og ringer hver søndag"},
            {"person-name": "Naboen i første", "person-helps-with": "Har nøkkel"},
        ],
        "services": [
            {"service-name": "Hjemmetjenesten vest", "service-open": "Hele døgnet"},
            {"service-name": "Pårørendesenteret", "service-open": "Mandag til fredag 9–15"},
        ],
        "who-takes-over": "Hjemmetjenesten de første timene, så søsteren min. Leif har demens og blir urolig når jeg er borte.",
        "where-things-are": "Medisinlista og nøklene henger på innsiden av kjøkkenskapet.",
        "children-home": "no",
        "signs": ["sleep", "angry", "withdrawn"],
        "helps-me": "En time ute, alene. Og at noen spør hvordan jeg har det, ikke bare hvordan Leif har det.",
        "patient-knows": "yes",
        "review": ago(today, -50),
    }, about="husband", how=How.CONVERSATION)  # fmt: skip


def _bereaved(today: date) -> Answered:
    return Answered(30, CONTACT, "bereaved", "husband", "bereavement-contact", {
        "contact-date": ago(today, 30), "contact-by": "Ingrid Demovik", "contact-how": "phone", "result": "talked",
        "serious-event": "no",
        "how-are-you": "Sover lite. Er tilbake i halv jobb, og det hjelper å ha noe å gå til.",
        "what-matters": "At Tuva får være med kameratene sine, og at han ikke sier noe feil til henne.",
        "needs": ["someone-to-talk-to", "children-at-home", "practical-help", "bereavement"],
        "children-bereaved": "yes", "children-measures": ["guidance", "health-nurse"],
        "children-adult": "Faren, og tanten på morssiden",
        "offered": ["talk", "group", "practical"], "accepted": ["talk", "practical"],
        "next-wanted": "yes", "next-contact": ago(today, -12), "next-by": "Ingrid Demovik",
    }, about="dead", how=How.PHONE)  # fmt: skip


def _begun(today: date) -> Iterator[Answered]:
    """What staff are in the middle of."""
    yield Answered(3, WORKER, "dementia", "mother", "cooperation-checklist", {
        "phases": ["start", "during"],
        "name-carers-state": "done", "name-carers-by": "Amina Demodal", "name-carers-date": ago(today, 180),
        "consent-state": "done", "consent-by": "Amina Demodal", "consent-date": ago(today, 180),
        "children-state": "done", "children-by": "Amina Demodal", "children-date": ago(today, 180),
        "what-matters-state": "done", "what-matters-by": "Ingrid Demovik", "what-matters-date": ago(today, 28),
        "consent-again-state": "not-done", "consent-again-next": "Amina, på neste hjemmebesøk",
    }, how=How.CONVERSATION, finished=False, step=3)  # fmt: skip
    yield Answered(4, CONTACT, "complex-needs", "mother", "plan-and-checklist", {
        "talk-date": ago(today, 4), "occasion": "during",
        "consent-clarified": "yes", "limits-understood": "yes",
        "children-under-18": "yes", "children-who": "Skolehelsetjenesten snakker med Jakob og Live.",
        "what-matters": "Én å ringe til, og søvn to netter på rad.",
    }, about="child", how=How.PHONE, finished=False, step=4)  # fmt: skip
