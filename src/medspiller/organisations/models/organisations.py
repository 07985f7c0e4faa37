"""Rows of the organisations a tenant works with."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from medspiller.core import history, ids
from medspiller.core.tenancy import TenantOwned
from medspiller.organisations.domain.details import (
    NAME_LENGTH,
    WEBSITE_LENGTH,
    OrganisationDetails,
)
from medspiller.organisations.domain.kinds import OrganisationKind
from medspiller.organisations.models.names import ORGANISATION_KIND_NAMES


@history.keep()
class Organisation(TenantOwned):
    """Somebody outside the tenant that it works with. `version` counts changes."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    name = models.CharField(max_length=NAME_LENGTH)
    kind = models.CharField(max_length=20)
    website = models.CharField(max_length=WEBSITE_LENGTH, blank=True, default="")
    about = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("tenant_id", Lower("name"), name="organisations_organisation_name"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in OrganisationKind]), name="organisations_organisation_kind"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organisations_organisation_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_name(self) -> str:
        return str(ORGANISATION_KIND_NAMES[OrganisationKind(self.kind)])

    @property
    def details(self) -> OrganisationDetails:
        return OrganisationDetails(
            name=self.name, kind=OrganisationKind(self.kind), website=self.website, about=self.about
        )
