"""Local accounts behind the pages: who may invite, whose factors are whose, and one's own account."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator as Row
from django.db import DatabaseError, connection, transaction

from medspiller.access import selectors, services
from medspiller.access.domain import actors
from medspiller.access.domain.local import CODE_SECONDS, LastFactor, WrongCode, WrongCredentials
from medspiller.access.domain.roles import Role
from medspiller.access.domain.sessions import RECENT_SIGN_IN
from medspiller.access.models import Invitation, User
from medspiller.core import clock, tenancy
from medspiller.core.errors import InvalidInput, NotAllowed, NotFound
from tests.support.authenticator import code_at
from tests.support.database import ELSEWHERE, HERE
from tests.support.local_accounts import NAME, NOON, PASSWORD, later
from tests.support.staff import employ

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def system(house):
    return actors.system(house.tenant_id)


@pytest.fixture
def owner(solveig):
    return actors.Actor(id=solveig.id, kind=actors.ActorKind.STAFF, tenant_id=solveig.tenant_id, name=solveig.name)


class TestInviting:
    def test_is_for_administrators(self, owner, solveig):
        with pytest.raises(NotAllowed):
            services.invite(actor=owner, user_id=solveig.id, now=NOON)
        with pytest.raises(NotAllowed):
            services.withdraw_invitation(actor=owner, user_id=solveig.id, now=NOON)
        with pytest.raises(NotAllowed):
            services.forget_second_factors(actor=owner, user_id=solveig.id, now=NOON)
        with pytest.raises(NotAllowed):
            services.open_local_account(actor=owner, email="ny@kommune.example", name="Ny Demomyr")

    def test_stores_no_secret(self, system, solveig):
        token = services.invite(actor=system, user_id=solveig.id, now=NOON)

        stored = Invitation.objects.get(user=solveig)
        assert token.encode() not in bytes(stored.token_hash)
        assert len(token) >= 43

    def test_is_never_for_oneself(self, house, system):
        own = employ(tenant_id=house.tenant_id, unit_id=house.top, role=Role.ADMINISTRATOR, subject="a@example.org")
        actor = selectors.actor_for(actor=system, user=own, organisation="", today=clock.today(), now=clock.now())

        with pytest.raises(NotAllowed) as refusal:
            services.invite(actor=actor, user_id=own.id, now=NOON)

        assert refusal.value.reason == "own_account"

    def test_is_for_local_accounts_only(self, system, house):
        elsewhere = employ(
            tenant_id=house.tenant_id, unit_id=house.top, role=Role.LEADER, issuer="https://login.example", subject="x"
        )

        with pytest.raises(NotFound):
            services.invite(actor=system, user_id=elsewhere.id, now=NOON)

    def test_withdrawn_is_no_longer_listed(self, system, solveig):
        services.invite(actor=system, user_id=solveig.id, now=NOON)
        listed = selectors.open_invitations(actor=system, now=NOON)
        services.withdraw_invitation(actor=system, user_id=solveig.id, now=NOON)

        assert [each.account_name for each in listed] == [NAME]
        assert selectors.open_invitations(actor=system, now=NOON) == []
        with pytest.raises(NotFound):
            services.withdraw_invitation(actor=system, user_id=solveig.id, now=NOON)


class TestOpeningAnAccount:
    def test_knows_it_by_its_address_in_small_letters(self, system):
        account = services.open_local_account(actor=system, email=" Ny.Demomyr@Kommune.example ", name="Ny  Demomyr")

        assert (account.subject, account.name, account.password) == ("ny.demomyr@kommune.example", "Ny Demomyr", "")

    def test_refuses_an_address_that_is_none_or_taken(self, system, solveig):
        for email in ("", "ikke en adresse", NAME.upper()):
            with pytest.raises(InvalidInput) as refusal:
                services.open_local_account(actor=system, email=email, name="Ny Demomyr")
            assert set(refusal.value.problems) == {"email"}


class TestFactors:
    def test_the_last_one_stays(self, owner):
        factor = add_app(owner)

        with pytest.raises(LastFactor):
            services.remove_factor(actor=owner, factor_id=factor, now=NOON)

    def test_nobody_removes_somebody_elses(self, owner, house):
        factor = add_app(owner)
        other = employ(tenant_id=house.tenant_id, unit_id=house.top, role=Role.LEADER, name="Tor Demomyr")
        stranger = actors.Actor(id=other.id, kind=actors.ActorKind.STAFF, tenant_id=house.tenant_id)

        with pytest.raises(NotFound):
            services.remove_factor(actor=stranger, factor_id=factor, now=NOON)

    def test_secrets_are_sealed_and_codes_hashed(self, owner):
        secret = services.new_totp_secret(actor=owner)
        services.add_totp(actor=owner, secret=secret, code=code_at(secret, NOON), now=NOON)
        codes = services.renew_recovery_codes(actor=owner, now=NOON)

        stored = str(list(Row.objects.values_list("data", flat=True)))
        assert secret not in stored
        assert not [code for code in codes if code.replace("-", "") in stored]

    def test_recovery_codes_alone_are_not_given(self, owner):
        with pytest.raises(LastFactor):
            services.renew_recovery_codes(actor=owner, now=NOON)

    @pytest.mark.parametrize(("seconds", "accepted"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
    def test_a_code_holds_for_one_step_to_each_side(self, owner, seconds, accepted):
        secret = services.new_totp_secret(actor=owner)
        code = code_at(secret, NOON + timedelta(seconds=seconds))

        if accepted:
            services.add_totp(actor=owner, secret=secret, code=code, now=NOON)
        else:
            with pytest.raises(WrongCode):
                services.add_totp(actor=owner, secret=secret, code=code, now=NOON)

    def test_the_code_that_set_the_app_up_is_used(self, owner):
        secret = services.new_totp_secret(actor=owner)
        services.add_totp(actor=owner, secret=secret, code=code_at(secret, NOON), now=NOON)

        with pytest.raises(WrongCode):
            services.show_code(actor=owner, code=code_at(secret, NOON), now=NOON)

    def test_an_administrator_takes_all_away_from_who_has_lost_them(self, owner, system):
        add_app(owner)

        services.forget_second_factors(actor=system, user_id=owner.id, now=NOON)

        assert selectors.second_factors(actor=owner) == selectors.SecondFactors()


class TestOnesOwnAccount:
    def test_a_changed_password_ends_all_other_sessions_and_keeps_this_one(self, person, solveig):
        person.enrol()
        other = services.start_session(
            actor=actors.Actor(id=solveig.id, kind=actors.ActorKind.STAFF, tenant_id=solveig.tenant_id),
            user=solveig, key="other", issuer="local", now=NOON, auth_time=NOON,
        )  # fmt: skip

        answer = change(person, old=PASSWORD, new="en helt annen setning")

        assert answer.url == "/arbeid/konto/"
        assert person.is_in()
        other.refresh_from_db()
        assert other.ended_at == NOON

    def test_a_password_is_changed_only_by_who_knows_the_old_one(self, person, solveig):
        person.enrol()

        tries = [change(person, old="feil", new="en helt annen setning").status_code for _ in range(6)]

        assert set(tries) == {422}
        solveig.refresh_from_db()
        assert solveig.check_password(PASSWORD)
        assert change(person, old=PASSWORD, new="en helt annen setning").status_code == 422

    def test_two_new_passwords_that_differ_are_refused(self, person):
        person.enrol()

        answer = person.post("/arbeid/konto/passord/", old=PASSWORD, password="en helt annen setning", again="en annen")

        assert answer.status_code == 422

    @pytest.mark.parametrize("path", ["passord/", "app/", "nokkel/", "reservekoder/"])
    def test_what_matters_much_asks_for_a_recent_sign_in(self, person, path):
        person.enrol()
        assert person.get(f"/arbeid/konto/{path}").status_code == 200

        with clock.frozen(NOON + RECENT_SIGN_IN):
            asked = person.get(f"/arbeid/konto/{path}")
            assert asked.url.startswith("/arbeid/bekreft/")
            assert "/arbeid/konto/bekreft/" in person.get(asked.url).content.decode()

            # Shown once more, it opens
            address = f"/arbeid/konto/bekreft/?next=/arbeid/konto/{path}"
            assert person.get(address).status_code == 200
            assert person.post(address, code="000000").status_code == 422
            assert person.post(address, code=person.code()).url == f"/arbeid/konto/{path}"
            assert person.get(f"/arbeid/konto/{path}").status_code == 200

    def test_an_app_is_moved_to_another_phone(self, person):
        person.enrol()
        old = person.secret
        with later(CODE_SECONDS):
            assert person.set_up_app("/arbeid/konto/app/").url == "/arbeid/konto/"
            assert person.secret != old
        person.sign_out()
        person.show_password()

        with later(2 * CODE_SECONDS):
            assert person.show_code(code_at(old, clock.now())).status_code == 422
            assert person.show_code(person.code()).status_code == 302

    def test_the_only_factor_is_not_removed(self, person):
        person.enrol()
        removal = re.search(r"/arbeid/konto/fjern/\d+/", person.get("/arbeid/konto/").content.decode())[0]

        assert person.get(removal).status_code == 200
        assert person.post(removal).url == "/arbeid/konto/"
        assert Row.objects.filter(type=Row.Type.TOTP).exists()

    def test_somebody_elses_factor_is_not_there(self, person):
        person.enrol()

        assert person.get("/arbeid/konto/fjern/999999/").status_code == 404

    def test_accounts_kept_elsewhere_have_no_such_page(self, staff, house):
        client = staff(Role.LEADER, house.top)
        User.objects.update(issuer="https://login.example")

        assert client.get("/arbeid/konto/").status_code == 404


class TestAnotherTenant:
    """allauth's tables know of no tenant; the database does."""

    @pytest.fixture
    def theirs(self, committed) -> dict[str, UUID]:
        found = {}
        for tenant_id in (HERE, ELSEWHERE):
            with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
                user = User.objects.create(issuer="local", subject=NAME, kind="staff", name="Solveig", password="")
                add_app(actors.Actor(id=user.id, kind=actors.ActorKind.STAFF, tenant_id=tenant_id))
                with connection.cursor() as cursor:
                    cursor.execute(
                        'INSERT INTO account_emailaddress (email, verified, "primary", user_id) '
                        "VALUES (%s, true, true, %s)",
                        [f"{tenant_id}@kommune.example", user.id],
                    )
                found[tenant_id] = user.id
        return found

    @pytest.mark.parametrize("table", ["mfa_authenticator", "account_emailaddress"])
    def test_raw_sql_sees_changes_and_removes_only_ones_own(self, theirs, table):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID), connection.cursor() as cursor:
            cursor.execute(f"SELECT user_id FROM {table}")
            assert cursor.fetchall() == [(theirs[HERE],)]
            cursor.execute(f"UPDATE {table} SET user_id = user_id WHERE user_id = %s", [theirs[ELSEWHERE]])
            assert cursor.rowcount == 0
            cursor.execute(f"DELETE FROM {table} WHERE user_id = %s", [theirs[ELSEWHERE]])
            assert cursor.rowcount == 0

    def test_raw_sql_adds_none_to_another_tenants_account(self, theirs):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():  # noqa: SIM117
            with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID), connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO mfa_authenticator (user_id, type, data, created_at) "
                    "VALUES (%s, 'webauthn', '{}', now())",
                    [theirs[ELSEWHERE]],
                )

    def test_without_a_tenant_there_is_nothing(self, theirs):
        with transaction.atomic():
            assert not Row.objects.exists()

    def test_a_password_opens_the_account_of_the_host_only(self, theirs):
        with tenancy.tenant_transaction(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID):
            user = User.objects.get(id=theirs[ELSEWHERE])
            user.set_password(PASSWORD)
            user.save()
            nobody = actors.anonymous(ELSEWHERE)
            shown = services.show_password(actor=nobody, name=NAME, password=PASSWORD, address="x", now=NOON)
            assert shown.id == theirs[ELSEWHERE]
        with (
            tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID),
            pytest.raises(WrongCredentials),
        ):
            services.show_password(actor=actors.anonymous(HERE), name=NAME, password=PASSWORD, address="x", now=NOON)


def add_app(owner) -> int:
    secret = services.new_totp_secret(actor=owner)
    services.add_totp(actor=owner, secret=secret, code=code_at(secret, NOON), now=NOON)
    return selectors.second_factors(actor=owner).totp_id


def change(person, *, old, new):
    return person.post("/arbeid/konto/passord/", old=old, password=new, again=new)
