import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectTenantTable, StaffRowsOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0004_create_registers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("purpose", models.CharField(max_length=20)),
                ("received_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("name", medspiller.core.encryption.EncryptedText(null=True)),
                ("phone", medspiller.core.encryption.EncryptedText(null=True)),
                ("email", medspiller.core.encryption.EncryptedText(null=True)),
                ("text", medspiller.core.encryption.EncryptedText(null=True)),
                ("about", models.CharField(blank=True, default="", max_length=20)),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), blank=True, default=list, size=None
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("language", models.CharField(blank=True, default="", max_length=10)),
                ("needs_interpreter", models.BooleanField(default=False)),
                ("may_leave_message", models.BooleanField(default=False)),
                ("press_hash", models.BinaryField(max_length=32)),
                ("taken_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=20)),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
            name="Attempt",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reached", models.BooleanField()),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="enquiries.enquiry"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("purpose", models.CharField(max_length=20)),
                ("within_days", models.PositiveSmallIntegerField()),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("done_at", None)),
                fields=["tenant_id", "unit", "due_on", "id"],
                name="enquiries_enquiry_open",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["tenant_id", "received_at"], name="enquiries_enquiry_old"),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.UniqueConstraint(fields=("tenant_id", "press_hash"), name="enquiries_enquiry_press"),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["call", "accessibility", "privacy"])),
                name="enquiries_enquiry_purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("about__in", ["myself", "somebody", "entitled", "offer", "other"]),
                        ("purpose", "call"),
                        ("text__isnull", True),
                    ),
                    models.Q(models.Q(("purpose", "call"), _negated=True), ("about", ""), ("text__isnull", False)),
                    _connector="OR",
                ),
                name="enquiries_enquiry_calls_have_no_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("outcome", "")),
                    models.Q(
                        ("done_at__isnull", False),
                        (
                            "outcome__in",
                            [
                                "talked",
                                "agreed",
                                "told-of-offer",
                                "passed-on",
                                "not-reached",
                                "not-wanted",
                                "mended",
                                "noted",
                                "answered",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="enquiries_enquiry_done_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_at", None), ("done_at__gte", models.F("received_at")), _connector="OR"),
                name="enquiries_enquiry_done_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(fields=("tenant_id", "purpose"), name="enquiries_recipient_one_each"),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["call", "accessibility", "privacy"])),
                name="enquiries_recipient_purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(("within_days__gte", 1), ("within_days__lte", 10)), name="enquiries_recipient_within"
            ),
        ),
        ProtectTenantTable(
            "enquiries_recipient",
            references={"unit_id": "organisations_unit", "set_by_id": "access_user"},
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "enquiries_enquiry",
            references={
                "unit_id": "organisations_unit",
                "taken_by_id": "access_user",
                "done_by_id": "access_user",
            },
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "enquiries_attempt",
            references={"enquiry_id": "enquiries_enquiry", "made_by_id": "access_user"},
            tenant_table="organisations_tenant",
        ),
        StaffRowsOnly("enquiries_enquiry", accounts="access_user", anybody_adds=True),
        StaffRowsOnly("enquiries_attempt", accounts="access_user"),
    ]
