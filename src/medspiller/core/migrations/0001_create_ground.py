from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models
from django.db.models.functions import Now

import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import AppendOnly, ProtectTenantTable, ReadOnly

# The web role may use every table unless the table's own migration takes that back, and
# sees no row of a tenant's table outside that tenant. It may create nothing.
GRANTS = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO medspiller_web, medspiller_search;
GRANT CREATE ON SCHEMA public TO medspiller_search;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO medspiller_web;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO medspiller_web;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM medspiller_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO medspiller_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO medspiller_web;
"""

TENANT_FUNCTION = """
CREATE FUNCTION medspiller_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('medspiller.tenant', true), '')::uuid $$
"""

# unaccent() is only STABLE because its dictionary could be replaced; ours is not, and an
# index needs IMMUTABLE.
FOLD_FUNCTION = """
CREATE FUNCTION medspiller_fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, value)) $$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunSQL(TENANT_FUNCTION, "DROP FUNCTION medspiller_tenant()"),
        migrations.RunSQL(FOLD_FUNCTION, "DROP FUNCTION medspiller_fold(text)"),
        migrations.CreateModel(
            name="Installation",
            fields=[
                (
                    "id",
                    models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False),
                ),
                ("demo", models.BooleanField()),
                ("created_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="core_installation_is_one")]
            },
        ),
        ReadOnly("core_installation"),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "tenant_id",
                    models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("event_id", models.UUIDField()),
                ("subscriber", models.CharField(max_length=200)),
                ("delivered_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "event_id", "subscriber"), name="core_delivery_once")
                ]
            },
        ),
        ProtectTenantTable("core_delivery", tenant_table=None),
        AppendOnly("core_delivery"),
    ]
