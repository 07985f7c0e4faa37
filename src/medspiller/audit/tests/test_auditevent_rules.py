"""An entry as a FHIR AuditEvent: every attribute of the trust framework has its place, and the shape is valid R4."""

import functools
import json
import os
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from jsonschema import Draft6Validator

from medspiller.audit.domain import who
from medspiller.audit.domain.auditevent import PROFILE, Identifier, Source, audit_event
from medspiller.audit.domain.basis import Basis, BasisCode
from medspiller.audit.domain.entries import Entry
from medspiller.audit.domain.information import Information, SearchTerm
from medspiller.audit.domain.kinds import Kind
from medspiller.audit.tests.actors import HOME_CARE, NURSING_HOME, citizen, job, nurse

STANDARDS = Path(os.environ.get("MEDSPILLER_STANDARDS", ""))
FRAMEWORK = STANDARDS / "auditevent-consent/trust-framework-to-auditevent.json"
SCHEMA = STANDARDS / "fhir-r4-core/fhir.schema.json"
ATTRIBUTES = 14

PERSON, DECISION = uuid4(), uuid4()
OPENED = datetime(2026, 8, 1, 8, tzinfo=UTC)
HERE = Source(site="medspiller.example", observer="Device/medspiller", code_system="https://medspiller.example/codes")
NURSE_NUMBER = Identifier(system="urn:oid:2.16.578.1.12.4.1.4.1", value="17837499905", assigner="Skatteetaten")
PERSON_NUMBER = Identifier(system="urn:oid:2.16.578.1.12.4.1.4.1", value="24876699947")
INVOLVED = Basis(
    code=BasisCode.INVOLVEMENT,
    text="Følger opp etter fall",
    decision_id=DECISION,
    decided_at=OPENED,
    unit_id=NURSING_HOME,
    unit_name="Åsen sykehjem, 2. etasje",
    place_number="000000003",
    place_name="Åsen sykehjem",
    service_code="KP1",
)


def entry(*, actor=None, **facts) -> Entry:
    usual = {
        "kind": Kind.READ,
        "information": (Information.CARERS, Information.PLAN),
        "person_id": PERSON,
        "subject_type": "people.Person",
        "subject_id": PERSON,
        "basis": INVOLVED,
        "list_id": uuid4(),
        "request_id": "req-1",
    }
    return Entry(
        id=uuid4(),
        at=datetime(2026, 9, 1, 12, 30, 15, 250_000, tzinfo=UTC),
        action="people.view_carers",
        who=who.of(actor or nurse()),
        **(usual | facts),
    )


def made(**facts):
    return audit_event(entry(**facts), source=HERE, actor=NURSE_NUMBER, person=PERSON_NUMBER)


def contained(event, name):
    (found,) = (resource for resource in event["contained"] if resource["id"] == name)
    return found


def extension(event, name):
    (found,) = (part for part in event["extension"] if part["url"].endswith(f"/{name}"))
    return found


def care_relation(event):
    parts = extension(event, "auditevent-carerelation-metadata-extension")["extension"]
    return {part["url"]: next(value for key, value in part.items() if key != "url") for part in parts}


# Attribute of the trust framework → what the event made above must hold of it.
HOLDS = {
    ("", "toa"): lambda e: care_relation(e)["toa"] == int(OPENED.timestamp()),
    ("practitioner", "identifier"): lambda e: (
        contained(e, "practitioner")["identifier"][0]["value"] == NURSE_NUMBER.value
        and contained(e, "practitioner")["name"] == [{"text": "Nora Nattevakt"}]
    ),
    ("practitioner", "hpr-nr"): lambda e: (
        contained(e, "practitioner")["identifier"][1] == {"system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": "0000001"}
    ),
    ("practitioner", "authorization"): lambda e: (
        contained(e, "practitioner")["qualification"][0]["code"]["coding"][0]["code"] == "SP"
    ),
    ("practitioner", "legal-entity"): lambda e: (
        contained(e, "legal-entity")["identifier"][0]["value"] == "000000001"
        and contained(e, "legal-entity")["name"] == "Bærum kommune"
    ),
    ("practitioner", "point-of-care"): lambda e: (
        contained(e, "location")["managingOrganization"] == {"reference": "#point-of-care"}
        and contained(e, "point-of-care")["identifier"][0]["value"] == "000000002"
    ),
    ("practitioner", "department"): lambda e: (
        contained(e, "practitioner-role")["organization"] == {"reference": "#department"}
        and contained(e, "department")["name"] == "Hjemmetjenesten øst"
        and contained(e, "department")["identifier"][0]["value"] == f"urn:uuid:{HOME_CARE}"
    ),
    ("care-relation", "healthcare-service"): lambda e: (
        contained(e, "encounter")["serviceType"]["coding"]
        == [{"system": "urn:oid:2.16.578.1.12.4.1.1.8663", "code": "KP1"}]
    ),
    ("care-relation", "purpose-of-use"): lambda e: e["purposeOfEvent"][0]["coding"][0]["code"] == "CAREMGT",
    ("care-relation", "purpose-of-use-details"): lambda e: e["purposeOfEvent"][1]["coding"][0]["code"] == "involvement",
    ("care-relation", "decision-ref"): lambda e: (
        care_relation(e)
        == {
            "decision-ref-id": str(DECISION),
            "decision-ref-description": "Følger opp etter fall",
            "decision-ref-user-selected": False,
            "toa": int(OPENED.timestamp()),
        }
    ),
    ("patient", "identifier"): lambda e: (
        extension(e, "auditevent-patient-extension")["valueReference"] == {"reference": "#patient"}
        and contained(e, "patient")["identifier"][0]["value"] == PERSON_NUMBER.value
    ),
    ("patient", "point-of-care"): lambda e: (
        contained(e, "encounter-location")["managingOrganization"] == {"reference": "#encounter-place"}
        and contained(e, "encounter-place")["identifier"][0]["value"] == "000000003"
    ),
    ("patient", "department"): lambda e: (
        contained(e, "encounter")["serviceProvider"] == {"reference": "#encounter-department"}
        and contained(e, "encounter-department")["name"] == "Åsen sykehjem, 2. etasje"
    ),
}


@pytest.mark.parametrize("attribute", HOLDS, ids=lambda attribute: "-".join(filter(None, attribute)))
def test_the_event_holds_the_attribute(attribute):
    assert HOLDS[attribute](made())


def test_no_attribute_of_the_framework_is_left_out():
    if not FRAMEWORK.is_file():
        pytest.skip(f"{ATTRIBUTES} attributes not compared: the standards files are not here")

    listed = {(row["category"], row["attribute"]) for row in json.loads(FRAMEWORK.read_text(encoding="utf-8"))}

    assert listed == set(HOLDS)


@functools.cache
def schema() -> Draft6Validator:
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["definitions"]
    return Draft6Validator({"$ref": "#/definitions/AuditEvent", "definitions": definitions})


VARIANTS = {
    "a nurse reads": {},
    "a nurse searches": {"kind": Kind.SEARCH, "searched_by": (SearchTerm.NAME, SearchTerm.PERSON_NUMBER)},
    "a search that found nobody": {
        "kind": Kind.SEARCH,
        "searched_by": (SearchTerm.NAME,),
        "person_id": None,
        "subject_id": None,
        "information": (),
        "basis": Basis(),
    },
    "a nurse writes": {"kind": Kind.WRITE},
    "a refusal": {"kind": Kind.REFUSED, "refusal_reason": "role", "basis": Basis()},
    "a citizen reads their own": {"actor": citizen(), "basis": Basis(code=BasisCode.OWN)},
    "a job": {"actor": job(), "basis": Basis(code=BasisCode.SYSTEM)},
    "a nurse of no unit": {"actor": nurse(unit_id=None, unit_name="", place_name="", place_number="")},
}


@pytest.mark.parametrize("facts", VARIANTS.values(), ids=VARIANTS.keys())
def test_the_event_is_valid_r4(facts):
    if not SCHEMA.is_file():
        pytest.skip(f"{len(VARIANTS)} events not validated: the standards files are not here")

    assert [error.message for error in schema().iter_errors(made(**facts))] == []


def test_the_schema_refuses_an_event_that_is_not_one():
    if not SCHEMA.is_file():
        pytest.skip("1 event not validated: the standards files are not here")

    assert not schema().is_valid(made() | {"recorded": 2026})


@pytest.mark.parametrize("facts", VARIANTS.values(), ids=VARIANTS.keys())
def test_every_reference_inside_the_event_leads_to_a_part_and_every_part_is_referred_to(facts):
    event = made(**facts)
    ids = [resource["id"] for resource in event.get("contained", ())]

    assert len(ids) == len(set(ids))
    assert set(references_in(event)) - {HERE.observer} == {f"#{name}" for name in ids}


def references_in(value):
    if isinstance(value, dict):
        yield from ([value["reference"]] if isinstance(value.get("reference"), str) else [])
        for part in value.values():
            yield from references_in(part)
    if isinstance(value, list):
        for part in value:
            yield from references_in(part)


class TestWhatTheEventSays:
    def test_when_to_the_millisecond(self):
        assert made()["recorded"] == "2026-09-01T12:30:15.250Z"

    @pytest.mark.parametrize(
        ("kind", "action", "outcome"),
        [(Kind.READ, "R", "0"), (Kind.SEARCH, "E", "0"), (Kind.WRITE, "U", "0"), (Kind.REFUSED, "E", "4")],
    )
    def test_what_was_done_and_how_it_went(self, kind, action, outcome):
        event = made(kind=kind, searched_by=(SearchTerm.NAME,) if kind is Kind.SEARCH else ())

        assert (event["action"], event["outcome"]) == (action, outcome)

    def test_breaking_the_glass_is_called_so(self):
        blue_light = Basis(code=BasisCode.BLUE_LIGHT, decision_id=DECISION, decided_at=OPENED, chosen_by_actor=True)
        event = made(basis=blue_light)

        assert event["purposeOfEvent"][0]["coding"][0]["code"] == "BTG"
        assert care_relation(event)["decision-ref-user-selected"] is True

    def test_which_information(self):
        details = made()["entity"][0]["detail"]

        assert [part["valueString"] for part in details if part["type"] == "information"] == ["carers", "plan"]

    def test_what_a_search_went_by_and_no_name_beside_it(self):
        (found,) = made(kind=Kind.SEARCH, searched_by=(SearchTerm.NAME, SearchTerm.PHONE))["entity"]

        assert b64decode(found["query"]) == b"name,phone"
        assert "name" not in found

    def test_claims_the_profile_for_staff_only(self):
        assert made()["meta"] == {"profile": [PROFILE]}
        assert "meta" not in made(actor=citizen())

    def test_without_person_numbers_our_own_ids_identify(self):
        event = audit_event(entry(), source=HERE)

        assert contained(event, "patient")["identifier"][0]["value"] == f"urn:uuid:{PERSON}"
        assert NURSE_NUMBER.value not in json.dumps(event)

    def test_every_basis_but_an_unstated_one_has_a_purpose(self):
        without = [code for code in BasisCode if not made(basis=Basis(code=code)).get("purposeOfEvent")]

        assert without == [BasisCode.UNSTATED]
