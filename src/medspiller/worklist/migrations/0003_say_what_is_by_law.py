import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0002_hand_over_and_snooze"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="workitem",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="workitem",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="workitem",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="workitem",
            name="by_law",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="workitemhistoryrow",
            name="by_law",
            field=models.BooleanField(default=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workitem",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklist_workitemhistoryrow" ("by_law", "done_at", "done_by", "done_by_name", "due_on", "handed_by", "handed_by_name", "id", "kind", "origin", "outcome", "person_id", "pgh_created_at", "pgh_label", "put_at", "roles", "snoozed_until", "snoozed_why", "subject_id", "subject_type", "taken_at", "taken_by", "taken_by_name", "tenant_id", "title", "unit_id", "withdrawn_at", "withdrawn_why") VALUES (NEW."by_law", NEW."done_at", NEW."done_by", NEW."done_by_name", NEW."due_on", NEW."handed_by", NEW."handed_by_name", NEW."id", NEW."kind", NEW."origin", NEW."outcome", NEW."person_id", NOW(), \'insert\', NEW."put_at", NEW."roles", NEW."snoozed_until", NEW."snoozed_why", NEW."subject_id", NEW."subject_type", NEW."taken_at", NEW."taken_by", NEW."taken_by_name", NEW."tenant_id", NEW."title", NEW."unit_id", NEW."withdrawn_at", NEW."withdrawn_why"); RETURN NULL;',
                    hash="936d9df0a867469e22fda236bca60ef1fab1a0f5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e15b5",
                    table="worklist_workitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workitem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "worklist_workitemhistoryrow" ("by_law", "done_at", "done_by", "done_by_name", "due_on", "handed_by", "handed_by_name", "id", "kind", "origin", "outcome", "person_id", "pgh_created_at", "pgh_label", "put_at", "roles", "snoozed_until", "snoozed_why", "subject_id", "subject_type", "taken_at", "taken_by", "taken_by_name", "tenant_id", "title", "unit_id", "withdrawn_at", "withdrawn_why") VALUES (NEW."by_law", NEW."done_at", NEW."done_by", NEW."done_by_name", NEW."due_on", NEW."handed_by", NEW."handed_by_name", NEW."id", NEW."kind", NEW."origin", NEW."outcome", NEW."person_id", NOW(), \'update\', NEW."put_at", NEW."roles", NEW."snoozed_until", NEW."snoozed_why", NEW."subject_id", NEW."subject_type", NEW."taken_at", NEW."taken_by", NEW."taken_by_name", NEW."tenant_id", NEW."title", NEW."unit_id", NEW."withdrawn_at", NEW."withdrawn_why"); RETURN NULL;',
                    hash="eab7947159f0bbe0f9e4854b1c2b6638823e74cb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3c65e",
                    table="worklist_workitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workitem",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklist_workitemhistoryrow" ("by_law", "done_at", "done_by", "done_by_name", "due_on", "handed_by", "handed_by_name", "id", "kind", "origin", "outcome", "person_id", "pgh_created_at", "pgh_label", "put_at", "roles", "snoozed_until", "snoozed_why", "subject_id", "subject_type", "taken_at", "taken_by", "taken_by_name", "tenant_id", "title", "unit_id", "withdrawn_at", "withdrawn_why") VALUES (OLD."by_law", OLD."done_at", OLD."done_by", OLD."done_by_name", OLD."due_on", OLD."handed_by", OLD."handed_by_name", OLD."id", OLD."kind", OLD."origin", OLD."outcome", OLD."person_id", NOW(), \'delete\', OLD."put_at", OLD."roles", OLD."snoozed_until", OLD."snoozed_why", OLD."subject_id", OLD."subject_type", OLD."taken_at", OLD."taken_by", OLD."taken_by_name", OLD."tenant_id", OLD."title", OLD."unit_id", OLD."withdrawn_at", OLD."withdrawn_why"); RETURN NULL;',
                    hash="1c926a24a104679729d88f6b8ab6e648418c7e03",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c5022",
                    table="worklist_workitem",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(
                    ("done_at__isnull", True), ("withdrawn_at__isnull", True), ("snoozed_until__isnull", False)
                ),
                fields=["tenant_id", "unit", "snoozed_until"],
                name="worklist_workitem_snoozed",
            ),
        ),
    ]
