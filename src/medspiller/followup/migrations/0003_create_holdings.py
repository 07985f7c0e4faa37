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
        ("followup", "0002_create_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("user_name", models.TextField(blank=True, default="")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("stand_in_name", models.TextField(blank=True, default="")),
                ("state", models.CharField(default="ahead", max_length=12)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                (
                    "stand_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("holder_name", models.TextField(blank=True, default="")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("how", models.CharField(max_length=10)),
                (
                    "absence",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="followup.absence"
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="holdings", to="followup.plan"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AbsenceHistoryrow",
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
                ("user_name", models.TextField(blank=True, default="")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("stand_in_name", models.TextField(blank=True, default="")),
                ("state", models.CharField(default="ahead", max_length=12)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                (
                    "stand_in",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HoldingHistoryrow",
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
                ("holder_name", models.TextField(blank=True, default="")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("how", models.CharField(max_length=10)),
                (
                    "absence",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="followup.absence",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="followup.plan",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(
                condition=models.Q(("state", "over"), _negated=True),
                fields=["tenant_id", "starts_on"],
                name="followup_absence_to_see_to",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="followup_absence_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["ahead", "under_way", "over"])), name="followup_absence_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stand_in", None), models.Q(("stand_in", models.F("user")), _negated=True), _connector="OR"
                ),
                name="followup_absence_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant_id", "="),
                    ("user", "="),
                    (medspiller.core.expressions.Days("starts_on", "ends_on"), "&&"),
                ],
                name="followup_absence_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absence",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_absencehistoryrow" ("ends_on", "id", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "stand_in_id", "stand_in_name", "starts_on", "state", "tenant_id", "user_id", "user_name") VALUES (NEW."ends_on", NEW."id", NOW(), \'insert\', NEW."recorded_at", NEW."recorded_by", NEW."recorded_by_name", NEW."stand_in_id", NEW."stand_in_name", NEW."starts_on", NEW."state", NEW."tenant_id", NEW."user_id", NEW."user_name"); RETURN NULL;',
                    hash="b2a174ba539ce7b884bfb9f43724f7cc0dc76d09",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_300c5",
                    table="followup_absence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absence",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "followup_absencehistoryrow" ("ends_on", "id", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "stand_in_id", "stand_in_name", "starts_on", "state", "tenant_id", "user_id", "user_name") VALUES (NEW."ends_on", NEW."id", NOW(), \'update\', NEW."recorded_at", NEW."recorded_by", NEW."recorded_by_name", NEW."stand_in_id", NEW."stand_in_name", NEW."starts_on", NEW."state", NEW."tenant_id", NEW."user_id", NEW."user_name"); RETURN NULL;',
                    hash="7631c69f0208f9eb9cfaa620c485c5d2938cc375",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_49d03",
                    table="followup_absence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absence",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_absencehistoryrow" ("ends_on", "id", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "stand_in_id", "stand_in_name", "starts_on", "state", "tenant_id", "user_id", "user_name") VALUES (OLD."ends_on", OLD."id", NOW(), \'delete\', OLD."recorded_at", OLD."recorded_by", OLD."recorded_by_name", OLD."stand_in_id", OLD."stand_in_name", OLD."starts_on", OLD."state", OLD."tenant_id", OLD."user_id", OLD."user_name"); RETURN NULL;',
                    hash="24eb6528eb974f9a53e05a48ae9a3a709bd968d4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5d874",
                    table="followup_absence",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="holding",
            index=models.Index(
                condition=models.Q(("ends_at", None)), fields=["tenant_id", "holder"], name="followup_holding_of"
            ),
        ),
        migrations.AddIndex(
            model_name="holding",
            index=models.Index(
                condition=models.Q(("absence__isnull", False)),
                fields=["tenant_id", "absence"],
                name="followup_holding_for",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["opened", "accepted", "stand_in", "returned", "left", "leader"])),
                name="followup_holding_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at", None), ("ends_at__gte", models.F("starts_at")), _connector="OR"),
                name="followup_holding_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant_id", "="),
                    ("plan", "="),
                    (medspiller.core.expressions.Moments("starts_at", "ends_at"), "&&"),
                ],
                name="followup_holding_one_at_a_time",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holding",
            trigger=pgtrigger.compiler.Trigger(
                name="no_gap",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE about uuid; plan record; wrong boolean;",
                    func="\nFOREACH about IN ARRAY ARRAY[NEW.plan_id, OLD.plan_id] LOOP\n    SELECT p.opened_at, p.closed_at INTO plan FROM followup_plan p WHERE p.id = about FOR NO KEY UPDATE;\n    CONTINUE WHEN NOT FOUND;\n    SELECT count(*) = 0 OR bool_or(\n        (held.nr = 1 AND held.starts_at <> plan.opened_at)\n        OR (held.nr > 1 AND held.ended_before IS DISTINCT FROM held.starts_at)\n        OR (held.nr = held.of AND held.ends_at IS DISTINCT FROM plan.closed_at)\n    ) INTO wrong\n    FROM (\n        SELECT h.starts_at, h.ends_at, lag(h.ends_at) OVER following AS ended_before,\n            row_number() OVER following AS nr, count(*) OVER () AS of\n        FROM followup_holding h WHERE h.plan_id = about\n        WINDOW following AS (ORDER BY h.starts_at, h.ends_at NULLS LAST, h.id)\n    ) AS held;\n    IF wrong THEN\n        RAISE EXCEPTION 'plan % would not have one holder at every instant', about\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'followup_plan_one_holder';\n    END IF;\nEND LOOP;\nRETURN NULL;\n",
                    hash="e23d835bba959a3b83ba24dff551c122f6d87077",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_no_gap_011f5",
                    table="followup_holding",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holding",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_holdinghistoryrow" ("absence_id", "ends_at", "holder_id", "holder_name", "how", "id", "pgh_created_at", "pgh_label", "plan_id", "starts_at", "tenant_id") VALUES (NEW."absence_id", NEW."ends_at", NEW."holder_id", NEW."holder_name", NEW."how", NEW."id", NOW(), \'insert\', NEW."plan_id", NEW."starts_at", NEW."tenant_id"); RETURN NULL;',
                    hash="3b39b8d0a4f89e96abdc12e6806064d6165f895b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fa688",
                    table="followup_holding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holding",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "followup_holdinghistoryrow" ("absence_id", "ends_at", "holder_id", "holder_name", "how", "id", "pgh_created_at", "pgh_label", "plan_id", "starts_at", "tenant_id") VALUES (NEW."absence_id", NEW."ends_at", NEW."holder_id", NEW."holder_name", NEW."how", NEW."id", NOW(), \'update\', NEW."plan_id", NEW."starts_at", NEW."tenant_id"); RETURN NULL;',
                    hash="88c0465b2397b71b586a43ea40e856a2be9f9765",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1a6e5",
                    table="followup_holding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holding",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_holdinghistoryrow" ("absence_id", "ends_at", "holder_id", "holder_name", "how", "id", "pgh_created_at", "pgh_label", "plan_id", "starts_at", "tenant_id") VALUES (OLD."absence_id", OLD."ends_at", OLD."holder_id", OLD."holder_name", OLD."how", OLD."id", NOW(), \'delete\', OLD."plan_id", OLD."starts_at", OLD."tenant_id"); RETURN NULL;',
                    hash="f81e76fea949a33a7c2c3ece5ea3b1f63d70bd87",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f6cc4",
                    table="followup_holding",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "followup_absence",
            references={"user_id": "access_user", "stand_in_id": "access_user"},
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "followup_holding",
            references={
                "plan_id": "followup_plan",
                "holder_id": "access_user",
                "absence_id": "followup_absence",
            },
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("followup_absencehistoryrow"),
        ProtectHistory("followup_holdinghistoryrow"),
    ]
