import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [("strategy", "0009_create_imports")]

    operations = [
        migrations.CreateModel(
            name="LineAssessmentHistoryrow",
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
                ("line", models.CharField(max_length=20)),
                ("service", models.CharField(max_length=20)),
                ("is_demand", models.BooleanField()),
                ("state", models.CharField(max_length=15)),
                ("evidence_kind", models.CharField(blank=True, default="", max_length=10)),
                ("evidence", models.TextField(blank=True, default="")),
                ("indicator", models.CharField(blank=True, default="", max_length=100)),
                ("barrier", models.CharField(blank=True, default="", max_length=20)),
                ("barrier_text", models.TextField(blank=True, default="")),
                ("next_step", models.TextField(blank=True, default="")),
                ("who", models.CharField(blank=True, default="", max_length=300)),
                ("on", models.DateField()),
                ("form", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField(blank=True, default="")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LineAssessment",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("line", models.CharField(max_length=20)),
                ("service", models.CharField(max_length=20)),
                ("is_demand", models.BooleanField()),
                ("state", models.CharField(max_length=15)),
                ("evidence_kind", models.CharField(blank=True, default="", max_length=10)),
                ("evidence", models.TextField(blank=True, default="")),
                ("indicator", models.CharField(blank=True, default="", max_length=100)),
                ("barrier", models.CharField(blank=True, default="", max_length=20)),
                ("barrier_text", models.TextField(blank=True, default="")),
                ("next_step", models.TextField(blank=True, default="")),
                ("who", models.CharField(blank=True, default="", max_length=300)),
                ("on", models.DateField()),
                ("form", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField(blank=True, default="")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "line", "service"), name="strategy_assessment_once"),
                    models.CheckConstraint(
                        condition=models.Q(("line__regex", "^PV-[0-9]+\\.[0-9]+\\.[0-9]+$")),
                        name="strategy_assessment_line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "service__in",
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
                        name="strategy_assessment_service",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_demand", True), ("state__in", ["met", "not_met", "not_assessed"])),
                            models.Q(
                                ("is_demand", False),
                                (
                                    "state__in",
                                    [
                                        "not_started",
                                        "under_way",
                                        "in_place",
                                        "evaluated",
                                        "not_relevant",
                                        "not_assessed",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="strategy_assessment_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("evidence_kind__in", ["", "own_data", "document", "statement"])),
                        name="strategy_assessment_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "barrier__in",
                                [
                                    "",
                                    "time",
                                    "money",
                                    "competence",
                                    "routines",
                                    "responsibility",
                                    "management",
                                    "cooperation",
                                    "confidentiality",
                                    "tools",
                                    "other",
                                ],
                            )
                        ),
                        name="strategy_assessment_barrier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("evidence_kind", "own_data"), ("indicator", ""), _connector="OR"),
                        name="strategy_assessment_indicator",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lineassessment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_lineassessmenthistoryrow" ("at", "barrier", "barrier_text", "by", "by_name", "evidence", "evidence_kind", "form", "id", "indicator", "is_demand", "line", "next_step", "on", "pgh_created_at", "pgh_label", "service", "state", "tenant_id", "version", "who") VALUES (NEW."at", NEW."barrier", NEW."barrier_text", NEW."by", NEW."by_name", NEW."evidence", NEW."evidence_kind", NEW."form", NEW."id", NEW."indicator", NEW."is_demand", NEW."line", NEW."next_step", NEW."on", NOW(), \'insert\', NEW."service", NEW."state", NEW."tenant_id", NEW."version", NEW."who"); RETURN NULL;',
                    hash="686fe6548c22eef5a15047bd3f482c07b8742e43",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9ebfa",
                    table="strategy_lineassessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lineassessment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "strategy_lineassessmenthistoryrow" ("at", "barrier", "barrier_text", "by", "by_name", "evidence", "evidence_kind", "form", "id", "indicator", "is_demand", "line", "next_step", "on", "pgh_created_at", "pgh_label", "service", "state", "tenant_id", "version", "who") VALUES (NEW."at", NEW."barrier", NEW."barrier_text", NEW."by", NEW."by_name", NEW."evidence", NEW."evidence_kind", NEW."form", NEW."id", NEW."indicator", NEW."is_demand", NEW."line", NEW."next_step", NEW."on", NOW(), \'update\', NEW."service", NEW."state", NEW."tenant_id", NEW."version", NEW."who"); RETURN NULL;',
                    hash="3c2c29441e07136ae51f6918dd724aa14e77aea4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f98cd",
                    table="strategy_lineassessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lineassessment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_lineassessmenthistoryrow" ("at", "barrier", "barrier_text", "by", "by_name", "evidence", "evidence_kind", "form", "id", "indicator", "is_demand", "line", "next_step", "on", "pgh_created_at", "pgh_label", "service", "state", "tenant_id", "version", "who") VALUES (OLD."at", OLD."barrier", OLD."barrier_text", OLD."by", OLD."by_name", OLD."evidence", OLD."evidence_kind", OLD."form", OLD."id", OLD."indicator", OLD."is_demand", OLD."line", OLD."next_step", OLD."on", NOW(), \'delete\', OLD."service", OLD."state", OLD."tenant_id", OLD."version", OLD."who"); RETURN NULL;',
                    hash="01b18f42feadd6688c6500e89d16e6841da17d25",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_80b64",
                    table="strategy_lineassessment",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable("strategy_lineassessment", references={}, tenant_table="organisations_tenant"),
        ProtectHistory("strategy_lineassessmenthistoryrow"),
    ]
