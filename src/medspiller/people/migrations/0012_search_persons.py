import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations, models

import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectTenantTable, SearchFunction

# How a word sounds, so that names are found which are said alike and written differently: Kristian
# and Christian, Olsen and Olssen, Skjold and Sjold, Aase and Åse, Mohammed and Muhammed. After the
# idea of Norphone (Lars Marius Garshol's, in Duke): Norwegian spellings of one sound become one
# letter, and vowels count at the beginning only. Capitals are sounds that have no letter: X as in
# "skje", C as in "kjære", Y as in "øy" and "ei". A word in another alphabet sounds as it is written.
WORD_SOUND = r"""
DECLARE
    s text := word;
    first text;
BEGIN
    IF s !~ '^[a-z]+$' THEN
        RETURN s;
    END IF;
    s := replace(replace(replace(s, 'ck', 'k'), 'ph', 'f'), 'dt', 't');
    s := regexp_replace(s, 'sch?j|skj|stj|sj|sch|sh|sk(?=[iy])', 'X', 'g');
    s := regexp_replace(s, '^[hgld]j', 'j');
    s := replace(replace(replace(replace(s, 'kj', 'C'), 'tj', 'C'), 'gj', 'g'), 'ch', 'k');
    s := regexp_replace(s, '^hv', 'v');
    s := regexp_replace(s, '^[iy](?=[aeou])', 'j');
    s := regexp_replace(s, '^(?:o[iy]|[ea][iy])', 'Y');
    s := regexp_replace(s, '^(?:ae)', 'e');
    s := regexp_replace(s, 'c(?=[eiy])', 's', 'g');
    s := translate(replace(s, 'x', 'ks'), 'cqwz', 'kkvs');
    s := regexp_replace(s, '([nlr])d$', '\1');
    s := regexp_replace(regexp_replace(s, 'eig$', 'ei'), 'f$', 'v');
    s := regexp_replace(s, '(.)\1+', '\1', 'g');
    first := translate(left(s, 1), 'y', 'i');
    RETURN upper(first || translate(substr(s, 2), 'daeiouyhj', 't'));
END
"""

NAME_SOUNDS = r"""
SELECT coalesce(array_agg(DISTINCT medspiller_word_sound(word)), '{}')
FROM regexp_split_to_table(medspiller_fold(name), '[^[:alnum:]]+') AS word WHERE word <> ''
"""

KEEP_SEARCH_NAMES = r"""
DECLARE
    whose uuid;
BEGIN
    IF TG_TABLE_NAME = 'people_person' THEN whose := NEW.id; ELSE whose := NEW.person_id; END IF;
    DELETE FROM people_searchname WHERE tenant_id = NEW.tenant_id AND person_id = whose;
    INSERT INTO people_searchname (tenant_id, id, person_id, other_name_id, name, sounds)
    SELECT tenant_id, gen_random_uuid(), whose, other_name_id, medspiller_fold(said), medspiller_name_sounds(said)
    FROM (
        SELECT p.tenant_id, NULL::uuid AS other_name_id, trim(p.given_name || ' ' || p.family_name) AS said
        FROM people_person p WHERE p.tenant_id = NEW.tenant_id AND p.id = whose AND p.merged_into_id IS NULL
        UNION ALL
        SELECT n.tenant_id, n.id, trim(
            coalesce(nullif(n.given_name, ''), p.given_name) || ' ' || coalesce(nullif(n.family_name, ''), p.family_name)
        )
        FROM people_personname n JOIN people_person p ON p.id = n.person_id
        WHERE n.tenant_id = NEW.tenant_id AND n.person_id = whose AND p.merged_into_id IS NULL
    ) AS names;
    RETURN NULL;
END
"""

FORGET_SEARCH_NAMES = r"""
BEGIN
    IF TG_TABLE_NAME = 'people_person' THEN
        DELETE FROM people_searchname WHERE tenant_id = OLD.tenant_id AND person_id = OLD.id;
    ELSE
        DELETE FROM people_searchname WHERE tenant_id = OLD.tenant_id AND other_name_id = OLD.id;
    END IF;
    RETURN OLD;
END
"""

CREATE_SOUNDS = [
    f"CREATE FUNCTION medspiller_word_sound(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE "
    f"SET search_path = public, pg_temp AS $sound$ {WORD_SOUND} $sound$",
    f"CREATE FUNCTION medspiller_name_sounds(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE "
    f"SET search_path = public, pg_temp AS $sounds$ {NAME_SOUNDS} $sounds$",
]
DROP_SOUNDS = ["DROP FUNCTION medspiller_name_sounds(text)", "DROP FUNCTION medspiller_word_sound(text)"]

# The names of those who stood there before are written by the same trigger: an update that changes nothing.
CREATE_KEEPING = [
    f"CREATE FUNCTION medspiller_keep_search_names() RETURNS trigger LANGUAGE plpgsql "
    f"SET search_path = public, pg_temp AS $keep$ {KEEP_SEARCH_NAMES} $keep$",
    f"CREATE FUNCTION medspiller_forget_search_names() RETURNS trigger LANGUAGE plpgsql "
    f"SET search_path = public, pg_temp AS $forget$ {FORGET_SEARCH_NAMES} $forget$",
    "CREATE TRIGGER keep_search_names AFTER INSERT OR UPDATE OF given_name, family_name, merged_into_id "
    "ON people_person FOR EACH ROW EXECUTE FUNCTION medspiller_keep_search_names()",
    "CREATE TRIGGER keep_search_names AFTER INSERT OR UPDATE OF given_name, family_name, person_id "
    "ON people_personname FOR EACH ROW EXECUTE FUNCTION medspiller_keep_search_names()",
    "CREATE TRIGGER forget_search_names BEFORE DELETE ON people_person "
    "FOR EACH ROW EXECUTE FUNCTION medspiller_forget_search_names()",
    "CREATE TRIGGER forget_search_names BEFORE DELETE ON people_personname "
    "FOR EACH ROW EXECUTE FUNCTION medspiller_forget_search_names()",
]
DROP_KEEPING = [
    "DROP TRIGGER forget_search_names ON people_personname",
    "DROP TRIGGER forget_search_names ON people_person",
    "DROP TRIGGER keep_search_names ON people_personname",
    "DROP TRIGGER keep_search_names ON people_person",
    "DROP FUNCTION medspiller_forget_search_names()",
    "DROP FUNCTION medspiller_keep_search_names()",
]

# `among` are those who may be found at all, where they are few enough to be named; null is everybody. Without it somebody
# in a small unit could be lost among a large town's many of that name. They are asked for by a hash: an array of
# thousands is gone through for each of thousands who have a common name.
# Letters are compared only where hardly anybody sounds so: that is what costs. The closest first, and no more than
# a policy can sort out within a page's time.
SEARCH_PERSONS = r"""
WITH asked AS MATERIALIZED (
    SELECT medspiller_fold($1) AS name, medspiller_name_sounds($1) AS sounds
),
by_sound AS MATERIALIZED (
    SELECT person_id, name FROM people_searchname
    WHERE tenant_id = medspiller_tenant() AND sounds @> (SELECT nullif(sounds, '{}') FROM asked)
        AND ($2 IS NULL OR person_id IN (SELECT unnest($2)))
    LIMIT 1000
),
by_letters AS MATERIALIZED (
    SELECT person_id, name FROM people_searchname
    WHERE tenant_id = medspiller_tenant() AND name %> (SELECT name FROM asked)
        AND (SELECT count(*) FROM by_sound) < 5 AND ($2 IS NULL OR person_id IN (SELECT unnest($2)))
    LIMIT 1000
)
SELECT person_id FROM (
    SELECT person_id, name, 0.3 AS heard FROM by_sound UNION ALL SELECT person_id, name, 0 FROM by_letters
) AS found
GROUP BY person_id
ORDER BY max(
    word_similarity((SELECT name FROM asked), name) + similarity((SELECT name FROM asked), name) / 2 + heard
) DESC, person_id
LIMIT 1000
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_create_ground"),
        ("organisations", "0004_create_registers"),
        ("people", "0011_create_records"),
    ]

    operations = [
        BtreeGinExtension(),
        migrations.CreateModel(
            name="SearchName",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.TextField()),
                ("sounds", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
        ),
        migrations.AddField(
            model_name="searchname",
            name="other_name",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.personname"
            ),
        ),
        migrations.AddField(
            model_name="searchname",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"),
        ),
        migrations.AddIndex(
            model_name="searchname",
            index=models.Index(fields=["tenant_id", "person"], name="people_searchname_of"),
        ),
        migrations.AddIndex(
            model_name="searchname",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("tenant_id"),
                models.F("sounds"),
                django.contrib.postgres.indexes.OpClass("name", name="gin_trgm_ops"),
                fastupdate=False,
                name="people_searchname_search",
            ),
        ),
        ProtectTenantTable(
            "people_searchname",
            references={"person_id": "people_person", "other_name_id": "people_personname"},
            tenant_table="organisations_tenant",
        ),
        migrations.RunSQL(CREATE_SOUNDS, DROP_SOUNDS),
        migrations.RunSQL(CREATE_KEEPING, DROP_KEEPING),
        SearchFunction(
            "medspiller_search_persons",
            table="people_searchname",
            arguments="query text, among uuid[]",
            body=SEARCH_PERSONS,
        ),
    ]
