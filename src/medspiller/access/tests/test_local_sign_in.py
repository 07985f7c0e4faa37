"""From an invitation to a session: what must be shown, and that nothing leads past it."""

import re
from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.domain.local import CODE_SECONDS, HALFWAY_LASTS, INVITATION_LASTS
from medspiller.access.models import SessionRecord, User
from medspiller.core import clock
from tests.support.authenticator import Authenticator, code_at
from tests.support.local_accounts import NAME, NOON, PASSWORD, SECOND_STEP, SIGN_IN, later

pytestmark = pytest.mark.usefixtures("at_noon")


class TestTheFirstTime:
    def test_leads_from_the_invitation_to_the_first_page_at_work(self, person):
        # The page says nothing until the button is pressed
        quiet = person.get(person.link)
        assert NAME not in quiet.content.decode()
        assert quiet["Referrer-Policy"] == "strict-origin"
        assert quiet["Cache-Control"] == "no-store"

        # A password leads to the choice of a second factor, an app is set up, and codes are shown
        assert person.accept().url == SECOND_STEP
        assert person.get(SECOND_STEP).url == "/arbeid/konto/oppsett/"
        assert person.get("/arbeid/konto/oppsett/").status_code == 200
        assert person.set_up_app().url == "/arbeid/konto/oppsett/reservekoder/"
        assert not person.is_in()
        shown = person.take_recovery_codes()
        assert len(set(person.codes)) == 10
        assert shown["Cache-Control"] == "no-store"

        # Now there is a session, which knows what was shown
        assert person.is_in()
        assert SessionRecord.objects.get(ended_at=None).amr == "pwd otp"

    def test_a_passkey_can_be_set_up_instead(self, person):
        person.accept()
        assert person.get("/arbeid/konto/oppsett/nokkel/").status_code == 200
        passkey = Authenticator()
        made = passkey.make(person.ask("/arbeid/konto/oppsett/nokkel/sporsmal/"))

        added = person.post("/arbeid/konto/oppsett/nokkel/", name="Jobbtelefon", answer=person.answer(made))

        assert added.url == "/arbeid/konto/oppsett/reservekoder/"
        person.take_recovery_codes()
        assert person.is_in()
        assert "Jobbtelefon" in person.get("/arbeid/konto/").content.decode()

    def test_a_phone_whose_clock_is_five_minutes_off_is_told_so(self, person):
        person.accept()
        page = person.get("/arbeid/konto/oppsett/app/").content.decode()
        secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1]

        answer = person.post("/arbeid/konto/oppsett/app/", code=code_at(secret, NOON - timedelta(minutes=5)))

        assert answer.status_code == 422
        assert "klokka" in answer.content.decode()
        assert not person.is_in()

    def test_a_rejected_code_keeps_the_key_that_was_scanned(self, person):
        person.accept()
        page = person.get("/arbeid/konto/oppsett/app/").content.decode()
        secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1]
        assert person.post("/arbeid/konto/oppsett/app/", code="000000").status_code == 422

        assert person.post("/arbeid/konto/oppsett/app/", code=code_at(secret, NOON)).status_code == 302


class TestAnInvitation:
    def test_is_not_used_up_by_being_looked_at(self, person):
        person.get(person.link)
        person.post(person.link)

        assert person.accept().status_code == 302

    def test_opens_once(self, person):
        person.accept()

        again = person.post(person.link)

        assert again.status_code == 410
        assert "brukt" in again.content.decode()

    def test_opens_until_seven_days_have_passed(self, person):
        with clock.frozen(NOON + INVITATION_LASTS - timedelta(seconds=1)):
            assert person.post(person.link).status_code == 302
        with clock.frozen(NOON + INVITATION_LASTS):
            assert person.post(person.link).status_code == 410

    def test_that_expires_while_the_password_is_typed_stores_none(self, person, solveig):
        person.post(person.link)

        with clock.frozen(NOON + INVITATION_LASTS):
            late = person.post("/arbeid/konto/passord/velg/", password=PASSWORD, again=PASSWORD)

        assert late.status_code == 410
        solveig.refresh_from_db()
        assert solveig.password == ""

    def test_withdrawn_or_replaced_opens_nothing(self, person, house, solveig):
        services.invite(actor=actors.system(house.tenant_id), user_id=solveig.id, now=NOON)

        assert person.post(person.link).status_code == 410

    def test_that_nobody_wrote_opens_nothing(self, person):
        assert person.post("/arbeid/konto/invitasjon/abc/").status_code == 410

    def test_leads_to_a_password_only_by_its_link(self, person):
        assert person.get("/arbeid/konto/passord/velg/").url == SIGN_IN

    @pytest.mark.parametrize(
        "password",
        ["kort", "elleve tegn", "passord1234567", "medspiller2026", "solveig@kommune.example", "x" * 201],
    )
    def test_refuses_a_password_that_is_easily_guessed(self, person, password):
        person.post(person.link)

        answer = person.post("/arbeid/konto/passord/velg/", password=password, again=password)

        assert answer.status_code == 422

    def test_takes_any_twelve_characters(self, person):
        # ASVS 6.2.5: no rule about which characters there are
        assert person.accept("mangesmåbarnsko").status_code == 302

    def test_to_somebody_with_a_second_factor_does_not_lead_past_it(self, person, house, solveig):
        person.enrol().sign_out()
        token = services.invite(actor=actors.system(house.tenant_id), user_id=solveig.id, now=clock.now())
        person.link = reverse("access:invitation", args=[token])

        person.accept("en helt annen setning")

        assert person.get("/arbeid/konto/oppsett/app/").url == SECOND_STEP
        assert person.get("/arbeid/konto/oppsett/nokkel/").url == SECOND_STEP
        assert not person.is_in()

    def test_accepted_ends_the_sessions_of_the_old_password(self, person, house, solveig):
        person.enrol()
        token = services.invite(actor=actors.system(house.tenant_id), user_id=solveig.id, now=clock.now())

        services.accept_invitation(
            actor=actors.anonymous(house.tenant_id), token=token, password="en helt annen setning", now=clock.now()
        )

        assert not person.is_in()


class TestSigningIn:
    def test_asks_for_password_and_code(self, person):
        person.enrol().sign_out()

        assert person.show_password(next="/arbeid/konto/").url == SECOND_STEP
        assert not person.is_in()
        with later(CODE_SECONDS):
            assert person.show_code(person.code()).url == "/arbeid/konto/"
            assert person.is_in()

    def test_never_leads_to_another_site(self, person):
        person.enrol().sign_out()
        person.show_password(next="https://evil.example/arbeid/")

        with later(CODE_SECONDS):
            assert person.show_code(person.code()).url == "/arbeid/"

    def test_a_code_is_for_once(self, person):
        person.enrol().sign_out()
        person.show_password()
        with later(CODE_SECONDS):
            used = person.code()
            person.show_code(used)
            person.sign_out()
            person.show_password()

            assert person.show_code(used).status_code == 422
            assert not person.is_in()

    def test_a_recovery_code_is_for_once_and_may_be_typed_carelessly(self, person):
        person.enrol().sign_out()
        code = person.codes[3]
        person.show_password()
        assert person.show_code(f" {code.lower().replace('-', ' ')}").status_code == 302
        assert person.is_in()
        person.sign_out()
        person.show_password()

        assert person.show_code(code).status_code == 422

    def test_new_recovery_codes_replace_the_old(self, person):
        person.enrol()
        old = person.codes[0]
        person.take_recovery_codes("/arbeid/konto/reservekoder/")
        person.sign_out()
        person.show_password()

        assert person.show_code(old).status_code == 422
        assert person.show_code(person.codes[0]).status_code == 302

    def test_the_way_is_open_for_a_quarter_of_an_hour(self, person):
        person.enrol().sign_out()
        person.show_password()

        with clock.frozen(NOON + HALFWAY_LASTS):
            assert person.show_code(person.code()).url == SIGN_IN
            assert not person.is_in()

    def test_a_closed_account_opens_nothing_even_halfway(self, person, solveig):
        person.enrol().sign_out()
        person.show_password()
        User.objects.filter(id=solveig.id).update(is_active=False)

        with later(CODE_SECONDS):
            assert person.show_code(person.code()).url == SIGN_IN
            assert person.show_password().status_code == 422

    def test_the_session_gets_a_new_key_at_each_step(self, person):
        person.enrol().sign_out()
        person.get(SIGN_IN)
        keys = [person.client.session.session_key]
        person.show_password()
        keys.append(person.client.session.session_key)
        with later(CODE_SECONDS):
            person.show_code(person.code())
        keys.append(person.client.session.session_key)

        assert len(set(keys)) == 3


class TestWithOnlyAPassword:
    """ASVS 6.3.3: nothing but the second factor is there, whichever address one goes to."""

    @pytest.mark.parametrize(
        "path",
        ["/arbeid/", "/arbeid/konto/", "/arbeid/konto/passord/", "/arbeid/konto/app/", "/arbeid/konto/reservekoder/"],
    )
    def test_no_page_for_those_who_are_signed_in_opens(self, person, path):
        person.enrol().sign_out()
        person.show_password()

        assert person.get(path).url.startswith("/arbeid/logg-inn/?next=")

    @pytest.mark.parametrize("path", ["app/", "nokkel/", "reservekoder/"])
    def test_no_second_factor_is_added_to_those_there_are(self, person, path):
        person.enrol().sign_out()
        person.show_password()

        assert person.get(f"/arbeid/konto/oppsett/{path}").url == SECOND_STEP
        assert person.post(f"/arbeid/konto/oppsett/{path}").url == SECOND_STEP
        assert person.post("/arbeid/konto/oppsett/nokkel/sporsmal/").url == SECOND_STEP

    def test_an_account_without_second_factor_must_set_one_up(self, person):
        person.accept()
        person.client.cookies.clear()

        assert person.show_password().url == "/arbeid/konto/oppsett/"
        assert not person.is_in()
        assert person.post("/arbeid/konto/oppsett/reservekoder/").url == "/arbeid/konto/oppsett/"


class TestWhatIsNotThere:
    def test_nobody_can_sign_up_and_no_other_page_of_allauth_exists(self, client):
        views = {pattern.callback for pattern in _patterns(get_resolver())}

        assert not [view for view in views if view.__module__.startswith("allauth")]
        for path in ("signup/", "social/", "email/", "password/reset/", "3rdparty/", "2fa/", "login/"):
            assert client.get(f"/arbeid/konto/{path}").status_code == 404
            assert client.get(f"/accounts/{path}").status_code == 404


class TestAnonymousPages:
    def test_ask_for_no_session(self, client, house, django_assert_max_num_queries):
        with django_assert_max_num_queries(20) as asked:
            client.get("/")

        assert not [query for query in asked.captured_queries if "django_session" in query["sql"]]


def _patterns(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern)
        else:
            yield pattern
