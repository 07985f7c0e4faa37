import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import OwnRowsOnly, ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("strategy", "0010_create_line_assessments"),
    ]

    operations = [
        migrations.CreateModel(
            name="YearlyReportHistoryrow",
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
                ("year", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("language", models.CharField(max_length=5)),
                ("sections", models.JSONField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
                ("made_by_name", models.TextField(blank=True, default="")),
                ("finalised_at", models.DateTimeField(null=True)),
                ("finalised_by", models.UUIDField(null=True)),
                ("finalised_by_name", models.TextField(blank=True, default="")),
                (
                    "strategy",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="strategy.strategy",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MadeFile",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("of", models.CharField(max_length=10)),
                ("form", models.CharField(max_length=5)),
                ("year", models.PositiveSmallIntegerField(default=0)),
                ("asked_by", models.UUIDField()),
                ("content", models.TextField(null=True)),
                ("file", models.BinaryField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, default="", max_length=20)),
                ("asked_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(null=True)),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="strategy.strategy"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant_id", "asked_at"], name="strategy_madefile_asked")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant_id", "strategy", "of", "form", "year", "asked_by"),
                        name="strategy_madefile_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("of__in", ["report", "evaluation"])),
                        name="strategy_madefile_of",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["pdf", "docx"])), name="strategy_madefile_form"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("problem__in", ["", "missing", "too_large", "fault"])),
                        name="strategy_madefile_problem",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file", None), ("made_at", None)),
                            models.Q(("content", None), ("file__isnull", False), ("made_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="strategy_madefile_made_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="YearlyReport",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("language", models.CharField(max_length=5)),
                ("sections", models.JSONField()),
                ("basis", models.JSONField(default=dict)),
                ("figures", models.JSONField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
                ("made_by_name", models.TextField(blank=True, default="")),
                ("finalised_at", models.DateTimeField(null=True)),
                ("finalised_by", models.UUIDField(null=True)),
                ("finalised_by_name", models.TextField(blank=True, default="")),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="yearly_reports",
                        to="strategy.strategy",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant_id", "strategy", "year"), name="strategy_yearlyreport_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["municipal", "national"])), name="strategy_yearlyreport_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="strategy_yearlyreport_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("figures", None), ("finalised_at", None), ("finalised_by", None), ("state", "draft")
                            ),
                            models.Q(
                                ("figures__isnull", False),
                                ("finalised_at__gte", models.F("made_at")),
                                ("finalised_by__isnull", False),
                                ("state", "final"),
                            ),
                            _connector="OR",
                        ),
                        name="strategy_yearlyreport_final_whole",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="yearlyreport",
            trigger=pgtrigger.compiler.Trigger(
                name="final_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'final')",
                    func="\nRAISE EXCEPTION 'yearly report % is final', OLD.id\n    USING ERRCODE = 'check_violation', CONSTRAINT = 'strategy_yearlyreport_final_stays';\n",
                    hash="2a740de9b8c5821eae79ed635277a66f972a538f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_final_stays_6008b",
                    table="strategy_yearlyreport",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="yearlyreport",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_yearlyreporthistoryrow" ("finalised_at", "finalised_by", "finalised_by_name", "id", "kind", "language", "made_at", "made_by", "made_by_name", "pgh_created_at", "pgh_label", "sections", "state", "strategy_id", "tenant_id", "version", "year") VALUES (NEW."finalised_at", NEW."finalised_by", NEW."finalised_by_name", NEW."id", NEW."kind", NEW."language", NEW."made_at", NEW."made_by", NEW."made_by_name", NOW(), \'insert\', NEW."sections", NEW."state", NEW."strategy_id", NEW."tenant_id", NEW."version", NEW."year"); RETURN NULL;',
                    hash="b2989a9806afd4a8daa032debce8e801c98ed7ca",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9fd8b",
                    table="strategy_yearlyreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="yearlyreport",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."finalised_at" IS DISTINCT FROM (NEW."finalised_at") OR OLD."finalised_by" IS DISTINCT FROM (NEW."finalised_by") OR OLD."finalised_by_name" IS DISTINCT FROM (NEW."finalised_by_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by" IS DISTINCT FROM (NEW."made_by") OR OLD."made_by_name" IS DISTINCT FROM (NEW."made_by_name") OR OLD."sections" IS DISTINCT FROM (NEW."sections") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."strategy_id" IS DISTINCT FROM (NEW."strategy_id") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                    func='INSERT INTO "strategy_yearlyreporthistoryrow" ("finalised_at", "finalised_by", "finalised_by_name", "id", "kind", "language", "made_at", "made_by", "made_by_name", "pgh_created_at", "pgh_label", "sections", "state", "strategy_id", "tenant_id", "version", "year") VALUES (NEW."finalised_at", NEW."finalised_by", NEW."finalised_by_name", NEW."id", NEW."kind", NEW."language", NEW."made_at", NEW."made_by", NEW."made_by_name", NOW(), \'update\', NEW."sections", NEW."state", NEW."strategy_id", NEW."tenant_id", NEW."version", NEW."year"); RETURN NULL;',
                    hash="e3a50cc99612a635a910e7e928f9904bbbb4c85f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a6016",
                    table="strategy_yearlyreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="yearlyreport",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_yearlyreporthistoryrow" ("finalised_at", "finalised_by", "finalised_by_name", "id", "kind", "language", "made_at", "made_by", "made_by_name", "pgh_created_at", "pgh_label", "sections", "state", "strategy_id", "tenant_id", "version", "year") VALUES (OLD."finalised_at", OLD."finalised_by", OLD."finalised_by_name", OLD."id", OLD."kind", OLD."language", OLD."made_at", OLD."made_by", OLD."made_by_name", NOW(), \'delete\', OLD."sections", OLD."state", OLD."strategy_id", OLD."tenant_id", OLD."version", OLD."year"); RETURN NULL;',
                    hash="f0c3cadd9092bf2b07d29a04bfb6533dc8efef3e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d07bd",
                    table="strategy_yearlyreport",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "strategy_yearlyreport",
            references={"strategy_id": "strategy_strategy"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("strategy_yearlyreporthistoryrow"),
        ProtectTenantTable(
            "strategy_madefile",
            references={"strategy_id": "strategy_strategy"},
            tenant_table="organisations_tenant",
        ),
        # What somebody has taken out is theirs alone.
        OwnRowsOnly("strategy_madefile", column="asked_by"),
    ]
