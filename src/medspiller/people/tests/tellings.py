"""Cases for the tables, told in a line: what is usual, and what is different this time."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from medspiller.people.domain.roles import Role
from medspiller.people.domain.telling import Case, Circumstance, Consent, Patient, Recipient, Topic

AUTUMN = date(2026, 9, 1)
DAYS = (date(2005, 3, 1), date(2017, 12, 31), date(2025, 12, 31), date(2026, 5, 31), date(2026, 6, 1), AUTUMN)
AGES = (3, 11, 12, 15, 16, 17, 18, 90)
BOTH = (True, False)
EVERY = {
    "on": DAYS,
    "age": AGES,
    "dead": BOTH,
    "competent": BOTH,
    "emergency": BOTH,
    "roles": tuple(frozenset({role}) for role in Role),
    "already_knows": BOTH,
    "topic": tuple(Topic),
    "consent": (Consent.GIVEN, Consent.REFUSED),
    "circumstances": (frozenset(), *(frozenset({each}) for each in Circumstance)),
}
_OF_PATIENT = {"age", "dead", "competent", "emergency"}
_OF_RECIPIENT = {"roles", "already_knows", "mandate_covers_health"}


def asks(*roles: Role, about: Patient | None = None, judged: tuple[Circumstance, ...] = (), **different) -> Case:
    """An adult who decides alone has said no; whoever asks for health information knows nothing yet."""
    recipient = Recipient(
        roles=frozenset(roles),
        already_knows=different.pop("already_knows", False),
        mandate_covers_health=different.pop("mandate_covers_health", False),
    )
    usual = {"on": AUTUMN, "topic": Topic.HEALTH, "consent": Consent.REFUSED}
    return Case(patient=about or patient(), recipient=recipient, circumstances=frozenset(judged), **usual | different)


def patient(age: int | None = 40, *, dead=False, competent=True, emergency=False) -> Patient:
    return Patient(age=age, dead=dead, competent=competent, emergency=emergency)


def maybe(strategy):
    return st.none() | strategy


def put(case: Case, name: str, value: object) -> Case:
    if name in _OF_PATIENT:
        return replace(case, patient=replace(case.patient, **{name: value}))
    if name in _OF_RECIPIENT:
        return replace(case, recipient=replace(case.recipient, **{name: value}))
    return replace(case, **{name: value})


def forget(case: Case, name: str) -> Case:
    return put(case, name, Consent.UNKNOWN if name == "consent" else None)


role_sets = st.frozensets(st.sampled_from(Role), max_size=3)
circumstance_sets = st.frozensets(st.sampled_from(Circumstance), max_size=3)
patients = st.builds(
    Patient,
    age=maybe(st.integers(0, 130)),
    dead=maybe(st.booleans()),
    competent=maybe(st.booleans()),
    emergency=maybe(st.booleans()),
)
recipients = st.builds(
    Recipient,
    roles=maybe(role_sets),
    already_knows=maybe(st.booleans()),
    mandate_covers_health=st.booleans(),
)
any_cases = st.builds(
    Case,
    on=maybe(st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 1, 1))),
    patient=patients,
    recipient=recipients,
    topic=maybe(st.sampled_from(Topic)),
    consent=st.sampled_from(Consent),
    circumstances=maybe(circumstance_sets),
    consent_by_nearest=st.booleans(),
)
# Those who are told anything are drawn often, or a rule that only meets them is hardly tried.
often_told = st.sampled_from([frozenset({Role.NAERMESTE}), frozenset({Role.FORELDREANSVAR})]) | role_sets
seldom = st.sampled_from([False, False, False, False, True])
known_cases = st.builds(
    Case,
    on=st.sampled_from(DAYS),
    patient=st.builds(
        Patient, age=st.sampled_from(AGES), dead=seldom, competent=st.booleans(), emergency=st.booleans()
    ),
    recipient=st.builds(Recipient, roles=often_told, already_knows=seldom, mandate_covers_health=st.booleans()),
    topic=st.just(Topic.HEALTH),
    consent=st.sampled_from([Consent.GIVEN, Consent.REFUSED]),
    circumstances=circumstance_sets,
    consent_by_nearest=st.booleans(),
)
