"""Answers are begun, saved, finished and said to be wrong."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from medspiller.access.domain import actors
from medspiller.audit.models import AccessEntry
from medspiller.content import services as content
from medspiller.core import clock, tenancy
from medspiller.core.errors import Conflict, NotAllowed, NotFound
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.tests import factories as people
from medspiller.questionnaires import selectors, services
from medspiller.questionnaires.domain.filling.writing import answers_of
from medspiller.questionnaires.domain.states import (
    AlreadyAmended,
    AlreadyCompleted,
    FormRefused,
    How,
    NotComplete,
    NotCompleted,
    ReasonRefused,
    SavedElsewhere,
)
from medspiller.questionnaires.models import Response, Score
from medspiller.questionnaires.services import FromPage
from medspiller.questionnaires.tests import factories
from medspiller.questionnaires.tests.factories import begin, complete, item, publish, type_in, written


class TestBeginning:
    def test_pins_the_newest_active_version(self, family, here):
        publish(here, written(version="1.1.0"))

        begun = begin(family.contact, family.kari)

        assert (begun.questionnaire_version, begun.status, begun.how) == ("1.1.0", "in_progress", "conversation")
        assert begun.subject_id == family.kari.id

    def test_twice_goes_on_with_the_first(self, family):
        assert begin(family.contact, family.kari).id == begin(family.contact, family.kari).id

    def test_goes_on_with_the_version_it_was_begun_with_when_there_is_a_newer_one(self, family, here):
        begun = begin(family.contact, family.kari)
        publish(here, written([item("other")], version="2.0.0"))
        content.retire(actor=actors.system(here), url=factories.SITUATION, version="1.0.0")

        type_in(family.contact, begun, helps="true", hours="3")
        done = services.complete(actor=family.contact, response_id=begun.id)

        assert (done.questionnaire_version, done.status) == ("1.0.0", "completed")

    def test_is_in_the_log_of_whose_answers_they_are(self, family):
        begin(family.contact, family.kari)

        entry = AccessEntry.objects.filter(action="questionnaires.start").get()
        assert (entry.person_id, entry.information) == (family.kari.id, ["answers"])

    def test_of_a_retired_one_is_refused(self, family, here):
        content.retire(actor=actors.system(here), url=factories.SITUATION, version="1.0.0")

        with pytest.raises(FormRefused) as refusal:
            begin(family.contact, family.kari)
        assert refusal.value.problem == "unknown"

    def test_about_somebody_who_is_nothing_to_them_is_refused(self, family):
        stranger = people.make_person("Odd")

        with pytest.raises(FormRefused) as refusal:
            begin(family.contact, family.kari, about=stranger)
        assert refusal.value.problem == "about"

    def test_by_a_citizen_of_what_is_not_for_them_is_refused(self, family, here):
        publish(here, written(name="staff", tags=("staff-only",)))

        with pytest.raises(FormRefused):
            begin(family.citizen, family.kari, url=f"{factories.BASE}staff")

    def test_for_a_child_of_another_age_is_refused(self, family, here, house):
        publish(here, written(name="young", tags=("self", "child-8-12")))
        today = clock.today()
        grown, child = (
            people.make_person(name, birth_date=today - timedelta(days=365 * age + 100))
            for name, age in (("Per", 30), ("Pia", 9))
        )
        for person in (grown, child):
            people.involve(person, house.carers)

        assert begin(family.contact, child, url=f"{factories.BASE}young")
        with pytest.raises(FormRefused):
            begin(family.contact, grown, url=f"{factories.BASE}young")

    def test_without_saying_how_is_refused_to_staff(self, family):
        with pytest.raises(FormRefused):
            services.start(
                actor=family.contact, person_id=family.kari.id, url=factories.SITUATION, language="nb", how=How.ONLINE
            )


class TestWhatIsKnown:
    def test_stands_there_to_be_confirmed(self, family, here):
        family.kari.language = "se"
        family.kari.save()
        publish(here, written([
            item("name", extension=factories.initially("%carer.name.text")),
            item("language", "choice", answerOption=factories.options("nb", "se"),
                 extension=factories.initially("%carer.communication.language.coding.first()")),
            item("patient", extension=factories.initially("%patient.name.text")),
            item("day", "date", extension=factories.initially("%today")),
            item("unknown", extension=factories.initially("%carer.telecom.value")),
        ], name="known"))  # fmt: skip

        begun = begin(family.contact, family.kari, url=f"{factories.BASE}known", about=family.oddny)

        found = answers_of(begun.answers)
        assert found["name"] == [{"valueString": "Kari Demoli"}]
        assert found["language"][0]["valueCoding"]["code"] == "se"
        assert found["day"] == [{"valueDate": clock.today().isoformat()}]
        assert "unknown" not in found
        assert begun.taken_from["name"] == {"source": "carer", "on": clock.today().isoformat()}

    def test_of_the_patient_is_not_told_who_may_not_open_them(self, family, here):
        publish(here, written([item("patient", extension=factories.initially("%patient.name.text"))], name="known"))

        begun = begin(family.contact, family.kari, url=f"{factories.BASE}known", about=family.oddny)

        assert answers_of(begun.answers) == {}

    def test_is_the_authors_own_once_it_is_changed(self, family, here):
        publish(here, written([item("name", extension=factories.initially("%carer.name.text"))], name="known"))
        begun = begin(family.contact, family.kari, url=f"{factories.BASE}known")

        type_in(family.contact, begun, name="Kari D.")

        begun.refresh_from_db()
        assert begun.taken_from == {}


class TestSaving:
    def test_keeps_what_is_right_and_what_is_wrong(self, family):
        begun = begin(family.contact, family.kari)

        type_in(family.contact, begun, helps="true", hours="tolv", words="Søvn")

        begun.refresh_from_db()
        assert answers_of(begun.answers)["words"] == [{"valueString": "Søvn"}]
        assert begun.unreadable == {"q-hours": "tolv"}
        assert begun.version == 2

    def test_refuses_an_older_save_that_comes_late(self, family):
        begun = begin(family.contact, family.kari)
        type_in(family.contact, begun, words="Nytt")
        begun.refresh_from_db()

        with pytest.raises(SavedElsewhere) as refusal:
            services.save(
                actor=family.contact, response_id=begun.id, posted={"q-words": ["Gammelt"]},
                page=FromPage(number=begun.number - 1),
            )  # fmt: skip
        assert refusal.value.number == begun.number

    def test_is_the_authors_alone(self, family, house, here):
        begun = begin(family.contact, family.kari)
        colleague = people.worker(here, house.carers, name="Eva Demoås")

        with pytest.raises(NotFound):
            selectors.filling(actor=colleague, response_id=begun.id)
        tenancy.enter_tenant(tenant_id=here, actor_id=colleague.id)
        assert not Response.objects.filter(id=begun.id).exists()

    def test_is_over_when_nobody_follows_the_person_up_any_more(self, family, house):
        begun = begin(family.contact, family.kari)
        people.Involvement.objects.filter(person=family.kari).update(ends_at=clock.now())

        with pytest.raises(NotFound):
            type_in(family.contact, begun, words="Mer")

    def test_leaves_no_history(self, family):
        begun = begin(family.contact, family.kari)
        type_in(family.contact, begun, words="Ikke ferdig")

        assert not Response.pgh_event_model.objects.filter(id=begun.id).exists()

    def test_can_be_thrown_away(self, family):
        begun = begin(family.contact, family.kari)

        services.throw_away(actor=family.contact, response_id=begun.id)

        assert not Response.objects.filter(id=begun.id).exists()
        with pytest.raises(NotFound):
            type_in(family.contact, begun, words="For sent")


class TestTwoTabs:
    def save(self, family, begun, *, seen, tab, **fields):
        posted = {f"q-{name}": [value] for name, value in fields.items()}
        services.save(
            actor=family.contact, response_id=begun.id, posted=posted, page=FromPage(seen=seen, tab=tab)
        )  # fmt: skip
        begun.refresh_from_db()
        return {link: found[0] for link, found in answers_of(begun.answers).items()}

    def test_what_only_the_other_typed_stays(self, family):
        begun = begin(family.contact, family.kari)
        self.save(family, begun, seen=1, tab="one", helps="true", words="Fra den ene")

        found = self.save(family, begun, seen=1, tab="two", helps="true", words="", hours="4")

        assert found["words"] == {"valueString": "Fra den ene"}
        assert found["hours"] == {"valueInteger": 4}
        assert begun.tabs["clashes"] == {}

    def test_of_what_both_typed_the_last_holds_and_the_other_is_told(self, family):
        begun = begin(family.contact, family.kari)
        self.save(family, begun, seen=1, tab="one", words="Fra den ene")

        found = self.save(family, begun, seen=1, tab="two", words="Fra den andre")

        assert found["words"] == {"valueString": "Fra den andre"}
        assert begun.tabs["clashes"] == {"words": [{"valueString": "Fra den ene"}]}

    def test_one_tab_alone_never_meets_itself(self, family):
        begun = begin(family.contact, family.kari)
        for words in ("S", "Sø", "Søvn"):
            found = self.save(family, begun, seen=1, tab="one", words=words)

        assert found["words"] == {"valueString": "Søvn"}
        assert begun.tabs["clashes"] == {}


class TestCompleting:
    def test_drops_what_is_not_asked_and_stores_what_was_computed(self, family):
        begun = begin(family.contact, family.kari)
        type_in(family.contact, begun, helps="true", hours="12", words="Søvn")

        done = services.complete(actor=family.contact, response_id=begun.id)

        assert done.status == "completed"
        assert done.answers["status"] == "completed"
        assert [(each.link_id, each.value) for each in Score.objects.filter(response=done)] == [("double", 24)]

    def test_is_refused_with_what_is_missing_and_loses_nothing(self, family):
        begun = begin(family.contact, family.kari)
        type_in(family.contact, begun, helps="true", words="Søvn")

        with pytest.raises(NotComplete) as refusal:
            services.complete(actor=family.contact, response_id=begun.id)

        assert {issue.link_id for issue in refusal.value.issues} == {"hours"}
        begun.refresh_from_db()
        assert answers_of(begun.answers)["words"] == [{"valueString": "Søvn"}]

    def test_is_refused_where_something_cannot_be_read(self, family):
        begun = begin(family.contact, family.kari)
        type_in(family.contact, begun, helps="true", hours="tolv")

        with pytest.raises(NotComplete) as refusal:
            services.complete(actor=family.contact, response_id=begun.id)
        assert refusal.value.unread == ("q-hours",)

    def test_of_what_was_changed_in_another_tab_meanwhile_is_refused(self, family):
        begun = begin(family.contact, family.kari)
        type_in(family.contact, begun, helps="false")

        with pytest.raises(Conflict):
            services.complete(actor=family.contact, response_id=begun.id, seen=1)

    def test_twice_is_told(self, family):
        done = complete(family.contact, family.kari)

        with pytest.raises(AlreadyCompleted):
            services.complete(actor=family.contact, response_id=done.id)
        with pytest.raises(AlreadyCompleted):
            type_in(family.contact, done, words="Mer")

    def test_on_behalf_of_somebody_is_told_by_the_log(self, family):
        complete(family.contact, family.kari)
        complete(family.citizen, family.kari)

        told = AccessEntry.objects.filter(action__startswith="questionnaires.complete").order_by("at")
        assert [(each.action, each.person_id) for each in told] == [
            ("questionnaires.complete_on_behalf", family.kari.id),
            ("questionnaires.complete", family.kari.id),
        ]

    def test_leaves_answers_that_even_a_slip_in_the_code_cannot_change(self, family):
        done = complete(family.contact, family.kari)

        for change in (
            {"answers": {}},
            {"status": "in_progress", "completed_at": None},
            {"questionnaire_version": "9"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Response.objects.filter(id=done.id).update(**change)


class TestAfterwards:
    def test_answers_are_marked_as_wrong_and_stay(self, family):
        done = complete(family.contact, family.kari)

        services.mark_entered_in_error(actor=family.contact, response_id=done.id, reason=" Feil person. ")

        done.refresh_from_db()
        assert (done.status, done.wrong_reason, done.wrong_by_name) == (
            "entered_in_error",
            "Feil person.",
            "Gro Demodal",
        )
        assert [each.status for each in Response.pgh_event_model.objects.filter(id=done.id).order_by("pgh_id")] == [
            "completed",
            "entered_in_error",
        ]
        with pytest.raises(NotCompleted):
            services.mark_entered_in_error(actor=family.contact, response_id=done.id, reason="Igjen")

    def test_marking_needs_a_reason(self, family):
        done = complete(family.contact, family.kari)

        with pytest.raises(ReasonRefused):
            services.mark_entered_in_error(actor=family.contact, response_id=done.id, reason=" ")

    def test_a_new_version_points_to_the_one_before_which_stays(self, family):
        done = complete(family.contact, family.kari)

        anew = services.amend(actor=family.contact, response_id=done.id, how=How.PHONE)
        type_in(family.contact, anew, hours="20")
        services.complete(actor=family.contact, response_id=anew.id)

        done.refresh_from_db()
        assert (done.status, answers_of(done.answers)["hours"]) == ("completed", [{"valueInteger": 12}])
        seen = selectors.response(actor=family.contact, response_id=done.id)
        assert (seen.amended_by, seen.may_amend) == (anew.id, False)
        with pytest.raises(AlreadyAmended):
            services.amend(actor=family.contact, response_id=done.id, how=How.PHONE)

    def test_of_two_new_versions_the_second_is_refused_and_kept(self, family, here, house):
        done = complete(family.contact, family.kari)
        colleague = people.worker(here, house.carers, name="Eva Demoås")
        one = services.amend(actor=family.contact, response_id=done.id, how=How.PHONE)
        services.complete(actor=family.contact, response_id=one.id)

        with pytest.raises(AlreadyAmended):
            services.amend(actor=colleague, response_id=done.id, how=How.PHONE)

    def test_a_citizen_changes_nothing_that_staff_wrote(self, family):
        done = complete(family.contact, family.kari)

        with pytest.raises(NotAllowed):
            services.amend(actor=family.citizen, response_id=done.id)


class TestWhoMayWrite:
    def test_a_unit_that_follows_the_carer_up_and_not_the_patients(self, family):
        with pytest.raises(NotFound):
            begin(family.nurse, family.kari)

    def test_not_a_unit_that_only_has_the_telephone_number(self, family, house):
        people.involve(family.kari, house.home_care, basis=InvolvementBasis.EMERGENCY_CONTACT)

        with pytest.raises(NotAllowed):
            begin(family.nurse, family.kari)

    def test_not_by_emergency_access(self, family, house, here):
        somebody = people.worker(here, house.home_care)
        people.make_emergency(family.kari, somebody, house.home_care)

        with pytest.raises(NotAllowed):
            begin(somebody, family.kari)

    def test_a_citizen_nobody_elses(self, family):
        with pytest.raises(NotFound):
            begin(family.citizen, family.oddny)
