"""A concern for a child is written down as it was judged, and is seen by those who follow the child up."""

from datetime import timedelta

import pytest

from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import selectors, services
from medspiller.followup.domain.concerns import (
    ConcernChanged,
    ConcernDetails,
    ConcernInvalid,
    ConcernSettled,
    Consulted,
    Feedback,
    Judgement,
    Prompt,
    ReportedHow,
    ReportedTo,
)
from medspiller.followup.models import ConcernAssessment
from medspiller.followup.tests import families
from medspiller.followup.tests.families import answered, waiting
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.models import Involvement
from medspiller.people.tests import factories as people
from medspiller.questionnaires.domain.definition.audience import Subject
from medspiller.questionnaires.tests import factories as forms
from medspiller.worklist import services as worklist
from medspiller.worklist.models import OPEN, WorkItem

DUE = "followup.concern_feedback"
WHY = "Ida sover hos naboen når far drikker."


@pytest.fixture
def family(here, house):
    return families.make_parent(here, house)


def record(family, judgement=Judgement.IN_DOUBT, actor=None, **more):
    response_id = more.pop("response_id", None)
    details = ConcernDetails(judgement=judgement, reason=WHY, **more)
    return services.record_concern(
        actor=actor or family.nurse, child_id=family.ida.id, details=details, response_id=response_id
    )


def report(family, row, **more):
    return services.note_report(
        actor=family.nurse, concern_id=row.id, on=clock.today(), to=ReportedTo.CHILD_WELFARE, how=ReportedHow.PHONE,
        version=row.version, **more,
    )  # fmt: skip


def feedback(family, row, code, **more):
    return services.note_feedback(
        actor=family.nurse, concern_id=row.id, code=code, on=clock.today(), version=row.version, **more
    )


def in_days(days):
    return clock.today() + timedelta(days=days)


def test_a_judgement_is_stored_and_what_was_not_done_is_asked_for(family, house):
    row = record(family, Judgement.NOT_NOW)

    (seen,) = selectors.concerns_of(actor=family.nurse, child_id=family.ida.id)
    assert (seen.details.reason, seen.details.judgement, seen.recorded_by) == (
        WHY,
        Judgement.NOT_NOW,
        family.nurse.name,
    )
    assert seen.prompts == (Prompt.DISCUSS,)
    # A fortnight is local practice.
    assert waiting(DUE) == [(row.id, house.home_care, in_days(14))]
    item = WorkItem.objects.get(kind=DUE)
    assert (item.taken_by, item.person_id) == (family.nurse.id, family.ida.id)


def test_after_a_report_the_confirmation_is_waited_for_and_then_the_investigation(family):
    row = report(family, record(family, Judgement.REPORTS, consulted=(Consulted.LEADER,)))
    assert [due for _id, _unit, due in waiting(DUE)] == [in_days(7)]
    assert selectors.feedback_due(actor=family.nurse) == []

    with clock.frozen(clock.now() + timedelta(days=8)):
        (due,) = selectors.feedback_due(actor=family.nurse)
        assert (due.id, due.child.name, due.waits_for) == (row.id, "Ida Demoberg", Feedback.REVIEWED)
        assert selectors.feedback_due(actor=family.stranger) == []

    row = feedback(family, row, "reviewed")
    assert [due for _id, _unit, due in waiting(DUE)] == [in_days(21)]
    row = feedback(family, row, "confirmed", investigates=True)
    seen = selectors.concern(actor=family.nurse, concern_id=row.id)
    assert [due for _id, _unit, due in waiting(DUE)] == [seen.next_on]
    row = feedback(family, feedback(family, row, "investigated"), "told")
    assert waiting(DUE) == []
    assert {each.code: each.answered_on for each in seen.days}[Feedback.CONFIRMED] == clock.today()


def test_stands_on_the_childs_file_until_it_is_settled_for_those_who_follow_the_child_up(family):
    file = families.open_file(family.nurse, family.ida)
    row = report(family, record(family, Judgement.REPORTS))

    page = selectors.file_page(actor=family.nurse, file_id=file.id)
    assert [(each.id, each.next_on) for each in page.concerns] == [(row.id, in_days(7))]
    held_back = AccessEntry.objects.filter(information__contains=["concern_for_child"], action="followup.read_file")
    assert held_back.filter(person_id=family.ida.id).exists()
    with pytest.raises(NotFound):
        selectors.file_page(actor=family.stranger, file_id=file.id)

    services.settle_concern(actor=family.nurse, concern_id=row.id, why="Det er trygt nå.", version=row.version)
    assert selectors.file_page(actor=family.nurse, file_id=file.id).concerns == ()


def test_goes_to_the_unit_that_follows_the_child_up_from_now_on_and_stays_there(family, house):
    row = report(family, record(family, Judgement.REPORTS))
    people.involve(family.ida, house.carers, basis=InvolvementBasis.CHILD_NEXT_OF_KIN)
    Involvement.objects.filter(person=family.ida, unit_id=house.home_care).update(ends_at=clock.now())

    worklist.withdraw_about(actor=family.system, person_id=family.ida.id, unit_id=house.home_care)
    assert waiting(DUE) == [(row.id, house.carers, in_days(7))]

    services.note_feedback(
        actor=family.stranger, concern_id=row.id, code="confirmed", on=clock.today(), version=row.version,
        investigates=True,
    )  # fmt: skip
    ((_id, unit_id, due),) = waiting(DUE)
    assert (unit_id, due > in_days(21)) == (house.carers, True)
    assert WorkItem.objects.filter(OPEN, kind=DUE).get().taken_by == family.stranger.id


def test_is_the_leaders_where_nobody_follows_the_child_up_any_more(family, house):
    row = report(family, record(family, Judgement.REPORTS))
    Involvement.objects.filter(person=family.ida).update(ends_at=clock.now())

    worklist.withdraw_about(actor=family.system, person_id=family.ida.id, unit_id=house.home_care)

    item = WorkItem.objects.filter(OPEN, kind=DUE).get()
    assert (item.subject_id, item.roles, item.taken_by) == (row.id, ["leader"], None)


def test_without_an_investigation_nothing_more_is_waited_for(family):
    feedback(family, report(family, record(family, Judgement.REPORTS)), "confirmed", investigates=False)

    assert waiting(DUE) == []


def test_what_was_judged_stays_and_whoever_looks_again_writes_anew(family, house):
    first = record(family)
    details = ConcernDetails(judgement=Judgement.REPORTS, reason="Hun kom med merker.", reported_on=clock.today())
    with pytest.raises(ConcernChanged):
        services.look_at_concern_again(
            actor=family.nurse, concern_id=first.id, details=details, version=first.version + 1
        )

    again = services.look_at_concern_again(
        actor=family.nurse, concern_id=first.id, details=details, version=first.version
    )

    newest, before = selectors.concerns_of(actor=family.nurse, child_id=family.ida.id)
    assert (newest.earlier_id, before.details.reason, before.next_on) == (before.id, WHY, None)
    assert waiting(DUE) == [(again.id, house.home_care, in_days(7))]
    with pytest.raises(ConcernSettled):
        report(family, ConcernAssessment.objects.get(id=first.id))


def test_an_old_report_can_be_looked_at_again_with_its_own_days(family):
    row = report(family, record(family, Judgement.REPORTS, consulted_on=clock.today()))
    with clock.frozen(clock.now() + timedelta(days=400)):
        people.involve(family.ida, row.unit_id)
        again = services.look_at_concern_again(
            actor=family.nurse, concern_id=row.id, version=row.version,
            details=ConcernDetails(
                judgement=Judgement.NOT_NOW, reason=WHY, consulted_on=row.consulted_on, reported_on=row.reported_on
            ),
        )  # fmt: skip

    assert (again.consulted_on, again.reported_on) == (row.consulted_on, row.reported_on)


def test_a_report_is_not_forgotten_by_looking_again(family):
    row = report(family, record(family, Judgement.REPORTS))
    with pytest.raises(ConcernInvalid) as refusal:
        services.look_at_concern_again(
            actor=family.nurse, concern_id=row.id, version=row.version,
            details=ConcernDetails(judgement=Judgement.NOT_NOW, reason=WHY),
        )  # fmt: skip
    assert refusal.value.problems == {"reported_on": "missing"}


def test_is_settled_with_why_and_then_over(family):
    row = record(family)
    row = services.settle_concern(
        actor=family.nurse, concern_id=row.id, why="Barnevernet følger opp.", version=row.version
    )

    (seen,) = selectors.concerns_of(actor=family.nurse, child_id=family.ida.id)
    assert (seen.settled_why, seen.prompts, waiting(DUE)) == ("Barnevernet følger opp.", (), [])
    with pytest.raises(ConcernSettled):
        services.settle_concern(actor=family.nurse, concern_id=row.id, why="Igjen.", version=row.version)


def test_nothing_comes_before_a_report(family):
    with pytest.raises(ConcernInvalid):
        feedback(family, record(family), "confirmed")


def test_is_seen_by_those_who_follow_the_child_up_and_never_by_child_or_parents(family, house, here):
    row = record(family)
    account = people.citizen_account(here, name="Ida Demoberg")
    family.ida.user = account
    family.ida.save(update_fields=["user"])
    Involvement.objects.filter(person=family.arne, unit_id=house.home_care).update(ends_at=None)
    for actor in (family.stranger, people.as_actor(account)):
        for look in (
            lambda by: selectors.concerns_of(actor=by, child_id=family.ida.id),
            lambda by: selectors.concern(actor=by, concern_id=row.id),
            lambda by: record(family, actor=by),
            lambda by: services.settle_concern(actor=by, concern_id=row.id, why="x", version=row.version),
        ):
            with pytest.raises(NotFound):
                look(actor)
    # To have the child's number, or to follow up the parent alone, is not to follow up the child.
    people.involve(family.ida, house.carers, basis=InvolvementBasis.EMERGENCY_CONTACT)
    with pytest.raises(NotAllowed):
        selectors.concerns_of(actor=family.stranger, child_id=family.ida.id)


def test_that_there_is_one_is_held_back_in_the_childs_log(family):
    row = record(family)
    selectors.concern(actor=family.nurse, concern_id=row.id)
    selectors.concerns_of(actor=family.nurse, child_id=family.ida.id)
    report(family, row)

    about = AccessEntry.objects.filter(person_id=family.ida.id, information__contains=["concern_for_child"])
    assert about.count() >= 4
    assert set(about.values_list("withheld", "withheld_reason")) == {
        ("person_and_representatives", "concern_for_child")
    }
    assert not AccessEntry.objects.filter(subject_type="followup.ConcernAssessment").exclude(id__in=about).exists()


def test_may_rest_on_answers_about_the_child_and_on_no_others(family, here):
    form = forms.publish(here, forms.written(owner="Patient", tags=("concern-for-child", "staff-only")))
    about = {"owner": Subject.PERSON, "tags": ("concern-for-child",)}
    own, other = (answered(each, form, **about) for each in (family.ida, family.arne))

    assert record(family, response_id=own.id).response_id == own.id
    with pytest.raises(NotFound):
        record(family, response_id=other.id)


def test_the_reason_is_sealed(family):
    row = record(family)

    raw = ConcernAssessment.objects.extra(select={"sealed": "reason"}).values_list("sealed", flat=True).get(id=row.id)
    assert WHY.encode() not in bytes(raw)


def test_what_the_law_asks_is_told_to_staff(family):
    told = selectors.duty_help(actor=family.nurse)

    assert [duty.id for duty in told.duties] == ["report", "orders", "unborn", "emergency", "avert"]
    assert told.how
