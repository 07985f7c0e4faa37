import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import OwnRowsOnly, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_review_and_close"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("form", models.CharField(max_length=100)),
                ("key", models.CharField(blank=True, default="", max_length=100)),
                ("body", medspiller.core.encryption.EncryptedText(null=True)),
                ("number", models.BigIntegerField()),
                ("saved_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant_id", "expires_at"], name="access_draft_expiry")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant_id", "owner", "form", "key"), name="access_draft_one_of_a_form"
                    )
                ],
            },
        ),
        ProtectTenantTable("access_draft", references={"owner_id": "access_user"}, tenant_table="organisations_tenant"),
        OwnRowsOnly("access_draft", column="owner_id"),
    ]
