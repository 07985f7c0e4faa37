import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import AppendOnly, ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [("strategy", "0006_create_measure_links")]

    operations = [
        migrations.CreateModel(
            name="MeasureIndicator",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("indicator", models.CharField(blank=True, default="", max_length=100)),
                ("name", models.CharField(max_length=300)),
                ("unit_of_value", models.CharField(blank=True, default="", max_length=100)),
                ("definition", models.TextField(blank=True, default="")),
                ("target", models.DecimalField(decimal_places=4, max_digits=16, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MeasureIndicatorHistoryrow",
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
                ("number", models.PositiveSmallIntegerField()),
                ("indicator", models.CharField(blank=True, default="", max_length=100)),
                ("name", models.CharField(max_length=300)),
                ("unit_of_value", models.CharField(blank=True, default="", max_length=100)),
                ("definition", models.TextField(blank=True, default="")),
                ("target", models.DecimalField(decimal_places=4, max_digits=16, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StatusReport",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField()),
                ("status", models.CharField(max_length=15)),
                ("light", models.CharField(max_length=10)),
                ("text", models.TextField()),
                ("evidence", models.TextField(blank=True, default="")),
                ("evidence_url", models.CharField(blank=True, default="", max_length=500)),
                ("deviation", models.TextField(blank=True, default="")),
                ("decision_needed", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.AddField(
            model_name="measureindicator",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="indicators", to="strategy.measure"
            ),
        ),
        migrations.AddField(
            model_name="measureindicatorhistoryrow",
            name="measure",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="strategy.measure",
            ),
        ),
        migrations.AddField(
            model_name="statusreport",
            name="corrects",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrected_by",
                to="strategy.statusreport",
            ),
        ),
        migrations.AddField(
            model_name="statusreport",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="strategy.measure"
            ),
        ),
        migrations.AddConstraint(
            model_name="measureindicator",
            constraint=models.UniqueConstraint(
                fields=("tenant_id", "measure", "number"), name="strategy_indicator_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="measureindicator",
            constraint=models.UniqueConstraint(
                condition=models.Q(("indicator", ""), _negated=True),
                fields=("tenant_id", "measure", "indicator"),
                name="strategy_indicator_computed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="measureindicator",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), ("number__gte", 1)),
                name="strategy_indicator_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measureindicator",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_measureindicatorhistoryrow" ("definition", "id", "indicator", "measure_id", "name", "number", "pgh_created_at", "pgh_label", "target", "tenant_id", "unit_of_value") VALUES (NEW."definition", NEW."id", NEW."indicator", NEW."measure_id", NEW."name", NEW."number", NOW(), \'insert\', NEW."target", NEW."tenant_id", NEW."unit_of_value"); RETURN NULL;',
                    hash="fc9b28f5acde50177a963516d7115d856d1e0de0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_51d95",
                    table="strategy_measureindicator",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measureindicator",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "strategy_measureindicatorhistoryrow" ("definition", "id", "indicator", "measure_id", "name", "number", "pgh_created_at", "pgh_label", "target", "tenant_id", "unit_of_value") VALUES (NEW."definition", NEW."id", NEW."indicator", NEW."measure_id", NEW."name", NEW."number", NOW(), \'update\', NEW."target", NEW."tenant_id", NEW."unit_of_value"); RETURN NULL;',
                    hash="19580379fcf3041611dc4421b2c3ead3c5798454",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_18bec",
                    table="strategy_measureindicator",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measureindicator",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_measureindicatorhistoryrow" ("definition", "id", "indicator", "measure_id", "name", "number", "pgh_created_at", "pgh_label", "target", "tenant_id", "unit_of_value") VALUES (OLD."definition", OLD."id", OLD."indicator", OLD."measure_id", OLD."name", OLD."number", NOW(), \'delete\', OLD."target", OLD."tenant_id", OLD."unit_of_value"); RETURN NULL;',
                    hash="72667470aec02fce3ea705976c66a41a5bb5e67e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_063d3",
                    table="strategy_measureindicator",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="statusreport",
            index=models.Index(fields=["tenant_id", "measure", "-on", "-at"], name="strategy_report_of_measure"),
        ),
        migrations.AddConstraint(
            model_name="statusreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["not_started", "under_way", "done", "stopped"])),
                name="strategy_report_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="statusreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("light__in", ["green", "yellow", "red"])), name="strategy_report_light"
            ),
        ),
        migrations.AddConstraint(
            model_name="statusreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrects__isnull", False)),
                fields=("tenant_id", "corrects"),
                name="strategy_report_corrected_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="statusreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects", None), models.Q(("corrects", models.F("id")), _negated=True), _connector="OR"
                ),
                name="strategy_report_not_itself",
            ),
        ),
        ProtectTenantTable(
            "strategy_statusreport",
            references={"measure_id": "strategy_measure", "corrects_id": "strategy_statusreport"},
            tenant_table="organisations_tenant",
        ),
        AppendOnly("strategy_statusreport"),
        ProtectTenantTable(
            "strategy_measureindicator",
            references={"measure_id": "strategy_measure"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("strategy_measureindicatorhistoryrow"),
    ]
