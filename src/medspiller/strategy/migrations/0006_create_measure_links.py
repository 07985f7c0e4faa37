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
    dependencies = [("strategy", "0005_create_measure_owners")]

    operations = [
        migrations.CreateModel(
            name="MeasureLink",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=15)),
                ("ref", models.CharField(blank=True, default="", max_length=300)),
                ("label", models.CharField(blank=True, default="", max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="MeasureLinkHistoryrow",
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
                ("kind", models.CharField(max_length=15)),
                ("ref", models.CharField(blank=True, default="", max_length=300)),
                ("label", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="measurelink",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="links", to="strategy.measure"
            ),
        ),
        migrations.AddField(
            model_name="measurelink",
            name="target_measure",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="linked_from",
                to="strategy.measure",
            ),
        ),
        migrations.AddField(
            model_name="measurelinkhistoryrow",
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
            model_name="measurelinkhistoryrow",
            name="target_measure",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="strategy.measure",
            ),
        ),
        migrations.AddIndex(
            model_name="measurelink",
            index=models.Index(
                condition=models.Q(("target_measure__isnull", False)),
                fields=["tenant_id", "target_measure"],
                name="strategy_link_of_target",
            ),
        ),
        migrations.AddIndex(
            model_name="measurelink",
            index=models.Index(
                condition=models.Q(("ref", ""), _negated=True),
                fields=["tenant_id", "kind", "ref"],
                name="strategy_link_of_ref",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["national", "guideline", "pathway", "offer", "questionnaire", "course", "indicator"])
                ),
                name="strategy_link_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "national"), ("ref", ""), ("target_measure__isnull", False)),
                    models.Q(
                        models.Q(("kind", "national"), _negated=True),
                        ("target_measure", None),
                        models.Q(("ref", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="strategy_link_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("target_measure", None),
                    models.Q(("target_measure", models.F("measure")), _negated=True),
                    _connector="OR",
                ),
                name="strategy_link_not_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurelink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("target_measure__isnull", False)),
                fields=("tenant_id", "measure", "target_measure"),
                name="strategy_link_target_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurelink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ref", ""), _negated=True),
                fields=("tenant_id", "measure", "kind", "ref"),
                name="strategy_link_ref_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measurelink",
            trigger=pgtrigger.compiler.Trigger(
                name="target_is_national",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."target_measure_id" IS NOT NULL)',
                    func="\nIF NOT EXISTS (\n    SELECT 1 FROM strategy_measure m JOIN strategy_strategy s ON s.id = m.strategy_id\n    WHERE m.id = NEW.target_measure_id AND s.level = 'national'\n) THEN\n    RAISE EXCEPTION 'measure % is of no national strategy', NEW.target_measure_id\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'strategy_link_target_national';\nEND IF;\nRETURN NULL;\n",
                    hash="976728dece6c6d33e2f3854e4df1ae9a27577228",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_target_is_national_442a6",
                    table="strategy_measurelink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measurelink",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_measurelinkhistoryrow" ("id", "kind", "label", "measure_id", "pgh_created_at", "pgh_label", "ref", "target_measure_id", "tenant_id") VALUES (NEW."id", NEW."kind", NEW."label", NEW."measure_id", NOW(), \'insert\', NEW."ref", NEW."target_measure_id", NEW."tenant_id"); RETURN NULL;',
                    hash="e41667dbc208e94bc257fa2d108d2a3707db9619",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_02e9b",
                    table="strategy_measurelink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measurelink",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "strategy_measurelinkhistoryrow" ("id", "kind", "label", "measure_id", "pgh_created_at", "pgh_label", "ref", "target_measure_id", "tenant_id") VALUES (NEW."id", NEW."kind", NEW."label", NEW."measure_id", NOW(), \'update\', NEW."ref", NEW."target_measure_id", NEW."tenant_id"); RETURN NULL;',
                    hash="8191d842a4529c9b3fb88d39b2433563e1ab0190",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_554ee",
                    table="strategy_measurelink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measurelink",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_measurelinkhistoryrow" ("id", "kind", "label", "measure_id", "pgh_created_at", "pgh_label", "ref", "target_measure_id", "tenant_id") VALUES (OLD."id", OLD."kind", OLD."label", OLD."measure_id", NOW(), \'delete\', OLD."ref", OLD."target_measure_id", OLD."tenant_id"); RETURN NULL;',
                    hash="21d807d6bcdf9b38c2330f1c4c5db4008f6e5d79",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_80ea1",
                    table="strategy_measurelink",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "strategy_measurelink",
            references={"measure_id": "strategy_measure", "target_measure_id": "strategy_measure"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("strategy_measurelinkhistoryrow"),
    ]
