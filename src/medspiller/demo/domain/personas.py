"""The people one can be in the demo. All invented: no such surname is in use, or it is in use by very many."""

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
        return login_address(self.id)


@dataclass(frozen=True, slots=True)
class Citizen:
    """
    Somebody of a family to sign in as. The person number is synthetic: its month is eighty too high.

    It is empty for those whose age is kept, and who get one when the demo is loaded.
    """

    id: str
    given_name: str
    family_name: str
    role_name: str
    person_number: str = ""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def login(self) -> str:
        """The address that signs in as this carer."""
        return login_address(self.id)


def login_address(persona_id: str) -> str:
    """Return the address that signs in as somebody in the demo."""
    return f"/demo/logg-inn/{persona_id}/"


CITIZENS = (
    Citizen("datter", "Kari", "Demoås", "Pårørende, datter til Solveig", "14857412320"),
    Citizen("forelder", "Nina", "Tangen", "Pårørende, mor til Emil"),
    Citizen("ungdom", "Noah", "Demoås", "Barn som pårørende, femten år"),
    Citizen("etterlatt", "Eivind", "Sandvik", "Etterlatt ektefelle"),
    Citizen("pasient", "Trine", "Lunde", "Pasient, har pekt ut en venninne"),
)

PERSONAS = (
    Persona("omsorgsarbeider", "Amina Demodal", "Omsorgsarbeider", Role.CARE_WORKER, "home-0", "Sykepleier"),
    Persona("pårørendekontakt", "Ingrid Demovik", "Pårørendekontakt", Role.CARER_CONTACT, "carers", "Rådgiver"),
    Persona("barneansvarlig", "Jonas Demostad", "Barneansvarlig", Role.CHILDREN_LEAD, "mental", "Vernepleier"),
    Persona("saksbehandler", "Mai Demolien", "Saksbehandler", Role.CASE_WORKER, "office", "Saksbehandler"),
    Persona("leder", "Per Demoberg", "Leder", Role.LEADER, "top", "Tjenesteleder"),
    Persona("strategiansvarlig", "Tove Demosund", "Strategiansvarlig", Role.STRATEGY_OWNER, "strategy", "Seniorrådgiver"),
    Persona("koordinator", "Samuel Demones", "Koordinator i helseforetaket", Role.COORDINATOR, "ward", "Sosionom", health_trust=True),
    Persona("frivilligkoordinator", "Berit Demohaug", "Frivilligkoordinator", Role.VOLUNTEER_COORDINATOR, "volunteer", "Koordinator"),
    Persona("organisasjon", "Runa Demosletta", "Redaktør for Mestringsverket", Role.ORGANISATION_EDITOR, "carers", "Redaktør i Mestringsverket"),
    Persona("tilgangsstyrer", "Nils Demomoen", "Tilgangsstyrer", Role.ADMINISTRATOR, "top", "Rådgiver"),
)  # fmt: skip


def persona(persona_id: str) -> Persona | Citizen:
    """
    Return the persona with an id, staff or citizen.

    :raises UnknownPersona: if there is none.
    """
    for known in (*PERSONAS, *CITIZENS):
        if known.id == persona_id:
            return known
    raise UnknownPersona(persona_id)
