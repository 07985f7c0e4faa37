import uuid

import django.db.models.functions.comparison
from django.db import migrations, models

import medspiller.core.ids
from medspiller.core.schema import WEB_ROLE

# Shipped definitions (no tenant) are read by all and written by whoever runs migrations.
# A tenant's own are seen and written by that tenant only. Nobody removes what was published.
PROTECT = f"""
ALTER TABLE content_definition ADD CONSTRAINT content_definition_tenant_fk
    FOREIGN KEY (tenant_id) REFERENCES organisations_tenant (id);
ALTER TABLE content_definition ENABLE ROW LEVEL SECURITY;
ALTER TABLE content_definition FORCE ROW LEVEL SECURITY;
CREATE POLICY visible ON content_definition FOR SELECT
    USING (tenant_id IS NULL OR tenant_id = medspiller_tenant());
CREATE POLICY own_new ON content_definition FOR INSERT TO {WEB_ROLE}
    WITH CHECK (tenant_id = medspiller_tenant());
CREATE POLICY own_changed ON content_definition FOR UPDATE TO {WEB_ROLE}
    USING (tenant_id = medspiller_tenant()) WITH CHECK (tenant_id = medspiller_tenant());
CREATE POLICY shipped ON content_definition FOR ALL TO CURRENT_USER
    USING (tenant_id IS NULL) WITH CHECK (tenant_id IS NULL);
REVOKE DELETE, TRUNCATE ON content_definition FROM {WEB_ROLE};
"""
EXPOSE = f"""
GRANT DELETE ON content_definition TO {WEB_ROLE};
DROP POLICY shipped ON content_definition;
DROP POLICY own_changed ON content_definition;
DROP POLICY own_new ON content_definition;
DROP POLICY visible ON content_definition;
ALTER TABLE content_definition NO FORCE ROW LEVEL SECURITY;
ALTER TABLE content_definition DISABLE ROW LEVEL SECURITY;
ALTER TABLE content_definition DROP CONSTRAINT content_definition_tenant_fk;
"""

# Everything but the two columns that retiring changes is compared as a whole, so a column
# added later is frozen without anybody thinking of it.
FREEZE = """
CREATE FUNCTION content_definition_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'draft' AND TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '%|% is published and stays', OLD.url, OLD.version USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSIF (NEW.id, NEW.kind, NEW.url, NEW.version) IS DISTINCT FROM (OLD.id, OLD.kind, OLD.url, OLD.version)
        OR NEW.tenant_id IS DISTINCT FROM OLD.tenant_id THEN
        RAISE EXCEPTION '%|% keeps its identity', OLD.url, OLD.version USING ERRCODE = 'restrict_violation';
    ELSIF OLD.status = 'draft' THEN
        RETURN NEW;
    ELSIF to_jsonb(NEW) - 'status' - 'retired_at' IS DISTINCT FROM to_jsonb(OLD) - 'status' - 'retired_at' THEN
        RAISE EXCEPTION '%|% is published and frozen', OLD.url, OLD.version USING ERRCODE = 'restrict_violation';
    ELSIF NEW IS DISTINCT FROM OLD AND NOT (OLD.status = 'active' AND NEW.status = 'retired') THEN
        RAISE EXCEPTION '%|% is % and never becomes % again', OLD.url, OLD.version, OLD.status, NEW.status
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER content_definition_frozen BEFORE UPDATE OR DELETE ON content_definition
    FOR EACH ROW EXECUTE FUNCTION content_definition_freeze();
"""
THAW = """
DROP TRIGGER content_definition_frozen ON content_definition;
DROP FUNCTION content_definition_freeze();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0001_create_ground"), ("organisations", "0001_create_organisations")]

    operations = [
        migrations.CreateModel(
            name="Definition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("tenant_id", models.UUIDField(editable=False, null=True)),
                ("kind", models.CharField(max_length=60)),
                ("url", models.CharField(max_length=400)),
                ("version", models.CharField(max_length=64)),
                ("status", models.CharField(max_length=10)),
                ("digest", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("suffix", models.CharField(max_length=10)),
                ("package", models.CharField(max_length=200)),
                ("package_version", models.CharField(max_length=40)),
                ("file", models.CharField(max_length=500)),
                ("published_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "status"], name="content_definition_by_kind")],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("tenant_id", models.Value(uuid.UUID(int=0))),
                        models.F("url"),
                        models.F("version"),
                        name="content_definition_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("retired_at", None), ("status", "draft")),
                            models.Q(("published_at__isnull", False), ("retired_at", None), ("status", "active")),
                            models.Q(("retired_at__isnull", False), ("status", "retired")),
                            _connector="OR",
                        ),
                        name="content_definition_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="content_definition_digest"
                    ),
                ],
            },
        ),
        migrations.RunSQL(PROTECT, EXPOSE),
        migrations.RunSQL(FREEZE, THAW),
    ]
