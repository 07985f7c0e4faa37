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
        ("followup", "0003_create_holdings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_name", models.TextField(blank=True, default="")),
                ("to_name", models.TextField(blank=True, default="")),
                ("rests_on_consent", models.BooleanField(default=False)),
                ("why", medspiller.core.encryption.EncryptedText(null=True)),
                ("offered_at", models.DateTimeField()),
                ("offered_by", models.UUIDField()),
                ("offered_by_name", models.TextField(blank=True, default="")),
                ("answer_by", models.DateField()),
                ("state", models.CharField(default="offered", max_length=10)),
                ("bounced_because", models.CharField(blank=True, default="", max_length=20)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer_note", medspiller.core.encryption.EncryptedText(null=True)),
                (
                    "from_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "through",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.involvement",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                    ),
                ),
                (
                    "to_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handovers", to="followup.plan"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandoverHistoryrow",
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
                ("from_name", models.TextField(blank=True, default="")),
                ("to_name", models.TextField(blank=True, default="")),
                ("rests_on_consent", models.BooleanField(default=False)),
                ("offered_at", models.DateTimeField()),
                ("offered_by", models.UUIDField()),
                ("offered_by_name", models.TextField(blank=True, default="")),
                ("answer_by", models.DateField()),
                ("state", models.CharField(default="offered", max_length=10)),
                ("bounced_because", models.CharField(blank=True, default="", max_length=20)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "from_user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "through",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.involvement",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.unit",
                    ),
                ),
                (
                    "to_user",
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
            model_name="handover",
            index=models.Index(
                condition=models.Q(("state", "offered")), fields=["tenant_id", "to_user"], name="followup_handover_to"
            ),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(
                condition=models.Q(("state", "offered")),
                fields=["tenant_id", "answer_by"],
                name="followup_handover_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "offered")),
                fields=("tenant_id", "plan"),
                name="followup_handover_one_offer",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["offered", "accepted", "bounced", "withdrawn"])),
                name="followup_handover_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("bounced_because", ""), ("state", "offered")),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("bounced_because", ""),
                        ("state__in", ["accepted", "withdrawn"]),
                    ),
                    models.Q(
                        ("answered_at__isnull", False),
                        (
                            "bounced_because__in",
                            [
                                "declined",
                                "not_answered",
                                "left",
                                "away",
                                "consent_withdrawn",
                                "not_followed_up",
                                "plan_closed",
                            ],
                        ),
                        ("state", "bounced"),
                    ),
                    _connector="OR",
                ),
                name="followup_handover_answered_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_handoverhistoryrow" ("answer_by", "answered_at", "bounced_because", "from_name", "from_user_id", "id", "offered_at", "offered_by", "offered_by_name", "pgh_created_at", "pgh_label", "plan_id", "rests_on_consent", "state", "tenant_id", "through_id", "to_name", "to_unit_id", "to_user_id") VALUES (NEW."answer_by", NEW."answered_at", NEW."bounced_because", NEW."from_name", NEW."from_user_id", NEW."id", NEW."offered_at", NEW."offered_by", NEW."offered_by_name", NOW(), \'insert\', NEW."plan_id", NEW."rests_on_consent", NEW."state", NEW."tenant_id", NEW."through_id", NEW."to_name", NEW."to_unit_id", NEW."to_user_id"); RETURN NULL;',
                    hash="17fc2c352a23cfb8c21ab049438ec2611176ff87",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cb4b7",
                    table="followup_handover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."answer_by" IS DISTINCT FROM (NEW."answer_by") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."bounced_because" IS DISTINCT FROM (NEW."bounced_because") OR OLD."from_name" IS DISTINCT FROM (NEW."from_name") OR OLD."from_user_id" IS DISTINCT FROM (NEW."from_user_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."offered_at" IS DISTINCT FROM (NEW."offered_at") OR OLD."offered_by" IS DISTINCT FROM (NEW."offered_by") OR OLD."offered_by_name" IS DISTINCT FROM (NEW."offered_by_name") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."rests_on_consent" IS DISTINCT FROM (NEW."rests_on_consent") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."through_id" IS DISTINCT FROM (NEW."through_id") OR OLD."to_name" IS DISTINCT FROM (NEW."to_name") OR OLD."to_unit_id" IS DISTINCT FROM (NEW."to_unit_id") OR OLD."to_user_id" IS DISTINCT FROM (NEW."to_user_id"))',
                    func='INSERT INTO "followup_handoverhistoryrow" ("answer_by", "answered_at", "bounced_because", "from_name", "from_user_id", "id", "offered_at", "offered_by", "offered_by_name", "pgh_created_at", "pgh_label", "plan_id", "rests_on_consent", "state", "tenant_id", "through_id", "to_name", "to_unit_id", "to_user_id") VALUES (NEW."answer_by", NEW."answered_at", NEW."bounced_because", NEW."from_name", NEW."from_user_id", NEW."id", NEW."offered_at", NEW."offered_by", NEW."offered_by_name", NOW(), \'update\', NEW."plan_id", NEW."rests_on_consent", NEW."state", NEW."tenant_id", NEW."through_id", NEW."to_name", NEW."to_unit_id", NEW."to_user_id"); RETURN NULL;',
                    hash="4212e9f65afd4c89f6515934048966ae522d72e3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0ce36",
                    table="followup_handover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_handoverhistoryrow" ("answer_by", "answered_at", "bounced_because", "from_name", "from_user_id", "id", "offered_at", "offered_by", "offered_by_name", "pgh_created_at", "pgh_label", "plan_id", "rests_on_consent", "state", "tenant_id", "through_id", "to_name", "to_unit_id", "to_user_id") VALUES (OLD."answer_by", OLD."answered_at", OLD."bounced_because", OLD."from_name", OLD."from_user_id", OLD."id", OLD."offered_at", OLD."offered_by", OLD."offered_by_name", NOW(), \'delete\', OLD."plan_id", OLD."rests_on_consent", OLD."state", OLD."tenant_id", OLD."through_id", OLD."to_name", OLD."to_unit_id", OLD."to_user_id"); RETURN NULL;',
                    hash="1d09e7f43d908fa502bfc8659d342cd6c86034b5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6bfd4",
                    table="followup_handover",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "followup_handover",
            references={
                "plan_id": "followup_plan",
                "from_user_id": "access_user",
                "to_user_id": "access_user",
                "to_unit_id": "organisations_unit",
                "through_id": "people_involvement",
            },
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("followup_handoverhistoryrow"),
    ]
