import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import WEB_ROLE, ProtectTenantTable

# What is shipped (no tenant) is written by whoever runs migrations, a tenant's own by that tenant; everybody reads both.
PROTECT = "".join(
    f"""
ALTER TABLE {table} ADD CONSTRAINT {table}_tenant_fk FOREIGN KEY (tenant_id) REFERENCES organisations_tenant (id);
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY visible ON {table} FOR SELECT USING (true);
CREATE POLICY own_new ON {table} FOR INSERT TO {WEB_ROLE} WITH CHECK (tenant_id = medspiller_tenant());
CREATE POLICY own_changed ON {table} FOR UPDATE TO {WEB_ROLE}
    USING (tenant_id = medspiller_tenant()) WITH CHECK (tenant_id = medspiller_tenant());
CREATE POLICY own_removed ON {table} FOR DELETE TO {WEB_ROLE} USING (tenant_id = medspiller_tenant());
CREATE POLICY shipped ON {table} FOR ALL TO CURRENT_USER USING (tenant_id IS NULL) WITH CHECK (tenant_id IS NULL);
"""
    for table in ("catalogue_publishedprovider", "catalogue_publishedoffer")
)
EXPOSE = "".join(
    f"""
DROP POLICY shipped ON {table};
DROP POLICY own_removed ON {table};
DROP POLICY own_changed ON {table};
DROP POLICY own_new ON {table};
DROP POLICY visible ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
ALTER TABLE {table} DROP CONSTRAINT {table}_tenant_fk;
"""
    for table in ("catalogue_publishedoffer", "catalogue_publishedprovider")
)
OF_ENTRY = """
ALTER TABLE catalogue_publishedoffer ADD CONSTRAINT catalogue_publishedoffer_of_entry
    FOREIGN KEY (tenant_id, entry_id) REFERENCES catalogue_entry (tenant_id, id) DEFERRABLE INITIALLY DEFERRED;
"""
NOT_OF_ENTRY = "ALTER TABLE catalogue_publishedoffer DROP CONSTRAINT catalogue_publishedoffer_of_entry;"


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_create_sessions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("address", models.CharField(max_length=500)),
                ("state", models.CharField(max_length=12)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("looked_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "address"), name="catalogue_linkcheck_address"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["fine", "moved", "gone", "unreachable"])),
                        name="catalogue_linkcheck_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedProvider",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("tenant_id", models.UUIDField(editable=False, null=True)),
                ("slug", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=20)),
                ("body", models.JSONField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce(
                            "tenant_id", models.Value(uuid.UUID("00000000-0000-0000-0000-000000000000"))
                        ),
                        models.F("slug"),
                        name="catalogue_publishedprovider_slug",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedOffer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("tenant_id", models.UUIDField(editable=False, null=True)),
                ("entry_id", models.UUIDField(editable=False, null=True, unique=True)),
                ("slug", models.CharField(max_length=100)),
                ("version", models.CharField(max_length=64)),
                ("body", models.JSONField()),
                ("card", models.JSONField()),
                ("kind", models.CharField(max_length=20)),
                ("way", models.CharField(max_length=12)),
                (
                    "area",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), size=None),
                ),
                (
                    "districts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), default=list, size=None
                    ),
                ),
                (
                    "concepts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3), default=list, size=None
                    ),
                ),
                ("age_from", models.PositiveSmallIntegerField(null=True)),
                ("age_to", models.PositiveSmallIntegerField(null=True)),
                ("is_for_children", models.BooleanField(default=False)),
                ("is_digital", models.BooleanField(default=False)),
                ("is_evening", models.BooleanField(default=False)),
                ("is_free", models.BooleanField(default=False)),
                ("is_anonymous", models.BooleanField(default=False)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("review_on", models.DateField()),
                ("closures", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField()),
                ("words_no", django.contrib.postgres.search.SearchVectorField()),
                ("words_en", django.contrib.postgres.search.SearchVectorField()),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="catalogue.publishedprovider",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("offer_id", models.UUIDField()),
                ("slug", models.CharField(max_length=100)),
                ("wrong", models.CharField(max_length=20)),
                ("text", medspiller.core.encryption.EncryptedText(null=True)),
                ("reported_at", models.DateTimeField()),
                ("dealt_with_at", models.DateTimeField(null=True)),
                (
                    "dealt_with_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.entry"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="publishedoffer",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words_no"], name="catalogue_offer_words_no"),
        ),
        migrations.AddIndex(
            model_name="publishedoffer",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words_en"], name="catalogue_offer_words_en"),
        ),
        migrations.AddIndex(
            model_name="publishedoffer",
            index=django.contrib.postgres.indexes.GinIndex(fields=["concepts"], name="catalogue_offer_concepts"),
        ),
        migrations.AddIndex(
            model_name="publishedoffer",
            index=django.contrib.postgres.indexes.GinIndex(fields=["area"], name="catalogue_offer_area"),
        ),
        migrations.AddIndex(
            model_name="publishedoffer",
            index=models.Index(fields=["changed_at"], name="catalogue_offer_changed"),
        ),
        migrations.AddIndex(
            model_name="publishedoffer",
            index=models.Index(fields=["slug"], name="catalogue_offer_slug"),
        ),
        migrations.AddIndex(
            model_name="publishedoffer",
            index=models.Index(fields=["tenant_id", "kind", "way", "slug"], name="catalogue_offer_of_kind"),
        ),
        migrations.AddIndex(
            model_name="publishedoffer",
            index=models.Index(
                fields=["id"], include=("tenant_id", "area", "valid_from", "valid_to"), name="catalogue_offer_shown"
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedoffer",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Coalesce(
                    "tenant_id", models.Value(uuid.UUID("00000000-0000-0000-0000-000000000000"))
                ),
                models.F("slug"),
                name="catalogue_publishedoffer_slug",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["tenant_id", "reported_at"], name="catalogue_report_time"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("wrong__in", ["contact", "time-or-place", "not-there", "wording", "other"])),
                name="catalogue_report_wrong",
            ),
        ),
        migrations.RunSQL(PROTECT, EXPOSE),
        ProtectTenantTable(
            "catalogue_report",
            references={"entry_id": "catalogue_entry", "dealt_with_by_id": "access_user"},
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable("catalogue_linkcheck", tenant_table="organisations_tenant"),
        migrations.RunSQL(OF_ENTRY, NOT_OF_ENTRY),
    ]
