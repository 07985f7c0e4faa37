import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [("strategy", "0008_create_indicator_values")]

    operations = [
        migrations.CreateModel(
            name="PlanExport",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("form", models.CharField(max_length=10)),
                ("content", models.BinaryField(null=True)),
                ("failed", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="ImportedPlan",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("content", models.BinaryField(null=True)),
                ("digest", models.CharField(blank=True, default="", max_length=64)),
                ("kind", models.CharField(blank=True, default="", max_length=10)),
                ("source_lines", models.JSONField(default=list)),
                ("reading", models.JSONField(default=dict)),
                ("level", models.CharField(max_length=15)),
                ("state", models.CharField(max_length=10)),
                ("refused", models.CharField(blank=True, default="", max_length=20)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_by_name", models.TextField(blank=True, default="")),
                (
                    "same_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="strategy.importedplan",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportedPlanHistoryrow",
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
                ("file_name", models.CharField(max_length=200)),
                ("digest", models.CharField(blank=True, default="", max_length=64)),
                ("kind", models.CharField(blank=True, default="", max_length=10)),
                ("level", models.CharField(max_length=15)),
                ("state", models.CharField(max_length=10)),
                ("refused", models.CharField(blank=True, default="", max_length=20)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_by_name", models.TextField(blank=True, default="")),
                (
                    "same_as",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="strategy.importedplan",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="planexport",
            name="strategy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="strategy.strategy"
            ),
        ),
        migrations.AddField(
            model_name="importedplanhistoryrow",
            name="strategy",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="strategy.strategy",
            ),
        ),
        migrations.AddField(
            model_name="importedplan",
            name="strategy",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="strategy.strategy"
            ),
        ),
        migrations.AddIndex(
            model_name="planexport",
            index=models.Index(fields=["tenant_id", "asked_at"], name="strategy_export_old"),
        ),
        migrations.AddConstraint(
            model_name="planexport",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["docx", "xlsx", "board"])), name="strategy_export_form"
            ),
        ),
        migrations.AddIndex(
            model_name="importedplan",
            index=models.Index(fields=["tenant_id", "-at"], name="strategy_import_newest"),
        ),
        migrations.AddConstraint(
            model_name="importedplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["confirmed", "waiting"])),
                fields=("tenant_id", "digest"),
                name="strategy_import_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="importedplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["", "text", "docx", "xlsx", "csv"])), name="strategy_import_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="importedplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["national", "county", "municipal", "health_trust"])),
                name="strategy_import_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="importedplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "refused__in",
                            [
                                "empty",
                                "pdf",
                                "old_office",
                                "other_kind",
                                "harmful",
                                "broken",
                                "too_big",
                                "not_text",
                                "no_plan",
                                "twice",
                            ],
                        ),
                        ("state", "refused"),
                    ),
                    models.Q(("state__in", ["reading", "waiting", "confirmed", "discarded"]), ("refused", "")),
                    _connector="OR",
                ),
                name="strategy_import_refused_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="importedplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("content", None), ("state", "reading"), _connector="OR"),
                name="strategy_import_forgets_content",
            ),
        ),
        migrations.AddConstraint(
            model_name="importedplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("decided_at__isnull", False), ("state__in", ["confirmed", "discarded"])),
                        models.Q(
                            models.Q(("state__in", ["confirmed", "discarded"]), _negated=True), ("decided_at", None)
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("state", "confirmed"), ("strategy__isnull", False)),
                        models.Q(models.Q(("state", "confirmed"), _negated=True), ("strategy", None)),
                        _connector="OR",
                    ),
                ),
                name="strategy_import_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="importedplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("same_as", None), models.Q(("same_as", models.F("id")), _negated=True), _connector="OR"
                ),
                name="strategy_import_not_itself",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importedplan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_importedplanhistoryrow" ("at", "by", "by_name", "decided_at", "decided_by", "decided_by_name", "digest", "file_name", "id", "kind", "level", "pgh_created_at", "pgh_label", "refused", "same_as_id", "state", "strategy_id", "tenant_id", "unit_id") VALUES (NEW."at", NEW."by", NEW."by_name", NEW."decided_at", NEW."decided_by", NEW."decided_by_name", NEW."digest", NEW."file_name", NEW."id", NEW."kind", NEW."level", NOW(), \'insert\', NEW."refused", NEW."same_as_id", NEW."state", NEW."strategy_id", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="40f49af6a0b80e008e6f8e17940696fd66468cbc",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4fe97",
                    table="strategy_importedplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importedplan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by" IS DISTINCT FROM (NEW."by") OR OLD."by_name" IS DISTINCT FROM (NEW."by_name") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by" IS DISTINCT FROM (NEW."decided_by") OR OLD."decided_by_name" IS DISTINCT FROM (NEW."decided_by_name") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."file_name" IS DISTINCT FROM (NEW."file_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."refused" IS DISTINCT FROM (NEW."refused") OR OLD."same_as_id" IS DISTINCT FROM (NEW."same_as_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."strategy_id" IS DISTINCT FROM (NEW."strategy_id") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))',
                    func='INSERT INTO "strategy_importedplanhistoryrow" ("at", "by", "by_name", "decided_at", "decided_by", "decided_by_name", "digest", "file_name", "id", "kind", "level", "pgh_created_at", "pgh_label", "refused", "same_as_id", "state", "strategy_id", "tenant_id", "unit_id") VALUES (NEW."at", NEW."by", NEW."by_name", NEW."decided_at", NEW."decided_by", NEW."decided_by_name", NEW."digest", NEW."file_name", NEW."id", NEW."kind", NEW."level", NOW(), \'update\', NEW."refused", NEW."same_as_id", NEW."state", NEW."strategy_id", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="8f8ef6f5911ac37dcd95f0f67efb0627b5daeb80",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3b885",
                    table="strategy_importedplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importedplan",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_importedplanhistoryrow" ("at", "by", "by_name", "decided_at", "decided_by", "decided_by_name", "digest", "file_name", "id", "kind", "level", "pgh_created_at", "pgh_label", "refused", "same_as_id", "state", "strategy_id", "tenant_id", "unit_id") VALUES (OLD."at", OLD."by", OLD."by_name", OLD."decided_at", OLD."decided_by", OLD."decided_by_name", OLD."digest", OLD."file_name", OLD."id", OLD."kind", OLD."level", NOW(), \'delete\', OLD."refused", OLD."same_as_id", OLD."state", OLD."strategy_id", OLD."tenant_id", OLD."unit_id"); RETURN NULL;',
                    hash="4a84a723e46bd1f40a6dfc8be827161094968e9d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_415d8",
                    table="strategy_importedplan",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "strategy_importedplan",
            references={
                "strategy_id": "strategy_strategy",
                "unit_id": "organisations_unit",
                "same_as_id": "strategy_importedplan",
            },
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "strategy_planexport", references={"strategy_id": "strategy_strategy"}, tenant_table="organisations_tenant"
        ),
        ProtectHistory("strategy_importedplanhistoryrow"),
    ]
