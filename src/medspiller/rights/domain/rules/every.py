"""Every rule there is, by the name under which content refers to it. Each module of rules has a table of its own."""

from medspiller.rights.domain.rules import (
    Rules,
    benefits,
    care_benefits,
    municipal,
    neighbouring,
    transitional,
    travel,
    working_environment,
)

RULES: Rules = {
    **benefits.RULES,
    **care_benefits.RULES,
    **municipal.RULES,
    **neighbouring.RULES,
    **transitional.RULES,
    **travel.RULES,
    **working_environment.RULES,
}
