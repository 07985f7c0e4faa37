"""The numbers of new patients: as counted one patient after the other, but joined. All invented."""

import json
import random
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Exists, Min, OuterRef

from medspiller.access.domain import actors
from medspiller.core import clock, ids
from medspiller.people import selectors
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import NEAREST, Role
from medspiller.people.models import CarerRole, ChildrenAnswer, FirstTalk, Involvement, Person
from medspiller.people.tests import factories

PERSONS = 40
SLOTS, SLOT = 12, timedelta(days=100)
BASES = [InvolvementBasis.TREATMENT, InvolvementBasis.ASSESSMENT, InvolvementBasis.SUPPORT]
ROLES = [Role.NAERMESTE, Role.NAERMESTE_STATUTORY, Role.PAARORENDE, Role.FULLMEKTIG]
REPLIES = ["yes", "yes", "no", "no", "not_asked"]


@pytest.fixture
def system(house):
    return actors.system(house.tenant_id)


def periods():
    now = clock.now()
    ago = [now - SLOT * slots for slots in (SLOTS + 1, 9, 5, 2)]
    return [*zip(ago, [*ago[1:], now], strict=True), (ago[0], now), (now, now)]


def somebody(chance, house):
    """A person whom units had to do with now and then, with whatever else may be known of a patient."""
    person = factories.make_person()
    for slot in chance.sample(range(1, SLOTS), chance.randrange(4)):
        begins = clock.now() - SLOT * slot
        Involvement.objects.create(
            person=person, unit_id=chance.choice([house.home_care, house.carers]), starts_at=begins,
            basis=chance.choice(BASES).value, ends_at=begins + chance.choice([SLOT / 2, 0 * SLOT]),
            opened_by=actors.SYSTEM_ID, opened_at=begins,
        )  # fmt: skip
    for _ in range(chance.randrange(3)):
        carer = factories.make_person("Kari")
        relation = factories.relate(person, carer, RelationKind.FRIEND)
        for role in chance.sample(ROLES, chance.randrange(3)):
            factories.give_role(relation, patient=person, carer=carer, role=role, ended=chance.random() < 0.3)
    for topic in chance.sample(["minor_children", "minor_siblings"], chance.randrange(3)):
        ChildrenAnswer.objects.create(
            patient=person, unit_id=house.home_care, topic=topic, reply=chance.choice(REPLIES),
            asked_by=actors.SYSTEM_ID, asked_at=clock.now(),
        )  # fmt: skip
    return person


def talk(chance, house, persons):
    """A first talk, or one taken back, with some whom it alone had registered: its patient, others, or nobody."""
    now, gone = clock.now(), chance.random() < 0.4
    FirstTalk.objects.create(
        key=ids.new_id(), digest=b"-" * 32, unit_id=house.home_care, patient=chance.choice(persons),
        recorded_by=actors.SYSTEM_ID, recorded_at=now, taken_back_at=now if gone else None,
        not_registered=[each.id for each in chance.sample(persons, chance.randrange(3))] if gone else [],
    )  # fmt: skip


def asked_one_by_one(begins, ends):
    """The same numbers as plainly as they can be asked for: of each patient, whether there is one."""
    as_patient = Involvement.objects.filter(basis__in=["treatment", "assessment"]).order_by()
    first = as_patient.values("person_id").annotate(at=Min("starts_at")).filter(at__gte=begins, at__lt=ends)
    gone = FirstTalk.objects.filter(taken_back_at__isnull=False, not_registered__contains=[OuterRef("id")])
    patients = Person.objects.filter(~Exists(gone), id__in=first.values("person_id")).values_list("id", flat=True)
    nearest = [role.value for role in NEAREST]
    answers = [
        ChildrenAnswer.objects.filter(patient=each, topic="minor_children").values_list("reply", flat=True).first()
        for each in patients
    ]
    return selectors.NewPatients(
        number=len(patients),
        with_nearest=sum(CarerRole.objects.filter(patient=each, role__in=nearest).exists() for each in patients),
        with_first_talk=sum(
            FirstTalk.objects.filter(patient=each, taken_back_at=None).exists() for each in patients
        ),
        children_yes=answers.count("yes"),
        children_no=answers.count("no"),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_are_the_same_as_of_one_patient_after_the_other(system, house, seed):
    chance = random.Random(seed)  # noqa: S311 - what fails once is to fail again
    persons = [somebody(chance, house) for _ in range(PERSONS)]
    for _ in range(PERSONS // 2):
        talk(chance, house, persons)
    found = []

    for begins, ends in periods():
        found.append(selectors.new_patients(actor=system, begins=begins, ends=ends))
        assert found[-1] == asked_one_by_one(begins, ends)

    whole = found[-2]
    assert 0 < whole.with_nearest < whole.number
    assert 0 < whole.with_first_talk < whole.number
    assert whole.children_yes
    assert whole.children_no
    assert whole.number == sum(each.number for each in found[:-2])


def test_are_asked_for_in_one_statement_and_not_once_for_each_patient(system, house):
    sent = []

    def note(execute, sql, params, many, context):
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        selectors.new_patients(actor=system, begins=clock.now() - SLOT, ends=clock.now())

    ((sql, params),) = sent
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        ((plan,),) = cursor.fetchall()
    plan = plan if isinstance(plan, str) else json.dumps(plan)
    # What is hashed is read once; any other part is asked anew of each patient.
    assert plan.count('"Subplan Name": "SubPlan') == len(set(re.findall(r"hashed SubPlan \d+", plan)))
