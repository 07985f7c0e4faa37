"""Database expressions that constraints and queries share."""

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func


class Days(Func):
    """The days of a half-open period of two columns, as PostgreSQL compares them; a null end is open."""

    function = "daterange"
    output_field = DateRangeField()
