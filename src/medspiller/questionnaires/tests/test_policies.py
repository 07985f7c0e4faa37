"""Whose answers are open to whom: two owners, never mixed."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.access.domain.roles import Role as Post
from medspiller.access.models import User
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people.domain.consents import ConsentTopic
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import Consent, Person
from medspiller.people.tests import factories as people
from medspiller.questionnaires import selectors
from medspiller.questionnaires.domain.filling.writing import empty_response
from medspiller.questionnaires.models import Response
from medspiller.questionnaires.tests import factories
from medspiller.questionnaires.tests.factories import complete, publish, written
from tests.support.database import ELSEWHERE
from tests.support.staff import build_house, sign_in

DAY = timedelta(days=1)


def lets(owner, unit_id, **more):
    """A consent that lets a unit know of the owner's own situation, since yesterday."""
    now = clock.now()
    return Consent.objects.create(**{
        "owner": owner, "to_unit_id": unit_id, "topics": [ConsentTopic.OWN_SITUATION.value], "decision": "given",
        "obtained": "oral", "starts_at": now - DAY, "recorded_by": SYSTEM_ID, "recorded_at": now, **more,
    })  # fmt: skip


def may_read(actor, response):
    try:
        selectors.response(actor=actor, response_id=response.id)
    except (NotFound, NotAllowed):
        return False
    return True


def listed(actor, person, response):
    try:
        found = selectors.responses_of(actor=actor, person_id=person.id, language="nb")
    except (NotFound, NotAllowed):
        return False
    return response.id in [each.id for each in found.shown]


# Who → whether they read answers of a carer, of a patient, and a concern for a child, of whom they have to do with.
TABLE = """
                    carers  patients  concern
followed_up         yes     yes       yes
only_called         no      no        no
emergency           no      yes       no
another_unit        no      no        no
oneself             yes     yes       no
family_of_theirs    no      no        no
"""
_HEADING, *_LINES = TABLE.strip().splitlines()
CASES = [
    (who, what, answer == "yes")
    for who, *answers in (line.split() for line in _LINES)
    for what, answer in zip(_HEADING.split(), answers, strict=True)
]


@pytest.fixture
def answered(family, here):
    """One of each kind, all Kari's."""
    publish(here, written(name="of-patient", owner="Patient", tags=("self",)))
    publish(here, written(name="concern", owner="Patient", tags=("staff-only", "concern-for-child")))
    urls = {"carers": "situation", "patients": "of-patient", "concern": "concern"}
    return {what: complete(family.contact, family.kari, url=f"{factories.BASE}{name}") for what, name in urls.items()}


@pytest.fixture
def readers(family, here, house):
    called = people.worker(here, house.home_care, name="Eva Demoås")
    people.involve(family.kari, house.home_care, basis=InvolvementBasis.EMERGENCY_CONTACT)
    opened = people.worker(here, house.night, name="Per Demovik")
    people.make_emergency(family.kari, opened, house.night)
    sister = people.make_person("Anne", number=people.ANOTHER_NUMBER)
    people.relate(family.kari, sister, RelationKind.SIBLING)
    return {
        "followed_up": family.contact,
        "only_called": called,
        "emergency": opened,
        "another_unit": people.worker(here, house.night, name="Odd Demoli"),
        "oneself": family.citizen,
        "family_of_theirs": people.worker(here, house.carers, name="Anne", number=people.ANOTHER_NUMBER),
    }


@pytest.mark.parametrize(("who", "what", "expected"), CASES)
class TestWhoReadsWhat:
    def test_one_by_one_and_in_the_list(self, who, what, expected, answered, readers, family):
        actor, response = readers[who], answered[what]

        assert may_read(actor, response) is expected
        if who == "oneself":
            own = selectors.own_responses(actor=actor, person_id=family.kari.id, language="nb")
            assert (response.id in [each.id for each in own]) is expected
        else:
            assert listed(actor, family.kari, response) is expected


class TestOnThePatientsPage:
    def test_a_carers_answers_stand_only_while_the_carer_lets_them(self, family, house):
        done = complete(family.contact, family.kari, about=family.oddny)
        assert not listed(family.nurse, family.oddny, done)

        consent = lets(family.kari, house.home_care)
        assert listed(family.nurse, family.oddny, done)
        assert may_read(family.nurse, done)

        Consent.objects.filter(id=consent.id).update(withdrawn_at=clock.now(), withdrawn_by=SYSTEM_ID)
        assert not listed(family.nurse, family.oddny, done)
        assert not may_read(family.nurse, done)

    def test_what_the_carer_answered_of_somebody_else_never(self, family, house):
        done = complete(family.contact, family.kari)
        lets(family.kari, house.home_care)

        assert not listed(family.nurse, family.oddny, done)

    def test_the_read_is_in_the_carers_log_on_the_ground_of_consent(self, family, house):
        done = complete(family.contact, family.kari, about=family.oddny)
        lets(family.kari, house.home_care)

        selectors.response(actor=family.nurse, response_id=done.id)

        entry = AccessEntry.objects.filter(action="questionnaires.read", actor_id=family.nurse.id).latest("at")
        assert (entry.person_id, entry.basis, entry.information) == (family.kari.id, "consent", ["answers"])


class TestTheLog:
    def test_holds_back_that_there_is_a_concern(self, answered, family):
        selectors.response(actor=family.contact, response_id=answered["concern"].id)

        entry = AccessEntry.objects.filter(action="questionnaires.read").latest("at")
        assert (entry.information, entry.withheld) == (["concern_for_child"], "person_and_representatives")

    def test_of_a_list_does_so_too_and_tells_the_rest(self, answered, family):
        selectors.responses_of(actor=family.contact, person_id=family.kari.id, language="nb")

        entries = AccessEntry.objects.filter(action="questionnaires.read", person_id=family.kari.id)
        assert {(tuple(each.information), each.withheld) for each in entries} == {
            (("name_and_birth", "answers"), "none"),
            (("concern_for_child",), "person_and_representatives"),
        }

    def test_keeps_from_representatives_what_a_child_answered(self, family, here, house):
        publish(here, written(name="young", tags=("self", "child-8-12")))
        child = people.make_person("Pia", birth_date=clock.today() - timedelta(days=365 * 9 + 50))
        people.involve(child, house.carers)
        done = complete(family.contact, child, url=f"{factories.BASE}young")

        selectors.response(actor=family.contact, response_id=done.id)

        assert AccessEntry.objects.filter(action="questionnaires.read").latest("at").withheld == "representatives"


class TestAnotherTenant:
    def test_sees_nothing_of_it(self, family):
        done = complete(family.contact, family.kari)
        tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=SYSTEM_ID)
        house = build_house(ELSEWHERE)
        somebody = people.worker(ELSEWHERE, house.carers, name="Turid Demofoss")

        assert not may_read(somebody, done)
        assert not Response.objects.exists()


# --- Any family -----------------------------------------------------------------------------

PERSONS = 3
UNITS = ("home_care", "carers")
BASES = (InvolvementBasis.TREATMENT, InvolvementBasis.EMERGENCY_CONTACT)
WHEN = ("live", "live", "over")


@dataclass(frozen=True)
class Answered:
    owner: int
    about: int
    belongs_to: str


GRAPHS = st.tuples(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(UNITS), st.sampled_from(BASES), st.sampled_from(WHEN)),
        max_size=6, unique_by=lambda each: each[:3],
    ),
    st.lists(
        st.tuples(
            st.integers(0, 2), st.sampled_from(UNITS), st.sampled_from(("given", "refused")), st.sampled_from(WHEN)
        ),
        max_size=5,
    ),
    st.lists(
        st.builds(Answered, st.integers(0, 2), st.integers(0, 2), st.sampled_from(("RelatedPerson", "Patient"))),
        min_size=1, max_size=5,
    ),
)  # fmt: skip


@contextmanager
def undone():
    """Do something in the database, and undo it: each example begins with an empty register."""
    # Marked as a test's own, like those of Django's TestCase: what insists on a transaction of its own gets one.
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def build(graph, house, situation):
    followed, allowed, answered = graph
    persons = [people.make_person(f"Person{number}") for number in range(PERSONS)]
    for number, person in enumerate(persons):
        for other in persons[:number]:
            people.relate(person, other, RelationKind.NEIGHBOUR)
    for number, unit, basis, when in followed:
        people.involve(persons[number], getattr(house, unit), basis=basis, ended=when == "over")
    for number, unit, decision, when in allowed:
        more = {"ends_at": clock.now() - timedelta(hours=1)} if when == "over" else {}
        lets(persons[number], getattr(house, unit), decision=decision, **more)
    return persons, [store(each, persons, situation) for each in answered]


def store(each: Answered, persons: list[Person], situation) -> Response:
    now = clock.now()
    return Response.objects.create(
        subject=persons[each.owner], about=persons[each.about] if each.about != each.owner else None,
        questionnaire_url=situation.url, questionnaire_version=situation.version,
        questionnaire_digest=situation.digest, belongs_to=each.belongs_to, language="nb", status="completed",
        answers=empty_response(situation.url, language="nb"), source="on_behalf", how="phone", author=SYSTEM_ID,
        started_at=now, saved_at=now, completed_at=now,
    )  # fmt: skip


def shows(graph, each: Answered, page_of: int) -> bool:
    """Whether answers stand on a person's page for the nurse of the home care, by the rule of the design."""
    followed, allowed, _answered = graph
    here = {basis for number, unit, basis, when in followed if (number, unit, when) == (page_of, "home_care", "live")}
    own_subject = InvolvementBasis.TREATMENT in here
    if each.owner == page_of:
        return own_subject
    if each.about != page_of or each.belongs_to != "RelatedPerson":
        return False
    yes = any(
        (number, unit, decision, when) == (each.owner, "home_care", "given", "live")
        for number, unit, decision, when in allowed
    )
    return own_subject and yes


def test_in_any_family_a_page_shows_exactly_what_is_the_persons_or_let_be_told(house, situation, client):
    nurse = people.worker(house.tenant_id, house.home_care, Post.CARE_WORKER, name="Nora Demonatt")
    sign_in(client, User.objects.get(id=nurse.id))
    outcomes = Counter()

    @settings(
        max_examples=25, deadline=None, phases=(Phase.generate,), derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )  # fmt: skip
    @given(graph=GRAPHS)
    def look(graph):
        with undone():
            persons, responses = build(graph, house, situation)
            page = client.get(f"/arbeid/personer/{persons[0].id}/skjema/")
            text = page.content.decode() if page.status_code == 200 else ""
            for each, response in zip(graph[2], responses, strict=True):
                expected = shows(graph, each, 0)
                outcomes[each.owner == 0, expected] += 1
                assert (str(response.id) in text) is expected, (graph, each)

    look()
    # A page that never opens keeps everything back, and one that shows nothing too.
    assert outcomes.keys() == {(True, True), (True, False), (False, True), (False, False)}, outcomes


class TestWhatOneTakesOut:
    def test_holds_every_answer_of_ones_own_and_no_concern(self, answered, family):
        (table,) = selectors.own_tables(actor=family.citizen)

        told = {row[0]: [cell for row_ in table.rows if row_[0] == row[0] for cell in row_[5:]] for row in table.rows}
        assert "Hvor mange timer i uka?" in told["Hvordan har du det?"]
        assert len({row[2] for row in table.rows}) == len(answered) - 1
        assert {row[3] for row in table.rows} == {"Gro Demodal"}
