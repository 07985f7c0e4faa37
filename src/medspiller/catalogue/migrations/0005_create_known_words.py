import django.contrib.postgres.indexes
from django.db import migrations, models

from medspiller.core.schema import AppendOnly

# Statement by statement, so that many rows at once are one insert; in the order of the words, so that two who publish
# at once do not wait for each other in a ring.
LEARN = """
CREATE FUNCTION medspiller_learn_words() RETURNS trigger LANGUAGE plpgsql AS $learn$
BEGIN
    INSERT INTO catalogue_knownword (language, word)
    SELECT DISTINCT found.language, found.word FROM (
        SELECT 'no' AS language, (unnest(words_no)).lexeme AS word FROM written
        UNION ALL
        SELECT 'en', (unnest(words_en)).lexeme FROM written
    ) AS found
    WHERE length(found.word) BETWEEN 3 AND 60 AND found.word !~ '^[0-9]'
    ORDER BY 1, 2
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$learn$;
CREATE TRIGGER learn_words_of_new AFTER INSERT ON catalogue_publishedoffer
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION medspiller_learn_words();
CREATE TRIGGER learn_words_of_changed AFTER UPDATE ON catalogue_publishedoffer
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION medspiller_learn_words();
"""
UNLEARN = """
DROP TRIGGER learn_words_of_changed ON catalogue_publishedoffer;
DROP TRIGGER learn_words_of_new ON catalogue_publishedoffer;
DROP FUNCTION medspiller_learn_words();
"""
# What titles begin with is looked up while somebody types: of the words, only the weightiest.
TITLES = """
CREATE INDEX catalogue_offer_titles_no ON catalogue_publishedoffer USING gin (ts_filter(words_no, '{a}'));
CREATE INDEX catalogue_offer_titles_en ON catalogue_publishedoffer USING gin (ts_filter(words_en, '{a}'));
"""
NO_TITLES = """
DROP INDEX catalogue_offer_titles_en;
DROP INDEX catalogue_offer_titles_no;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_create_published")]

    operations = [
        migrations.CreateModel(
            name="KnownWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "language", "word", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("language", models.CharField(max_length=2)),
                ("word", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="catalogue_knownword_like", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        AppendOnly("catalogue_knownword"),
        migrations.RunSQL(LEARN, UNLEARN),
        migrations.RunSQL(TITLES, NO_TITLES),
    ]
