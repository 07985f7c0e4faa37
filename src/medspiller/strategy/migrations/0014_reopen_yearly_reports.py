import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Before this one is taken back drafts had no figures of their own, and the rule that says so comes back with the
# migration before: they are counted again when the report is opened. What is final keeps all it has. Where a report
# has been opened again there are two of a year, and it cannot be taken back: the database refuses, and nothing changes.
FORGET_FIGURES_OF_DRAFTS = """
ALTER TABLE strategy_yearlyreport NO FORCE ROW LEVEL SECURITY;
UPDATE strategy_yearlyreport SET figures = NULL WHERE state = 'draft';
ALTER TABLE strategy_yearlyreport FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("strategy", "0013_keep_figures_of_drafts"),
    ]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, FORGET_FIGURES_OF_DRAFTS),
        pgtrigger.migrations.RemoveTrigger(
            model_name="yearlyreport",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="yearlyreport",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="yearlyreport",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="yearlyreport",
            name="strategy_yearlyreport_once",
        ),
        migrations.AddField(
            model_name="yearlyreport",
            name="edition",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="yearlyreport",
            name="reopened_why",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="yearlyreporthistoryrow",
            name="edition",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="yearlyreporthistoryrow",
            name="reopened_why",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="yearlyreport",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_yearlyreporthistoryrow" ("edition", "finalised_at", "finalised_by", "finalised_by_name", "id", "kind", "language", "made_at", "made_by", "made_by_name", "pgh_created_at", "pgh_label", "reopened_why", "sections", "state", "strategy_id", "tenant_id", "version", "year") VALUES (NEW."edition", NEW."finalised_at", NEW."finalised_by", NEW."finalised_by_name", NEW."id", NEW."kind", NEW."language", NEW."made_at", NEW."made_by", NEW."made_by_name", NOW(), \'insert\', NEW."reopened_why", NEW."sections", NEW."state", NEW."strategy_id", NEW."tenant_id", NEW."version", NEW."year"); RETURN NULL;',
                    hash="b2e3163b5cecdfed8538344159577a8119d20a03",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9fd8b",
                    table="strategy_yearlyreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="yearlyreport",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."finalised_at" IS DISTINCT FROM (NEW."finalised_at") OR OLD."finalised_by" IS DISTINCT FROM (NEW."finalised_by") OR OLD."finalised_by_name" IS DISTINCT FROM (NEW."finalised_by_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by" IS DISTINCT FROM (NEW."made_by") OR OLD."made_by_name" IS DISTINCT FROM (NEW."made_by_name") OR OLD."reopened_why" IS DISTINCT FROM (NEW."reopened_why") OR OLD."sections" IS DISTINCT FROM (NEW."sections") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."strategy_id" IS DISTINCT FROM (NEW."strategy_id") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                    func='INSERT INTO "strategy_yearlyreporthistoryrow" ("edition", "finalised_at", "finalised_by", "finalised_by_name", "id", "kind", "language", "made_at", "made_by", "made_by_name", "pgh_created_at", "pgh_label", "reopened_why", "sections", "state", "strategy_id", "tenant_id", "version", "year") VALUES (NEW."edition", NEW."finalised_at", NEW."finalised_by", NEW."finalised_by_name", NEW."id", NEW."kind", NEW."language", NEW."made_at", NEW."made_by", NEW."made_by_name", NOW(), \'update\', NEW."reopened_why", NEW."sections", NEW."state", NEW."strategy_id", NEW."tenant_id", NEW."version", NEW."year"); RETURN NULL;',
                    hash="1033f345e725493278b97551bcc64e0c8d9440bd",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a6016",
                    table="strategy_yearlyreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="yearlyreport",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_yearlyreporthistoryrow" ("edition", "finalised_at", "finalised_by", "finalised_by_name", "id", "kind", "language", "made_at", "made_by", "made_by_name", "pgh_created_at", "pgh_label", "reopened_why", "sections", "state", "strategy_id", "tenant_id", "version", "year") VALUES (OLD."edition", OLD."finalised_at", OLD."finalised_by", OLD."finalised_by_name", OLD."id", OLD."kind", OLD."language", OLD."made_at", OLD."made_by", OLD."made_by_name", NOW(), \'delete\', OLD."reopened_why", OLD."sections", OLD."state", OLD."strategy_id", OLD."tenant_id", OLD."version", OLD."year"); RETURN NULL;',
                    hash="568ef9e65dc3a16f06b5864fc782e88d88465af3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d07bd",
                    table="strategy_yearlyreport",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="yearlyreport",
            constraint=models.UniqueConstraint(
                fields=("tenant_id", "strategy", "year", "edition"), name="strategy_yearlyreport_edition_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="yearlyreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")),
                fields=("tenant_id", "strategy", "year"),
                name="strategy_yearlyreport_one_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearlyreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("edition", 1), ("reopened_why", "")),
                    models.Q(("edition__gt", 1), models.Q(("reopened_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="strategy_yearlyreport_says_why",
            ),
        ),
    ]
