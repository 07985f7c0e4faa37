"""Database expressions that constraints and queries share."""

from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField
from django.db.models import Func


class Days(Func):
    """The days of a half-open period of two columns, as PostgreSQL compares them; a null end is open."""

    function = "daterange"
    output_field = DateRangeField()


class Moments(Func):
    """The moments of a half-open period of two columns, as PostgreSQL compares them; a null end is open."""

    function = "tstzrange"
    output_field = DateTimeRangeField()
