"""The registers of municipalities and counties: global, published by the owner of the database."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from medspiller.core.periods import Period
from medspiller.organisations.domain.details import (
    NAME_LENGTH,
)
from medspiller.organisations.domain.municipalities import CountyFact, MunicipalityFact, MunicipalityName


class Municipality(models.Model):
    """One municipality in the register of one year. Global; the web role may only read it."""

    number = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="organisations_municipality_once_a_year"),
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{4}$"), name="organisations_municipality_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name} ({self.year})"

    def fact(self, *, asked_for: int) -> MunicipalityFact:
        """Return what the row says, to somebody who asked for a certain year."""
        return MunicipalityFact(
            number=self.number,
            name=MunicipalityName.parse(self.name),
            year=self.year,
            carried_forward=self.year < asked_for,
        )


class County(models.Model):
    """A county in [valid_from, valid_to). Global; the web role may only read it."""

    number = models.CharField(max_length=2)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    name = models.CharField(max_length=NAME_LENGTH)
    names = models.JSONField(default=dict)
    source = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{2}$"), name="organisations_county_number"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="organisations_county_period"
            ),
            ExclusionConstraint(
                name="organisations_county_once",
                expressions=[
                    ("number", RangeOperators.EQUAL),
                    (
                        Func("valid_from", "valid_to", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def fact(self) -> CountyFact:
        return CountyFact(
            number=self.number,
            period=Period(self.valid_from, self.valid_to),
            name=self.name,
            names=self.names,
            source=self.source,
        )
