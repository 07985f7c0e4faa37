"""What the kinds of tenants, units and organisations are called on screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspiller.organisations.domain.kinds import OrganisationKind, TenantKind, UnitKind

UNIT_KIND_NAMES: dict[UnitKind, Promise] = {
    UnitKind.SERVICE_AREA: _("Service area"),
    UnitKind.SERVICE_OFFICE: _("Service office"),
    UnitKind.HOME_CARE: _("Home care"),
    UnitKind.NURSING_HOME: _("Nursing home"),
    UnitKind.SHARED_HOUSING: _("Shared housing with staff"),
    UnitKind.DAY_CENTRE: _("Day centre"),
    UnitKind.RESPITE_HOME: _("Respite home"),
    UnitKind.HEALTH_CENTRE: _("Child health clinic"),
    UnitKind.SCHOOL_HEALTH: _("School health service"),
    UnitKind.MENTAL_HEALTH_AND_ADDICTION: _("Mental health and addiction"),
    UnitKind.CARERS_CENTRE: _("Carers' centre"),
    UnitKind.COORDINATING_UNIT: _("Coordinating unit"),
    UnitKind.CHILD_WELFARE: _("Child welfare service"),
    UnitKind.CLINIC: _("Clinic"),
    UnitKind.WARD: _("Ward"),
    UnitKind.OUTPATIENT_CLINIC: _("Outpatient clinic"),
    UnitKind.DEPARTMENT: _("Department"),
    UnitKind.OTHER: _("Other unit"),
}
ORGANISATION_KIND_NAMES: dict[OrganisationKind, Promise] = {
    OrganisationKind.VOLUNTARY: _("Voluntary organisation"),
    OrganisationKind.HEALTH_TRUST: _("Health trust"),
    OrganisationKind.PRIVATE: _("Private company"),
    OrganisationKind.PUBLIC: _("Public body"),
    OrganisationKind.NATIONAL: _("National body"),
}
TENANT_KIND_NAMES: dict[TenantKind, Promise] = {
    TenantKind.MUNICIPALITY: _("Municipality"),
    TenantKind.HEALTH_TRUST: _("Health trust"),
    TenantKind.DIRECTORATE: _("Directorate"),
}
