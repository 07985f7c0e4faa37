"""Totals that were answered somewhere else: entering, range, bands, change, and who may see them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.content import services as content
from medspiller.core.clock import today
from medspiller.core.errors import NotAllowed
from medspiller.people.domain.need_to_know import Closed
from medspiller.questionnaires.domain.library.instruments import Change, OutOfRange
from medspiller.questionnaires.domain.library.totals import AlreadyWrong, NotEntered
from medspiller.questionnaires.domain.states import ReasonRefused
from medspiller.questionnaires.selectors import totals as selectors
from medspiller.questionnaires.services import totals as services
from medspiller.questionnaires.tests import content as made

LOAD = "https://example.no/instruments/load"
CARING = "https://example.no/instruments/caring"
USED = "https://example.no/instruments/used"
NOTHING = {"least": None, "most": None, "higher": None, "bands": []}


def text_of(page):
    return " ".join(page.content.decode().split())


def page_of(person):
    return f"/arbeid/personer/{person.id}/maaling/"


@pytest.fixture(autouse=True)
def registry(here):
    unsure = [made.band(certainty="background")]
    caring = {"id": "caring", "url": CARING, "respondent": "child", "totals": [made.scale(bands=unsure)]}
    used = {"id": "used", "url": USED, "name": made.said("Used"), "totals": [made.scale(**NOTHING)]}
    written = [made.instrument(), made.instrument(**caring, name=made.said("Caring")), made.instrument(**used)]
    definitions = [made.described("instruments", each["id"], each) for each in written]
    content.publish(actor=actors.system(here), definitions=definitions)


@pytest.fixture
def enter(family):
    def entered(value=30, *, ago=0, url=LOAD, actor=family.contact, person=family.kari):
        return services.record_total(
            actor=actor,
            person_id=person.id,
            instrument_url=url,
            total_id="total",
            value=None if value is None else Decimal(value),
            measured_on=today() - timedelta(days=ago),
        )

    return entered


@pytest.fixture
def contact(staff, house, family):
    return staff(Role.CARER_CONTACT, house.carers)


class TestEntering:
    def test_keeps_what_it_came_to_with_day_version_and_who(self, enter, family):
        made_row = enter(30, ago=3)

        assert (made_row.value, made_row.instrument_version, made_row.recorded_by_name) == (30, "1", "Gro Demodal")
        assert made_row.measured_on == today() - timedelta(days=3)

    @pytest.mark.parametrize("value", ["-1", "61", "12.5"])
    def test_what_the_instrument_cannot_come_to_is_refused(self, enter, value):
        with pytest.raises(OutOfRange):
            enter(value)

    def test_an_instrument_without_a_score_is_only_used(self, enter):
        assert enter(None, url=USED).value is None
        with pytest.raises(OutOfRange):
            enter(3, url=USED)

    @pytest.mark.parametrize(("ago", "problem"), [(-1, "future"), (21 * 365, "too_old")])
    def test_a_day_on_which_nobody_can_have_been_asked_is_refused(self, enter, ago, problem):
        with pytest.raises(NotEntered) as refusal:
            enter(ago=ago)

        assert refusal.value.problem == problem

    def test_what_is_no_instrument_here_is_refused(self, enter):
        with pytest.raises(NotEntered):
            enter(url="https://example.no/instruments/unheard-of")

    def test_is_for_those_who_follow_the_person_up(self, enter, family):
        with pytest.raises((Closed, NotAllowed)):
            enter(actor=family.nurse)

    def test_is_in_the_persons_log_and_a_childs_is_kept_from_those_who_represent_it(self, enter, family):
        enter()
        enter(url=CARING)

        entries = AccessEntry.objects.filter(person_id=family.kari.id, action="questionnaires.record_total")
        assert [each.withheld for each in entries.order_by("id")] == ["none", "representatives"]


class TestReading:
    def seen(self, family):
        return selectors.totals_of(actor=family.contact, person_id=family.kari.id).totals

    def test_the_newest_comes_first_with_its_band_and_change(self, enter, family):
        enter(20, ago=30)
        enter(30)

        newest, oldest = self.seen(family)
        assert (newest.value, newest.band.label["nb"], newest.change) == (30, "Heavy på bokmål", Change.WORSE)
        assert (oldest.value, oldest.band, oldest.change) == (20, None, None)

    def test_only_like_is_compared_with_like(self, enter, family):
        enter(20, ago=30)
        enter(30, url=CARING)

        assert [each.change for each in self.seen(family)] == [None, None]

    def test_nothing_is_compared_with_what_was_wrong(self, enter, family):
        wrong = enter(20, ago=30)
        services.mark_total_wrong(actor=family.contact, total_id=wrong.id, reason="Gjaldt en annen")
        enter(30)

        assert [each.change for each in self.seen(family)] == [None, None]

    def test_leaves_an_entry_in_the_persons_log(self, enter, family):
        enter()
        self.seen(family)

        assert AccessEntry.objects.filter(person_id=family.kari.id, action="questionnaires.read").count() == 1

    def test_is_closed_to_who_follows_up_the_patient_only(self, enter, family):
        enter()

        with pytest.raises((Closed, NotAllowed)):
            selectors.totals_of(actor=family.nurse, person_id=family.kari.id)


class TestMarkingAsWrong:
    def test_asks_for_a_reason_and_is_done_once(self, enter, family):
        row = enter()

        with pytest.raises(ReasonRefused):
            services.mark_total_wrong(actor=family.contact, total_id=row.id, reason=" ")
        services.mark_total_wrong(actor=family.contact, total_id=row.id, reason="Skrevet feil")
        with pytest.raises(AlreadyWrong):
            services.mark_total_wrong(actor=family.contact, total_id=row.id, reason="Skrevet feil")


class TestThePage:
    def test_takes_a_total_in_and_shows_what_it_may_mean(self, contact, family):
        given = {"total": "load total", "value": "30", "measured_on": today().isoformat()}

        page = text_of(contact.post(page_of(family.kari), given, follow=True))

        for words in ("30 av 60", "Heavy på bokmål", "ingen diagnose"):
            assert words in page

    def test_says_where_a_limit_is_not_verified(self, contact, family, enter):
        enter(30, url=CARING)

        assert "Grensen er ikke kontrollert" in text_of(contact.get(page_of(family.kari)))

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"value": "tolv"}, "Skriv et helt tall."),
            ({"value": "61"}, "Skriv et helt tall fra 0 til 60."),
            ({"value": ""}, "Skriv et helt tall fra 0 til 60."),
            ({"total": "used total"}, "La feltet stå tomt."),
            ({"measured_on": "2999-01-01"}, "Denne dagen har ikke kommet ennå."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, contact, family, changes, words):
        given = {"total": "load total", "value": "30", "measured_on": today().isoformat(), **changes}

        page = contact.post(page_of(family.kari), given)

        assert page.status_code == 422
        assert words in text_of(page)

    def test_marks_one_as_wrong(self, contact, family, enter):
        row = enter()

        page = contact.post(f"{page_of(family.kari)}{row.id}/feil/", {"reason": "Skrevet feil"}, follow=True)

        assert "Merket som feil" in text_of(page)
        assert "Skrevet feil" in text_of(page)

    def test_is_not_there_for_others(self, staff, house, family, enter):
        row = enter()
        nurse = staff(Role.CARE_WORKER, house.home_care)

        assert nurse.get(page_of(family.kari)).status_code in (403, 404)
        assert nurse.get(f"{page_of(family.kari)}{row.id}/feil/").status_code in (403, 404)
