import django.contrib.postgres.fields
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
        ("people", "0003_create_involvement"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessQuestionHistoryrow",
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
                ("entry_id", models.UUIDField()),
                ("entry_at", models.DateTimeField()),
                ("entry_kind", models.CharField(max_length=10)),
                ("entry_actor_id", models.UUIDField(null=True)),
                ("entry_actor_name", models.TextField(blank=True, default="")),
                (
                    "entry_information",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                ("text", models.TextField(max_length=2000)),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, default="", max_length=2000)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_by_name", models.TextField(blank=True, default="")),
                (
                    "person",
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
        migrations.CreateModel(
            name="AccessQuestion",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("entry_id", models.UUIDField()),
                ("entry_at", models.DateTimeField()),
                ("entry_kind", models.CharField(max_length=10)),
                ("entry_actor_id", models.UUIDField(null=True)),
                ("entry_actor_name", models.TextField(blank=True, default="")),
                (
                    "entry_information",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                ("text", models.TextField(max_length=2000)),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, default="", max_length=2000)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_by_name", models.TextField(blank=True, default="")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="access_questions", to="people.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant_id", "unit", "asked_at"], name="people_accessquestion_at")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("tenant_id", "person", "entry_id"),
                        name="people_accessquestion_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="people_accessquestion_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="people_accessquestion_answered_whole",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_accessquestionhistoryrow" ("answer", "answered_at", "answered_by", "answered_by_name", "asked_at", "entry_actor_id", "entry_actor_name", "entry_at", "entry_id", "entry_information", "entry_kind", "id", "person_id", "pgh_created_at", "pgh_label", "tenant_id", "text", "unit_id") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by", NEW."answered_by_name", NEW."asked_at", NEW."entry_actor_id", NEW."entry_actor_name", NEW."entry_at", NEW."entry_id", NEW."entry_information", NEW."entry_kind", NEW."id", NEW."person_id", NOW(), \'insert\', NEW."tenant_id", NEW."text", NEW."unit_id"); RETURN NULL;',
                    hash="9f66f74582a441ac90664750ad37d6f6631a96ff",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_38108",
                    table="people_accessquestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_accessquestionhistoryrow" ("answer", "answered_at", "answered_by", "answered_by_name", "asked_at", "entry_actor_id", "entry_actor_name", "entry_at", "entry_id", "entry_information", "entry_kind", "id", "person_id", "pgh_created_at", "pgh_label", "tenant_id", "text", "unit_id") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by", NEW."answered_by_name", NEW."asked_at", NEW."entry_actor_id", NEW."entry_actor_name", NEW."entry_at", NEW."entry_id", NEW."entry_information", NEW."entry_kind", NEW."id", NEW."person_id", NOW(), \'update\', NEW."tenant_id", NEW."text", NEW."unit_id"); RETURN NULL;',
                    hash="0624910b3ef7239a2c0963bcf76b9677111161c7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_466ba",
                    table="people_accessquestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_accessquestionhistoryrow" ("answer", "answered_at", "answered_by", "answered_by_name", "asked_at", "entry_actor_id", "entry_actor_name", "entry_at", "entry_id", "entry_information", "entry_kind", "id", "person_id", "pgh_created_at", "pgh_label", "tenant_id", "text", "unit_id") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by", OLD."answered_by_name", OLD."asked_at", OLD."entry_actor_id", OLD."entry_actor_name", OLD."entry_at", OLD."entry_id", OLD."entry_information", OLD."entry_kind", OLD."id", OLD."person_id", NOW(), \'delete\', OLD."tenant_id", OLD."text", OLD."unit_id"); RETURN NULL;',
                    hash="d1913d98b82220ef3ef76bc5e7696b8508d9b7fa",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b9ba9",
                    table="people_accessquestion",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "people_accessquestion",
            references={"person_id": "people_person", "unit_id": "organisations_unit"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("people_accessquestionhistoryrow"),
    ]
