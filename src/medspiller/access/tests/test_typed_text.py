"""A form that may not go on: a clear page, what was typed kept, and nothing half-done."""

from datetime import UTC, datetime

import pytest

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.models import PostHolding, RoleGrant
from medspiller.access.refusals import mark_of
from medspiller.access.tests.world import MINUTE, as_actor, only_session, text, worker
from medspiller.core import clock, tenancy
from medspiller.organisations.models import Unit
from tests.support.database import HERE
from tests.support.pages import CheckedClient
from tests.support.staff import build_house, sign_in

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TYPED = {"name": "Pårørendesenteret", "about": "Vi har <b>nye</b> tider fra mandag.", "opening_hours": "9–15"}
SHOWN = "Vi har &lt;b&gt;nye&lt;/b&gt; tider fra mandag."
OWN = {"Origin": "http://testserver"}


def address(unit_id):
    return f"/arbeid/enhet/{unit_id}/endre/"


def mark(user):
    return mark_of(tenant_id=user.tenant_id, user_id=user.id)


@pytest.fixture
def solveig(client, house):
    with clock.frozen(NINE):
        account = worker(house.top)
        sign_in(client, account)
    return account


@pytest.fixture(autouse=True)
def _five_past_nine():
    with clock.frozen(NINE + 5 * MINUTE):
        yield


def unit_says(unit_id):
    return Unit.objects.get(id=unit_id).about


class TestTwoPersonas:
    def test_the_form_of_one_is_not_sent_by_the_other(self, client, house, solveig):
        sign_in(client, worker(house.top, name="Amina Demodal"))
        before = unit_says(house.carers)

        answer = client.post(address(house.carers), {**TYPED, "session_mark": mark(solveig)})

        assert answer.status_code == 409
        assert "Nå er noen andre logget inn" in text(answer)
        assert SHOWN in text(answer)
        assert "Send igjen" not in text(answer)
        assert unit_says(house.carers) == before

    def test_the_mark_may_come_in_a_header_as_htmx_sends_it(self, client, house, solveig):
        sign_in(client, worker(house.top, name="Amina Demodal"))

        answer = client.post(address(house.carers), TYPED, headers={"X-Session-Mark": mark(solveig)})

        assert (answer.status_code, answer.headers["X-Whole-Page"]) == (409, "1")

    def test_every_form_says_for_whom_it_was_shown(self, client, house, solveig):
        page = text(client.get(address(house.carers)))

        assert f'name="session_mark" value="{mark(solveig)}"' in page
        assert f'<meta name="session-mark" content="{mark(solveig)}">' in page

    def test_a_mark_is_a_persons_within_a_tenant_and_tells_nothing(self, solveig):
        own = mark(solveig)

        assert own != mark_of(tenant_id=solveig.tenant_id, user_id=HERE)
        assert str(solveig.id).replace("-", "") not in own

    def test_whoever_signed_in_again_as_the_same_may_still_send(self, client, house, solveig):
        sign_in(client, solveig)

        answer = client.post(address(house.carers), {**TYPED, "version": "1", "session_mark": mark(solveig)})

        assert answer.status_code != 409

    def test_nonsense_is_somebody_elses(self, client, house, solveig):
        answer = client.post(address(house.carers), {**TYPED, "session_mark": "é"})

        assert answer.status_code == 409


class TestSignedOutMeanwhile:
    @pytest.fixture
    def ended(self, solveig):
        services.end_session(actor=as_actor(solveig), session_id=only_session(solveig).id, now=NINE)

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_what_was_typed_comes_back_with_a_way_to_sign_in(self, client, house, ended, language):
        answer = client.post(f"{address(house.carers)}?lang={language}", TYPED)

        assert answer.status_code == 403
        assert SHOWN in text(answer)
        assert 'href="/arbeid/logg-inn/?next=' in text(answer)
        assert answer.headers["Cache-Control"] == "no-store"

    def test_it_can_be_sent_again_as_it_was_by_the_same_person(self, client, house, solveig, ended):
        answer = client.post(address(house.carers), {**TYPED, "version": "1", "session_mark": mark(solveig)})

        assert '<input type="hidden" name="version" value="1">' in text(answer)
        assert f'name="session_mark" value="{mark(solveig)}"' in text(answer)

    def test_the_form_is_found_again_after_sign_in(self, client, house, ended):
        page = f"http://testserver{address(house.carers)}?fra=liste"

        answer = client.post(address(house.carers), TYPED, headers={"Referer": page})

        assert "%3Ffra%3Dliste" in text(answer)

    def test_another_sites_address_is_not_followed(self, client, house, ended):
        answer = client.post(address(house.carers), TYPED, headers={"Referer": "https://evil.invalid/arbeid/"})

        assert "evil" not in text(answer)

    def test_a_form_without_words_is_sent_to_sign_in(self, client, house, ended):
        assert client.post(address(house.carers)).status_code == 302

    def test_a_part_of_a_page_is_not_filled_with_a_sign_in_page(self, client, house, ended):
        answer = client.get(
            "/arbeid/enheter/",
            headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/arbeid/enheter/?q=vest"},
        )

        assert answer.headers["HX-Redirect"] == "/arbeid/logg-inn/?next=%2Farbeid%2Fenheter%2F%3Fq%3Dvest"

    def test_passwords_are_never_shown_again(self, client, house, ended):
        answer = client.post(address(house.carers), {**TYPED, "password": "correct horse battery"})

        assert "correct horse" not in text(answer)
        assert "Send igjen" not in text(answer)


class TestForged:
    """ASVS 5.0 V3.5.1: what does not come from our own page is refused."""

    @pytest.fixture
    def strict(self, solveig):
        client = CheckedClient(enforce_csrf_checks=True)
        with clock.frozen(NINE):
            sign_in(client, solveig)
        return client

    def test_v3_5_1_a_form_without_its_token_is_refused(self, strict, house):
        before = unit_says(house.carers)

        assert strict.post(address(house.carers), TYPED).status_code == 403
        assert unit_says(house.carers) == before

    @pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.invalid"}, {"Sec-Fetch-Site": "cross-site"}])
    def test_another_site_cannot_put_words_on_our_page(self, strict, house, solveig, headers):
        answer = strict.post(address(house.carers), {**TYPED, "session_mark": mark(solveig)}, headers=headers)

        assert answer.status_code == 403
        assert "nye" not in text(answer)

    def test_an_old_page_of_our_own_gets_its_words_back_and_a_new_token(self, strict, house, solveig):
        answer = strict.post(address(house.carers), {**TYPED, "session_mark": mark(solveig)}, headers=OWN)

        assert answer.status_code == 403
        assert SHOWN in text(answer)
        assert "Send igjen" in text(answer)

    def test_without_the_persons_mark_it_cannot_be_sent_again(self, strict, house):
        answer = strict.post(address(house.carers), TYPED, headers=OWN)

        assert SHOWN in text(answer)
        assert "Send igjen" not in text(answer)

    def test_the_form_of_another_person_says_so_before_its_old_token_does(self, strict, house):
        other = mark_of(tenant_id=HERE, user_id=HERE)

        assert strict.post(address(house.carers), {**TYPED, "session_mark": other}, headers=OWN).status_code == 409


class TestReallyCommitted:
    """Refusals are written in a transaction of their own, so these really commit."""

    @pytest.fixture
    def built(self, committed):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            return build_house(HERE)

    @pytest.fixture
    def amina(self, client, built):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID), clock.frozen(NINE):
            account = worker(built.top)
            sign_in(client, account)
        return account

    @pytest.mark.parametrize("model", [RoleGrant, PostHolding])
    def test_a_role_that_ends_while_the_form_is_open_keeps_the_words_and_stores_nothing(
        self, client, built, amina, model
    ):
        assert client.get(address(built.carers)).status_code == 200
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            model.objects.update(ended_at=NINE)

        answer = client.post(address(built.carers), {**TYPED, "version": "1", "session_mark": mark(amina)})

        assert answer.status_code == 403
        assert SHOWN in text(answer)
        assert "Send igjen" not in text(answer)
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            assert "nye" not in unit_says(built.carers)

    def test_a_refusal_from_inside_the_view_does_too(self, client, built):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID), clock.frozen(NINE):
            sign_in(client, worker(built.home_care))

        answer = client.post(address(built.carers), {**TYPED, "version": "1"})

        assert answer.status_code == 403
        assert SHOWN in text(answer)
