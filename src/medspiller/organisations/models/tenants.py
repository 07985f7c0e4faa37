"""Rows of tenants."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from medspiller.core import ids
from medspiller.organisations.domain.details import (
    NAME_LENGTH,
)
from medspiller.organisations.domain.kinds import TenantKind
from medspiller.organisations.models.names import TENANT_KIND_NAMES


class Tenant(models.Model):
    """
    A data controller. Each sees itself only; the web role may only read it.

    Which tenant a host name means is answered by `medspiller_tenant_for`, since it is asked
    before there is any tenant.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=NAME_LENGTH)
    municipality_number = models.CharField(max_length=4, null=True, unique=True)  # noqa: DJ001 - unique among those that have one
    host = models.CharField(max_length=253, null=True, unique=True)  # noqa: DJ001 - unique among those that have one
    founded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in TenantKind]), name="organisations_tenant_kind"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organisations_tenant_has_name"),
            models.CheckConstraint(
                condition=Q(kind=TenantKind.MUNICIPALITY.value, municipality_number__regex=r"^[0-9]{4}$")
                | (~Q(kind=TenantKind.MUNICIPALITY.value) & Q(municipality_number=None)),
                name="organisations_tenant_number",
            ),
            models.CheckConstraint(condition=Q(host=None) | Q(host=Lower("host")), name="organisations_tenant_host"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_name(self) -> str:
        return str(TENANT_KIND_NAMES[TenantKind(self.kind)])
