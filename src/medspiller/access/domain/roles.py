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
    # Somebody of an organisation outside, who keeps its own offers up to date and sees nothing else of the house.
    ORGANISATION_EDITOR = "organisation_editor"


EVERY_ROLE = frozenset(Role)
# Who works for the municipality itself.
OWN_STAFF = EVERY_ROLE - {Role.ORGANISATION_EDITOR}
