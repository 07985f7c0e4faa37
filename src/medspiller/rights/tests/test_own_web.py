"""What a signed-in carer keeps: theirs alone, handed over by choice, asked about, counted without them."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, ids, tenancy
from medspiller.messages.models import Notice
from medspiller.people.tests.factories import as_actor, citizen_account, make_person
from medspiller.rights import selectors, services
from medspiller.rights.domain.outcomes import MOST_KEPT
from medspiller.rights.models import KeptAnswer, OutcomeCount
from medspiller.rights.tests.family import settle
from medspiller.rights.tests.publishing import publish_rules
from medspiller.rights.tests.walking import ASK, Walker, heading, text_of
from medspiller.worklist.models import WorkItem
from tests.support.database import HERE
from tests.support.staff import sign_in

OWN = "/min-side/rettigheter/"
SYSTEM = actors.system(HERE)


@pytest.fixture
def family(here, house):
    publish_rules(here)
    return settle(here, house)


@pytest.fixture
def kari(client, family):
    sign_in(client, family.account)
    return client


@pytest.fixture
def kept(kari):
    walker = Walker(kari, kari.get(ASK))
    walker.change("carer.birth_year")
    walker.say("1984")
    assert walker.send(f"{OWN}ta-vare-pa/").status_code == 302
    return KeptAnswer.objects.get()


def page_of(kept):
    return f"{OWN}{kept.id}/"


def as_staff(user):
    client = Client()
    sign_in(client, user)
    return client


def do(client, kept, what, **more):
    return client.post(page_of(kept), {"gjor": what, **more})


class TestKeeping:
    def test_stands_on_my_page_and_can_be_deleted(self, kari, kept):
        assert "tatt vare på" in text_of(kari.get(OWN))
        assert "1984" in text_of(kari.get(page_of(kept)))

        do(kari, kept, "slett")

        assert not KeptAnswer.objects.exists()
        assert "ikke tatt vare på noe" in text_of(kari.get(OWN))

    def test_is_sealed_in_the_database(self, kept):
        assert "1984" in kept.dialogue
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("medspiller.core.encryption.EncryptedText.from_db_value", lambda *args: bytes(args[1]))
            assert b"1984" not in KeptAnswer.objects.get().dialogue

    def test_has_an_end(self, kari, family, kept, rulebook):
        for _ in range(MOST_KEPT - 1):
            KeptAnswer.objects.create(
                owner=family.account, dialogue=kept.dialogue, reference_date=kept.reference_date,
                rulebook_pin="x", kept_at=clock.now(),
            )  # fmt: skip
        walker = Walker(kari, kari.get(ASK))
        walker.send(f"{OWN}ta-vare-pa/")

        assert KeptAnswer.objects.count() == MOST_KEPT

    def test_twice_by_the_same_press_is_once(self, kari, kept):
        walker = Walker(kari, kari.get(ASK))
        walker.change("carer.birth_year")
        walker.say("1984")
        for _press in range(2):
            walker.send(f"{OWN}ta-vare-pa/")

        assert KeptAnswer.objects.count() == 1

    def test_says_when_rules_have_changed_since(self, kari, kept):
        KeptAnswer.objects.update(rulebook_pin="another")

        assert "har endret seg" in text_of(kari.get(page_of(kept)))

    def test_is_taken_out_with_everything_else(self, family, kept):
        (table,) = selectors.own_tables(actor=family.citizen)

        assert any("1984" in map(str, row) for row in table.rows)

    def test_is_nobody_elses(self, here, kept):
        other = as_actor(citizen_account(here, name="Liv Demoskog"))
        tenancy.enter_tenant(tenant_id=here, actor_id=other.id)

        assert selectors.kept_answers(actor=other) == ()
        assert not KeptAnswer.objects.exists()


class TestHandingOver:
    def test_lets_those_who_follow_her_up_read_it_until_she_takes_it_back(self, kari, family, kept):
        address = f"/arbeid/personer/{family.kari.id}/rettigheter/gitt/{kept.id}/"
        contact = as_staff(family.contact)
        assert contact.get(address).status_code == 404

        do(kari, kept, "gi-videre")
        assert "1984" in text_of(contact.get(address))
        assert as_staff(family.nurse).get(address).status_code in (403, 404)
        tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)
        entry = AccessEntry.objects.filter(subject_type="rights.KeptAnswer", kind="read").latest("at")
        assert (entry.actor_id, entry.person_id) == (family.contact.id, family.kari.id)

        do(kari, kept, "trekk-tilbake")
        assert contact.get(address).status_code == 404

    def test_puts_it_on_the_list_of_the_unit_that_follows_her_up(self, kari, family, kept, house):
        do(kari, kept, "gi-videre")
        tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)
        for _ in range(2):
            services.put_on_lists(actor=SYSTEM, kept_id=kept.id, person_id=family.kari.id)

        item = WorkItem.objects.get(kind="rights.handed_over")
        assert (item.unit_id, item.person_id) == (house.carers, family.kari.id)

    def test_is_refused_where_nobody_follows_her_up(self, client, here, family):
        sign_in(client, citizen_account(here, name="Liv Demoskog"))
        walker = Walker(client, client.get(ASK))
        walker.send(f"{OWN}ta-vare-pa/")
        kept = KeptAnswer.objects.get()
        do(client, kept, "gi-videre")

        kept.refresh_from_db()
        assert kept.handed_over_at is None


class TestWhetherTheyGotIt:
    def test_is_asked_when_the_day_has_come_and_counted_once_without_a_person(self, kari, kept):
        do(kari, kept, "spor-4")
        day = clock.today() + timedelta(weeks=4)
        tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)
        assert selectors.kept_to_ask_about(actor=SYSTEM, today=day - timedelta(days=1)) == ()
        assert selectors.kept_to_ask_about(actor=SYSTEM, today=day) == (kept.id,)
        services.ask_again(actor=SYSTEM, kept_id=kept.id, now=clock.now())
        assert selectors.kept_to_ask_about(actor=SYSTEM, today=day) == ()
        # She has not said that she wants notices.
        assert not Notice.objects.exists()

        page = kari.get(page_of(kept)).content.decode()
        assert "Fikk du det?" in page
        right = page.partition('name="ble-')[2].partition('"')[0]
        for _ in range(2):
            do(kari, kept, "fikk", **{f"ble-{right}": "refused"})

        counted = OutcomeCount.objects.get()
        assert (counted.right, counted.outcome, counted.count) == (right, "refused", 1)
        assert "Fikk du det?" not in text_of(kari.get(page_of(kept)))

    def test_is_asked_again_if_nothing_was_chosen(self, kari, kept):
        do(kari, kept, "fikk")

        kept.refresh_from_db()
        assert kept.told_at is None
        assert not OutcomeCount.objects.exists()
        assert "Velg hva det ble til" in text_of(kari.get(page_of(kept)))

    def test_is_not_asked_of_whoever_does_not_want_it(self, kari, kept):
        do(kari, kept, "spor-0")

        kept.refresh_from_db()
        assert kept.ask_on is None


def test_small_numbers_are_kept_back(staff, house, here, rulebook):
    publish_rules(here)
    first, second = list(rulebook.rights)[:2]
    month = clock.today().replace(day=1)
    for right, outcome, count in ((first, "got", 5), (first, "refused", 4), (second, "got", 12)):
        OutcomeCount.objects.create(right=right, outcome=outcome, month=month, count=count)
    page = text_of(staff(Role.LEADER, house.top).get("/arbeid/rettigheter/"))

    assert heading(staff(Role.LEADER, house.top).get("/arbeid/rettigheter/")) == "Hva det ble til med rettigheter"
    assert "12" in page
    assert "under 5" in page
    assert json.dumps(4) not in page.partition("Svar for hver rettighet")[2].partition("</table>")[0].split()


class TestWhenTwoRowsAreOne:
    def test_what_is_kept_follows_and_goes_back(self, kept):
        gone, merge = kept.person_id, ids.new_id()
        other = make_person("Kari", "Demolund").id

        assert services.move_person(actor=SYSTEM, merge_id=merge, gone_id=gone, kept_id=other) == 1
        kept.refresh_from_db()
        assert kept.person_id == other

        assert services.move_person_back(actor=SYSTEM, merge_id=merge, gone_id=gone) == 1
        assert services.move_person_back(actor=SYSTEM, merge_id=merge, gone_id=gone) == 0
        kept.refresh_from_db()
        assert kept.person_id == gone
