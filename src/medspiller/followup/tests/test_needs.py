"""What carers lack stands in their file as their answers say it now, and goes with the answers."""

import pytest

from medspiller.audit.models import AccessEntry
from medspiller.catalogue.domain.vocabulary import Need
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import selectors, services
from medspiller.followup.domain.files import FileClosed
from medspiller.followup.domain.needs import NeedEnded
from medspiller.followup.models import CarerFile
from medspiller.followup.models import Need as Row
from medspiller.followup.tests import families
from medspiller.followup.tests.families import answered, chosen, mark_wrong
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.tests import factories as people
from medspiller.questionnaires.domain.definition.audience import Subject
from medspiller.questionnaires.tests import factories as forms


@pytest.fixture
def carer(here, house):
    return families.make_carer(here, house)


@pytest.fixture
def form(here):
    return publish(here, "plan")


def publish(here, name, **more):
    need = [{"system": "https://medspiller.no/fhir/CodeSystem/need", "code": "network"}]
    items = [forms.item("needs", "choice", repeats=True), forms.item("safe", "choice", code=need)]
    return forms.publish(here, forms.written(items, name=name, **more))


def note(carer, response, *, wrong=False):
    """As the subscriber does, twice."""
    first = services.note_needs(actor=carer.system, response_id=response.id, wrong=wrong)
    assert services.note_needs(actor=carer.system, response_id=response.id, wrong=wrong) == 0
    return first


def needs(carer):
    return {each.need for each in selectors.needs_of(actor=carer.contact, file_id=carer.file.id)}


def test_answers_say_what_is_lacking_with_where_and_when(carer, form):
    response = answered(
        carer.kari, form, chosen("needs", "peers", "economy"), chosen("safe", "no", system="yes-no-unsure")
    )

    assert note(carer, response) == 3
    found = {each.need: each for each in selectors.needs_of(actor=carer.contact, file_id=carer.file.id)}
    assert set(found) == {Need.PEERS, Need.ECONOMY, Need.NETWORK}
    (said,) = found[Need.NETWORK].said
    assert (said.response_id, said.link_id, said.said_on) == (response.id, "safe", clock.day_of(response.completed_at))


def test_newer_answers_to_the_same_questions_say_what_is_lacking_now(carer, form, here):
    note(carer, answered(carer.kari, form, chosen("needs", "peers", "economy"), days_ago=90))
    note(carer, answered(carer.kari, publish(here, "other"), chosen("needs", "economy"), days_ago=60))

    newer = answered(carer.kari, form, chosen("needs", "peers"))
    note(carer, newer)

    assert needs(carer) == {Need.PEERS, Need.ECONOMY}
    assert set(Row.objects.exclude(ended_because="").values_list("ended_because", flat=True)) == {"not_said_again"}


def test_wrong_answers_say_nothing_and_those_before_them_hold_again(carer, form):
    note(carer, answered(carer.kari, form, chosen("needs", "peers"), days_ago=90))
    newer = answered(carer.kari, form, chosen("needs", "economy"))
    note(carer, newer)
    assert needs(carer) == {Need.ECONOMY}

    mark_wrong(newer)
    note(carer, newer, wrong=True)

    assert needs(carer) == {Need.PEERS}
    assert Row.objects.get(code="economy").ended_because == NeedEnded.ENTERED_IN_ERROR


def test_what_was_answered_before_the_file_was_opened_counts(carer, form, house):
    other = people.make_person("Siv")
    people.involve(other, house.carers, basis=InvolvementBasis.SUPPORT)
    early = answered(other, form, chosen("needs", "night-rest"), days_ago=10)
    assert services.note_needs(actor=carer.system, response_id=early.id) == 0

    file = families.open_file(carer.contact, other)
    assert services.note_needs_of_file(actor=carer.system, file_id=file.id) == 1
    assert [each.need for each in selectors.needs_of(actor=carer.contact, file_id=file.id)] == [Need.NIGHT_REST]


def test_what_is_known_of_somebody_as_a_patient_says_nothing_of_them_as_a_carer(carer, here):
    form = publish(here, "patient", owner="Patient", tags=("about-child", "staff-only"))
    response = answered(carer.kari, form, chosen("needs", "peers"), owner=Subject.PERSON, tags=("about-child",))
    assert note(carer, response) == 0

    CarerFile.objects.filter(id=carer.file.id).update(kind="child")
    assert note(carer, response) == 1


def test_a_need_said_in_a_talk_stands_until_staff_end_it_and_answers_do_not_bring_it_back(carer, form):
    services.note_need(actor=carer.contact, file_id=carer.file.id, need=Need.PEERS)
    services.note_need(actor=carer.contact, file_id=carer.file.id, need=Need.PEERS)
    response = answered(carer.kari, form, chosen("needs", "peers"))
    note(carer, response)
    (seen,) = selectors.needs_of(actor=carer.contact, file_id=carer.file.id)
    assert len(seen.said) == 2

    assert services.end_need(actor=carer.contact, file_id=carer.file.id, need="peers", because="met") == 2
    assert services.note_needs(actor=carer.system, response_id=response.id) == 0
    assert needs(carer) == set()
    with pytest.raises(NotFound):
        services.end_need(actor=carer.contact, file_id=carer.file.id, need="peers", because="met")


def test_nobody_ends_a_need_as_the_answers_do(carer):
    with pytest.raises(ValueError, match="not_said_again"):
        services.end_need(actor=carer.contact, file_id=carer.file.id, need="peers", because="not_said_again")


def test_a_closed_file_says_what_it_said(carer, form):
    CarerFile.objects.filter(id=carer.file.id).update(
        state="closed", closed_at=carer.file.opened_at, closed_by=carer.contact.id, closed_because="goals_met"
    )

    assert (
        services.note_needs(actor=carer.system, response_id=answered(carer.kari, form, chosen("needs", "peers")).id)
        == 0
    )
    with pytest.raises(FileClosed):
        services.note_need(actor=carer.contact, file_id=carer.file.id, need="peers")


def test_is_the_carers_and_nobody_elses_to_read(carer, form):
    note(carer, answered(carer.kari, form, chosen("needs", "peers")))

    assert [each.need for each in selectors.needs_of(actor=carer.citizen, file_id=carer.file.id)] == [Need.PEERS]
    entry = AccessEntry.objects.filter(kind="read", person_id=carer.kari.id).latest("id")
    assert entry.information == ["needs"]
    # Whoever treats the one she cares for does not follow her up.
    with pytest.raises(NotFound):
        selectors.needs_of(actor=carer.nurse, file_id=carer.file.id)
    with pytest.raises(NotFound):
        services.note_need(actor=carer.nurse, file_id=carer.file.id, need="peers")
    with pytest.raises(NotAllowed):
        services.note_needs(actor=carer.contact, response_id=carer.file.id)
