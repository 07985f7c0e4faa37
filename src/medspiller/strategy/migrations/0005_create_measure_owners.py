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
    dependencies = [("strategy", "0004_create_measures")]

    operations = [
        migrations.CreateModel(
            name="MeasureGoal",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MeasureGoalHistoryrow",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MeasureOwner",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="MeasureOwnerHistoryrow",
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
                ("name", models.CharField(max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="measuregoal",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="measure_links", to="strategy.goal"
            ),
        ),
        migrations.AddField(
            model_name="measuregoal",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="goal_links", to="strategy.measure"
            ),
        ),
        migrations.AddField(
            model_name="measuregoalhistoryrow",
            name="goal",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="strategy.goal",
            ),
        ),
        migrations.AddField(
            model_name="measuregoalhistoryrow",
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
            model_name="measureowner",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="owners", to="strategy.measure"
            ),
        ),
        migrations.AddField(
            model_name="measureowner",
            name="unit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
            ),
        ),
        migrations.AddField(
            model_name="measureownerhistoryrow",
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
            model_name="measureownerhistoryrow",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="measuregoal",
            constraint=models.UniqueConstraint(
                fields=("tenant_id", "measure", "goal"), name="strategy_measuregoal_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measuregoal",
            trigger=pgtrigger.compiler.Trigger(
                name="goal_of_the_same_strategy",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NOT EXISTS (\n    SELECT 1 FROM strategy_measure m\n    JOIN strategy_goal g ON g.id = NEW.goal_id\n    JOIN strategy_focusarea a ON a.id = g.area_id AND a.strategy_id = m.strategy_id\n    WHERE m.id = NEW.measure_id\n) THEN\n    RAISE EXCEPTION 'goal % is of another strategy', NEW.goal_id\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'strategy_measuregoal_same_strategy';\nEND IF;\nRETURN NULL;\n",
                    hash="ce66ce6192deabc937925ef73fdca5739bafb15b",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_goal_of_the_same_strategy_38baa",
                    table="strategy_measuregoal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measuregoal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_measuregoalhistoryrow" ("goal_id", "id", "measure_id", "pgh_created_at", "pgh_label", "tenant_id") VALUES (NEW."goal_id", NEW."id", NEW."measure_id", NOW(), \'insert\', NEW."tenant_id"); RETURN NULL;',
                    hash="49032a9224b38f5fe8485bc617c2db34830d2b1e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_da754",
                    table="strategy_measuregoal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measuregoal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "strategy_measuregoalhistoryrow" ("goal_id", "id", "measure_id", "pgh_created_at", "pgh_label", "tenant_id") VALUES (NEW."goal_id", NEW."id", NEW."measure_id", NOW(), \'update\', NEW."tenant_id"); RETURN NULL;',
                    hash="127050aed2aedb9aefb25202f3c4b7912829a3c8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d3d44",
                    table="strategy_measuregoal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measuregoal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_measuregoalhistoryrow" ("goal_id", "id", "measure_id", "pgh_created_at", "pgh_label", "tenant_id") VALUES (OLD."goal_id", OLD."id", OLD."measure_id", NOW(), \'delete\', OLD."tenant_id"); RETURN NULL;',
                    hash="5984509ee04036cf82874e679eb5938935b7a8e5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bf630",
                    table="strategy_measuregoal",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="measureowner",
            index=models.Index(fields=["tenant_id", "unit"], name="strategy_owner_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="measureowner",
            constraint=models.UniqueConstraint(fields=("tenant_id", "measure", "number"), name="strategy_owner_number"),
        ),
        migrations.AddConstraint(
            model_name="measureowner",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), ("number__gte", 1)),
                name="strategy_owner_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measureowner",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_measureownerhistoryrow" ("id", "measure_id", "name", "number", "pgh_created_at", "pgh_label", "tenant_id", "unit_id") VALUES (NEW."id", NEW."measure_id", NEW."name", NEW."number", NOW(), \'insert\', NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="8a7f08921c6dabd749de88f8a8a06a3319686ade",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e8cd9",
                    table="strategy_measureowner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measureowner",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "strategy_measureownerhistoryrow" ("id", "measure_id", "name", "number", "pgh_created_at", "pgh_label", "tenant_id", "unit_id") VALUES (NEW."id", NEW."measure_id", NEW."name", NEW."number", NOW(), \'update\', NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="2e65011c1041e0d714e4012ba8446ae85096d11c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_04b63",
                    table="strategy_measureowner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measureowner",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_measureownerhistoryrow" ("id", "measure_id", "name", "number", "pgh_created_at", "pgh_label", "tenant_id", "unit_id") VALUES (OLD."id", OLD."measure_id", OLD."name", OLD."number", NOW(), \'delete\', OLD."tenant_id", OLD."unit_id"); RETURN NULL;',
                    hash="a6ab23c58f11531a3445f3827d1807fcad8d39cf",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d4ffd",
                    table="strategy_measureowner",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "strategy_measureowner",
            references={"measure_id": "strategy_measure", "unit_id": "organisations_unit"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("strategy_measureownerhistoryrow"),
        ProtectTenantTable(
            "strategy_measuregoal",
            references={"measure_id": "strategy_measure", "goal_id": "strategy_goal"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("strategy_measuregoalhistoryrow"),
    ]
