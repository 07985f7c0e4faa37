from importlib import import_module

from django.db import migrations
from django.db.migrations.operations import RunSQL

# `0012` was once shipped to those who try Medspiller out with another body of this function: it asked for `among` by an
# array that is gone through for each of thousands. Whoever has that one gets this; for all others nothing changes.
SEARCH_PERSONS = import_module("medspiller.people.migrations.0012_search_persons").SEARCH_PERSONS

REPLACE = (
    'CREATE OR REPLACE FUNCTION "medspiller_search_persons"(query text, among uuid[]) RETURNS SETOF uuid LANGUAGE sql '
    f"STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $search$ {SEARCH_PERSONS} $search$"
)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0017_let_involvements_rest_on_consents"),
    ]

    operations = [
        RunSQL(REPLACE, RunSQL.noop),
    ]
