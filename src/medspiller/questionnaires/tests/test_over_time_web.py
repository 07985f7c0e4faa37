"""What somebody has answered more than once, as staff and they themselves see it: compared, drawn, kept from others."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from medspiller.access.domain import actors
from medspiller.access.models import User
from medspiller.audit.models import AccessEntry
from medspiller.content import services as content
from medspiller.core import clock
from medspiller.questionnaires import services, tasks
from medspiller.questionnaires.domain.definition.documents import LOST_AFTER
from medspiller.questionnaires.models import Chart, Response
from medspiller.questionnaires.services import charts, totals
from medspiller.questionnaires.tests import content as made
from medspiller.questionnaires.tests import factories
from medspiller.questionnaires.tests.factories import SITUATION, complete
from medspiller.ui.documents import MOST_TRIES, Problem
from tests.support.staff import sign_in

INSTRUMENT = "https://example.no/instruments/load"
NIGHTS = made.URL


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def publish(here, *definitions):
    content.publish(actor=actors.system(here), definitions=definitions)


def relevant(by):
    return {"by": by, "certainty": "read", "source": "Somebody, 2001"}


@pytest.fixture
def load(here):
    """An instrument of ours that asks how the nights are, and counts a change of two points."""
    nights = made.nights(meta={"tag": [{"system": factories.TAGS, "code": "self"}]})
    scale = made.scale(item="sum", least=0, most=2, bands=[made.band(**{"from": 1, "to": 2})])
    said = made.instrument(
        questionnaire=NIGHTS, licence="FREE", totals=[scale | {"relevant_change": relevant(2)}], staff_only=False
    )
    publish(here, made.form(nights), made.described("instruments", "load", said))


def slept(actor, person, how, *, days_ago=0):
    """Answers about the nights, given some days ago."""
    with clock.frozen(clock.now() - timedelta(days=days_ago)):
        return complete(actor, person, url=NIGHTS, night_care="true", sleep=how)


def on_days(family, *answers):
    """Answers of Kari's, some days apart."""
    return [
        slept(family.citizen, family.kari, how, days_ago=30 * (len(answers) - number))
        for number, how in enumerate(answers)
    ]


def page_of(person, url=""):
    address = f"/arbeid/personer/{person.id}/skjema/utvikling/"
    return f"{address}?skjema={url}" if url else address


def drawing_of(person, url):
    return f"/arbeid/personer/{person.id}/skjema/utvikling/diagram.svg?skjema={url}"


def draw(here):
    """Run the job of every drawing, as the worker does."""
    for chart_id in Chart.objects.values_list("id", flat=True):
        tasks.draw_chart(tenant_id=str(here), chart_id=str(chart_id))


@pytest.fixture
def contact(client, family):
    sign_in(client, family.contact_account)
    return client


class TestFigures:
    def test_are_compared_by_the_instruments_rule_and_never_conclude(self, contact, family, load):
        on_days(family, "well", "badly")

        page = text_of(contact.get(page_of(family.kari, NIGHTS)))

        assert "2 poeng høyere enn" in page
        assert "Høyere betyr mer belastning på denne skalaen." in page
        assert "No diagnosis på bokmål" in page
        assert "forskjell på 2 poeng" in page

    def test_of_another_language_stand_there_and_are_not_compared(self, contact, family, load):
        first, _second = on_days(family, "well", "badly")
        # As if it had been answered in English then.
        begun = Response.objects.filter(id=first.id)
        begun.update(language="en")

        assert "besvart på ulike språk" in text_of(contact.get(page_of(family.kari, NIGHTS)))

    def test_that_are_wrong_or_replaced_are_left_out_and_it_is_said(self, contact, family, load):
        first, _second, third = on_days(family, "well", "badly", "well")
        services.mark_entered_in_error(actor=family.citizen, response_id=first.id, reason="Feil skjema")
        newer = services.amend(actor=family.citizen, response_id=third.id)
        services.complete(actor=family.citizen, response_id=newer.id)

        page = text_of(contact.get(page_of(family.kari, NIGHTS)))

        assert "2 er utelatt" in page
        assert page.count("Første gang") == 1

    def test_of_one_time_have_nothing_to_be_compared_with(self, contact, family, load):
        on_days(family, "well")

        assert "Det er svart én gang" in text_of(contact.get(page_of(family.kari, NIGHTS)))

    def test_that_were_only_entered_are_compared_too(self, contact, family, here):
        publish(here, made.described("instruments", "load", made.instrument()))
        for value, ago in ((20, 60), (32, 1)):
            totals.record_total(
                actor=family.contact, person_id=family.kari.id, instrument_url=INSTRUMENT, total_id="total",
                value=Decimal(value), measured_on=clock.today() - timedelta(days=ago),
            )  # fmt: skip

        page = text_of(contact.get(page_of(family.kari, INSTRUMENT)))

        assert "12 poeng høyere enn" in page
        assert "Heavy på bokmål" in page


class TestAnswersWithoutScores:
    def test_stand_side_by_side(self, contact, family):
        complete(family.citizen, family.kari, helps="true", hours="12", words="Søvn")
        complete(family.citizen, family.kari, helps="true", hours="20")

        page = text_of(contact.get(page_of(family.kari, SITUATION)))

        assert re.search(r"Hvor mange timer i uka\? .*12 .*20 .*Et annet svar", page)
        assert re.search(r"Hva er viktig for deg\? .*Søvn .*Ikke besvart .*Ikke svar lenger", page)
        assert "Ett svar er det samme." in page

    def test_of_any_earlier_time_can_be_chosen(self, contact, family):
        first = complete(family.citizen, family.kari, helps="true", hours="1")
        complete(family.citizen, family.kari, helps="true", hours="2")
        complete(family.citizen, family.kari, helps="true", hours="3")

        page = text_of(contact.get(f"{page_of(family.kari, SITUATION)}&fra={first.id}"))

        assert re.search(r"timer i uka\? \s*1\s+3 ", page)


class TestTheChoice:
    def test_names_each_form_with_how_often(self, contact, family, load):
        on_days(family, "well", "badly")

        page = contact.get(page_of(family.kari))

        assert re.search(r"Nettene dine \s*2", text_of(page))
        assert "skjema=https%3A%2F%2Fexample.no%2Ffhir%2FQuestionnaire%2Fnights" in page.content.decode()

    def test_leads_from_the_list_and_from_the_answers(self, contact, family):
        given = complete(family.citizen, family.kari)

        listed = contact.get(f"/arbeid/personer/{family.kari.id}/skjema/").content.decode()
        read = contact.get(f"/arbeid/skjema/svar/{given.id}/lest/").content.decode()

        assert f'href="{page_of(family.kari)}"' in listed
        assert f"/arbeid/personer/{family.kari.id}/skjema/utvikling/?skjema=" in read


class TestWhoSeesIt:
    def test_is_logged_with_whoever_they_belong_to(self, contact, family, load):
        on_days(family, "well", "badly")
        before = AccessEntry.objects.filter(person_id=family.kari.id).count()

        contact.get(page_of(family.kari, NIGHTS))

        entry = AccessEntry.objects.filter(person_id=family.kari.id).latest("at", "id")
        assert AccessEntry.objects.filter(person_id=family.kari.id).count() == before + 1
        assert (entry.action, entry.information) == ("questionnaires.read", ["answers"])

    def test_is_nobody_who_does_not_follow_the_person_up(self, client, family, load):
        on_days(family, "well", "badly")
        sign_in(client, User.objects.get(id=family.nurse.id))

        for address in (page_of(family.kari), page_of(family.kari, NIGHTS), drawing_of(family.kari, NIGHTS)):
            assert client.get(address).status_code == 404

    def test_is_the_citizen_but_nothing_that_staff_only_entered(self, client, family, load, here):
        on_days(family, "well", "badly")
        publish(here, made.described("instruments", "other", made.instrument(url=f"{INSTRUMENT}-2", id="other")))
        totals.record_total(
            actor=family.contact, person_id=family.kari.id, instrument_url=f"{INSTRUMENT}-2", total_id="total",
            value=Decimal(20), measured_on=clock.today(),
        )  # fmt: skip
        sign_in(client, family.account)

        assert "2 poeng høyere" in text_of(client.get(f"/min-side/skjema/utvikling/?skjema={NIGHTS}"))
        assert client.get(f"/min-side/skjema/utvikling/?skjema={INSTRUMENT}-2").status_code == 404
        assert "Load" not in text_of(client.get("/min-side/skjema/utvikling/"))

    def test_is_not_told_of_a_concern(self, client, here, family):
        written = factories.written(name="worry", owner="Patient", tags=("staff-only", "concern-for-child"))
        factories.publish(here, written)
        complete(family.contact, family.kari, url=written["url"])
        sign_in(client, family.account)

        assert client.get(f"/min-side/skjema/utvikling/?skjema={written['url']}").status_code == 404


class TestTheDrawing:
    def test_is_made_by_a_job_and_then_stands_on_the_page(self, contact, family, load, here):
        on_days(family, "well", "badly")
        waiting = contact.get(page_of(family.kari, NIGHTS))
        assert "Diagrammet tegnes" in text_of(waiting)
        assert contact.get(drawing_of(family.kari, NIGHTS)).status_code == 404

        draw(here)

        assert '<img class="q-chart-light"' in contact.get(page_of(family.kari, NIGHTS)).content.decode()
        answer = contact.get(drawing_of(family.kari, NIGHTS))
        svg = answer.content.decode()
        assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert "<title" in svg
        assert "<desc" in svg
        assert "<script" not in svg
        assert "Kari" not in svg
        assert "Demoli" not in svg

    def test_is_dark_on_a_dark_page(self, contact, family, load, here):
        on_days(family, "well", "badly")
        contact.get(page_of(family.kari, NIGHTS))
        draw(here)

        dark = contact.get(f"{drawing_of(family.kari, NIGHTS)}&tema=moerk").content.decode()

        assert "#7cceb1" in dark
        assert "#1f6d57" not in dark

    def test_replaces_its_part_of_the_page_without_another_entry_in_the_log(self, contact, family, load, here):
        on_days(family, "well", "badly")
        contact.get(page_of(family.kari, NIGHTS))
        draw(here)
        before = AccessEntry.objects.count()

        part = contact.get(page_of(family.kari, NIGHTS), headers={"HX-Request": "true", "HX-Target": "q-chart"})

        assert part.content.decode().lstrip().startswith('<div id="q-chart"')
        assert AccessEntry.objects.count() == before

    def test_is_asked_for_a_limited_number_of_times(self, contact, family, load):
        on_days(family, "well", "badly")
        contact.get(page_of(family.kari, NIGHTS))
        asking = {"HX-Request": "true", "HX-Target": "q-chart"}

        last = contact.get(f"{page_of(family.kari, NIGHTS)}&n=15", headers=asking).content.decode()

        assert "hx-trigger" not in last
        assert "Last siden på nytt" in last

    def test_is_drawn_anew_when_something_is_answered(self, contact, family, load, here):
        on_days(family, "well", "badly")
        contact.get(page_of(family.kari, NIGHTS))
        draw(here)
        old = set(Chart.objects.values_list("id", flat=True))
        third = slept(family.citizen, family.kari, "well")

        charts.draw_anew(actor=actors.system(here), response_id=third.id)
        charts.draw_anew(actor=actors.system(here), response_id=third.id)

        assert not Chart.objects.filter(id__in=old).exists()
        assert Chart.objects.count() == 1
        draw(here)
        assert '<img class="q-chart-light"' in contact.get(page_of(family.kari, NIGHTS)).content.decode()

    def test_is_the_same_however_often_the_job_runs(self, contact, family, load, here):
        on_days(family, "well", "badly")
        contact.get(page_of(family.kari, NIGHTS))
        draw(here)
        (drawn,) = Chart.objects.values_list("drawn_at", flat=True)

        draw(here)

        assert list(Chart.objects.values_list("drawn_at", flat=True)) == [drawn]

    def test_that_breaks_the_worker_is_given_up(self, contact, family, load, here):
        on_days(family, "well", "badly")
        contact.get(page_of(family.kari, NIGHTS))
        (chart,) = Chart.objects.all()
        for _ in range(MOST_TRIES):
            assert charts.picture_to_draw(actor=actors.system(here), chart_id=chart.id) is not None

        draw(here)

        chart.refresh_from_db()
        assert (chart.svg, chart.problem) == (None, Problem.FAULT)
        assert "Diagrammet kunne ikke tegnes" in text_of(contact.get(page_of(family.kari, NIGHTS)))

    def test_whose_job_is_lost_is_asked_for_again(self, contact, family, load):
        on_days(family, "well", "badly")
        contact.get(page_of(family.kari, NIGHTS))
        Chart.objects.update(asked_at=clock.now() - LOST_AFTER, tries=2)

        contact.get(page_of(family.kari, NIGHTS))

        assert Chart.objects.filter(tries=0, asked_at__gt=clock.now() - LOST_AFTER).count() == 1
