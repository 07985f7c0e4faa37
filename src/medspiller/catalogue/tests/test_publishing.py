"""Content packages: what is shipped to all is published, changed and retired; and who writes which published rows."""

import json
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from medspiller.access.domain import actors
from medspiller.catalogue import selectors, services
from medspiller.catalogue.domain.content_offers import OFFER_URL, OFFERS, PROVIDER_URL, PROVIDERS
from medspiller.catalogue.models import PublishedOffer, PublishedProvider
from medspiller.catalogue.tests import factories
from medspiller.catalogue.tests.offers import offer_body, provider_body, texts
from medspiller.content import services as content
from medspiller.content.domain import formats
from medspiller.content.domain.definitions import Definition, Status
from medspiller.content.tests.conftest import owner
from medspiller.core import clock, tenancy
from medspiller.core.errors import NotFound
from tests.support.database import ELSEWHERE, HERE


def definition(kind, url, body, version="1.0.0", status=Status.ACTIVE):
    text = json.dumps({"url": url, "version": version, "status": status.value} | body)
    return Definition(
        kind=kind,
        url=url,
        version=version,
        status=status,
        body=formats.read(text.encode(), ".json"),
        text=text,
        suffix=".json",
        package="no.example",
        package_version="1",
        file=f"no.example/{kind}/{body['slug']}.yaml",
    )


def offer(version="1.0.0", **changes):
    body = offer_body(**{"areas": [{"kind": "national"}]} | changes)
    return definition(OFFERS, OFFER_URL + body["slug"], body, version)


PROVIDER = definition(PROVIDERS, f"{PROVIDER_URL}parorendesenteret", provider_body())


def ship(*definitions):
    with owner() as actor:
        return content.publish(actor=actor, definitions=definitions)


def shown(tenant_id=HERE, slug="kveldsgruppe"):
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.ANONYMOUS_ID):
        return selectors.offer_by_slug(actor=actors.anonymous(tenant_id), slug=slug, on=clock.today())


@pytest.mark.usefixtures("committed")
class TestWhatIsShipped:
    def test_is_shown_everywhere_until_the_last_version_is_retired(self):
        ship(PROVIDER, offer())
        first = shown()
        with owner() as actor:
            services.publish_offer(actor=actor, definition=offer())
        assert shown(ELSEWHERE).id == shown().id == first.id
        assert (first.tenant_id, first.entry_id, first.version) == (None, None, "1.0.0")

        ship(offer("1.1.0", title=texts("Ny")))
        assert shown().body["title"]["nb"] == "Ny"
        with owner() as actor:
            content.retire(actor=actor, url=f"{OFFER_URL}kveldsgruppe", version="1.1.0")
        assert shown().body["title"]["nb"] == "Kveldsgruppe"

        # A file of the next release says that it is over.
        ship(replace(offer(), status=Status.RETIRED))
        with pytest.raises(NotFound):
            shown()

    def test_gives_way_to_the_municipalitys_own_of_the_same_name_and_is_written_by_no_municipality(self):
        ship(PROVIDER, offer())
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            services.publish_offer(actor=actors.system(HERE), definition=offer(title=texts("Vår egen")))

            assert shown().body["title"]["nb"] == "Vår egen"
            assert PublishedOffer.objects.update(slug="stjalet") == 1
        assert shown(ELSEWHERE).body["title"]["nb"] == "Kveldsgruppe"
        with tenancy.tenant_transaction(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID):
            assert PublishedOffer.objects.count() == 2
            assert [write() for write in WRITES] == [0, 0, 0]
        with owner(), connection.cursor() as cursor:
            cursor.execute("UPDATE catalogue_publishedoffer SET version = 'x'")
            assert cursor.rowcount == 1


# What one could do to published rows; each returns how many rows it reached.
WRITES = (
    lambda: PublishedOffer.objects.update(slug="stjalet"),
    lambda: PublishedProvider.objects.update(name="Stjålet"),
    lambda: PublishedOffer.objects.all().delete()[0],
)


class TestAMunicipalitysOwn:
    @pytest.fixture
    def entry(self, house):
        contact = factories.contact(HERE, house.carers)
        factories.provider(contact)
        return factories.approved(contact, house.carers)

    def test_is_shown_to_others_only_where_it_reaches(self, entry):
        with elsewhere(), pytest.raises(NotFound):
            selectors.offer_by_slug(actor=actors.anonymous(ELSEWHERE), slug="kveldsgruppe", on=clock.today())
        PublishedOffer.objects.update(area=["32"])

        with elsewhere():
            found = selectors.offer_by_slug(actor=actors.anonymous(ELSEWHERE), slug="kveldsgruppe", on=clock.today())
        assert found.id == entry.id

    @pytest.mark.parametrize("write", WRITES)
    def test_is_changed_by_no_other_municipality(self, entry, write):
        with elsewhere():
            assert PublishedOffer.objects.count() == 1
            assert write() == 0

    @pytest.mark.parametrize("tenant_id", [HERE, None])
    def test_is_made_in_nobody_elses_name(self, entry, tenant_id):
        with elsewhere(), pytest.raises(DatabaseError), transaction.atomic():
            PublishedProvider.objects.create(tenant_id=tenant_id, slug="x", name="x", kind="state", body={})

    def test_is_laid_out_anew_without_counting_as_changed(self, entry):
        before = PublishedOffer.objects.get()
        PublishedOffer.objects.update(words_no="", concepts=[])

        assert services.lay_out_all(actor=actors.system(HERE)) == 1

        after = PublishedOffer.objects.get()
        assert (after.changed_at, after.concepts) == (before.changed_at, before.concepts)
        assert after.words_no == before.words_no != ""


@contextmanager
def elsewhere():
    """Be the other municipality for a while, within the transaction of a test."""
    tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID)
    yield
    tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)
