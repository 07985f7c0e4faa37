import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.expressions
import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0001_create_files"),
        ("pathways", "0001_create_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("goal", medspiller.core.encryption.EncryptedText(null=True)),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.UUIDField()),
                ("opened_by_name", models.TextField(blank=True, default="")),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_by_name", models.TextField(blank=True, default="")),
                ("closing_reason", models.CharField(blank=True, default="", max_length=60)),
                ("closing_note", medspiller.core.encryption.EncryptedText(null=True)),
                ("left_over_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "about",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="followup.carerfile"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pathways.run"),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanHistoryrow",
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
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.UUIDField()),
                ("opened_by_name", models.TextField(blank=True, default="")),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_by_name", models.TextField(blank=True, default="")),
                ("closing_reason", models.CharField(blank=True, default="", max_length=60)),
                ("left_over_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "about",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="followup.carerfile",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="pathways.run",
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
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(fields=["tenant_id", "file"], name="followup_plan_of_file"),
        ),
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["tenant_id", "unit"], name="followup_plan_of_unit"
            ),
        ),
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(
                condition=models.Q(("about__isnull", False)), fields=["tenant_id", "about"], name="followup_plan_about"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(fields=("tenant_id", "run"), name="followup_plan_run"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_at", None), ("closed_at__gte", models.F("opened_at")), _connector="OR"),
                name="followup_plan_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None), ("closing_reason", "")),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        models.Q(("closing_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="followup_plan_closed_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="one_holder",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE about uuid; plan record; wrong boolean;",
                    func="\nFOREACH about IN ARRAY ARRAY[NEW.id] LOOP\n    SELECT p.opened_at, p.closed_at INTO plan FROM followup_plan p WHERE p.id = about FOR NO KEY UPDATE;\n    CONTINUE WHEN NOT FOUND;\n    SELECT count(*) = 0 OR bool_or(\n        (held.nr = 1 AND held.starts_at <> plan.opened_at)\n        OR (held.nr > 1 AND held.ended_before IS DISTINCT FROM held.starts_at)\n        OR (held.nr = held.of AND held.ends_at IS DISTINCT FROM plan.closed_at)\n    ) INTO wrong\n    FROM (\n        SELECT h.starts_at, h.ends_at, lag(h.ends_at) OVER following AS ended_before,\n            row_number() OVER following AS nr, count(*) OVER () AS of\n        FROM followup_holding h WHERE h.plan_id = about\n        WINDOW following AS (ORDER BY h.starts_at, h.ends_at NULLS LAST, h.id)\n    ) AS held;\n    IF wrong THEN\n        RAISE EXCEPTION 'plan % would not have one holder at every instant', about\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'followup_plan_one_holder';\n    END IF;\nEND LOOP;\nRETURN NULL;\n",
                    hash="27f9eefcefebe083d9b820bafa888fee1c1ee046",
                    operation='INSERT OR UPDATE OF "opened_at", "closed_at"',
                    pgid="pgtrigger_one_holder_4b189",
                    table="followup_plan",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_planhistoryrow" ("about_id", "closed_at", "closed_by", "closed_by_name", "closing_reason", "file_id", "id", "left_over_at", "opened_at", "opened_by", "opened_by_name", "pgh_created_at", "pgh_label", "run_id", "tenant_id", "unit_id", "version") VALUES (NEW."about_id", NEW."closed_at", NEW."closed_by", NEW."closed_by_name", NEW."closing_reason", NEW."file_id", NEW."id", NEW."left_over_at", NEW."opened_at", NEW."opened_by", NEW."opened_by_name", NOW(), \'insert\', NEW."run_id", NEW."tenant_id", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="0e1040d0a6ffa107cec62c8e525da59201967d61",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_625a8",
                    table="followup_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."about_id" IS DISTINCT FROM (NEW."about_id") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."closed_by" IS DISTINCT FROM (NEW."closed_by") OR OLD."closed_by_name" IS DISTINCT FROM (NEW."closed_by_name") OR OLD."closing_reason" IS DISTINCT FROM (NEW."closing_reason") OR OLD."file_id" IS DISTINCT FROM (NEW."file_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."left_over_at" IS DISTINCT FROM (NEW."left_over_at") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."opened_by" IS DISTINCT FROM (NEW."opened_by") OR OLD."opened_by_name" IS DISTINCT FROM (NEW."opened_by_name") OR OLD."run_id" IS DISTINCT FROM (NEW."run_id") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "followup_planhistoryrow" ("about_id", "closed_at", "closed_by", "closed_by_name", "closing_reason", "file_id", "id", "left_over_at", "opened_at", "opened_by", "opened_by_name", "pgh_created_at", "pgh_label", "run_id", "tenant_id", "unit_id", "version") VALUES (NEW."about_id", NEW."closed_at", NEW."closed_by", NEW."closed_by_name", NEW."closing_reason", NEW."file_id", NEW."id", NEW."left_over_at", NEW."opened_at", NEW."opened_by", NEW."opened_by_name", NOW(), \'update\', NEW."run_id", NEW."tenant_id", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="0770b24ae1b369b13930300cada67b33431492cb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_93fc5",
                    table="followup_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_planhistoryrow" ("about_id", "closed_at", "closed_by", "closed_by_name", "closing_reason", "file_id", "id", "left_over_at", "opened_at", "opened_by", "opened_by_name", "pgh_created_at", "pgh_label", "run_id", "tenant_id", "unit_id", "version") VALUES (OLD."about_id", OLD."closed_at", OLD."closed_by", OLD."closed_by_name", OLD."closing_reason", OLD."file_id", OLD."id", OLD."left_over_at", OLD."opened_at", OLD."opened_by", OLD."opened_by_name", NOW(), \'delete\', OLD."run_id", OLD."tenant_id", OLD."unit_id", OLD."version"); RETURN NULL;',
                    hash="52e8f66dadaeaf27211fe9c7fa2098c1e73d155c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_140ab",
                    table="followup_plan",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "followup_plan",
            references={
                "file_id": "followup_carerfile",
                "run_id": "pathways_run",
                "about_id": "people_person",
                "unit_id": "organisations_unit",
            },
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("followup_planhistoryrow"),
    ]
