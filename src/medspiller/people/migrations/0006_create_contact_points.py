import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_create_registers"),
        ("people", "0005_extend_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("system", models.CharField(max_length=10)),
                ("value", medspiller.core.encryption.EncryptedText()),
                ("value_hash", models.BinaryField(max_length=32)),
                ("own", models.BooleanField(default=True)),
                ("safe_to_call", models.BooleanField(null=True)),
                ("safe_to_leave_message", models.BooleanField(null=True)),
                ("safe_for_notices", models.BooleanField(null=True)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("rank", models.PositiveSmallIntegerField(default=1)),
                ("stored_for", models.UUIDField(null=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ContactPointHistoryrow",
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
                ("system", models.CharField(max_length=10)),
                ("own", models.BooleanField(default=True)),
                ("safe_to_call", models.BooleanField(null=True)),
                ("safe_to_leave_message", models.BooleanField(null=True)),
                ("safe_for_notices", models.BooleanField(null=True)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("rank", models.PositiveSmallIntegerField(default=1)),
                ("stored_for", models.UUIDField(null=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InformationGiven",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("registered_on", models.DateField()),
                ("due_on", models.DateField()),
                ("informed_at", models.DateTimeField(null=True)),
                ("how", models.CharField(blank=True, default="", max_length=20)),
                ("reason_not_to", models.TextField(blank=True, default="")),
                ("recorded_by", models.UUIDField(null=True)),
                ("recorded_by_name", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.CreateModel(
            name="PersonName",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("use", models.CharField(max_length=10)),
                ("given_name", models.CharField(blank=True, max_length=200)),
                ("family_name", models.CharField(blank=True, max_length=200)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PersonNameHistoryrow",
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
                ("use", models.CharField(max_length=10)),
                ("given_name", models.CharField(blank=True, max_length=200)),
                ("family_name", models.CharField(blank=True, max_length=200)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="contact_points", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="contactpointhistoryrow",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="informationgiven",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="information_given", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="informationgiven",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
            ),
        ),
        migrations.AddField(
            model_name="personname",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="other_names", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="personnamehistoryrow",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddIndex(
            model_name="contactpoint",
            index=models.Index(fields=["tenant_id", "person"], name="people_contactpoint_of"),
        ),
        migrations.AddIndex(
            model_name="contactpoint",
            index=models.Index(fields=["tenant_id", "value_hash"], name="people_contactpoint_value"),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("system__in", ["phone", "email", "address"])), name="people_contactpoint_system"
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                name="people_contactpoint_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None)),
                fields=("tenant_id", "person", "system", "value_hash"),
                name="people_contactpoint_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_contactpointhistoryrow" ("id", "note", "own", "person_id", "pgh_created_at", "pgh_label", "rank", "safe_for_notices", "safe_to_call", "safe_to_leave_message", "stored_for", "system", "tenant_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."note", NEW."own", NEW."person_id", NOW(), \'insert\', NEW."rank", NEW."safe_for_notices", NEW."safe_to_call", NEW."safe_to_leave_message", NEW."stored_for", NEW."system", NEW."tenant_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="45285b4fe7e35290792b14610139b9ffb16e3d04",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_37e76",
                    table="people_contactpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."own" IS DISTINCT FROM (NEW."own") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."rank" IS DISTINCT FROM (NEW."rank") OR OLD."safe_for_notices" IS DISTINCT FROM (NEW."safe_for_notices") OR OLD."safe_to_call" IS DISTINCT FROM (NEW."safe_to_call") OR OLD."safe_to_leave_message" IS DISTINCT FROM (NEW."safe_to_leave_message") OR OLD."stored_for" IS DISTINCT FROM (NEW."stored_for") OR OLD."system" IS DISTINCT FROM (NEW."system") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))',
                    func='INSERT INTO "people_contactpointhistoryrow" ("id", "note", "own", "person_id", "pgh_created_at", "pgh_label", "rank", "safe_for_notices", "safe_to_call", "safe_to_leave_message", "stored_for", "system", "tenant_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."note", NEW."own", NEW."person_id", NOW(), \'update\', NEW."rank", NEW."safe_for_notices", NEW."safe_to_call", NEW."safe_to_leave_message", NEW."stored_for", NEW."system", NEW."tenant_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="1e34317d7f774ab0667cc26dc3986214ad93ed22",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ecedd",
                    table="people_contactpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_contactpointhistoryrow" ("id", "note", "own", "person_id", "pgh_created_at", "pgh_label", "rank", "safe_for_notices", "safe_to_call", "safe_to_leave_message", "stored_for", "system", "tenant_id", "valid_from", "valid_to") VALUES (OLD."id", OLD."note", OLD."own", OLD."person_id", NOW(), \'delete\', OLD."rank", OLD."safe_for_notices", OLD."safe_to_call", OLD."safe_to_leave_message", OLD."stored_for", OLD."system", OLD."tenant_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                    hash="3256eb226dfc1a5194d8f60b9e74d484c0245ea0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e5970",
                    table="people_contactpoint",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="informationgiven",
            index=models.Index(
                condition=models.Q(("informed_at", None), ("reason_not_to", "")),
                fields=["tenant_id", "unit", "due_on"],
                name="people_informationgiven_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="informationgiven",
            constraint=models.UniqueConstraint(fields=("tenant_id", "person"), name="people_informationgiven_once"),
        ),
        migrations.AddConstraint(
            model_name="informationgiven",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("registered_on"))),
                name="people_informationgiven_due_after_registered",
            ),
        ),
        migrations.AddConstraint(
            model_name="informationgiven",
            constraint=models.CheckConstraint(
                condition=models.Q(("informed_at", None), ("reason_not_to", ""), _connector="OR"),
                name="people_informationgiven_one_of_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="personname",
            constraint=models.CheckConstraint(
                condition=models.Q(("use__in", ["official", "old", "nickname"])), name="people_personname_use"
            ),
        ),
        migrations.AddConstraint(
            model_name="personname",
            constraint=models.CheckConstraint(
                condition=models.Q(("family_name", ""), ("given_name", ""), _negated=True),
                name="people_personname_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="personname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from", None), ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="people_personname_period",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personname",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_personnamehistoryrow" ("family_name", "given_name", "id", "person_id", "pgh_created_at", "pgh_label", "tenant_id", "use", "valid_from", "valid_to") VALUES (NEW."family_name", NEW."given_name", NEW."id", NEW."person_id", NOW(), \'insert\', NEW."tenant_id", NEW."use", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="0dd2ced53af514ab0ed6f866015a0aed0a4758c9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c53e8",
                    table="people_personname",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personname",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_personnamehistoryrow" ("family_name", "given_name", "id", "person_id", "pgh_created_at", "pgh_label", "tenant_id", "use", "valid_from", "valid_to") VALUES (NEW."family_name", NEW."given_name", NEW."id", NEW."person_id", NOW(), \'update\', NEW."tenant_id", NEW."use", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="0cefe120c9075825a2297001d3d0be1f43ca5a4f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6d4c3",
                    table="people_personname",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personname",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_personnamehistoryrow" ("family_name", "given_name", "id", "person_id", "pgh_created_at", "pgh_label", "tenant_id", "use", "valid_from", "valid_to") VALUES (OLD."family_name", OLD."given_name", OLD."id", OLD."person_id", NOW(), \'delete\', OLD."tenant_id", OLD."use", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                    hash="7b3d8d2b0fe87e36c6b53187074033dd2f6cb986",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7960e",
                    table="people_personname",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "people_contactpoint", references={"person_id": "people_person"}, tenant_table="organisations_tenant"
        ),
        ProtectTenantTable(
            "people_informationgiven",
            references={"person_id": "people_person", "unit_id": "organisations_unit"},
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "people_personname", references={"person_id": "people_person"}, tenant_table="organisations_tenant"
        ),
        ProtectHistory("people_contactpointhistoryrow"),
        ProtectHistory("people_personnamehistoryrow"),
    ]
