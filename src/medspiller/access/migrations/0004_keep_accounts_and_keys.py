import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_protect_local_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProviderKeyHistoryrow",
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
                ("kid", models.CharField(max_length=100)),
                ("public_jwk", models.JSONField()),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UserHistoryrow",
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
                ("issuer", models.CharField(max_length=200)),
                ("subject", models.CharField(max_length=255)),
                ("kind", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="providerkey",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_providerkeyhistoryrow" ("created_at", "id", "kid", "pgh_created_at", "pgh_label", "provider_id", "public_jwk", "tenant_id", "valid_from", "valid_to") VALUES (NEW."created_at", NEW."id", NEW."kid", NOW(), \'insert\', NEW."provider_id", NEW."public_jwk", NEW."tenant_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="160b8c2c3d29be2a19b5672001b180f79ea78cda",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_63261",
                    table="access_providerkey",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="providerkey",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kid" IS DISTINCT FROM (NEW."kid") OR OLD."provider_id" IS DISTINCT FROM (NEW."provider_id") OR OLD."public_jwk" IS DISTINCT FROM (NEW."public_jwk") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))',
                    func='INSERT INTO "access_providerkeyhistoryrow" ("created_at", "id", "kid", "pgh_created_at", "pgh_label", "provider_id", "public_jwk", "tenant_id", "valid_from", "valid_to") VALUES (NEW."created_at", NEW."id", NEW."kid", NOW(), \'update\', NEW."provider_id", NEW."public_jwk", NEW."tenant_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="2b14e3d723e9be18653d0b50badab5ff39354eb6",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4da3c",
                    table="access_providerkey",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="providerkey",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_providerkeyhistoryrow" ("created_at", "id", "kid", "pgh_created_at", "pgh_label", "provider_id", "public_jwk", "tenant_id", "valid_from", "valid_to") VALUES (OLD."created_at", OLD."id", OLD."kid", NOW(), \'delete\', OLD."provider_id", OLD."public_jwk", OLD."tenant_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                    hash="6da554b719e1853dcd858acf945100eda6ee7110",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1da57",
                    table="access_providerkey",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_userhistoryrow" ("created_at", "email", "id", "is_active", "issuer", "kind", "name", "pgh_created_at", "pgh_label", "subject", "tenant_id") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."issuer", NEW."kind", NEW."name", NOW(), \'insert\', NEW."subject", NEW."tenant_id"); RETURN NULL;',
                    hash="3a512436d224ce829e6f8ee7821e4123b7fd7c00",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b2fac",
                    table="access_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id"))',
                    func='INSERT INTO "access_userhistoryrow" ("created_at", "email", "id", "is_active", "issuer", "kind", "name", "pgh_created_at", "pgh_label", "subject", "tenant_id") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."issuer", NEW."kind", NEW."name", NOW(), \'update\', NEW."subject", NEW."tenant_id"); RETURN NULL;',
                    hash="97aaf1a9da19acedf534de6459c1845ef18c5f69",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5efde",
                    table="access_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_userhistoryrow" ("created_at", "email", "id", "is_active", "issuer", "kind", "name", "pgh_created_at", "pgh_label", "subject", "tenant_id") VALUES (OLD."created_at", OLD."email", OLD."id", OLD."is_active", OLD."issuer", OLD."kind", OLD."name", NOW(), \'delete\', OLD."subject", OLD."tenant_id"); RETURN NULL;',
                    hash="3b37dcc919c46403770bb6603d45c6031b209845",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dea43",
                    table="access_user",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="providerkeyhistoryrow",
            name="provider",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="access.provider",
            ),
        ),
        ProtectHistory("access_userhistoryrow"),
        ProtectHistory("access_providerkeyhistoryrow"),
    ]
