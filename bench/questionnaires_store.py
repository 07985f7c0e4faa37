"""Figures of stored answers: validating, scoring and storing 40 items beside storing the JSON alone, and the pages."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connections
from django.test import Client

from bench.measure import Bench, sized
from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.access.selectors import actor_for
from medspiller.core import clock, ids, tenancy
from medspiller.core.schema import WEB_ROLE
from medspiller.people.models import Person
from medspiller.people.tests.factories import involve, make_person
from medspiller.questionnaires.domain.filling.finishing import finish
from medspiller.questionnaires.models import Response
from medspiller.questionnaires.selectors import _blanks
from medspiller.questionnaires.services._storing import store_finished
from medspiller.questionnaires.tests import factories
from tests.support.database import HERE
from tests.support.staff import build_house, employ, sign_in

ITEMS, TIMES = 40, sized(300)
SCORE = "http://ehelse.no/Score"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
AIM = "≥ 150 per second and core, ≤ 4 × the plain insert"


def bench_store_40_answers(bench: Bench) -> None:
    """Each in a transaction of its own that is committed; the plain insert holds the same JSON and nothing else."""
    with _filled() as (_person, _account, row, actor_id):
        blank = _blanks.of_response(actors.system(HERE), row)
        engine, answers = _blanks.engine_of(blank), row.answers

        def store() -> None:
            store_finished(_new(row), finish(engine, answers, at=clock.now()), at=clock.now())

        plain, whole = _in_turn(_insert_alone(answers), store, actor_id)
        size = f"{ITEMS} items"
        bench.add("questionnaires: store the JSON of 40 answers alone", plain, unit="ms", size=size)
        bench.add("questionnaires: validate, score and store 40 answers", whole, unit="ms", size=size, aim=AIM)
        ratio = sorted(whole)[len(whole) // 2] / sorted(plain)[len(plain) // 2]
        bench.add("questionnaires: the same as a multiple of the plain insert", [ratio], unit="×", aim="≤ 4 ×")
        judged = [_took(lambda: finish(engine, answers, at=clock.now())) for _ in range(TIMES)]
        bench.add("questionnaires: of that, validating and scoring", judged, unit="ms", size="40 items, native")


def bench_pages_of_answers(bench: Bench) -> None:
    """Pages of staff: forms of a person, a step, the review, and finished answers."""
    with _filled() as (person, account, row, actor_id), tenancy.tenant_transaction(tenant_id=HERE, actor_id=actor_id):
        client = Client()
        sign_in(client, account)
        done = f"/arbeid/skjema/svar/{_new(row, status='completed', completed_at=clock.now(), save=True).id}/lest/"
        fill = f"/arbeid/skjema/svar/{row.id}/"
        pages = {
            "/arbeid/skjema/": "/arbeid/skjema/",
            "forms of a person": f"/arbeid/personer/{person.id}/skjema/",
            "a step of 40 items": fill,
            "the review": f"{fill}oversikt/",
            "finished answers": done,
        }
        for name, address in pages.items():
            bench.measure(
                f"questionnaires: {name}, server time",
                lambda address=address: _ok(client, address),
                n=40,
                aim="≤ 12 SQL",
                count_sql=True,
            )


def _in_turn(one: Callable[[], None], other: Callable[[], None], actor_id: UUID) -> tuple[list[float], list[float]]:
    """Time both, one after the other each time, so that whatever else the machine does meets both alike."""

    def committed(work: Callable[[], None]) -> None:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actor_id):
            work()

    both = [(_took(lambda: committed(one)), _took(lambda: committed(other))) for _ in range(TIMES)]
    return [first for first, _second in both], [second for _first, second in both]


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _insert_alone(answers: dict[str, Any]) -> Callable[[], None]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_answers (id uuid PRIMARY KEY, answers jsonb NOT NULL)")
        cursor.execute(f"GRANT INSERT ON bench_answers TO {WEB_ROLE}")

    def insert() -> None:
        with connections["default"].cursor() as cursor:
            cursor.execute("INSERT INTO bench_answers VALUES (%s, %s)", [ids.new_id(), json.dumps(answers)])

    return insert


def _new(row: Response, *, save: bool = False, **more: Any) -> Response:
    values = {field.attname: getattr(row, field.attname) for field in Response._meta.concrete_fields}
    made = Response(**{**values, "id": ids.new_id(), **more})
    if save:
        made.save(force_insert=True)
    return made


def _ok(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200, address


def _questionnaire() -> dict[str, Any]:
    """Forty questions in four groups, each group with its sum and all of them together, as Helsenorge scores."""
    options = factories.options("0", "1", "2", "3")
    for number, each in enumerate(options):
        each["extension"] = [{"url": ORDINAL, "valueDecimal": number}]

    def scored(link_id: str, kind: str, code: str, **more: Any) -> dict[str, Any]:
        return factories.item(link_id, kind, code=[{"system": SCORE, "code": code}], **more)

    groups = [
        factories.item(f"group-{group}", "group", item=[
            *(scored(f"q-{group}-{number}", "choice", "QS", required=True, answerOption=options)
              for number in range(ITEMS // 4)),
            scored(f"sum-{group}", "quantity", "SS", readOnly=True),
        ])
        for group in range(4)
    ]  # fmt: skip
    return factories.written([*groups, scored("total", "quantity", "TS", readOnly=True)], name="forty")


@contextmanager
def _filled() -> Iterator[tuple[Person, User, Response, UUID]]:
    """Somebody followed up, a nurse, and forty answers in progress; all thrown away afterwards."""
    try:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            house = build_house(HERE)
            account = employ(tenant_id=HERE, unit_id=house.home_care, role=Role.CARE_WORKER)
            nurse = actor_for(
                actor=actors.anonymous(HERE), user=account, organisation="Bærum kommune", today=clock.today(),
                now=clock.now(),
            )  # fmt: skip
            person = make_person()
            involve(person, house.home_care)
            factories.publish(HERE, _questionnaire())
            begun = factories.begin(nurse, person, url=f"{factories.BASE}forty")
            answers = {f"q_{group}_{number}": str(number % 4) for group in range(4) for number in range(ITEMS // 4)}
            factories.type_in(nurse, begun, **answers)
            begun.refresh_from_db()
        yield person, account, begun, nurse.id
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_answers")
            cursor.execute(
                "TRUNCATE questionnaires_response, content_definition, people_person, organisations_unit, access_user "
                "CASCADE"
            )
        connections["owner"].close()
