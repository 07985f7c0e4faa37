import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectTenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0004_create_published"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignUp",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("state", models.CharField(max_length=10)),
                ("name", medspiller.core.encryption.EncryptedText(null=True)),
                ("contact", medspiller.core.encryption.EncryptedText(null=True)),
                ("for_name", medspiller.core.encryption.EncryptedText(null=True)),
                ("needs", medspiller.core.encryption.EncryptedText(null=True)),
                ("who_hash", models.BinaryField(max_length=32, null=True)),
                ("press_hash", models.BinaryField(max_length=32, null=True)),
                ("secret_hash", models.BinaryField(max_length=32, null=True)),
                ("made_at", models.DateTimeField()),
                ("offered_at", models.DateTimeField(null=True)),
                ("offer_ends_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("news_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("evaluated_at", models.DateTimeField(null=True)),
                ("forgotten_at", models.DateTimeField(null=True)),
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
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.session"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("came", models.BooleanField()),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.session"
                    ),
                ),
                (
                    "sign_up",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendances", to="signups.signup"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpinionCount",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("question", models.CharField(max_length=60)),
                ("answer", models.CharField(max_length=60)),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.session"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant_id", "session", "question", "answer"), name="signups_opinion_counted_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="signup",
            index=models.Index(fields=["tenant_id", "owner"], name="signups_signup_of_owner"),
        ),
        migrations.AddIndex(
            model_name="signup",
            index=models.Index(fields=["tenant_id", "state", "offer_ends_at"], name="signups_signup_offers"),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.UniqueConstraint(fields=("tenant_id", "session", "number"), name="signups_signup_number"),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.UniqueConstraint(fields=("tenant_id", "press_hash"), name="signups_signup_press"),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.UniqueConstraint(fields=("tenant_id", "secret_hash"), name="signups_signup_secret"),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["held", "offered", "waiting"])),
                fields=("tenant_id", "session", "who_hash"),
                name="signups_signup_one_seat_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["held", "waiting", "offered", "cancelled", "expired"])),
                name="signups_signup_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "offered"), _negated=True),
                    models.Q(("offered_at__isnull", False), ("offer_ends_at__isnull", False)),
                    _connector="OR",
                ),
                name="signups_signup_offered_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("tenant_id", "sign_up", "session"), name="signups_attendance_once"
            ),
        ),
        ProtectTenantTable(
            "signups_signup",
            references={
                "session_id": "catalogue_session",
                "owner_id": "access_user",
                "made_by_id": "access_user",
            },
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "signups_attendance",
            references={
                "sign_up_id": "signups_signup",
                "session_id": "catalogue_session",
                "noted_by_id": "access_user",
            },
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "signups_opinioncount",
            references={"session_id": "catalogue_session"},
            tenant_table="organisations_tenant",
        ),
    ]
