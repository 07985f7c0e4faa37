"""Rows of the words that published offers have, by which words that are written wrong are read."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class KnownWord(models.Model):
    """
    A stem that some published offer has, in `no` or `en`.

    A trigger adds what is new whenever offers are written. Nothing is taken away: a word that no offer has any more
    finds nothing, and that is all it does.
    """

    pk = models.CompositePrimaryKey("language", "word")
    language = models.CharField(max_length=2)
    word = models.CharField(max_length=60)

    class Meta:
        indexes = [GinIndex(fields=["word"], name="catalogue_knownword_like", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.word
