import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import SEARCH_ROLE, WEB_ROLE, ProtectHistory, ProtectTenantTable, ReadOnly, SearchFunction

# A tenant's own row carries no tenant_id: its id is the tenant. Founding one says so first.
PROTECT_TENANTS = """
ALTER TABLE organisations_tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations_tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisations_tenant USING (id = medspiller_tenant()) WITH CHECK (id = medspiller_tenant());
"""

EXPOSE_TENANTS = """
DROP POLICY tenant ON organisations_tenant;
ALTER TABLE organisations_tenant NO FORCE ROW LEVEL SECURITY;
ALTER TABLE organisations_tenant DISABLE ROW LEVEL SECURITY;
"""

# Asked before there is a tenant: what a host name means, and, for jobs over all tenants,
# which there are. Both answer with ids alone. The owner is a member of the search role,
# and policies hold for members too: hence the policy that holds it back.
CREATE_LOOKUPS = f"""
GRANT SELECT ON organisations_tenant TO {SEARCH_ROLE};
CREATE POLICY search ON organisations_tenant FOR SELECT TO {SEARCH_ROLE} USING (true);
CREATE POLICY owner ON organisations_tenant AS RESTRICTIVE TO CURRENT_USER USING (id = medspiller_tenant());
CREATE FUNCTION medspiller_tenant_for(host_name text, number text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT id FROM organisations_tenant WHERE host = lower($1) OR municipality_number = $2
    ORDER BY (host = lower($1)) DESC NULLS LAST LIMIT 1
$$;
CREATE FUNCTION medspiller_tenant_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$ SELECT id FROM organisations_tenant ORDER BY id $$;
ALTER FUNCTION medspiller_tenant_for(text, text) OWNER TO {SEARCH_ROLE};
ALTER FUNCTION medspiller_tenant_ids() OWNER TO {SEARCH_ROLE};
REVOKE ALL ON FUNCTION medspiller_tenant_for(text, text), medspiller_tenant_ids() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION medspiller_tenant_for(text, text), medspiller_tenant_ids() TO {WEB_ROLE};
"""

DROP_LOOKUPS = f"""
DROP FUNCTION medspiller_tenant_for(text, text);
DROP FUNCTION medspiller_tenant_ids();
DROP POLICY owner ON organisations_tenant;
DROP POLICY search ON organisations_tenant;
REVOKE SELECT ON organisations_tenant FROM {SEARCH_ROLE};
"""

# A part of the name, or words close to it; the closest first.
SEARCH_UNITS = r"""
SELECT id FROM organisations_unit
WHERE tenant_id = medspiller_tenant() AND (
    medspiller_fold($1) <% medspiller_fold(name)
    OR medspiller_fold(name) LIKE '%' || regexp_replace(medspiller_fold($1), '([\\%_])', '\\\1', 'g') || '%'
)
ORDER BY word_similarity(medspiller_fold($1), medspiller_fold(name)) DESC, name, id
LIMIT 50
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0001_create_ground")]

    operations = [
        migrations.CreateModel(
            name="Tenant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=120)),
                ("municipality_number", models.CharField(max_length=4, null=True, unique=True)),
                ("host", models.CharField(max_length=253, null=True, unique=True)),
                ("founded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=40)),
                ("about", models.TextField(blank=True, default="")),
                ("opening_hours", models.TextField(blank=True, default="")),
                ("notice", models.CharField(blank=True, default="", max_length=500)),
                ("opened_on", models.DateField()),
                ("closed_from", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="UnitHistoryrow",
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
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=40)),
                ("about", models.TextField(blank=True, default="")),
                ("opening_hours", models.TextField(blank=True, default="")),
                ("notice", models.CharField(blank=True, default="", max_length=500)),
                ("opened_on", models.DateField()),
                ("closed_from", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="tenant",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["municipality", "health_trust", "directorate"])),
                name="organisations_tenant_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="tenant",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="organisations_tenant_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="tenant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "municipality"), ("municipality_number__regex", "^[0-9]{4}$")),
                    models.Q(models.Q(("kind", "municipality"), _negated=True), ("municipality_number", None)),
                    _connector="OR",
                ),
                name="organisations_tenant_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="tenant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("host", None), ("host", django.db.models.functions.text.Lower("host")), _connector="OR"
                ),
                name="organisations_tenant_host",
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="parent",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="subunits", to="organisations.unit"
            ),
        ),
        migrations.AddField(
            model_name="unithistoryrow",
            name="parent",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="unit",
            index=django.contrib.postgres.indexes.GistIndex(
                models.F("tenant_id"),
                django.contrib.postgres.indexes.OpClass(
                    models.Func("name", function="medspiller_fold", output_field=models.TextField()),
                    name="gist_trgm_ops",
                ),
                name="organisations_unit_search",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "service_area",
                            "service_office",
                            "home_care",
                            "nursing_home",
                            "shared_housing",
                            "day_centre",
                            "respite_home",
                            "health_centre",
                            "school_health",
                            "mental_health_and_addiction",
                            "carers_centre",
                            "coordinating_unit",
                            "clinic",
                            "ward",
                            "outpatient_clinic",
                            "department",
                            "other",
                        ],
                    )
                ),
                name="organisations_unit_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="organisations_unit_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_from", None), ("closed_from__gt", models.F("opened_on")), _connector="OR"),
                name="organisations_unit_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant_id", "="),
                    (
                        django.db.models.functions.comparison.Coalesce(
                            "parent_id", models.Value(uuid.UUID("00000000-0000-0000-0000-000000000000"))
                        ),
                        "=",
                    ),
                    (django.db.models.functions.text.Lower("name"), "="),
                    (
                        models.Func(
                            "opened_on",
                            "closed_from",
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="organisations_unit_name_among_siblings",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_tree",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE above integer; below integer; circular boolean;",
                    func="""
PERFORM pg_advisory_xact_lock(hashtextextended('organisations.tree ' || NEW.tenant_id, 0));
IF NEW.parent_id IS NOT NULL THEN
    WITH RECURSIVE up(id, parent_id, level) AS (
        SELECT u.id, u.parent_id, 1 FROM organisations_unit u WHERE u.id = NEW.parent_id
        UNION ALL
        SELECT u.id, u.parent_id, up.level + 1 FROM organisations_unit u JOIN up ON u.id = up.parent_id
        WHERE up.level <= 8 AND up.id <> NEW.id
    )
    SELECT max(up.level), bool_or(up.id = NEW.id) INTO above, circular FROM up;
    IF NEW.parent_id = NEW.id OR circular THEN
        RAISE EXCEPTION 'unit % cannot be under itself', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organisations_unit_no_circle';
    END IF;
    IF above IS NULL THEN
        RAISE EXCEPTION 'unit % has no such parent', NEW.id
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'organisations_unit_parent_exists';
    END IF;
    WITH RECURSIVE down(id, level) AS (
        SELECT NEW.id, 1
        UNION ALL
        SELECT u.id, down.level + 1 FROM organisations_unit u JOIN down ON u.parent_id = down.id
        WHERE down.level <= 8
    )
    SELECT max(down.level) INTO below FROM down;
    IF above + below > 8 THEN
        RAISE EXCEPTION 'unit % would lie too deep', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organisations_unit_not_too_deep';
    END IF;
    IF EXISTS (
        SELECT FROM organisations_unit u WHERE u.id = NEW.parent_id
        AND u.closed_from < coalesce(NEW.closed_from, 'infinity')
    ) THEN
        RAISE EXCEPTION 'unit % would outlive the unit it is part of', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organisations_unit_within_parent';
    END IF;
END IF;
IF NEW.closed_from IS NOT NULL AND (
    EXISTS (
        SELECT FROM organisations_unit u WHERE u.parent_id = NEW.id
        AND coalesce(u.closed_from, 'infinity') > NEW.closed_from
    ) OR EXISTS (
        SELECT FROM organisations_post p WHERE p.unit_id = NEW.id
        AND coalesce(p.closed_from, 'infinity') > NEW.closed_from
    )
) THEN
    RAISE EXCEPTION 'unit % still has something open in it', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'organisations_unit_closed_when_empty';
END IF;
RETURN NEW;
""",
                    hash="5d1d78062d207b0b12538c6d2d7de50633c5f596",
                    operation='INSERT OR UPDATE OF "parent_id", "closed_from"',
                    pgid="pgtrigger_keep_tree_5390d",
                    table="organisations_unit",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organisations_unithistoryrow" ("about", "closed_from", "id", "kind", "name", "notice", "opened_on", "opening_hours", "parent_id", "pgh_created_at", "pgh_label", "tenant_id", "version") VALUES (NEW."about", NEW."closed_from", NEW."id", NEW."kind", NEW."name", NEW."notice", NEW."opened_on", NEW."opening_hours", NEW."parent_id", NOW(), \'insert\', NEW."tenant_id", NEW."version"); RETURN NULL;',
                    hash="b02bf9db14704cd059b6324c44f2f89337c7ed6c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dce7b",
                    table="organisations_unit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "organisations_unithistoryrow" ("about", "closed_from", "id", "kind", "name", "notice", "opened_on", "opening_hours", "parent_id", "pgh_created_at", "pgh_label", "tenant_id", "version") VALUES (NEW."about", NEW."closed_from", NEW."id", NEW."kind", NEW."name", NEW."notice", NEW."opened_on", NEW."opening_hours", NEW."parent_id", NOW(), \'update\', NEW."tenant_id", NEW."version"); RETURN NULL;',
                    hash="3fc139d0840d782571ac4513b846f94ba8f5c624",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a7406",
                    table="organisations_unit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organisations_unithistoryrow" ("about", "closed_from", "id", "kind", "name", "notice", "opened_on", "opening_hours", "parent_id", "pgh_created_at", "pgh_label", "tenant_id", "version") VALUES (OLD."about", OLD."closed_from", OLD."id", OLD."kind", OLD."name", OLD."notice", OLD."opened_on", OLD."opening_hours", OLD."parent_id", NOW(), \'delete\', OLD."tenant_id", OLD."version"); RETURN NULL;',
                    hash="5fc1ac357a066bd1dae094c31967a852bf2a1ef9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3ecda",
                    table="organisations_unit",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(PROTECT_TENANTS, EXPOSE_TENANTS),
        migrations.RunSQL(CREATE_LOOKUPS, DROP_LOOKUPS),
        ReadOnly("organisations_tenant"),
        ProtectTenantTable(
            "organisations_unit",
            references={"parent_id": "organisations_unit"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("organisations_unithistoryrow"),
        SearchFunction(
            "medspiller_search_units", table="organisations_unit", arguments="query text", body=SEARCH_UNITS
        ),
    ]
