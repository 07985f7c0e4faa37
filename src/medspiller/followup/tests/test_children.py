"""Children as next of kin: from the reason to ask to the child's own file, which becomes an adult's at eighteen."""

from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.config import secrets
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content import services as content
from medspiller.content.domain import checking, loading
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import selectors, services
from medspiller.followup.domain.children import ChildRefused, Stage
from medspiller.followup.domain.events import FileBecameAdult
from medspiller.followup.domain.holding import CannotHold
from medspiller.followup.models import CarerFile, Holding, Plan
from medspiller.followup.tests import families
from medspiller.followup.tests.families import waiting, years_ago
from medspiller.people import services as register
from medspiller.people.domain.children import ReasonToAsk
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import Involvement
from medspiller.people.tests import factories as people

SHIPPED = Path(secrets.ROOT) / "content" / "no.medspiller.pathways"
GROWN_UP = "followup.grown_up"


@lru_cache
def pathways():
    library = loading.load(SHIPPED, CONTENT_KINDS)
    found = (one for one in checking.in_order(library, CONTENT_KINDS) if one.kind == "pathways")
    return {one.url.rpartition("/")[2]: one for one in found}


@pytest.fixture
def family(here, house):
    return families.make_parent(here, house)


def publish(here, slug):
    """Publish a shipped pathway as the tenant's own."""
    content.publish(actor=actors.system(here), definitions=[pathways()[slug]])


@pytest.fixture
def shipped(here):
    publish(here, "child-of-parent")


def ask(family, *, reply=None, unit_id=None):
    """Record that he has a mental illness; with a reply, that he was asked too."""
    register.record_children_reason(actor=family.nurse, patient_id=family.arne.id, code=ReasonToAsk.MENTAL_ILLNESS)
    for topic in ("minor_children", "minor_siblings") if reply else ():
        register.answer_children(
            actor=family.nurse, patient_id=family.arne.id, unit_id=unit_id, topic=topic, reply=reply
        )


def of_arne(family, actor=None):
    return selectors.children_of_patient(actor=actor or family.nurse, patient_id=family.arne.id)


def open_child(family, actor=None, child=None, **more):
    return services.open_child_file(
        actor=actor or family.nurse, patient_id=family.arne.id, child_id=(child or family.ida).id, **more
    )


class TestHowFarItHasCome:
    def test_goes_from_the_reason_over_the_question_to_the_childs_own_plan(self, family, house, shipped):
        assert of_arne(family).stage is Stage.NOT_A_MATTER
        ask(family)
        assert of_arne(family).stage is Stage.ASK

        register.end_children_reason(actor=family.nurse, reason_id=of_arne(family).reasons[0].id)
        ask(family, reply="yes", unit_id=house.home_care)
        found = of_arne(family)
        (ida,) = found.children
        assert (found.stage, ida.name, ida.age, ida.stage) == (Stage.ASSESS, "Ida Demoberg", 9, Stage.ASSESS)
        assert ida.pathway == "child-of-parent"

        opened = open_child(family)
        (ida,) = of_arne(family).children
        assert (ida.stage, ida.file_id, ida.plan_ids) == (Stage.UNDER_WAY, opened.file_id, (opened.plan_id,))

    def test_yes_without_a_child_registered_and_no(self, family, house):
        Involvement.objects.filter(person=family.ida).delete()
        family.ida.birth_date = years_ago(20)
        family.ida.save(update_fields=["birth_date"])
        ask(family, reply="yes", unit_id=house.home_care)
        assert of_arne(family).stage is Stage.REGISTER

        for topic in ("minor_children", "minor_siblings"):
            register.answer_children(
                actor=family.nurse, patient_id=family.arne.id, unit_id=house.home_care, topic=topic, reply="no"
            )
        assert of_arne(family).stage is Stage.NO_CHILDREN

    def test_a_childs_file_is_told_of_only_to_those_who_may_open_it(self, family, house, here, shipped):
        open_child(family)
        people.involve(family.arne, house.night)
        people.involve(family.ida, house.night, basis=InvolvementBasis.EMERGENCY_CONTACT)
        night = people.worker(here, house.night, name="Nils Demonatt")

        (ida,) = of_arne(family, night).children
        assert (ida.stage, ida.file_id, ida.plan_ids) == (None, None, ())

    def test_is_closed_to_whoever_does_not_follow_the_patient_up(self, family):
        with pytest.raises(NotFound):
            of_arne(family, family.stranger)


class TestOpeningAChildsFile:
    def test_is_one_step_and_begins_with_the_talk_with_the_parent(self, family, house, shipped):
        opened = open_child(family)

        file, plan = CarerFile.objects.get(id=opened.file_id), Plan.objects.get(id=opened.plan_id)
        assert (file.kind, file.carer_id, file.unit_id) == ("child", family.ida.id, house.home_care)
        assert (plan.about_id, plan.run.slug) == (family.arne.id, "child-of-parent")
        assert Holding.objects.get(plan=plan, ends_at=None).holder_id == family.nurse.id
        steps = waiting("followup.step")
        assert steps
        assert all(unit == house.home_care for _id, unit, _due in steps)

    def test_twice_is_once(self, family, shipped):
        assert open_child(family) == open_child(family)
        assert CarerFile.objects.count() == 1

    def test_somebody_else_may_hold_it_if_they_follow_the_child_up(self, family, shipped):
        with pytest.raises(CannotHold):
            open_child(family, holder_id=family.stranger.id)

        opened = open_child(family, holder_id=family.lead.id)
        assert Holding.objects.get(plan_id=opened.plan_id, ends_at=None).holder_id == family.lead.id

    def test_a_unit_that_only_has_the_childs_number_begins_to_follow_it_up_where_nobody_else_does(
        self, family, house, shipped
    ):
        Involvement.objects.filter(person=family.ida).update(basis=InvolvementBasis.EMERGENCY_CONTACT.value)
        open_child(family)
        bases = Involvement.objects.filter(person=family.ida).values_list("basis", flat=True)
        assert set(bases) == {"emergency_contact", "child_next_of_kin"}

    def test_but_not_where_another_unit_follows_it_up(self, family, house):
        Involvement.objects.filter(person=family.ida).update(basis=InvolvementBasis.EMERGENCY_CONTACT.value)
        people.involve(family.ida, house.carers, basis=InvolvementBasis.SUPPORT)
        with pytest.raises(NotAllowed):
            open_child(family)

    def test_is_for_minors_whom_the_law_names(self, family, house):
        grown = people.make_person("Jon", birth_date=years_ago(19))
        people.relate(family.arne, grown, RelationKind.CHILD)
        friend = people.make_person("Per", birth_date=years_ago(15))
        people.relate(family.arne, friend, RelationKind.FRIEND)
        nobody = people.make_person("Liv", birth_date=years_ago(15))
        for child in (grown, friend, nobody):
            people.involve(child, house.home_care, basis=InvolvementBasis.CHILD_NEXT_OF_KIN)

        for child, problem in ((grown, "not_a_child"), (friend, "not_related"), (nobody, "not_related")):
            with pytest.raises(ChildRefused, match=problem):
                open_child(family, child=child)

    def test_after_a_death_it_is_the_bereaved_childs(self, family, here):
        publish(here, "bereaved-child")
        family.arne.died_on = clock.today()
        family.arne.save(update_fields=["died_on"])

        assert Plan.objects.get(id=open_child(family).plan_id).run.slug == "bereaved-child"

    def test_a_stranger_opens_none(self, family):
        with pytest.raises(NotFound):
            open_child(family, actor=family.stranger)


class TestUnitsThatHaveNotAsked:
    def test_are_seen_by_their_leader_and_whoever_leads_the_work_with_children(self, family, house, here):
        ask(family)

        for actor in (family.leader, family.lead):
            (unit,) = selectors.units_without_answers(actor=actor)
            assert (unit.unit_id, unit.patients, unit.late) == (house.home_care, 1, 0)
            found = selectors.unanswered_patients(actor=actor, unit_id=house.home_care)
            assert [(each.person.name, each.late) for each in found.named] == [("Arne Demoberg", False)]
        elsewhere = people.worker(here, house.carers, Role.LEADER, name="Anne Demoleder")
        assert selectors.units_without_answers(actor=elsewhere) == ()
        with pytest.raises(NotAllowed):
            selectors.units_without_answers(actor=family.nurse)
        with pytest.raises(NotAllowed):
            selectors.unanswered_patients(actor=elsewhere, unit_id=house.home_care)

    def test_name_page_by_page_and_nobody_by_their_counts(self, family, house):
        ask(family)
        for number in range(2):
            patient = people.make_person(f"Nils{number}", "Demoberg")
            people.involve(patient, house.home_care)
            people.involve(patient, house.home_care, basis=InvolvementBasis.SUPPORT)
            register.record_children_reason(actor=family.nurse, patient_id=patient.id, code=ReasonToAsk.MENTAL_ILLNESS)
        (unit,) = selectors.units_without_answers(actor=family.leader)
        assert unit.patients == 3
        assert not AccessEntry.objects.filter(actor_id=family.leader.id).exists()

        pages = [
            selectors.unanswered_patients(actor=family.leader, unit_id=house.home_care, page=number, size=2)
            for number in (1, 2, 3)
        ]

        assert [[each.person.name for each in page.named] for page in pages] == [
            ["Arne Demoberg", "Nils0 Demoberg"], ["Nils1 Demoberg"], [],
        ]  # fmt: skip
        assert AccessEntry.objects.filter(actor_id=family.leader.id).count() == 3

    def test_whoever_they_name_is_in_the_log(self, family, house):
        ask(family)
        selectors.unanswered_patients(actor=family.leader, unit_id=house.home_care)
        entry = AccessEntry.objects.filter(actor_id=family.leader.id).latest("id")
        assert (entry.person_id, entry.information) == (family.arne.id, ["name_and_birth", "children"])

    def test_after_a_week_it_is_late_and_an_answer_takes_it_away(self, family, house):
        ask(family)
        with clock.frozen(clock.now() + timedelta(days=8)):
            assert selectors.units_without_answers(actor=family.leader)[0].late == 1
            ask_again = {"actor": family.nurse, "patient_id": family.arne.id, "unit_id": house.home_care}
            for topic in ("minor_children", "minor_siblings"):
                register.answer_children(**ask_again, topic=topic, reply="no")
            assert selectors.units_without_answers(actor=family.leader) == ()


class TestComingOfAge:
    def born(self, family, years, days):
        """Somebody who turns so many years old in some days."""
        on = clock.today() + timedelta(days=days)
        family.ida.birth_date = on.replace(year=on.year - years, day=min(on.day, 28))
        family.ida.save(update_fields=["birth_date"])

    @pytest.mark.parametrize("years", [12, 16, 18])
    def test_is_told_before_it_happens(self, family, years):
        self.born(family, years, 20)
        file = families.open_file(family.nurse, family.ida)

        told = selectors.coming_of_age(actor=family.nurse, file_id=file.id)
        assert {each.age for each in told.changes.ahead} == {years}
        assert bool(told.file) is (years == 18)
        assert not told.is_grown

    def test_at_eighteen_the_file_becomes_an_adults_when_somebody_says_so(self, family, house, monkeypatch):
        self.born(family, 18, 20)
        file = families.open_file(family.nurse, family.ida)
        with pytest.raises(ChildRefused, match="not_grown"):
            services.become_adult(actor=family.nurse, file_id=file.id)

        with clock.frozen(clock.now() + timedelta(days=21)):
            services.note_age(actor=family.system, person_id=family.ida.id, age=18)
            assert [(row[0], row[1]) for row in waiting(GROWN_UP)] == [(file.id, house.home_care)]
            assert selectors.coming_of_age(actor=family.nurse, file_id=file.id).is_grown
            told = []
            monkeypatch.setattr("medspiller.followup.services.children.events.publish", told.append)

            assert services.become_adult(actor=family.nurse, file_id=file.id).kind == "adult"

            assert told == [FileBecameAdult(file_id=file.id, carer_id=family.ida.id)]
            assert waiting(GROWN_UP) == []
            assert selectors.coming_of_age(actor=family.nurse, file_id=file.id).file == ()
            with pytest.raises(ChildRefused, match="adult"):
                services.become_adult(actor=family.nurse, file_id=file.id)
