import django.db.models.deletion
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0002_create_charts_and_documents"),
    ]

    operations = [
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant_id", "merge_id", "row_id", "column"), name="questionnaires_moved_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("link_id", models.CharField(max_length=255)),
                ("value", models.DecimalField(decimal_places=8, max_digits=24)),
                (
                    "response",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="questionnaires.response",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("field", models.CharField(max_length=255)),
                ("title", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=50)),
                ("size", models.PositiveIntegerField()),
                ("content", medspiller.core.encryption.EncryptedText()),
                ("added_by", models.UUIDField()),
                ("added_at", models.DateTimeField()),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="questionnaires.response",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                fields=("tenant_id", "response", "link_id"), name="questionnaires_score_once"
            ),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["tenant_id", "response"], name="questionnaires_upload_of"),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("media_type__in", ["application/pdf", "image/png", "image/jpeg"])),
                name="questionnaires_upload_media_type",
            ),
        ),
        ProtectTenantTable(
            "questionnaires_score",
            references={"response_id": "questionnaires_response"},
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "questionnaires_upload",
            references={"response_id": "questionnaires_response"},
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable("questionnaires_moved", tenant_table="organisations_tenant"),
    ]
