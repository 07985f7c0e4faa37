"""What a carer lets be told of their follow-up, and to whom."""

from medspiller.people.domain.consents import ConsentTopic

# What must be let, any of it, so that a plan may go to a unit that does not follow the carer up.
LETS_GO = frozenset({ConsentTopic.PLAN})
