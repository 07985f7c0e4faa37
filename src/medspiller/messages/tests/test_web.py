"""The pages of notices: who sees whom, what can be decided, what a person reads."""

import csv
import io
from datetime import date, timedelta

import pytest

from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, ids
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.messages import registry, selectors, services
from medspiller.messages.domain.notices import Channel, Reason, State
from medspiller.messages.domain.texts import NoticeKind
from medspiller.messages.gateways.demo import DemoGateway
from medspiller.messages.models import Notice
from medspiller.messages.selectors import Narrowed
from medspiller.messages.tests.factories import make_notice
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import RelationKind
from medspiller.people.tests import factories as people
from tests.support.staff import sign_in

SENT, OWN = "/arbeid/varsler/", "/min-side/varsler/"


def text_of(page):
    return " ".join(page.content.decode().split())


def signed_in(client, actor):
    sign_in(client, User.objects.get(id=actor.id))
    return client


@pytest.fixture
def at_work(client, nurse):
    return signed_in(client, nurse)


class TestNoticesSent:
    def test_show_whom_what_and_how_it_went(self, at_work, kari, house):
        make_notice(kari, house.home_care, State.HANDED_OVER)

        page = text_of(at_work.get(SENT))

        assert "Kari Demoli" in page
        assert "••• 01" in page
        assert "00000001" not in page
        assert "Det er noe nytt å lese på siden din" in page
        assert "Sendt" in page

    def test_name_nobody_whom_one_may_not_open(self, at_work, kari, house):
        stranger = people.make_person("Ola")
        make_notice(stranger, house.home_care, phone="+4700000099")

        page = text_of(at_work.get(SENT))

        assert "En person du ikke har tilgang til" in page
        assert "Ola" not in page
        assert "••• 99" not in page

    def test_show_nothing_of_a_protected_address(self, at_work, house, kari):
        hidden = people.make_person("Unni", protected=ProtectedAddress.STRICT)
        people.involve(hidden, house.home_care)
        make_notice(hidden, house.home_care, phone="+4700000077")

        table = text_of(at_work.get(SENT)).split("<table")[1].split("</table>")[0]

        assert "Unni" in table
        assert "••• 77" not in table

    def test_of_oneself_and_family_are_not_there(self, nurse, kari, house):
        own = people.make_person("Solveig", user=User.objects.get(id=nurse.id))
        people.relate(own, kari, RelationKind.CHILD)
        made = make_notice(own, house.home_care, State.UNCERTAIN)

        assert [line.id for line in selectors.notices(actor=nurse)[:10]] == []
        with pytest.raises(NotFound):
            services.stop(actor=nurse, notice_id=made.id)

    def test_of_other_units_are_not_there(self, kari, house, leader_elsewhere):
        made = make_notice(kari, house.home_care, State.UNCERTAIN)

        assert len(selectors.notices(actor=leader_elsewhere)) == 0
        with pytest.raises(NotFound):
            services.try_again(actor=leader_elsewhere, notice_id=made.id)

    def test_are_closed_to_who_only_administers(self, house):
        administrator = people.worker(house.tenant_id, house.top, Role.ADMINISTRATOR)

        with pytest.raises(NotAllowed):
            selectors.notices(actor=administrator)

    def test_put_each_person_named_into_the_access_log(self, at_work, kari, house):
        make_notice(kari, house.home_care)
        make_notice(people.make_person("Ola"), house.home_care, phone="+4700000002")
        at_work.get(SENT)

        (entry,) = AccessEntry.objects.filter(action="messages.view_notices")
        assert (entry.person_id, entry.information) == (kari.id, ["name_and_birth", "messages"])

    def test_are_narrowed_by_state_and_day(self, nurse, kari, house):
        now, day = clock.now(), timedelta(days=1)
        uncertain = make_notice(kari, house.home_care, State.UNCERTAIN, event_key="a:1")
        with clock.frozen(now - 3 * day):
            old = make_notice(kari, house.home_care, State.HANDED_OVER, event_key="a:2")

        def found(**narrowed):
            return [line.id for line in selectors.notices(actor=nurse, narrowed=Narrowed(**narrowed))[:10]]

        assert found() == [uncertain.id, old.id]
        assert found(states=[State.UNCERTAIN]) == [uncertain.id]
        assert found(until=now - day) == [old.id]
        assert found(since=now - day) == [uncertain.id]

    def test_refuse_a_period_that_ends_before_it_begins_and_keep_it_typed(self, at_work, kari):
        page = at_work.get(SENT, {"fra": "2026-11-21", "til": "2026-11-20"})

        assert page.status_code == 422
        assert "2026-11-21" in text_of(page)

    def test_come_some_at_a_time(self, at_work, kari, house):
        for number in range(51):
            make_notice(kari, house.home_care, event_key=f"a:{number}")

        assert text_of(at_work.get(SENT)).count("noe nytt å lese") == 50
        assert text_of(at_work.get(SENT, {"side": "2"})).count("noe nytt å lese") == 1

    def test_can_be_taken_along_with_no_more_than_the_page_shows(self, at_work, kari, house):
        make_notice(kari, house.home_care, State.FAILED)
        make_notice(people.make_person("Ola"), house.home_care, phone="+4700000099", event_key="a:2")

        file = at_work.get(f"{SENT}liste.csv", {"tilstand": "failed"}).content.decode("utf-8-sig")
        everything = at_work.get(f"{SENT}liste.csv").content.decode("utf-8-sig")

        (_heading, line) = csv.reader(io.StringIO(file), delimiter=";")
        assert line[1:4] == ["Kari Demoli", "Tekstmelding", "••• 01"]
        assert "Ola" not in everything
        assert "••• 99" not in everything

    def test_say_that_nothing_leaves_without_settings(self, at_work, register):
        registry.connect(gateways=[], register=register)

        assert "Ikke alt kan sendes herfra" in text_of(at_work.get(SENT))

    def test_say_that_a_demo_only_pretends(self, at_work, register):
        registry.connect(gateways=[DemoGateway(channel) for channel in Channel], register=register)

        assert "Ingenting blir sendt til noen" in text_of(at_work.get(SENT))

    def test_cost_the_same_for_one_and_for_many(self, nurse, kari, house, django_assert_num_queries):
        def cost():
            with django_assert_num_queries(8, exact=False) as counted:
                listed = selectors.notices(actor=nurse)[:50]
            assert listed
            return len(counted)

        make_notice(kari, house.home_care, event_key="a:0")
        cost()  # which units are below the nurse's own is asked once
        one = cost()
        for number in range(1, 30):
            other = people.make_person(f"P{number}")
            people.involve(other, house.home_care)
            make_notice(other, house.home_care, event_key=f"a:{number}", phone=f"+470000{number:04}")

        assert cost() == one


class TestDeciding:
    def test_an_uncertain_one_is_sent_again_when_the_sender_says_so(self, at_work, kari, house):
        made = make_notice(kari, house.home_care, State.UNCERTAIN)
        assert "Vi vet ikke om varselet kom fram" in text_of(at_work.get(SENT))

        answer = at_work.post(f"{SENT}{made.id}/prov-igjen/", follow=True)

        assert "sendes en gang til" in text_of(answer)
        assert Notice.objects.get().state == State.WAITING

    def test_it_is_let_be(self, at_work, kari, house):
        made = make_notice(kari, house.home_care, State.UNCERTAIN)

        at_work.post(f"{SENT}{made.id}/stopp/")

        row = Notice.objects.get()
        assert (row.state, row.reason) == (State.STOPPED, Reason.BY_SENDER)
        assert AccessEntry.objects.filter(action="messages.decide_notice", person_id=kari.id).count() == 1

    def test_who_comes_too_late_is_told_what_it_says_now(self, at_work, kari, house):
        made = make_notice(kari, house.home_care, State.HANDED_OVER)

        for what in ("prov-igjen", "stopp"):
            assert "Statusen er nå: Sendt." in text_of(at_work.post(f"{SENT}{made.id}/{what}/", follow=True))
        assert Notice.objects.get().state == State.HANDED_OVER

    def test_one_that_has_arrived_has_no_buttons(self, at_work, kari, house):
        make_notice(kari, house.home_care, State.HANDED_OVER)

        page = text_of(at_work.get(SENT))

        assert "prov-igjen" not in page
        assert "/stopp/" not in page


class TestOnesOwn:
    @pytest.fixture
    def citizen(self, here, kari):
        account = people.citizen_account(here)
        kari.user = account
        kari.save(update_fields=["user"])
        return people.as_actor(account)

    def test_notices_stand_with_their_words_also_if_they_could_not_be_sent(self, client, citizen, kari, house):
        make_notice(kari, house.home_care, State.HANDED_OVER, event_key="a:1")
        make_notice(
            kari,
            house.home_care,
            State.STOPPED,
            event_key="a:2",
            kind=NoticeKind.AGE_REACHED,
            language="nn",
            about_day=date(2026, 9, 30),
        )

        page = text_of(signed_in(client, citizen).get(OWN))

        assert "Det er noe nytt å lese på siden din" in page
        assert 'lang="nn">Hei frå Bærum kommune. Noko endrar seg på sida di 30. september 2026.' in page

    def test_notices_of_others_are_not_there(self, client, citizen, house):
        make_notice(people.make_person("Ola"), house.home_care)

        assert "Ingen varsler" in text_of(signed_in(client, citizen).get(OWN))

    def test_what_rests_on_a_consent_is_gone_with_it(self, citizen, kari, house, register):
        consent = ids.new_id()
        register.live = {consent}
        make_notice(kari, house.home_care, State.HANDED_OVER, consent_id=consent)
        assert len(selectors.own_notices(actor=citizen)) == 1

        register.live.clear()

        assert selectors.own_notices(actor=citizen) == []

    def test_who_is_in_no_register_has_none(self, here, register):
        assert selectors.own_notices(actor=people.as_actor(people.citizen_account(here))) == []

    def test_staff_have_no_such_page(self, nurse, register):
        with pytest.raises(NotAllowed):
            selectors.own_notices(actor=nurse)
