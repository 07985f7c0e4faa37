"""
What the public sees, laid out for finding: shipped to all (`tenant_id` null), or a municipality's own.

Everybody reads these two tables; the web role writes its tenant's rows only, the owner role what is shipped.
Nothing here is about a person.
"""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce

from medspiller.catalogue.domain.entries import SLUG_LENGTH
from medspiller.core import ids

# Stands for "no tenant" where the database compares: null equals nothing.
_NOBODY = UUID(int=0)


class PublishedProvider(models.Model):
    """Whoever offers something, as `domain.offers.Provider`; `body` is all of it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    tenant_id = models.UUIDField(null=True, editable=False)
    slug = models.CharField(max_length=SLUG_LENGTH)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    body = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Coalesce("tenant_id", Value(_NOBODY)), "slug", name="catalogue_publishedprovider_slug"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PublishedOffer(models.Model):
    """
    One offer as the public sees it: `body` is all of it (`domain.offers.Offer`), the columns are what it is found by.

    `entry_id` is the entry it comes from, None for a shipped one; `id` is stable for as long as the offer exists.
    `area` holds `no`, county numbers and municipality numbers. `concepts` are codes with their kind, `need:peers`.
    An offer exists in [valid_from, valid_to).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    tenant_id = models.UUIDField(null=True, editable=False)
    entry_id = models.UUIDField(null=True, editable=False, unique=True)
    slug = models.CharField(max_length=SLUG_LENGTH)
    provider = models.ForeignKey(PublishedProvider, on_delete=models.PROTECT, related_name="offers")
    version = models.CharField(max_length=64)
    body = models.JSONField()
    # What a list shows, without opening the body: title and summary by language.
    card = models.JSONField()
    kind = models.CharField(max_length=20)
    way = models.CharField(max_length=12)
    area = ArrayField(models.CharField(max_length=4))
    districts = ArrayField(models.CharField(max_length=100), default=list)
    concepts = ArrayField(models.CharField(max_length=40), default=list)
    languages = ArrayField(models.CharField(max_length=3), default=list)
    age_from = models.PositiveSmallIntegerField(null=True)
    age_to = models.PositiveSmallIntegerField(null=True)
    is_for_children = models.BooleanField(default=False)
    is_digital = models.BooleanField(default=False)
    is_evening = models.BooleanField(default=False)
    is_free = models.BooleanField(default=False)
    is_anonymous = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    review_on = models.DateField()
    # Times in [from, to) in which it is not there, with a text by language.
    closures = models.JSONField(default=list)
    changed_at = models.DateTimeField()
    # Words of the texts, of what they stand for and of their parts, by language.
    words_no = SearchVectorField()
    words_en = SearchVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Coalesce("tenant_id", Value(_NOBODY)), "slug", name="catalogue_publishedoffer_slug"
            ),
        ]
        indexes = [
            GinIndex(fields=["words_no"], name="catalogue_offer_words_no"),
            GinIndex(fields=["words_en"], name="catalogue_offer_words_en"),
            GinIndex(fields=["concepts"], name="catalogue_offer_concepts"),
            GinIndex(fields=["area"], name="catalogue_offer_area"),
            models.Index(fields=["changed_at"], name="catalogue_offer_changed"),
            # The constraint has the tenant before the slug, and readers name none.
            models.Index(fields=["slug"], name="catalogue_offer_slug"),
            # What a front page shows, in the order in which it shows it.
            models.Index(fields=["tenant_id", "kind", "way", "slug"], name="catalogue_offer_of_kind"),
            # All that says whether an offer is shown, so that counting and leafing through all of them opens none.
            models.Index(
                fields=["id"], include=["tenant_id", "area", "valid_from", "valid_to"], name="catalogue_offer_shown"
            ),
        ]

    def __str__(self) -> str:
        return self.slug
