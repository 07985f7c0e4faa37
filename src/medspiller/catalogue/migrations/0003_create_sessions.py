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
from medspiller.core.schema import ProtectHistory, ProtectTenantTable, PublicTable


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_create_closures_and_editors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("series", models.UUIDField(null=True)),
                ("title", models.JSONField(default=dict)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("place", models.JSONField(null=True)),
                ("is_digital", models.BooleanField(default=False)),
                ("capacity", models.PositiveIntegerField(null=True)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("deadline", models.DateTimeField(null=True)),
                ("has_waiting_list", models.BooleanField(default=True)),
                ("allows_anonymous", models.BooleanField(default=False)),
                ("status", models.CharField(default="planned", max_length=10)),
                ("reason", models.JSONField(default=dict)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="catalogue.entry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SessionHistoryrow",
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
                ("series", models.UUIDField(null=True)),
                ("title", models.JSONField(default=dict)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("place", models.JSONField(null=True)),
                ("is_digital", models.BooleanField(default=False)),
                ("capacity", models.PositiveIntegerField(null=True)),
                ("deadline", models.DateTimeField(null=True)),
                ("has_waiting_list", models.BooleanField(default=True)),
                ("allows_anonymous", models.BooleanField(default=False)),
                ("status", models.CharField(default="planned", max_length=10)),
                ("reason", models.JSONField(default=dict)),
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
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["tenant_id", "entry", "starts_at"], name="catalogue_session_of_entry"),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["starts_at"], name="catalogue_session_start"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="catalogue_session_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity", None), ("taken__lte", models.F("capacity")), _connector="OR"),
                name="catalogue_session_not_overbooked",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["planned", "cancelled"])), name="catalogue_session_status"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_sessionhistoryrow" ("allows_anonymous", "capacity", "deadline", "ends_at", "entry_id", "has_waiting_list", "id", "is_digital", "pgh_created_at", "pgh_label", "place", "reason", "series", "starts_at", "status", "tenant_id", "title") VALUES (NEW."allows_anonymous", NEW."capacity", NEW."deadline", NEW."ends_at", NEW."entry_id", NEW."has_waiting_list", NEW."id", NEW."is_digital", NOW(), \'insert\', NEW."place", NEW."reason", NEW."series", NEW."starts_at", NEW."status", NEW."tenant_id", NEW."title"); RETURN NULL;',
                    hash="baaa3384707501d0fbd32cfdab3ee561ecc05685",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_78197",
                    table="catalogue_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."allows_anonymous" IS DISTINCT FROM (NEW."allows_anonymous") OR OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."deadline" IS DISTINCT FROM (NEW."deadline") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."entry_id" IS DISTINCT FROM (NEW."entry_id") OR OLD."has_waiting_list" IS DISTINCT FROM (NEW."has_waiting_list") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_digital" IS DISTINCT FROM (NEW."is_digital") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."series" IS DISTINCT FROM (NEW."series") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                    func='INSERT INTO "catalogue_sessionhistoryrow" ("allows_anonymous", "capacity", "deadline", "ends_at", "entry_id", "has_waiting_list", "id", "is_digital", "pgh_created_at", "pgh_label", "place", "reason", "series", "starts_at", "status", "tenant_id", "title") VALUES (NEW."allows_anonymous", NEW."capacity", NEW."deadline", NEW."ends_at", NEW."entry_id", NEW."has_waiting_list", NEW."id", NEW."is_digital", NOW(), \'update\', NEW."place", NEW."reason", NEW."series", NEW."starts_at", NEW."status", NEW."tenant_id", NEW."title"); RETURN NULL;',
                    hash="377b83cf5ef930635ac3209c1189210e50566562",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_87370",
                    table="catalogue_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_sessionhistoryrow" ("allows_anonymous", "capacity", "deadline", "ends_at", "entry_id", "has_waiting_list", "id", "is_digital", "pgh_created_at", "pgh_label", "place", "reason", "series", "starts_at", "status", "tenant_id", "title") VALUES (OLD."allows_anonymous", OLD."capacity", OLD."deadline", OLD."ends_at", OLD."entry_id", OLD."has_waiting_list", OLD."id", OLD."is_digital", NOW(), \'delete\', OLD."place", OLD."reason", OLD."series", OLD."starts_at", OLD."status", OLD."tenant_id", OLD."title"); RETURN NULL;',
                    hash="5cf56e25c216a19106b1d9e2dbad6f467e7320d0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0c21b",
                    table="catalogue_session",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "catalogue_session", references={"entry_id": "catalogue_entry"}, tenant_table="organisations_tenant"
        ),
        PublicTable("catalogue_session"),
        ProtectHistory("catalogue_sessionhistoryrow"),
    ]
