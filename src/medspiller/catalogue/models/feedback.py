"""Rows of what readers say is wrong, and of the last look at each address."""

from django.db import models
from django.db.models import Q

from medspiller.catalogue.domain.feedback import LinkState, Wrong
from medspiller.core import ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned


class Report(TenantOwned):
    """That a reader says something is wrong with an offer. Nobody is asked who they are; `text` may name somebody."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    offer_id = models.UUIDField()
    slug = models.CharField(max_length=100)
    entry = models.ForeignKey("catalogue.Entry", on_delete=models.CASCADE, null=True, related_name="+")
    wrong = models.CharField(max_length=20)
    text = EncryptedText(null=True)
    reported_at = models.DateTimeField()
    dealt_with_at = models.DateTimeField(null=True)
    dealt_with_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wrong__in=[each.value for each in Wrong]), name="catalogue_report_wrong"
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "reported_at"], name="catalogue_report_time")]

    def __str__(self) -> str:
        return f"{self.slug} {self.wrong}"


class LinkCheck(TenantOwned):
    """The last look at an address that entries name. `failures` counts looks in a row that found it gone."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    address = models.CharField(max_length=500)
    state = models.CharField(max_length=12)
    failures = models.PositiveSmallIntegerField(default=0)
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "address"], name="catalogue_linkcheck_address"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in LinkState]), name="catalogue_linkcheck_state"
            ),
        ]

    def __str__(self) -> str:
        return self.address
