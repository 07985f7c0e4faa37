"""An agreement holds from when it is agreed on, is gone through on its day, and rests on the newest answers."""

from datetime import timedelta

import pytest

from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import selectors, services
from medspiller.followup.domain.agreements import AgreementChanged, AgreementRefused, AgreementState
from medspiller.followup.models import Agreement
from medspiller.followup.tests import families
from medspiller.followup.tests.families import answered, mark_wrong, waiting
from medspiller.questionnaires import services as questionnaires
from medspiller.questionnaires.tests import factories as forms

REVIEW, ANSWERS = "followup.agreement_review", "questionnaires.review"
HALF_A_YEAR = timedelta(days=183)
_ROLE = [{"system": "urn:medspiller:questionnaire-role", "code": "review-date"}]


@pytest.fixture
def carer(here, house):
    return families.make_carer(here, house)


@pytest.fixture
def form(here):
    """The agreement, as far as it matters here: the day on which it is gone through."""
    written = forms.written([forms.item("review", "date", code=_ROLE)], tags=("agreement", "staff-only"))
    return forms.publish(here, written | {"url": "https://medspiller.no/fhir/Questionnaire/carer-agreement"})


def draft(carer):
    return services.draft_agreement(actor=carer.contact, file_id=carer.file.id)


def activate(carer, row, *, days=90, version=None):
    today = clock.today()
    return services.activate_agreement(
        actor=carer.contact, agreement_id=row.id, agreed_on=today, review_on=today + timedelta(days=days),
        version=version or row.version,
    )  # fmt: skip


def seen(carer, actor=None):
    return selectors.agreement_of(actor=actor or carer.contact, file_id=carer.file.id)


def rest(carer, response, *, wrong=False):
    """As the subscriber does, twice."""
    for _twice in range(2):
        row = services.rest_agreement_on(actor=carer.system, response_id=response.id, wrong=wrong)
    return row


def answers(carer, form, day=None):
    items = [{"linkId": "review", "answer": [{"valueDate": day.isoformat()}]}] if day else []
    return answered(carer.kari, form, *items, tags=("agreement",))


class TestByHand:
    def test_is_drafted_agreed_on_gone_through_and_ended(self, carer, house):
        row = activate(carer, draft(carer))
        assert waiting(REVIEW) == [(row.id, house.carers, clock.today() + timedelta(days=90))]

        with clock.frozen(clock.now() + timedelta(days=90)):
            again = clock.today() + timedelta(days=180)
            assert seen(carer).is_due
            row = services.review_agreement(
                actor=carer.contact, agreement_id=row.id, review_on=again, version=row.version
            )
            assert waiting(REVIEW) == [(row.id, house.carers, again)]
            assert (seen(carer).holds, seen(carer).is_due) == (True, False)

        services.close_agreement(actor=carer.contact, agreement_id=row.id, reason="carer_wishes", version=row.version)
        assert (waiting(REVIEW), seen(carer)) == ([], None)
        assert draft(carer).state == AgreementState.DRAFT

    def test_there_is_one_at_a_time(self, carer):
        draft(carer)
        with pytest.raises(AgreementRefused, match="there"):
            draft(carer)

    @pytest.mark.parametrize("days", [0, 367])
    def test_the_day_of_review_is_ahead_within_a_year(self, carer, days):
        with pytest.raises(AgreementRefused, match="review_on"):
            activate(carer, draft(carer), days=days)

    def test_is_refused_out_of_turn_and_never_overwrites_what_nobody_saw(self, carer):
        row = draft(carer)
        on = clock.today() + timedelta(days=9)
        with pytest.raises(AgreementRefused, match="state"):
            services.review_agreement(actor=carer.contact, agreement_id=row.id, review_on=on, version=row.version)
        with pytest.raises(AgreementRefused, match="reason"):
            services.close_agreement(actor=carer.contact, agreement_id=row.id, reason="replaced", version=row.version)
        row = activate(carer, row)
        with pytest.raises(AgreementRefused, match="state"):
            activate(carer, row)
        with pytest.raises(AgreementChanged):
            activate(carer, row, version=row.version - 1)

    def test_ends_with_the_file(self, carer):
        row = activate(carer, draft(carer))
        assert selectors.before_closing(actor=carer.contact, file_id=carer.file.id).agreement.id == row.id
        services.close_file(
            actor=carer.contact,
            file_id=carer.file.id,
            version=carer.file.version,
            reason="goals_met",
            outcome=["better"],
        )
        services.leave_file(actor=carer.system, file_id=carer.file.id)

        row.refresh_from_db()
        assert (row.state, row.closed_because, waiting(REVIEW)) == ("closed", "file_closed", [])

    def test_is_the_carers_to_read_and_not_the_patients_teams(self, carer):
        row = activate(carer, draft(carer))

        assert seen(carer, carer.citizen).id == row.id
        assert AccessEntry.objects.filter(kind="read").latest("id").information == ["agreement"]
        with pytest.raises(NotFound):
            seen(carer, carer.nurse)
        with pytest.raises(NotFound):
            selectors.agreement(actor=carer.nurse, agreement_id=row.id)
        # The agreement is made together, with somebody at work.
        with pytest.raises(NotFound):
            services.draft_agreement(actor=carer.citizen, file_id=carer.file.id)


class TestOnAnswers:
    def test_answers_that_were_agreed_on_are_an_agreement_with_one_item_for_their_day(self, carer, form, house):
        on = clock.today() + timedelta(days=60)
        response = answers(carer, form, on)
        questionnaires.follow_up(actor=carer.system, response_id=response.id)
        assert waiting(ANSWERS)

        row = rest(carer, response)

        assert (row.state, row.response_id, row.review_on) == (AgreementState.ACTIVE, response.id, on)
        assert (waiting(REVIEW), waiting(ANSWERS)) == ([(row.id, house.carers, on)], [])

    def test_without_a_day_it_is_gone_through_in_half_a_year(self, carer, form):
        assert rest(carer, answers(carer, form)).review_on == clock.today() + HALF_A_YEAR

    def test_newer_answers_change_the_same_agreement(self, carer, form):
        first = rest(carer, answers(carer, form, clock.today() + timedelta(days=60)))
        on = clock.today() + timedelta(days=90)
        newer = answers(carer, form, on)

        row = rest(carer, newer)
        assert (row.id, row.response_id, row.review_on) == (first.id, newer.id, on)
        assert Agreement.objects.count() == 1

    def test_wrong_answers_are_no_agreement(self, carer, form):
        response = answers(carer, form)
        rest(carer, response)
        mark_wrong(response)

        rest(carer, response, wrong=True)
        assert (seen(carer), waiting(REVIEW)) == (None, [])
        assert Agreement.objects.get().closed_because == "entered_in_error"

    def test_what_was_ended_is_not_brought_back_by_the_same_answers(self, carer, form):
        row = rest(carer, answers(carer, form))
        services.close_agreement(actor=carer.contact, agreement_id=row.id, reason="carer_wishes", version=row.version)

        assert services.rest_agreement_on(actor=carer.system, response_id=row.response_id) is None
        assert seen(carer) is None

    def test_is_a_jobs_alone(self, carer, form):
        with pytest.raises(NotAllowed):
            services.rest_agreement_on(actor=carer.contact, response_id=answers(carer, form).id)
