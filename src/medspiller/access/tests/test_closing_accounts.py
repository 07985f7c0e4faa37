"""Closing accounts and opening them again, and what takes a second person."""

import pytest
from django.test import Client

from medspiller.access import selectors, services
from medspiller.access.domain.administration import AccountState, LastAdministrator, OwnAccount, SecondAccount
from medspiller.access.domain.roles import Role
from medspiller.access.models import Invitation, SessionRecord, User
from medspiller.access.selectors.administration import Only
from medspiller.access.tests.administration_world import account_page, acting, days, newcomer, open_post, text
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import InvalidInput, NotAllowed, NotFound
from tests.support.database import HERE
from tests.support.staff import employ, sign_in

REASON = "Har sluttet hos oss"


@pytest.fixture
def administrator(house):
    return employ(tenant_id=HERE, unit_id=house.top, role=Role.ADMINISTRATOR, name="Randi Demohaug")


@pytest.fixture
def nurse(house):
    return employ(tenant_id=HERE, unit_id=house.night, role=Role.CARE_WORKER, name="Odd Demosvingen")


def close(administrator, account, reason=REASON):
    services.close_account(actor=acting(administrator), user_id=account.id, reason=reason, now=clock.now())


def reopen(administrator, account, reason="Tilbake fra permisjon"):
    services.reopen_account(actor=acting(administrator), user_id=account.id, reason=reason)


class TestClosing:
    def test_ends_every_session_the_same_second(self, administrator, nurse):
        at_work = Client()
        sign_in(at_work, nurse)
        assert at_work.get("/arbeid/").status_code == 200

        close(administrator, nurse)

        assert SessionRecord.objects.get(user=nurse).ended_at is not None
        assert at_work.get("/arbeid/").status_code == 302

    def test_takes_all_that_the_account_may(self, administrator, nurse):
        close(administrator, nurse)
        nurse.refresh_from_db()

        assert not acting(nurse).may("workbench.view_home")

    def test_withdraws_the_link_into_it(self, administrator, house):
        new = services.open_local_account(actor=acting(administrator), email="ny@kommune.example", name="Ny Demo")
        services.invite(actor=acting(administrator), user_id=new.id, now=clock.now())

        close(administrator, new)

        assert Invitation.objects.get().withdrawn_at is not None

    def test_is_kept_with_its_reason_in_history_and_log(self, administrator, nurse):
        close(administrator, nurse)

        versions = User.pgh_event_model.objects.filter(id=nurse.id).order_by("pgh_id")
        assert list(versions.values_list("is_active", "state_reason"))[-1] == (False, REASON)
        assert AccessEntry.objects.filter(action="access.close_account", subject_id=nurse.id).count() == 1

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
    def test_needs_a_reason_of_a_sentence(self, administrator, nurse, reason):
        with pytest.raises(InvalidInput):
            close(administrator, nurse, reason)

        assert User.objects.get(id=nurse.id).is_active

    def test_twice_is_told_to_the_second(self, administrator, nurse):
        close(administrator, nurse)

        with pytest.raises(AccountState):
            close(administrator, nurse)

    def test_leaves_somebody_who_can_give_roles(self, house, administrator):
        of_a_part = employ(tenant_id=HERE, unit_id=house.home_care, role=Role.ADMINISTRATOR, name="Liv Demoborg")
        close(administrator, of_a_part)
        User.objects.filter(id=of_a_part.id).update(is_active=True)

        # The one who closes was administrator of the house a moment ago, and is not any more.
        actor = acting(administrator)
        administrator.holdings.get().grants.update(ended_at=clock.now())
        with pytest.raises(LastAdministrator):
            services.close_account(actor=actor, user_id=of_a_part.id, reason=REASON, now=clock.now())

    def test_is_not_for_who_administers_a_part_of_what_it_opens(self, house, administrator, nurse):
        of_a_part = employ(tenant_id=HERE, unit_id=house.carers, role=Role.ADMINISTRATOR, name="Liv Demoborg")

        with pytest.raises(NotAllowed):
            close(of_a_part, nurse)

    def test_is_not_for_citizens_accounts(self, administrator):
        with pytest.raises(NotFound):
            close(administrator, User.objects.create(issuer="x", subject="y", kind="citizen", name=""))


class TestOpeningAgain:
    def test_gives_back_what_has_not_run_out(self, administrator, nurse):
        close(administrator, nurse)
        reopen(administrator, nurse)
        nurse.refresh_from_db()

        assert nurse.is_active
        assert acting(nurse).may("workbench.view_home")
        assert nurse.state_reason == "Tilbake fra permisjon"

    def test_gives_no_session_back(self, administrator, nurse):
        at_work = Client()
        sign_in(at_work, nurse)
        close(administrator, nurse)
        reopen(administrator, nurse)

        assert at_work.get("/arbeid/").status_code == 302

    def test_an_open_one_is_refused(self, administrator, nurse):
        with pytest.raises(AccountState):
            reopen(administrator, nurse)

    def test_is_for_somebody_else_where_it_has_ones_own_name(self, house, administrator):
        namesake = employ(tenant_id=HERE, unit_id=house.night, role=Role.CARE_WORKER, name="randi  demohaug")
        close(administrator, namesake)

        with pytest.raises(SecondAccount):
            reopen(administrator, namesake)


class TestOnesOwn:
    @pytest.mark.parametrize("act", ["close_account", "reopen_account", "forget_second_factors", "invite"])
    def test_account_takes_a_second_person(self, administrator, act):
        more = {
            "close_account": {"reason": REASON, "now": clock.now()},
            "reopen_account": {"reason": REASON},
        }.get(act, {"now": clock.now()})

        with pytest.raises(OwnAccount) as refusal:
            getattr(services, act)(actor=acting(administrator), user_id=administrator.id, **more)

        assert (refusal.value.reason, refusal.value.subject_id) == ("own_account", administrator.id)

    @pytest.mark.parametrize("way", ["trinn-2/", "stenging/"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_page_is_refused_and_the_try_is_on_record(self, administrator, client, way, method):
        sign_in(client, administrator)

        assert getattr(client, method)(f"{account_page(administrator)}{way}").status_code == 403
        assert AccessEntry.objects.filter(kind="refused", refusal_reason="own_account").count() == 1

    def test_second_account_is_not_opened_by_oneself(self, administrator, house):
        for email, name in (("ny@kommune.example", "Randi  DEMOHAUG"), ("randi@kommune.example", "Noen Andre")):
            User.objects.filter(id=administrator.id).update(email="Randi@kommune.example")
            with pytest.raises(SecondAccount):
                services.open_local_account(actor=acting(administrator), email=email, name=name)

    def test_second_account_that_came_by_itself_gets_no_post_from_oneself(self, administrator, house):
        User.objects.filter(id=administrator.id).update(email="randi@kommune.example")
        other = newcomer(house)
        User.objects.filter(id=other.id).update(email="Randi@Kommune.example")
        post = open_post(house, house.night)

        with pytest.raises(SecondAccount):
            services.give_post(actor=acting(administrator), user_id=other.id, post_id=post.id, period=days())


class TestThePages:
    @pytest.fixture
    def browser(self, administrator, client):
        sign_in(client, administrator)
        return client

    def test_ask_why_close_and_show_that_it_is_closed(self, browser, nurse):
        there = f"{account_page(nurse)}stenging/"
        assert "blir logget ut i samme øyeblikk" in text(browser.get(there))

        shown = text(browser.post(there, {"wanted": "closed", "reason": REASON}, follow=True))

        assert "Kontoen er stengt" in shown
        assert REASON in shown
        assert "Gi en stilling" not in shown

    def test_open_it_again(self, browser, administrator, nurse):
        close(administrator, nurse)
        there = f"{account_page(nurse)}stenging/"
        assert REASON in text(browser.get(there))

        browser.post(there, {"wanted": "open", "reason": "Tilbake"})

        assert User.objects.get(id=nurse.id).is_active

    def test_do_not_open_what_a_colleague_closed_meanwhile(self, browser, administrator, nurse):
        close(administrator, nurse)

        shown = browser.post(f"{account_page(nurse)}stenging/", {"wanted": "closed", "reason": REASON}, follow=True)

        assert "Noen andre har allerede gjort dette" in text(shown)
        assert not User.objects.get(id=nurse.id).is_active

    def test_keep_what_was_typed_and_ask_for_a_reason(self, browser, nurse):
        assert browser.post(f"{account_page(nurse)}stenging/", {"wanted": "closed", "reason": ""}).status_code == 422

    def test_list_closed_accounts_by_themselves(self, browser, administrator, nurse):
        close(administrator, nurse)

        assert "Odd Demosvingen" not in text(browser.get("/arbeid/styring/ansatte/"))
        assert "Odd Demosvingen" in text(browser.get("/arbeid/styring/ansatte/", {"vis": Only.CLOSED}))

    def test_tell_it_in_the_history(self, browser, administrator, nurse):
        close(administrator, nurse)

        shown = text(browser.get("/arbeid/styring/historikk/", {"vis": selectors.ChangeKind.ACCOUNT}))

        assert "Konto stengt: Odd Demosvingen" in shown
        assert REASON in shown

    def test_say_why_one_s_own_name_is_not_opened(self, browser, administrator):
        shown = browser.post("/arbeid/styring/ansatte/ny/", {"name": "Randi Demohaug", "email": "a@kommune.example"})

        assert shown.status_code == 422
        assert "Ingen slipper seg selv inn en gang til" in text(shown)
        assert AccessEntry.objects.filter(refusal_reason="second_account").count() == 1
