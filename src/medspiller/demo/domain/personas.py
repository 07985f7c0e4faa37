"""The people one can be in the demo. All invented; no such surname is in use."""

from dataclasses import dataclass

from medspiller.access.domain.roles import Role


class UnknownPersona(LookupError):
    """No persona has this id."""


@dataclass(frozen=True, slots=True)
class Persona:
    """
    Somebody to sign in as: `role_name` in bokmål as it is printed, `role` what it may do.

    `unit` is the key of a place in the demo; `health_trust` says whose.
    """

    id: str
    name: str
    role_name: str
    role: Role
    unit: str
    title: str
    health_trust: bool = False

    @property
    def login(self) -> str:
        """The address that signs in as this persona."""
        return f"/demo/logg-inn/{self.id}/"


PERSONAS = (
    Persona("omsorgsarbeider", "Amina Demodal", "Omsorgsarbeider", Role.CARE_WORKER, "home-0", "Sykepleier"),
    Persona("pårørendekontakt", "Ingrid Demovik", "Pårørendekontakt", Role.CARER_CONTACT, "carers", "Rådgiver"),
    Persona("barneansvarlig", "Jonas Demostad", "Barneansvarlig", Role.CHILDREN_LEAD, "mental", "Vernepleier"),
    Persona("saksbehandler", "Mai Demolien", "Saksbehandler", Role.CASE_WORKER, "office", "Saksbehandler"),
    Persona("leder", "Per Demoberg", "Leder", Role.LEADER, "top", "Tjenesteleder"),
    Persona("strategiansvarlig", "Tove Demosund", "Strategiansvarlig", Role.STRATEGY_OWNER, "strategy", "Seniorrådgiver"),
    Persona("koordinator", "Samuel Demones", "Koordinator i helseforetaket", Role.COORDINATOR, "ward", "Sosionom", health_trust=True),
    Persona("frivilligkoordinator", "Berit Demohaug", "Frivilligkoordinator", Role.VOLUNTEER_COORDINATOR, "volunteer", "Koordinator"),
    Persona("tilgangsstyrer", "Nils Demomoen", "Tilgangsstyrer", Role.ADMINISTRATOR, "top", "Rådgiver"),
)  # fmt: skip


def persona(persona_id: str) -> Persona:
    """
    Return the persona with an id.

    :raises UnknownPersona: if there is none.
    """
    for known in PERSONAS:
        if known.id == persona_id:
            return known
    raise UnknownPersona(persona_id)
