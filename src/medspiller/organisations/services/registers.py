"""
Publishing municipalities and counties, by a process that is the owner of the database.

They belong to no tenant, so neither the access log nor the events know of it; the
digest of the content package they came with does.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction

from medspiller.core.actors import Actor
from medspiller.organisations import policies
from medspiller.organisations.domain.municipalities import (
    CountyFact,
    ensure_counties_publishable,
    ensure_publishable,
)
from medspiller.organisations.models import County, Municipality


@transaction.atomic
def publish_municipalities(*, actor: Actor, year: int, names: Mapping[str, str]) -> int:
    """
    Make these, by number, the municipalities of one year, and return how many rows that changed.

    Other years stay as they are. Publishing the same again changes nothing.

    :raises NotAllowed: for everybody but the system.
    :raises RegisterProblem: listing everything that is wrong with the list.
    """
    policies.ensure_installation(actor, policies.PUBLISH_REGISTER)
    ensure_publishable(year=year, names=names)

    rows = Municipality.objects.select_for_update().filter(year=year)
    stored = {row.number: row for row in rows}
    gone = [number for number in stored if number not in names]
    renamed = [row for number, row in stored.items() if number in names and row.name != names[number]]
    new = [Municipality(year=year, number=number, name=name) for number, name in names.items() if number not in stored]

    rows.filter(number__in=gone).delete()
    for row in renamed:
        row.name = names[row.number]
    Municipality.objects.bulk_update(renamed, ["name"])
    Municipality.objects.bulk_create(new)
    return len(gone) + len(renamed) + len(new)


@transaction.atomic
def publish_counties(*, actor: Actor, counties: Sequence[CountyFact]) -> int:
    """
    Make these the counties of all times, and return how many rows that changed.

    Publishing the same again changes nothing.

    :raises NotAllowed: for everybody but the system.
    :raises RegisterProblem: listing everything that is wrong with the list.
    """
    policies.ensure_installation(actor, policies.PUBLISH_REGISTER)
    ensure_counties_publishable(counties)

    stored = list(County.objects.select_for_update())
    wanted = list(counties)
    gone = [row.pk for row in stored if row.fact not in wanted]
    known = [row.fact for row in stored]
    new = [county for county in wanted if county not in known]

    # Old rows go first: a corrected period may overlap what it corrects.
    County.objects.filter(pk__in=gone).delete()
    County.objects.bulk_create(
        County(
            number=county.number,
            valid_from=county.period.start,
            valid_to=county.period.end,
            name=county.name,
            names=dict(county.names),
            source=county.source,
        )
        for county in new
    )
    return len(gone) + len(new)
