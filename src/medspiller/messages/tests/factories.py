"""A register of people with telephones, and notices in named states. All invented."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.encryption import keyed_hash
from medspiller.messages.domain.notices import Channel, Reason, State
from medspiller.messages.domain.texts import NoticeKind
from medspiller.messages.models import Notice
from medspiller.people.models import Person

PHONE, ANOTHER_PHONE = "+47 00 00 00 01", "+47 00 00 00 02"
MAIL = "kari@example.org"
KEY = "new_on_my_page:1"


@dataclass(frozen=True, slots=True)
class Place:
    value: str


@dataclass(frozen=True, slots=True)
class Said:
    language: str = "nb"
    wants_notices: bool | None = True
    preferred_channel: str | None = None


@dataclass
class MadeUpRegister:
    """`safe` maps a person and a channel to where a notice may go; `live` are the consents that hold."""

    safe: dict[tuple[UUID, str], str] = field(default_factory=dict)
    said: dict[UUID, Said] = field(default_factory=dict)
    live: set[UUID] = field(default_factory=set)

    def notice_address(self, *, actor: Actor, person_id: UUID, channel: str) -> Place | None:
        value = self.safe.get((person_id, channel))
        return Place(value) if value else None

    def notice_preferences(self, *, actor: Actor, person_id: UUID) -> Said:
        return self.said.get(person_id, Said())

    def consent_is_live(self, *, actor: Actor, consent_id: UUID) -> bool:
        return consent_id in self.live

    def consent_is_live_now(self, *, actor: Actor, consent_id: UUID) -> bool:
        return consent_id in self.live


def make_notice(
    person: Person,
    unit_id: UUID,
    state: State = State.WAITING,
    *,
    event_key: str = KEY,
    phone: str = "+4700000001",
    kind: NoticeKind = NoticeKind.NEW_ON_MY_PAGE,
    language: str = "nb",
    about_day: date | None = None,
    consent_id: UUID | None = None,
) -> Notice:
    """A notice to a telephone, come as far as `state` says."""
    now = clock.now()
    tried = state not in (State.WAITING, State.STOPPED)
    return Notice.objects.create(
        person=person,
        unit_id=unit_id,
        kind=kind.value,
        channel=Channel.SMS.value,
        address=phone,
        address_hash=keyed_hash(f"sms:{phone}", purpose="messages.address"),
        event_key=event_key,
        language=language,
        about_day=about_day,
        consent_id=consent_id,
        state=state.value,
        reason={State.FAILED: Reason.REFUSED.value, State.STOPPED: Reason.BY_SENDER.value}.get(state, ""),
        attempts=1 if tried else 0,
        next_try_at=now if state is State.WAITING else None,
        handing_over_at=now if tried else None,
        handed_over_at=now if state is State.HANDED_OVER else None,
        sent_by=actors.SYSTEM_ID,
        sent_by_name="Medspiller",
        created_at=now,
    )
