"""Whoever is named on a page of follow-up reads of it in their own log, not only the carer whose file it is."""

import pytest

from medspiller.access.models import User
from medspiller.audit.models import AccessEntry
from medspiller.core.errors import NotFound
from medspiller.followup import selectors, services
from medspiller.followup.tests import families
from medspiller.followup.tests.factories import start_plan
from medspiller.people.domain.relations import RelationKind
from medspiller.people.tests.factories import involve, make_person, relate, worker
from tests.support.staff import sign_in


@pytest.fixture
def mother(team):
    mother = make_person("Oddny", "Demodal")
    involve(mother, team.unit_id)
    relate(team.carer, mother, RelationKind.PARENT)
    return mother


def entries(person) -> int:
    return AccessEntry.objects.filter(person_id=person.id, kind="read").count()


def test_whom_a_plan_is_about_by_the_plan_the_file_and_the_list(team, mother):
    plan = start_plan(team, about_id=mother.id)
    for look in (
        lambda: selectors.plan(actor=team.nurse, plan_id=plan.id),
        lambda: selectors.file(actor=team.nurse, file_id=plan.file_id),
        lambda: selectors.files(
            actor=team.nurse, narrowing=selectors.FileNarrowing(which=selectors.Which.UNIT, unit_id=team.unit_id)
        ),
        lambda: selectors.cared_for_by(actor=team.nurse, file_id=plan.file_id),
    ):
        before = entries(mother)
        look()
        assert entries(mother) > before


def test_nobody_where_nobody_is_named(team, mother):
    start_plan(team, about_id=mother.id)
    before = entries(mother)

    selectors.plans_at_risk(actor=team.leader)

    assert entries(mother) == before


def test_whose_file_is_about_to_be_opened(team):
    before = entries(team.carer)

    selectors.carer_to_open(actor=team.nurse, carer_id=team.carer.id)

    assert entries(team.carer) == before + 1


def test_the_child_by_the_page_on_which_a_concern_is_written_held_back(client, here, house):
    family = families.make_parent(here, house)
    file = families.open_file(family.nurse, family.ida)
    sign_in(client, User.objects.get(id=family.nurse.id))

    assert client.get(f"/arbeid/oppfolging/{file.id}/trygghet/vurdering/").status_code == 200

    entry = AccessEntry.objects.filter(person_id=family.ida.id, kind="read").latest("at")
    assert entry.information == ["concern_for_child"]
    assert entry.withheld_reason == "concern_for_child"


def test_an_offer_to_somebody_who_has_come_too_close_is_not_there(team):
    cousin = worker(team.house.tenant_id, team.unit_id, name="Ola Demoli", number="01815000117")
    row = services.offer_handover(actor=team.nurse, plan_id=start_plan(team).id, to_id=cousin.id)
    relate(team.carer, make_person("Ola", number="01815000117"), RelationKind.SIBLING)

    with pytest.raises(NotFound):
        selectors.handover(actor=cousin, handover_id=row.id)
