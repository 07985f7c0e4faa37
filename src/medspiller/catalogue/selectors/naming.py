"""Whom a wording may name as the one that offers something."""

from datetime import date

from django.db.models import Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import policies
from medspiller.catalogue.domain.importing import slug_of
from medspiller.catalogue.models import Entry, PublishedProvider, Version
from medspiller.catalogue.selectors.entries import OwnOrganisation, own_organisations
from medspiller.catalogue.selectors.offers import providers


def providers_to_name(*, actor: Actor, on: date, entry: Entry | None = None) -> QuerySet[PublishedProvider]:
    """
    Return whom the actor may name in `entry`, or in a new one of their unit's or their organisations'.

    Whoever edits for an organisation speaks for nobody else: what is there keeps the provider it has, and what is new
    names one that is called as their organisation is.
    """
    rows = providers(actor=actor)
    if actor.may(policies.EDIT_ENTRY, unit_id=entry.unit_id if entry else None):
        return rows
    if entry is not None:
        return rows.filter(slug=_present(entry))
    return rows.filter(_called_as(own_organisations(actor=actor, on=on)))


def _present(entry: Entry) -> str:
    shown = entry.live or Version.objects.filter(entry=entry).order_by("-number").first()
    return str(shown.body["provider"]) if shown else ""


def _called_as(organisations: list[OwnOrganisation]) -> Q:
    called = Q(pk__in=[])
    for each in organisations:
        called |= Q(name__iexact=each.name) | Q(slug=slug_of(each.name))
    return called
