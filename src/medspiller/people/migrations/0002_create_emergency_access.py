import datetime

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
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
        ("people", "0001_create_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmergencyAccessHistoryrow",
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
                ("used_by", models.UUIDField()),
                ("used_by_name", models.TextField()),
                ("used_by_role", models.TextField(blank=True, default="")),
                ("reason", models.TextField(max_length=1000)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("verdict", models.CharField(blank=True, default="", max_length=10)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("reviewed_by", models.UUIDField(null=True)),
                ("reviewed_by_name", models.TextField(blank=True, default="")),
                ("note", models.TextField(blank=True, default="")),
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
            name="EmergencyAccess",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("used_by", models.UUIDField()),
                ("used_by_name", models.TextField()),
                ("used_by_role", models.TextField(blank=True, default="")),
                ("reason", models.TextField(max_length=1000)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("verdict", models.CharField(blank=True, default="", max_length=10)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("reviewed_by", models.UUIDField(null=True)),
                ("reviewed_by_name", models.TextField(blank=True, default="")),
                ("note", models.TextField(blank=True, default="")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergency_accesses",
                        to="people.person",
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
                "indexes": [
                    models.Index(fields=["tenant_id", "used_by", "ends_at"], name="people_emergencyaccess_by"),
                    models.Index(
                        condition=models.Q(("verdict", "")),
                        fields=["tenant_id", "unit", "starts_at"],
                        name="people_emergencyaccess_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__gte", models.F("starts_at")),
                            (
                                "ends_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_at"), "+", models.Value(datetime.timedelta(days=1))
                                ),
                            ),
                        ),
                        name="people_emergencyaccess_short",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="people_emergencyaccess_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("note", ""),
                                ("reviewed_at__isnull", True),
                                ("reviewed_by__isnull", True),
                                ("reviewed_by_name", ""),
                                ("verdict", ""),
                            ),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                ("verdict__in", ["ok", "not_ok"]),
                            ),
                            _connector="OR",
                        ),
                        name="people_emergencyaccess_reviewed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by", None),
                            models.Q(("reviewed_by", models.F("used_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="people_emergencyaccess_not_own_judge",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("tenant_id", "="),
                            ("used_by", "="),
                            ("person", "="),
                            (medspiller.core.expressions.Moments("starts_at", "ends_at"), "&&"),
                        ],
                        name="people_emergencyaccess_once",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergencyaccess",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_emergencyaccesshistoryrow" ("ends_at", "id", "note", "person_id", "pgh_created_at", "pgh_label", "reason", "reviewed_at", "reviewed_by", "reviewed_by_name", "starts_at", "tenant_id", "unit_id", "used_by", "used_by_name", "used_by_role", "verdict") VALUES (NEW."ends_at", NEW."id", NEW."note", NEW."person_id", NOW(), \'insert\', NEW."reason", NEW."reviewed_at", NEW."reviewed_by", NEW."reviewed_by_name", NEW."starts_at", NEW."tenant_id", NEW."unit_id", NEW."used_by", NEW."used_by_name", NEW."used_by_role", NEW."verdict"); RETURN NULL;',
                    hash="5a7c8eebf9ac03ed35b5262b5a8785ae9b0ad9b6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4e8c7",
                    table="people_emergencyaccess",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergencyaccess",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_emergencyaccesshistoryrow" ("ends_at", "id", "note", "person_id", "pgh_created_at", "pgh_label", "reason", "reviewed_at", "reviewed_by", "reviewed_by_name", "starts_at", "tenant_id", "unit_id", "used_by", "used_by_name", "used_by_role", "verdict") VALUES (NEW."ends_at", NEW."id", NEW."note", NEW."person_id", NOW(), \'update\', NEW."reason", NEW."reviewed_at", NEW."reviewed_by", NEW."reviewed_by_name", NEW."starts_at", NEW."tenant_id", NEW."unit_id", NEW."used_by", NEW."used_by_name", NEW."used_by_role", NEW."verdict"); RETURN NULL;',
                    hash="ff0eaaa641f49f4a1e03a22775a9a65e41d44aad",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e64c4",
                    table="people_emergencyaccess",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergencyaccess",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_emergencyaccesshistoryrow" ("ends_at", "id", "note", "person_id", "pgh_created_at", "pgh_label", "reason", "reviewed_at", "reviewed_by", "reviewed_by_name", "starts_at", "tenant_id", "unit_id", "used_by", "used_by_name", "used_by_role", "verdict") VALUES (OLD."ends_at", OLD."id", OLD."note", OLD."person_id", NOW(), \'delete\', OLD."reason", OLD."reviewed_at", OLD."reviewed_by", OLD."reviewed_by_name", OLD."starts_at", OLD."tenant_id", OLD."unit_id", OLD."used_by", OLD."used_by_name", OLD."used_by_role", OLD."verdict"); RETURN NULL;',
                    hash="438d33362cfa1a03ca01ff0ab03f6f3ffb673709",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e3562",
                    table="people_emergencyaccess",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "people_emergencyaccess",
            references={"person_id": "people_person", "unit_id": "organisations_unit"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("people_emergencyaccesshistoryrow"),
    ]
