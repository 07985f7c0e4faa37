import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import OwnRowsOnly, ProtectTenantTable

_TENANT = ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False))
_ID = (
    "id",
    models.UUIDField(default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False),
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0007_create_saved_links"),
        ("organisations", "0004_create_registers"),
        ("people", "0014_create_correction_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                _TENANT,
                _ID,
                ("dialogue", medspiller.core.encryption.EncryptedText()),
                ("reference_date", models.DateField()),
                ("rulebook_pin", models.CharField(max_length=64)),
                ("kept_at", models.DateTimeField()),
                ("ask_on", models.DateField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("handed_over_at", models.DateTimeField(null=True)),
                ("moved_by", models.UUIDField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant_id", "owner", "kept_at"], name="rights_kept_of_owner"),
                    models.Index(fields=["tenant_id", "ask_on"], name="rights_kept_to_ask"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("handed_over_at", None), ("person__isnull", False), _connector="OR"),
                        name="rights_kept_handed_over_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutcomeCount",
            fields=[
                _TENANT,
                _ID,
                ("right", models.CharField(max_length=60)),
                ("outcome", models.CharField(max_length=20)),
                ("month", models.DateField()),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant_id", "right", "outcome", "month"), name="rights_outcome_counted_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["got", "refused", "not_applied", "waiting"])),
                        name="rights_outcome_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                _TENANT,
                _ID,
                ("secret_hash", models.BinaryField(max_length=32)),
                ("page", medspiller.core.encryption.EncryptedText(null=True)),
                ("pdf", medspiller.core.encryption.EncryptedText(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, default="", max_length=20)),
                ("asked_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant_id", "asked_at"], name="rights_document_asked")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "secret_hash"), name="rights_document_secret"),
                    models.CheckConstraint(
                        condition=models.Q(("problem__in", ["", "missing", "too_large", "fault"])),
                        name="rights_document_problem",
                    ),
                ],
            },
        ),
        ProtectTenantTable(
            "rights_keptanswer",
            references={"owner_id": "access_user", "person_id": "people_person"},
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable("rights_outcomecount", tenant_table="organisations_tenant"),
        ProtectTenantTable("rights_document", tenant_table="organisations_tenant"),
        OwnRowsOnly("rights_keptanswer", column="owner_id", only_if="handed_over_at IS NULL"),
    ]
