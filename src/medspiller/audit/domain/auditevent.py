"""
An entry of the log as a FHIR R4 AuditEvent, with the attributes of the Norwegian trust framework.

Follows HL7 Norway's no-domain-Trustframework-Auditevent, which puts who acted, why and
about whom into contained resources and three extensions. Nothing here looks anything up:
what the log does not hold, person numbers above all, comes in as an `Identifier` from
whoever may know it.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from types import MappingProxyType
from typing import Any
from uuid import UUID

from medspiller.audit.domain.basis import Basis, BasisCode
from medspiller.audit.domain.entries import Entry
from medspiller.audit.domain.kinds import Kind
from medspiller.core.actors import ActorKind

Resource = dict[str, Any]

_EXTENSION = "http://hl7.no/fhir/StructureDefinition/"
PROFILE = f"{_EXTENSION}no-domain-Trustframework-Auditevent"
_DICOM = "http://dicom.nema.org/resources/ontology/DCM"
_ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
_SOURCE_TYPE = "http://terminology.hl7.org/CodeSystem/security-source-type"
_OBJECT_ROLE = "http://terminology.hl7.org/CodeSystem/object-role"
_UUID = "urn:ietf:rfc:3986"
_ORGANISATION_NUMBER = "urn:oid:2.16.578.1.12.4.1.4.101"
_HPR_NUMBER = "urn:oid:2.16.578.1.12.4.1.4.4"
_AUTHORISATION = "urn:oid:2.16.578.1.12.4.1.1.9060"
_SERVICE_TYPE = "urn:oid:2.16.578.1.12.4.1.1.8663"

# What is done is either R(ead), E(xecuted, as a search is) or U(pdated); a refusal was never executed as asked.
_ACTION = MappingProxyType({Kind.READ: "R", Kind.SEARCH: "E", Kind.WRITE: "U", Kind.REFUSED: "E"})
_DONE, _REFUSED = "0", "4"
_PURPOSE: Mapping[BasisCode, str] = MappingProxyType(
    {
        BasisCode.INVOLVEMENT: "CAREMGT",
        BasisCode.BLUE_LIGHT: "BTG",
        BasisCode.OWN: "PATRQT",
        BasisCode.REPRESENTATIVE: "FAMRQT",
        BasisCode.CONSENT: "CAREMGT",
        BasisCode.LEGAL_DUTY: "HLEGAL",
        BasisCode.ADMINISTRATION: "HOPERAT",
        BasisCode.REVIEW: "HCOMPL",
        BasisCode.SYSTEM: "HSYSADMIN",
    }
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """An official number of a person: its system (an OID or address), the number, and who gives it out."""

    system: str
    value: str
    assigner: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """
    The installation that exports.

    `site` is its name, `observer` a FHIR reference to it as a Device, `code_system` the
    address of its own codes of bases, information and actions.
    """

    site: str
    observer: str
    code_system: str


def audit_event(
    entry: Entry, *, source: Source, actor: Identifier | None = None, person: Identifier | None = None
) -> Resource:
    """
    Return one entry as an AuditEvent.

    `actor` and `person` are their person numbers, where the receiver may have them;
    without them our own ids identify. The profile is claimed only for staff and only where
    the entry is about a person: it has no place for other actors.
    """
    contained: list[Resource] = []
    event: Resource = {
        "resourceType": "AuditEvent",
        "id": str(entry.id),
        "contained": contained,
        "extension": _extensions(entry, person=person, contained=contained),
        "type": _type(entry),
        "action": _ACTION[entry.kind],
        "recorded": _instant(entry),
        "outcome": _REFUSED if entry.kind is Kind.REFUSED else _DONE,
        "outcomeDesc": entry.refusal_reason,
        "purposeOfEvent": _purposes(entry.basis, source),
        "agent": [_agent(entry, identifier=actor, contained=contained)],
        "source": {
            "site": source.site,
            "observer": {"reference": source.observer},
            "type": [{"system": _SOURCE_TYPE, "code": "4", "display": "Application Server"}],
        },
        "entity": [_entity(entry, source)],
    }
    if entry.who.kind is ActorKind.STAFF and entry.person_id is not None:
        event["meta"] = {"profile": [PROFILE]}
    whole: Resource = _without_empty(event)
    return whole


def _type(entry: Entry) -> Resource:
    if entry.kind is Kind.SEARCH:
        return {"system": _DICOM, "code": "110112", "display": "Query"}
    return {"system": _DICOM, "code": "110110", "display": "Patient Record"}


def _instant(entry: Entry) -> str:
    return entry.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _purposes(basis: Basis, source: Source) -> list[Resource]:
    purposes = [{"coding": [{"system": _ACT_REASON, "code": _PURPOSE[basis.code]}]}] if basis.code in _PURPOSE else []
    if basis.code is not BasisCode.UNSTATED:
        purposes.append({"coding": [{"system": f"{source.code_system}/basis", "code": basis.code.value}]})
    return purposes


def _extensions(entry: Entry, *, person: Identifier | None, contained: list[Resource]) -> list[Resource]:
    extensions: list[Resource] = []
    encounter = _encounter(entry.basis, contained)
    if encounter:
        extensions.append(_reference_extension("auditevent-encounter-extension", encounter))
    if entry.person_id is not None:
        patient = {"resourceType": "Patient", "identifier": [_number(person) if person else _own(entry.person_id)]}
        extensions.append(_reference_extension("auditevent-patient-extension", _contain(contained, "patient", patient)))
    if entry.basis.decision_id is not None:
        extensions.append(_care_relation(entry))
    return extensions


def _care_relation(entry: Entry) -> Resource:
    attested_at = entry.basis.decided_at or entry.at
    return {
        "url": f"{_EXTENSION}auditevent-carerelation-metadata-extension",
        "extension": [
            {"url": "decision-ref-id", "valueString": str(entry.basis.decision_id)},
            {"url": "decision-ref-description", "valueString": entry.basis.text or entry.basis.code.value},
            {"url": "decision-ref-user-selected", "valueBoolean": entry.basis.chosen_by_actor},
            {"url": "toa", "valueUnsignedInt": int(attested_at.timestamp())},
        ],
    }


def _encounter(basis: Basis, contained: list[Resource]) -> str:
    """Contain where the person is followed up and with what; empty if the basis tells neither."""
    place = _organisation(contained, "encounter-place", name=basis.place_name, number=basis.place_number)
    unit = _organisation(contained, "encounter-department", name=basis.unit_name, own_id=basis.unit_id)
    if not (place or unit or basis.service_code):
        return ""
    location = _location(contained, "encounter-location", managed_by=place)
    encounter = {
        "resourceType": "Encounter",
        "status": "unknown",
        "class": {"code": "unknown"},
        "serviceType": {"coding": [{"system": _SERVICE_TYPE, "code": basis.service_code}]}
        if basis.service_code
        else {},
        "serviceProvider": {"reference": unit},
        "location": [{"location": {"reference": location}}] if location else [],
    }
    return _contain(contained, "encounter", encounter)


def _agent(entry: Entry, *, identifier: Identifier | None, contained: list[Resource]) -> Resource:
    who = entry.who
    if who.kind is not ActorKind.STAFF:
        named = _number(identifier) if identifier else _own(who.id)
        return {"who": {"identifier": named, "display": who.name}, "name": who.name, "requestor": True}
    practitioner = {
        "resourceType": "Practitioner",
        "identifier": [
            _number(identifier) if identifier else _own(who.id),
            {"system": _HPR_NUMBER, "value": who.hpr_number} if who.hpr_number else {},
        ],
        "name": [{"text": who.name}],
        "qualification": [{"code": _coded(_AUTHORISATION, who.authorisation)}],
    }
    legal_entity = _organisation(contained, "legal-entity", name=who.organisation, number=who.organisation_number)
    department = _organisation(contained, "department", name=who.unit_name, own_id=who.unit_id, part_of=legal_entity)
    place = _organisation(contained, "point-of-care", name=who.place_name, number=who.place_number)
    location = _location(contained, "location", managed_by=place or department or legal_entity)
    role = {
        "resourceType": "PractitionerRole",
        "active": True,
        "practitioner": {"reference": _contain(contained, "practitioner", practitioner)},
        "organization": {"reference": department or legal_entity},
        "code": [{"text": who.role}],
        "location": [{"reference": location}],
    }
    return {
        "who": {"reference": _contain(contained, "practitioner-role", role), "display": who.name},
        "name": who.name,
        "requestor": True,
    }


def _entity(entry: Entry, source: Source) -> Resource:
    codes = [*entry.information, *entry.searched_by]
    details = [{"type": "action", "valueString": entry.action}]
    details += [{"type": "information", "valueString": code.value} for code in entry.information]
    details += [{"type": "request", "valueString": entry.request_id}] if entry.request_id else []
    details += [{"type": "list", "valueString": str(entry.list_id)}] if entry.list_id else []
    entity: Resource = {
        "what": {"identifier": _own(entry.subject_id), "display": entry.subject_type} if entry.subject_id else {},
        "type": {"system": f"{source.code_system}/subject", "code": entry.subject_type} if entry.subject_type else {},
        "description": ", ".join(code.value for code in codes),
        "detail": details,
    }
    if entry.searched_by:
        entity["role"] = {"system": _OBJECT_ROLE, "code": "24", "display": "Query"}
        entity["query"] = b64encode(",".join(entry.searched_by).encode()).decode()
    return entity


def _organisation(
    contained: list[Resource], name_of_part: str, *, name: str, number: str = "", own_id: UUID | None = None,
    part_of: str = "",
) -> str:  # fmt: skip
    if not (name or number or own_id):
        return ""
    numbers = [{"system": _ORGANISATION_NUMBER, "value": number}] if number else []
    organisation = {
        "resourceType": "Organization",
        "identifier": [*numbers, *([_own(own_id)] if own_id else [])],
        "name": name,
        "partOf": {"reference": part_of},
    }
    return _contain(contained, name_of_part, organisation)


def _location(contained: list[Resource], name_of_part: str, *, managed_by: str) -> str:
    if not managed_by:
        return ""
    return _contain(
        contained, name_of_part, {"resourceType": "Location", "managingOrganization": {"reference": managed_by}}
    )


def _contain(contained: list[Resource], name_of_part: str, resource: Resource) -> str:
    contained.append({**resource, "id": name_of_part})
    return f"#{name_of_part}"


def _reference_extension(name: str, reference: str) -> Resource:
    return {"url": f"{_EXTENSION}{name}", "valueReference": {"reference": reference}}


def _number(identifier: Identifier) -> Resource:
    assigner = {"display": identifier.assigner} if identifier.assigner else {}
    return {"system": identifier.system, "value": identifier.value, "assigner": assigner}


def _coded(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]} if code else {}


def _own(own_id: UUID) -> Resource:
    return {"system": _UUID, "value": f"urn:uuid:{own_id}"}


def _without_empty(value: Any) -> Any:
    """Leave out what is empty at every level: FHIR has no empty strings, lists or objects."""
    if isinstance(value, dict):
        kept = {key: _without_empty(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part not in ("", None, [], {})}
    if isinstance(value, list):
        return [part for part in map(_without_empty, value) if part not in ("", None, [], {})]
    return value
