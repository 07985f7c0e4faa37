"""
Two owners: a carer's file is nothing to the patient's team without a live consent, and the patient is nothing in it.

Over random people, units, roles, consents and moments, and every selector of follow-up. What should be open is worked
out here a second time, from the facts the example was made of and not from the rows.
"""

import inspect
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from medspiller.access.domain import actors
from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import selectors
from medspiller.followup.models import (
    CarerFile,
    ConcernAssessment,
    FileNote,
    Handover,
    Holding,
    Plan,
    Suggestion,
)
from medspiller.followup.selectors import FileNarrowing, Which
from medspiller.pathways.tests.factories import begin, publish
from medspiller.people.domain.consents import ConsentTopic
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.tests import factories
from medspiller.people.tests.test_compartments import (
    OF_THE_NURSE,
    PERSONS,
    UNITS,
    Allowed,
    Followed,
    allow,
    secret,
)
from tests.support.database import thrown_away

TOPICS = (ConsentTopic.OWN_SITUATION, ConsentTopic.PLAN, ConsentTopic.HEALTH)
PERSON = st.integers(0, PERSONS - 1)
FOLLOWED = st.builds(
    Followed,
    PERSON,
    st.sampled_from(UNITS),
    st.sampled_from(
        (InvolvementBasis.TREATMENT, InvolvementBasis.CHILD_NEXT_OF_KIN, InvolvementBasis.EMERGENCY_CONTACT)
    ),
    st.sampled_from(("live", "live", "over", "ahead")),
)
ALLOWED = st.builds(
    Allowed,
    PERSON,
    st.sampled_from(UNITS),
    st.sampled_from(TOPICS),
    st.sampled_from(("given", "given", "refused")),
    st.sampled_from(("live", "live", "withdrawn", "over", "ahead")),
)
TREATED = Followed(0, "home_care", InvolvementBasis.TREATMENT, "live")
LETS = Allowed(1, "home_care", ConsentTopic.OWN_SITUATION, "given", "live")
# Now and then somebody whom the nurse treats has a carer who lets her know of something: by chance alone it is rare.
TREATED_OFTEN = st.sampled_from([[], [TREATED], [TREATED]])
LETS_OFTEN = st.sampled_from([[], [LETS], [replace(LETS, topic=ConsentTopic.PLAN)]])
GRAPHS = st.tuples(
    st.builds(
        lambda often, more: list({(each.person, each.unit, each.basis): each for each in [*more, *often]}.values()),
        TREATED_OFTEN,
        st.lists(FOLLOWED, max_size=5),
    ),
    st.builds(lambda often, more: [*often, *more], LETS_OFTEN, st.lists(ALLOWED, max_size=4)),
    st.lists(st.sampled_from(list(Role)[:2]), max_size=1),
)
RANDOM = settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
# What a carer lets the patient's team know has a test of its own.
BY_CONSENT = {"shared_with_team"}
# These stand on the patient's own page, where the register names who is around them.
NAMES_BY_THE_REGISTER = {"children_of_patient", "cared_for_by", "shared_with_team", "coming_of_age"}


@dataclass
class Family:
    """The persons with what hangs on each of them, by the place that they have in the graph."""

    persons: list
    files: list
    plans: list
    handovers: list
    suggestions: list
    concerns: list

    def ids(self, number: int) -> dict:
        """What selectors ask for, about one of them."""
        return {
            "file_id": self.files[number].id,
            "child_file_id": self.files[number].id,
            "unit_id": self.files[number].unit_id,
            "plan_id": self.plans[number].id,
            "carer_id": self.persons[number].id,
            "child_id": self.persons[number].id,
            "person_ids": [self.persons[number].id],
            "since": clock.now() - timedelta(days=1),
            "patient_id": self.persons[number].id,
            "handover_id": self.handovers[number].id,
            "suggestion_id": self.suggestions[number].id,
            "concern_id": self.concerns[number].id,
            "agreement_id": self.files[number].id,
            "step_id": self.plans[number].run.open_steps.first().id,
            "plans": [],
            "user_ids": [],
            "version": "1.0.0",
            "year": clock.today().year,
            "on": clock.today(),
            "today": clock.today(),
            "begins": clock.now(),
            "ends": clock.now(),
            "narrowing": FileNarrowing(which=Which.UNIT),
        }


def build(graph, house, nurse, holder) -> Family:
    """Store a random family in which everybody is related to everybody, and each has a file, a plan and a secret."""
    followed, allowed, roles = graph
    persons = [factories.make_person(f"Navn{number}") for number in range(PERSONS)]
    for number, person in enumerate(persons):
        for other in persons[:number]:
            relation = factories.relate(person, other, RelationKind.NEIGHBOUR)
            for role in roles:
                factories.give_role(relation, patient=other, carer=person, role=role)
    for each in followed:
        unit_id = getattr(house, each.unit)
        factories.involve(
            persons[each.person], unit_id, basis=each.basis, ended=each.when == "over", ahead=each.when == "ahead"
        )
    for each in allowed:
        allow(persons[each.owner], getattr(house, each.unit), each)
    family = Family(persons, [], [], [], [], [])
    for number in range(PERSONS):
        store(family, number, house, nurse, holder)
    return family


def store(family: Family, number: int, house, nurse, holder) -> None:
    """What the carer said of themselves, wherever it can be written."""
    now, today, said = clock.now(), clock.today(), secret(number)
    by = {"opened_by": SYSTEM_ID, "opened_at": now}
    person, other = family.persons[number], family.persons[(number + 1) % PERSONS]
    file = CarerFile.objects.create(
        carer=person, kind="adult", unit_id=house.home_care, identified_on=today, identified_how="asked",
        why=said, situation=said, what_matters=said, contact_name="Ingrid Demovik", **by,
    )  # fmt: skip
    FileNote.objects.create(file=file, code="talk", on=today, text=said, by=SYSTEM_ID, at=now)
    system = actors.system(house.tenant_id)
    run = begin(system, started_on=today).run
    plan = Plan.objects.create(file=file, run=run, about=other, unit_id=house.home_care, goal=said, **by)
    Holding.objects.create(plan=plan, holder_id=holder.id, holder_name=holder.name, starts_at=now, how="opened")
    handover = Handover.objects.create(
        plan=plan, from_user_id=holder.id, to_user_id=nurse.id, why=said, offered_at=now, offered_by=holder.id,
        answer_by=today,
    )  # fmt: skip
    suggestion = Suggestion.objects.create(
        file=file, kind="offer", target="kurs", title={"nb": "Kurs"}, suggested_at=now, suggested_by=SYSTEM_ID,
        note=said, state="declined", reason="costs", answered_at=now,
    )  # fmt: skip
    concern = ConcernAssessment.objects.create(
        child=person, unit_id=house.home_care, recorded_at=now, recorded_by=SYSTEM_ID, danger="no",
        judgement="not-now", reason=said, parents_told="yes",
    )  # fmt: skip
    for rows, row in zip(
        (family.files, family.plans, family.handovers, family.suggestions, family.concerns),
        (file, plan, handover, suggestion, concern),
        strict=True,
    ):
        rows.append(row)


def units_with(graph, number: int, *, own: bool) -> set[str]:
    """The units of the nurse's that have to do with somebody now; with `own` for that person's own sake."""
    return {
        each.unit
        for each in graph[0]
        if each.person == number
        and each.when == "live"
        and each.unit in OF_THE_NURSE
        and not (own and each.basis is InvolvementBasis.EMERGENCY_CONTACT)
    }


def lets(graph, carer: int, patient: int, topic: ConsentTopic) -> bool:
    """Whether a carer lets a unit of the nurse's, which follows the patient up, know of a topic now."""
    wanted = (carer, topic, "given", "live")
    units = {each.unit for each in graph[1] if (each.owner, each.topic, each.decision, each.when) == wanted}
    return bool(units_with(graph, patient, own=True)) and bool(units & units_with(graph, patient, own=False))


def asked(actor, ids) -> dict[str, str]:
    """Ask every selector there is with these ids, and return what each shows, as text."""
    shown = {}
    for name in selectors.__all__:
        ask = getattr(selectors, name)
        if not inspect.isfunction(ask):
            continue
        parameters = inspect.signature(ask).parameters.values()
        needed = {each.name for each in parameters if each.default is inspect.Parameter.empty} - {"actor"}
        assert needed <= ids.keys(), f"{name} cannot be asked here: say what {needed - ids.keys()} is"
        try:
            answer = ask(actor=actor, **{each: ids[each] for each in needed})
        except (NotFound, NotAllowed):
            continue
        # What a row says of itself is its id alone.
        shown[name] = repr([vars(answer)] if hasattr(answer, "_meta") else answer) + rows_in(answer)
    return shown


def rows_in(answer) -> str:
    return repr(vars(answer.file)) if isinstance(getattr(answer, "file", None), CarerFile) else ""


@pytest.fixture
def nurse(house):
    publish(house.tenant_id)
    return factories.worker(house.tenant_id, house.home_care)


@pytest.fixture
def holder(house, nurse):
    return factories.worker(house.tenant_id, house.home_care, name="Ingrid Demovik")


class TestAnyFamily:
    @RANDOM
    @given(graph=GRAPHS)
    def test_shows_a_file_to_whoever_follows_the_carer_up_and_the_patient_in_it_to_whoever_may_open_the_patient(
        self, graph, house, nurse, holder
    ):
        with thrown_away():
            shown = asked(nurse, build(graph, house, nurse, holder).ids(0))
            assert ("file" in shown) is bool(units_with(graph, 0, own=True))
            for whose in range(PERSONS):
                opens_file, opens = (bool(units_with(graph, whose, own=own)) for own in (True, False))
                event(f"opens the file: {opens_file}, the person: {opens}")
                seen = {name for name, text in shown.items() if secret(whose) in text} - BY_CONSENT
                assert opens_file or not seen, (whose, seen)
                assert not (opens_file and whose == 0) or {"file", "plan", "file_for_update"} <= seen
                named = {name for name, text in shown.items() if f"Navn{whose}" in text} - NAMES_BY_THE_REGISTER
                assert opens or not named, (whose, named)

    @RANDOM
    @given(graph=GRAPHS)
    def test_shows_the_patients_team_exactly_what_the_carer_lets_it_know(self, graph, house, nurse, holder):
        with thrown_away():
            family = build(graph, house, nurse, holder)
            for patient in (0, 1):
                try:
                    shared = selectors.shared_with_team(actor=nurse, patient_id=family.persons[patient].id)
                except (NotFound, NotAllowed):
                    shared = []
                found = {each.carer_id: each for each in shared}
                for carer in set(range(PERSONS)) - {patient}:
                    plan = lets(graph, carer, patient, ConsentTopic.PLAN)
                    own = lets(graph, carer, patient, ConsentTopic.OWN_SITUATION)
                    event(f"lets know of the plan: {plan}, of themselves: {own}")
                    one = found.get(family.persons[carer].id)
                    assert (one is not None) is (plan or own)
                    assert (one.what_matters if one else "") == (secret(carer) if own else "")
                    assert (one is not None and one.has_plan) is plan


class TestAWithdrawal:
    @pytest.mark.parametrize(("when", "shown"), [("live", secret(1)), ("withdrawn", "")])
    def test_bites_at_once(self, house, nurse, holder, when, shown):
        graph = ([TREATED], [replace(LETS, when=when)], [])
        family = build(graph, house, nurse, holder)

        found = selectors.shared_with_team(actor=nurse, patient_id=family.persons[0].id)

        assert "".join(each.what_matters for each in found) == shown

    def test_of_the_same_unit_on_both_sides_changes_nothing(self, house, nurse, holder):
        family = build(([TREATED, replace(TREATED, person=1)], [], []), house, nurse, holder)

        assert selectors.shared_with_team(actor=nurse, patient_id=family.persons[0].id) == []
        assert selectors.file(actor=nurse, file_id=family.files[1].id).why == secret(1)
