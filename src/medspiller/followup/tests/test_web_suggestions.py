"""The pages of needs and suggestions, of what did not fit, of the agreement and of letters."""

from datetime import timedelta
from functools import lru_cache

import pytest

from medspiller.access.domain import actors
from medspiller.access.models import User
from medspiller.catalogue.tests import factories as catalogue
from medspiller.content import services as content
from medspiller.content.domain import checking, loading
from medspiller.core import clock
from medspiller.followup import services
from medspiller.followup.domain.agreements import AgreementState
from medspiller.followup.domain.suggesting import DeclineReason, SuggestionState
from medspiller.followup.models import Agreement, Need, Suggestion
from medspiller.followup.tests import families
from medspiller.followup.tests.test_children import CONTENT_KINDS, SHIPPED
from medspiller.people.models import Person
from tests.support.staff import sign_in

NIGHT = "avlastning-natt"


def text_of(page):
    return " ".join(page.content.decode().split())


@pytest.fixture
def carer(here, house):
    return families.make_carer(here, house)


@pytest.fixture
def contact(client, carer):
    sign_in(client, User.objects.get(id=carer.contact.id))
    return client


@pytest.fixture
def offers(house, carer):
    catalogue.provider(carer.contact)
    catalogue.approved(carer.contact, house.carers)
    catalogue.approved(
        carer.contact, house.carers, slug=NIGHT, title=dict.fromkeys(("nb", "nn", "en"), "Avlastning om natta"),
        needs=["night-rest", "respite-hours"], audience={"relations": ["grown-child"], "age_from": 18},
    )  # fmt: skip


@pytest.fixture
def suggested(carer, offers):
    return services.suggest_one(actor=carer.contact, file_id=carer.file.id, kind="offer", target=NIGHT)


@lru_cache
def letters():
    library = loading.load(SHIPPED, CONTENT_KINDS)
    return [one for one in checking.in_order(library, CONTENT_KINDS) if one.kind == "letters"]


def place(carer, more):
    return f"/arbeid/oppfolging/{carer.file.id}/{more}"


def answer_at(row):
    return f"/arbeid/oppfolging/forslag/{row.id}/"


def test_the_page_of_the_file_leads_to_what_an_offer_is(contact, carer, suggested):
    page = text_of(contact.get(place(carer, "")))

    link = page.split(f'href="/tilbud/{NIGHT}/"')[1].split("</a>")[0]
    assert 'Les mer<span class="ds-sr-only">: Avlastning om natta</span>' in link


class TestNeeds:
    def test_nothing_is_noted_at_first_and_the_page_says_how_it_comes(self, contact, carer):
        page = text_of(contact.get(place(carer, "forslag/")))

        assert "Ingen behov er notert ennå" in page
        assert "Ingenting venter på svar" in page

    def test_a_need_of_a_talk_is_noted_and_later_met(self, contact, carer):
        contact.post(place(carer, "forslag/"), {"gjor": "behov", "behov": "night-rest"})
        page = text_of(contact.get(place(carer, "forslag/")))

        assert "Søvn om natta" in page
        assert "Sagt i en samtale" in page
        contact.post(place(carer, "forslag/"), {"gjor": "dekket", "behov": "night-rest"})
        assert Need.objects.get().ended_because == "met"

    def test_a_need_that_nobody_has_chosen_is_asked_for(self, contact, carer):
        assert contact.post(place(carer, "forslag/"), {"gjor": "behov"}).status_code == 422

    def test_what_no_button_of_ours_sends_is_refused(self, contact, carer):
        assert contact.post(place(carer, "forslag/"), {"gjor": "annet", "behov": "peers"}).status_code == 422
        assert contact.post(place(carer, "avtale/"), {"gjor": "annet"}).status_code == 422
        assert not Need.objects.exists()

    def test_a_need_of_no_button_of_ours_is_nothing(self, contact, carer):
        assert contact.post(place(carer, "forslag/"), {"gjor": "dekket", "behov": "gold"}).status_code == 404

    def test_nothing_is_written_in_a_closed_file(self, contact, carer):
        services.close_file(
            actor=carer.contact, file_id=carer.file.id, version=1, reason="goals_met", outcome=["better"]
        )

        assert contact.post(place(carer, "forslag/"), {"gjor": "finn"}).status_code == 409
        assert "Noter behovet" not in text_of(contact.get(place(carer, "forslag/")))

    def test_whoever_treats_the_patient_does_not_see_them(self, client, carer):
        sign_in(client, User.objects.get(id=carer.nurse.id))

        assert client.get(place(carer, "forslag/")).status_code in (403, 404)


class TestSuggestions:
    def test_are_found_by_the_needs_with_why(self, contact, carer, offers):
        services.note_need(actor=carer.contact, file_id=carer.file.id, need="night-rest")

        found = text_of(contact.post(place(carer, "forslag/"), {"gjor": "finn"}, follow=True))

        assert "Fant 1 nytt forslag" in found
        assert "Avlastning om natta" in found
        assert "Det kan hjelpe med: søvn om natta." in found
        assert "Fant ikke noe nytt" in text_of(contact.post(place(carer, "forslag/"), {"gjor": "finn"}, follow=True))

    def test_an_offer_that_somebody_knows_is_searched_for_and_suggested_once(self, contact, carer, offers):
        address = place(carer, "forslag/nytt/")
        assert "Foreslå det" in text_of(contact.get(address, {"q": "avlastning"}))

        assert contact.post(address, {"q": "avlastning", "tilbud": NIGHT}).status_code == 302
        again = contact.post(address, {"q": "avlastning", "tilbud": NIGHT})

        assert again.status_code == 409
        assert "Foreslått allerede" in text_of(again)
        assert Suggestion.objects.get().target == NIGHT

    @pytest.mark.parametrize("unknown", ["no-such-offer", "\x00"])
    def test_an_offer_that_is_not_there_is_said_to_be_gone(self, contact, carer, offers, unknown):
        answer = contact.post(place(carer, "forslag/nytt/"), {"q": "avlastning", "tilbud": unknown})

        assert answer.status_code == 409
        assert "finnes ikke lenger" in text_of(answer)

    def test_words_that_nothing_has_say_so(self, contact, carer, offers):
        assert "Fant ingenting" in text_of(contact.get(place(carer, "forslag/nytt/"), {"q": "zzzz"}))

    def test_stand_on_the_page_of_the_file_with_three_answers(self, contact, carer, suggested):
        page = text_of(contact.get(place(carer, "")))

        assert "Avlastning om natta" in page
        assert all(words in page for words in ("Ja takk", "Nei, fordi …", "Senere …"))


class TestAnswers:
    def test_yes_is_one_press(self, contact, carer, suggested):
        assert contact.post(answer_at(suggested), {"gjor": "ja"}).status_code == 302

        assert Suggestion.objects.get().state == SuggestionState.ACCEPTED
        assert "Sagt ja til" in text_of(contact.get(place(carer, "forslag/")))

    def test_whoever_answers_second_is_shown_what_was_answered_and_chooses(self, contact, carer, suggested):
        first, second = ({"gjor": "nei", "nei-grunn": why, "versjon": "1"} for why in ("costs", "wrong_time"))
        assert contact.post(answer_at(suggested), first).status_code == 302

        late = contact.post(answer_at(suggested), second | {"nei-merknad": "Kun på dagtid."})

        assert late.status_code == 409
        assert "Noen har svart etter at du åpnet siden" in text_of(late)
        assert "Kun på dagtid." in text_of(late)
        suggested.refresh_from_db()
        assert suggested.reason == "costs"
        assert contact.post(answer_at(suggested), second | {"versjon": str(suggested.version)}).status_code == 302

    def test_no_says_why_and_nothing_typed_is_lost(self, contact, carer, suggested):
        without = contact.post(answer_at(suggested), {"gjor": "nei", "nei-merknad": "Kun på dagtid."})
        assert without.status_code == 422
        assert "Kun på dagtid." in text_of(without)

        contact.post(answer_at(suggested), {"gjor": "nei", "nei-grunn": "wrong_time", "nei-merknad": "Kun på dagtid."})

        assert Suggestion.objects.get().reason == DeclineReason.WRONG_TIME
        assert "Tidspunktet passer ikke" in text_of(contact.get(place(carer, "forslag/")))

    def test_later_needs_a_day_ahead(self, contact, suggested):
        past = contact.post(answer_at(suggested), {"gjor": "senere", "senere-dag": "2020-01-01"})
        assert past.status_code == 422
        assert "Velg en dag fram i tid" in text_of(past)

        soon = clock.today() + timedelta(days=20)
        contact.post(answer_at(suggested), {"gjor": "senere", "senere-dag": soon.isoformat()})

        assert Suggestion.objects.get().later_on == soon

    def test_what_was_taken_back_can_be_answered_no_more(self, contact, carer, suggested):
        contact.post(answer_at(suggested), {"gjor": "trekk"})

        assert contact.post(answer_at(suggested), {"gjor": "ja"}).status_code == 404

    def test_a_changed_rule_is_looked_at(self, contact, suggested):
        Suggestion.objects.update(changed_at=clock.now())
        assert "Regelen er endret" in text_of(contact.get(answer_at(suggested)))

        contact.post(answer_at(suggested), {"gjor": "sett"})

        assert Suggestion.objects.get().changed_at is None


class TestWhatDidNotFit:
    def test_nothing_is_counted_at_first(self, client, carer):
        sign_in(client, User.objects.get(id=carer.leader.id))

        assert "Ingenting er talt opp" in text_of(client.get("/arbeid/oppfolging/udekket/"))

    def test_small_numbers_are_a_colon_on_the_page_and_in_the_file(self, client, carer, suggested):
        services.answer_suggestion(actor=carer.contact, suggestion_id=suggested.id, answer="declined", reason="too_far")
        sign_in(client, User.objects.get(id=carer.leader.id))

        page = text_of(client.get("/arbeid/oppfolging/udekket/"))
        file = client.get("/arbeid/oppfolging/udekket/liste.csv", {"ar": str(clock.today().year)})

        assert "færre enn 5" in page
        assert "Ikke noe bestemt behov;0;0;:" in file.content.decode()

    @pytest.mark.parametrize("year", ["x", "9" * 5000])
    def test_another_year_is_this_one(self, client, carer, year):
        sign_in(client, User.objects.get(id=carer.leader.id))

        assert client.get("/arbeid/oppfolging/udekket/", {"ar": year}).status_code == 200

    def test_is_closed_to_whoever_does_not_see_the_load(self, client, carer):
        sign_in(client, User.objects.get(id=carer.nurse.id))

        assert client.get("/arbeid/oppfolging/udekket/").status_code == 403


class TestTheAgreement:
    def soon(self, days=90):
        return (clock.today() + timedelta(days=days)).isoformat()

    def say(self, contact, carer, does, **more):
        fields = {f"{does}-{name}": value for name, value in more.items()}
        return contact.post(place(carer, "avtale/"), {"gjor": does, **fields})

    def test_is_no_decision_and_says_so_first(self, contact, carer):
        page = text_of(contact.get(place(carer, "avtale/")))

        assert "ikke et vedtak om tjenester" in page
        assert page.index("ikke et vedtak om tjenester") < page.index("Det finnes ingen avtale")

    def test_is_begun_agreed_on_gone_through_and_ended(self, contact, carer):
        today = clock.today().isoformat()
        self.say(contact, carer, "begynn")
        assert "begynn=https%3A%2F%2Fmedspiller.no" in text_of(contact.get(place(carer, "avtale/")))

        self.say(contact, carer, "gjelder", avtalt=today, gjennomgang=self.soon(), version="1")
        self.say(contact, carer, "gjennomgatt", gjennomgang=self.soon(180), version="2")
        assert Agreement.objects.get().state == AgreementState.REVIEWED
        self.say(contact, carer, "avslutt", arsak="carer_wishes", version="3")

        assert "Tidligere avtaler" in text_of(contact.get(place(carer, "avtale/")))

    def test_a_day_that_cannot_be_is_said_at_the_field_and_the_rest_stays(self, contact, carer):
        self.say(contact, carer, "begynn")

        answer = self.say(contact, carer, "gjelder", avtalt=self.soon(2), gjennomgang=self.soon(), version="1")

        assert answer.status_code == 422
        assert "Velg i dag eller en tidligere dag" in text_of(answer)
        assert self.soon() in text_of(answer)

    def test_whoever_is_too_late_keeps_what_they_typed_and_may_send_it_again(self, contact, carer):
        row = services.draft_agreement(actor=carer.contact, file_id=carer.file.id)
        today, day = clock.today().isoformat(), clock.today() + timedelta(days=90)
        services.activate_agreement(
            actor=carer.contact, agreement_id=row.id, agreed_on=clock.today(), review_on=day, version=1
        )

        late = self.say(contact, carer, "gjennomgatt", gjennomgang=self.soon(100), version="1")
        twice = self.say(contact, carer, "gjelder", avtalt=today, gjennomgang=self.soon(), version="2")

        assert late.status_code == 409
        assert self.soon(100) in text_of(late)
        assert 'name="gjennomgatt-version" value="2"' in text_of(late)
        assert twice.status_code == 422
        assert self.say(contact, carer, "begynn").status_code == 422

    def test_is_led_to_from_the_work_list(self, contact, carer):
        row = services.draft_agreement(actor=carer.contact, file_id=carer.file.id)

        answer = contact.get(f"/arbeid/oppfolging/avtale/{row.id}/")

        assert answer.headers["Location"] == place(carer, "avtale/")


class TestLetters:
    @pytest.fixture
    def published(self, here):
        content.publish(actor=actors.system(here), definitions=letters())

    def test_without_any_the_page_says_so(self, contact, carer):
        assert "Det finnes ingen brev ennå" in text_of(contact.get(place(carer, "brev/")))
        assert contact.get(place(carer, "brev/invitation-to-first-talk/")).status_code == 404

    def test_are_listed_and_filled_in_with_unit_and_contact_and_nobodys_name(self, contact, carer, published):
        assert "Invitasjon til en samtale" in text_of(contact.get(place(carer, "brev/")))

        page = text_of(contact.get(place(carer, "brev/invitation-to-first-talk/")))

        assert "Pårørendesenteret" in page
        assert "Gro Demodal" in page
        assert "Oddny" not in page
        assert "Kari" not in page

    @pytest.mark.parametrize(
        ("spoken", "title"), [("nn", "Invitasjon til ein samtale"), ("pl", "Invitation to a talk")]
    )
    def test_are_in_the_carers_language_or_in_one_that_is_chosen(self, contact, carer, published, spoken, title):
        Person.objects.filter(id=carer.kari.id).update(language=spoken)

        assert title in text_of(contact.get(place(carer, "brev/invitation-to-first-talk/")))
        chosen = text_of(contact.get(place(carer, "brev/invitation-to-first-talk/"), {"sprak": "nb"}))
        assert "Invitasjon til en samtale" in chosen
