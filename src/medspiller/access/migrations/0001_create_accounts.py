import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
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
    initial = True

    dependencies = [
        ("organisations", "0004_create_registers"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("issuer", models.CharField(max_length=200)),
                ("subject", models.CharField(max_length=255)),
                ("kind", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("is_active", models.BooleanField(default=True)),
                ("pid", medspiller.core.encryption.EncryptedText(null=True)),
                ("pid_hash", models.BinaryField(max_length=32, null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "issuer", "subject"), name="access_user_identity"),
                    models.UniqueConstraint(
                        condition=models.Q(("pid_hash__isnull", False)),
                        fields=("tenant_id", "kind", "pid_hash"),
                        name="access_user_pid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["staff", "citizen"])), name="access_user_kind"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostHolding",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostHoldingHistoryrow",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "post",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.post",
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
            name="RoleGrant",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("role", models.CharField(max_length=40)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "holding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="access.postholding"
                    ),
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
            name="RoleGrantHistoryrow",
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
                ("role", models.CharField(max_length=40)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "holding",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="access.postholding",
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
        migrations.AddConstraint(
            model_name="postholding",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="access_holding_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="postholding",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at", None)),
                expressions=[
                    ("tenant_id", "="),
                    ("user", "="),
                    ("post", "="),
                    (medspiller.core.expressions.Days("valid_from", "valid_to"), "&&"),
                ],
                name="access_holding_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postholding",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_postholdinghistoryrow" ("ended_at", "id", "pgh_created_at", "pgh_label", "post_id", "tenant_id", "user_id", "valid_from", "valid_to") VALUES (NEW."ended_at", NEW."id", NOW(), \'insert\', NEW."post_id", NEW."tenant_id", NEW."user_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="8bd58aca895683f6810b3bfdabf4a7fa99e1ba34",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_96df3",
                    table="access_postholding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postholding",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "access_postholdinghistoryrow" ("ended_at", "id", "pgh_created_at", "pgh_label", "post_id", "tenant_id", "user_id", "valid_from", "valid_to") VALUES (NEW."ended_at", NEW."id", NOW(), \'update\', NEW."post_id", NEW."tenant_id", NEW."user_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="0804f203bcc3611d60d978bec26e0da6fdba5dfd",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c2572",
                    table="access_postholding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postholding",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_postholdinghistoryrow" ("ended_at", "id", "pgh_created_at", "pgh_label", "post_id", "tenant_id", "user_id", "valid_from", "valid_to") VALUES (OLD."ended_at", OLD."id", NOW(), \'delete\', OLD."post_id", OLD."tenant_id", OLD."user_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                    hash="fc7ce5b80b6b0c11995035dafa9b81255b89fe9f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ea86d",
                    table="access_postholding",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="access_grant_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "care_worker",
                            "carer_contact",
                            "children_lead",
                            "case_worker",
                            "coordinator",
                            "leader",
                            "strategy_owner",
                            "volunteer_coordinator",
                            "administrator",
                        ],
                    )
                ),
                name="access_grant_role",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rolegrant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_rolegranthistoryrow" ("ended_at", "holding_id", "id", "pgh_created_at", "pgh_label", "role", "tenant_id", "unit_id", "valid_from", "valid_to") VALUES (NEW."ended_at", NEW."holding_id", NEW."id", NOW(), \'insert\', NEW."role", NEW."tenant_id", NEW."unit_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="61f6a12c11e31baa9478bd7e64df74e14f8ffb48",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e91fd",
                    table="access_rolegrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rolegrant",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "access_rolegranthistoryrow" ("ended_at", "holding_id", "id", "pgh_created_at", "pgh_label", "role", "tenant_id", "unit_id", "valid_from", "valid_to") VALUES (NEW."ended_at", NEW."holding_id", NEW."id", NOW(), \'update\', NEW."role", NEW."tenant_id", NEW."unit_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="596653898aebc0df09f5529c67c434b7e6c3a11b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_df172",
                    table="access_rolegrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rolegrant",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_rolegranthistoryrow" ("ended_at", "holding_id", "id", "pgh_created_at", "pgh_label", "role", "tenant_id", "unit_id", "valid_from", "valid_to") VALUES (OLD."ended_at", OLD."holding_id", OLD."id", NOW(), \'delete\', OLD."role", OLD."tenant_id", OLD."unit_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                    hash="aabcf32be9928be7ad1ef7009c8358428a4c475a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fc173",
                    table="access_rolegrant",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable("access_user", tenant_table="organisations_tenant"),
        ProtectTenantTable(
            "access_postholding",
            references={"user_id": "access_user", "post_id": "organisations_post"},
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "access_rolegrant",
            references={"holding_id": "access_postholding", "unit_id": "organisations_unit"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("access_postholdinghistoryrow"),
        ProtectHistory("access_rolegranthistoryrow"),
    ]
