import django.db.models.deletion
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_create_registers"),
        ("people", "0010_create_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", models.TextField()),
                ("moved", models.JSONField()),
                ("merged_by", models.UUIDField()),
                ("merged_by_name", models.TextField(blank=True, default="")),
                ("merged_at", models.DateTimeField()),
                ("undone_by", models.UUIDField(null=True)),
                ("undone_by_name", models.TextField(blank=True, default="")),
                ("undone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PatientImport",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("dry_run", models.BooleanField()),
                ("rows", models.PositiveIntegerField(default=0)),
                ("registered", models.PositiveIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
                ("closed", models.PositiveIntegerField(default=0)),
                ("problems", models.JSONField(default=list)),
                ("content", medspiller.core.encryption.EncryptedText(editable=False, null=True)),
                ("is_read", models.BooleanField(default=False)),
                ("read_to", models.PositiveIntegerField(default=0)),
                ("refused", models.CharField(blank=True, default="", max_length=30)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("started_by", models.UUIDField()),
                ("started_by_name", models.TextField(blank=True, default="")),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="merge",
            name="gone",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="merge",
            name="kept",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="patientimport",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept", models.F("gone")), _negated=True), name="people_merge_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="people_merge_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("tenant_id", "gone"), name="people_merge_gone_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="patientimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("finished_at", None), ("content__isnull", True), _connector="OR"),
                name="people_patientimport_forgets_content",
            ),
        ),
        migrations.AddIndex(
            model_name="patientimport",
            index=models.Index(fields=["tenant_id", "unit", "started_at"], name="people_patientimport_of"),
        ),
        ProtectTenantTable(
            "people_merge",
            references={"kept_id": "people_person", "gone_id": "people_person"},
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "people_patientimport", references={"unit_id": "organisations_unit"}, tenant_table="organisations_tenant"
        ),
    ]
