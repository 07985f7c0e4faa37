"""
A unit of 60 staff that follows carers up: a file for each of them made as it is made, and then copied many times.

Copies are rows like any other, added by the web role under row-level security.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection, connections
from django.test import Client

from bench._filling import bulk, empty
from medspiller.access import selectors as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.config import secrets
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content import services as content
from medspiller.content.domain import loading
from medspiller.core import clock, tenancy
from medspiller.followup import selectors, services
from medspiller.followup.domain.plans import KeptBack
from medspiller.pathways import selectors as pathways
from medspiller.pathways.domain.definition import DoneBy
from medspiller.pathways.domain.happenings import HappeningRefused
from medspiller.pathways.domain.vocabulary import Subject
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role as CarersRole
from medspiller.people.tests.factories import give_role, involve, make_person, relate
from tests.support.database import HERE
from tests.support.staff import build_house, employ, sign_in

STAFF = 60
_ROLES = (Role.CARE_WORKER, Role.CARER_CONTACT, Role.CARE_WORKER, Role.CASE_WORKER)
_SHIPPED = Path(secrets.ROOT) / "content"
_KINDS = ("questionnaires", "instruments", "guideline", "letters", "pathways")
SYSTEM = actors.system(HERE)
# Tables with what names a row that is copied with them; all else of a row is as it was.
_COPIED: Mapping[str, Sequence[str]] = {
    "people_person": ("id",),
    "people_searchname": ("id", "person_id"),
    "people_relation": ("id", "person_id", "related_id"),
    "people_involvement": ("id", "person_id"),
    "people_carerrole": ("id", "relation_id", "patient_id", "carer_id"),
    "pathways_run": ("id", "subject_id"),
    "pathways_happening": ("id", "run_id"),
    "pathways_openstep": ("id", "run_id"),
    "followup_carerfile": ("id", "carer_id"),
    "followup_filenote": ("id", "file_id"),
    "followup_plan": ("id", "file_id", "run_id", "about_id"),
    "followup_holding": ("id", "plan_id"),
    "worklist_workitem": ("id", "subject_id", "person_id"),
}
_COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit at work: who works there, and some of the files and plans of the first of them."""

    accounts: list[User]
    unit_id: UUID
    files: list[UUID]
    plans: list[UUID]

    def signed_in(self, place: int = 0) -> Client:
        """The browser of somebody who works there."""
        client = Client()
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            sign_in(client, self.accounts[place])
        return client


@contextmanager
def unit_with(files: int, *, plans: int, days_ago: int = 0) -> Iterator[Unit]:
    """
    A unit of 60 staff with so many open files, each with so many plans; all thrown away afterwards.

    Nobody has looked at them for so many days.
    """
    try:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            library = loading.load(_SHIPPED, CONTENT_KINDS)
            with clock.frozen(clock.now() - timedelta(days=400)):
                content.publish(actor=SYSTEM, definitions=[each for kind in _KINDS for each in library.of_kind(kind)])
            unit = _begin(plans, days_ago)
        with bulk(*_COPIED):
            for table, names in _COPIED.items():
                _copy(table, names, files // STAFF)
        yield unit
    finally:
        empty()
        with connections["owner"].cursor() as cursor:
            cursor.execute("TRUNCATE pathways_run, content_definition, procrastinate_jobs CASCADE")
        connections["owner"].close()


def _copy(table: str, names: Sequence[str], times: int) -> None:
    """Add each row of a table so many times less one, with ids of their own that lead to each other."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID), connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [table])
        columns = [name for (name,) in cursor.fetchall()]
        values = {name: f"md5({name}::text || n)::uuid" if name in names else f'"{name}"' for name in columns}
        if table == "people_relation":
            one, other = values["person_id"], values["related_id"]
            values |= {"person_id": f"least({one}, {other})", "related_id": f"greatest({one}, {other})"}
        quoted = ", ".join(f'"{name}"' for name in columns)
        cursor.execute(
            f"INSERT INTO {table} ({quoted}) SELECT {', '.join(values.values())} "  # noqa: S608 - our own tables
            f"FROM {table}, generate_series(2, %s) AS n",
            [times],
        )


def _begin(plans: int, days_ago: int) -> Unit:
    chance = random.Random(7)  # noqa: S311 - made to be foreseen
    with clock.frozen(clock.now() - timedelta(days=200)):
        house = build_house(HERE)
        accounts = [
            employ(tenant_id=HERE, unit_id=house.home_care, role=_ROLES[each % len(_ROLES)], name=f"Demo Ansatt {each}")
            for each in range(STAFF)
        ]
    slugs = [one.slug for one in pathways.pathways(actor=SYSTEM, subject=Subject.ADULT)]
    files: list[UUID] = []
    started: list[UUID] = []
    for place, account in enumerate(accounts):
        file_id, running = _followed(account, house.home_care, slugs, place, plans, days_ago, chance)
        files.append(file_id)
        started += running
    return Unit(accounts, house.home_care, files, started)


def _followed(
    account: User, unit_id: UUID, slugs: Sequence[str], place: int, plans: int, days_ago: int, chance: random.Random
) -> tuple[UUID, list[UUID]]:
    now, age = clock.now(), days_ago + chance.randrange(20, 60)
    with clock.frozen(now - timedelta(days=90)):
        carer, patient = make_person(f"Randi {place}", "Demoli"), make_person(f"Oddny {place}", "Demoli")
        relation = relate(carer, patient, RelationKind.FRIEND)
        give_role(relation, patient=patient, carer=carer, role=CarersRole.PAARORENDE)
        involve(carer, unit_id, basis=InvolvementBasis.SUPPORT)
        involve(patient, unit_id)
    with clock.frozen(now - timedelta(days=age)):
        actor = acting(account)
        file = services.open_file(
            actor=actor, carer_id=carer.id, identified_on=clock.today(), identified_how="said_so",
            why="Er alene om det meste.", what_matters="Én kveld i uka.", contact_id=actor.id,
        )  # fmt: skip
        running = [
            services.start_plan(
                actor=actor, file_id=file.id, slug=slugs[(place + each * 5) % len(slugs)], holder_id=actor.id,
                about_id=patient.id,
            ).id
            for each in range(plans)
        ]  # fmt: skip
    for plan_id in running:
        for ago in sorted(chance.sample(range(days_ago, age), 4), reverse=True):
            with clock.frozen(now - timedelta(days=ago)):
                _goes_on(acting(account), plan_id, chance)
    return file.id, running


def _goes_on(actor: Actor, plan_id: UUID, chance: random.Random) -> None:
    standing = selectors.plan(actor=actor, plan_id=plan_id).run.progress
    doable = [one.step for one in standing.open_steps if one.step.done.by is DoneBy.CONFIRM]
    with suppress(HappeningRefused, KeptBack):
        if standing.missing_facts and chance.random() < 0.5:
            services.tell_fact(actor=actor, plan_id=plan_id, fact=standing.missing_facts[0], value=True)
        elif doable:
            step = chance.choice(doable)
            result = sorted(step.result_codes)[0] if step.results else ""
            services.do_step(actor=actor, plan_id=plan_id, step=step.id, result=result)


def acting(account: User) -> Actor:
    """Return somebody as they are now."""
    nobody = actors.anonymous(HERE)
    return access.actor_for(
        actor=nobody, user=account, organisation="Bærum kommune", today=clock.today(), now=clock.now()
    )
