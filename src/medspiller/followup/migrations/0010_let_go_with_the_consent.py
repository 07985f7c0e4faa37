from django.db import migrations
from django.db.migrations.operations import RunSQL

from medspiller.core.tenancy import in_each_tenant

# What units had to do with carers because they were let, from before the register knew of it: from now on it ends with
# the consent, in the same transaction. Where the consent is over already it ends now, and the jobs bring the plan home.
# What the register knew of, and what got a reason of its own since, stays as it is.
REST_ON_CONSENTS = """
UPDATE people_involvement lent
SET only_while_let = '{plan}', ends_at = nullif(least(lent.ends_at, coalesce(
    (SELECT max(coalesce(least(given.ends_at, given.withdrawn_at), 'infinity')) FROM people_consent given
     WHERE given.owner_id = lent.person_id AND given.to_unit_id = lent.unit_id AND given.decision = 'given'
        AND 'plan' = ANY(given.topics) AND given.starts_at <= clock_timestamp()
        AND coalesce(least(given.ends_at, given.withdrawn_at), 'infinity') > clock_timestamp()),
    greatest(clock_timestamp(), lent.starts_at))), 'infinity')
WHERE lent.only_while_let = '{}' AND (lent.ends_at IS NULL OR lent.ends_at > clock_timestamp()) AND EXISTS (
    SELECT FROM followup_handover offer
    WHERE offer.through_id = lent.id AND offer.state = 'accepted' AND offer.rests_on_consent
) AND NOT EXISTS (
    SELECT FROM people_involvementhistoryrow known WHERE known.id = lent.id AND known.only_while_let <> '{}'
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0009_count_answers"),
        ("people", "0018_search_among_by_hash"),
    ]

    operations = [
        RunSQL(in_each_tenant(REST_ON_CONSENTS), RunSQL.noop),
    ]
