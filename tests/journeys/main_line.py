"""
What stands ready in a municipality before a family comes to it: pathways, forms, rights, offers, and a plan.

Of the family nobody is registered yet. A few others are followed up already: too few to be told of by a number.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.catalogue import services as catalogue
from medspiller.catalogue.domain.content_offers import OFFERS, PROVIDERS, offer_in, provider_in
from medspiller.catalogue.domain.reading import write_offer, write_provider
from medspiller.catalogue.domain.sessions import SessionPlan
from medspiller.catalogue.tests.every_offer import OF_DEMO, definitions
from medspiller.content import services as content
from medspiller.core import clock, tenancy
from medspiller.demo.domain.made_up import PersonNumbers
from medspiller.followup import services as followup
from medspiller.followup.domain.files import NoteCode
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.tests import factories
from medspiller.rights.tests.publishing import publish_rules
from medspiller.strategy import services as strategy
from medspiller.strategy.domain.inputs import IndicatorDetails
from medspiller.strategy.domain.vocabulary import LinkKind
from medspiller.strategy.tests import factories as strategies
from tests.journeys.asking import library
from tests.journeys.following import publish_pathways
from tests.journeys.town import Town, acting_as, settle
from tests.support.database import HERE

COURSE, RESPITE = "kurs-ta-vare-pa-deg-selv", "avlastning-timer-hjemme"
INDICATOR, PATHWAY = "talk-within-30-days", "adult-carer"
MEASURE = "Alle pårørende får en samtale og en plan."
# One fewer than a number may be shown of.
OTHERS = 4


@dataclass(frozen=True, slots=True)
class Ready:
    """A town that is ready for the family, and the addresses of what the family leads to."""

    town: Town
    meeting_id: UUID
    measure: str


def make_ready() -> Ready:
    """Build all of it, for real. The daughter and the son have accounts, and nobody has registered them."""
    born = clock.today().replace(month=1, day=1)
    numbers = {"ungdom": PersonNumbers().number(born.replace(year=born.year - 15))}
    town = settle(members=(), numbers=numbers)
    publish_pathways()
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        publish_rules(HERE)
        content.publish(actor=actors.system(HERE), definitions=library().of_kind("indicators"))
        for number in range(OTHERS):
            _followed_up(town, f"Randi{'abcd'[number]}")
        meeting_id = _offer(town)
        measure = _steer(town)
    return Ready(town, meeting_id, f"/arbeid/strategi/tiltak/{measure}/")


def _followed_up(town: Town, name: str) -> None:
    nurse = acting_as("omsorgsarbeider")
    carer = factories.make_person(name, "Demolund")
    factories.involve(carer, town.house.home_care, basis=InvolvementBasis.SUPPORT)
    file = followup.open_file(actor=nurse, carer_id=carer.id, identified_on=clock.today(), identified_how="asked")
    followup.add_note(actor=nurse, file_id=file.id, code=NoteCode.TALK, on=clock.today(), text="Vi har snakket.")


def _offer(town: Town) -> UUID:
    leader = acting_as("leder")
    offers = [offer_in(one) for one in definitions(OF_DEMO) if one.kind == OFFERS]
    wanted = {each.slug: each for each in offers if each.slug in (COURSE, RESPITE)}
    for one in definitions(OF_DEMO):
        if one.kind == PROVIDERS and one.body["slug"] in {each.provider for each in wanted.values()}:
            catalogue.save_provider(actor=leader, body=write_provider(provider_in(one)))
    entries = {}
    for slug, each in wanted.items():
        version = catalogue.propose(actor=leader, entry_id=None, body=write_offer(each), unit_id=town.house.carers)
        entries[slug] = catalogue.approve(actor=leader, version_id=version.id).entry_id
    starts_at = datetime.combine(clock.today() + timedelta(days=10), time(18), tzinfo=clock.OSLO)
    plan = SessionPlan(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), capacity=8)
    (meeting,) = catalogue.plan_sessions(actor=leader, entry_id=entries[COURSE], plans=(plan,), is_series=False)
    return meeting.id


def _steer(town: Town) -> UUID:
    system, today = actors.system(HERE), clock.today()
    row = strategies.draft(system, unit_id=town.house.top, from_year=today.year - 1, to_year=today.year + 2)
    found = strategies.measure(system, strategies.area(system, row), MEASURE)
    strategies.adopt(HERE, row, on=today)
    strategy.link_measure(actor=system, measure_id=found.id, kind=LinkKind.PATHWAY, ref=PATHWAY)
    strategy.add_indicator(actor=system, measure_id=found.id, details=IndicatorDetails(INDICATOR, indicator=INDICATOR))
    return found.id
