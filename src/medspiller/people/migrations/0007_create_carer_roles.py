import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.expressions
import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_create_registers"),
        ("people", "0006_create_contact_points"),
    ]

    operations = [
        migrations.CreateModel(
            name="CarerRole",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("role", models.CharField(max_length=30)),
                ("named_by_patient", models.BooleanField(null=True)),
                ("basis", models.CharField(blank=True, default="", max_length=200)),
                ("reasoning", models.TextField(blank=True, default="")),
                ("covers_personal", models.BooleanField(null=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                ("end_reason", models.CharField(blank=True, default="", max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="CarerRoleHistoryrow",
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
                ("role", models.CharField(max_length=30)),
                ("named_by_patient", models.BooleanField(null=True)),
                ("basis", models.CharField(blank=True, default="", max_length=200)),
                ("reasoning", models.TextField(blank=True, default="")),
                ("covers_personal", models.BooleanField(null=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                ("end_reason", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="carerrole",
            name="carer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="carer_roles", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="carerrole",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="roles_of_carers", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="carerrole",
            name="relation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="people.relation"
            ),
        ),
        migrations.AddField(
            model_name="carerrolehistoryrow",
            name="carer",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="carerrolehistoryrow",
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
            model_name="carerrolehistoryrow",
            name="relation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.relation",
            ),
        ),
        migrations.AddIndex(
            model_name="carerrole",
            index=models.Index(fields=["tenant_id", "patient"], name="people_carerrole_of"),
        ),
        migrations.AddIndex(
            model_name="carerrole",
            index=models.Index(fields=["tenant_id", "carer"], name="people_carerrole_to"),
        ),
        migrations.AddIndex(
            model_name="carerrole",
            index=models.Index(fields=["tenant_id", "relation"], name="people_carerrole_relation"),
        ),
        migrations.AddConstraint(
            model_name="carerrole",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "PAARORENDE",
                            "NAERMESTE",
                            "NAERMESTE_STATUTORY",
                            "FORELDREANSVAR",
                            "SAMVAERSFORELDER",
                            "BARNEVERN_OMSORG",
                            "VERGE",
                            "VERGE_FRATATT",
                            "FREMTIDSFULLMEKTIG",
                            "LEGAL_REP_ECON",
                            "FULLMEKTIG",
                            "OMSORGSYTER_TYNGENDE",
                            "BARN_PAARORENDE",
                            "BARN_ETTERLATT",
                            "ETTERLATT",
                            "UNG_VOKSEN",
                        ],
                    )
                ),
                name="people_carerrole_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="carerrole",
            constraint=models.CheckConstraint(
                condition=models.Q(("patient", models.F("carer")), _negated=True), name="people_carerrole_of_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="carerrole",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                name="people_carerrole_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="carerrole",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "NAERMESTE_STATUTORY"), _negated=True),
                    models.Q(("reasoning", ""), _negated=True),
                    _connector="OR",
                ),
                name="people_carerrole_fallback_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="carerrole",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant_id", "="),
                    ("patient", "="),
                    ("carer", "="),
                    ("role", "="),
                    (medspiller.core.expressions.Days("valid_from", "valid_to"), "&&"),
                ],
                name="people_carerrole_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carerrole",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_between_the_two",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NOT EXISTS (\n    SELECT FROM people_relation r WHERE r.id = NEW.relation_id\n    AND ((r.person_id = NEW.patient_id AND r.related_id = NEW.carer_id)\n        OR (r.person_id = NEW.carer_id AND r.related_id = NEW.patient_id))\n) THEN\n    RAISE EXCEPTION 'role % is not between the two of its relation', NEW.id\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'people_carerrole_between_the_two';\nEND IF;\nRETURN NEW;\n",
                    hash="c140844b4a40492ec9a79835af970a1aa4cd6292",
                    operation='INSERT OR UPDATE OF "relation_id", "patient_id", "carer_id"',
                    pgid="pgtrigger_keep_between_the_two_7a351",
                    table="people_carerrole",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carerrole",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_carerrolehistoryrow" ("basis", "carer_id", "covers_personal", "end_reason", "id", "named_by_patient", "patient_id", "pgh_created_at", "pgh_label", "reasoning", "recorded_at", "recorded_by", "recorded_by_name", "relation_id", "role", "tenant_id", "valid_from", "valid_to") VALUES (NEW."basis", NEW."carer_id", NEW."covers_personal", NEW."end_reason", NEW."id", NEW."named_by_patient", NEW."patient_id", NOW(), \'insert\', NEW."reasoning", NEW."recorded_at", NEW."recorded_by", NEW."recorded_by_name", NEW."relation_id", NEW."role", NEW."tenant_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="91540cc7d4375e1c8250b12cdd92209a168a9b65",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c936e",
                    table="people_carerrole",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carerrole",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_carerrolehistoryrow" ("basis", "carer_id", "covers_personal", "end_reason", "id", "named_by_patient", "patient_id", "pgh_created_at", "pgh_label", "reasoning", "recorded_at", "recorded_by", "recorded_by_name", "relation_id", "role", "tenant_id", "valid_from", "valid_to") VALUES (NEW."basis", NEW."carer_id", NEW."covers_personal", NEW."end_reason", NEW."id", NEW."named_by_patient", NEW."patient_id", NOW(), \'update\', NEW."reasoning", NEW."recorded_at", NEW."recorded_by", NEW."recorded_by_name", NEW."relation_id", NEW."role", NEW."tenant_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="3092b7ae296eab6eec8bca5586c64ed3e13a045e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0e6f3",
                    table="people_carerrole",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carerrole",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_carerrolehistoryrow" ("basis", "carer_id", "covers_personal", "end_reason", "id", "named_by_patient", "patient_id", "pgh_created_at", "pgh_label", "reasoning", "recorded_at", "recorded_by", "recorded_by_name", "relation_id", "role", "tenant_id", "valid_from", "valid_to") VALUES (OLD."basis", OLD."carer_id", OLD."covers_personal", OLD."end_reason", OLD."id", OLD."named_by_patient", OLD."patient_id", NOW(), \'delete\', OLD."reasoning", OLD."recorded_at", OLD."recorded_by", OLD."recorded_by_name", OLD."relation_id", OLD."role", OLD."tenant_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                    hash="e1e14898ed4906ecf4811d17d7b787cb14446d41",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_24025",
                    table="people_carerrole",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "people_carerrole",
            references={"relation_id": "people_relation", "patient_id": "people_person", "carer_id": "people_person"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("people_carerrolehistoryrow"),
    ]
