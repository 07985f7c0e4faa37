import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.expressions
import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_create_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("given_name", models.CharField(blank=True, max_length=200)),
                ("family_name", models.CharField(blank=True, max_length=200)),
                ("birth_date", models.DateField(null=True)),
                ("protected_address", models.CharField(default="none", max_length=20)),
                ("pid", medspiller.core.encryption.EncryptedText(null=True)),
                ("pid_hash", models.BinaryField(max_length=32, null=True)),
                ("died_on", models.DateField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.user"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonHistoryrow",
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
                ("given_name", models.CharField(blank=True, max_length=200)),
                ("family_name", models.CharField(blank=True, max_length=200)),
                ("birth_date", models.DateField(null=True)),
                ("protected_address", models.CharField(default="none", max_length=20)),
                ("died_on", models.DateField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="access.user",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="relations", to="people.person"
                    ),
                ),
                (
                    "related",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="relations_to", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RelationHistoryrow",
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
                ("kind", models.CharField(max_length=40)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
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
                    "related",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["tenant_id", "family_name", "given_name", "id"], name="people_person_by_name"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["tenant_id", "birth_date"], name="people_person_by_birth_date"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(("pid_hash__isnull", False)),
                fields=("tenant_id", "pid_hash"),
                name="people_person_pid",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)), fields=("tenant_id", "user"), name="people_person_user"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("protected_address__in", ["none", "fortrolig", "strengt_fortrolig"])),
                name="people_person_protected_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("family_name", ""), ("given_name", ""), _negated=True),
                name="people_person_has_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pid__isnull", True), ("pid_hash__isnull", True)),
                    models.Q(("pid__isnull", False), ("pid_hash__isnull", False)),
                    _connector="OR",
                ),
                name="people_person_pid_with_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("died_on", None), ("birth_date", None), ("died_on__gte", models.F("birth_date")), _connector="OR"
                ),
                name="people_person_died_after_birth",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_personhistoryrow" ("birth_date", "died_on", "family_name", "given_name", "id", "pgh_created_at", "pgh_label", "protected_address", "tenant_id", "user_id") VALUES (NEW."birth_date", NEW."died_on", NEW."family_name", NEW."given_name", NEW."id", NOW(), \'insert\', NEW."protected_address", NEW."tenant_id", NEW."user_id"); RETURN NULL;',
                    hash="ade53617322816a27c627e217c0ba88d7f0ad73d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_65688",
                    table="people_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."died_on" IS DISTINCT FROM (NEW."died_on") OR OLD."family_name" IS DISTINCT FROM (NEW."family_name") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."protected_address" IS DISTINCT FROM (NEW."protected_address") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                    func='INSERT INTO "people_personhistoryrow" ("birth_date", "died_on", "family_name", "given_name", "id", "pgh_created_at", "pgh_label", "protected_address", "tenant_id", "user_id") VALUES (NEW."birth_date", NEW."died_on", NEW."family_name", NEW."given_name", NEW."id", NOW(), \'update\', NEW."protected_address", NEW."tenant_id", NEW."user_id"); RETURN NULL;',
                    hash="c3b2347dfb4561e1f6e1661b180e8efc42491d0e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_de829",
                    table="people_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_personhistoryrow" ("birth_date", "died_on", "family_name", "given_name", "id", "pgh_created_at", "pgh_label", "protected_address", "tenant_id", "user_id") VALUES (OLD."birth_date", OLD."died_on", OLD."family_name", OLD."given_name", OLD."id", NOW(), \'delete\', OLD."protected_address", OLD."tenant_id", OLD."user_id"); RETURN NULL;',
                    hash="0e36f61b2a8baa3caff07ef1712c0b86e868a94c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2ca2d",
                    table="people_person",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "spouse",
                            "cohabitant",
                            "former_spouse",
                            "parent",
                            "child",
                            "sibling",
                            "grandparent",
                            "grandchild",
                            "step_parent",
                            "step_child",
                            "foster_parent",
                            "foster_child",
                            "parent_in_law",
                            "child_in_law",
                            "sibling_in_law",
                            "other_family",
                            "friend",
                            "neighbour",
                            "other",
                        ],
                    )
                ),
                name="people_relation_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("related")), _negated=True), name="people_relation_to_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                name="people_relation_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant_id", "="),
                    ("person", "="),
                    ("related", "="),
                    ("kind", "="),
                    (medspiller.core.expressions.Days("valid_from", "valid_to"), "&&"),
                ],
                name="people_relation_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="relation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_relationhistoryrow" ("id", "kind", "person_id", "pgh_created_at", "pgh_label", "related_id", "tenant_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."kind", NEW."person_id", NOW(), \'insert\', NEW."related_id", NEW."tenant_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="4d2efd4de4f826a43e23fd421e7fbbacf8993d6f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f9e17",
                    table="people_relation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="relation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_relationhistoryrow" ("id", "kind", "person_id", "pgh_created_at", "pgh_label", "related_id", "tenant_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."kind", NEW."person_id", NOW(), \'update\', NEW."related_id", NEW."tenant_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="eab52b40226339c8feb99d99338ad8f3410e8038",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_39542",
                    table="people_relation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="relation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_relationhistoryrow" ("id", "kind", "person_id", "pgh_created_at", "pgh_label", "related_id", "tenant_id", "valid_from", "valid_to") VALUES (OLD."id", OLD."kind", OLD."person_id", NOW(), \'delete\', OLD."related_id", OLD."tenant_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                    hash="ee9b712c9f99a7fb13bdaf90ad297a1585c35eaf",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b79c9",
                    table="people_relation",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable("people_person", references={"user_id": "access_user"}, tenant_table="organisations_tenant"),
        ProtectHistory("people_personhistoryrow"),
        ProtectTenantTable(
            "people_relation",
            references={"person_id": "people_person", "related_id": "people_person"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("people_relationhistoryrow"),
    ]
