"""What tells two people who write about the same family of each other."""

from uuid import UUID

from django.db import connection

# Whatever a colleague may have written down about the family meanwhile, in one line.
MARK = """
SELECT md5(string_agg(said, ',' ORDER BY said)) FROM (
    SELECT id || ':' || version FROM people_relation WHERE person_id = %(person)s OR related_id = %(person)s
    UNION ALL SELECT id || ':' || coalesce(valid_to::text, '') FROM people_carerrole WHERE patient_id = %(person)s
    UNION ALL SELECT id || ':' || reply || asked_at FROM people_childrenanswer
        WHERE patient_id = %(person)s AND reply <> 'not_asked'
    UNION ALL SELECT id || ':' || coalesce(withdrawn_at::text, '') FROM people_consent WHERE owner_id = %(person)s
) AS lines (said)
"""


def mark_of(person_id: UUID) -> str:
    """Return what tells whether anything around a person has changed; empty if there is nothing. Nothing is shown."""
    with connection.cursor() as cursor:
        cursor.execute(MARK, {"person": person_id})
        return cursor.fetchone()[0] or ""
