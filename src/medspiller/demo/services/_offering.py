"""
Filling the catalogue of the demo municipality, as its staff would: approved, with meetings, and some things waiting.

What stands in `demo/content` is what they have written.
"""

import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.catalogue import selectors, services
from medspiller.catalogue.domain.content_offers import OFFER_KIND, PROVIDER_KIND, offer_in, provider_in
from medspiller.catalogue.domain.offers import Offer, Provider
from medspiller.catalogue.domain.reading import read_offer, write_offer, write_provider
from medspiller.content.domain import loading
from medspiller.content.domain.kinds import Registry
from medspiller.core import clock, ids, tenancy
from medspiller.demo.domain import offers as written
from medspiller.demo.services import _house as house
from medspiller.demo.services._acting import acting
from medspiller.organisations import selectors as organisations

PACKAGE = Path(__file__).resolve().parents[1] / "content" / "no.medspiller.demo-offers"
# Nobody's address: it is reserved for examples.
_A_READER = "192.0.2.1"
_DECIDES, _EDITS = "leder", "organisasjon"


def offer(tenant_id: UUID, *, seed: int) -> int:
    """Write the catalogue of the municipality, unless it has one; return how many entries that made."""
    system = actors.system(tenant_id)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=system.id), ids.repeatable(seed):
        leader = _enter(system, _DECIDES)
        if selectors.entries(actor=leader, on=clock.today()).exists():
            return 0
        house.employ_later(system, _EDITS, today=clock.today())
        providers, offers = what_is_written()
        for provider in providers:
            services.save_provider(actor=leader, body=write_provider(provider))
        entries = _approve(system, leader, offers)
        for each in offers:
            _plan(leader, entries[each.slug], each, seed=seed)
        _close(leader, entries)
        _report(tenant_id)
        _propose(system, leader, entries)
        _put_on_lists(system, entries)
        return len(entries)


def what_is_written() -> tuple[tuple[Provider, ...], tuple[Offer, ...]]:
    """Return the providers and the offers of the package, by name."""
    library = loading.load(PACKAGE, Registry((PROVIDER_KIND, OFFER_KIND)))
    providers = tuple(provider_in(one) for one in library.of_kind(PROVIDER_KIND.name))
    return providers, tuple(offer_in(one) for one in library.of_kind(OFFER_KIND.name))


def _approve(system: Actor, leader: Actor, offers: tuple[Offer, ...]) -> dict[str, UUID]:
    units = house.standing_units(system, carers=1, today=clock.today())
    named = {row.name: row.id for row in organisations.organisations(actor=leader)}
    entries = {}
    with clock.frozen(clock.now() - written.APPROVED):
        for each in offers:
            version = services.propose(
                actor=leader,
                entry_id=None,
                body=write_offer(each),
                unit_id=units[written.KEEPERS.get(each.provider, written.OTHERWISE)],
                organisation_id=named.get(written.OF_ORGANISATIONS.get(each.provider, "")),
            )
            entries[each.slug] = services.approve(actor=leader, version_id=version.id).entry_id
    return entries


def _plan(leader: Actor, entry_id: UUID, offered: Offer, *, seed: int) -> None:
    chance = random.Random(f"{seed} {offered.slug}")  # noqa: S311 - demo data is to be foreseen
    for plans, is_series in written.planned(offered, today=clock.today(), chance=chance):
        services.plan_sessions(actor=leader, entry_id=entry_id, plans=plans, is_series=is_series)


def _close(leader: Actor, entries: Mapping[str, UUID]) -> None:
    today = clock.today()
    services.close_for_a_time(
        actor=leader,
        entry_id=entries[written.CLOSED],
        closed_from=today,
        opens_on=today + written.CLOSED_FOR,
        text=written.CLOSED_TEXT,
    )


def _report(tenant_id: UUID) -> None:
    services.report_wrong(
        actor=actors.anonymous(tenant_id),
        slug=written.REPORTED,
        wrong=written.REPORTED_WRONG,
        text=written.REPORTED_TEXT,
        address=_A_READER,
        on=clock.today(),
    )


def _propose(system: Actor, leader: Actor, entries: Mapping[str, UUID]) -> None:
    """Let the editor of an organisation propose a new text, for which a moderator of the municipality appoints them."""
    (organisation,) = (
        row for row in organisations.organisations(actor=leader) if row.name == written.EDITED_ORGANISATION
    )
    editor = _enter(system, _EDITS)
    today = clock.today()
    services.appoint_editor(
        actor=leader,
        user_id=editor.id,
        organisation_id=organisation.id,
        valid_from=today - house.AGE,
        valid_to=today + 2 * house.AGE,
    )
    row = selectors.offer_by_slug(actor=editor, slug=written.PROPOSED, on=today)
    before = read_offer(row.body)
    text = {language: f"{said}\n\n{written.PROPOSED_TEXT[language]}" for language, said in before.text.items()}
    body = write_offer(replace(before, text=text, is_digital=True))
    services.propose(actor=editor, entry_id=entries[written.PROPOSED], body=body, note=written.PROPOSED_NOTE)


def _put_on_lists(system: Actor, entries: Mapping[str, UUID]) -> None:
    """Do at once what a job does in the morning."""
    tenancy.enter_tenant(tenant_id=_tenant(system), actor_id=system.id)
    waiting = {entries[written.PROPOSED], entries[written.REPORTED]}
    for entry_id in sorted(waiting.union(services.entries_to_look_at(actor=system, today=clock.today()))):
        services.bring_up_to_date(actor=system, entry_id=entry_id)


def _enter(system: Actor, subject: str) -> Actor:
    actor = acting(system, subject, organisation=house.MUNICIPALITY_NAME)
    tenancy.enter_tenant(tenant_id=_tenant(system), actor_id=actor.id)
    return actor


def _tenant(system: Actor) -> UUID:
    assert system.tenant_id is not None  # noqa: S101 - the demo's municipality
    return system.tenant_id
