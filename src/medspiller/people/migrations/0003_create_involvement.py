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
        ("people", "0002_create_emergency_access"),
    ]

    operations = [
        migrations.CreateModel(
            name="InvolvementHistoryrow",
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
                ("basis", models.CharField(max_length=30)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("opened_by", models.UUIDField()),
                ("opened_by_name", models.TextField(blank=True, default="")),
                ("opened_at", models.DateTimeField()),
                ("handed_on_why", models.CharField(blank=True, default="", max_length=500)),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "emergency_access",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.emergencyaccess",
                    ),
                ),
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
            name="Involvement",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("basis", models.CharField(max_length=30)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("opened_by", models.UUIDField()),
                ("opened_by_name", models.TextField(blank=True, default="")),
                ("opened_at", models.DateTimeField()),
                ("handed_on_why", models.CharField(blank=True, default="", max_length=500)),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "emergency_access",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.emergencyaccess",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="involvements", to="people.person"
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
                    models.Index(
                        fields=["tenant_id", "person", "unit"],
                        include=("starts_at", "ends_at"),
                        name="people_involvement_of",
                    ),
                    models.Index(
                        fields=["tenant_id", "unit", "person"],
                        include=("starts_at", "ends_at"),
                        name="people_involvement_in",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "basis__in",
                                [
                                    "treatment",
                                    "assessment",
                                    "application",
                                    "support",
                                    "child_next_of_kin",
                                    "coordination",
                                    "emergency_contact",
                                ],
                            )
                        ),
                        name="people_involvement_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at", None), ("ends_at__gte", models.F("starts_at")), _connector="OR"),
                        name="people_involvement_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_at__gte", models.F("opened_at"))),
                        name="people_involvement_not_backdated",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("tenant_id", "="),
                            ("person", "="),
                            ("unit", "="),
                            ("basis", "="),
                            (medspiller.core.expressions.Moments("starts_at", "ends_at"), "&&"),
                        ],
                        name="people_involvement_once",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="involvement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_involvementhistoryrow" ("basis", "closed_at", "closed_by", "emergency_access_id", "ends_at", "handed_on_why", "id", "opened_at", "opened_by", "opened_by_name", "person_id", "pgh_created_at", "pgh_label", "starts_at", "tenant_id", "unit_id") VALUES (NEW."basis", NEW."closed_at", NEW."closed_by", NEW."emergency_access_id", NEW."ends_at", NEW."handed_on_why", NEW."id", NEW."opened_at", NEW."opened_by", NEW."opened_by_name", NEW."person_id", NOW(), \'insert\', NEW."starts_at", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="82caf9bf3a9a97d66e9a0a4cdd145b4663544d97",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_25750",
                    table="people_involvement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="involvement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_involvementhistoryrow" ("basis", "closed_at", "closed_by", "emergency_access_id", "ends_at", "handed_on_why", "id", "opened_at", "opened_by", "opened_by_name", "person_id", "pgh_created_at", "pgh_label", "starts_at", "tenant_id", "unit_id") VALUES (NEW."basis", NEW."closed_at", NEW."closed_by", NEW."emergency_access_id", NEW."ends_at", NEW."handed_on_why", NEW."id", NEW."opened_at", NEW."opened_by", NEW."opened_by_name", NEW."person_id", NOW(), \'update\', NEW."starts_at", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="f6b5aecb413935de9caa3573d96418f7a958fde8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_75471",
                    table="people_involvement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="involvement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_involvementhistoryrow" ("basis", "closed_at", "closed_by", "emergency_access_id", "ends_at", "handed_on_why", "id", "opened_at", "opened_by", "opened_by_name", "person_id", "pgh_created_at", "pgh_label", "starts_at", "tenant_id", "unit_id") VALUES (OLD."basis", OLD."closed_at", OLD."closed_by", OLD."emergency_access_id", OLD."ends_at", OLD."handed_on_why", OLD."id", OLD."opened_at", OLD."opened_by", OLD."opened_by_name", OLD."person_id", NOW(), \'delete\', OLD."starts_at", OLD."tenant_id", OLD."unit_id"); RETURN NULL;',
                    hash="e77bdecea35fa79760ab5d96a3a72d9b307b92a5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_80e27",
                    table="people_involvement",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "people_involvement",
            references={
                "person_id": "people_person",
                "unit_id": "organisations_unit",
                "emergency_access_id": "people_emergencyaccess",
            },
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("people_involvementhistoryrow"),
    ]
