import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import AppendOnly, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_keep_accounts_and_keys"),
        ("organisations", "0004_create_registers"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessReview",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("listed_on", models.DateField()),
                ("reviewed_at", models.DateTimeField()),
                ("reviewed_by", models.UUIDField()),
                ("reviewed_by_name", models.CharField(max_length=200)),
                ("note", models.TextField(blank=True, default="", max_length=2000)),
                ("roles", models.PositiveIntegerField()),
                ("next_on", models.DateField()),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="provider",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="provider",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="provider",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="user",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="user",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="user",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="provider",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False),
        ),
        migrations.AddField(
            model_name="providerhistoryrow",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False),
        ),
        migrations.AddField(
            model_name="throttle",
            name="logged_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="state_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddField(
            model_name="userhistoryrow",
            name="state_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="provider",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_providerhistoryrow" ("acr_values", "amr_values", "client_id", "id", "is_active", "issuer", "kind", "metadata", "metadata_at", "name", "pgh_created_at", "pgh_label", "scopes", "tenant_id", "version") VALUES (NEW."acr_values", NEW."amr_values", NEW."client_id", NEW."id", NEW."is_active", NEW."issuer", NEW."kind", NEW."metadata", NEW."metadata_at", NEW."name", NOW(), \'insert\', NEW."scopes", NEW."tenant_id", NEW."version"); RETURN NULL;',
                    hash="5cbd5a64a17bdbf3403bcb8137f05ebac06b2dc6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f7921",
                    table="access_provider",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="provider",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "access_providerhistoryrow" ("acr_values", "amr_values", "client_id", "id", "is_active", "issuer", "kind", "metadata", "metadata_at", "name", "pgh_created_at", "pgh_label", "scopes", "tenant_id", "version") VALUES (NEW."acr_values", NEW."amr_values", NEW."client_id", NEW."id", NEW."is_active", NEW."issuer", NEW."kind", NEW."metadata", NEW."metadata_at", NEW."name", NOW(), \'update\', NEW."scopes", NEW."tenant_id", NEW."version"); RETURN NULL;',
                    hash="952eb47158ca55abfa0a54e555216ea20f2591b3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_592b0",
                    table="access_provider",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="provider",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_providerhistoryrow" ("acr_values", "amr_values", "client_id", "id", "is_active", "issuer", "kind", "metadata", "metadata_at", "name", "pgh_created_at", "pgh_label", "scopes", "tenant_id", "version") VALUES (OLD."acr_values", OLD."amr_values", OLD."client_id", OLD."id", OLD."is_active", OLD."issuer", OLD."kind", OLD."metadata", OLD."metadata_at", OLD."name", NOW(), \'delete\', OLD."scopes", OLD."tenant_id", OLD."version"); RETURN NULL;',
                    hash="5d88521750ad2694eff02d9b550bb4c9af324242",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a0ee8",
                    table="access_provider",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_userhistoryrow" ("created_at", "email", "id", "is_active", "issuer", "kind", "name", "pgh_created_at", "pgh_label", "state_reason", "subject", "tenant_id") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."issuer", NEW."kind", NEW."name", NOW(), \'insert\', NEW."state_reason", NEW."subject", NEW."tenant_id"); RETURN NULL;',
                    hash="47f123b836e5f3ad15a01b2c5a10f315506c60ec",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b2fac",
                    table="access_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."state_reason" IS DISTINCT FROM (NEW."state_reason") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id"))',
                    func='INSERT INTO "access_userhistoryrow" ("created_at", "email", "id", "is_active", "issuer", "kind", "name", "pgh_created_at", "pgh_label", "state_reason", "subject", "tenant_id") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."issuer", NEW."kind", NEW."name", NOW(), \'update\', NEW."state_reason", NEW."subject", NEW."tenant_id"); RETURN NULL;',
                    hash="c7c572f5ec73e835faae502bd041aff479130132",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5efde",
                    table="access_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_userhistoryrow" ("created_at", "email", "id", "is_active", "issuer", "kind", "name", "pgh_created_at", "pgh_label", "state_reason", "subject", "tenant_id") VALUES (OLD."created_at", OLD."email", OLD."id", OLD."is_active", OLD."issuer", OLD."kind", OLD."name", NOW(), \'delete\', OLD."state_reason", OLD."subject", OLD."tenant_id"); RETURN NULL;',
                    hash="ac7f197389279c016610105e433adf24554cb8bc",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dea43",
                    table="access_user",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="accessreview",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
            ),
        ),
        migrations.AddIndex(
            model_name="accessreview",
            index=models.Index(fields=["tenant_id", "unit", "-reviewed_at"], name="access_accessreview_last"),
        ),
        migrations.AddConstraint(
            model_name="accessreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("next_on__gt", models.F("listed_on"))), name="access_accessreview_next_is_later"
            ),
        ),
        ProtectTenantTable(
            "access_accessreview", references={"unit_id": "organisations_unit"}, tenant_table="organisations_tenant"
        ),
        AppendOnly("access_accessreview"),
    ]
