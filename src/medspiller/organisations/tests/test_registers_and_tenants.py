"""What only the owner of the database does, and what everybody may look up before there is a tenant."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connections, transaction

from medspiller.audit.models import AccessEntry
from medspiller.core import events, ids, tenancy
from medspiller.core.actors import ActorKind
from medspiller.core.errors import InvalidInput, NotAllowed, NotFound
from medspiller.core.periods import Period
from medspiller.organisations import selectors, services
from medspiller.organisations.domain.kinds import TenantKind
from medspiller.organisations.domain.municipalities import CountyFact, RegisterProblem, YearNotKnown
from medspiller.organisations.models import County, Municipality, Tenant
from medspiller.organisations.tests import factories
from tests.support.database import ELSEWHERE, HERE

NOBODY = factories.stranger(None)
SYSTEM = factories.system(None)
TROMS = CountyFact(
    number="55",
    period=Period(date(2024, 1, 1)),
    name="Troms - Romsa - Tromssa",
    names={"nb": "Troms", "se": "Romsa", "fkv": "Tromssa"},
    source="https://example.org/counties",
)
TROMS_OG_FINNMARK = CountyFact(
    number="54",
    period=Period(date(2020, 1, 1), date(2024, 1, 1)),
    name="Troms og Finnmark - Romsa ja Finnmárku - Tromssa ja Finmarkku",
    names={"nb": "Troms og Finnmark"},
    source="https://example.org/counties",
)


@pytest.fixture
def owner(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The process is the owner of the database, as with MEDSPILLER_AS_OWNER=1. Nothing of it is kept."""
    web = connections["default"]
    connections["default"] = connections["owner"]
    try:
        with django_db_blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        connections["owner"].close()
        connections["default"] = web


@pytest.fixture
def registers(owner: None) -> None:
    services.publish_municipalities(actor=SYSTEM, year=2023, names={"5401": "Tromsø", "0301": "Oslo"})
    services.publish_municipalities(actor=SYSTEM, year=2024, names={"5501": "Tromsø", "0301": "Oslo - Oslove"})
    services.publish_counties(actor=SYSTEM, counties=[TROMS, TROMS_OG_FINNMARK])


class TestPublishingMunicipalities:
    def test_the_same_again_changes_nothing(self, registers):
        assert services.publish_municipalities(actor=SYSTEM, year=2023, names={"5401": "Tromsø", "0301": "Oslo"}) == 0

    def test_replaces_that_year_and_no_other(self, registers):
        changed = services.publish_municipalities(
            actor=SYSTEM, year=2023, names={"0301": "Oslo - Oslove", "1103": "Stavanger"}
        )

        assert changed == 3
        assert dict(Municipality.objects.filter(year=2023).values_list("number", "name")) == {
            "0301": "Oslo - Oslove",
            "1103": "Stavanger",
        }
        assert Municipality.objects.filter(year=2024).count() == 2

    def test_a_bad_list_changes_nothing(self, registers):
        with pytest.raises(RegisterProblem):
            services.publish_municipalities(actor=SYSTEM, year=2023, names={"9999": "Uoppgitt"})

        assert Municipality.objects.filter(year=2023).count() == 2

    @pytest.mark.parametrize("kind", [ActorKind.STAFF, ActorKind.CITIZEN, ActorKind.ANONYMOUS])
    def test_is_refused_to_everybody_but_the_system(self, owner, kind):
        with pytest.raises(NotAllowed):
            services.publish_municipalities(actor=factories.stranger(HERE, kind), year=2023, names={"0301": "Oslo"})

    def test_is_refused_by_the_database_in_a_process_that_serves_requests(self, db):
        with pytest.raises(ProgrammingError, match="permission denied"):
            services.publish_municipalities(actor=SYSTEM, year=2023, names={"0301": "Oslo"})


class TestPublishingCounties:
    def test_the_same_again_changes_nothing(self, registers):
        assert services.publish_counties(actor=SYSTEM, counties=[TROMS, TROMS_OG_FINNMARK]) == 0

    def test_a_corrected_period_replaces_the_old_one(self, registers):
        corrected = replace(TROMS, period=Period(date(2023, 12, 31)))

        services.publish_counties(actor=SYSTEM, counties=[corrected, TROMS_OG_FINNMARK])

        assert [row.fact for row in County.objects.filter(number="55")] == [corrected]

    @pytest.mark.parametrize("kind", [ActorKind.STAFF, ActorKind.CITIZEN, ActorKind.ANONYMOUS])
    def test_is_refused_to_everybody_but_the_system(self, owner, kind):
        with pytest.raises(NotAllowed):
            services.publish_counties(actor=factories.stranger(HERE, kind), counties=[TROMS])


class TestLookingUp:
    def test_a_day_gets_the_name_of_its_year(self, registers):
        before = selectors.municipality(actor=NOBODY, number="0301", on=date(2023, 12, 31))
        after = selectors.municipality(actor=NOBODY, number="0301", on=date(2024, 1, 1))

        assert (before.name.official, after.name.official) == ("Oslo", "Oslo - Oslove")
        assert (before.carried_forward, after.carried_forward) == (False, False)

    def test_a_number_that_a_reform_ended_is_not_there_afterwards(self, registers):
        assert selectors.municipality(actor=NOBODY, number="5401", on=date(2023, 6, 1)).name.norwegian == "Tromsø"
        assert selectors.municipality(actor=NOBODY, number="5401", on=date(2024, 6, 1)) is None

    def test_a_year_not_published_yet_is_answered_from_the_newest_and_says_so(self, registers):
        oslo = selectors.municipality(actor=NOBODY, number="0301", on=date(2027, 1, 1))

        assert (oslo.year, oslo.carried_forward) == (2024, True)

    def test_a_time_before_the_first_register_is_not_answered(self, registers):
        with pytest.raises(YearNotKnown) as refusal:
            selectors.municipality(actor=NOBODY, number="0301", on=date(2022, 12, 31))

        assert refusal.value.known == (2023, 2024)

    def test_a_whole_year_is_listed_only_if_it_is_published(self, registers):
        assert [fact.number for fact in selectors.municipalities(actor=NOBODY, year=2024)] == ["0301", "5501"]
        with pytest.raises(YearNotKnown):
            selectors.municipalities(actor=NOBODY, year=2025)

    def test_the_county_is_the_one_with_those_digits_on_that_day(self, registers):
        assert selectors.county_of(actor=NOBODY, number="5401", on=date(2023, 12, 31)) == TROMS_OG_FINNMARK
        assert selectors.county_of(actor=NOBODY, number="5401", on=date(2024, 1, 1)) is None
        assert selectors.county_of(actor=NOBODY, number="5501", on=date(2024, 1, 1)) == TROMS


class TestFounding:
    def test_makes_a_tenant_with_the_actors_tenant_as_its_id(self, owner):
        founder = factories.system(ids.new_id())

        tenant = services.found_tenant(
            actor=founder, kind=TenantKind.MUNICIPALITY, name=" Prøve  kommune ", municipality_number="0301",
            host="Prove.Example.org",
        )  # fmt: skip

        assert (tenant.id, tenant.name, tenant.host) == (founder.tenant_id, "Prøve kommune", "prove.example.org")
        assert tenancy.current_tenant() == tenant.id
        assert AccessEntry.objects.get(subject_id=tenant.id).action == "organisations.found_tenant"

    def test_twice_with_one_number_is_refused(self, owner):
        with pytest.raises(IntegrityError, match="municipality_number"):
            services.found_tenant(
                actor=factories.system(ids.new_id()),
                kind=TenantKind.MUNICIPALITY,
                name="Bærum",
                municipality_number="3201",
            )

    def test_all_that_is_wrong_is_told_at_once(self, owner):
        with pytest.raises(InvalidInput) as refusal:
            services.found_tenant(
                actor=factories.system(ids.new_id()),
                kind=TenantKind.DIRECTORATE,
                name="",
                municipality_number="0301",
                host="-",
            )

        assert refusal.value.problems.keys() == {"name", "municipality_number", "host"}

    def test_within_another_tenant_is_refused(self, owner):
        tenancy.enter_tenant(tenant_id=HERE, actor_id=SYSTEM.id)

        with pytest.raises(tenancy.NestedTenant):
            services.found_tenant(
                actor=factories.system(ids.new_id()), kind=TenantKind.HEALTH_TRUST, name="Prøve helseforetak"
            )

    def test_by_an_actor_of_no_tenant_is_refused(self, owner):
        with pytest.raises(events.NoTenant):
            services.found_tenant(actor=SYSTEM, kind=TenantKind.HEALTH_TRUST, name="Prøve helseforetak")

    @pytest.mark.parametrize("kind", [ActorKind.STAFF, ActorKind.CITIZEN, ActorKind.ANONYMOUS])
    def test_is_refused_to_everybody_but_the_system(self, owner, kind):
        with pytest.raises(NotAllowed):
            services.found_tenant(
                actor=factories.stranger(ids.new_id(), kind), kind=TenantKind.HEALTH_TRUST, name="Prøve helseforetak"
            )

    def test_is_refused_by_the_database_in_a_process_that_serves_requests(self, db):
        with pytest.raises(ProgrammingError, match="permission denied"):
            services.found_tenant(
                actor=factories.system(ids.new_id()), kind=TenantKind.HEALTH_TRUST, name="Prøve helseforetak"
            )


class TestFindingTheTenant:
    @pytest.fixture
    def trust(self, owner):
        founder = factories.system(ids.new_id())
        services.found_tenant(
            actor=founder, kind=TenantKind.HEALTH_TRUST, name="Prøve helseforetak", host="trust.example.org"
        )
        return founder.tenant_id

    @pytest.mark.parametrize("host", ["trust.example.org", "TRUST.example.org:8000", "trust.example.org."])
    def test_its_own_host_name_comes_before_the_default(self, trust, host):
        assert selectors.tenant_for(actor=NOBODY, host=host, default_number="3201") == trust

    def test_any_other_host_name_means_the_default(self, trust):
        assert selectors.tenant_for(actor=NOBODY, host="127.0.0.1:8000", default_number="3201") == HERE

    def test_there_may_be_none(self, trust):
        assert selectors.tenant_for(actor=NOBODY, host="127.0.0.1", default_number="0000") is None
        assert selectors.tenant_for(actor=NOBODY, host="", default_number=None) is None

    def test_it_is_answered_before_any_tenant_is_set(self, db):
        assert tenancy.current_tenant() is None
        assert selectors.tenant_for(actor=NOBODY, host="", default_number="3203") == ELSEWHERE

    def test_the_current_one_is_the_transactions(self, here):
        assert selectors.tenant(actor=NOBODY).id == here
        assert Tenant.objects.count() == 1

    def test_outside_any_there_is_none(self, db):
        with pytest.raises(NotFound):
            selectors.tenant(actor=NOBODY)

    def test_a_job_over_all_tenants_learns_their_ids(self, db):
        assert set(selectors.tenant_ids(actor=SYSTEM)) == {HERE, ELSEWHERE}

    def test_nobody_else_does(self, here):
        with pytest.raises(NotAllowed):
            selectors.tenant_ids(actor=factories.stranger(here, ActorKind.STAFF))
