"""The pages of those who keep the catalogue: what they see, send, decide and undo."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.catalogue import selectors, services
from medspiller.catalogue.domain.feedback import Wrong
from medspiller.catalogue.domain.reading import LANGUAGES, read_offer
from medspiller.catalogue.domain.sessions import REASON_LENGTH
from medspiller.catalogue.models import Closure, Editor, Entry, LinkCheck, Report, Session, Version
from medspiller.catalogue.tests import factories
from medspiller.catalogue.tests.offers import in_days
from medspiller.catalogue.web.entry_forms import OfferForm
from medspiller.catalogue.web.entry_sent import ROWS, Sent, initial_of
from medspiller.core import clock
from medspiller.ui.components.formats import moment
from tests.support.staff import sign_in

PAGES = "/arbeid/tilbud/"


def form_of(body, **changes):
    """What a browser sends of an offer that stands as `body` says."""
    sent = {name: value for name, value in initial_of(body).items() if value not in (None, "", False)}
    for name, rows in _rows(body).items():
        sent |= {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            sent |= {f"{name}-{number}-{field}": value for field, value in row.items() if value not in (None, "")}
    return {key: value for key, value in (sent | changes).items() if value is not None}


def _rows(body):
    def said(row, name):
        return {f"{name}_{language}": text for language, text in (row.get(name) or {}).items()}

    places = [{**row, **said(row, "directions"), "directions": None} for row in body.get("places", [])]
    times = [{**row, **said(row, "note"), "note": None} for row in body.get("times", [])]
    phones = [{**row, **said(row, "label"), "label": None} for row in body.get("contact", {}).get("phones", [])]
    return {"places": places, "times": times, "phones": phones}


class TestTheList:
    def test_says_how_each_entry_stands_and_can_be_narrowed(self, page, keeper, house, entry):
        factories.proposed(keeper, house.carers, slug="nytt-tilbud", title=dict.fromkeys(LANGUAGES, "Nytt"))

        everything, waiting = page.get(PAGES), page.get(PAGES, {"tilstand": "waiting"})

        assert {line.id for line in everything.context["lines"]} == set(Entry.objects.values_list("id", flat=True))
        assert [line.title for line in waiting.context["lines"]] == ["Nytt"]
        assert page.get(PAGES, {"q": "finnes ikke"}).context["lines"] == []

    def test_shows_an_organisations_editor_their_own_and_nothing_else(self, client, here, house, keeper, entry):
        organisation = factories.make_organisation()
        mina = factories.editor(here, house.carers, organisation, by=keeper)
        own = factories.approved(keeper, house.carers, organisation_id=organisation.id, slug="likepersoner")
        sign_in(client, User.objects.get(id=mina.id))

        lines = client.get(PAGES).context["lines"]

        assert [line.id for line in lines] == [own.id]
        assert client.get(f"{PAGES}{entry.id}/").status_code == 404
        assert client.get(f"{PAGES}{own.id}/").context["may_edit"]

    def test_is_taken_out_as_a_table_that_names_what_is_shown_and_as_a_file_that_is_asked_for(self, page, entry):
        assert entry.slug.encode() in page.get(f"{PAGES}tilbud.csv").content
        # A link would let whoever looks ahead make files.
        assert page.get(f"{PAGES}tilbud.xlsx").status_code == 405
        assert page.post(f"{PAGES}tilbud.xlsx").url.startswith(f"{PAGES}eksport/")


class TestWriting:
    def test_what_stands_in_the_form_is_what_is_stored(self, entry):
        """Nothing of an entry is lost by opening its form and sending it."""
        data = QueryDict(mutable=True)
        for name, value in form_of(entry.live.body, based_on=1).items():
            data.setlist(name, value if isinstance(value, list) else [str(value)])
        lists = {"providers": [(entry.live.body["provider"], "x")], "units": [], "organisations": []}

        sent = Sent.of(data, **lists)

        assert sent.is_valid, [each.errors for each in sent.all]
        stored = read_offer(sent.body(base=entry.live.body, slug=entry.slug))
        assert stored == read_offer(entry.live.body)

    def test_a_change_waits_and_the_public_sees_what_was(self, page, entry):
        changed = form_of(entry.live.body, based_on=1, title_nb="Ny tittel", note="Vi har byttet navn")

        answer = page.post(f"{PAGES}{entry.id}/endre/", changed)

        assert answer.status_code == 302
        waiting = Version.objects.get(entry=entry, number=2)
        assert (waiting.status, waiting.body["title"]["nb"], waiting.note) == (
            "proposed",
            "Ny tittel",
            "Vi har byttet navn",
        )
        shown = page.get(f"{PAGES}{entry.id}/")
        assert [line.after for line in shown.context["waiting_changes"]] == ["Ny tittel"]
        assert shown.context["title"] != "Ny tittel"

    def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(self, page, entry):
        wrong = form_of(entry.live.body, based_on=1, website="www.example.org", summary_nn="", text_nb="Alt nytt")

        answer = page.post(f"{PAGES}{entry.id}/endre/", wrong)

        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"website", "summary_nn"}
        assert "Alt nytt" in answer.content.decode()

    def test_an_organisations_editor_speaks_for_nobody_else(self, client, here, house, keeper):
        organisation = factories.make_organisation("Mestringsverket")
        mina = factories.editor(here, house.carers, organisation, by=keeper)
        own = factories.approved(keeper, house.carers, organisation_id=organisation.id)
        factories.provider(keeper, slug="mestringsverket", name=dict.fromkeys(LANGUAGES, "Mestringsverket"))
        sign_in(client, User.objects.get(id=mina.id))

        page = client.get(f"{PAGES}{own.id}/endre/")
        new = client.get(f"{PAGES}nytt/")

        assert [slug for slug, _name in page.context["form"].fields["provider"].choices] == ["", "parorendesenteret"]
        assert [slug for slug, _name in new.context["form"].fields["provider"].choices] == ["", "mestringsverket"]

    def test_who_was_slower_is_told_and_keeps_their_words(self, page, entry, keeper):
        services.propose(actor=keeper, entry_id=entry.id, body={**entry.live.body, "is_digital": True}, based_on=1)
        late = form_of(entry.live.body, based_on=1, title_nb="Sent")

        answer = page.post(f"{PAGES}{entry.id}/endre/", late)

        assert answer.status_code == 409
        assert 'value="Sent"' in answer.content.decode()
        # The second time it is meant.
        assert answer.context["form"]["based_on"].value() == "2"

    def test_rows_are_added_and_the_preview_shows_what_is_typed(self, page, entry):
        typed = form_of(entry.live.body, based_on=1, title_nb="Slik blir det")

        added = page.post(f"{PAGES}{entry.id}/endre/", {**typed, "do": "add-phones"})
        preview = page.post(f"{PAGES}{entry.id}/endre/", {**typed, "do": "preview-nb"})

        assert len(added.context["sent"].phones.forms) == int(typed["phones-TOTAL_FORMS"]) + 1
        assert "Slik blir det" in preview.context["preview"]
        assert Version.objects.filter(entry=entry).count() == 1

    def test_a_new_one_begins_as_a_copy_and_gets_its_address_from_its_title(self, page, entry, house):
        begun = page.get(f"{PAGES}nytt/", {"kopi": str(entry.id)})
        body = {**entry.live.body, "title": {"nb": "Åpen dør på Øya", "nn": "Open dør", "en": "Open door"}}

        page.post(f"{PAGES}nytt/", form_of(body, based_on=0, unit=str(house.carers)))

        assert begun.context["form"]["title_nb"].value() == entry.live.body["title"]["nb"]
        assert Entry.objects.filter(slug="apen-dor-pa-oya", unit_id=house.carers).exists()

    def test_every_field_of_the_form_has_a_place_in_the_order_of_the_page(self):
        form = OfferForm(providers=[], units=[("1", "En")], organisations=[("1", "En")])

        assert set(form.fields) == set(OfferForm.base_fields)
        assert set(ROWS) == {"places", "times", "phones"}


class TestDeciding:
    @pytest.fixture
    def waiting(self, here, house, keeper, entry):
        colleague = factories.worker(here, house.carers, Role.VOLUNTEER_COORDINATOR, name="Eva Demoås")
        body = {**entry.live.body, "title": {**entry.live.body["title"], "nb": "Bedre tittel"}}
        return services.propose(actor=colleague, entry_id=entry.id, body=body, based_on=1)

    def test_the_queue_shows_what_is_new_and_approving_shows_it_to_the_public(self, page, entry, waiting):
        queue, proposal = page.get(f"{PAGES}venter/"), page.get(f"{PAGES}venter/{waiting.id}/")

        page.post(f"{PAGES}venter/{waiting.id}/godkjenn/")

        assert "Bedre tittel" in queue.content.decode()
        assert [(line.after, line.language) for line in proposal.context["changes"]] == [("Bedre tittel", "nb")]
        assert "Bedre tittel" in page.get(f"/tilbud/{entry.slug}/").content.decode()

    def test_sending_back_takes_a_reason_and_changes_nothing(self, page, entry, waiting):
        without = page.post(f"{PAGES}venter/{waiting.id}/send-tilbake/", {"reason": ""})

        page.post(f"{PAGES}venter/{waiting.id}/send-tilbake/", {"reason": "Skriv kortere."})

        assert without.status_code == 422
        entry.refresh_from_db()
        assert entry.live.number == 1
        assert "Skriv kortere." in page.get(f"{PAGES}{entry.id}/").content.decode()
        assert "Skriv kortere." in page.get(f"{PAGES}{entry.id}/versjon/{waiting.id}/").content.decode()

    def test_what_is_taken_down_is_put_back(self, page, entry):
        page.post(f"{PAGES}{entry.id}/ta-ned/")
        gone = page.get(f"/tilbud/{entry.slug}/").status_code
        page.post(f"{PAGES}{entry.id}/vis-igjen/")

        assert (gone, page.get(f"/tilbud/{entry.slug}/").status_code) == (404, 200)


class TestKeepingTrue:
    def test_saying_that_it_is_right_moves_the_day_of_review(self, page, entry):
        past = page.post(f"{PAGES}{entry.id}/sett-over/", {"review_on": "2020-01-01"})
        page.post(f"{PAGES}{entry.id}/sett-over/", {"review_on": in_days(300)})

        entry.refresh_from_db()
        assert past.status_code == 422
        assert entry.review_on.isoformat() == in_days(300)

        form = page.get(f"{PAGES}{entry.id}/endre/").context["form"]
        assert str(form["review_on"].value()) == in_days(300)

    def test_an_organisation_closes_without_words(self, client, here, house, keeper):
        organisation = factories.make_organisation()
        mina = factories.editor(here, house.carers, organisation, by=keeper)
        own = factories.approved(keeper, house.carers, organisation_id=organisation.id)
        sign_in(client, User.objects.get(id=mina.id))

        assert set(client.get(f"{PAGES}{own.id}/steng/").context["form"].fields) == {"closed_from", "opens_on"}
        client.post(f"{PAGES}{own.id}/steng/", {"closed_from": in_days(0), "text_nb": "Ring oss hjemme"})
        assert Closure.objects.get().text == {}

    def test_it_closes_for_a_time_and_opens_again(self, page, entry):
        texts = {f"text_{language}": "Sommerferie" for language in LANGUAGES}
        page.post(f"{PAGES}{entry.id}/steng/", {"closed_from": in_days(-1), "opens_on": in_days(20), **texts})
        closure = Closure.objects.get()
        closed = page.get(PAGES, {"tilstand": "closed"}).context["lines"]

        page.post(f"{PAGES}{entry.id}/steng/{closure.id}/apne/")

        assert [line.id for line in closed] == [entry.id]
        assert page.get(PAGES, {"tilstand": "closed"}).context["lines"] == []

    def test_it_does_not_open_on_a_day_that_cannot_be_read(self, page, entry, keeper):
        services.close_for_a_time(
            actor=keeper,
            entry_id=entry.id,
            closed_from=clock.today(),
            opens_on=None,
            text=dict.fromkeys(LANGUAGES, "Ferie"),
        )
        closure = Closure.objects.get()

        answer = page.post(f"{PAGES}{entry.id}/steng/{closure.id}/apne/", {"opens_on": "snart"})

        assert answer.status_code == 422
        assert answer.context["open_form"].errors["opens_on"]
        assert Closure.objects.get().opens_on is None

    def test_what_a_reader_says_is_shown_and_dealt_with(self, page, entry, keeper):
        services.report_wrong(
            actor=keeper, slug=entry.slug, wrong=Wrong.CONTACT, text="Feil adresse", address="::1", on=clock.today()
        )
        assert "Feil adresse" in page.get(f"{PAGES}meldinger/").content.decode()

        page.post(f"{PAGES}meldinger/{Report.objects.get().id}/ferdig/")

        assert Report.objects.get().dealt_with_at
        assert "Feil adresse" not in page.get(f"{PAGES}meldinger/").content.decode()
        assert "Feil adresse" in page.get(f"{PAGES}meldinger/", {"vis": "ferdige"}).content.decode()

    def test_no_address_leads_nowhere_in_the_beginning(self, page, entry):
        assert page.get(f"{PAGES}lenker/").context["lines"] == []


class TestMeetings:
    def as_shown(self, page, meeting):
        """What a browser sends of a meeting's form when nothing in it was touched."""
        form = page.get(f"{PAGES}moter/{meeting.id}/").context["form"]
        shown = {name: form[name].value() for name in form.fields}
        kept = {name: value for name, value in shown.items() if value not in (None, "", False)}
        return {**kept, "place": form["place"].value()}

    def plan(self, **changes):
        return {"day": in_days(8), "begins": "18:00", "ends": "20:00", "count": "1", "capacity": "12", **changes}

    def test_a_series_is_planned_at_the_same_time_of_the_week(self, page, entry):
        page.post(f"{PAGES}{entry.id}/moter/", self.plan(count="3", every_weeks="2", is_series="on"))

        rows = list(Session.objects.order_by("starts_at"))
        assert [(row.starts_at.astimezone(clock.OSLO).hour, row.capacity) for row in rows] == [(18, 12)] * 3
        assert len({row.series for row in rows}) == 1
        assert (rows[2].starts_at - rows[0].starts_at).days in (27, 28)

    def test_what_cannot_be_is_said(self, page, entry):
        answer = page.post(
            f"{PAGES}{entry.id}/moter/", self.plan(ends="17:00", title_nb="Bare bokmål", day="2020-01-01")
        )

        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"ends", "title_nn", "title_en"}

    def test_one_on_the_web_stays_there_when_only_its_seats_change(self, page, entry, keeper):
        meeting = factories.meeting(keeper, entry.id, online_address="https://example.org/mote", capacity=5)

        page.post(f"{PAGES}moter/{meeting.id}/", {**self.as_shown(page, meeting), "capacity": "9"})

        meeting.refresh_from_db()
        assert (meeting.capacity, meeting.place) == (9, None)

    def test_one_past_midnight_is_planned_and_keeps_its_end_when_only_its_seats_change(self, page, entry):
        day, night = {"day": in_days(8), "begins": "21:00", "ends": "02:30"}, {"ends_on": in_days(9)}
        asked = page.post(f"{PAGES}{entry.id}/moter/", self.plan(**day))
        page.post(f"{PAGES}{entry.id}/moter/", self.plan(**day, **night))
        meeting = Session.objects.get()
        before = meeting.starts_at, meeting.ends_at

        page.post(f"{PAGES}moter/{meeting.id}/", {**self.as_shown(page, meeting), "capacity": "9"})

        meeting.refresh_from_db()
        assert set(asked.context["form"].errors) == {"ends"}
        assert (meeting.starts_at, meeting.ends_at, meeting.capacity) == (*before, 9)
        assert [each.astimezone(clock.OSLO).strftime("%H:%M") for each in before] == ["21:00", "02:30"]
        assert clock.day_of(before[1]) - clock.day_of(before[0]) == timedelta(days=1)
        for path in (f"{PAGES}{entry.id}/", f"{PAGES}moter/{meeting.id}/avlys/", f"/tilbud/{entry.slug}/"):
            assert f"{moment(before[1])}</time>" in page.get(path).content.decode(), path

    @pytest.mark.parametrize("ends_on", [7, 8, 8 + 15])
    def test_one_that_ends_before_it_begins_or_lasts_for_weeks_is_refused(self, page, entry, ends_on):
        answer = page.post(f"{PAGES}{entry.id}/moter/", self.plan(ends="17:00", ends_on=in_days(ends_on)))

        assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"ends_on"})
        assert not Session.objects.exists()

    def test_the_next_one_stands_first(self, page, entry, keeper):
        ahead = (timedelta(days=days) for days in (9, 5, 2))
        later, sooner, over = (factories.meeting(keeper, entry.id, starts_in=each) for each in ahead)
        Session.objects.filter(id=over.id).update(starts_at=clock.now() - timedelta(days=2), ends_at=clock.now())

        lines = page.get(f"{PAGES}{entry.id}/").context["meetings_kept"]
        assert [line.id for line in lines] == [sooner.id, later.id, over.id]

    def test_one_is_changed_and_cancelled_with_a_reason(self, page, entry, keeper):
        meeting = factories.meeting(keeper, entry.id)
        initial = page.get(f"{PAGES}moter/{meeting.id}/").context["form"].initial
        page.post(f"{PAGES}moter/{meeting.id}/", self.plan(day=in_days(9), capacity="20"))
        reasons = {f"reason_{language}": "Kurslederen er syk" for language in LANGUAGES}

        without = page.post(f"{PAGES}moter/{meeting.id}/avlys/", {"reason_nb": "Syk"})
        too_long = page.post(f"{PAGES}moter/{meeting.id}/avlys/", reasons | {"reason_nn": "x" * (REASON_LENGTH + 1)})
        page.post(f"{PAGES}moter/{meeting.id}/avlys/", reasons)

        assert (too_long.status_code, list(too_long.context["form"].errors)) == (422, ["reason_nn"])
        meeting.refresh_from_db()
        assert initial["day"] == clock.day_of(meeting.starts_at) - timedelta(days=2)
        assert (without.status_code, meeting.status, meeting.capacity) == (422, "cancelled", 20)


class TestEditorsAndProviders:
    def test_an_editor_is_appointed_until_a_day_and_ended(self, page, here, house):
        mina = factories.worker(here, house.carers, Role.ORGANISATION_EDITOR, name="Mina Demoberg")
        organisation = factories.make_organisation()
        asked = {"user": str(mina.id), "organisation": str(organisation.id), "valid_from": in_days(-1)}

        too_long = page.post(f"{PAGES}redaktorer/", {**asked, "last_day": in_days(2000)})
        page.post(f"{PAGES}redaktorer/", {**asked, "last_day": in_days(100)})
        row = Editor.objects.get()
        page.post(f"{PAGES}redaktorer/{row.id}/avslutt/")

        assert too_long.status_code == 422
        row.refresh_from_db()
        assert row.valid_to == clock.today()

    def test_who_offers_help_and_addresses_that_lead_nowhere_are_given_as_tables(self, page, entry):
        address = entry.live.body["contact"]["website"]
        LinkCheck.objects.create(address=address, state="gone", failures=9, looked_at=clock.now())

        for of, expected in (("tilbydere", "Pårørendesenteret;"), ("lenker", f"{address};")):
            table = page.get(f"{PAGES}{of}/", {"som": "csv"})
            assert table["Content-Type"].startswith("text/csv"), of
            assert expected in table.content.decode(), of
            assert 'href="?som=csv"' in page.get(f"{PAGES}{of}/").content.decode(), of

    def test_who_offers_help_is_added_and_not_removed_while_they_do(self, page, entry):
        names = {f"{name}_{language}": "Demoforeningen" for name in ("name", "about") for language in LANGUAGES}
        wrong = page.post(f"{PAGES}tilbydere/ny/", {**names, "kind": "organisation", "organisation_number": "1"})
        page.post(f"{PAGES}tilbydere/ny/", {**names, "kind": "organisation"})
        page.post(f"{PAGES}tilbydere/{entry.live.body['provider']}/fjern/")

        assert set(wrong.context["form"].errors) == {"organisation_number"}
        slugs = {row.slug for row in selectors.providers(actor=actors.system(entry.tenant_id))}
        assert {"demoforeningen", entry.live.body["provider"]} <= slugs
        assert page.get(f"{PAGES}tilbydere/demoforeningen/").context["form"]["name_en"].value() == "Demoforeningen"
