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
        ("people", "0009_create_judgements"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChildrenAnswer",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("topic", models.CharField(max_length=20)),
                ("reply", models.CharField(max_length=10)),
                ("asked_by", models.UUIDField()),
                ("asked_by_name", models.TextField(blank=True, default="")),
                ("asked_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ChildrenAnswerHistoryrow",
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
                ("topic", models.CharField(max_length=20)),
                ("reply", models.CharField(max_length=10)),
                ("asked_by", models.UUIDField()),
                ("asked_by_name", models.TextField(blank=True, default="")),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField(max_length=2000)),
                ("said_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="StatementHistoryrow",
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
                ("text", models.TextField(max_length=2000)),
                ("said_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="childrenanswer",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="children_answers", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="childrenanswer",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
            ),
        ),
        migrations.AddField(
            model_name="childrenanswerhistoryrow",
            name="patient",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="childrenanswerhistoryrow",
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
            model_name="statement",
            name="about",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="unit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
            ),
        ),
        migrations.AddField(
            model_name="statementhistoryrow",
            name="about",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="statementhistoryrow",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="statementhistoryrow",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="childrenanswer",
            constraint=models.UniqueConstraint(
                fields=("tenant_id", "patient", "topic"), name="people_childrenanswer_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="childrenanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("topic__in", ["minor_children", "minor_siblings", "imprisonment", "disability"])),
                name="people_childrenanswer_topic",
            ),
        ),
        migrations.AddConstraint(
            model_name="childrenanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("reply__in", ["yes", "no", "not_asked"])), name="people_childrenanswer_reply"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="childrenanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_childrenanswerhistoryrow" ("asked_at", "asked_by", "asked_by_name", "id", "patient_id", "pgh_created_at", "pgh_label", "reply", "tenant_id", "topic", "unit_id") VALUES (NEW."asked_at", NEW."asked_by", NEW."asked_by_name", NEW."id", NEW."patient_id", NOW(), \'insert\', NEW."reply", NEW."tenant_id", NEW."topic", NEW."unit_id"); RETURN NULL;',
                    hash="3eb3a1063768ccb0d707ec811a9aeae4e21fccb2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f5583",
                    table="people_childrenanswer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="childrenanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_childrenanswerhistoryrow" ("asked_at", "asked_by", "asked_by_name", "id", "patient_id", "pgh_created_at", "pgh_label", "reply", "tenant_id", "topic", "unit_id") VALUES (NEW."asked_at", NEW."asked_by", NEW."asked_by_name", NEW."id", NEW."patient_id", NOW(), \'update\', NEW."reply", NEW."tenant_id", NEW."topic", NEW."unit_id"); RETURN NULL;',
                    hash="e622b1acd926a0ed8be4853576e10754ee98d80a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3d9df",
                    table="people_childrenanswer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="childrenanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_childrenanswerhistoryrow" ("asked_at", "asked_by", "asked_by_name", "id", "patient_id", "pgh_created_at", "pgh_label", "reply", "tenant_id", "topic", "unit_id") VALUES (OLD."asked_at", OLD."asked_by", OLD."asked_by_name", OLD."id", OLD."patient_id", NOW(), \'delete\', OLD."reply", OLD."tenant_id", OLD."topic", OLD."unit_id"); RETURN NULL;',
                    hash="8fe3aaf615d25751e3e071d829fc1e87c90b93a9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cb282",
                    table="people_childrenanswer",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["tenant_id", "owner", "said_at"], name="people_statement_of"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="people_statement_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("about", None), models.Q(("about", models.F("owner")), _negated=True), _connector="OR"
                ),
                name="people_statement_about_another",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_statementhistoryrow" ("about_id", "ended_at", "id", "owner_id", "pgh_created_at", "pgh_label", "recorded_by", "recorded_by_name", "said_at", "tenant_id", "text", "unit_id") VALUES (NEW."about_id", NEW."ended_at", NEW."id", NEW."owner_id", NOW(), \'insert\', NEW."recorded_by", NEW."recorded_by_name", NEW."said_at", NEW."tenant_id", NEW."text", NEW."unit_id"); RETURN NULL;',
                    hash="1264fbe7cb9446f6f2b6d559f9a1a0a72f20e70e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ee6a6",
                    table="people_statement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_statementhistoryrow" ("about_id", "ended_at", "id", "owner_id", "pgh_created_at", "pgh_label", "recorded_by", "recorded_by_name", "said_at", "tenant_id", "text", "unit_id") VALUES (NEW."about_id", NEW."ended_at", NEW."id", NEW."owner_id", NOW(), \'update\', NEW."recorded_by", NEW."recorded_by_name", NEW."said_at", NEW."tenant_id", NEW."text", NEW."unit_id"); RETURN NULL;',
                    hash="cf264bdda81cdfa1bf804a829700f46b6150515c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fb2d9",
                    table="people_statement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_statementhistoryrow" ("about_id", "ended_at", "id", "owner_id", "pgh_created_at", "pgh_label", "recorded_by", "recorded_by_name", "said_at", "tenant_id", "text", "unit_id") VALUES (OLD."about_id", OLD."ended_at", OLD."id", OLD."owner_id", NOW(), \'delete\', OLD."recorded_by", OLD."recorded_by_name", OLD."said_at", OLD."tenant_id", OLD."text", OLD."unit_id"); RETURN NULL;',
                    hash="5d1375cf3fe4a5d180a6b50cfac1177ac2381506",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_11a42",
                    table="people_statement",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "people_childrenanswer",
            references={"patient_id": "people_person", "unit_id": "organisations_unit"},
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "people_statement",
            references={"owner_id": "people_person", "about_id": "people_person", "unit_id": "organisations_unit"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("people_childrenanswerhistoryrow"),
        ProtectHistory("people_statementhistoryrow"),
    ]
