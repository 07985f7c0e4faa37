"""Registering providers and changing our keys towards them."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from medspiller.access import selectors, services
from medspiller.access.domain import actors
from medspiller.access.domain.actions import ACTIONS
from medspiller.access.domain.roles import Role
from medspiller.access.models import Provider, ProviderKey
from medspiller.access.tests.administration_world import acting
from medspiller.access.tests.provider_world import administrator, details
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tests.support.staff import build_house, employ

NOBODY = actors.anonymous(None)


@pytest.fixture
def actor(here):
    return administrator(here)


@pytest.fixture
def provider(actor, fake_issuer):
    return services.register_provider(actor=actor, details=details(fake_issuer), now=clock.now())


def actions_on_record() -> list[str]:
    ours = AccessEntry.objects.filter(action__startswith="access.")
    return list(ours.order_by("id").values_list("action", flat=True))


def newest(provider) -> UUID:
    return provider.keys.order_by("-valid_from", "-id").first().id


def change(actor, provider, wanted, *, seen=1):
    return services.change_provider(
        actor=actor, provider_id=provider.id, seen_version=seen, details=wanted, now=clock.now()
    )


def problems(call, **arguments) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refusal:
        call(now=clock.now(), **arguments)
    return refusal.value.problems


def change_key(actor, provider, **when):
    return services.rotate_key(actor=actor, provider_id=provider.id, seen_key_id=newest(provider), **when)


class TestRegister:
    def test_it_has_answered_who_it_is_and_has_a_key_of_ours(self, provider, fake_issuer):
        assert provider.metadata["token_endpoint"] == f"{fake_issuer.issuer}/token"
        assert provider.keys.count() == 1
        assert actions_on_record() == ["access.register_provider", "access.add_provider_key"]

    def test_the_secret_half_is_sealed(self, provider):
        with connection.cursor() as cursor:
            cursor.execute("SELECT private_pem FROM access_providerkey")
            ((stored,),) = cursor.fetchall()

        assert b"PRIVATE" not in bytes(stored)
        assert "PRIVATE" in ProviderKey.objects.get().private_pem

    @pytest.mark.parametrize(
        ("broken", "reason"),
        [((500, b""), "unreachable"), ((404, b"{}"), "nonsense"), ((200, b"no"), "nonsense")],
    )
    def test_one_that_does_not_answer_is_not_registered(self, actor, fake_issuer, broken, reason):
        fake_issuer.broken["/.well-known/openid-configuration"] = broken

        assert problems(services.register_provider, actor=actor, details=details(fake_issuer)) == {"issuer": reason}
        assert not Provider.objects.exists()

    def test_one_that_is_somebody_else_is_not(self, actor, fake_issuer):
        fake_issuer.document["issuer"] = "https://other.example"

        assert problems(services.register_provider, actor=actor, details=details(fake_issuer)) == {
            "issuer": "wrong_issuer"
        }

    def test_none_twice(self, actor, provider, fake_issuer):
        found = problems(services.register_provider, actor=actor, details=details(fake_issuer))

        assert found == {"client_id": "taken"}

    def test_an_issuer_knows_staff_or_citizens_never_both(self, actor, provider, fake_issuer):
        wanted = details(fake_issuer, ActorKind.STAFF, client_id="another")

        assert problems(services.register_provider, actor=actor, details=wanted) == {"issuer": "other_kind"}


class TestChange:
    def test_it_is_changed_and_the_earlier_one_kept_in_history(self, actor, provider, fake_issuer):
        wanted = details(fake_issuer, acr_values="idporten-loa-high", is_active=False)

        changed = change(actor, provider, wanted)

        assert changed.acr_values == "idporten-loa-high"
        assert selectors.ways_in(actor=NOBODY, kind=ActorKind.CITIZEN) == []
        assert actions_on_record()[-1] == "access.change_provider"
        with connection.cursor() as cursor:
            cursor.execute("SELECT pgh_label, acr_values FROM access_providerhistoryrow ORDER BY pgh_id")
            assert cursor.fetchall() == [
                ("insert", "idporten-loa-substantial"),
                ("update", "idporten-loa-high"),
            ]

    def test_the_kind_stays(self, actor, provider, fake_issuer):
        wanted = details(fake_issuer, ActorKind.STAFF)

        found = problems(services.change_provider, actor=actor, provider_id=provider.id, seen_version=1, details=wanted)

        assert found == {"kind": "fixed"}

    def test_what_is_not_there_is_not_found(self, actor, fake_issuer):
        with pytest.raises(NotFound):
            change(actor, Provider(id=uuid4()), details(fake_issuer))


class TestTwoAtOnce:
    def test_the_second_is_told_what_changed_and_nothing_is_stored(self, actor, provider, fake_issuer):
        change(actor, provider, details(fake_issuer, name="ID-porten"))

        with pytest.raises(Conflict) as refusal:
            change(actor, provider, details(fake_issuer, scopes="openid profile pid"))

        assert refusal.value.changed == {"name": "ID-porten"}
        provider.refresh_from_db()
        assert (provider.name, provider.scopes, provider.version) == ("ID-porten", "openid profile", 2)

    def test_who_has_seen_it_may_go_on(self, actor, provider, fake_issuer):
        change(actor, provider, details(fake_issuer, name="ID-porten"))

        assert change(actor, provider, details(fake_issuer, name="Innlogging her"), seen=2).version == 3

    def test_a_version_that_never_was_sees_everything_as_changed(self, actor, provider, fake_issuer):
        with pytest.raises(Conflict) as refusal:
            change(actor, provider, details(fake_issuer), seen=0)

        assert {"name", "issuer", "is_active"} <= set(refusal.value.changed)

    def test_a_key_that_both_change_is_changed_once(self, actor, provider):
        seen = newest(provider)
        services.rotate_key(actor=actor, provider_id=provider.id, seen_key_id=seen, now=clock.now())

        with pytest.raises(Conflict):
            services.rotate_key(actor=actor, provider_id=provider.id, seen_key_id=seen, now=clock.now())

        assert provider.keys.count() == 2
        assert len(selectors.published_keys(actor=NOBODY, provider_id=provider.id, now=clock.now())) == 2


class TestKeys:
    def test_a_new_one_works_at_once_and_the_old_one_ends_later(self, actor, provider):
        now = clock.now()
        change_key(actor, provider, now=now, overlap=timedelta(days=3))

        new, old = selectors.our_keys(actor=actor, provider_id=provider.id)
        assert (new.valid_from, new.valid_to) == (now, None)
        assert old.valid_to == now + timedelta(days=3)

    def test_two_work_side_by_side_and_never_three(self, actor, provider):
        for _ in range(3):
            change_key(actor, provider, now=clock.now())

        live = selectors.published_keys(actor=NOBODY, provider_id=provider.id, now=clock.now())
        assert len(live) == 2
        assert len(selectors.our_keys(actor=actor, provider_id=provider.id)) == 4

    def test_a_second_one_can_be_added_and_no_third(self, actor, provider):
        services.add_key(actor=actor, provider_id=provider.id, now=clock.now())

        assert problems(services.add_key, actor=actor, provider_id=provider.id) == {"keys": "two_live"}

    def test_one_that_somebody_has_seen_ends_at_once_and_is_forgotten(self, actor, provider):
        first = provider.keys.get()
        services.add_key(actor=actor, provider_id=provider.id, now=clock.now())

        services.end_key(actor=actor, provider_id=provider.id, key_id=first.id, now=clock.now())

        published = selectors.published_keys(actor=NOBODY, provider_id=provider.id, now=clock.now())
        assert first.kid not in {key["kid"] for key in published}
        assert ProviderKey.objects.get(id=first.id).private_pem == ""
        assert actions_on_record()[-1] == "access.end_provider_key"

    def test_the_last_one_stays(self, actor, provider):
        key = provider.keys.get()

        assert problems(services.end_key, actor=actor, provider_id=provider.id, key_id=key.id) == {"keys": "last"}

    def test_secrets_of_ended_keys_are_forgotten_at_the_next_change(self, actor, provider):
        now = clock.now()
        change_key(actor, provider, now=now, overlap=timedelta(days=1))
        change_key(actor, provider, now=now + timedelta(days=2))

        kept = [bool(key.private_pem) for key in ProviderKey.objects.order_by("valid_from")]
        assert kept == [False, True, True]


class TestWhoMay:
    CALLS = ("register_provider", "change_provider", "add_key", "rotate_key", "end_key")

    def arguments(self, name, provider, fake_issuer):
        all_of_them = {
            "details": details(fake_issuer),
            "provider_id": provider.id,
            "key_id": provider.keys.get().id,
            "seen_key_id": provider.keys.get().id,
            "seen_version": 1,
        }
        wanted = {
            "register_provider": ("details",),
            "change_provider": ("details", "provider_id", "seen_version"),
            "rotate_key": ("provider_id", "seen_key_id"),
            "end_key": ("provider_id", "key_id"),
        }
        return {each: all_of_them[each] for each in wanted.get(name, ("provider_id",))}

    @pytest.mark.parametrize("name", CALLS)
    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    def test_nobody_but_administrators(self, here, provider, fake_issuer, name, role):
        somebody = actors.Actor(
            id=uuid4(), kind=ActorKind.STAFF, tenant_id=here, roles=(actors.HeldRole(role=role, unit_id=uuid4()),)
        )

        with pytest.raises(NotAllowed):
            getattr(services, name)(actor=somebody, now=clock.now(), **self.arguments(name, provider, fake_issuer))

    @pytest.mark.parametrize("name", CALLS)
    def test_nor_the_administrator_of_a_part_of_the_house(self, here, provider, fake_issuer, name):
        house = build_house(here)
        of_a_part = acting(employ(tenant_id=here, unit_id=house.home_care, role=Role.ADMINISTRATOR))

        with pytest.raises(NotAllowed) as refusal:
            getattr(services, name)(actor=of_a_part, now=clock.now(), **self.arguments(name, provider, fake_issuer))

        assert refusal.value.reason == "not_whole_house"

    def test_where_the_house_has_two_tops_one_of_them_is_a_part(self, here, provider):
        one_top = acting(employ(tenant_id=here, unit_id=build_house(here).top, role=Role.ADMINISTRATOR))

        # `provider` was registered by somebody with a top of their own.
        assert not selectors.may_administer_providers(actor=one_top)

    @pytest.mark.parametrize("name", ["providers", "provider", "our_keys"])
    def test_and_nobody_else_reads_them(self, here, provider, name):
        arguments = {} if name == "providers" else {"provider_id": provider.id}

        with pytest.raises(NotAllowed):
            getattr(selectors, name)(actor=actors.anonymous(here), **arguments)

    def test_the_action_is_in_the_table(self):
        assert ACTIONS["access.administer_providers"].roles == {Role.ADMINISTRATOR}
