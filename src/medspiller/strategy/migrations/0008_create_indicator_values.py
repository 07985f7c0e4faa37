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
    dependencies = [("strategy", "0007_create_status_reports")]

    operations = [
        migrations.CreateModel(
            name="IndicatorValue",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("period_from", models.DateField()),
                ("period_to", models.DateField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=16)),
                ("source", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.CreateModel(
            name="IndicatorValueHistoryrow",
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
                ("period_from", models.DateField()),
                ("period_to", models.DateField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=16)),
                ("source", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField(blank=True, default="")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="indicatorvaluehistoryrow",
            name="measure_indicator",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="strategy.measureindicator",
            ),
        ),
        migrations.AddField(
            model_name="indicatorvalue",
            name="measure_indicator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="values", to="strategy.measureindicator"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorvalue",
            constraint=models.UniqueConstraint(
                fields=("tenant_id", "measure_indicator", "period_from", "period_to"), name="strategy_value_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorvalue",
            constraint=models.CheckConstraint(
                condition=models.Q(("period_to__gt", models.F("period_from"))), name="strategy_value_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorvalue",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="strategy_value_has_source"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorvalue",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_indicatorvaluehistoryrow" ("at", "by", "by_name", "id", "measure_indicator_id", "period_from", "period_to", "pgh_created_at", "pgh_label", "source", "tenant_id", "value") VALUES (NEW."at", NEW."by", NEW."by_name", NEW."id", NEW."measure_indicator_id", NEW."period_from", NEW."period_to", NOW(), \'insert\', NEW."source", NEW."tenant_id", NEW."value"); RETURN NULL;',
                    hash="a4f1c96cc2fcee1df3b56283f2ea44dd1bf2d63d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4fd53",
                    table="strategy_indicatorvalue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorvalue",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "strategy_indicatorvaluehistoryrow" ("at", "by", "by_name", "id", "measure_indicator_id", "period_from", "period_to", "pgh_created_at", "pgh_label", "source", "tenant_id", "value") VALUES (NEW."at", NEW."by", NEW."by_name", NEW."id", NEW."measure_indicator_id", NEW."period_from", NEW."period_to", NOW(), \'update\', NEW."source", NEW."tenant_id", NEW."value"); RETURN NULL;',
                    hash="cac5ef6e0e3b5e0ba04d126f75183c4743e5074f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_542f0",
                    table="strategy_indicatorvalue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorvalue",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_indicatorvaluehistoryrow" ("at", "by", "by_name", "id", "measure_indicator_id", "period_from", "period_to", "pgh_created_at", "pgh_label", "source", "tenant_id", "value") VALUES (OLD."at", OLD."by", OLD."by_name", OLD."id", OLD."measure_indicator_id", OLD."period_from", OLD."period_to", NOW(), \'delete\', OLD."source", OLD."tenant_id", OLD."value"); RETURN NULL;',
                    hash="dc902cf5086dcd8b71a4f241ccdf5056e2839774",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5b8cf",
                    table="strategy_indicatorvalue",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "strategy_indicatorvalue",
            references={"measure_indicator_id": "strategy_measureindicator"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("strategy_indicatorvaluehistoryrow"),
    ]
