import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [("organisations", "0001_create_organisations")]

    operations = [
        migrations.CreateModel(
            name="Post",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("opened_on", models.DateField()),
                ("closed_from", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PostHistoryrow",
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
                ("title", models.CharField(max_length=120)),
                ("opened_on", models.DateField()),
                ("closed_from", models.DateField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="posthistoryrow",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="organisations.unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="organisations_post_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_from", None), ("closed_from__gt", models.F("opened_on")), _connector="OR"),
                name="organisations_post_period",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_within_unit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="""
PERFORM pg_advisory_xact_lock(hashtextextended('organisations.tree ' || NEW.tenant_id, 0));
IF NOT EXISTS (
    SELECT FROM organisations_unit u WHERE u.id = NEW.unit_id AND u.opened_on <= NEW.opened_on
    AND coalesce(u.closed_from, 'infinity') >= coalesce(NEW.closed_from, 'infinity')
) THEN
    RAISE EXCEPTION 'post % would lie outside the time of its unit', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'organisations_post_within_unit';
END IF;
RETURN NEW;
""",
                    hash="7bbcc5abd9295a75dd3bec9e1730c902110440bf",
                    operation='INSERT OR UPDATE OF "unit_id", "opened_on", "closed_from"',
                    pgid="pgtrigger_keep_within_unit_d7896",
                    table="organisations_post",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organisations_posthistoryrow" ("closed_from", "id", "opened_on", "pgh_created_at", "pgh_label", "tenant_id", "title", "unit_id") VALUES (NEW."closed_from", NEW."id", NEW."opened_on", NOW(), \'insert\', NEW."tenant_id", NEW."title", NEW."unit_id"); RETURN NULL;',
                    hash="b7075a9afe6ce2670ffd3808621dacedf2a345af",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_be63e",
                    table="organisations_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "organisations_posthistoryrow" ("closed_from", "id", "opened_on", "pgh_created_at", "pgh_label", "tenant_id", "title", "unit_id") VALUES (NEW."closed_from", NEW."id", NEW."opened_on", NOW(), \'update\', NEW."tenant_id", NEW."title", NEW."unit_id"); RETURN NULL;',
                    hash="68da513dc8ca9740a25cc93b21e94988dc70f82d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_961a6",
                    table="organisations_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organisations_posthistoryrow" ("closed_from", "id", "opened_on", "pgh_created_at", "pgh_label", "tenant_id", "title", "unit_id") VALUES (OLD."closed_from", OLD."id", OLD."opened_on", NOW(), \'delete\', OLD."tenant_id", OLD."title", OLD."unit_id"); RETURN NULL;',
                    hash="41b375844eb46cf6f1bdebc1ed4920be3fbf18b9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_905aa",
                    table="organisations_post",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "organisations_post", references={"unit_id": "organisations_unit"}, tenant_table="organisations_tenant"
        ),
        ProtectHistory("organisations_posthistoryrow"),
    ]
