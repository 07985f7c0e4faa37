"""Offers as a list shows them: the same as their own pages say, however much of it was read and drawn before."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from medspiller.access.domain import actors
from medspiller.catalogue import selectors
from medspiller.catalogue.domain.finding import Filters
from medspiller.catalogue.domain.finding.understanding import Understanding
from medspiller.catalogue.models import PublishedOffer, PublishedProvider
from medspiller.catalogue.selectors.finding import _score
from medspiller.catalogue.selectors.offers import MOST_AT_ONCE, area_of, shown_by_slug
from medspiller.catalogue.templatetags import offer_filters
from medspiller.catalogue.web import presenting
from medspiller.catalogue.web.forms import FindForm
from medspiller.core import tenancy
from medspiller.ui.components.fields import field
from tests.support.database import HERE, thrown_away

ON = date(2026, 11, 22)
FIND, DROP_IN = "/tilbud/", "drop-in-torsdag"


@pytest.fixture
def reader(published, django_db_blocker):
    with django_db_blocker.unblock(), thrown_away():
        tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)
        yield actors.anonymous(HERE)


def found(reader, query, *, page=1):
    asked = {"query": query, "filters": Filters(), "language": "nb", "on": ON, "page": page}
    return selectors.find(actor=reader, **asked), selectors.find_shown(actor=reader, **asked)


def shown(reader, *slugs):
    return shown_by_slug(actor=reader, slugs=slugs, area=area_of(actor=reader, on=ON), on=ON)


def card(reader, slug):
    (one,) = shown(reader, slug)
    return presenting.shown(one, today=ON)


class TestWhatIsShown:
    @pytest.mark.parametrize(
        "query", ["", "Jeg får ikke sove", "demens samtale avlastning", "pårørene skole", "xqzzyq"]
    )
    def test_is_what_was_found_in_its_order(self, reader, query):
        hits, listed = found(reader, query)

        assert [each.slug for each in listed.hits] == [each.slug for each in hits.hits]
        assert (listed.total, listed.pages, listed.concepts) == (hits.total, hits.pages, hits.concepts)
        assert [set(each.concepts) for each in listed.hits] == [each.concepts for each in hits.hits]

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_says_of_every_offer_what_its_own_page_says(self, reader, language):
        rows = list(selectors.offers(actor=reader, on=ON))
        slugs = [row.slug for row in rows]
        listed = [
            one for at in range(0, len(slugs), MOST_AT_ONCE) for one in shown(reader, *slugs[at : at + MOST_AT_ONCE])
        ]

        assert len(rows) > MOST_AT_ONCE
        with translation.override(language):
            assert [presenting.shown(one, today=ON) for one in listed] == [
                presenting.card(row, today=ON) for row in rows
            ]

    def test_is_never_what_was_shown_before_a_change(self, reader):
        before = card(reader, DROP_IN)
        row = PublishedOffer.objects.select_related("provider").get(slug=DROP_IN)

        row.body["title"]["nb"] = "Kom innom på fredag"
        row.save(update_fields=["body"])
        assert (before.title, card(reader, DROP_IN).title) == ("Kom innom på torsdager", "Kom innom på fredag")

        provider = row.provider.body | {"name": row.provider.body["name"] | {"nb": "Et annet navn"}}
        PublishedProvider.objects.filter(id=row.provider_id).update(body=provider)
        assert card(reader, DROP_IN).provider == "Et annet navn" != before.provider

        row.closures = [{"from": "2026-11-01", "to": "2026-12-01", "text": {"nb": "Vi flytter"}}]
        row.save(update_fields=["closures"])
        assert before.closed is None
        assert card(reader, DROP_IN).closed.opens_on == date(2026, 12, 1)

    def test_bears_the_reasons_it_was_asked_with(self, reader):
        (one,) = shown(reader, DROP_IN)

        assert presenting.shown(one, today=ON, why=["A", "B"]).why == ("A", "B")
        assert presenting.shown(one, today=ON).why == ()

    def test_of_one_name_is_the_municipalitys_own_and_that_once(self, reader):
        own = PublishedOffer.objects.get(slug=DROP_IN)
        shipped = PublishedOffer.objects.filter(tenant_id=None).exclude(kind=own.kind).order_by("slug")[0]
        assert [each.kind for each in shown(reader, shipped.slug)] == [shipped.kind]

        PublishedOffer.objects.filter(id=own.id).update(slug=shipped.slug)

        assert [each.kind for each in shown(reader, shipped.slug, "not-there", shipped.slug)] == [own.kind]


class TestWhatIsWeighed:
    def test_is_weighed_once_where_it_is_in_several_tiers(self, reader):
        query = "demens samtale avlastning natt"
        first, _listed = found(reader, query)
        slugs = [hit.slug for number in range(1, first.pages + 1) for hit in found(reader, query, page=number)[0].hits]

        assert first.pages > 2
        assert len(slugs) == len(set(slugs)) == first.total

    def test_what_weighs_the_same_without_words_weighs_exactly_the_same(self, reader):
        score = _score(Understanding(language="no"), Filters(age=30), actor=reader, on=ON)
        assert "numeric" in score.sql
        assert "float" not in score.sql

        words = _score(Understanding(language="no", stems=("søvn",)), Filters(age=30), actor=reader, on=ON)
        assert "numeric" not in words.sql


class TestThePage:
    def test_reads_what_it_shows_in_one_statement(self, client, published):
        client.get(FIND, {"q": "jeg får ikke sove"})
        with CaptureQueriesContext(connection) as asked:
            assert client.get(FIND, {"q": "jeg får ikke sove"}).status_code == 200

        reading = [each["sql"] for each in asked if 'FROM "catalogue_publishedoffer"' in each["sql"]]
        assert len([sql for sql in reading if "weighed" not in sql]) == 1
        assert len([each for each in asked if 'FROM "organisations_tenant"' in each["sql"]]) == 1


class TestFilters:
    ANSWERS = {"behov": "peers", "om": "dementia", "til": "partner", "sprak": "en", "naer": "county", "kveld": "on"}

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    @pytest.mark.parametrize("given", [{}, ANSWERS, {"behov": "nothing-known", "alder": "tolv"}])
    def test_each_is_drawn_as_any_field_is(self, language, given):
        with translation.override(language):
            form = FindForm(given)
            form.is_valid()
            names = [name for name in form.fields if name not in ("q", "alle")]

            assert [offer_filters.filter_field(form[name]) for name in names] == [
                field(form[name], mark="none") for name in names
            ]

    def test_an_answer_of_ours_is_drawn_once_and_what_was_written_is_kept_nowhere(self):
        offer_filters._drawn.cache_clear()
        with translation.override("nb"):
            for written in ("Sandvika", "Rykkinn"):
                form = FindForm({"behov": "peers", "sted": written, "alder": "45", "om": written})
                assert not form.is_valid()
                drawn = [str(offer_filters.filter_field(form[name])) for name in ("behov", "sted", "alder", "om")]
                assert written in drawn[1]

        assert offer_filters._drawn.cache_info().currsize == 1
