"""Rights and offers that are suggested, what carers answer, and what a changed right touches."""

from datetime import timedelta

import pytest

from medspiller.access.domain.roles import Role
from medspiller.catalogue.domain.vocabulary import Need
from medspiller.catalogue.tests import factories as catalogue
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import selectors, services
from medspiller.followup.domain.files import AnswersUnread, OutcomeMissing
from medspiller.followup.domain.suggesting import (
    DeclineReason,
    SuggestionKind,
    SuggestionRefused,
    SuggestionState,
    read_by,
)
from medspiller.followup.models import CarerFile, FileNote, Suggestion
from medspiller.followup.tests import families
from medspiller.followup.tests.families import waiting
from medspiller.pathways.tests.factories import SLUG, body, publish
from medspiller.people.tests import factories as people
from medspiller.rights.domain.changes import RightsChanged
from medspiller.rights.tests.publishing import publish_rules
from medspiller.worklist.models import WorkItem

LATER, CHANGED, ANSWERED = "followup.suggestion_later", "followup.right_changed", "followup.carer_answered"


@pytest.fixture
def carer(here, house):
    return families.make_carer(here, house)


@pytest.fixture
def offers(here, house, carer):
    """An evening group for whoever has a parent who is ill."""
    catalogue.provider(carer.contact)
    catalogue.approved(carer.contact, house.carers, audience={"relations": ["grown-child"], "age_from": 18})


@pytest.fixture
def nights(offers, house, carer):
    """A night of sleep for anybody, also in Polish."""
    catalogue.approved(
        carer.contact, house.carers, slug="avlastning-natt", needs=["night-rest", "respite-hours"],
        languages=["nb", "pl"], audience={"age_from": 18},
    )  # fmt: skip


def lack(carer, *needs):
    for need in needs:
        services.note_need(actor=carer.contact, file_id=carer.file.id, need=need)


def suggest(carer):
    return {each.target for each in services.suggest(actor=carer.contact, file_id=carer.file.id)}


def seen(carer, actor=None):
    return selectors.suggestions_of(actor=actor or carer.contact, file_id=carer.file.id)


def answer(carer, target, answer, actor=None, **more):
    row = Suggestion.objects.filter(target=target).latest("id")
    return services.answer_suggestion(actor=actor or carer.contact, suggestion_id=row.id, answer=answer, **more)


class TestOffers:
    def test_are_found_by_what_is_lacking_and_say_so(self, carer, offers):
        assert suggest(carer) == set()
        lack(carer, Need.PEERS)

        assert suggest(carer) == {"kveldsgruppe"}
        (one,) = seen(carer)
        assert (one.kind, one.need, one.title["en"]) == (SuggestionKind.OFFER, Need.PEERS, "Evening group")
        assert {"need:peers", "own"} <= set(one.reasons)

    def test_a_daughter_is_suggested_nothing_that_is_for_others(self, carer, house, offers):
        for slug, audience, kind in (
            ("for-ektefeller", {"relations": ["partner"], "age_from": 18}, "group"),
            ("for-foreldre", {"relations": ["parent"]}, "group"),
            ("for-barn", {"age_to": 18}, "children"),
            ("etter-dodsfall", {"situations": ["bereaved"]}, "group"),
            ("krisehjelp", {"conditions": ["violence"], "situations": ["in-crisis"]}, "crisis"),
            ("for-alle", {"age_from": 18}, "group"),
        ):
            catalogue.approved(carer.contact, house.carers, slug=slug, audience=audience, kind=kind)
        lack(carer, Need.SOMEONE_TO_TALK_TO)

        assert suggest(carer) == {"kveldsgruppe", "for-alle"}
        first, *_others = seen(carer)
        assert (first.target, "relation:grown-child" in first.reasons) == ("kveldsgruppe", True)

    def test_what_the_plan_is_about_leaves_out_what_is_about_something_else(self, carer, here, house, offers):
        for slug, condition in (("om-demens", "dementia"), ("om-kreft", "cancer"), ("om-rus", "addiction")):
            catalogue.approved(carer.contact, house.carers, slug=slug, audience={"conditions": [condition]})
        lack(carer, Need.PEERS)
        assert suggest(carer) == {"kveldsgruppe", "om-demens", "om-kreft"}
        assert seen(carer)[0].target == "kveldsgruppe"

        silent = body()
        del silent["tells"]
        publish(here, silent)
        services.start_plan(actor=carer.contact, file_id=carer.file.id, slug=SLUG, holder_id=carer.contact.id)
        suggest(carer)
        assert {each.target for each in seen(carer)} == {"kveldsgruppe", "om-demens", "om-kreft"}

        # The plan keeps its version, which did not say it; a later one does.
        publish(here, body(version="1.1.0", tells={"conditions": ["dementia"]}))
        suggest(carer)
        assert [each.target for each in seen(carer)] == ["om-demens", "kveldsgruppe"]

    def test_what_is_given_in_the_carers_language_stands_first(self, carer, nights):
        carer.kari.language = "pl"
        carer.kari.save(update_fields=["language"])
        lack(carer, Need.PEERS, Need.SOMEONE_TO_TALK_TO, Need.NIGHT_REST)

        suggest(carer)

        assert [(each.target, "language" in each.reasons) for each in seen(carer)] == [
            ("avlastning-natt", True), ("kveldsgruppe", False),
        ]  # fmt: skip

    def test_once_is_enough_and_what_fits_no_more_goes_by_itself_but_what_was_answered_stays(self, carer, nights):
        lack(carer, Need.PEERS, Need.NIGHT_REST)
        suggest(carer)
        answer(carer, "kveldsgruppe", "accepted")
        assert suggest(carer) == set()

        for need in (Need.PEERS, Need.NIGHT_REST):
            services.end_need(actor=carer.contact, file_id=carer.file.id, need=need, because="met")
        suggest(carer)
        assert [(each.target, each.state) for each in seen(carer)] == [("kveldsgruppe", SuggestionState.ACCEPTED)]

    def test_what_was_declined_comes_again_only_for_another_need(self, carer, offers):
        lack(carer, Need.PEERS)
        suggest(carer)
        answer(carer, "kveldsgruppe", "declined", reason="wrong_time")
        assert suggest(carer) == set()

        lack(carer, Need.SOMEONE_TO_TALK_TO)
        assert suggest(carer) == {"kveldsgruppe"}

    def test_staff_suggest_what_they_know_to_fit_and_it_stays(self, carer, nights):
        made = services.suggest_one(actor=carer.contact, file_id=carer.file.id, kind="offer", target="avlastning-natt")
        assert made.reasons == ["by_hand"]
        suggest(carer)
        assert [each.target for each in seen(carer)] == ["avlastning-natt"]

        with pytest.raises(SuggestionRefused, match="there"):
            services.suggest_one(actor=carer.contact, file_id=carer.file.id, kind="offer", target="avlastning-natt")
        with pytest.raises(SuggestionRefused, match="unknown"):
            services.suggest_one(actor=carer.contact, file_id=carer.file.id, kind="offer", target="cake")
        services.withdraw_suggestion(actor=carer.contact, suggestion_id=made.id)
        assert seen(carer) == []


def test_a_right_of_which_it_is_not_known_is_suggested_where_it_answers_a_need_and_to_no_child(carer, here):
    publish_rules(here)
    suggest(carer)
    assert all("right:yes" in each.reasons for each in seen(carer))
    lack(carer, Need.WORK_AND_LEAVE)

    suggest(carer)

    unknown = [each for each in seen(carer) if "right:unknown" in each.reasons]
    assert unknown
    assert {each.need for each in unknown} == {Need.WORK_AND_LEAVE}
    assert all(each.kind is SuggestionKind.RIGHT and each.title["nb"] for each in unknown)

    # They are the rights of working adults.
    CarerFile.objects.filter(id=carer.file.id).update(kind="child")
    suggest(carer)
    assert seen(carer) == []


class TestAnswers:
    @pytest.fixture(autouse=True)
    def one(self, carer, offers):
        lack(carer, Need.PEERS)
        suggest(carer)

    def test_later_stands_on_the_units_list_on_its_day_and_goes_with_the_answer(self, carer, house):
        on = clock.today() + timedelta(days=30)
        row = answer(carer, "kveldsgruppe", "later", on=on)
        assert waiting(LATER) == [(row.id, house.carers, on)]

        answer(carer, "kveldsgruppe", "later", on=on + timedelta(days=1))
        assert waiting(LATER) == [(row.id, house.carers, on + timedelta(days=1))]
        answer(carer, "kveldsgruppe", "accepted")
        assert waiting(LATER) == []

    def test_the_carer_answers_their_own(self, carer):
        answer(carer, "kveldsgruppe", "declined", actor=carer.citizen, reason="does_not_fit", note="For stor gruppe.")

        (own,) = selectors.own_suggestions(actor=carer.citizen)
        assert (own.by_carer, own.reason, own.note) == (True, DeclineReason.DOES_NOT_FIT, "For stor gruppe.")
        assert selectors.suggestion(actor=carer.contact, suggestion_id=own.id) == own

    def test_a_carers_own_yes_and_words_are_read_by_somebody_by_a_day(self, carer, offers):
        lack(carer, Need.PEERS)
        suggest(carer)
        services.appoint_contact(
            actor=carer.contact, file_id=carer.file.id, version=carer.file.version, user_id=carer.contact.id
        )

        answer(carer, "kveldsgruppe", "accepted", actor=carer.citizen, note="Jeg orker ikke mer.")

        row = Suggestion.objects.get()
        assert waiting(ANSWERED) == [(row.id, carer.house.carers, read_by(clock.today()))]
        assert WorkItem.objects.get(kind=ANSWERED).taken_by == carer.contact.id

        answer(carer, "kveldsgruppe", "declined", actor=carer.citizen, reason="too_far")
        assert waiting(ANSWERED) == []
        answer(carer, "kveldsgruppe", "declined", actor=carer.citizen, reason="too_far", note="Ingen buss.")
        assert len(waiting(ANSWERED)) == 1
        answer(carer, "kveldsgruppe", "accepted", note="Avtalt på telefon.")
        assert waiting(ANSWERED) == []

    def test_of_the_young_no_words_are_taken_that_nobody_reads_in_time(self, carer, offers):
        lack(carer, Need.PEERS)
        suggest(carer)
        CarerFile.objects.filter(id=carer.file.id).update(kind="child")

        answer(carer, "kveldsgruppe", "accepted", actor=carer.citizen, note="Jeg orker ikke mer.")

        (own,) = selectors.own_suggestions(actor=carer.citizen)
        assert (own.note, own.is_childs, len(waiting(ANSWERED))) == ("", True, 1)

    def test_another_citizen_and_the_patients_team_know_of_none(self, carer, here):
        account = people.citizen_account(here, name="Ola Demoli")
        people.make_person("Ola", user=account)
        stranger = people.as_actor(account)
        for actor in (stranger, carer.nurse):
            with pytest.raises(NotFound):
                answer(carer, "kveldsgruppe", "accepted", actor=actor)
            with pytest.raises(NotFound):
                seen(carer, actor)
        assert selectors.own_suggestions(actor=stranger) == []
        with pytest.raises(NotAllowed):
            selectors.own_suggestions(actor=carer.contact)

    def test_a_closed_file_takes_what_was_put_off_with_it(self, carer):
        answer(carer, "kveldsgruppe", "later", on=clock.today() + timedelta(days=30))
        services.close_file(
            actor=carer.contact,
            file_id=carer.file.id,
            version=carer.file.version,
            reason="goals_met",
            outcome=["better"],
        )

        assert services.leave_file(actor=carer.system, file_id=carer.file.id)
        assert waiting(LATER) == []

    def test_is_not_closed_over_an_answer_that_nobody_has_read(self, carer, offers):
        lack(carer, Need.PEERS)
        suggest(carer)
        row = answer(carer, "kveldsgruppe", "accepted", actor=carer.citizen, note="Jeg orker ikke mer.")
        seen_before = selectors.before_closing(actor=carer.contact, file_id=carer.file.id)
        assert [(each.id, each.note) for each in seen_before.unread] == [(row.id, "Jeg orker ikke mer.")]
        said = {"version": carer.file.version, "reason": "goals_met", "outcome": ["better"]}

        with pytest.raises(AnswersUnread) as refused:
            services.close_file(actor=carer.contact, file_id=carer.file.id, **said)
        assert refused.value.suggestion_ids == (row.id,)
        with pytest.raises(NotFound):
            services.read_answer(actor=carer.nurse, suggestion_id=row.id)

        services.read_answer(actor=carer.contact, suggestion_id=row.id)
        assert waiting(ANSWERED) == []
        with pytest.raises(OutcomeMissing):
            services.close_file(actor=carer.contact, file_id=carer.file.id, **said | {"outcome": []})
        assert services.close_file(actor=carer.contact, file_id=carer.file.id, **said).state == "closed"


class TestChangedRights:
    @pytest.fixture
    def rights(self, carer):
        """A right that was accepted, resting on a figure; another was declined."""
        return [
            Suggestion.objects.create(
                file=carer.file, kind="right", target=target, title={"nb": target, "nn": target, "en": target},
                reasons=["right:yes"], rests_on=["hours"], state=state, reason=reason,
                suggested_at=clock.now(), suggested_by=carer.contact.id,
            )
            for target, state, reason in (("R-LEAVE", "accepted", ""), ("R-MONEY", "declined", "manages"))
        ]  # fmt: skip

    def change(self, carer, kind="rights", name="R-LEAVE", changed=("periods[1].rule",), by=None):
        event = RightsChanged(
            kind=kind, url="x", name=name, from_version="1", to_version="2", changed=changed, holds_from=clock.today()
        )
        return services.touch_by_right(actor=by or carer.system, event=event)

    def test_a_changed_right_lists_the_files_it_touches_and_puts_each_on_its_list_once(self, carer, rights, house):
        week = clock.today() + timedelta(days=7)
        assert [self.change(carer), self.change(carer)] == [1, 1]

        assert waiting(CHANGED) == [(carer.file.id, house.carers, week)]
        (touched,) = selectors.files_touched(actor=carer.contact)
        assert (touched.carer.name, touched.title["nb"]) == ("Kari Demoli", "R-LEAVE")
        assert FileNote.objects.filter(file=carer.file, code="right_changed").exists()
        assert selectors.files_touched(actor=carer.nurse) == []

        services.see_change(actor=carer.contact, suggestion_id=rights[0].id)
        assert (waiting(CHANGED), selectors.files_touched(actor=carer.contact)) == ([], [])

    def test_a_figure_touches_what_rests_on_it_and_other_words_touch_nobody(self, carer, rights):
        assert self.change(carer, "parameters", "amount", ("steps[3].value",)) == 0
        assert self.change(carer, changed=("title.nb",)) == 0
        assert self.change(carer, "parameters", "hours", ("steps[3].value",)) == 1

    def test_what_was_declined_is_left(self, carer, rights):
        assert self.change(carer, name="R-MONEY") == 0

    def test_is_a_jobs_alone(self, carer, rights):
        with pytest.raises(NotAllowed):
            self.change(carer, by=carer.contact)


class TestUnmetDemand:
    def decline(self, carer, count, *, reason="does_not_fit", need="peers", year=None):
        at = clock.now() if year is None else clock.now().replace(year=year, month=6)
        for _each in range(count):
            file = CarerFile.objects.create(
                carer=people.make_person("Siv"), kind="adult", unit_id=carer.house.carers, identified_on=at.date(),
                identified_how="asked", opened_at=at, opened_by=carer.contact.id,
            )  # fmt: skip
            Suggestion.objects.bulk_create(
                Suggestion(
                    file=file, kind="offer", target=target, title={}, reasons=[], need=need, state="declined",
                    reason=reason, answered_at=at, suggested_at=at, suggested_by=carer.contact.id,
                )
                for target in ("one", "two")
            )  # fmt: skip

    def test_is_counted_by_need_and_reason_each_carer_once_and_small_numbers_kept_back(self, carer):
        self.decline(carer, 5)
        self.decline(carer, 4, reason="too_far")
        self.decline(carer, 6, reason="manages")
        self.decline(carer, 6, year=clock.today().year - 1)

        (line,) = selectors.unmet_demand(actor=carer.leader, year=clock.today().year)
        assert line.need is Need.PEERS
        assert {reason.value: count for reason, count in line.counts.items() if count != 0} == {
            "does_not_fit": 5, "too_far": None,
        }  # fmt: skip
        assert DeclineReason.MANAGES not in line.counts

    def test_is_told_of_own_units_to_those_who_see_the_load(self, carer, house, here):
        self.decline(carer, 5)
        elsewhere = people.worker(here, house.home_care, Role.LEADER, name="Anne Demoleder")

        assert selectors.unmet_demand(actor=elsewhere, year=clock.today().year) == ()
        with pytest.raises(NotAllowed):
            selectors.unmet_demand(actor=carer.nurse, year=clock.today().year)


def test_the_carer_takes_out_what_is_theirs_and_nobody_else_does(carer, offers):
    lack(carer, Need.PEERS)
    suggest(carer)
    answer(carer, "kveldsgruppe", "declined", actor=carer.citizen, reason="too_far", note="Ingen buss.")
    services.add_note(
        actor=carer.contact, file_id=carer.file.id, code="talk", on=clock.today(), text="Kari er sliten om kvelden."
    )

    taken = {table.name: table.rows for table in selectors.own_tables(actor=carer.citizen)}

    assert [len(taken[name]) for name in ("follow_up", "needs", "suggestions", "agreements")] == [1, 1, 1, 0]
    assert taken["suggestions"][0][-1] == "Ingen buss."
    assert [row[2] for row in taken["happened"]] == ["", "Kari er sliten om kvelden."]
    CarerFile.objects.update(kind="child")
    assert {row[2] for table in selectors.own_tables(actor=carer.citizen) if table.name == "happened"
            for row in table.rows} == {""}  # fmt: skip
    with pytest.raises(NotAllowed):
        selectors.own_tables(actor=carer.contact)
