import django.contrib.postgres.fields
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
        ("followup", "0007_create_concerns"),
        ("questionnaires", "0004_create_totals"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementHistoryrow",
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
                ("state", models.CharField(max_length=10)),
                ("drafted_at", models.DateTimeField()),
                ("drafted_by", models.UUIDField()),
                ("drafted_by_name", models.TextField(blank=True, default="")),
                ("agreed_on", models.DateField(null=True)),
                ("review_on", models.DateField(null=True)),
                ("reviewed_on", models.DateField(null=True)),
                ("reviewed_by", models.UUIDField(null=True)),
                ("reviewed_by_name", models.TextField(blank=True, default="")),
                ("closed_on", models.DateField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_because", models.CharField(blank=True, default="", max_length=20)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="followup.carerfile",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="questionnaires.response",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("state", models.CharField(max_length=10)),
                ("drafted_at", models.DateTimeField()),
                ("drafted_by", models.UUIDField()),
                ("drafted_by_name", models.TextField(blank=True, default="")),
                ("agreed_on", models.DateField(null=True)),
                ("review_on", models.DateField(null=True)),
                ("reviewed_on", models.DateField(null=True)),
                ("reviewed_by", models.UUIDField(null=True)),
                ("reviewed_by_name", models.TextField(blank=True, default="")),
                ("closed_on", models.DateField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_because", models.CharField(blank=True, default="", max_length=20)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="followup.carerfile"
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="questionnaires.response",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=("tenant_id", "file"),
                        name="followup_agreement_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_on", None), ("reviewed_on", None), ("state", "draft")),
                            models.Q(("agreed_on__isnull", False), ("review_on__isnull", False), ("state", "active")),
                            models.Q(
                                ("agreed_on__isnull", False),
                                ("review_on__isnull", False),
                                ("reviewed_on__isnull", False),
                                ("state", "reviewed"),
                            ),
                            ("state", "closed"),
                            _connector="OR",
                        ),
                        name="followup_agreement_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_because", ""),
                                ("closed_by", None),
                                ("closed_on", None),
                            ),
                            models.Q(
                                (
                                    "closed_because__in",
                                    ["carer_wishes", "no_longer_carer", "replaced", "entered_in_error", "file_closed"],
                                ),
                                ("closed_by__isnull", False),
                                ("closed_on__isnull", False),
                                ("state", "closed"),
                            ),
                            _connector="OR",
                        ),
                        name="followup_agreement_closed_whole",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_agreementhistoryrow" ("agreed_on", "closed_because", "closed_by", "closed_on", "drafted_at", "drafted_by", "drafted_by_name", "file_id", "id", "pgh_created_at", "pgh_label", "response_id", "review_on", "reviewed_by", "reviewed_by_name", "reviewed_on", "state", "tenant_id", "version") VALUES (NEW."agreed_on", NEW."closed_because", NEW."closed_by", NEW."closed_on", NEW."drafted_at", NEW."drafted_by", NEW."drafted_by_name", NEW."file_id", NEW."id", NOW(), \'insert\', NEW."response_id", NEW."review_on", NEW."reviewed_by", NEW."reviewed_by_name", NEW."reviewed_on", NEW."state", NEW."tenant_id", NEW."version"); RETURN NULL;',
                    hash="2ac3c491a6da4665c8255f70017af1e03c82a369",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c5cf0",
                    table="followup_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "followup_agreementhistoryrow" ("agreed_on", "closed_because", "closed_by", "closed_on", "drafted_at", "drafted_by", "drafted_by_name", "file_id", "id", "pgh_created_at", "pgh_label", "response_id", "review_on", "reviewed_by", "reviewed_by_name", "reviewed_on", "state", "tenant_id", "version") VALUES (NEW."agreed_on", NEW."closed_because", NEW."closed_by", NEW."closed_on", NEW."drafted_at", NEW."drafted_by", NEW."drafted_by_name", NEW."file_id", NEW."id", NOW(), \'update\', NEW."response_id", NEW."review_on", NEW."reviewed_by", NEW."reviewed_by_name", NEW."reviewed_on", NEW."state", NEW."tenant_id", NEW."version"); RETURN NULL;',
                    hash="02c14a89f45bb37cb7a875aac74c86e727044155",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_00887",
                    table="followup_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_agreementhistoryrow" ("agreed_on", "closed_because", "closed_by", "closed_on", "drafted_at", "drafted_by", "drafted_by_name", "file_id", "id", "pgh_created_at", "pgh_label", "response_id", "review_on", "reviewed_by", "reviewed_by_name", "reviewed_on", "state", "tenant_id", "version") VALUES (OLD."agreed_on", OLD."closed_because", OLD."closed_by", OLD."closed_on", OLD."drafted_at", OLD."drafted_by", OLD."drafted_by_name", OLD."file_id", OLD."id", NOW(), \'delete\', OLD."response_id", OLD."review_on", OLD."reviewed_by", OLD."reviewed_by_name", OLD."reviewed_on", OLD."state", OLD."tenant_id", OLD."version"); RETURN NULL;',
                    hash="700522e75772f6d6a179459cc3b1ff310a3ebd35",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_af621",
                    table="followup_agreement",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "followup_agreement",
            references={"file_id": "followup_carerfile", "response_id": "questionnaires_response"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("followup_agreementhistoryrow"),
    ]
