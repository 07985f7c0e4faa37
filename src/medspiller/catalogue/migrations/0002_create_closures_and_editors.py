import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_create_entries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EditorHistoryrow",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClosureHistoryrow",
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
                ("closed_from", models.DateField()),
                ("opens_on", models.DateField(null=True)),
                ("text", models.JSONField(default=dict)),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.entry",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("closed_from", models.DateField()),
                ("opens_on", models.DateField(null=True)),
                ("text", models.JSONField(default=dict)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="closures", to="catalogue.entry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Editor",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "user", "organisation"), name="catalogue_editor_once"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="catalogue_editor_period"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="editor",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_editorhistoryrow" ("id", "organisation_id", "pgh_created_at", "pgh_label", "tenant_id", "user_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."organisation_id", NOW(), \'insert\', NEW."tenant_id", NEW."user_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="f55be781da7bc920b138ce88ab42869cd6c36d16",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9d2a9",
                    table="catalogue_editor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="editor",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalogue_editorhistoryrow" ("id", "organisation_id", "pgh_created_at", "pgh_label", "tenant_id", "user_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."organisation_id", NOW(), \'update\', NEW."tenant_id", NEW."user_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="ba30c15dd1734c33f73d3abf746e90d0086d871a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_dd239",
                    table="catalogue_editor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="editor",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_editorhistoryrow" ("id", "organisation_id", "pgh_created_at", "pgh_label", "tenant_id", "user_id", "valid_from", "valid_to") VALUES (OLD."id", OLD."organisation_id", NOW(), \'delete\', OLD."tenant_id", OLD."user_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                    hash="f71bda8711b0a677e253f077295b5bb061db8a22",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e3cc3",
                    table="catalogue_editor",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens_on", None), ("opens_on__gt", models.F("closed_from")), _connector="OR"),
                name="catalogue_closure_period",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_closurehistoryrow" ("closed_from", "entry_id", "id", "opens_on", "pgh_created_at", "pgh_label", "tenant_id", "text") VALUES (NEW."closed_from", NEW."entry_id", NEW."id", NEW."opens_on", NOW(), \'insert\', NEW."tenant_id", NEW."text"); RETURN NULL;',
                    hash="088add11dc62b2e3b45d0b5b6f5c3841ced285c7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4bca7",
                    table="catalogue_closure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closure",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalogue_closurehistoryrow" ("closed_from", "entry_id", "id", "opens_on", "pgh_created_at", "pgh_label", "tenant_id", "text") VALUES (NEW."closed_from", NEW."entry_id", NEW."id", NEW."opens_on", NOW(), \'update\', NEW."tenant_id", NEW."text"); RETURN NULL;',
                    hash="72c89cee6aaf0a69bc6ab06a3cea3a50c7266256",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_07aba",
                    table="catalogue_closure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closure",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_closurehistoryrow" ("closed_from", "entry_id", "id", "opens_on", "pgh_created_at", "pgh_label", "tenant_id", "text") VALUES (OLD."closed_from", OLD."entry_id", OLD."id", OLD."opens_on", NOW(), \'delete\', OLD."tenant_id", OLD."text"); RETURN NULL;',
                    hash="0771e66f3e948e4c0268a1dd8c8073807c91b889",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c6b6d",
                    table="catalogue_closure",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "catalogue_closure", references={"entry_id": "catalogue_entry"}, tenant_table="organisations_tenant"
        ),
        ProtectTenantTable(
            "catalogue_editor",
            references={"user_id": "access_user", "organisation_id": "organisations_organisation"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("catalogue_closurehistoryrow"),
        ProtectHistory("catalogue_editorhistoryrow"),
    ]
