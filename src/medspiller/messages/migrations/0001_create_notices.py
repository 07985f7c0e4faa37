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
    initial = True

    dependencies = [
        ("organisations", "0004_create_registers"),
        ("people", "0004_create_access_questions"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeHistoryrow",
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
                ("channel", models.CharField(blank=True, default="", max_length=10)),
                ("event_key", models.CharField(max_length=120)),
                ("language", models.CharField(max_length=2)),
                ("about_day", models.DateField(null=True)),
                ("consent_id", models.UUIDField(null=True)),
                ("state", models.CharField(default="waiting", max_length=20)),
                ("reason", models.CharField(blank=True, default="", max_length=30)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("handing_over_at", models.DateTimeField(null=True)),
                ("handed_over_at", models.DateTimeField(null=True)),
                ("gateway", models.CharField(blank=True, default="", max_length=40)),
                ("gateway_reference", models.CharField(blank=True, default="", max_length=200)),
                ("sent_by", models.UUIDField()),
                ("sent_by_name", models.TextField(blank=True, default="")),
                ("created_at", models.DateTimeField()),
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
            name="Notice",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("channel", models.CharField(blank=True, default="", max_length=10)),
                ("address", medspiller.core.encryption.EncryptedText(null=True)),
                ("address_hash", models.BinaryField(max_length=32, null=True)),
                ("event_key", models.CharField(max_length=120)),
                ("language", models.CharField(max_length=2)),
                ("about_day", models.DateField(null=True)),
                ("consent_id", models.UUIDField(null=True)),
                ("state", models.CharField(default="waiting", max_length=20)),
                ("reason", models.CharField(blank=True, default="", max_length=30)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("handing_over_at", models.DateTimeField(null=True)),
                ("handed_over_at", models.DateTimeField(null=True)),
                ("gateway", models.CharField(blank=True, default="", max_length=40)),
                ("gateway_reference", models.CharField(blank=True, default="", max_length=200)),
                ("sent_by", models.UUIDField()),
                ("sent_by_name", models.TextField(blank=True, default="")),
                ("created_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                    models.Index(fields=["tenant_id", "unit", "-created_at", "-id"], name="notices_notice_of_unit"),
                    models.Index(fields=["tenant_id", "person", "-created_at"], name="notices_notice_to_person"),
                    models.Index(
                        condition=models.Q(("address__isnull", False)),
                        fields=["tenant_id", "created_at"],
                        name="notices_notice_addressed",
                    ),
                    models.Index(
                        condition=models.Q(("consent_id__isnull", False), ("state", "waiting")),
                        fields=["tenant_id", "consent_id"],
                        name="notices_notice_on_consent",
                    ),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["tenant_id", "next_try_at"],
                        name="notices_notice_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant_id", "event_key", "address_hash"), name="notices_notice_once_address"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant_id", "event_key", "person"), name="notices_notice_once_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["", "sms", "email"])), name="notices_notice_channel"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "handing_over", "handed_over", "failed", "uncertain", "stopped"])
                        ),
                        name="notices_notice_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "",
                                    "no_safe_address",
                                    "same_address",
                                    "not_wanted",
                                    "consent_withdrawn",
                                    "address_changed",
                                    "no_gateway",
                                    "not_made_up",
                                    "by_sender",
                                    "refused",
                                    "gave_up",
                                ],
                            )
                        ),
                        name="notices_notice_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("event_key__regex", "^[a-z0-9_.:-]{1,120}$")),
                        name="notices_notice_event_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["failed", "stopped"]), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("state__in", ["failed", "stopped"]), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="notices_notice_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("address__isnull", False),
                                ("address_hash__isnull", False),
                                models.Q(("channel", ""), _negated=True),
                            ),
                            models.Q(
                                ("address__isnull", True),
                                ("address_hash__isnull", True),
                                ("state__in", ["handed_over", "failed", "stopped"]),
                            ),
                            _connector="OR",
                        ),
                        name="notices_notice_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_try_at__isnull", False), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("next_try_at", None)),
                            _connector="OR",
                        ),
                        name="notices_notice_next_try",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handed_over_at__isnull", False), ("state", "handed_over")),
                            models.Q(models.Q(("state", "handed_over"), _negated=True), ("handed_over_at", None)),
                            _connector="OR",
                        ),
                        name="notices_notice_handed_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["handing_over", "handed_over", "uncertain"]), _negated=True),
                            models.Q(("attempts__gte", 1), ("handing_over_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="notices_notice_asked",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notice",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "notices_noticehistoryrow" ("about_day", "attempts", "channel", "consent_id", "created_at", "event_key", "gateway", "gateway_reference", "handed_over_at", "handing_over_at", "id", "kind", "language", "next_try_at", "person_id", "pgh_created_at", "pgh_label", "reason", "sent_by", "sent_by_name", "state", "tenant_id", "unit_id") VALUES (NEW."about_day", NEW."attempts", NEW."channel", NEW."consent_id", NEW."created_at", NEW."event_key", NEW."gateway", NEW."gateway_reference", NEW."handed_over_at", NEW."handing_over_at", NEW."id", NEW."kind", NEW."language", NEW."next_try_at", NEW."person_id", NOW(), \'insert\', NEW."reason", NEW."sent_by", NEW."sent_by_name", NEW."state", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="a05d079286f28ffe8a7ff7d491882ceab626474a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_44969",
                    table="notices_notice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notice",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."about_day" IS DISTINCT FROM (NEW."about_day") OR OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."consent_id" IS DISTINCT FROM (NEW."consent_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."event_key" IS DISTINCT FROM (NEW."event_key") OR OLD."gateway" IS DISTINCT FROM (NEW."gateway") OR OLD."gateway_reference" IS DISTINCT FROM (NEW."gateway_reference") OR OLD."handed_over_at" IS DISTINCT FROM (NEW."handed_over_at") OR OLD."handing_over_at" IS DISTINCT FROM (NEW."handing_over_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."next_try_at" IS DISTINCT FROM (NEW."next_try_at") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."sent_by" IS DISTINCT FROM (NEW."sent_by") OR OLD."sent_by_name" IS DISTINCT FROM (NEW."sent_by_name") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))',
                    func='INSERT INTO "notices_noticehistoryrow" ("about_day", "attempts", "channel", "consent_id", "created_at", "event_key", "gateway", "gateway_reference", "handed_over_at", "handing_over_at", "id", "kind", "language", "next_try_at", "person_id", "pgh_created_at", "pgh_label", "reason", "sent_by", "sent_by_name", "state", "tenant_id", "unit_id") VALUES (NEW."about_day", NEW."attempts", NEW."channel", NEW."consent_id", NEW."created_at", NEW."event_key", NEW."gateway", NEW."gateway_reference", NEW."handed_over_at", NEW."handing_over_at", NEW."id", NEW."kind", NEW."language", NEW."next_try_at", NEW."person_id", NOW(), \'update\', NEW."reason", NEW."sent_by", NEW."sent_by_name", NEW."state", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="e4befaede17f634ad7466663c19e477505c35667",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0f9bc",
                    table="notices_notice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notice",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "notices_noticehistoryrow" ("about_day", "attempts", "channel", "consent_id", "created_at", "event_key", "gateway", "gateway_reference", "handed_over_at", "handing_over_at", "id", "kind", "language", "next_try_at", "person_id", "pgh_created_at", "pgh_label", "reason", "sent_by", "sent_by_name", "state", "tenant_id", "unit_id") VALUES (OLD."about_day", OLD."attempts", OLD."channel", OLD."consent_id", OLD."created_at", OLD."event_key", OLD."gateway", OLD."gateway_reference", OLD."handed_over_at", OLD."handing_over_at", OLD."id", OLD."kind", OLD."language", OLD."next_try_at", OLD."person_id", NOW(), \'delete\', OLD."reason", OLD."sent_by", OLD."sent_by_name", OLD."state", OLD."tenant_id", OLD."unit_id"); RETURN NULL;',
                    hash="710419fa505b30365cc494d88e7e58e69a3cf78b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e6f4d",
                    table="notices_notice",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "notices_notice",
            references={"person_id": "people_person", "unit_id": "organisations_unit"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("notices_noticehistoryrow"),
    ]
