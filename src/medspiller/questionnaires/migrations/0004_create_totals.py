import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_create_registers"),
        ("people", "0014_create_correction_requests"),
        ("questionnaires", "0003_create_scores_and_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Total",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("instrument_url", models.CharField(max_length=500)),
                ("instrument_version", models.CharField(max_length=64)),
                ("total_id", models.CharField(max_length=100)),
                ("value", models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ("measured_on", models.DateField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                ("wrong_at", models.DateTimeField(null=True)),
                ("wrong_by", models.UUIDField(null=True)),
                ("wrong_by_name", models.TextField(blank=True, default="")),
                ("wrong_reason", models.CharField(blank=True, default="", max_length=500)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
            name="TotalHistoryrow",
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
                ("instrument_url", models.CharField(max_length=500)),
                ("instrument_version", models.CharField(max_length=64)),
                ("total_id", models.CharField(max_length=100)),
                ("value", models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ("measured_on", models.DateField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                ("wrong_at", models.DateTimeField(null=True)),
                ("wrong_by", models.UUIDField(null=True)),
                ("wrong_by_name", models.TextField(blank=True, default="")),
                ("wrong_reason", models.CharField(blank=True, default="", max_length=500)),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
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
        migrations.AddIndex(
            model_name="total",
            index=models.Index(fields=["tenant_id", "person", "-measured_on"], name="questionnaires_total_of"),
        ),
        migrations.AddConstraint(
            model_name="total",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("wrong_at", None), ("wrong_by", None)),
                    models.Q(
                        ("wrong_at__isnull", False),
                        ("wrong_by__isnull", False),
                        models.Q(("wrong_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="questionnaires_total_wrong_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="total",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("instrument_url", ""), _negated=True), models.Q(("total_id", ""), _negated=True)
                ),
                name="questionnaires_total_says_what",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="total",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "questionnaires_totalhistoryrow" ("id", "instrument_url", "instrument_version", "measured_on", "person_id", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "tenant_id", "total_id", "unit_id", "value", "wrong_at", "wrong_by", "wrong_by_name", "wrong_reason") VALUES (NEW."id", NEW."instrument_url", NEW."instrument_version", NEW."measured_on", NEW."person_id", NOW(), \'insert\', NEW."recorded_at", NEW."recorded_by", NEW."recorded_by_name", NEW."tenant_id", NEW."total_id", NEW."unit_id", NEW."value", NEW."wrong_at", NEW."wrong_by", NEW."wrong_by_name", NEW."wrong_reason"); RETURN NULL;',
                    hash="301f1d0a4a701550f9f2ff049a5e223d71c8e56a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bf743",
                    table="questionnaires_total",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="total",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "questionnaires_totalhistoryrow" ("id", "instrument_url", "instrument_version", "measured_on", "person_id", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "tenant_id", "total_id", "unit_id", "value", "wrong_at", "wrong_by", "wrong_by_name", "wrong_reason") VALUES (NEW."id", NEW."instrument_url", NEW."instrument_version", NEW."measured_on", NEW."person_id", NOW(), \'update\', NEW."recorded_at", NEW."recorded_by", NEW."recorded_by_name", NEW."tenant_id", NEW."total_id", NEW."unit_id", NEW."value", NEW."wrong_at", NEW."wrong_by", NEW."wrong_by_name", NEW."wrong_reason"); RETURN NULL;',
                    hash="93427bd2385130fc0aa76814c791e326b9f75c31",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3b0aa",
                    table="questionnaires_total",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="total",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "questionnaires_totalhistoryrow" ("id", "instrument_url", "instrument_version", "measured_on", "person_id", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "tenant_id", "total_id", "unit_id", "value", "wrong_at", "wrong_by", "wrong_by_name", "wrong_reason") VALUES (OLD."id", OLD."instrument_url", OLD."instrument_version", OLD."measured_on", OLD."person_id", NOW(), \'delete\', OLD."recorded_at", OLD."recorded_by", OLD."recorded_by_name", OLD."tenant_id", OLD."total_id", OLD."unit_id", OLD."value", OLD."wrong_at", OLD."wrong_by", OLD."wrong_by_name", OLD."wrong_reason"); RETURN NULL;',
                    hash="65b1716a982d2cccfcd2ddb88dd5f340de2a1e22",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_713c1",
                    table="questionnaires_total",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "questionnaires_total",
            references={"person_id": "people_person", "unit_id": "organisations_unit"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("questionnaires_totalhistoryrow"),
    ]
