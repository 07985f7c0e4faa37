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
    dependencies = [("strategy", "0002_create_areas")]

    operations = [
        migrations.CreateModel(
            name="ApproachHistoryrow",
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
                ("text", models.TextField()),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="strategy.focusarea",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Approach",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approaches", to="strategy.focusarea"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="strategy.focusarea"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GoalHistoryrow",
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
                ("text", models.TextField()),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="strategy.focusarea",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="approach",
            constraint=models.UniqueConstraint(fields=("tenant_id", "area", "number"), name="strategy_approach_number"),
        ),
        migrations.AddConstraint(
            model_name="approach",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), ("number__gte", 1)),
                name="strategy_approach_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approach",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_approachhistoryrow" ("area_id", "id", "number", "pgh_created_at", "pgh_label", "tenant_id", "text") VALUES (NEW."area_id", NEW."id", NEW."number", NOW(), \'insert\', NEW."tenant_id", NEW."text"); RETURN NULL;',
                    hash="ec04148e6765921cf8996c9d980cfe60c71874ac",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f5d36",
                    table="strategy_approach",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approach",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "strategy_approachhistoryrow" ("area_id", "id", "number", "pgh_created_at", "pgh_label", "tenant_id", "text") VALUES (NEW."area_id", NEW."id", NEW."number", NOW(), \'update\', NEW."tenant_id", NEW."text"); RETURN NULL;',
                    hash="4d37f03a6dfe1e3be2593649ee2253a21f16ba9e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d41e1",
                    table="strategy_approach",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approach",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_approachhistoryrow" ("area_id", "id", "number", "pgh_created_at", "pgh_label", "tenant_id", "text") VALUES (OLD."area_id", OLD."id", OLD."number", NOW(), \'delete\', OLD."tenant_id", OLD."text"); RETURN NULL;',
                    hash="54318ffc37f14b13f97d7c01cc77a2fd3a1b9c51",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_52c5c",
                    table="strategy_approach",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.UniqueConstraint(fields=("tenant_id", "area", "number"), name="strategy_goal_number"),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), ("number__gte", 1)),
                name="strategy_goal_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_goalhistoryrow" ("area_id", "id", "number", "pgh_created_at", "pgh_label", "tenant_id", "text") VALUES (NEW."area_id", NEW."id", NEW."number", NOW(), \'insert\', NEW."tenant_id", NEW."text"); RETURN NULL;',
                    hash="5955920e9e96e899eedc37741a96c167d3b022cc",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_28ef8",
                    table="strategy_goal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "strategy_goalhistoryrow" ("area_id", "id", "number", "pgh_created_at", "pgh_label", "tenant_id", "text") VALUES (NEW."area_id", NEW."id", NEW."number", NOW(), \'update\', NEW."tenant_id", NEW."text"); RETURN NULL;',
                    hash="a82b44d523f2041c6a02c3670b8daa435bf8d0cb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d603b",
                    table="strategy_goal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_goalhistoryrow" ("area_id", "id", "number", "pgh_created_at", "pgh_label", "tenant_id", "text") VALUES (OLD."area_id", OLD."id", OLD."number", NOW(), \'delete\', OLD."tenant_id", OLD."text"); RETURN NULL;',
                    hash="160c636ec1ded231dc91e5683960a9598034a024",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9ccbd",
                    table="strategy_goal",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "strategy_goal", references={"area_id": "strategy_focusarea"}, tenant_table="organisations_tenant"
        ),
        ProtectHistory("strategy_goalhistoryrow"),
        ProtectTenantTable(
            "strategy_approach", references={"area_id": "strategy_focusarea"}, tenant_table="organisations_tenant"
        ),
        ProtectHistory("strategy_approachhistoryrow"),
    ]
