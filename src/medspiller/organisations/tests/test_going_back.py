"""Going back to an earlier version of the tables with what is stored in them."""

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.core import tenancy
from medspiller.organisations.models import Unit
from tests.support.database import ELSEWHERE, HERE
from tests.support.staff import build_house

BEFORE_CHILD_WELFARE = ("organisations", "0004_create_registers")


def test_units_of_child_welfare_go_back_as_another_kind_in_every_tenant(committed):
    for tenant_id in (HERE, ELSEWHERE):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=SYSTEM_ID):
            house = build_house(tenant_id)
            Unit.objects.filter(id=house.carers).update(kind="child_welfare")
            was = dict(Unit.objects.exclude(id=house.carers).values_list("id", "kind"))
    owner = connections["owner"]

    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        MigrationExecutor(owner).migrate([BEFORE_CHILD_WELFARE])

        for tenant_id in (HERE, ELSEWHERE):
            cursor.execute("SELECT set_config('medspiller.tenant', %s, true)", [str(tenant_id)])
            cursor.execute("SELECT id, kind FROM organisations_unit")
            kinds = dict(cursor.fetchall())
            assert "child_welfare" not in kinds.values()
            assert "other" in kinds.values()
        assert was.items() <= kinds.items()
        transaction.set_rollback(True, using="owner")
