"""A course that one can sign up for, its meetings, and people who want to come."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.models import User
from medspiller.catalogue.models import Entry, PublishedOffer, PublishedProvider, Session, SessionAddress, Version
from medspiller.core import clock, ids
from medspiller.people.tests.factories import as_actor, citizen_account
from medspiller.signups import services
from medspiller.signups.domain.who import Wish
from medspiller.signups.models import SignUp

SLUG = "kurs-i-a-sta-nar"
TITLE = {"nb": "Kurs i å stå nær", "nn": "Kurs i å stå nær", "en": "A course in being close"}
IN_A_WEEK = timedelta(days=7)


def make_course(unit_id: UUID, *, slug: str = SLUG, way: str = "sign-up", organisation_id: UUID | None = None) -> Entry:
    """An offer that the public sees. The transaction must be the tenant's."""
    today, now = clock.today(), clock.now()
    entry = Entry.objects.create(
        slug=slug, unit_id=unit_id, organisation_id=organisation_id, review_on=today + timedelta(days=90), made_at=now
    )
    entry.live = Version.objects.create(
        entry=entry, number=1, body={"title": TITLE}, status="approved", made_at=now, decided_at=now
    )
    entry.save(update_fields=["live"])
    entry.refresh_from_db()
    provider = PublishedProvider.objects.create(
        tenant_id=entry.tenant_id, slug=f"{slug}-tilbyder", name="Pårørendesenteret", kind="municipality",
        body={"name": {"nb": "Pårørendesenteret", "nn": "Pårørandesenteret", "en": "The carers' centre"}},
    )  # fmt: skip
    PublishedOffer.objects.create(
        tenant_id=entry.tenant_id, entry_id=entry.id, slug=slug, provider=provider, version="1",
        body={"title": TITLE}, card={"title": TITLE, "summary": TITLE, "provider": provider.body["name"]},
        kind="course", way=way, area=["3201"], valid_from=today - timedelta(days=1),
        review_on=today + timedelta(days=90), changed_at=now, words_no="", words_en="",
    )  # fmt: skip
    return entry


def make_meeting(entry: Entry, *, starts_at: datetime | None = None, online_address: str = "", **more: Any) -> Session:
    """A meeting of two hours, in a week unless another time is given."""
    starts_at = starts_at or clock.now() + IN_A_WEEK
    ends_at = starts_at + timedelta(hours=2)
    is_digital = bool(online_address)
    session = Session.objects.create(entry=entry, starts_at=starts_at, ends_at=ends_at, is_digital=is_digital, **more)
    if is_digital:
        SessionAddress.objects.create(session=session, address=online_address)
    return session


def make_series(entry: Entry, *, count: int = 3, **more: Any) -> list[Session]:
    """Meetings week after week that one signs up for together."""
    series, first = ids.new_id(), clock.now() + IN_A_WEEK
    return [make_meeting(entry, starts_at=first + each * IN_A_WEEK, series=series, **more) for each in range(count)]


def somebody(number: int = 1, **more: Any) -> Wish:
    """Somebody who is not signed in."""
    return Wish(name=f"Demo Person {number}", contact=f"person{number}@example.org", **more)


def sign_up(meeting: Session, wish: Wish | None = None, *, by: User | None = None, press: str = "") -> SignUp:
    """Sign up as somebody new, or as a citizen."""
    tenant_id = meeting.tenant_id
    actor = as_actor(by) if by is not None else actors.anonymous(tenant_id)
    wish = wish or (Wish() if by is not None else somebody(SignUp.objects.count() + 1))
    slug = meeting.entry.slug
    press = press or str(ids.new_id())
    return services.sign_up(
        actor=actor, offer_name=slug, session_id=meeting.id, wish=wish, press=press, address=str(ids.new_id())
    ).sign_up


def citizen(tenant_id: UUID, name: str = "Kari Demoli") -> User:
    """Somebody with an account."""
    return citizen_account(tenant_id, name=name)
