import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from django.db.migrations.operations import RunSQL

import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [("strategy", "0003_create_goals")]

    operations = [
        migrations.CreateModel(
            name="Measure",
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
                ("from_year", models.PositiveSmallIntegerField(null=True)),
                ("to_year", models.PositiveSmallIntegerField(null=True)),
                ("budget", models.BigIntegerField(null=True)),
                ("funding", models.TextField(blank=True, default="")),
                ("partners", models.TextField(blank=True, default="")),
                ("deliverables", models.TextField(blank=True, default="")),
                (
                    "services",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("notes", models.JSONField(blank=True, default=list)),
                ("status", models.CharField(default="not_started", max_length=15)),
                ("light", models.CharField(blank=True, default="", max_length=10)),
                ("reported_on", models.DateField(null=True)),
                ("has_evidence", models.BooleanField(default=False)),
                ("needs_decision", models.BooleanField(default=False)),
                ("status_due_on", models.DateField(null=True)),
                ("learnt", models.TextField(blank=True, default="")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="MeasureHistoryrow",
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
                ("from_year", models.PositiveSmallIntegerField(null=True)),
                ("to_year", models.PositiveSmallIntegerField(null=True)),
                ("budget", models.BigIntegerField(null=True)),
                ("funding", models.TextField(blank=True, default="")),
                ("partners", models.TextField(blank=True, default="")),
                ("deliverables", models.TextField(blank=True, default="")),
                (
                    "services",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("notes", models.JSONField(blank=True, default=list)),
                ("status", models.CharField(default="not_started", max_length=15)),
                ("light", models.CharField(blank=True, default="", max_length=10)),
                ("reported_on", models.DateField(null=True)),
                ("has_evidence", models.BooleanField(default=False)),
                ("needs_decision", models.BooleanField(default=False)),
                ("status_due_on", models.DateField(null=True)),
                ("learnt", models.TextField(blank=True, default="")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="measure",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="measures", to="strategy.focusarea"
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="copied_from",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="strategy.measure"
            ),
        ),
        migrations.AddField(
            model_name="measurehistoryrow",
            name="area",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="strategy.focusarea",
            ),
        ),
        migrations.AddField(
            model_name="measurehistoryrow",
            name="copied_from",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="strategy.measure",
            ),
        ),
        migrations.AddField(
            model_name="measurehistoryrow",
            name="strategy",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="strategy.strategy",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="strategy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="measures", to="strategy.strategy"
            ),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["tenant_id", "strategy", "area", "number"], name="strategy_measure_in_order"),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(
                condition=models.Q(
                    ("status_due_on__isnull", False), models.Q(("status__in", ["done", "stopped"]), _negated=True)
                ),
                fields=["tenant_id", "status_due_on"],
                name="strategy_measure_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.UniqueConstraint(fields=("tenant_id", "area", "number"), name="strategy_measure_number"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), ("number__gte", 1)),
                name="strategy_measure_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("from_year", None),
                        models.Q(("from_year__gte", 1990), ("from_year__lte", 2100)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("to_year", None), models.Q(("to_year__gte", 1990), ("to_year__lte", 2100)), _connector="OR"
                    ),
                    models.Q(
                        ("from_year", None), ("to_year", None), ("to_year__gte", models.F("from_year")), _connector="OR"
                    ),
                ),
                name="strategy_measure_years",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget", None), ("budget__gte", 0), _connector="OR"),
                name="strategy_measure_budget",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["not_started", "under_way", "done", "stopped"])),
                name="strategy_measure_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("light__in", ["", "green", "yellow", "red"])), name="strategy_measure_light"
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "services__contained_by",
                        [
                            "health_station",
                            "school_health",
                            "home_care",
                            "nursing_home",
                            "mental_health",
                            "hospital",
                            "administration",
                            "other",
                        ],
                    )
                ),
                name="strategy_measure_services",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("copied_from", None), models.Q(("copied_from", models.F("id")), _negated=True), _connector="OR"
                ),
                name="strategy_measure_not_itself",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_measurehistoryrow" ("area_id", "budget", "copied_from_id", "deliverables", "from_year", "funding", "has_evidence", "id", "learnt", "light", "needs_decision", "notes", "number", "partners", "pgh_created_at", "pgh_label", "reported_on", "services", "status", "status_due_on", "strategy_id", "tenant_id", "text", "to_year", "version") VALUES (NEW."area_id", NEW."budget", NEW."copied_from_id", NEW."deliverables", NEW."from_year", NEW."funding", NEW."has_evidence", NEW."id", NEW."learnt", NEW."light", NEW."needs_decision", NEW."notes", NEW."number", NEW."partners", NOW(), \'insert\', NEW."reported_on", NEW."services", NEW."status", NEW."status_due_on", NEW."strategy_id", NEW."tenant_id", NEW."text", NEW."to_year", NEW."version"); RETURN NULL;',
                    hash="5a312c236f1f969223617f30664a9c8e6d427a10",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_09692",
                    table="strategy_measure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "strategy_measurehistoryrow" ("area_id", "budget", "copied_from_id", "deliverables", "from_year", "funding", "has_evidence", "id", "learnt", "light", "needs_decision", "notes", "number", "partners", "pgh_created_at", "pgh_label", "reported_on", "services", "status", "status_due_on", "strategy_id", "tenant_id", "text", "to_year", "version") VALUES (NEW."area_id", NEW."budget", NEW."copied_from_id", NEW."deliverables", NEW."from_year", NEW."funding", NEW."has_evidence", NEW."id", NEW."learnt", NEW."light", NEW."needs_decision", NEW."notes", NEW."number", NEW."partners", NOW(), \'update\', NEW."reported_on", NEW."services", NEW."status", NEW."status_due_on", NEW."strategy_id", NEW."tenant_id", NEW."text", NEW."to_year", NEW."version"); RETURN NULL;',
                    hash="2f65dc9b2d1feeaffd863264eb8206b49e117ca5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_52e4c",
                    table="strategy_measure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_measurehistoryrow" ("area_id", "budget", "copied_from_id", "deliverables", "from_year", "funding", "has_evidence", "id", "learnt", "light", "needs_decision", "notes", "number", "partners", "pgh_created_at", "pgh_label", "reported_on", "services", "status", "status_due_on", "strategy_id", "tenant_id", "text", "to_year", "version") VALUES (OLD."area_id", OLD."budget", OLD."copied_from_id", OLD."deliverables", OLD."from_year", OLD."funding", OLD."has_evidence", OLD."id", OLD."learnt", OLD."light", OLD."needs_decision", OLD."notes", OLD."number", OLD."partners", NOW(), \'delete\', OLD."reported_on", OLD."services", OLD."status", OLD."status_due_on", OLD."strategy_id", OLD."tenant_id", OLD."text", OLD."to_year", OLD."version"); RETURN NULL;',
                    hash="b18ab60b0c0b555418971487819f0aea22d089ab",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2ada0",
                    table="strategy_measure",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "strategy_measure",
            references={
                "strategy_id": "strategy_strategy",
                "area_id": "strategy_focusarea",
                "copied_from_id": "strategy_measure",
            },
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("strategy_measurehistoryrow"),
        # A measure stands in an area of its own strategy.
        RunSQL(
            sql='ALTER TABLE "strategy_focusarea" ADD CONSTRAINT "strategy_focusarea_with_strategy" UNIQUE (tenant_id, id, strategy_id)',
            reverse_sql='ALTER TABLE "strategy_focusarea" DROP CONSTRAINT "strategy_focusarea_with_strategy"',
        ),
        RunSQL(
            sql='ALTER TABLE "strategy_measure" ADD CONSTRAINT "strategy_measure_area_same_strategy" FOREIGN KEY (tenant_id, area_id, strategy_id) REFERENCES "strategy_focusarea" (tenant_id, id, strategy_id) DEFERRABLE INITIALLY DEFERRED',
            reverse_sql='ALTER TABLE "strategy_measure" DROP CONSTRAINT "strategy_measure_area_same_strategy"',
        ),
    ]
