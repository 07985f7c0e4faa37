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
        ("organisations", "0004_create_registers"),
        ("people", "0007_create_carer_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("to_other", models.CharField(blank=True, default="", max_length=200)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None),
                ),
                ("decision", models.CharField(max_length=10)),
                ("obtained", models.CharField(max_length=20)),
                ("obtained_note", models.CharField(blank=True, default="", max_length=500)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("review_on", models.DateField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
                ("withdrawn_by_name", models.TextField(blank=True, default="")),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ConsentHistoryrow",
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
                ("to_other", models.CharField(blank=True, default="", max_length=200)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None),
                ),
                ("decision", models.CharField(max_length=10)),
                ("obtained", models.CharField(max_length=20)),
                ("obtained_note", models.CharField(blank=True, default="", max_length=500)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("review_on", models.DateField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
                ("withdrawn_by_name", models.TextField(blank=True, default="")),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConsentScan",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("media_type", models.CharField(max_length=50)),
                ("size", models.PositiveIntegerField()),
                ("content", medspiller.core.encryption.EncryptedText()),
                ("added_by", models.UUIDField()),
                ("added_by_name", models.TextField(blank=True, default="")),
                ("added_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="consent",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="to_person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="consents_to", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="to_unit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="unit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
            ),
        ),
        migrations.AddField(
            model_name="consenthistoryrow",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="consenthistoryrow",
            name="to_person",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="consenthistoryrow",
            name="to_unit",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddField(
            model_name="consenthistoryrow",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddField(
            model_name="consentscan",
            name="consent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="people.consent"
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(
                condition=models.Q(("withdrawn_at", None)), fields=["tenant_id", "owner"], name="people_consent_of"
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(
                condition=models.Q(("withdrawn_at", None)), fields=["tenant_id", "to_person"], name="people_consent_to"
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(
                condition=models.Q(("withdrawn_at", None)),
                fields=["tenant_id", "to_unit"],
                name="people_consent_to_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("to_other", ""), ("to_person__isnull", False), ("to_unit__isnull", True)),
                    models.Q(("to_other", ""), ("to_person__isnull", True), ("to_unit__isnull", False)),
                    models.Q(
                        ("to_person__isnull", True),
                        ("to_unit__isnull", True),
                        models.Q(("to_other", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="people_consent_to_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_person", None), models.Q(("to_person", models.F("owner")), _negated=True), _connector="OR"
                ),
                name="people_consent_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "topics__contained_by",
                        ["health", "daily_life", "services", "plan", "own_situation", "child_follow_up"],
                    ),
                    models.Q(("topics", []), _negated=True),
                ),
                name="people_consent_topics",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["given", "refused"])), name="people_consent_decision"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("obtained__in", ["oral", "written", "electronic", "by_parents", "by_representative"])
                ),
                name="people_consent_obtained",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"),
                name="people_consent_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                    models.Q(("withdrawn_at__gte", models.F("starts_at")), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="people_consent_withdrawn_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consent",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_consenthistoryrow" ("decision", "ends_at", "id", "obtained", "obtained_note", "owner_id", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "review_on", "starts_at", "tenant_id", "to_other", "to_person_id", "to_unit_id", "topics", "unit_id", "withdrawn_at", "withdrawn_by", "withdrawn_by_name") VALUES (NEW."decision", NEW."ends_at", NEW."id", NEW."obtained", NEW."obtained_note", NEW."owner_id", NOW(), \'insert\', NEW."recorded_at", NEW."recorded_by", NEW."recorded_by_name", NEW."review_on", NEW."starts_at", NEW."tenant_id", NEW."to_other", NEW."to_person_id", NEW."to_unit_id", NEW."topics", NEW."unit_id", NEW."withdrawn_at", NEW."withdrawn_by", NEW."withdrawn_by_name"); RETURN NULL;',
                    hash="6fc4fa1572dbd731efde3ac66335a87e4654dd4e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_91c75",
                    table="people_consent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consent",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_consenthistoryrow" ("decision", "ends_at", "id", "obtained", "obtained_note", "owner_id", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "review_on", "starts_at", "tenant_id", "to_other", "to_person_id", "to_unit_id", "topics", "unit_id", "withdrawn_at", "withdrawn_by", "withdrawn_by_name") VALUES (NEW."decision", NEW."ends_at", NEW."id", NEW."obtained", NEW."obtained_note", NEW."owner_id", NOW(), \'update\', NEW."recorded_at", NEW."recorded_by", NEW."recorded_by_name", NEW."review_on", NEW."starts_at", NEW."tenant_id", NEW."to_other", NEW."to_person_id", NEW."to_unit_id", NEW."topics", NEW."unit_id", NEW."withdrawn_at", NEW."withdrawn_by", NEW."withdrawn_by_name"); RETURN NULL;',
                    hash="61c1b76e75a567e8c2a612d732f1bd8333636714",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8387f",
                    table="people_consent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consent",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_consenthistoryrow" ("decision", "ends_at", "id", "obtained", "obtained_note", "owner_id", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "review_on", "starts_at", "tenant_id", "to_other", "to_person_id", "to_unit_id", "topics", "unit_id", "withdrawn_at", "withdrawn_by", "withdrawn_by_name") VALUES (OLD."decision", OLD."ends_at", OLD."id", OLD."obtained", OLD."obtained_note", OLD."owner_id", NOW(), \'delete\', OLD."recorded_at", OLD."recorded_by", OLD."recorded_by_name", OLD."review_on", OLD."starts_at", OLD."tenant_id", OLD."to_other", OLD."to_person_id", OLD."to_unit_id", OLD."topics", OLD."unit_id", OLD."withdrawn_at", OLD."withdrawn_by", OLD."withdrawn_by_name"); RETURN NULL;',
                    hash="f0b05875465aa3d99ccac871f328bfb96b051c8d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ee4b6",
                    table="people_consent",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="consentscan",
            index=models.Index(fields=["tenant_id", "consent"], name="people_consentscan_of"),
        ),
        migrations.AddConstraint(
            model_name="consentscan",
            constraint=models.CheckConstraint(
                condition=models.Q(("media_type__in", ["application/pdf", "image/png", "image/jpeg"])),
                name="people_consentscan_media_type",
            ),
        ),
        ProtectTenantTable(
            "people_consent",
            references={
                "owner_id": "people_person",
                "to_person_id": "people_person",
                "to_unit_id": "organisations_unit",
                "unit_id": "organisations_unit",
            },
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "people_consentscan", references={"consent_id": "people_consent"}, tenant_table="organisations_tenant"
        ),
        ProtectHistory("people_consenthistoryrow"),
    ]
