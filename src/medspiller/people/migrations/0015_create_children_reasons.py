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
    ]

    operations = [
        migrations.CreateModel(
            name="ChildrenReasonHistoryrow",
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
                ("code", models.CharField(max_length=20)),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_by_name", models.TextField(blank=True, default="")),
                (
                    "patient",
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
        migrations.CreateModel(
            name="ChildrenReason",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_by_name", models.TextField(blank=True, default="")),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children_reasons", to="people.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("tenant_id", "patient", "code"),
                        name="people_childrenreason_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "code__in",
                                ["mental_illness", "addiction", "serious_somatic", "imprisonment", "disability"],
                            )
                        ),
                        name="people_childrenreason_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("ended_by_name", "")),
                            models.Q(("ended_at__gte", models.F("recorded_at")), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="people_childrenreason_ended_whole",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="childrenreason",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_childrenreasonhistoryrow" ("code", "ended_at", "ended_by", "ended_by_name", "id", "patient_id", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "tenant_id", "unit_id") VALUES (NEW."code", NEW."ended_at", NEW."ended_by", NEW."ended_by_name", NEW."id", NEW."patient_id", NOW(), \'insert\', NEW."recorded_at", NEW."recorded_by", NEW."recorded_by_name", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="f5ec5adf2546cbf45c2bd0bda100187bea179bb4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9caa3",
                    table="people_childrenreason",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="childrenreason",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_childrenreasonhistoryrow" ("code", "ended_at", "ended_by", "ended_by_name", "id", "patient_id", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "tenant_id", "unit_id") VALUES (NEW."code", NEW."ended_at", NEW."ended_by", NEW."ended_by_name", NEW."id", NEW."patient_id", NOW(), \'update\', NEW."recorded_at", NEW."recorded_by", NEW."recorded_by_name", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="18ac9de5c669b07daf4888a9296a9cf2beac94ee",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_161ff",
                    table="people_childrenreason",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="childrenreason",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_childrenreasonhistoryrow" ("code", "ended_at", "ended_by", "ended_by_name", "id", "patient_id", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "tenant_id", "unit_id") VALUES (OLD."code", OLD."ended_at", OLD."ended_by", OLD."ended_by_name", OLD."id", OLD."patient_id", NOW(), \'delete\', OLD."recorded_at", OLD."recorded_by", OLD."recorded_by_name", OLD."tenant_id", OLD."unit_id"); RETURN NULL;',
                    hash="efeed9482c64c3e0b4a79952da6c79ac117aba3d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_55889",
                    table="people_childrenreason",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "people_childrenreason",
            references={"patient_id": "people_person", "unit_id": "organisations_unit"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("people_childrenreasonhistoryrow"),
    ]
