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
    dependencies = [("strategy", "0001_create_strategies")]

    operations = [
        migrations.CreateModel(
            name="FocusArea",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.CreateModel(
            name="FocusAreaHistoryrow",
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
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True, default="")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField()),
                ("body", models.CharField(max_length=20)),
                ("body_name", models.CharField(blank=True, default="", max_length=200)),
                ("what", models.CharField(max_length=10)),
                ("text", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.AddField(
            model_name="logentry",
            name="strategy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="log", to="strategy.strategy"
            ),
        ),
        migrations.AddField(
            model_name="focusareahistoryrow",
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
            model_name="focusarea",
            name="strategy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="areas", to="strategy.strategy"
            ),
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(fields=["tenant_id", "strategy", "-on"], name="strategy_log_of_strategy"),
        ),
        migrations.AddConstraint(
            model_name="logentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "body__in",
                        [
                            "youth_council",
                            "elderly_council",
                            "disability_council",
                            "committee",
                            "council",
                            "carers",
                            "other",
                        ],
                    )
                ),
                name="strategy_log_body",
            ),
        ),
        migrations.AddConstraint(
            model_name="logentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["sent", "heard", "commented", "treated", "adopted"])),
                name="strategy_log_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="logentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body", "other"), _negated=True),
                    models.Q(("body_name", ""), _negated=True),
                    _connector="OR",
                ),
                name="strategy_log_other_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="focusarea",
            constraint=models.UniqueConstraint(fields=("tenant_id", "strategy", "number"), name="strategy_area_number"),
        ),
        migrations.AddConstraint(
            model_name="focusarea",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), ("number__gte", 1)),
                name="strategy_area_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="focusarea",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_focusareahistoryrow" ("id", "number", "pgh_created_at", "pgh_label", "strategy_id", "tenant_id", "text", "title") VALUES (NEW."id", NEW."number", NOW(), \'insert\', NEW."strategy_id", NEW."tenant_id", NEW."text", NEW."title"); RETURN NULL;',
                    hash="a5f823048dbadd300358a0f816d5866a6629adc3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a980f",
                    table="strategy_focusarea",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="focusarea",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "strategy_focusareahistoryrow" ("id", "number", "pgh_created_at", "pgh_label", "strategy_id", "tenant_id", "text", "title") VALUES (NEW."id", NEW."number", NOW(), \'update\', NEW."strategy_id", NEW."tenant_id", NEW."text", NEW."title"); RETURN NULL;',
                    hash="2a993562ae9a15f39cd0d4c128a70668f7216a60",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ddeb6",
                    table="strategy_focusarea",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="focusarea",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_focusareahistoryrow" ("id", "number", "pgh_created_at", "pgh_label", "strategy_id", "tenant_id", "text", "title") VALUES (OLD."id", OLD."number", NOW(), \'delete\', OLD."strategy_id", OLD."tenant_id", OLD."text", OLD."title"); RETURN NULL;',
                    hash="2d7429092ca007d24573a38446d649c204e01b90",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_56379",
                    table="strategy_focusarea",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "strategy_focusarea", references={"strategy_id": "strategy_strategy"}, tenant_table="organisations_tenant"
        ),
        ProtectHistory("strategy_focusareahistoryrow"),
        ProtectTenantTable(
            "strategy_logentry", references={"strategy_id": "strategy_strategy"}, tenant_table="organisations_tenant"
        ),
        AppendOnly("strategy_logentry"),
    ]
