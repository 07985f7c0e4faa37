"""The roles that a post can carry."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody does for carers. A grant names one, a unit and an end date."""

    CARE_WORKER = "care_worker"
    CARER_CONTACT = "carer_contact"
    CHILDREN_LEAD = "children_lead"
    CASE_WORKER = "case_worker"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    STRATEGY_OWNER = "strategy_owner"
    VOLUNTEER_COORDINATOR = "volunteer_coordinator"
    ADMINISTRATOR = "administrator"


EVERY_ROLE = frozenset(Role)
