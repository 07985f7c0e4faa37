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
from medspiller.core.schema import AppendOnly, ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0004_create_registers"),
        ("people", "0014_create_correction_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CarerFile",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("identified_on", models.DateField()),
                ("identified_how", models.CharField(max_length=20)),
                ("why", medspiller.core.encryption.EncryptedText(null=True)),
                ("situation", medspiller.core.encryption.EncryptedText(null=True)),
                ("what_matters", medspiller.core.encryption.EncryptedText(null=True)),
                ("contact_name", models.TextField(blank=True, default="")),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.UUIDField()),
                ("opened_by_name", models.TextField(blank=True, default="")),
                ("state", models.CharField(default="open", max_length=10)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_by_name", models.TextField(blank=True, default="")),
                ("closed_because", models.CharField(blank=True, default="", max_length=20)),
                ("closing_note", medspiller.core.encryption.EncryptedText(null=True)),
                (
                    "outcome",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "carer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            name="FileNote",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("on", models.DateField()),
                ("text", medspiller.core.encryption.EncryptedText(null=True)),
                ("about_type", models.CharField(blank=True, default="", max_length=60)),
                ("about_id", models.UUIDField(null=True)),
                ("by", models.UUIDField()),
                ("by_name", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="followup.carerfile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Moved",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("merge_id", models.UUIDField()),
                ("table", models.CharField(max_length=20)),
                ("row_id", models.UUIDField()),
                ("column", models.CharField(max_length=20)),
                ("before", models.UUIDField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant_id", "merge_id", "table", "row_id", "column"), name="followup_moved_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CarerFileHistoryrow",
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
                ("kind", models.CharField(max_length=10)),
                ("identified_on", models.DateField()),
                ("identified_how", models.CharField(max_length=20)),
                ("contact_name", models.TextField(blank=True, default="")),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.UUIDField()),
                ("opened_by_name", models.TextField(blank=True, default="")),
                ("state", models.CharField(default="open", max_length=10)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_by_name", models.TextField(blank=True, default="")),
                ("closed_because", models.CharField(blank=True, default="", max_length=20)),
                (
                    "outcome",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "carer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
        migrations.AddIndex(
            model_name="carerfile",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["tenant_id", "unit", "opened_at", "id"],
                name="followup_file_of_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="carerfile",
            index=models.Index(fields=["tenant_id", "carer"], name="followup_file_of_carer"),
        ),
        migrations.AddIndex(
            model_name="carerfile",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["tenant_id", "contact"], name="followup_file_of_contact"
            ),
        ),
        migrations.AddConstraint(
            model_name="carerfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("tenant_id", "carer"), name="followup_file_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="carerfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["adult", "child"])), name="followup_file_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="carerfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "identified_how__in",
                        [
                            "asked",
                            "first_talk",
                            "said_so",
                            "patient_said",
                            "another_service",
                            "school",
                            "children_question",
                            "answers",
                            "other",
                        ],
                    )
                ),
                name="followup_file_identified",
            ),
        ),
        migrations.AddConstraint(
            model_name="carerfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at", None),
                        ("closed_because", ""),
                        ("closed_by", None),
                        ("outcome", []),
                        ("state", "open"),
                    ),
                    models.Q(
                        ("closed_at__isnull", False),
                        (
                            "closed_because__in",
                            [
                                "goals_met",
                                "no_longer_carer",
                                "patient_died",
                                "carer_wants",
                                "carer_died",
                                "moved_away",
                                "not_reached",
                                "another_follows",
                                "merged",
                                "other",
                            ],
                        ),
                        ("closed_by__isnull", False),
                        ("state", "closed"),
                    ),
                    _connector="OR",
                ),
                name="followup_file_closed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="carerfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__contained_by",
                        ["better", "same", "worse", "support_in_place", "knows_whom_to_ask", "handed_on", "not_known"],
                    )
                ),
                name="followup_file_outcome",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carerfile",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_carerfilehistoryrow" ("carer_id", "closed_at", "closed_because", "closed_by", "closed_by_name", "contact_id", "contact_name", "id", "identified_how", "identified_on", "kind", "opened_at", "opened_by", "opened_by_name", "outcome", "pgh_created_at", "pgh_label", "state", "tenant_id", "unit_id", "version") VALUES (NEW."carer_id", NEW."closed_at", NEW."closed_because", NEW."closed_by", NEW."closed_by_name", NEW."contact_id", NEW."contact_name", NEW."id", NEW."identified_how", NEW."identified_on", NEW."kind", NEW."opened_at", NEW."opened_by", NEW."opened_by_name", NEW."outcome", NOW(), \'insert\', NEW."state", NEW."tenant_id", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="32e2e9a4c922e61c6f45233d7c4c14e2ff6c6211",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_14052",
                    table="followup_carerfile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carerfile",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."carer_id" IS DISTINCT FROM (NEW."carer_id") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."closed_because" IS DISTINCT FROM (NEW."closed_because") OR OLD."closed_by" IS DISTINCT FROM (NEW."closed_by") OR OLD."closed_by_name" IS DISTINCT FROM (NEW."closed_by_name") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."contact_name" IS DISTINCT FROM (NEW."contact_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."identified_how" IS DISTINCT FROM (NEW."identified_how") OR OLD."identified_on" IS DISTINCT FROM (NEW."identified_on") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."opened_by" IS DISTINCT FROM (NEW."opened_by") OR OLD."opened_by_name" IS DISTINCT FROM (NEW."opened_by_name") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "followup_carerfilehistoryrow" ("carer_id", "closed_at", "closed_because", "closed_by", "closed_by_name", "contact_id", "contact_name", "id", "identified_how", "identified_on", "kind", "opened_at", "opened_by", "opened_by_name", "outcome", "pgh_created_at", "pgh_label", "state", "tenant_id", "unit_id", "version") VALUES (NEW."carer_id", NEW."closed_at", NEW."closed_because", NEW."closed_by", NEW."closed_by_name", NEW."contact_id", NEW."contact_name", NEW."id", NEW."identified_how", NEW."identified_on", NEW."kind", NEW."opened_at", NEW."opened_by", NEW."opened_by_name", NEW."outcome", NOW(), \'update\', NEW."state", NEW."tenant_id", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="4b43cc606207b0f235d603da463b450ef533d620",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_223cd",
                    table="followup_carerfile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carerfile",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_carerfilehistoryrow" ("carer_id", "closed_at", "closed_because", "closed_by", "closed_by_name", "contact_id", "contact_name", "id", "identified_how", "identified_on", "kind", "opened_at", "opened_by", "opened_by_name", "outcome", "pgh_created_at", "pgh_label", "state", "tenant_id", "unit_id", "version") VALUES (OLD."carer_id", OLD."closed_at", OLD."closed_because", OLD."closed_by", OLD."closed_by_name", OLD."contact_id", OLD."contact_name", OLD."id", OLD."identified_how", OLD."identified_on", OLD."kind", OLD."opened_at", OLD."opened_by", OLD."opened_by_name", OLD."outcome", NOW(), \'delete\', OLD."state", OLD."tenant_id", OLD."unit_id", OLD."version"); RETURN NULL;',
                    hash="7880b5153bea88f6a79b4d0e0da1dabcd55e1bff",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b7571",
                    table="followup_carerfile",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="filenote",
            index=models.Index(fields=["tenant_id", "file", "-on", "-at"], name="followup_note_of_file"),
        ),
        migrations.AddConstraint(
            model_name="filenote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "code__in",
                        [
                            "talk",
                            "call",
                            "meeting",
                            "change",
                            "opened",
                            "closed",
                            "reopened",
                            "contact",
                            "plan_started",
                            "plan_closed",
                            "handed_over",
                            "became_adult",
                            "right_changed",
                            "died",
                            "other",
                        ],
                    )
                ),
                name="followup_note_code",
            ),
        ),
        ProtectTenantTable(
            "followup_carerfile",
            references={"carer_id": "people_person", "unit_id": "organisations_unit", "contact_id": "access_user"},
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "followup_filenote", references={"file_id": "followup_carerfile"}, tenant_table="organisations_tenant"
        ),
        ProtectTenantTable("followup_moved", tenant_table="organisations_tenant"),
        AppendOnly("followup_filenote"),
        ProtectHistory("followup_carerfilehistoryrow"),
    ]
