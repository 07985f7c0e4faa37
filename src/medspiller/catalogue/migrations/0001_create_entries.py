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
from medspiller.core.schema import WEB_ROLE, ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0004_create_registers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.CharField(max_length=100)),
                ("review_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("taken_down_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("body", models.JSONField()),
                ("status", models.CharField(max_length=10)),
                ("note", models.TextField(blank=True, default="")),
                ("made_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="catalogue.entry"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EntryHistoryrow",
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
                ("slug", models.CharField(max_length=100)),
                ("review_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("taken_down_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.unit",
                    ),
                ),
                (
                    "live",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.version",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="entry",
            name="live",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.version"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("tenant_id", "entry", "number"), name="catalogue_version_once"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "proposed")),
                fields=("tenant_id", "entry"),
                name="catalogue_version_one_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["proposed", "approved", "superseded", "rejected", "withdrawn"])),
                name="catalogue_version_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("status", "proposed")),
                    models.Q(models.Q(("status", "proposed"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="catalogue_version_decided",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["tenant_id", "review_on"], name="catalogue_entry_review"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["tenant_id", "unit"], name="catalogue_entry_unit"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("tenant_id", "slug"), name="catalogue_entry_slug"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")), name="catalogue_entry_slug_form"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_entryhistoryrow" ("id", "live_id", "made_at", "organisation_id", "pgh_created_at", "pgh_label", "review_on", "slug", "taken_down_at", "tenant_id", "unit_id") VALUES (NEW."id", NEW."live_id", NEW."made_at", NEW."organisation_id", NOW(), \'insert\', NEW."review_on", NEW."slug", NEW."taken_down_at", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="b049c5d4a7f317d2992f4fd8a2f6e350e04a6347",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8fe0f",
                    table="catalogue_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalogue_entryhistoryrow" ("id", "live_id", "made_at", "organisation_id", "pgh_created_at", "pgh_label", "review_on", "slug", "taken_down_at", "tenant_id", "unit_id") VALUES (NEW."id", NEW."live_id", NEW."made_at", NEW."organisation_id", NOW(), \'update\', NEW."review_on", NEW."slug", NEW."taken_down_at", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="0802a12488411048ed019593dbdc8b876530a8d2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fbbd8",
                    table="catalogue_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_entryhistoryrow" ("id", "live_id", "made_at", "organisation_id", "pgh_created_at", "pgh_label", "review_on", "slug", "taken_down_at", "tenant_id", "unit_id") VALUES (OLD."id", OLD."live_id", OLD."made_at", OLD."organisation_id", NOW(), \'delete\', OLD."review_on", OLD."slug", OLD."taken_down_at", OLD."tenant_id", OLD."unit_id"); RETURN NULL;',
                    hash="e8afa9f6e33a690d7ddb69c695ec872eec821794",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_28ae2",
                    table="catalogue_entry",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "catalogue_entry",
            references={"unit_id": "organisations_unit", "organisation_id": "organisations_organisation"},
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "catalogue_version",
            references={"entry_id": "catalogue_entry", "made_by_id": "access_user", "decided_by_id": "access_user"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("catalogue_entryhistoryrow"),
        # What was written stays; only what became of it changes.
        migrations.RunSQL(
            f"REVOKE DELETE, TRUNCATE ON catalogue_version FROM {WEB_ROLE}",
            f"GRANT DELETE ON catalogue_version TO {WEB_ROLE}",
        ),
        migrations.RunSQL(
            "ALTER TABLE catalogue_entry ADD CONSTRAINT catalogue_entry_live_same_tenant "
            "FOREIGN KEY (tenant_id, live_id) REFERENCES catalogue_version (tenant_id, id) DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE catalogue_entry DROP CONSTRAINT catalogue_entry_live_same_tenant",
        ),
    ]
