import django.db.models.deletion
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_create_known_words"),
        ("organisations", "0004_create_registers"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntryExport",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("content", models.BinaryField(null=True)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["tenant_id", "asked_at"], name="catalogue_entryexport_old")],
            },
        ),
        migrations.CreateModel(
            name="EntryImport",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("goes_live", models.BooleanField()),
                ("is_trial", models.BooleanField()),
                ("content", medspiller.core.encryption.EncryptedText(null=True)),
                ("is_read", models.BooleanField(default=False)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("read_to", models.PositiveIntegerField(default=0)),
                ("report", models.JSONField(default=list)),
                ("refused", models.CharField(blank=True, default="", max_length=30)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("started_by", models.UUIDField()),
                ("started_by_name", models.TextField(blank=True, default="")),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant_id", "unit", "started_at"], name="catalogue_entryimport_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("finished_at", None), ("content__isnull", True), _connector="OR"),
                        name="catalogue_entryimport_forgets_content",
                    )
                ],
            },
        ),
        ProtectTenantTable(
            "catalogue_entryimport", references={"unit_id": "organisations_unit"}, tenant_table="organisations_tenant"
        ),
        ProtectTenantTable("catalogue_entryexport", references={}, tenant_table="organisations_tenant"),
    ]
