"""Whom a search may mean, and what the log says of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, SearchTerm, Shown
from medspiller.core.encryption import keyed_hash
from medspiller.people import policies
from medspiller.people.domain.contacts import CONTACT_VALUE, ContactSystem
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.searching import Wanted
from medspiller.people.models import ContactPoint, Involvement, Person, live_at
from medspiller.people.policies import Standing
from medspiller.people.selectors._numbers import with_number
from medspiller.people.selectors.persons import SeenPerson, _seen

# What the database's function gives at most, before anybody is asked whether the actor may see them.
CANDIDATES_MOST = 1000

# So few can be named to that function: then it looks among them only, and misses nobody for the sake of others.
FEW_MOST = 5000

# One statement: the closest names first, of those only whom the policy lets through.
_BY_NAME = """
WITH near AS ({near}),
few AS MATERIALIZED (
    SELECT CASE WHEN count(*) <= %s THEN coalesce(array_agg(person_id), '{{}}') || %s::uuid[] END AS ids FROM near
),
found AS MATERIALIZED (
    SELECT id, place FROM medspiller_search_persons(%s, (SELECT ids FROM few)) WITH ORDINALITY AS close(id, place)
)
SELECT (SELECT count(*) FROM found),
    ARRAY(
        SELECT close.id FROM (SELECT id, place FROM found ORDER BY place) AS close
        CROSS JOIN LATERAL ({allowed} OFFSET 0) AS open ORDER BY close.place LIMIT %s OFFSET %s
    )
"""
# The policy is asked of one after the other, the closest first, until there are enough: without OFFSET 0 above the
# planner asks it of the whole register, or of all thousand of a common name.
_THAT_ONE = '"people_person"."id" = close.id'
# The policy is asked of those found, not of the whole register: left to itself the planner does that for common names.
_AMONG_THE_FOUND = '"people_person"."id" = ANY(ARRAY(SELECT id FROM found))'


def candidates(
    actor: Actor, wanted: Wanted, stands: Standing, *, at: datetime, limit: int, offset: int = 0
) -> tuple[list[UUID], int]:
    """
    Return whom the actor may open and what was typed may mean, the closest first, and how many names were looked at.

    For a selector that records what it shows of them.
    """
    allowed = Person.objects.filter(policies.visible_by(actor, stands, at=at), _details(wanted))
    if not wanted.name:
        rows = allowed.order_by("family_name", "given_name", "id").values_list("id", flat=True)
        return list(rows[offset : offset + limit]), 0
    among = allowed.extra(where=[_THAT_ONE])  # noqa: S610 - a constant
    sql, parameters = among.values("id").query.sql_with_params()
    live = Involvement.objects.filter(live_at(at), unit_id__in=actor.units_with(policies.VIEW_PERSON))
    near, units = live.values("person_id")[: FEW_MOST + 1].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            _BY_NAME.format(near=near, allowed=sql),
            [*units, FEW_MOST, list(stands.emergency), wanted.name, *parameters, limit, offset],
        )
        looked_at, ids = cursor.fetchone()
    return ids, looked_at


def seen_in_order(actor: Actor, ids: Sequence[UUID], stands: Standing, *, at: datetime) -> list[SeenPerson]:
    """Return these persons as the actor sees them, those left out whom the rule does not let through."""
    rows = Person.objects.in_bulk(ids)
    answers = policies.answers(actor, policies.facts_from(actor, stands), list(rows.values()), at=at, stands=stands)
    return [_seen(rows[each], answers[each]) for each in ids if each in rows and answers[each].allowed]


def record(actor: Actor, wanted: Wanted, shown: Sequence[SeenPerson], stands: Standing) -> None:
    """Write in the log by what was searched, and each one shown, in one statement."""
    audit.record_search(
        actor=policies.registered_by(actor, stands),
        action=policies.VIEW_PERSON,
        terms_description=terms(wanted),
        information=Information.NAME_AND_BIRTH if shown else (),
        shown=[
            Shown(
                person_id=each.id,
                subject_type="people.Person",
                subject_id=each.id,
                basis=policies.basis_of(each.answer),
            )
            for each in shown
        ],
    )


def terms(wanted: Wanted) -> list[SearchTerm]:
    """Return by what is searched, in the codes of the log."""
    used = {
        SearchTerm.NAME: wanted.name,
        SearchTerm.BIRTH_DATE: wanted.birth_dates,
        SearchTerm.PERSON_NUMBER: wanted.person_number,
        SearchTerm.PHONE: wanted.phone,
    }
    return [term for term, typed in used.items() if typed]


def _details(wanted: Wanted) -> Q:
    if wanted.person_number:
        return Q(id__in=with_number(wanted.person_number))
    born, reached = Q(birth_date__in=wanted.birth_dates), _reached_at(wanted.phone)
    if wanted.either:
        return born | reached
    return (born if wanted.birth_dates else Q()) & (reached if wanted.phone else Q())


def _reached_at(phone: str) -> Q:
    hashed = keyed_hash(f"{ContactSystem.PHONE}:{phone}", purpose=CONTACT_VALUE)
    points = ContactPoint.objects.filter(value_hash=hashed, valid_to=None)
    return Q(id__in=points.values("person_id"), protected_address=ProtectedAddress.NONE.value)
