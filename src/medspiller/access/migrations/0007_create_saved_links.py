from django.db import migrations, models

import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_create_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedLink",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("purpose", models.CharField(max_length=30)),
                ("secret_hash", models.BinaryField(max_length=32)),
                ("sealed", models.BinaryField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["tenant_id", "expires_at"], name="access_saved_link_expiry")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "secret_hash"), name="access_saved_link_secret")
                ],
            },
        ),
        ProtectTenantTable("access_savedlink", tenant_table="organisations_tenant"),
    ]
