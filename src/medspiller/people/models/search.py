"""By which names persons are found."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from medspiller.core import ids
from medspiller.core.tenancy import TenantOwned
from medspiller.people.models.persons import Person, PersonName


class SearchName(TenantOwned):
    """
    One name of one person, as it is searched: without accents in `name`, by ear in `sounds`.

    Triggers write it, from the person's name and from `other_name`, so that it is right however
    a row was stored. Whoever turned out to be somebody else has none.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other_name = models.ForeignKey(PersonName, on_delete=models.CASCADE, null=True, related_name="+")
    name = models.TextField()
    sounds = ArrayField(models.TextField())

    class Meta:
        indexes = [
            GinIndex(
                "tenant_id",
                "sounds",
                OpClass("name", name="gin_trgm_ops"),
                name="people_searchname_search",
                fastupdate=False,
            ),
            models.Index(fields=["tenant_id", "person"], name="people_searchname_of"),
        ]

    def __str__(self) -> str:
        return str(self.id)
