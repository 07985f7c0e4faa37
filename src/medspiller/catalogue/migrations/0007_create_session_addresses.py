import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0006_create_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="SessionAddressHistoryrow",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_actor_id",
                    models.UUIDField(db_default=medspiller.core.history.CurrentActor(), editable=False, null=True),
                ),
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                ("id", models.UUIDField(default=medspiller.core.ids.new_id, editable=False, serialize=False)),
                ("address", models.CharField(max_length=500)),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.session",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SessionAddress",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("address", models.CharField(max_length=500)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.session"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "session"), name="catalogue_sessionaddress_one")
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionaddress",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_sessionaddresshistoryrow" ("address", "id", "pgh_created_at", "pgh_label", "session_id", "tenant_id") VALUES (NEW."address", NEW."id", NOW(), \'insert\', NEW."session_id", NEW."tenant_id"); RETURN NULL;',
                    hash="c74c586a2f6780df90a6be7579642c2b34f36356",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_77a1f",
                    table="catalogue_sessionaddress",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionaddress",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalogue_sessionaddresshistoryrow" ("address", "id", "pgh_created_at", "pgh_label", "session_id", "tenant_id") VALUES (NEW."address", NEW."id", NOW(), \'update\', NEW."session_id", NEW."tenant_id"); RETURN NULL;',
                    hash="2985e37c82227d9e07988e9717886aec9e372fd2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a4e6b",
                    table="catalogue_sessionaddress",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionaddress",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_sessionaddresshistoryrow" ("address", "id", "pgh_created_at", "pgh_label", "session_id", "tenant_id") VALUES (OLD."address", OLD."id", NOW(), \'delete\', OLD."session_id", OLD."tenant_id"); RETURN NULL;',
                    hash="289620026ae1cb09cdaeabc5047be949927669f1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ad8bc",
                    table="catalogue_sessionaddress",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "catalogue_sessionaddress",
            references={"session_id": "catalogue_session"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("catalogue_sessionaddresshistoryrow"),
    ]
