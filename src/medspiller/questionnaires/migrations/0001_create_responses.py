import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import OwnRowsOnly, ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0004_create_registers"),
        ("people", "0014_create_correction_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="Response",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("questionnaire_url", models.CharField(max_length=500)),
                ("questionnaire_version", models.CharField(max_length=64)),
                ("questionnaire_digest", models.CharField(max_length=64)),
                ("belongs_to", models.CharField(max_length=20)),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("status", models.CharField(max_length=20)),
                ("answers", models.JSONField()),
                ("unreadable", models.JSONField(blank=True, default=dict)),
                ("taken_from", models.JSONField(blank=True, default=dict)),
                ("tabs", models.JSONField(blank=True, default=dict)),
                ("large", models.BooleanField(default=False)),
                ("source", models.CharField(max_length=10)),
                ("how", models.CharField(max_length=20)),
                ("author", models.UUIDField()),
                ("author_name", models.TextField(blank=True, default="")),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("completed_at", models.DateTimeField(null=True)),
                ("number", models.BigIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("step", models.PositiveSmallIntegerField(default=1)),
                ("wrong_at", models.DateTimeField(null=True)),
                ("wrong_by", models.UUIDField(null=True)),
                ("wrong_by_name", models.TextField(blank=True, default="")),
                ("wrong_reason", models.CharField(blank=True, default="", max_length=500)),
                (
                    "about",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "amends",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="questionnaires.response",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ResponseHistoryrow",
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
                ("questionnaire_url", models.CharField(max_length=500)),
                ("questionnaire_version", models.CharField(max_length=64)),
                ("questionnaire_digest", models.CharField(max_length=64)),
                ("belongs_to", models.CharField(max_length=20)),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("status", models.CharField(max_length=20)),
                ("large", models.BooleanField(default=False)),
                ("source", models.CharField(max_length=10)),
                ("how", models.CharField(max_length=20)),
                ("author", models.UUIDField()),
                ("author_name", models.TextField(blank=True, default="")),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("completed_at", models.DateTimeField(null=True)),
                ("number", models.BigIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("step", models.PositiveSmallIntegerField(default=1)),
                ("wrong_at", models.DateTimeField(null=True)),
                ("wrong_by", models.UUIDField(null=True)),
                ("wrong_by_name", models.TextField(blank=True, default="")),
                ("wrong_reason", models.CharField(blank=True, default="", max_length=500)),
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
                    "amends",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="questionnaires.response",
                    ),
                ),
                (
                    "subject",
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
                        null=True,
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
            model_name="response",
            index=models.Index(fields=["tenant_id", "subject", "-completed_at"], name="questionnaires_response_of"),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(("about__isnull", False)),
                fields=["tenant_id", "about", "-completed_at"],
                name="questionnaires_response_about",
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(("status", "in_progress")),
                fields=["tenant_id", "author", "-saved_at"],
                name="questionnaires_response_begun",
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                fields=["tenant_id", "questionnaire_url", "-completed_at"], name="questionnaires_response_to"
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("about", None), models.Q(("about", models.F("subject")), _negated=True), _connector="OR"
                ),
                name="questionnaires_response_about_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("belongs_to__in", ["RelatedPerson", "Patient"]),
                    ("how__in", ["online", "conversation", "phone", "paper", "interpreter"]),
                    ("source__in", ["self", "on_behalf"]),
                ),
                name="questionnaires_response_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("completed_at", None), ("status", "in_progress"), ("wrong_at", None)),
                    models.Q(
                        ("completed_at__isnull", False), ("status", "completed"), ("unreadable", {}), ("wrong_at", None)
                    ),
                    models.Q(
                        ("completed_at__isnull", False),
                        ("status", "entered_in_error"),
                        ("wrong_at__isnull", False),
                        ("wrong_by__isnull", False),
                        models.Q(("wrong_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="questionnaires_response_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(("questionnaire_digest__regex", "^[0-9a-f]{64}$")),
                name="questionnaires_response_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "completed")),
                fields=("tenant_id", "amends"),
                name="questionnaires_response_amended_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="response",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_what_was_answered",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (OLD.\"status\" = 'in_progress'))",
                    func="\nIF NEW.status = 'in_progress' OR (OLD.status = 'entered_in_error' AND NEW.status <> OLD.status)\n    OR (NEW.answers, NEW.questionnaire_url, NEW.questionnaire_version, NEW.questionnaire_digest, NEW.completed_at,\n        NEW.belongs_to, NEW.tags, NEW.author, NEW.source, NEW.how)\n    IS DISTINCT FROM (OLD.answers, OLD.questionnaire_url, OLD.questionnaire_version, OLD.questionnaire_digest,\n        OLD.completed_at, OLD.belongs_to, OLD.tags, OLD.author, OLD.source, OLD.how)\nTHEN\n    RAISE EXCEPTION 'response % is finished and stays as it is', NEW.id\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'questionnaires_response_frozen';\nEND IF;\nRETURN NEW;\n",
                    hash="9fce3aec2cd030adefc535287e6f80f9a6695161",
                    operation="UPDATE",
                    pgid="pgtrigger_keep_what_was_answered_21d80",
                    table="questionnaires_response",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="response",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.status <> 'in_progress')",
                    func='INSERT INTO "questionnaires_responsehistoryrow" ("about_id", "amends_id", "author", "author_name", "belongs_to", "completed_at", "how", "id", "language", "large", "number", "pgh_created_at", "pgh_label", "questionnaire_digest", "questionnaire_url", "questionnaire_version", "saved_at", "source", "started_at", "status", "step", "subject_id", "tags", "tenant_id", "unit_id", "version", "wrong_at", "wrong_by", "wrong_by_name", "wrong_reason") VALUES (NEW."about_id", NEW."amends_id", NEW."author", NEW."author_name", NEW."belongs_to", NEW."completed_at", NEW."how", NEW."id", NEW."language", NEW."large", NEW."number", NOW(), \'insert\', NEW."questionnaire_digest", NEW."questionnaire_url", NEW."questionnaire_version", NEW."saved_at", NEW."source", NEW."started_at", NEW."status", NEW."step", NEW."subject_id", NEW."tags", NEW."tenant_id", NEW."unit_id", NEW."version", NEW."wrong_at", NEW."wrong_by", NEW."wrong_by_name", NEW."wrong_reason"); RETURN NULL;',
                    hash="d417ed461704be8e8c1bb84d49293b16f2a34840",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_96021",
                    table="questionnaires_response",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="response",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.* AND NEW.status <> 'in_progress')",
                    func='INSERT INTO "questionnaires_responsehistoryrow" ("about_id", "amends_id", "author", "author_name", "belongs_to", "completed_at", "how", "id", "language", "large", "number", "pgh_created_at", "pgh_label", "questionnaire_digest", "questionnaire_url", "questionnaire_version", "saved_at", "source", "started_at", "status", "step", "subject_id", "tags", "tenant_id", "unit_id", "version", "wrong_at", "wrong_by", "wrong_by_name", "wrong_reason") VALUES (NEW."about_id", NEW."amends_id", NEW."author", NEW."author_name", NEW."belongs_to", NEW."completed_at", NEW."how", NEW."id", NEW."language", NEW."large", NEW."number", NOW(), \'update\', NEW."questionnaire_digest", NEW."questionnaire_url", NEW."questionnaire_version", NEW."saved_at", NEW."source", NEW."started_at", NEW."status", NEW."step", NEW."subject_id", NEW."tags", NEW."tenant_id", NEW."unit_id", NEW."version", NEW."wrong_at", NEW."wrong_by", NEW."wrong_by_name", NEW."wrong_reason"); RETURN NULL;',
                    hash="0c66d56f14f72c7061391849012346889abc2ca8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4c0fd",
                    table="questionnaires_response",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="response",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.status <> 'in_progress')",
                    func='INSERT INTO "questionnaires_responsehistoryrow" ("about_id", "amends_id", "author", "author_name", "belongs_to", "completed_at", "how", "id", "language", "large", "number", "pgh_created_at", "pgh_label", "questionnaire_digest", "questionnaire_url", "questionnaire_version", "saved_at", "source", "started_at", "status", "step", "subject_id", "tags", "tenant_id", "unit_id", "version", "wrong_at", "wrong_by", "wrong_by_name", "wrong_reason") VALUES (OLD."about_id", OLD."amends_id", OLD."author", OLD."author_name", OLD."belongs_to", OLD."completed_at", OLD."how", OLD."id", OLD."language", OLD."large", OLD."number", NOW(), \'delete\', OLD."questionnaire_digest", OLD."questionnaire_url", OLD."questionnaire_version", OLD."saved_at", OLD."source", OLD."started_at", OLD."status", OLD."step", OLD."subject_id", OLD."tags", OLD."tenant_id", OLD."unit_id", OLD."version", OLD."wrong_at", OLD."wrong_by", OLD."wrong_by_name", OLD."wrong_reason"); RETURN NULL;',
                    hash="5e1b981bd391d4f727ed995d9a98c09934e3d54e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0e7ca",
                    table="questionnaires_response",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "questionnaires_response",
            references={
                "subject_id": "people_person",
                "about_id": "people_person",
                "unit_id": "organisations_unit",
                "amends_id": "questionnaires_response",
            },
            tenant_table="organisations_tenant",
        ),
        # What somebody is still typing is theirs alone.
        OwnRowsOnly("questionnaires_response", column="author", only_if="status = 'in_progress'"),
        ProtectHistory("questionnaires_responsehistoryrow"),
    ]
