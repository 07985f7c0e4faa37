"""Founding a tenant and its first administrator, in an installation with nobody in it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from medspiller.access import selectors
from medspiller.access.domain import actors
from medspiller.access.models import RoleGrant, User
from medspiller.cli import access, tenant
from medspiller.cli.errors import CommandError, Refused
from medspiller.cli.main import main
from medspiller.core import clock
from tests.support.staff import build_house

NOON = datetime(2028, 2, 29, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_leap_day():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def as_owner(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Within a transaction of the owner role, undone afterwards."""
    default, owner = connections["default"], connections["owner"]
    web = {name: default.settings_dict[name] for name in ("USER", "PASSWORD")}
    with django_db_blocker.unblock():
        default.close()
        default.close_pool()
        default.settings_dict.update({name: owner.settings_dict[name] for name in web})
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            default.close()
            default.close_pool()
            default.settings_dict.update(web)


class TestFoundingATenant:
    def test_leads_to_its_first_administrator(self, as_owner):
        told = tenant.found(kind="municipality", name="Prøvekommune", number="9999", host="prove.example")

        invited = access.first_administrator(tenant="prove.example", email="Anne@Prove.example", name="Anne Demomyr")

        token = invited["invitation"].rstrip("/").rsplit("/", 1)[-1]
        opened = selectors.invitation(actor=actors.anonymous(None), token=token, now=NOON)
        grant = RoleGrant.objects.select_related("holding").get()
        assert (opened.account_name, invited["role_ends"]) == ("anne@prove.example", "2029-02-28")
        assert (grant.role, str(grant.unit_id), str(grant.holding.post_id)) == (
            "administrator", told["unit"], told["post"],
        )  # fmt: skip


class TestTheFirstAdministrator:
    def test_is_made_once(self, here):
        build_house(here)
        access.first_administrator(tenant="3201", email="anne@kommune.example", name="Anne Demomyr")

        with pytest.raises(Refused):
            access.first_administrator(tenant="3201", email="tor@kommune.example", name="Tor Demomyr")
        assert User.objects.count() == 1

    def test_needs_a_tenant(self, db):
        with pytest.raises(CommandError, match="tenant found"):
            access.first_administrator(tenant="9999", email="anne@kommune.example", name="Anne Demomyr")

    def test_needs_a_unit(self, here):
        with pytest.raises(CommandError, match="no unit"):
            access.first_administrator(tenant="3201", email="anne@kommune.example", name="Anne Demomyr")


def test_wrong_use_says_what_is_missing(capsys):
    assert main(["access", "first-administrator", "--tenant", "3201"]) == 2
    assert main(["tenant", "found", "--kind", "castle", "--name", "X"]) == 2
    assert "--email" in capsys.readouterr().err
