"""Sessions through the whole stack: how they begin, last, and end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from medspiller.access import selectors, services
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.access.domain.roles import Role
from medspiller.access.domain.sessions import LIMITS, RECORD_KEY, EndReason
from medspiller.access.models import KnownDevice, SessionRecord
from medspiller.access.tests.world import MINUTE, as_actor, citizen, only_session, text, worker
from medspiller.access.web import sessions as doors
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed, NotFound
from tests.support.pages import CheckedClient
from tests.support.staff import employ, sign_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def demo(settings):
    """The demo's sign-in is a door that opens sessions."""
    settings.DEMO = True


@pytest.fixture
def leader(house):
    return employ(
        tenant_id=house.tenant_id, unit_id=house.carers, role=Role.LEADER, issuer=DEMO_ISSUER, subject="leder"
    )


@pytest.fixture
def someone(client, house):
    """Somebody at work, signed in at nine."""
    with clock.frozen(NINE):
        account = worker(house.top)
        sign_in(client, account)
    return account


def where_one_lands(client, path="/arbeid/", *, at: datetime):
    with clock.frozen(at):
        return client.get(path, follow=True)


class TestBeginning:
    def test_v7_2_4_a_sign_in_gives_a_new_session_token(self, client, leader):
        client.get("/demo/logg-inn/leder/")
        before = client.session.session_key

        client.get("/demo/logg-inn/leder/")

        assert client.session.session_key != before

    def test_a_token_set_before_sign_in_is_worth_nothing_after(self, client, leader):
        stolen = client.session
        stolen["waiting"] = "for somebody to sign in"
        stolen.save()
        client.cookies[configured.SESSION_COOKIE_NAME] = stolen.session_key

        client.get("/demo/logg-inn/leder/")
        thief = CheckedClient()
        thief.cookies[configured.SESSION_COOKIE_NAME] = stolen.session_key

        assert thief.get("/arbeid/").status_code == 302
        assert "waiting" not in client.session

    def test_it_ends_the_one_this_browser_had(self, client, leader):
        client.get("/demo/logg-inn/leder/")
        first = only_session(leader)

        client.get("/demo/logg-inn/leder/")

        first.refresh_from_db()
        assert first.end_reason == EndReason.REPLACED
        assert only_session(leader).id != first.id

    def test_v7_2_3_its_secret_has_256_bits_and_is_stored_as_a_hash(self, client, leader):
        client.get("/demo/logg-inn/leder/")

        secret = client.session[RECORD_KEY]
        assert len(secret) == 43
        assert secret.encode() not in bytes(only_session(leader).key_hash)

    def test_it_remembers_what_the_provider_said(self, client, leader):
        request = RequestFactory().get("/", headers={"user-agent": FIREFOX})
        request.session, request.user = client.session, leader

        with clock.frozen(NINE + MINUTE):
            record = doors.open_session(
                request, leader, issuer="https://idp.invalid", sid="s-1", acr="high", amr="mfa", auth_time=NINE
            )

        assert (record.issuer, record.sid, record.acr, record.amr) == ("https://idp.invalid", "s-1", "high", "mfa")
        assert (record.auth_time, record.device) == (NINE, "Firefox, Linux")

    def test_nobody_has_shown_who_they_are_in_the_future(self, client, someone):
        ahead = NINE + timedelta(minutes=5)
        record = services.start_session(
            actor=as_actor(someone), user=someone, key="k", issuer="x", auth_time=ahead, now=NINE
        )

        assert record.auth_time == NINE


class TestNewBrowser:
    def test_is_told_of_on_the_next_page_and_only_once(self, client, leader):
        client.get("/demo/logg-inn/leder/", headers={"user-agent": FIREFOX})

        assert "Du har ikke logget inn fra denne nettleseren før" in text(client.get("/arbeid/"))
        assert "Du har ikke logget inn fra denne nettleseren før" not in text(client.get("/arbeid/"))

    def test_is_known_the_next_time(self, client, leader):
        client.get("/demo/logg-inn/leder/", headers={"user-agent": FIREFOX})
        client.get("/arbeid/")
        client.get("/demo/logg-inn/leder/", headers={"user-agent": FIREFOX})

        assert "Du har ikke logget inn fra denne nettleseren før" not in text(client.get("/arbeid/"))
        assert KnownDevice.objects.filter(user=leader).count() == 1

    def test_is_new_to_each_account_though_the_cookie_is_one(self, client, leader, house):
        employ(tenant_id=house.tenant_id, unit_id=house.top, role=Role.LEADER, issuer=DEMO_ISSUER, subject="tildeler")
        client.get("/demo/logg-inn/leder/")
        cookie = client.cookies[configured.DEVICE_COOKIE_NAME].value
        services.recognise_device(actor=as_actor(leader), user=worker(house.top), token=cookie, device="", now=NINE)

        hashes = [bytes(device.token_hash) for device in KnownDevice.objects.all()]
        assert len(set(hashes)) == 2

    def test_its_cookie_is_for_this_host_and_no_script(self, client, leader):
        cookie = client.get("/demo/logg-inn/leder/").cookies[configured.DEVICE_COOKIE_NAME]

        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")

    def test_a_cookie_of_another_length_is_replaced(self, client, leader):
        client.cookies[configured.DEVICE_COOKIE_NAME] = "x" * 3000

        assert client.get("/demo/logg-inn/leder/").cookies[configured.DEVICE_COOKIE_NAME].value != "x" * 3000


class TestLasting:
    def test_v7_3_1_one_that_lies_still_is_over(self, client, someone):
        assert where_one_lands(client, at=NINE + timedelta(minutes=29)).redirect_chain == []
        answer = where_one_lands(client, at=NINE + timedelta(minutes=29) + LIMITS[ActorKind.STAFF].inactivity)

        assert answer.redirect_chain == [("/arbeid/logg-inn/?next=%2Farbeid%2F", 302)]
        assert "Du ble logget ut fordi det ikke skjedde noe på 30 minutter" in text(answer)
        assert SessionRecord.objects.get(user=someone).end_reason == EndReason.IDLE

    def test_v7_3_2_no_use_makes_it_last_longer_than_a_working_day(self, client, someone):
        for minutes in range(20, 600, 20):
            assert where_one_lands(client, at=NINE + timedelta(minutes=minutes)).redirect_chain == []

        answer = where_one_lands(client, at=NINE + timedelta(hours=10))

        assert answer.redirect_chain
        assert SessionRecord.objects.get(user=someone).end_reason == EndReason.EXPIRED

    def test_being_seen_is_written_once_a_minute(self, client, someone):
        with clock.frozen(NINE + timedelta(seconds=59)):
            client.get("/arbeid/")
        assert only_session(someone).seen_at == NINE

        with clock.frozen(NINE + MINUTE):
            client.get("/arbeid/")
        assert only_session(someone).seen_at == NINE + MINUTE

    def test_asking_how_long_it_lasts_is_no_use_of_it_and_staying_is(self, client, someone):
        with clock.frozen(NINE + 28 * MINUTE):
            left = client.get("/arbeid/okt/").json()
            assert left == {"signed_in": True, "seconds_left": 120, "can_be_prolonged": True}
            assert client.post("/arbeid/okt/").json()["seconds_left"] == 30 * 60

    def test_asking_too_late_says_so_and_keeps_the_reason_for_the_next_page(self, client, someone):
        with clock.frozen(NINE + 30 * MINUTE):
            assert client.get("/arbeid/okt/").json() == {"signed_in": False}

        assert "det ikke skjedde noe" in text(where_one_lands(client, at=NINE + 31 * MINUTE))

    def test_every_page_says_when_one_is_signed_out(self, client, someone):
        with clock.frozen(NINE):
            assert "blir du logget ut klokka 10.30" in text(client.get("/arbeid/"))

    def test_a_signed_in_request_asks_five_times_at_most_before_its_view(self, client, someone):
        with clock.frozen(NINE + MINUTE):
            client.get("/arbeid/okter/")
        with clock.frozen(NINE + MINUTE), CaptureQueriesContext(connection) as asked:
            client.get("/arbeid/okt/")

        statements = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
        assert len(statements) <= 5, statements


class TestEnding:
    def test_v7_4_1_one_ended_elsewhere_lands_on_sign_in_with_a_word(self, client, someone):
        services.end_session(actor=as_actor(someone), session_id=only_session(someone).id, now=NINE)

        answer = where_one_lands(client, at=NINE + MINUTE)

        assert answer.redirect_chain == [("/arbeid/logg-inn/?next=%2Farbeid%2F", 302)]
        assert "Du ble logget ut fra et annet sted" in text(answer)

    def test_without_a_record_a_session_is_nobodys(self, client, someone):
        SessionRecord.objects.all().delete()

        assert where_one_lands(client, at=NINE).redirect_chain

    def test_a_public_page_is_shown_to_whoever_was_signed_out(self, client, someone):
        services.end_session(actor=as_actor(someone), session_id=only_session(someone).id, now=NINE)

        assert client.get("/").status_code == 200

    def test_v7_4_2_a_closed_account_is_out_at_once(self, client, someone):
        someone.is_active = False
        someone.save()

        assert where_one_lands(client, at=NINE + MINUTE).redirect_chain

    def test_a_changed_password_ends_the_sessions_it_was_not_changed_in(self, client, someone):
        someone.set_password("a new one, long enough")
        someone.save()

        assert where_one_lands(client, at=NINE + MINUTE).redirect_chain

    def test_signing_out_ends_the_record_too(self, client, someone):
        with clock.frozen(NINE):
            client.post("/arbeid/logg-ut/")

        assert SessionRecord.objects.get(user=someone).end_reason == EndReason.SIGNED_OUT

    def test_a_cookie_kept_from_before_signing_out_is_worth_nothing(self, client, someone):
        kept = client.cookies[configured.SESSION_COOKIE_NAME].value
        client.post("/arbeid/logg-ut/")
        client.cookies[configured.SESSION_COOKIE_NAME] = kept

        assert client.get("/arbeid/").status_code == 302

    def test_the_provider_ends_those_it_names_and_no_other(self, here, house):
        ours, now = worker(house.top), NINE
        for key, sid in (("a", "s-1"), ("b", "s-2"), ("c", "")):
            services.start_session(
                actor=as_actor(ours), user=ours, key=key, issuer="https://idp.invalid", sid=sid, auth_time=now, now=now
            )
        by = actors.anonymous(here)

        assert services.end_sessions_by_sid(actor=by, issuer="https://other.invalid", sid="s-1", now=now) == 0
        assert services.end_sessions_by_sid(actor=by, issuer="https://idp.invalid", sid="", now=now) == 0
        assert services.end_sessions_by_sid(actor=by, issuer="https://idp.invalid", sid="s-1", now=now) == 1
        assert set(SessionRecord.objects.filter(ended_at=None).values_list("sid", flat=True)) == {"s-2", ""}

    def test_v7_4_5_an_administrator_may_end_anybodys_and_nobody_else_may(self, house, someone):
        services.end_all_sessions(actor=actors.system(house.tenant_id), user_id=someone.id, now=NINE)
        assert not SessionRecord.objects.filter(user=someone, ended_at=None).exists()

        with pytest.raises(NotAllowed):
            services.end_all_sessions(actor=as_actor(worker(house.top)), user_id=someone.id, now=NINE)


class TestNeverBoth:
    @pytest.fixture
    def kari(self, client, here):
        account = citizen()
        sign_in(client, account)
        return account

    def test_staff_are_nobody_on_my_page(self, client, someone):
        with clock.frozen(NINE):
            answer = client.get("/min-side/")

        assert (answer.status_code, answer.url) == (302, "/min-side/logg-inn/?next=%2Fmin-side%2F")

    def test_a_citizen_is_nobody_at_work(self, client, kari):
        assert client.get("/arbeid/").url.startswith("/arbeid/logg-inn/")
        assert client.get("/min-side/").status_code == 200

    def test_a_session_does_not_outlive_what_kind_its_account_is(self, client, kari):
        SessionRecord.objects.filter(user=kari).update(kind=ActorKind.STAFF)

        assert client.get("/min-side/").status_code == 302

    def test_a_citizens_is_over_after_an_hour_at_most(self, client, here):
        account = citizen()
        with clock.frozen(NINE):
            sign_in(client, account)
        for minutes in (15, 30, 45, 59):
            assert where_one_lands(client, "/min-side/", at=NINE + minutes * MINUTE).redirect_chain == []

        assert where_one_lands(client, "/min-side/", at=NINE + 60 * MINUTE).redirect_chain

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_my_page_is_honest_in_every_language(self, client, kari, language):
        page = text(client.get("/min-side/", {"lang": language}))

        assert "/min-side/okter/" in page
        assert "/min-side/logg-ut/" in page


class TestOwnSessions:
    @pytest.fixture
    def other(self, someone):
        return services.start_session(
            actor=as_actor(someone),
            user=someone,
            key="at home",
            issuer="local",
            device="Safari, iPhone",
            auth_time=NINE,
            now=NINE,
        )

    @pytest.fixture(autouse=True)
    def _shortly_after_nine(self):
        with clock.frozen(NINE + MINUTE):
            yield

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_v7_5_2_are_listed_with_this_one_first(self, client, someone, other, language):
        page = text(client.get("/arbeid/okter/", {"lang": language}))

        assert "Safari, iPhone" in page
        shown = selectors.my_sessions(actor=as_actor(someone), this_one=other.id, now=clock.now())
        assert [each.is_this_one for each in shown] == [True, False]

    def test_one_can_be_ended(self, client, someone, other):
        assert client.post("/arbeid/okter/avslutt/", {"session": other.id}).status_code == 302

        other.refresh_from_db()
        assert other.ended_at == NINE + MINUTE
        assert client.get("/arbeid/").status_code == 200

    def test_ending_this_one_is_signing_out(self, client, someone):
        answer = client.post("/arbeid/okter/avslutt/", {"session": only_session(someone).id})

        assert "Clear-Site-Data" in answer.headers
        assert client.get("/arbeid/").status_code == 302

    def test_all_others_can_be_ended_at_once(self, client, someone, other):
        answer = client.post("/arbeid/okter/avslutt-andre/", follow=True)

        assert "1 økt er avsluttet." in text(answer)
        assert only_session(someone).id != other.id

    @pytest.mark.parametrize("who", ["somebody else's", "none", "nonsense"])
    def test_nobody_elses_can(self, client, someone, house, who):
        colleague = worker(house.top, Role.ADMINISTRATOR)
        theirs = services.start_session(
            actor=as_actor(colleague), user=colleague, key="x", issuer="local", auth_time=NINE, now=NINE
        )
        sent = {"somebody else's": theirs.id, "none": "01940000-0000-7000-8000-000000000000", "nonsense": "%00"}[who]

        assert client.post("/arbeid/okter/avslutt/", {"session": sent}).status_code == 404
        theirs.refresh_from_db()
        assert theirs.ended_at is None

    def test_those_that_have_run_out_are_not_listed(self, someone, other):
        shown = selectors.my_sessions(actor=as_actor(someone), this_one=None, now=NINE + 30 * MINUTE)

        assert shown == []

    def test_a_citizen_has_the_same_page(self, here):
        client = CheckedClient()
        sign_in(client, citizen())

        assert "Denne" in text(client.get("/min-side/okter/"))

    def test_another_persons_session_cannot_be_renewed(self, someone, house):
        with pytest.raises(NotFound):
            services.renew_proof(
                actor=as_actor(worker(house.top)), session_id=only_session(someone).id, auth_time=NINE, now=NINE
            )
