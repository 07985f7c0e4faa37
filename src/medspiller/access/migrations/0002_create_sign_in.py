import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_create_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProviderHistoryrow",
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
                ("kind", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=100)),
                ("issuer", models.URLField(max_length=255)),
                ("client_id", models.CharField(max_length=255)),
                ("scopes", models.CharField(default="openid profile", max_length=255)),
                ("acr_values", models.CharField(blank=True, default="", max_length=255)),
                ("amr_values", models.CharField(blank=True, default="", max_length=255)),
                ("is_active", models.BooleanField(default=True)),
                ("metadata", models.JSONField(blank=True, default=dict)),
                ("metadata_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProviderKey",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kid", models.CharField(max_length=100)),
                ("private_pem", medspiller.core.encryption.EncryptedText()),
                ("public_jwk", models.JSONField()),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="SessionRecord",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key_hash", models.BinaryField(max_length=32)),
                ("kind", models.CharField(max_length=10)),
                ("issuer", models.CharField(max_length=255)),
                ("sid", models.CharField(blank=True, default="", max_length=255)),
                ("acr", models.CharField(blank=True, default="", max_length=100)),
                ("amr", models.CharField(blank=True, default="", max_length=100)),
                ("auth_time", models.DateTimeField()),
                ("started_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("device", models.CharField(blank=True, default="", max_length=100)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, default="", max_length=30)),
            ],
        ),
        migrations.CreateModel(
            name="SignInAttempt",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("state_hash", models.BinaryField(max_length=32)),
                ("browser_hash", models.BinaryField(max_length=32)),
                ("nonce", medspiller.core.encryption.EncryptedText()),
                ("verifier", medspiller.core.encryption.EncryptedText()),
                ("purpose", models.CharField(default="sign_in", max_length=10)),
                ("next_path", models.CharField(blank=True, default="", max_length=500)),
                ("created_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Throttle",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("what", models.CharField(max_length=40)),
                ("who_hash", models.BinaryField(max_length=32)),
                ("window_from", models.DateTimeField()),
                ("count", models.PositiveIntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token_hash", models.BinaryField(max_length=32)),
                ("invited_by", models.UUIDField()),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KnownDevice",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token_hash", models.BinaryField(max_length=32)),
                ("name", models.CharField(blank=True, default="", max_length=100)),
                ("first_seen_at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=100)),
                ("issuer", models.URLField(max_length=255)),
                ("client_id", models.CharField(max_length=255)),
                ("scopes", models.CharField(default="openid profile", max_length=255)),
                ("acr_values", models.CharField(blank=True, default="", max_length=255)),
                ("amr_values", models.CharField(blank=True, default="", max_length=255)),
                ("is_active", models.BooleanField(default=True)),
                ("metadata", models.JSONField(blank=True, default=dict)),
                ("metadata_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "issuer", "client_id"), name="access_provider_client"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["staff", "citizen"])), name="access_provider_kind"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="provider",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_providerhistoryrow" ("acr_values", "amr_values", "client_id", "id", "is_active", "issuer", "kind", "metadata", "metadata_at", "name", "pgh_created_at", "pgh_label", "scopes", "tenant_id") VALUES (NEW."acr_values", NEW."amr_values", NEW."client_id", NEW."id", NEW."is_active", NEW."issuer", NEW."kind", NEW."metadata", NEW."metadata_at", NEW."name", NOW(), \'insert\', NEW."scopes", NEW."tenant_id"); RETURN NULL;',
                    hash="97e084f40ec91701f79bd3c2701ad555655b695b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f7921",
                    table="access_provider",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="provider",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "access_providerhistoryrow" ("acr_values", "amr_values", "client_id", "id", "is_active", "issuer", "kind", "metadata", "metadata_at", "name", "pgh_created_at", "pgh_label", "scopes", "tenant_id") VALUES (NEW."acr_values", NEW."amr_values", NEW."client_id", NEW."id", NEW."is_active", NEW."issuer", NEW."kind", NEW."metadata", NEW."metadata_at", NEW."name", NOW(), \'update\', NEW."scopes", NEW."tenant_id"); RETURN NULL;',
                    hash="86d91ef14781e71a219cd905dfafbc6c6271809c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_592b0",
                    table="access_provider",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="provider",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_providerhistoryrow" ("acr_values", "amr_values", "client_id", "id", "is_active", "issuer", "kind", "metadata", "metadata_at", "name", "pgh_created_at", "pgh_label", "scopes", "tenant_id") VALUES (OLD."acr_values", OLD."amr_values", OLD."client_id", OLD."id", OLD."is_active", OLD."issuer", OLD."kind", OLD."metadata", OLD."metadata_at", OLD."name", NOW(), \'delete\', OLD."scopes", OLD."tenant_id"); RETURN NULL;',
                    hash="8e67f198cd4e9a9b6befdaedb3963d451d80453b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a0ee8",
                    table="access_provider",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="providerkey",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="access.provider"
            ),
        ),
        migrations.AddField(
            model_name="sessionrecord",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="session_records", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="signinattempt",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="access.provider"
            ),
        ),
        migrations.AddConstraint(
            model_name="throttle",
            constraint=models.UniqueConstraint(fields=("tenant_id", "what", "who_hash"), name="access_throttle_once"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(fields=("tenant_id", "token_hash"), name="access_invitation_token"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                fields=("tenant_id", "user"),
                name="access_invitation_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="knowndevice",
            constraint=models.UniqueConstraint(
                fields=("tenant_id", "user", "token_hash"), name="access_knowndevice_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="providerkey",
            constraint=models.UniqueConstraint(fields=("tenant_id", "provider", "kid"), name="access_providerkey_kid"),
        ),
        migrations.AddConstraint(
            model_name="providerkey",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                name="access_providerkey_period",
            ),
        ),
        migrations.AddIndex(
            model_name="sessionrecord",
            index=models.Index(fields=["tenant_id", "issuer", "sid"], name="access_session_sid"),
        ),
        migrations.AddIndex(
            model_name="sessionrecord",
            index=models.Index(fields=["tenant_id", "user", "-started_at"], name="access_session_user"),
        ),
        migrations.AddConstraint(
            model_name="sessionrecord",
            constraint=models.UniqueConstraint(fields=("tenant_id", "key_hash"), name="access_sessionrecord_key"),
        ),
        migrations.AddConstraint(
            model_name="sessionrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["staff", "citizen"])), name="access_sessionrecord_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="signinattempt",
            constraint=models.UniqueConstraint(fields=("tenant_id", "state_hash"), name="access_signinattempt_state"),
        ),
        migrations.AddConstraint(
            model_name="signinattempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["sign_in", "step_up"])), name="access_signinattempt_purpose"
            ),
        ),
        ProtectTenantTable("access_provider", tenant_table="organisations_tenant"),
        ProtectHistory("access_providerhistoryrow"),
        ProtectTenantTable(
            "access_providerkey", references={"provider_id": "access_provider"}, tenant_table="organisations_tenant"
        ),
        ProtectTenantTable(
            "access_signinattempt", references={"provider_id": "access_provider"}, tenant_table="organisations_tenant"
        ),
        ProtectTenantTable(
            "access_sessionrecord", references={"user_id": "access_user"}, tenant_table="organisations_tenant"
        ),
        ProtectTenantTable(
            "access_knowndevice", references={"user_id": "access_user"}, tenant_table="organisations_tenant"
        ),
        ProtectTenantTable(
            "access_invitation", references={"user_id": "access_user"}, tenant_table="organisations_tenant"
        ),
        ProtectTenantTable("access_throttle", tenant_table="organisations_tenant"),
    ]
