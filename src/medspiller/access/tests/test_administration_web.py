"""The pages of accounts, posts and roles: who sees which, what they do, and what they say when they cannot."""

import csv
import io
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import LOCAL_ISSUER
from medspiller.access.domain.roles import Role
from medspiller.access.models import Invitation, User
from medspiller.access.templatetags.access_words import ROLES
from medspiller.access.tests.administration_world import ACCOUNTS, account_page, holding_of, in_days, newcomer, text
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.core.actors import ActorKind
from medspiller.core.periods import Period
from medspiller.organisations import services as organisations
from tests.support.database import ELSEWHERE, HERE
from tests.support.staff import build_house, employ, sign_in

NOBODY = UUID("01940000-0000-7000-8000-00000000dead")
MOST_QUERIES = 12
FILE = f"{ACCOUNTS}liste.csv"


def rows_of(answer):
    return list(csv.reader(io.StringIO(text(answer).removeprefix("\N{BYTE ORDER MARK}")), delimiter=";"))


@pytest.fixture
def administrator(staff, house):
    """The administrator of the whole house, signed in."""
    return staff(Role.ADMINISTRATOR, house.top)


@pytest.fixture
def nurse(house):
    return employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.CARE_WORKER, name="Odd Demosvingen")


@pytest.fixture
def foreigner(house):
    """Somebody at work in another tenant."""
    tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID)
    there = employ(tenant_id=ELSEWHERE, unit_id=build_house(ELSEWHERE).top, role=Role.LEADER, name="Fremmed Demoborg")
    holding = holding_of(there)
    tenancy.enter_tenant(tenant_id=house.tenant_id, actor_id=actors.SYSTEM_ID)
    return there, holding


def pages_of(account, holding, grant):
    """Every page about one account."""
    page = account_page(account)
    return [
        page,
        f"{page}trinn-2/",
        f"{page}stilling/",
        f"{page}stilling/{holding.id}/rolle/",
        f"{page}stilling/{holding.id}/forleng/",
        f"{page}stilling/{holding.id}/avslutt/",
        f"{page}rolle/{grant.id}/forleng/",
        f"{page}rolle/{grant.id}/avslutt/",
    ]


class TestWhoSees:
    def test_an_administrator_sees_every_page(self, administrator, nurse):
        grant = holding_of(nurse).grants.get()

        for path in [ACCOUNTS, f"{ACCOUNTS}ny/", *pages_of(nurse, holding_of(nurse), grant)]:
            assert administrator.get(path).status_code == 200

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_in_every_language(self, administrator, nurse, language):
        page = administrator.get(account_page(nurse), {"lang": language})

        assert f'lang="{language}"' in text(page).partition("<head>")[0]

    def test_what_belongs_to_another_tenant_is_not_there(self, administrator, nurse, foreigner):
        stranger, foreign = foreigner
        grant = holding_of(nurse).grants.get()

        for path in pages_of(stranger, foreign, grant):
            assert administrator.get(path).status_code == 404
        for path in pages_of(nurse, foreign, type("Gone", (), {"id": NOBODY}))[3:]:
            assert administrator.get(path).status_code == 404
            assert administrator.post(path, {}).status_code == 404
        assert "Fremmed Demoborg" not in text(administrator.get(ACCOUNTS))
        assert "Fremmed Demoborg" not in text(administrator.get(FILE))

    def test_an_administrator_of_a_part_sees_that_part_and_those_who_wait(self, staff, house, nurse):
        elsewhere = employ(tenant_id=house.tenant_id, unit_id=house.carers, role=Role.LEADER, name="Liv Demoskog")
        newcomer(house)

        partly = staff(Role.ADMINISTRATOR, house.home_care)

        page = text(partly.get(ACCOUNTS))
        assert "Odd Demosvingen" in page
        assert "Aslaug Demonybø" in page
        assert "Liv Demoskog" not in page
        assert "Liv Demoskog" not in text(partly.get(FILE))
        assert partly.get(account_page(elsewhere)).status_code == 404

    def test_carers_are_not_among_them(self, administrator, house):
        services.register_account(
            actor=actors.system(house.tenant_id),
            issuer="https://idporten.example",
            subject="carer",
            kind=ActorKind.CITIZEN,
            name="Kari Demofjell",
        )

        assert "Kari Demofjell" not in text(administrator.get(ACCOUNTS))


class TestTheList:
    def test_is_searched_by_name(self, administrator, nurse, house):
        employ(tenant_id=house.tenant_id, unit_id=house.carers, role=Role.LEADER, name="Liv Demoskog")

        page = text(administrator.get(ACCOUNTS, {"q": "svingen"}))

        assert "Odd Demosvingen" in page
        assert "Liv Demoskog" not in page

    @pytest.mark.parametrize("typed", ["%", "_", "'; --", "\x00", "<b>"])
    def test_finds_nothing_by_odd_signs(self, administrator, nurse, typed):
        page = administrator.get(ACCOUNTS, {"q": f"svi{typed}gen"})

        assert page.status_code == 200
        assert "Odd Demosvingen" not in text(page)

    def test_shows_who_waits_for_a_role(self, administrator, house, nurse):
        newcomer(house)

        page = text(administrator.get(ACCOUNTS, {"vis": "venter"}))

        assert "Aslaug Demonybø" in page
        assert "Venter på en rolle" in page
        assert "Odd Demosvingen" not in page

    def test_shows_whose_roles_end_soon(self, administrator, house, nurse):
        account, system = newcomer(house), actors.system(house.tenant_id)
        post = organisations.open_post(actor=system, unit_id=house.top, title="Vikar", opened_on=in_days(0))
        period = Period(in_days(0), in_days(30))
        held = services.give_post(actor=system, user_id=account.id, post_id=post.id, period=period)
        services.grant_role(actor=system, holding_id=held.id, role=Role.CARE_WORKER, unit_id=house.top, period=period)

        page = text(administrator.get(ACCOUNTS, {"vis": "snart"}))

        assert "Aslaug Demonybø" in page
        assert f'<time datetime="{in_days(29)}">' in page
        assert "Odd Demosvingen" not in page

    def test_shows_whose_roles_have_ended(self, administrator, house, nurse):
        newcomer(house)
        services.end_holding(actor=actors.system(house.tenant_id), holding_id=holding_of(nurse).id, at=clock.now())

        page = text(administrator.get(ACCOUNTS, {"vis": "avsluttet"}))

        assert "Odd Demosvingen" in page
        assert "Aslaug Demonybø" not in page

    def test_comes_in_pages_and_costs_the_same_for_many(self, administrator, house, nurse):
        with CaptureQueriesContext(connection) as few:
            administrator.get(ACCOUNTS)
        for number in range(60):
            newcomer(house, name=f"Person Demorad {number:02}")

        with CaptureQueriesContext(connection) as many:
            page = text(administrator.get(ACCOUNTS))

        assert "?side=2" in page
        assert len(many) <= len(few)
        assert len(many) <= MOST_QUERIES

    def test_is_given_whole_as_a_file_narrowed_as_the_page_was(self, administrator, house, nurse):
        for number in range(60):
            newcomer(house, name=f"Person Demorad {number:02}")

        asked = {"q": "demo", "vis": "alle", "side": "2"}
        assert f'href="{FILE}?q=demo&amp;vis=alle&amp;side=2"' in text(administrator.get(ACCOUNTS, asked))
        answer = administrator.get(FILE, asked)

        heading, *lines = rows_of(answer)
        assert heading == ["Navn", "Adresse", "Stillinger", "Roller", "Har en rolle til og med"]
        assert len(lines) == 62
        (of_nurse,) = [line for line in lines if line[0] == "Odd Demosvingen"]
        assert of_nurse[2].endswith(", Hjemmetjenesten vest")
        assert of_nurse[3:] == [str(ROLES[Role.CARE_WORKER]), str(holding_of(nurse).valid_to - timedelta(days=1))]
        assert {line[4] for line in lines if "Demorad" in line[0]} == {"Venter på en rolle"}
        assert "Odd Demosvingen" not in text(administrator.get(FILE, {"vis": "venter"}))
        assert answer["Content-Disposition"] == f'attachment; filename="ansatte-{clock.today()}.csv"'

    def test_as_a_file_says_who_is_closed_or_has_ended(self, administrator, house, nurse):
        services.end_holding(actor=actors.system(house.tenant_id), holding_id=holding_of(nurse).id, at=clock.now())
        assert [line[4] for line in rows_of(administrator.get(FILE, {"vis": "avsluttet"}))[1:]] == ["Avsluttet"]

        User.objects.filter(id=nurse.id).update(is_active=False)

        assert [line[4] for line in rows_of(administrator.get(FILE, {"vis": "stengt"}))[1:]] == ["Stengt"]

    def test_as_a_file_runs_nothing_and_says_when_it_is_cut(self, administrator, house, monkeypatch):
        newcomer(house, name="=1+1")
        assert "'=1+1" in [line[0] for line in rows_of(administrator.get(FILE))]

        monkeypatch.setattr("medspiller.access.web.administration.MOST_IN_FILE", 1)

        (_heading, _line, cut) = rows_of(administrator.get(FILE))
        assert cut == ["Det er mer enn det er plass til i filen. Avgrens listen først."]

    def test_of_one_account_costs_the_same_for_many_posts(self, administrator, house, nurse):
        with CaptureQueriesContext(connection) as few:
            administrator.get(account_page(nurse))
        for number in range(5):
            post = organisations.open_post(
                actor=actors.system(house.tenant_id), unit_id=house.night, title=f"Vakt {number}", opened_on=in_days(-9)
            )
            services.give_post(
                actor=actors.system(house.tenant_id),
                user_id=nurse.id,
                post_id=post.id,
                period=Period(in_days(0), in_days(9)),
            )

        with CaptureQueriesContext(connection) as many:
            administrator.get(account_page(nurse))

        assert len(many) == len(few) <= MOST_QUERIES


class TestALocalAccount:
    def test_is_opened_and_its_link_shown_once(self, administrator, house):
        answer = administrator.post(
            f"{ACCOUNTS}ny/", {"name": "Aslaug Demonybø", "email": "aslaug@kommune.example"}, follow=True
        )
        account = User.objects.get(issuer=LOCAL_ISSUER, subject="aslaug@kommune.example")
        assert answer.redirect_chain == [(account_page(account), 302)]

        shown = administrator.post(f"{account_page(account)}lenke/")

        link = re.search(r"http://testserver(/arbeid/konto/invitasjon/[^<]+)", text(shown))[1]
        assert administrator.get(link).status_code == 200
        assert shown["Cache-Control"] == "no-store"
        assert "invitasjon/" not in text(administrator.get(account_page(account)))

    def test_has_its_link_withdrawn(self, administrator, house):
        administrator.post(f"{ACCOUNTS}ny/", {"name": "Aslaug Demonybø", "email": "aslaug@kommune.example"})
        account = User.objects.get(issuer=LOCAL_ISSUER, subject="aslaug@kommune.example")
        administrator.post(f"{account_page(account)}lenke/")

        administrator.post(f"{account_page(account)}lenke/trekk/")

        assert Invitation.objects.get(user=account).withdrawn_at is not None

    def test_is_refused_with_what_was_typed_kept(self, administrator):
        page = administrator.post(f"{ACCOUNTS}ny/", {"name": "Aslaug Demonybø", "email": "ingen adresse"})

        assert page.status_code == 422
        assert 'value="ingen adresse"' in text(page)
        assert 'id="error-summary"' in text(page)

    def test_has_its_second_step_taken_away_after_a_question(self, administrator, nurse):
        address = f"{account_page(nurse)}trinn-2/"

        assert "Forsikre deg om hvem som spør" in text(administrator.get(address))
        administrator.post(address)

        assert AccessEntry.objects.filter(action="access.forget_second_factors", subject_id=nurse.id).exists()

    def test_of_another_issuer_has_no_link(self, administrator, house):
        account = newcomer(house)

        assert f"{account_page(account)}lenke/" not in text(administrator.get(account_page(account)))
        assert administrator.post(f"{account_page(account)}lenke/").status_code == 404
        assert administrator.get(f"{account_page(account)}trinn-2/").status_code == 404


class TestRefused:
    """Refusals are written in a transaction of their own, so these really commit."""

    @pytest.fixture
    def built(self, committed):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            built = build_house(HERE)
            employ(tenant_id=HERE, unit_id=built.home_care, role=Role.CARE_WORKER, name="Odd Demosvingen")
            return built

    def signed_in(self, client, built, role, unit_id=None):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            account = employ(tenant_id=HERE, unit_id=unit_id or built.top, role=role)
            sign_in(client, account)
        return account

    def refusals(self):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            return list(AccessEntry.objects.exclude(refusal_reason="").values_list("action", "refusal_reason"))

    def job(self, name):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            account = User.objects.get(name=name)
            held = holding_of(account)
            return account, held, held.grants.get()

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    def test_is_everybody_but_an_administrator(self, client, built, role):
        self.signed_in(client, built, role)

        for path in [ACCOUNTS, FILE, f"{ACCOUNTS}ny/", *pages_of(*self.job("Odd Demosvingen"))]:
            assert client.get(path).status_code == 403

        assert ("access.administer", "role") in self.refusals()

    @pytest.mark.parametrize("ending", ["rolle/", "forleng/", "avslutt/"])
    def test_is_whoever_changes_their_own(self, client, built, ending):
        self.signed_in(client, built, Role.ADMINISTRATOR)
        account, held, _grant = self.job("Solveig Demomyr")
        typed = {"role": "leader", "unit_id": built.top, "first_day": in_days(0), "last_day": in_days(9)}

        answer = client.post(f"{account_page(account)}stilling/{held.id}/{ending}", typed)

        assert answer.status_code == 403
        assert self.refusals() == [("access.administer", "own_role")]

    def test_is_an_administrator_of_another_part(self, client, built):
        account, held, grant = self.job("Odd Demosvingen")
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            system = actors.system(HERE)
            post = organisations.open_post(actor=system, unit_id=built.carers, title="Vikar", opened_on=in_days(0))
            services.give_post(actor=system, user_id=account.id, post_id=post.id, period=Period(in_days(0), in_days(9)))
        self.signed_in(client, built, Role.ADMINISTRATOR, built.carers)

        assert client.get(account_page(account)).status_code == 200
        assert client.post(f"{account_page(account)}stilling/{held.id}/avslutt/").status_code == 403
        assert client.post(f"{account_page(account)}rolle/{grant.id}/avslutt/").status_code == 403

    def test_is_ending_the_last_administrator(self, client, built):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            upper = employ(tenant_id=HERE, unit_id=built.top, role=Role.ADMINISTRATOR, name="Nils Demomoen")
        self.signed_in(client, built, Role.ADMINISTRATOR)
        account, held, _grant = self.job("Nils Demomoen")
        assert client.post(f"{account_page(account)}stilling/{held.id}/avslutt/").status_code == 302

        # Whoever is left cannot end their own, and nobody else is there to.
        assert upper.id == account.id
        own, own_held, _grant = self.job("Solveig Demomyr")
        assert client.post(f"{account_page(own)}stilling/{own_held.id}/avslutt/").status_code == 403
