"""What kinds of tenants, units and organisations there are. Their names on screen stand in `models`."""

from enum import StrEnum


class TenantKind(StrEnum):
    """What kind of data controller a tenant is."""

    MUNICIPALITY = "municipality"
    HEALTH_TRUST = "health_trust"
    DIRECTORATE = "directorate"


class UnitKind(StrEnum):
    """What a unit mainly does. It never decides what may be done there; posts and roles do."""

    SERVICE_AREA = "service_area"
    SERVICE_OFFICE = "service_office"
    HOME_CARE = "home_care"
    NURSING_HOME = "nursing_home"
    SHARED_HOUSING = "shared_housing"
    DAY_CENTRE = "day_centre"
    RESPITE_HOME = "respite_home"
    HEALTH_CENTRE = "health_centre"
    SCHOOL_HEALTH = "school_health"
    MENTAL_HEALTH_AND_ADDICTION = "mental_health_and_addiction"
    CARERS_CENTRE = "carers_centre"
    COORDINATING_UNIT = "coordinating_unit"
    CHILD_WELFARE = "child_welfare"
    CLINIC = "clinic"
    WARD = "ward"
    OUTPATIENT_CLINIC = "outpatient_clinic"
    DEPARTMENT = "department"
    OTHER = "other"


class OrganisationKind(StrEnum):
    """Which sector a collaborating organisation belongs to."""

    VOLUNTARY = "voluntary"
    HEALTH_TRUST = "health_trust"
    PRIVATE = "private"
    PUBLIC = "public"
    NATIONAL = "national"
