"""Figures of plans that run: where one stands, something happening to one, and the nightly look at 100,000 of them."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection, connections
from django.db.models import F

from bench.measure import Bench, sized
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor, HeldRole
from medspiller.access.domain.roles import Role
from medspiller.config import secrets
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content import services as content
from medspiller.content.domain import loading
from medspiller.core import clock, ids, tenancy
from medspiller.core.actors import ActorKind
from medspiller.pathways import selectors, services
from medspiller.pathways.domain import happenings as told
from medspiller.pathways.domain.definition import DoneBy, Pathway
from medspiller.pathways.domain.happenings import HappeningRefused
from medspiller.pathways.domain.progress import Progress, progress
from medspiller.pathways.models import Run
from medspiller.pathways.selectors._lines import lines_of
from tests.support.database import HERE

RUNS, TEMPLATES, BATCH = sized(100_000), 100, 2000
SHIPPED = Path(secrets.ROOT) / "content" / "no.medspiller.pathways"
SYSTEM = actors.system(HERE)

# What a few runs have gone through, told again of many.
_COPY = """
CREATE TEMPORARY TABLE copy ON COMMIT DROP AS
    SELECT id AS old, gen_random_uuid() AS new FROM pathways_run, generate_series(1, %(copies)s);
INSERT INTO pathways_run (id, subject_type, subject_id, pathway_url, pathway_version, pathway_digest, slug, started_on,
        state, paused_until, phase, look_again_on, ended_on, end_reason, version)
    SELECT new, subject_type, gen_random_uuid(), pathway_url, pathway_version, pathway_digest, slug, started_on,
        state, paused_until, phase, look_again_on, ended_on, end_reason, version
    FROM pathways_run JOIN copy ON old = id;
INSERT INTO pathways_happening (id, run_id, seq, kind, step, occurrence, event, fact, value, response, result, until,
        undoes, version, "on", told_on, at, by, by_name, reason, source_type, source_id)
    SELECT gen_random_uuid(), new, seq, kind, step, occurrence, event, fact, value, response, result, until,
        undoes, version, "on", told_on, at, by, by_name, reason, source_type, source_id
    FROM pathways_happening JOIN copy ON old = run_id;
INSERT INTO pathways_openstep (id, run_id, step, occurrence, due_on, opened_on, is_statutory, roles)
    SELECT gen_random_uuid(), new, step, occurrence, due_on, opened_on, is_statutory, roles
    FROM pathways_openstep JOIN copy ON old = run_id;
"""


def bench_plans_that_run(bench: Bench) -> None:
    """One plan computed, one changed, and all of them looked at again in one night."""
    with _town() as nurse:
        today = clock.today()
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=nurse.id):
            run = Run.objects.filter(state="open").order_by("-version", "id").first()
            assert run is not None
            lines, pathway = lines_of([run.id])[run.id], selectors.pathway_of(actor=nurse, pin=run.pin)
            size = f"{len(pathway.steps)} steps, {len(lines)} things happened"
            bench.measure(
                "plan: where it stands", lambda: progress(pathway, lines, on=today), n=1000, size=size, aim="< 1 ms"
            )
            bench.measure(
                "plan: a fact is told and taken back",
                lambda: _tell_and_take_back(nurse, run.id, pathway, today),
                size=f"{RUNS:,} plans",
                count_sql=True,
            )
            # As if nobody had looked since they began.
            Run.objects.update(look_again_on=F("started_on"))
        every = _look_again(bench, today, "plans: looked at again in a night, all of them")
        assert every == RUNS, every
        # A week later: only those in which something has changed by itself meanwhile.
        _look_again(bench, today + timedelta(days=7), "plans: looked at again a week later")


def _tell_and_take_back(nurse: Actor, run_id: UUID, pathway: Pathway, today: date) -> None:
    new = told.fact_told(next(iter(pathway.facts)), True, on=today)
    services.record(actor=nurse, run_id=run_id, happening=new)
    services.undo_last(actor=nurse, run_id=run_id)


def _look_again(bench: Bench, day: date, name: str) -> int:
    began, computing, looked_at, changed = time.perf_counter(), time.process_time(), 0, 0
    while True:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            batch = services.recompute(actor=SYSTEM, before=day, limit=BATCH)
        looked_at, changed = looked_at + batch.looked_at, changed + len(batch.changed)
        if not batch.looked_at:
            break
    took = time.perf_counter() - began
    size = f"{looked_at:,} plans, {changed:,} changed"
    bench.add(name, [took], unit="s", size=size, aim="≤ 300 s")
    # On a machine that does other things too, this is what the computing itself takes.
    bench.add(f"{name}: processor time of the job", [time.process_time() - computing], unit="s", size=size)
    return looked_at


@contextmanager
def _town() -> Iterator[Actor]:
    """Somebody at work where many plans run; all thrown away afterwards."""
    held = (HeldRole(Role.CARER_CONTACT, ids.new_id()),)
    nurse = Actor(id=ids.new_id(), kind=ActorKind.STAFF, tenant_id=HERE, name="Demo Kontakt", roles=held)
    try:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            library = loading.load(SHIPPED, CONTENT_KINDS)
            with clock.frozen(clock.now() - timedelta(days=400)):
                content.publish(actor=SYSTEM, definitions=library.definitions)
            _fill(nurse)
        with connections["owner"].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE pathways_run, pathways_happening, pathways_openstep")
        yield nurse
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("TRUNCATE pathways_run, content_definition CASCADE")
        connections["owner"].close()


def _fill(nurse: Actor) -> None:
    chance, now = random.Random(7), clock.now()  # noqa: S311 - made to be foreseen
    slugs = [one.slug for one in selectors.pathways(actor=nurse)]
    for number in range(TEMPLATES):
        age = chance.randrange(30, 300)
        with clock.frozen(now - timedelta(days=age)):
            begun = services.start_run(
                actor=nurse, slug=slugs[number % len(slugs)], subject_type="bench.Subject", subject_id=ids.new_id(),
                started_on=clock.today(),
            )  # fmt: skip
        _live(nurse, begun.run_id, begun.progress, age, chance)
    with connection.cursor() as cursor:
        for statement in (_COPY % {"copies": RUNS // TEMPLATES - 1}).split(";\n"):
            if statement.strip():
                cursor.execute(statement)


def _live(nurse: Actor, run_id: UUID, standing: Progress, age: int, chance: random.Random) -> None:
    """Let a plan be followed up now and then until today."""
    now = clock.now()
    for ago in sorted(chance.sample(range(1, age), 12), reverse=True):
        with clock.frozen(now - timedelta(days=ago)):
            today, new = clock.today(), None
            doable = [one.step for one in standing.open_steps if one.step.done.by is DoneBy.CONFIRM]
            if standing.missing_facts:
                new = told.fact_told(standing.missing_facts[0], chance.random() < 0.5, on=today)
            elif doable:
                step = chance.choice(doable)
                result = chance.choice(sorted(step.result_codes)) if step.results else ""
                new = told.done(step.id, on=today, result=result)
            if new is not None:
                with suppress(HappeningRefused):
                    standing = services.record(actor=nurse, run_id=run_id, happening=new).progress
